#include "forecast/forecast_json.hpp"

#include "base/error.hpp"
#include "base/instant.hpp"
#include "forecast/words.hpp"

#include <nlohmann/json.hpp>

#include <fmt/format.h>
#include <algorithm>
#include <chrono>
#include <cmath>

namespace resmon::forecast {

using Json = nlohmann::ordered_json;

namespace {

/// JSON knows no infinity: a time that is not reached is null. Six digits are far inside the Monte-Carlo error.
Json number(double value) {
    if (!std::isfinite(value)) return nullptr;
    if (value == 0) return 0.0;
    const double scale = std::pow(10.0, 6 - std::ceil(std::log10(std::abs(value))));
    return std::round(value * scale) / scale;
}

void add_quantiles(Json& json, const outage::Quantiles& quantiles) {
    json["p10"] = number(quantiles.p10);
    json["p25"] = number(quantiles.p25);
    json["p50"] = number(quantiles.p50);
    json["p75"] = number(quantiles.p75);
    json["p90"] = number(quantiles.p90);
}

/// The standard error of the mean; where the mean is infinite, that of the median: a quarter of its 95 % interval.
Json monte_carlo_error(const outage::Distribution& values) {
    constexpr double errors_in_interval = 2 * 1.959964;
    if (std::isfinite(values.mean)) return number(values.standard_error);
    return number((values.error_high.p50 - values.error_low.p50) / errors_in_interval);
}

Json distribution(const outage::Distribution& values) {
    Json json = Json::object();
    add_quantiles(json, values.quantiles);
    json["mean"] = number(values.mean);
    json["standard_error"] = number(values.standard_error);
    json["share_never"] = number(values.share_never);
    json["p50_low"] = number(values.error_low.p50);
    json["p50_high"] = number(values.error_high.p50);
    json["monte_carlo_error"] = monte_carlo_error(values);
    return json;
}

Json daily(const outage::DailyQuantiles& days) {
    Json json = Json::array();
    for (std::size_t day = 0; day < days.size(); ++day) {
        Json row = {{"day", day}};
        add_quantiles(row, days[day]);
        json.push_back(std::move(row));
    }
    return json;
}

Json text(const Text& both) { return {{"de", both.de}, {"en", both.en}}; }

Json stretches(const std::vector<outage::Stretch>& typical) {
    Json json = Json::array();
    for (const outage::Stretch& stretch : typical)
        json.push_back({{"from_day", number(stretch.from_day)}, {"mode", to_string(stretch.mode)}});
    return json;
}

/// Names of the links that are no thing of the catalogue.
Text common_name(const std::string& label, bool waiting) {
    if (waiting && label == "crew/platform")
        return {"Warten auf Fachkräfte für die Plattform", "Waiting for platform specialists"};
    if (waiting && label == "crew/application")
        return {"Warten auf Fachkräfte für Fachverfahren", "Waiting for application specialists"};
    if (waiting && label == "crew/external")
        return {"Warten auf externe Fachkräfte", "Waiting for external specialists"};
    if (waiting && label == "crew/local") return {"Warten auf die eigene IT vor Ort", "Waiting for the local IT staff"};
    if (label == "activation") return {"Anlaufen der Betriebsart", "Starting the mode"};
    return {"Warten auf die Dienstzeit", "Waiting for office hours"};
}

Json chain(const std::vector<outage::ChainLink>& links, const std::map<std::string, Text>& names) {
    Json json = Json::array();
    for (const outage::ChainLink& link : links) {
        const auto known = names.find(link.label);
        const Text name = !link.waiting && known != names.end() ? known->second : common_name(link.label, link.waiting);
        json.push_back({{"label", link.label},
                        {"name", text(name)},
                        {"waiting", link.waiting},
                        {"share", number(link.share)},
                        {"decides", number(link.decides)},
                        {"mean_days", number(link.mean_days)}});
    }
    return json;
}

/// What services of a region and of a body have in common.
template <class ServiceOrProvision>
void add_service(Json& json, const catalogue::Service& service, const ServiceOrProvision& forecast,
                 const std::map<std::string, Text>& names) {
    json["id"] = service.id.value;
    json["name"] = text(service.name);
    json["kind"] = to_string(service.kind);
    json["tolerable_days"] = service.maximum_tolerable_outage_days.value;
    json["days_to_first_mode"] = distribution(forecast.days_to_first_mode);
    json["days_to_normal"] = distribution(forecast.days_to_normal);
    json["backlog_peak"] = distribution(forecast.backlog_peak);
    switch (service.kind) {
        case catalogue::ServiceKind::queue:
            json["late_cases"] = distribution(forecast.late_cases);
            json["lost_cases"] = distribution(forecast.lost_cases);
            break;
        case catalogue::ServiceKind::due_date: json["missed_dates"] = distribution(forecast.missed_dates); break;
        case catalogue::ServiceKind::standby: json["hours_beyond"] = distribution(forecast.hours_beyond); break;
    }
    json["typical"] = stretches(forecast.typical);
    json["chain"] = chain(forecast.chain, names);
}

Json milestones(const std::vector<incidents::MilestoneForecast>& replayed) {
    Json json = Json::array();
    for (const incidents::MilestoneForecast& result : replayed) {
        const catalogue::Milestone& milestone = *result.milestone;
        Json row = {{"id", milestone.id},
                    {"what", text(milestone.what)},
                    {"body", milestone.body ? milestone.body->text() : "region"},
                    {"day_earliest", milestone.day_earliest},
                    {"day_latest", milestone.day_latest}};
        add_quantiles(row, result.day.quantiles);
        row["hit"] = result.hit80;
        row["hit50"] = result.hit50;
        json.push_back(std::move(row));
    }
    return json;
}

Json mode_shares(const outage::Forecast& forecast) {
    Json json = Json::array();
    for (std::size_t day = 0; day < forecast.mode_shares.size(); ++day) {
        Json row = {{"day", day}};
        for (std::size_t mode = 0; mode < outage::mode_count; ++mode)
            row[std::string{to_string(static_cast<catalogue::ModeKind>(mode))}] =
                number(forecast.mode_shares[day][mode]);
        json.push_back(std::move(row));
    }
    return json;
}

Json bodies(const ResultContext& context, const outage::Forecast& forecast) {
    Json json = Json::array();
    for (const outage::BodyForecast& body : forecast.bodies) {
        Json row = body_to_json(*context.catalogue.bodies.find_body(BodyKey{body.key}));
        row["loss_days"] = distribution(body.loss_days);
        row["days_to_most"] = distribution(body.days_to_most);
        json.push_back(std::move(row));
    }
    return json;
}

void add_totals(Json& json, const outage::Forecast& forecast) {
    json["loss_days"] = distribution(forecast.loss_days);
    json["ability_half"] = distribution(forecast.ability_half);
    json["ability_most"] = distribution(forecast.ability_most);
    json["ability_all"] = distribution(forecast.ability_all);
    json["services_half"] = distribution(forecast.services_half);
    json["services_most"] = distribution(forecast.services_most);
    json["services_all"] = distribution(forecast.services_all);
}

}  // namespace

Json result_to_json(const ResultContext& context, const outage::Forecast& forecast) {
    const catalogue::Catalogue& catalogue = context.catalogue;
    const CaseRequest& request = context.request;
    const auto names = chain_names(catalogue, request.scenario);

    Json json = Json::object();
    if (request.incident) json["incident"] = request.incident->value;
    json["scenario"] = request.scenario.value;
    json["region"] = place_of(request);
    const auto& start = catalogue.scenario(request.scenario).start;
    const std::string& wished = request.overrides.start;
    constexpr std::size_t date_size = 10;
    json["start_date"] = request.incident  ? Json(date_text(catalogue.incident(*request.incident).date))
                         : !wished.empty() ? Json(wished.substr(0, date_size))
                         : start           ? Json(date_text(start->date))
                                           : Json(nullptr);
    json["seed"] = forecast.sampling.seed;
    json["replications"] = forecast.sampling.replications;
    json["relative_error_reached"] = number(outage::relative_error(forecast.loss_days));
    if (forecast.sampling.points > 0) json["randomisations"] = forecast.sampling.randomisations();
    json["overrides"] = overrides_to_json(request.overrides);
    json["model_version"] = forecast.model_version;
    json["catalogue_version"] = catalogue.version;
    json["horizon"] = forecast.horizon;
    if (request.incident) {
        const auto replayed = incidents::milestones_against(catalogue.incident(*request.incident), forecast);
        const incidents::Hits hits = incidents::hits_of(replayed);
        json["milestones"] = milestones(replayed);
        json["hits"] = {{"of", hits.of}, {"hits", hits.hits}, {"low", number(hits.low)}, {"high", number(hits.high)}};
    }
    json["ability"] = daily(forecast.ability);
    json["services_normal"] = daily(forecast.services_normal);
    json["backlog"] = daily(forecast.backlog);
    json["mode_shares"] = mode_shares(forecast);
    add_totals(json, forecast);
    json["services"] = Json::array();
    for (const outage::ServiceForecast& service : forecast.services) {
        Json row = Json::object();
        add_service(row, catalogue.service({service.id}), service, names);
        json["services"].push_back(std::move(row));
    }
    json["bodies"] = bodies(context, forecast);
    json["chain"] = chain(forecast.chain, names);
    return json;
}

Json body_result_to_json(const ResultContext& context, const outage::BodyForecast& body) {
    const auto names = chain_names(context.catalogue, context.request.scenario);
    Json json = Json::object();
    json["body"] = body_to_json(*context.catalogue.bodies.find_body(BodyKey{body.key}));
    json["loss_days"] = distribution(body.loss_days);
    json["days_to_half"] = distribution(body.days_to_half);
    json["days_to_most"] = distribution(body.days_to_most);
    json["days_to_all"] = distribution(body.days_to_all);
    json["ability"] = daily(body.ability);
    json["services"] = Json::array();
    for (const outage::ProvisionForecast& provision : body.provisions) {
        Json row = Json::object();
        add_service(row, context.catalogue.service({provision.service}), provision, names);
        row["backlog_cleared"] = distribution(provision.backlog_cleared);
        row["reentry_cases"] = distribution(provision.reentry_cases);
        row["first_capacity"] = Json::array();
        for (const double capacity : provision.first_capacity) row["first_capacity"].push_back(number(capacity));
        json["services"].push_back(std::move(row));
    }
    return json;
}

Json map_to_json(const outage::Forecast& forecast, const std::string& service) {
    Json json = {{"service", service}, {"horizon", forecast.horizon}, {"bodies", Json::array()}};
    for (const outage::BodyForecast& body : forecast.bodies) {
        const auto provision = std::ranges::find(body.provisions, service, &outage::ProvisionForecast::service);
        if (provision != body.provisions.end())
            json["bodies"].push_back({{"key", body.key}, {"typical", stretches(provision->typical)}});
    }
    return json;
}

Json course_to_json(const outage::Case& outage, const outage::Course& course, std::uint32_t course_number) {
    const double midnight = std::floor(course.start);
    const int minutes = static_cast<int>(std::lround((course.start - midnight) * 24 * 60));
    Json json = {{"course", course_number},
                 {"start", fmt::format("{}T{:02}:{:02}", date_text(Date{std::chrono::days{static_cast<int>(midnight)}}),
                                       minutes / 60, minutes % 60)},
                 {"activities", Json::array()},
                 {"services", Json::array()}};
    for (std::size_t position = 0; position < outage.activities.size(); ++position)
        json["activities"].push_back({{"id", outage.activities[position].id},
                                      {"start_day", number(course.activity_start[position])},
                                      {"finish_day", number(course.activity_finish[position])}});
    for (std::size_t position = 0; position < outage.provisions.size(); ++position) {
        const outage::Provision& provision = outage.provisions[position];
        Json row = {{"body", outage.bodies[provision.body].key},
                    {"service", outage.services[provision.service].id},
                    {"modes", Json::array()}};
        for (std::size_t mode = 0; mode < provision.modes.size(); ++mode)
            row["modes"].push_back({{"mode", to_string(provision.modes[mode].kind)},
                                    {"begins_day", number(course.mode_begin[position][mode])}});
        json["services"].push_back(std::move(row));
    }
    return json;
}

Json distribution_to_json(const outage::Distribution& values) { return distribution(values); }

Json body_to_json(const catalogue::Body& body) {
    return {{"key", body.key.text()},           {"name", body.name},
            {"kind", to_string(body.kind)},     {"state", resmon::to_string(body.state)},
            {"district", body.district.text()}, {"population", body.population},
            {"latitude", body.latitude},        {"longitude", body.longitude}};
}

Json figure_to_json(const catalogue::Figure& figure) {
    return {{"id", figure.id},        {"place", to_string(Place{figure.place.file, figure.place.line, {}})},
            {"value", figure.value},  {"low", figure.low},
            {"high", figure.high},    {"kind", to_string(figure.kind)},
            {"source", figure.source}};
}

Json overrides_to_json(const Overrides& overrides) {
    Json json = Json::object();
    for (const auto& [kind, crews] : overrides.crews) json["crews"][std::string{to_string(kind)}] = crews;
    for (const catalogue::ModeKind mode : overrides.without_modes) json["without_modes"].push_back(to_string(mode));
    if (overrides.backups_survive) json["backups_survive"] = *overrides.backups_survive;
    if (overrides.delays) json["delays"] = *overrides.delays;
    if (overrides.reached) json["reached"] = *overrides.reached;
    if (!overrides.start.empty()) json["start"] = overrides.start;
    return json;
}

Overrides overrides_from_json(const nlohmann::json& json) {
    Overrides overrides;
    if (json.contains("crews"))
        for (const auto& [kind, crews] : json["crews"].items())
            overrides.crews[crew_kind_from(kind)] = crews.get<int>();
    if (json.contains("without_modes"))
        for (const auto& mode : json["without_modes"])
            overrides.without_modes.push_back(mode_kind_from(mode.get<std::string>()));
    if (json.contains("backups_survive")) overrides.backups_survive = json["backups_survive"].get<double>();
    if (json.contains("delays")) overrides.delays = json["delays"].get<double>();
    if (json.contains("reached")) overrides.reached = json["reached"].get<double>();
    overrides.start = json.value("start", "");
    std::ranges::sort(overrides.without_modes);
    return overrides;
}

Json daily_to_json(const outage::DailyQuantiles& days) { return daily(days); }

Json chain_to_json(std::span<const outage::ChainLink> links) {
    Json json = Json::array();
    for (const outage::ChainLink& link : links)
        json.push_back({{"label", link.label},
                        {"waiting", link.waiting},
                        {"share", number(link.share)},
                        {"decides", number(link.decides)},
                        {"mean_days", number(link.mean_days)}});
    return json;
}

Json quantiles_to_json(const outage::Quantiles& quantiles) {
    Json json = Json::object();
    add_quantiles(json, quantiles);
    return json;
}

Json number_to_json(double value) { return number(value); }

Json scenario_name(const Run& run) {
    const Text& name = run.scenario_name;
    return name == Text{} ? Json(nullptr) : Json{{"de", name.de}, {"en", name.en}};
}

Json run_to_json(const RunStatus& status) {
    const Run& run = status.run;
    Json json = {{"id", run.id.value},
                 {"organisation", run.organisation.value.empty() ? Json(nullptr) : Json(run.organisation.value)},
                 {"state", to_string(run.state)},
                 {"progress", status.progress},
                 {"doing", to_string(status.doing)},
                 {"incident", run.request.incident ? Json(run.request.incident->value) : Json(nullptr)},
                 {"scenario", run.request.scenario.value},
                 {"scenario_name", scenario_name(run)},
                 {"region", place_of(run.request)},
                 {"seed", run.sampling.seed},
                 {"replications", run.sampling.replications},
                 {"overrides", overrides_to_json(run.request.overrides)},
                 {"model_version", run.model_version},
                 {"catalogue_version", run.catalogue_version},
                 {"created_at", run.created_at},
                 {"ended_at", run.ended_at.empty() ? Json(nullptr) : Json(run.ended_at)},
                 {"seconds_left", status.seconds_left ? Json(*status.seconds_left) : Json(nullptr)},
                 {"failure", run.failure.empty() ? Json(nullptr) : Json(run.failure)},
                 {"current", status.is_current}};
    if (run.sampling.points > 0) json["randomisations"] = run.sampling.randomisations();
    if (run.wished_error) json["relative_error"] = run.wished_error->relative;
    return json;
}

std::string curve_text(const outage::Curve& curve, const outage::Sampling& sampling, double horizon) {
    const Json json = {{"seed", sampling.seed},
                       {"replications", sampling.replications},
                       {"model_version", outage::model_version},
                       {"horizon", horizon},
                       {"ability", daily(curve.ability)},
                       {"loss_days", distribution(curve.loss_days)},
                       {"ability_half", distribution(curve.ability_half)},
                       {"ability_most", distribution(curve.ability_most)},
                       {"ability_all", distribution(curve.ability_all)}};
    return json.dump();
}

std::string runs_text(std::span<const RunStatus> runs) {
    Json list = {{"runs", Json::array()}};
    for (const RunStatus& status : runs) list["runs"].push_back(run_to_json(status));
    return list.dump();
}

}  // namespace resmon::forecast
