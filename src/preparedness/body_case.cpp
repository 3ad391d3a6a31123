#include "preparedness/body_case.hpp"

#include "region/germany.hpp"
#include "region/one_body.hpp"
#include "region/region.hpp"

#include <utility>

namespace resmon::preparedness {

outage::Case BodyCase::with(const std::vector<forecast::LeverSetting>& settings) const {
    return forecast::with_levers(plain, settings, mover);
}

BodyCase case_of_body(const catalogue::Catalogue& catalogue, const BodyKey& body) {
    const ScenarioId scenario{"ransomware-shared-provider"};
    BodyCase found{.assumption = {.scenario = scenario, .scenario_name = catalogue.scenario(scenario).name}};
    if (const auto part = forecast::known_provider(catalogue, body)) {
        SharedProvider& provider = found.assumption.provider.emplace(
            SharedProvider{.id = part->region.provider.id, .name = part->region.provider.name});
        for (const catalogue::ProviderPart& place : part->region.provider.parts)
            provider.customers += place.bodies.size();
        found.plain = forecast::seen_by(forecast::case_at(catalogue, scenario, *part), body);
        found.mover = body;
    } else {
        found.plain =
            forecast::case_of(catalogue, {.scenario = scenario, .region = {}, .alone = body, .overrides = {}});
    }
    found.levers = forecast::levers_in(found.plain, found.mover);
    return found;
}

}  // namespace resmon::preparedness
