// From counts and samples to the forecast that people see.
#include "engine/counts.hpp"
#include "engine/distribution.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

namespace resmon::outage {

namespace {

class Summary {
public:
    Summary(const Compiled& compiled, const Sampling& sampling, const Counts& counts, const Samples& samples)
        : compiled_{compiled}, case_{*compiled.outage}, sampling_{sampling}, counts_{counts}, samples_{samples},
          ranks_{sampling}, days_{days_of(case_)} {}

    Forecast forecast() {
        Forecast result;
        result.model_version = model_version;
        result.sampling = sampling_;
        result.horizon = case_.horizon;
        result.ability = ranks_.daily(share_scale(), counts_.ability);
        result.services_normal = ranks_.daily(share_scale(), counts_.services_normal);
        result.backlog = ranks_.daily(case_scale(), counts_.backlog);
        result.mode_shares = mode_shares();
        result.loss_days = ranks_.of_sample(samples_.loss);
        result.ability_half = ranks_.of_sample(samples_.ability_half);
        result.ability_most = ranks_.of_sample(samples_.ability_most);
        result.ability_all = ranks_.of_sample(samples_.ability_all);
        result.services_half = ranks_.of_sample(samples_.services_half);
        result.services_most = ranks_.of_sample(samples_.services_most);
        result.services_all = ranks_.of_sample(samples_.services_all);
        result.late_cases = ranks_.of_sample(samples_.late_cases);
        result.missed_dates = ranks_.of_sample(samples_.missed_dates);
        result.hours_beyond = ranks_.of_sample(samples_.hours_beyond);
        add_services(result);
        add_bodies(result);
        for (std::size_t number = 0; number < case_.questions.size(); ++number)
            result.questions.push_back({case_.questions[number].id, ranks_.of_sample(samples_.questions[number])});
        std::vector<std::pair<Index, double>> weights;
        for (const Index provision : compiled_.by_id)
            weights.emplace_back(provision, case_.provisions[provision].weight);
        result.chain = chain(weights);
        return result;
    }

private:
    /// How many courses have each mode on a day: the running sum of the changes.
    [[nodiscard]] std::vector<std::array<std::uint32_t, mode_count>> courses_by_mode(Index provision) const {
        std::vector<std::array<std::uint32_t, mode_count>> days(days_);
        for (std::size_t mode = 0; mode < mode_count; ++mode) {
            std::int32_t courses = 0;
            for (std::size_t day = 0; day < days_; ++day) {
                courses += counts_.modes[(provision * mode_count + mode) * (days_ + 1) + day];
                days[day][mode] = static_cast<std::uint32_t>(courses);
            }
        }
        return days;
    }

    [[nodiscard]] std::vector<std::array<double, mode_count>> mode_shares() const {
        std::vector<std::array<double, mode_count>> shares(days_);
        double all = 0;
        for (const Index provision : compiled_.by_id) {
            const double weight = case_.provisions[provision].weight;
            all += weight;
            const auto courses = courses_by_mode(provision);
            for (std::size_t day = 0; day < days_; ++day)
                for (std::size_t mode = 0; mode < mode_count; ++mode) shares[day][mode] += weight * courses[day][mode];
        }
        for (auto& day : shares)
            for (double& share : day) share = all > 0 ? share / (all * sampling_.replications) : 0;
        return shares;
    }

    /// Per day the best mode that half of the weight has or better.
    [[nodiscard]] static std::vector<Stretch> typical(const std::vector<std::array<double, mode_count>>& days) {
        std::vector<Stretch> stretches;
        for (std::size_t day = 0; day < days.size(); ++day) {
            const double all = std::accumulate(days[day].begin(), days[day].end(), 0.0);
            double reached = 0;
            std::size_t mode = 0;
            for (; mode + 1 < mode_count; ++mode) {
                reached += days[day][mode];
                if (reached >= all / 2) break;
            }
            const auto kind = static_cast<ModeKind>(mode);
            if (stretches.empty() || stretches.back().mode != kind)
                stretches.push_back({static_cast<double>(day), kind});
        }
        return stretches;
    }

    [[nodiscard]] std::vector<ChainLink> chain(const std::vector<std::pair<Index, double>>& provisions) const {
        const std::size_t places = compiled_.labels.size() * 2;
        std::vector<ChainLink> sums(places);
        double returns = 0;
        for (const auto& [provision, weight] : provisions) {
            returns += weight * counts_.returns[provision];
            for (std::size_t place = 0; place < places; ++place) {
                const Counts::Chain& counted = counts_.chains[provision * places + place];
                sums[place].share += weight * counted.courses;
                sums[place].decides += weight * counted.decides;
                sums[place].mean_days += weight * (static_cast<double>(counted.days) * 0x1p-20);
            }
        }
        std::vector<ChainLink> links;
        for (std::size_t place = 0; place < places && returns > 0; ++place) {
            if (sums[place].share == 0) continue;
            links.push_back({compiled_.labels[place / 2], place % 2 == 1, sums[place].share / returns,
                             sums[place].decides / returns, sums[place].mean_days / returns});
        }
        std::ranges::stable_sort(links, std::greater<>{}, &ChainLink::mean_days);
        return links;
    }

    void add_services(Forecast& result) const {
        std::vector<Index> order(case_.services.size());
        std::iota(order.begin(), order.end(), Index{0});
        std::ranges::sort(order, {}, [this](Index service) { return std::string_view{case_.services[service].id}; });
        for (const Index service : order) {
            std::vector<std::pair<Index, double>> provisions;
            std::vector<std::array<double, mode_count>> days(days_);
            for (const Index provision : compiled_.by_id) {
                if (case_.provisions[provision].service != service) continue;
                const double people = case_.bodies[case_.provisions[provision].body].inhabitants;
                provisions.emplace_back(provision, 1.0);
                const auto courses = courses_by_mode(provision);
                for (std::size_t day = 0; day < days_; ++day)
                    for (std::size_t mode = 0; mode < mode_count; ++mode)
                        days[day][mode] += people * courses[day][mode];
            }
            if (provisions.empty()) continue;
            const auto& samples = samples_.services[service];
            result.services.push_back({.id = case_.services[service].id,
                                       .days_to_first_mode = ranks_.of_sample(samples[Samples::first_mode]),
                                       .days_to_normal = ranks_.of_sample(samples[Samples::normal]),
                                       .backlog_peak = ranks_.of_sample(samples[Samples::backlog_peak]),
                                       .late_cases = ranks_.of_sample(samples[Samples::late]),
                                       .lost_cases = ranks_.of_sample(samples[Samples::lost]),
                                       .missed_dates = ranks_.of_sample(samples[Samples::missed]),
                                       .hours_beyond = ranks_.of_sample(samples[Samples::hours]),
                                       .typical = typical(days),
                                       .chain = chain(provisions)});
        }
    }

    [[nodiscard]] std::span<const std::uint32_t> row(const std::vector<std::uint32_t>& counts, Index number,
                                                     const statistics::Scale& scale) const {
        return std::span{counts}.subspan(number * scale.bins(), scale.bins());
    }

    [[nodiscard]] ProvisionForecast provision_forecast(Index number) const {
        const auto days = day_scale(case_.horizon);
        const auto cases = body_case_scale();
        ProvisionForecast result{.service = case_.services[case_.provisions[number].service].id,
                                 .days_to_first_mode = ranks_.of_counts(days, row(counts_.first_mode, number, days)),
                                 .days_to_normal = ranks_.of_counts(days, row(counts_.normal, number, days)),
                                 .backlog_peak = ranks_.of_counts(cases, row(counts_.peak, number, cases)),
                                 .backlog_cleared = ranks_.of_counts(days, row(counts_.cleared, number, days)),
                                 .late_cases = ranks_.of_counts(cases, row(counts_.late, number, cases)),
                                 .lost_cases = ranks_.of_counts(cases, row(counts_.lost, number, cases)),
                                 .reentry_cases = ranks_.of_counts(cases, row(counts_.reentry, number, cases)),
                                 .missed_dates = ranks_.of_counts(cases, row(counts_.missed, number, cases)),
                                 .hours_beyond = ranks_.of_counts(cases, row(counts_.hours, number, cases)),
                                 .chain = chain({{number, 1.0}})};
        std::vector<std::array<double, mode_count>> shares(days_);
        const auto courses = courses_by_mode(number);
        for (std::size_t day = 0; day < days_; ++day)
            for (std::size_t mode = 0; mode < mode_count; ++mode) shares[day][mode] = courses[day][mode];
        result.typical = typical(shares);
        for (const Stretch& stretch : result.typical) {
            const auto place = static_cast<Index>(number * mode_count + static_cast<std::size_t>(stretch.mode));
            const auto capacities = row(counts_.capacity, place, percent_scale());
            const bool is_known =
                std::ranges::any_of(capacities, [](std::uint32_t courses_there) { return courses_there > 0; });
            result.first_capacity.push_back(is_known ? statistics::quantile_of_counts(percent_scale(), capacities, 0.5)
                                                     : 0);
        }
        return result;
    }

    void add_bodies(Forecast& result) const {
        const std::size_t row_size = days_ * percent_scale().bins();
        for (const Index body : compiled_.bodies_by_key) {
            BodyForecast forecast{
                .key = case_.bodies[body].key,
                .loss_days = ranks_.of_sample(samples_.bodies[body][0]),
                .days_to_half = ranks_.of_sample(samples_.bodies[body][1]),
                .days_to_most = ranks_.of_sample(samples_.bodies[body][2]),
                .days_to_all = ranks_.of_sample(samples_.bodies[body][3]),
                // The curve of a single body is that of the whole.
                .ability = case_.bodies.size() == 1
                               ? result.ability
                               : ranks_.daily(percent_scale(),
                                              std::span{counts_.body_ability}.subspan(body * row_size, row_size))};
            for (const Index provision : compiled_.by_id)
                if (case_.provisions[provision].body == body)
                    forecast.provisions.push_back(provision_forecast(provision));
            result.bodies.push_back(std::move(forecast));
        }
    }

    const Compiled& compiled_;
    const Case& case_;
    const Sampling& sampling_;
    const Counts& counts_;
    const Samples& samples_;
    Ranks ranks_;
    std::size_t days_;
};

}  // namespace

Forecast summarised(const Compiled& compiled, const Sampling& sampling, const Counts& counts, const Samples& samples) {
    return Summary{compiled, sampling, counts, samples}.forecast();
}

}  // namespace resmon::outage
