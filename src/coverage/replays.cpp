#include "coverage/replays.hpp"

#include "base/error.hpp"
#include "region/left_out.hpp"

namespace resmon::coverage {

std::optional<Replays> replays_of(const catalogue::Catalogue& catalogue, const outage::Sampling& sampling,
                                  const Compute& compute) {
    Replays found{
        .horizon = catalogue.model.horizon_days, .sampling = sampling, .catalogue_version = catalogue.version};
    for (const catalogue::Incident& incident : catalogue.incidents) {
        if (incident.milestones.empty()) {
            found.without_milestones.push_back(&incident);
            continue;
        }
        const forecast::LeftOutCase left_out = forecast::case_without(catalogue, {.incident = incident.id});
        const auto forecast = compute(left_out.outage);
        if (!forecast) return {};
        found.incidents.push_back({.incident = &incident,
                                   .milestones = incidents::milestones_against(incident, *forecast),
                                   .replaced = static_cast<int>(left_out.replaced.size())});
    }
    if (found.incidents.empty()) throw NotFound{worded("fault.coverage.none")};
    return found;
}

}  // namespace resmon::coverage
