#include "nationwide/nationwide.hpp"

#include <algorithm>
#include <utility>

namespace resmon::nationwide {

namespace {

/// What the courses of several cases add up to.
struct Sum {
    double weight = 0;
    std::vector<double> lost, able;

    void add(const outage::Contribution& more) {
        weight += more.weight;
        add(lost, more.lost);
        add(able, more.able);
    }
    static void add(std::vector<double>& sums, const std::vector<double>& more) {
        sums.resize(more.size(), 0);
        for (std::size_t place = 0; place < sums.size(); ++place) sums[place] += more[place];
    }
};

outage::Distribution days_of(std::vector<double> lost, double weight) {
    for (double& days : lost) days = weight > 0 ? days / weight : 0;
    return outage::distribution_of(std::move(lost));
}

}  // namespace

std::optional<Outlook> outlook(const catalogue::Catalogue& catalogue, const forecast::CaseRequest& request,
                               const outage::Sampling& sampling, const Work& work) {
    Outlook result{.sampling = sampling, .horizon = catalogue.model.horizon_days};
    const std::vector<forecast::RegionPart> parts = forecast::parts_of(catalogue, request);
    const auto all_bodies = static_cast<double>(catalogue.bodies.bodies().size());
    Sum all;
    for (const forecast::RegionPart& part : parts) {
        const outage::Case outage = forecast::case_of(catalogue, request, part);
        auto added = outage::contribution(outage, sampling, {.threads = work.threads, .stop = work.stop});
        if (!added) return std::nullopt;
        all.add(*added);
        const std::string& provider = part.region.provider.id.value;
        for (outage::Contribution::Body& body : added->bodies)
            result.bodies.push_back({std::move(body.key), provider, body.loss_days, body.days_to_half,
                                     body.days_to_most, body.days_to_all});
        result.providers.push_back({.id = provider,
                                    .name = part.region.provider.name,
                                    .is_assumed = part.is_assumed,
                                    .bodies = outage.bodies.size(),
                                    .loss_days = days_of(std::move(added->lost), added->weight)});
        const double done = static_cast<double>(result.bodies.size()) / all_bodies;
        if (work.progress) work.progress(static_cast<std::uint32_t>(done * sampling.replications));
    }
    result.loss_days = days_of(std::move(all.lost), all.weight);
    result.ability = outage::ability_bands(all.able, all.weight, sampling.replications);
    std::ranges::sort(result.bodies, {}, &BodyOutlook::key);
    return result;
}

}  // namespace resmon::nationwide
