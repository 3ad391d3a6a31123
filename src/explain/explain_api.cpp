#include "explain/explain_api.hpp"

#include "forecast/forecast_json.hpp"

#include <nlohmann/json.hpp>

#include <charconv>
#include <sstream>

namespace resmon::explain {

using http::Request;
using http::Response;

namespace {

RunId run_of(const Request& request) { return {request.parameter("run")}; }

std::string asked(const Request& request, const char* name) {
    const auto found = request.query.find(name);
    return found == request.query.end() ? std::string{} : found->second;
}

/// The query was checked against api/outage.yaml before.
std::uint32_t courses_of(const Request& request, std::uint32_t usual) {
    const std::string wished = asked(request, "courses");
    return wished.empty() ? usual : static_cast<std::uint32_t>(std::stoul(wished));
}

std::vector<std::string> names_in(const std::string& text) {
    std::vector<std::string> names;
    std::istringstream parts{text};
    for (std::string name; std::getline(parts, name, ',');)
        if (!name.empty()) names.push_back(name);
    return names;
}

Response unchanging(std::string text, const Request& request) {
    return http::with_etag(http::json_response(std::move(text)), request.header("if-none-match"));
}

Response conditional(Explanations& explanations, const Request& request) {
    Known known{.back = names_in(asked(request, "back")),
                .not_back = names_in(asked(request, "not_back")),
                .body = asked(request, "body")};
    const std::string& day = request.query.at("day");
    std::from_chars(day.data(), day.data() + day.size(), known.day);
    Patience patience;
    if (const std::string limit = asked(request, "limit"); !limit.empty())
        patience.limit = static_cast<std::uint32_t>(std::stoul(limit));
    return unchanging(explanations.conditional(request.who, run_of(request), known, patience), request);
}

WishedComparison comparison_from(const Request& request) {
    const nlohmann::json body = nlohmann::json::parse(request.body);
    WishedComparison wished;
    if (body.contains("incident")) wished.request.incident = IncidentId{body["incident"].get<std::string>()};
    wished.request.scenario = {body.value("scenario", "")};
    wished.request.region = {body.value("region", "")};
    wished.sampling.seed = body.value("seed", std::uint64_t{1});
    wished.sampling.replications = body.value("replications", std::uint32_t{200});
    for (const nlohmann::json& variant : body["variants"])
        wished.variants.push_back({variant["id"].get<std::string>(),
                                   variant.contains("overrides") ? forecast::overrides_from_json(variant["overrides"])
                                                                 : forecast::Overrides{}});
    return wished;
}

}  // namespace

void add_routes(http::Routes& routes, Explanations& explanations) {
    routes.get("/api/v1/outage-runs/{run}/autonomy", Action::read_runs, [&explanations](const Request& request) {
        return unchanging(explanations.autonomy(request.who, run_of(request), courses_of(request, 200)), request);
    });
    routes.get("/api/v1/outage-runs/{run}/timetable", Action::read_runs, [&explanations](const Request& request) {
        return unchanging(
            explanations.timetable(request.who, run_of(request), courses_of(request, 200), asked(request, "service")),
            request);
    });
    routes.get("/api/v1/outage-runs/{run}/bottlenecks", Action::read_runs, [&explanations](const Request& request) {
        return unchanging(explanations.bottlenecks(request.who, run_of(request), courses_of(request, 200)), request);
    });
    routes.get("/api/v1/outage-runs/{run}/sensitivity", Action::read_runs, [&explanations](const Request& request) {
        return unchanging(explanations.sensitivity(request.who, run_of(request), courses_of(request, 2000)), request);
    });
    routes.get("/api/v1/outage-runs/{run}/dependencies", Action::read_runs, [&explanations](const Request& request) {
        return unchanging(explanations.dependencies(request.who, run_of(request), asked(request, "body")), request);
    });
    routes.get("/api/v1/outage-runs/{run}/conditional", Action::read_runs,
               [&explanations](const Request& request) { return conditional(explanations, request); });
    routes.post("/api/v1/comparisons", Action::compute_forecast, [&explanations](const Request& request) {
        return http::json_response(explanations.comparison(request.who, comparison_from(request)));
    });
}

}  // namespace resmon::explain
