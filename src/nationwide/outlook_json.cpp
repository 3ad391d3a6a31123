#include "nationwide/outlook_json.hpp"

#include "forecast/forecast_json.hpp"
#include "forecast/result_parts_json.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <thread>

namespace resmon::nationwide {

using Json = nlohmann::ordered_json;

namespace {

std::map<std::string, std::size_t> places_of(const std::vector<ProviderOutlook>& providers) {
    std::map<std::string, std::size_t> places;
    for (const ProviderOutlook& provider : providers) places.emplace(provider.id, places.size());
    return places;
}

Json body_to_json(const catalogue::Catalogue& catalogue, const ProviderOutlook& provider, const BodyOutlook& body) {
    Json json = forecast::body_to_json(*catalogue.bodies.find_body(BodyKey{body.key}));
    json["provider"] = provider.id;
    json["provider_assumed"] = provider.is_assumed;
    json["loss_days"] = forecast::distribution_to_json(body.loss_days);
    json["days_to_half"] = forecast::distribution_to_json(body.days_to_half);
    json["days_to_most"] = forecast::distribution_to_json(body.days_to_most);
    json["days_to_all"] = forecast::distribution_to_json(body.days_to_all);
    return json;
}

Json provider_to_json(const ProviderOutlook& provider) {
    return {{"id", provider.id},
            {"name", {{"de", provider.name.de}, {"en", provider.name.en}}},
            {"assumed", provider.is_assumed},
            {"bodies", provider.bodies},
            {"loss_days", forecast::distribution_to_json(provider.loss_days)}};
}

void add_totals(Json& json, const Totals& totals) {
    json["loss_days"] = forecast::distribution_to_json(totals.loss_days);
    json["ability_half"] = forecast::distribution_to_json(totals.ability_half);
    json["ability_most"] = forecast::distribution_to_json(totals.ability_most);
}

Json state_to_json(const StateOutlook& state) {
    const std::string name = fmt::format("wave.group.{}", to_string(state.state));
    Json json = {
        {"id", to_string(state.state)},
        {"name", {{"de", program_text(name, Language::german)}, {"en", program_text(name, Language::english)}}},
        {"bodies", state.bodies},
        {"bodies_assumed", state.assumed},
        {"population", state.population}};
    add_totals(json, state.totals);
    return json;
}

/// `GermanySummary` without `about`.
Json summary_to_json(const catalogue::Catalogue& catalogue, const forecast::CaseRequest& request,
                     const Outlook& outlook) {
    Json json = {{"scenario", request.scenario.value},
                 {"region", forecast::place_of(request)},
                 {"seed", outlook.sampling.seed},
                 {"replications", outlook.sampling.replications},
                 {"relative_error_reached", forecast::number_to_json(outage::relative_error(outlook.totals.loss_days))},
                 {"overrides", forecast::overrides_to_json(request.overrides)},
                 {"model_version", outage::model_version},
                 {"catalogue_version", catalogue.version},
                 {"register_source", catalogue.bodies.source()},
                 {"horizon", outlook.horizon}};
    if (outlook.sampling.points > 0) json["randomisations"] = outlook.sampling.randomisations();
    add_totals(json, outlook.totals);
    json["ability"] = forecast::daily_to_json(outlook.totals.ability);
    json["states"] = Json::array();
    for (const StateOutlook& state : outlook.states) json["states"].push_back(state_to_json(state));
    json["providers"] = Json::array();
    for (const ProviderOutlook& provider : outlook.providers) json["providers"].push_back(provider_to_json(provider));
    return json;
}

/// Three digits are as many as a body's courses tell; without a point where they are whole.
Json short_number(double value) {
    if (!std::isfinite(value)) return nullptr;
    if (value == 0) return 0;
    const double scale = std::pow(10.0, 3 - std::ceil(std::log10(std::abs(value))));
    const double rounded = std::round(value * scale) / scale;
    return rounded == std::floor(rounded) ? Json(static_cast<std::int64_t>(rounded)) : Json(rounded);
}

using Figure = outage::Distribution BodyOutlook::*;

Json quantile_columns(const std::vector<BodyOutlook>& bodies, Figure figure) {
    using outage::Quantiles;
    constexpr std::array<std::pair<const char*, double Quantiles::*>, 5> quantiles{{{"p10", &Quantiles::p10},
                                                                                    {"p25", &Quantiles::p25},
                                                                                    {"p50", &Quantiles::p50},
                                                                                    {"p75", &Quantiles::p75},
                                                                                    {"p90", &Quantiles::p90}}};
    Json columns = Json::object();
    for (const auto& [name, quantile] : quantiles) {
        Json column = Json::array();
        for (const BodyOutlook& body : bodies) column.push_back(short_number((body.*figure).quantiles.*quantile));
        columns[name] = std::move(column);
    }
    return columns;
}

/// `GermanyBodies`
Json bodies_to_json(const catalogue::Catalogue& catalogue, const Outlook& outlook) {
    const auto places = places_of(outlook.providers);
    Json json = Json::object();
    for (const char* column : {"key", "name", "kind", "state", "population", "latitude", "longitude", "provider"})
        json[column] = Json::array();
    for (const BodyOutlook& body : outlook.bodies) {
        Json known = forecast::body_to_json(*catalogue.bodies.find_body(BodyKey{body.key}));
        for (const char* column : {"key", "name", "kind", "state", "population", "latitude", "longitude"})
            json[column].push_back(std::move(known[column]));
        json["provider"].push_back(places.at(body.provider));
    }
    json["loss_days"] = quantile_columns(outlook.bodies, &BodyOutlook::loss_days);
    json["days_to_half"] = quantile_columns(outlook.bodies, &BodyOutlook::days_to_half);
    json["days_to_most"] = quantile_columns(outlook.bodies, &BodyOutlook::days_to_most);
    json["days_to_all"] = quantile_columns(outlook.bodies, &BodyOutlook::days_to_all);
    return json;
}

}  // namespace

std::string outlook_json(const catalogue::Catalogue& catalogue, const forecast::CaseRequest& request,
                         const Outlook& outlook, const forecast::About& about) {
    Json json = summary_to_json(catalogue, request, outlook);
    const auto places = places_of(outlook.providers);
    json["bodies"] = Json::array();
    for (const BodyOutlook& body : outlook.bodies)
        json["bodies"].push_back(body_to_json(catalogue, outlook.providers[places.at(body.provider)], body));
    json["about"] = forecast::about_to_json(about);
    for (const char* measured : {"seconds", "peak_bytes"}) json[measured] = json["about"][measured];
    return json.dump();
}

std::string state_part(State state) { return fmt::format("germany/{}", to_string(state)); }

forecast::ResultParts parts_of(const catalogue::Catalogue& catalogue, const forecast::CaseRequest& request,
                               const Outlook& outlook, const forecast::About& about) {
    Json summary = summary_to_json(catalogue, request, outlook);
    summary["about"] = forecast::about_to_json(about);
    forecast::ResultParts parts{{summary_part, summary.dump()},
                                {bodies_part, bodies_to_json(catalogue, outlook).dump()}};
    for (const StateOutlook& state : outlook.states)
        parts[state_part(state.state)] =
            Json{{"state", to_string(state.state)}, {"ability", forecast::daily_to_json(state.totals.ability)}}.dump();
    return parts;
}

}  // namespace resmon::nationwide
