#include "region/region.hpp"

#include "base/error.hpp"
#include "region/case_builder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace resmon::forecast {

namespace {

void refuse_circular_figures(const std::map<std::string, catalogue::Figure>& figures, const IncidentId& incident) {
    std::vector<Fault> faults;
    for (const auto& [id, figure] : figures)
        if (std::ranges::find(figure.derived_from, incident) != figure.derived_from.end())
            faults.push_back(
                {figure.place,
                 fmt::format("must not be derived from {}: a replay of it would prove itself", incident.value)});
    if (!faults.empty()) throw InputError{std::move(faults)};
}

}  // namespace

CaseRequest completed(const catalogue::Catalogue& catalogue, const CaseRequest& request) {
    CaseRequest complete = request;
    std::vector<Fault> faults;
    if (request.incident) {
        const catalogue::Incident& incident = catalogue.incident(*request.incident);
        if (incident.milestones.empty())
            throw InputError{
                fmt::format("incident: must have milestones to be replayed, {} has none", incident.id.value)};
        const auto settle = [&faults](const char* path, auto& wished, const auto& fixed) {
            if (!wished.value.empty() && wished != fixed)
                faults.push_back(
                    {{.path = path}, fmt::format("must be {} as in the incident, is {}", fixed.value, wished.value)});
            wished = fixed;
        };
        settle("/scenario", complete.scenario, incident.scenario);
        settle("/region", complete.region, incident.region);
    }
    if (complete.scenario.value.empty()) faults.push_back({{.path = "/scenario"}, "is missing"});
    if (complete.region.value.empty() != complete.alone.has_value())
        faults.push_back({{.path = "/region"}, complete.alone ? "must not stand beside a body alone" : "is missing"});
    if (!faults.empty()) throw InputError{std::move(faults)};
    (void)catalogue.scenario(complete.scenario);
    if (!complete.alone) (void)catalogue.region(complete.region);
    std::ranges::sort(complete.overrides.without_modes);
    return complete;
}

outage::Case case_of(const catalogue::Catalogue& catalogue, const CaseRequest& request) {
    const CaseRequest complete = completed(catalogue, request);
    CaseBuilder builder{catalogue, complete};
    outage::Case outage = builder.built();
    if (complete.incident) refuse_circular_figures(builder.figures(), *complete.incident);
    return outage;
}

std::vector<catalogue::Figure> figures_used(const catalogue::Catalogue& catalogue, const CaseRequest& request) {
    const CaseRequest complete = completed(catalogue, request);
    CaseBuilder builder{catalogue, complete};
    (void)builder.built();
    std::vector<catalogue::Figure> figures;
    for (const auto& [id, figure] : builder.figures()) figures.push_back(figure);
    return figures;
}

std::map<catalogue::CrewKind, int> crews_of(const catalogue::Region& region) {
    std::map<catalogue::CrewKind, int> crews;
    for (const catalogue::ProviderPart& part : region.provider.parts)
        for (const catalogue::CrewRule& rule : part.crews)
            crews[rule.kind] += std::max(1, static_cast<int>(std::lround(rule.number.value)));
    return crews;
}

std::map<std::string, Text> chain_names(const catalogue::Catalogue& catalogue, const ScenarioId& scenario) {
    std::map<std::string, Text> names;
    for (const catalogue::Resource& resource : catalogue.resources)
        for (const catalogue::RestorationTask& task : resource.tasks) {
            // One task alone needs no name of its own beside the resource's.
            const bool alone = resource.tasks.size() == 1;
            names[resource.id.value + "/" + task.id] =
                alone ? task.name
                      : Text{resource.name.de + ": " + task.name.de, resource.name.en + ": " + task.name.en};
        }
    for (const catalogue::Gate& gate : catalogue.scenario(scenario).gates) names[gate.id] = gate.name;
    return names;
}

}  // namespace resmon::forecast
