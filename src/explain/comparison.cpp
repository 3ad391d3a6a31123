#include "explain/comparison.hpp"

#include <algorithm>

namespace resmon::explain {

using outage::Case;
using outage::Index;

std::vector<ComparedVariant> compared(const std::vector<Variant>& variants, const outage::Sampling& sampling) {
    std::vector<ComparedVariant> results;
    std::vector<double> first;
    for (const Variant& variant : variants) {
        std::vector<double> losses = outage::course_losses(variant.outage, sampling);
        ComparedVariant result{.id = variant.id, .forecast = *outage::forecast(variant.outage, sampling)};
        if (results.empty())
            first = std::move(losses);
        else
            result.more_lost = statistics::paired_difference(losses, first);
        results.push_back(std::move(result));
    }
    return results;
}

Case without_contractors(Case outage) {
    for (outage::Pool& pool : outage.pools)
        if (pool.label == "crew/external")
            for (outage::Slot& slot : pool.slots) slot.from = outage::never;
    return outage;
}

Case without_providers(Case outage, const std::vector<std::string>& providers) {
    const auto nobody = static_cast<Index>(outage.pools.size());
    outage.pools.push_back({.id = "nobody", .label = "nobody", .slots = {{.from = outage::never}}});
    for (const outage::Resource& resource : outage.resources) {
        const bool is_theirs = std::ranges::any_of(
            providers, [&](const std::string& provider) { return resource.id.starts_with(provider + "/"); });
        if (!is_theirs) continue;
        for (const Index task : resource.restored_by) {
            outage.activities[task].pool = nobody;
            outage.activities[task].crews = 1;
        }
    }
    return outage;
}

std::vector<Variant> autonomy(const Case& outage, const std::vector<std::string>& providers) {
    return {{"forecast", outage},
            {"without-contractors", without_contractors(outage)},
            {"without-provider", without_providers(outage, providers)}};
}

}  // namespace resmon::explain
