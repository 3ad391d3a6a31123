#include "nationwide/nationwide.hpp"

#include "outage/compile.hpp"
#include "statistics/quantile.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <span>
#include <utility>

namespace resmon::nationwide {

namespace {

/// Bodies computed at once: the engine keeps counts per body and day, which for a whole state would not fit.
constexpr std::size_t bodies_at_once = 48;

outage::Quantiles quantiles(const std::array<double, 5>& values) {
    return {values[0], values[1], values[2], values[3], values[4]};
}

/// Sums over the courses of what the bodies of a provider lose.
struct Losses {
    std::vector<double> weighted;  ///< by course
    double weight = 0;

    void add(const std::vector<double>& days, double of_weight) {
        weighted.resize(days.size(), 0);
        for (std::size_t course = 0; course < days.size(); ++course) weighted[course] += days[course] * of_weight;
        weight += of_weight;
    }
    void add(const Losses& other) {
        weighted.resize(other.weighted.size(), 0);
        for (std::size_t course = 0; course < weighted.size(); ++course) weighted[course] += other.weighted[course];
        weight += other.weight;
    }
    [[nodiscard]] outage::Distribution distribution() const {
        std::vector<double> days;
        for (const double one : weighted) days.push_back(weight > 0 ? one / weight : 0);
        return distribution_of(std::move(days));
    }
};

class Summation {
public:
    Summation(const catalogue::Catalogue& catalogue, const forecast::CaseRequest& request,
              const outage::Sampling& sampling, const Work& work)
        : catalogue_{catalogue}, request_{request}, sampling_{sampling}, work_{work} {}

    std::optional<Outlook> outlook() {
        result_.sampling = sampling_;
        result_.horizon = catalogue_.model.horizon_days;
        Losses all;
        for (const forecast::RegionPart& part : forecast::parts_of(catalogue_, request_)) {
            const std::optional<Losses> losses = add(part);
            if (!losses) return std::nullopt;
            all.add(*losses);
        }
        result_.loss_days = all.distribution();
        std::ranges::sort(result_.bodies, {}, &BodyOutlook::key);
        return std::move(result_);
    }

private:
    std::optional<Losses> add(const forecast::RegionPart& part) {
        const outage::Case whole = forecast::case_of(catalogue_, request_, part);
        const std::vector<double> priorities = outage::compiled(whole).priority;
        const std::string& provider = part.region.provider.id.value;
        Losses losses;
        for (std::size_t first = 0; first < whole.bodies.size(); first += bodies_at_once) {
            if (work_.stop.stop_requested()) return std::nullopt;
            std::vector<outage::Index> bodies(std::min(bodies_at_once, whole.bodies.size() - first));
            std::iota(bodies.begin(), bodies.end(), static_cast<outage::Index>(first));
            const outage::Case slice = with_bodies(whole, priorities, bodies);
            const auto forecast = outage::forecast(slice, sampling_, {.threads = work_.threads, .stop = work_.stop});
            if (!forecast) return std::nullopt;
            for (const outage::BodyForecast& body : forecast->bodies)
                result_.bodies.push_back({.key = body.key,
                                          .provider = provider,
                                          .loss_days = body.loss_days,
                                          .days_to_half = body.days_to_half,
                                          .days_to_most = body.days_to_most,
                                          .days_to_all = body.days_to_all});
            double weight = 0;
            for (const outage::Provision& provision : slice.provisions) weight += provision.weight;
            losses.add(outage::course_losses(slice, sampling_, work_.threads), weight);
            tell_progress();
        }
        result_.providers.push_back({.id = provider,
                                     .name = part.region.provider.name,
                                     .is_assumed = part.is_assumed,
                                     .bodies = whole.bodies.size(),
                                     .loss_days = losses.distribution()});
        return losses;
    }

    void tell_progress() const {
        if (!work_.progress) return;
        const double done =
            static_cast<double>(result_.bodies.size()) / static_cast<double>(catalogue_.bodies.bodies().size());
        work_.progress(static_cast<std::uint32_t>(done * sampling_.replications));
    }

    const catalogue::Catalogue& catalogue_;
    const forecast::CaseRequest& request_;
    const outage::Sampling& sampling_;
    const Work& work_;
    Outlook result_;
};

}  // namespace

outage::Distribution distribution_of(std::vector<double> values) {
    constexpr std::array<double, 5> probabilities{0.1, 0.25, 0.5, 0.75, 0.9};
    std::ranges::sort(values);
    std::array<double, 5> middle{}, low{}, high{};
    for (std::size_t place = 0; place < probabilities.size(); ++place) {
        middle[place] = statistics::quantile(values, probabilities[place]);
        const statistics::RankInterval ranks = statistics::quantile_ranks(values.size(), probabilities[place]);
        low[place] = values[ranks.low - 1];
        high[place] = values[ranks.high - 1];
    }
    const auto count = static_cast<double>(values.size());
    const auto finite = static_cast<double>(std::ranges::lower_bound(values, outage::never) - values.begin());
    const double mean = std::accumulate(values.begin(), values.end(), 0.0) / count;
    double squares = 0;
    for (const double value : values) squares += (value - mean) * (value - mean);
    const bool is_finite = finite == count;
    return {.quantiles = quantiles(middle),
            .mean = mean,
            .standard_error = is_finite && count > 1 ? std::sqrt(squares / (count - 1) / count) : outage::never,
            .share_never = 1 - finite / count,
            .error_low = quantiles(low),
            .error_high = quantiles(high)};
}

std::optional<Outlook> outlook(const catalogue::Catalogue& catalogue, const forecast::CaseRequest& request,
                               const outage::Sampling& sampling, const Work& work) {
    return Summation{catalogue, request, sampling, work}.outlook();
}

}  // namespace resmon::nationwide
