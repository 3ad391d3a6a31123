#include "scenarios/scenarios_api.hpp"

#include "base/error.hpp"

#include <nlohmann/json.hpp>

namespace resmon::scenarios {

using Json = nlohmann::ordered_json;
using http::Request;
using http::Response;

namespace {

OwnScenarioId scenario_of(const Request& request) { return {request.parameter("scenario")}; }

Json name_to_json(const Text& name) { return {{"de", name.de}, {"en", name.en}}; }

Json checked_to_json(const CheckedText& checked, Language language) {
    Json faults = Json::array();
    for (const auto& [fault, column] : checked.faults)
        faults.push_back({{"line", fault.place.line},
                          {"column", column},
                          {"path", fault.place.path},
                          {"message", fault.expectation.in(language)}});
    return {{"name", name_to_json(checked.name)}, {"faults", std::move(faults)}};
}

Json overview_to_json(const Sheet& sheet) {
    const OwnScenario& kept = sheet.kept;
    const auto or_null = [](const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); };
    return {{"id", kept.id.value},
            {"organisation", or_null(kept.organisation.value)},
            {"name", name_to_json(kept.name)},
            {"scenario", kept.scenario.value},
            {"faults", sheet.checked.faults.size()},
            {"version", kept.version},
            {"made_at", kept.made_at},
            {"changed_at", kept.changed_at},
            {"changed_by", or_null(kept.changed_by_name)},
            {"may_write", sheet.may_write}};
}

/// A fault may quote what is no UTF-8; the answer always is.
Response json_response(const Json& json, int status = 200) {
    return http::json_response(json.dump(-1, ' ', false, Json::error_handler_t::replace), status);
}

Response sheet_response(const Sheet& sheet, Language language, int status = 200) {
    return json_response({{"scenario", overview_to_json(sheet)},
                          {"text", sheet.kept.text},
                          {"check", checked_to_json(sheet.checked, language)}},
                         status);
}

void add_checking_routes(http::Routes& routes, Scenarios& scenarios) {
    routes.get(
        "/api/v1/catalogue/scenarios/{scenario}/source", Action::read_catalogue, [&scenarios](const Request& request) {
            return http::with_etag(
                {.type = "application/yaml; charset=utf-8", .body = scenarios.source({request.parameter("scenario")})},
                request.header("if-none-match"));
        });
    routes.post("/api/v1/scenarios/check", Action::compute_forecast, [&scenarios](const Request& request) {
        const nlohmann::json body = nlohmann::json::parse(request.body);
        const CheckedText checked = scenarios.check(body["text"].get<std::string>());
        return json_response(checked_to_json(checked, request.language));
    });
}

}  // namespace

void add_routes(http::Routes& routes, Scenarios& scenarios) {
    add_checking_routes(routes, scenarios);
    routes.get("/api/v1/scenarios", Action::read_runs, [&scenarios](const Request& request) {
        Json list = Json::array();
        for (const Sheet& sheet : scenarios.list(request.who)) list.push_back(overview_to_json(sheet));
        return json_response({{"scenarios", std::move(list)}});
    });
    routes.post("/api/v1/scenarios", Action::start_run, [&scenarios](const Request& request) {
        const nlohmann::json body = nlohmann::json::parse(request.body);
        const std::optional<OrganisationId> organisation =
            body.contains("organisation") ? std::optional{OrganisationId{body["organisation"].get<std::string>()}}
                                          : std::nullopt;
        const Sheet sheet = scenarios.create(request.who, organisation, body["text"].get<std::string>());
        Response response = sheet_response(sheet, request.language, 201);
        response.headers["Location"] = "/api/v1/scenarios/" + sheet.kept.id.value;
        return response;
    });
    routes.get("/api/v1/scenarios/{scenario}", Action::read_runs, [&scenarios](const Request& request) {
        return sheet_response(scenarios.read(request.who, scenario_of(request)), request.language);
    });
    routes.put("/api/v1/scenarios/{scenario}", Action::start_run, [&scenarios](const Request& request) {
        const nlohmann::json body = nlohmann::json::parse(request.body);
        return sheet_response(scenarios.change(request.who, scenario_of(request), body["text"].get<std::string>(),
                                               body["version"].get<int>()),
                              request.language);
    });
    routes.remove("/api/v1/scenarios/{scenario}", Action::start_run, [&scenarios](const Request& request) {
        scenarios.remove(request.who, scenario_of(request));
        return Response{.status = 204, .type = {}};
    });
}

}  // namespace resmon::scenarios
