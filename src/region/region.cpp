#include "region/region.hpp"

#include "base/error.hpp"
#include "region/case_builder.hpp"
#include "region/germany.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

namespace resmon::forecast {

namespace {

void refuse_circular_figures(const std::map<std::string, catalogue::Figure>& figures, const IncidentId& incident) {
    std::vector<Fault> faults;
    for (const auto& [id, figure] : figures)
        if (std::ranges::find(figure.derived_from, incident) != figure.derived_from.end())
            faults.push_back({figure.place, worded("fault.run.circular", {{"incident", incident.value}})});
    if (!faults.empty()) throw InputError{std::move(faults)};
}

/// A region of one house that is its own provider, with crews by its inhabitants.
catalogue::Region alone(const catalogue::Catalogue& catalogue, const BodyKey& key) {
    const catalogue::Body* body = catalogue.bodies.find_body(key);
    if (body == nullptr) throw NotFound{worded("fault.body.none", {{"key", key.text()}})};
    std::vector<catalogue::CrewRule> crews = catalogue.preparedness.own_crews;
    for (catalogue::CrewRule& rule : crews)
        for (double* number : {&rule.number.value, &rule.number.low, &rule.number.high})
            *number *= static_cast<double>(body->population) / 10'000;
    return {.name = {body->name, body->name},
            .provider = {.id = {"own"},
                         .name = {body->name, body->name},
                         .parts = {{.id = "house", .bodies = {key}, .crews = std::move(crews)}}}};
}

/// The only part of a request that is not Germany.
RegionPart only_part(const catalogue::Catalogue& catalogue, const CaseRequest& complete) {
    if (is_germany(complete)) throw InputError{{{{.path = "/region"}, worded("fault.run.germany")}}};
    return {.region = complete.alone ? alone(catalogue, *complete.alone) : catalogue.region(complete.region)};
}

/// Which figures a case uses does not depend on how many bodies it has: one of each kind and state is enough at each
/// part of the provider.
RegionPart thinned(const catalogue::Catalogue& catalogue, RegionPart part) {
    for (catalogue::ProviderPart& site : part.region.provider.parts) {
        std::set<std::pair<State, catalogue::BodyKind>> kept;
        std::erase_if(site.bodies, [&](const BodyKey& key) {
            const catalogue::Body& body = *catalogue.bodies.find_body(key);
            return !kept.emplace(body.state, body.kind).second;
        });
    }
    return part;
}

void add_figures(const catalogue::Catalogue& catalogue, const CaseRequest& complete, const RegionPart& part,
                 std::map<std::string, catalogue::Figure>& figures) {
    CaseBuilder builder{catalogue, complete, part};
    (void)builder.built();
    figures.insert(builder.figures().begin(), builder.figures().end());
}

std::map<std::string, catalogue::Figure> figures_of_germany(const catalogue::Catalogue& catalogue,
                                                            const CaseRequest& complete) {
    const catalogue::Germany& germany = *catalogue.germany;
    std::map<std::string, catalogue::Figure> figures;
    // Before those of the cases: there the crews stand scaled to one provider.
    for (const catalogue::CrewRule& rule : germany.assumed_crews) figures.emplace(rule.number.id, rule.number);
    for (const catalogue::Figure* bound :
         {&germany.crews_of_at_least_inhabitants, &germany.crews_of_at_most_inhabitants})
        figures.emplace(bound->id, *bound);
    for (const RegionPart& part : germany_parts(catalogue))
        add_figures(catalogue, complete, thinned(catalogue, part), figures);
    return figures;
}

/// Years for which holidays are known rules.
bool is_start(const std::string& text) {
    const auto instant = local_instant_from(text);
    if (!instant) return false;
    const int year{std::chrono::year_month_day{Date{std::chrono::days{static_cast<int>(*instant)}}}.year()};
    return 2000 <= year && year <= 2100;
}

}  // namespace

bool is_germany(const CaseRequest& request) { return request.region.value == germany_id; }

void set_place(CaseRequest& request, const std::string& place) {
    constexpr std::size_t key_digits = 12;
    const bool is_key = place.size() == key_digits && place.find_first_not_of("0123456789") == std::string::npos;
    request.alone = is_key ? std::optional{BodyKey{place}} : std::nullopt;
    request.region = {is_key ? "" : place};
}

std::string place_of(const CaseRequest& request) {
    return request.alone ? request.alone->text() : request.region.value;
}

Text place_name(const catalogue::Catalogue& catalogue, const CaseRequest& request) {
    if (is_germany(request) && catalogue.germany) return catalogue.germany->name;
    if (!request.alone) return catalogue.region(request.region).name;
    const catalogue::Body& body = catalogue.bodies.body(request.alone->text());
    return {body.name, body.name};
}

CaseRequest completed(const catalogue::Catalogue& catalogue, const CaseRequest& request) {
    CaseRequest complete = request;
    std::vector<Fault> faults;
    if (request.incident) {
        const catalogue::Incident& incident = catalogue.incident(*request.incident);
        if (incident.milestones.empty())
            throw InputError{worded("fault.run.no-milestones", {{"incident", incident.id.value}})};
        const auto settle = [&faults](const char* path, auto& wished, const auto& fixed) {
            if (!wished.value.empty() && wished != fixed)
                faults.push_back(
                    {{.path = path},
                     worded("fault.run.as-in-incident", {{"wanted", fixed.value}, {"found", wished.value}})});
            wished = fixed;
        };
        settle("/scenario", complete.scenario, incident.scenario);
        settle("/region", complete.region, incident.region);
        if (incident.body && complete.alone.value_or(*incident.body) != *incident.body)
            faults.push_back({{.path = "/region"},
                              worded("fault.run.as-in-incident",
                                     {{"wanted", incident.body->text()}, {"found", complete.alone->text()}})});
        complete.alone = incident.body;
    }
    if (const std::string& start = complete.overrides.start; !start.empty()) {
        if (request.incident) faults.push_back({{.path = "/overrides/start"}, worded("fault.run.start-of-incident")});
        if (!is_start(start))
            faults.push_back({{.path = "/overrides/start"}, worded("fault.run.start", {{"found", start}})});
    }
    if (complete.scenario.value.empty()) faults.push_back({{.path = "/scenario"}, worded("fault.missing")});
    if (complete.region.value.empty() != complete.alone.has_value())
        faults.push_back({{.path = "/region"}, worded(complete.alone ? "fault.run.beside-body" : "fault.missing")});
    if (!faults.empty()) throw InputError{std::move(faults)};
    (void)catalogue.scenario(complete.scenario);
    if (complete.alone) (void)catalogue.bodies.body(complete.alone->text());
    if (!complete.alone && !(is_germany(complete) && catalogue.germany)) (void)catalogue.region(complete.region);
    std::ranges::sort(complete.overrides.without_modes);
    return complete;
}

std::vector<RegionPart> parts_of(const catalogue::Catalogue& catalogue, const CaseRequest& request) {
    const CaseRequest complete = completed(catalogue, request);
    if (is_germany(complete)) return germany_parts(catalogue);
    return {only_part(catalogue, complete)};
}

outage::Case case_of(const catalogue::Catalogue& catalogue, const CaseRequest& request, const RegionPart& part) {
    const CaseRequest complete = completed(catalogue, request);
    CaseBuilder builder{catalogue, complete, part};
    outage::Case outage = builder.built();
    if (complete.incident) refuse_circular_figures(builder.figures(), *complete.incident);
    return outage;
}

outage::Case case_at(const catalogue::Catalogue& catalogue, const ScenarioId& scenario, const RegionPart& part) {
    return case_of(catalogue,
                   {.scenario = scenario,
                    .region = {catalogue.germany ? std::string{germany_id} : part.region.id.value},
                    .overrides = {}},
                   part);
}

outage::Case case_of(const catalogue::Catalogue& catalogue, const CaseRequest& request) {
    return case_of(catalogue, request, only_part(catalogue, completed(catalogue, request)));
}

std::vector<catalogue::Figure> figures_used(const catalogue::Catalogue& catalogue, const CaseRequest& request) {
    const CaseRequest complete = completed(catalogue, request);
    std::map<std::string, catalogue::Figure> used;
    if (is_germany(complete))
        used = figures_of_germany(catalogue, complete);
    else
        add_figures(catalogue, complete, only_part(catalogue, complete), used);
    std::vector<catalogue::Figure> figures;
    for (auto& [id, figure] : used) figures.push_back(std::move(figure));
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
    std::map<std::string, int> of_that_name;
    for (const catalogue::Resource& resource : catalogue.resources)
        for (const catalogue::RestorationTask& task : resource.tasks) ++of_that_name[task.name.de];
    for (const catalogue::Resource& resource : catalogue.resources)
        for (const catalogue::RestorationTask& task : resource.tasks) {
            // What only one resource has says enough without its name.
            const bool alone = resource.tasks.size() == 1 && of_that_name[task.name.de] == 1;
            names[resource.id.value + "/" + task.id] =
                alone ? task.name
                      : Text{resource.name.de + ": " + task.name.de, resource.name.en + ": " + task.name.en};
        }
    for (const catalogue::Gate& gate : catalogue.scenario(scenario).gates) names[gate.id] = gate.name;
    return names;
}

}  // namespace resmon::forecast
