#include "nationwide/nationwide.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace resmon::nationwide {

namespace {

/// What the courses of several cases add up to.
struct Sum {
    double weight = 0;
    std::vector<double> lost, able;

    void add(const outage::Contribution& more, double share) {
        weight += share * more.weight;
        add(lost, more.lost, share);
        add(able, more.able, share);
    }
    static void add(std::vector<double>& sums, const std::vector<double>& more, double share) {
        sums.resize(more.size(), 0);
        for (std::size_t place = 0; place < sums.size(); ++place) sums[place] += share * more[place];
    }
};

outage::Distribution lost_days(std::vector<double> lost, double weight, const outage::Sampling& sampling) {
    for (double& days : lost) days = weight > 0 ? days / weight : 0;
    return outage::distribution_of(std::move(lost), sampling.points);
}

Totals totals_of(const Sum& sum, const outage::Sampling& sampling) {
    return {.loss_days = lost_days(sum.lost, sum.weight, sampling),
            .ability_half = outage::ability_from(0.5, sum.able, sum.weight, sampling),
            .ability_most = outage::ability_from(0.8, sum.able, sum.weight, sampling),
            .ability = outage::ability_bands(sum.able, sum.weight, sampling.replications)};
}

/// The sums of the states; each is told as soon as its last provider has been added, so that few are held at once.
class States {
public:
    States(const catalogue::Catalogue& catalogue, const std::vector<forecast::RegionPart>& parts) {
        for (const forecast::RegionPart& part : parts) {
            std::map<State, double> people;
            for (const catalogue::ProviderPart& site : part.region.provider.parts)
                for (const BodyKey& key : site.bodies) {
                    const catalogue::Body& body = *catalogue.bodies.find_body(key);
                    StateOutlook& state = outlooks_[body.state];
                    state.state = body.state;
                    ++state.bodies;
                    if (part.is_assumed) ++state.assumed;
                    // People of a district are those of its town halls.
                    if (body.kind != catalogue::BodyKind::district) state.population += body.population;
                    people[body.state] += static_cast<double>(body.population);
                }
            for (const auto& [state, number] : people) ++left_[state];
            people_.push_back(std::move(people));
        }
    }

    void add(std::size_t part, const outage::Contribution& added, const outage::Sampling& sampling) {
        double all = 0;
        for (const auto& [state, people] : people_[part]) all += people;
        for (const auto& [state, people] : people_[part]) {
            Sum& sum = sums_[state];
            sum.add(added, people_[part].size() == 1 ? 1 : people / all);
            if (--left_[state] > 0) continue;
            outlooks_[state].totals = totals_of(sum, sampling);
            sums_.erase(state);
        }
    }

    [[nodiscard]] std::vector<StateOutlook> told() && {
        std::vector<StateOutlook> all;
        for (auto& [state, outlook] : outlooks_) all.push_back(std::move(outlook));
        return all;
    }

private:
    std::vector<std::map<State, double>> people_;  ///< by part
    std::map<State, int> left_;                    ///< parts that are still to come
    std::map<State, Sum> sums_;
    std::map<State, StateOutlook> outlooks_;
};

}  // namespace

std::optional<Outlook> outlook(const catalogue::Catalogue& catalogue, const forecast::CaseRequest& request,
                               const outage::Sampling& sampling, const Work& work) {
    Outlook result{.sampling = sampling, .horizon = catalogue.model.horizon_days};
    const std::vector<forecast::RegionPart> parts = forecast::parts_of(catalogue, request);
    const auto all_bodies = static_cast<double>(catalogue.bodies.bodies().size());
    Sum all;
    States states{catalogue, parts};
    for (std::size_t number = 0; number < parts.size(); ++number) {
        const forecast::RegionPart& part = parts[number];
        const outage::Case outage = forecast::case_of(catalogue, request, part);
        const auto before = static_cast<double>(result.bodies.size());
        const auto size = static_cast<double>(outage.bodies.size());
        // Courses of a part count by its bodies.
        const auto tell = [&](std::uint32_t done) {
            const double bodies = before * sampling.replications + size * done;
            if (work.progress) work.progress(static_cast<std::uint32_t>(bodies / all_bodies));
        };
        auto added =
            outage::contribution(outage, sampling, {.threads = work.threads, .stop = work.stop, .progress = tell});
        if (!added) return std::nullopt;
        all.add(*added, 1);
        states.add(number, *added, sampling);
        const std::string& provider = part.region.provider.id.value;
        for (outage::Contribution::Body& body : added->bodies)
            result.bodies.push_back({std::move(body.key), provider, body.loss_days, body.days_to_half,
                                     body.days_to_most, body.days_to_all});
        result.providers.push_back({.id = provider,
                                    .name = part.region.provider.name,
                                    .is_assumed = part.is_assumed,
                                    .bodies = outage.bodies.size(),
                                    .loss_days = lost_days(std::move(added->lost), added->weight, sampling)});
    }
    result.totals = totals_of(all, sampling);
    result.states = std::move(states).told();
    std::ranges::sort(result.bodies, {}, &BodyOutlook::key);
    return result;
}

std::optional<Outlook> exact_outlook(const outage::Sampling& least, const outage::Exactness& wished,
                                     const std::function<std::optional<Outlook>(const outage::Sampling&)>& of) {
    std::optional<Outlook> found;
    (void)outage::enough(least, wished, [&](const outage::Sampling& sampling) -> std::optional<outage::Distribution> {
        found = of(sampling);
        return found ? std::optional{found->totals.loss_days} : std::nullopt;
    });
    return found;
}

}  // namespace resmon::nationwide
