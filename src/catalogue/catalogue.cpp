#include "catalogue/catalogue.hpp"

#include "base/error.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace resmon::catalogue {

namespace {

template <class Thing, class ThingId>
const Thing& found(const std::vector<Thing>& things, const ThingId& id, const char* kind) {
    const auto place = std::ranges::find(things, id, &Thing::id);
    if (place != things.end()) return *place;
    std::vector<std::string> known;
    for (const Thing& thing : things) known.push_back(thing.id.value);
    throw NotFound{worded("fault.catalogue.none",
                          {{"kind", kind}, {"id", id.value}, {"known", fmt::format("{}", fmt::join(known, ", "))}})};
}

void collect(const Requirement& requirement, std::vector<ResourceId>& resources) {
    if (requirement.kind == Requirement::Kind::resource) resources.push_back(requirement.resource);
    for (const Requirement& part : requirement.of) collect(part, resources);
}

}  // namespace

std::vector<ResourceId> resources_in(const Requirement& requirement) {
    std::vector<ResourceId> resources;
    collect(requirement, resources);
    std::ranges::sort(resources);
    const auto repeated = std::ranges::unique(resources);
    resources.erase(repeated.begin(), repeated.end());
    return resources;
}

const Service& Catalogue::service(const ServiceId& id) const { return found(services, id, "service"); }
const Resource& Catalogue::resource(const ResourceId& id) const { return found(resources, id, "resource"); }
const Scenario& Catalogue::scenario(const ScenarioId& id) const { return found(scenarios, id, "scenario"); }
const Region& Catalogue::region(const RegionId& id) const { return found(regions, id, "region"); }
const Questionnaire& Catalogue::questionnaire(const QuestionnaireId& id) const {
    return found(questionnaires, id, "questionnaire");
}
const Incident& Catalogue::incident(const IncidentId& id) const { return found(incidents, id, "incident"); }

}  // namespace resmon::catalogue
