#include "forecast/catalogue_json.hpp"

#include "base/instant.hpp"
#include "base/text.hpp"
#include "forecast/forecast_json.hpp"
#include "forecast/run.hpp"
#include "forecast/words.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace resmon::forecast {

using Json = nlohmann::ordered_json;

namespace {

Json text(const Text& both) { return {{"de", both.de}, {"en", both.en}}; }

Json figure(const catalogue::Figure& figure) {
    Json json = figure_to_json(figure);
    json.erase("id");
    json.erase("place");
    return json;
}

Json service_to_json(const catalogue::Service& service) {
    Json modes = Json::array();
    for (const catalogue::Mode& mode : service.modes) {
        Json row = {{"kind", to_string(mode.kind)}, {"how", text(mode.how)}};
        if (!mode.legal_basis.de.empty()) row["legal_basis"] = text(mode.legal_basis);
        modes.push_back(std::move(row));
    }
    return {{"id", service.id.value},
            {"name", text(service.name)},
            {"level", to_string(service.level)},
            {"kind", to_string(service.kind)},
            {"service_class", to_string(service.service_class)},
            {"demand_per_1000", figure(service.demand_per_1000)},
            {"maximum_tolerable_outage_days", figure(service.maximum_tolerable_outage_days)},
            {"modes", std::move(modes)}};
}

Json region_to_json(const catalogue::Catalogue& catalogue, const catalogue::Region& region) {
    std::size_t bodies = 0;
    long population = 0;
    for (const catalogue::ProviderPart& part : region.provider.parts)
        for (const BodyKey& key : part.bodies) {
            const catalogue::Body& body = *catalogue.bodies.find_body(key);
            ++bodies;
            // People of a district are those of its town halls.
            if (body.kind != catalogue::BodyKind::district) population += body.population;
        }
    Json crews = Json::object();
    for (const auto& [kind, number] : crews_of(region)) crews[std::string{to_string(kind)}] = number;
    return {{"id", region.id.value}, {"name", text(region.name)}, {"description", text(region.description)},
            {"bodies", bodies},      {"population", population},  {"crews", std::move(crews)}};
}

}  // namespace

std::string catalogue_text(const catalogue::Catalogue& catalogue, bool with_services) {
    Json json = {
        {"version", catalogue.version}, {"hash", catalogue.hash},     {"register_source", catalogue.bodies.source()},
        {"services", Json::array()},    {"scenarios", Json::array()}, {"regions", Json::array()},
        {"incidents", Json::array()}};
    for (const catalogue::Service& service : catalogue.services)
        if (with_services) json["services"].push_back(service_to_json(service));
    for (const catalogue::Scenario& scenario : catalogue.scenarios)
        json["scenarios"].push_back(
            {{"id", scenario.id.value}, {"name", text(scenario.name)}, {"description", text(scenario.description)}});
    for (const catalogue::Region& region : catalogue.regions)
        json["regions"].push_back(region_to_json(catalogue, region));
    if (catalogue.germany)
        json["germany"] = {{"id", germany_id},
                           {"name", text(catalogue.germany->name)},
                           {"bodies", catalogue.bodies.bodies().size()},
                           {"most_replications", most_courses_of_germany}};
    for (const catalogue::Incident& incident : catalogue.incidents) {
        // History without a replay is no choice; one body alone is replayed at the command line.
        if (incident.milestones.empty() || incident.body) continue;
        json["incidents"].push_back({{"id", incident.id.value},
                                     {"name", text(incident.name)},
                                     {"date", date_text(incident.date)},
                                     {"scenario", incident.scenario.value},
                                     {"region", incident.region.value}});
    }
    return json.dump();
}

std::string incident_text(const catalogue::Incident& incident) {
    Json json = {{"id", incident.id.value},
                 {"name", text(incident.name)},
                 {"description", text(incident.description)},
                 {"date", date_text(incident.date)},
                 {"scenario", incident.scenario.value},
                 {"region", incident.region.value},
                 {"source", incident.source},
                 {"milestones", Json::array()}};
    for (const catalogue::Milestone& milestone : incident.milestones) {
        Json services = Json::array();
        for (const ServiceId& service : milestone.services) services.push_back(service.value);
        json["milestones"].push_back(
            {{"id", milestone.id},
             {"what", text(milestone.what)},
             {"body", milestone.body ? milestone.body->text() : "region"},
             {"output", milestone.output == catalogue::MilestoneOutput::ability ? "ability" : "services-in-mode"},
             {"services", std::move(services)},
             {"mode", to_string(milestone.mode)},
             {"threshold", milestone.threshold},
             {"day_earliest", milestone.day_earliest},
             {"day_latest", milestone.day_latest},
             {"reading", text(milestone.reading)},
             {"source", milestone.source}});
    }
    return json.dump();
}

std::string assumptions_text(const catalogue::Catalogue& catalogue, const CaseRequest& request) {
    Json json = {{"scenario", request.scenario.value}, {"region", place_of(request)}, {"figures", Json::array()}};
    for (const catalogue::Figure& one : figures_used(catalogue, request))
        json["figures"].push_back(figure_to_json(one));
    return json.dump();
}

std::string bodies_text(const catalogue::Catalogue& catalogue, const std::string& search, const RegionId& region,
                        std::size_t limit) {
    const std::string wanted = folded(search);
    const auto fits = [&](const catalogue::Body& body) {
        if (wanted.empty() || folded(body.name).find(wanted) != std::string::npos ||
            body.key.text().starts_with(wanted))
            return true;
        return body.kind != catalogue::BodyKind::district &&
               std::ranges::any_of(body.municipalities, [&](const Ags& ags) { return ags.text().starts_with(wanted); });
    };
    Json found = Json::array();
    std::size_t total = 0;
    const auto add = [&](const catalogue::Body& body) {
        if (fits(body) && total++ < limit) found.push_back(body_to_json(body));
    };
    if (region.value.empty())
        std::ranges::for_each(catalogue.bodies.bodies(), add);
    else
        for (const catalogue::ProviderPart& part : catalogue.region(region).provider.parts)
            for (const BodyKey& key : part.bodies) add(*catalogue.bodies.find_body(key));
    return Json{{"total", total}, {"bodies", std::move(found)}}.dump();
}

}  // namespace resmon::forecast
