#include "forecast/forecast_api.hpp"

#include "base/error.hpp"
#include "base/version.hpp"
#include "forecast/catalogue_json.hpp"
#include "forecast/forecast_csv.hpp"
#include "forecast/forecast_json.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>

namespace resmon::forecast {

using Json = nlohmann::ordered_json;
using http::Request;
using http::Response;

namespace {

outage::Sampling with_points(const outage::Sampling& courses, std::uint32_t randomisations) {
    const auto wished = outage::in_randomisations(courses, randomisations);
    if (!wished)
        throw InputError{{{{.path = "/randomisations"},
                           worded("fault.run.randomisations", {{"courses", std::to_string(courses.replications)},
                                                               {"found", std::to_string(randomisations)}})}}};
    return *wished;
}

/// The body was checked against api/outage.yaml before; what is still wrong is wrong for the domain.
Wish wish_from(const Request& request, std::uint32_t usual_replications) {
    const nlohmann::json body = nlohmann::json::parse(request.body);
    Wish wish;
    if (body.contains("organisation")) wish.organisation = OrganisationId{body["organisation"].get<std::string>()};
    if (body.contains("incident")) wish.request.incident = IncidentId{body["incident"].get<std::string>()};
    wish.request.scenario = {body.value("scenario", "")};
    set_place(wish.request, body.value("region", ""));
    if (body.contains("overrides")) wish.request.overrides = overrides_from_json(body["overrides"]);
    wish.sampling.seed = body.value("seed", std::uint64_t{1});
    const bool has_points = body.contains("randomisations");
    const bool has_error = body.contains("relative_error");
    wish.sampling.replications =
        body.value("replications", has_points || has_error ? usual_courses_of_points : usual_replications);
    if (has_error) wish.wished_error = {body["relative_error"].get<double>(), wish.sampling.replications};
    if (has_points) wish.sampling = with_points(wish.sampling, body["randomisations"].get<std::uint32_t>());
    wish.idempotency_key = request.header("idempotency-key");
    return wish;
}

RunId run_of(const Request& request) { return {request.parameter("run")}; }

bool is_over(const RunStatus& status) { return has_ended(status.run.state); }

/// Server-sent events: `progress` while it runs, `end` once, a comment when nothing happens so that proxies stay awake.
Response events(Runs& runs, const Request& request) {
    const RunId id = run_of(request);
    (void)runs.status(request.who, id);
    std::uint64_t seen = 0;
    const std::string last = request.header("last-event-id");
    std::from_chars(last.data(), last.data() + last.size(), seen);
    return {.type = "text/event-stream",
            .headers = {{"Cache-Control", "no-store"}},
            .stream = [&runs, who = request.who, id, seen](const http::Send& send) mutable {
                constexpr std::chrono::milliseconds patience{2000};
                RunStatus status = runs.status(who, id);
                while (true) {
                    const bool over = is_over(status);
                    if (over || status.version > seen) {
                        seen = status.version;
                        if (!send(fmt::format("id: {}\nevent: {}\ndata: {}\n\n", seen, over ? "end" : "progress",
                                              run_to_json(status).dump())))
                            return;
                    } else if (!send(": still here\n\n")) {
                        return;
                    }
                    if (over) return;
                    status = runs.next_status(who, id, seen, patience);
                }
            }};
}

Response table(Runs& runs, const Request& request) {
    const std::string& name = request.parameter("table");
    const RunId run = run_of(request);
    std::string result;
    if (name == "assumptions")
        runs.with_inputs(request.who, run, name, [&](const Run& of, const catalogue::Catalogue& catalogue) {
            result = assumptions_text(catalogue, of.request);
        });
    else
        result = runs.part(request.who, run, "summary");
    return http::file_response(http::csv_type, table_csv(name, result, http::language_asked(request, Language::german)),
                               fmt::format("resmon-{}-{}.csv", run.value, name));
}

void add_catalogue_routes(http::Routes& routes, Runs& runs) {
    const catalogue::Catalogue& catalogue = runs.catalogue();
    routes.get("/api/v1/about", Action::read_catalogue, [&catalogue](const Request&) {
        return http::json_response(Json{
            {"version", program_version},
            {"model_version", outage::model_version},
            {"catalogue_version", catalogue.version},
            {"languages",
             {"de", "en"}}}.dump());
    });
    routes.get("/api/v1/catalogue", Action::read_catalogue,
               [whole = catalogue_text(catalogue), light = catalogue_text(catalogue, false)](const Request& request) {
                   const auto services = request.query.find("services");
                   const bool is_light = services != request.query.end() && services->second == "none";
                   return http::with_etag(http::json_response(is_light ? light : whole),
                                          request.header("if-none-match"));
               });
    routes.get("/api/v1/catalogue/incidents/{incident}", Action::read_catalogue, [&catalogue](const Request& request) {
        return http::json_response(incident_text(catalogue.incident({request.parameter("incident")})));
    });
    routes.get("/api/v1/catalogue/assumptions", Action::read_catalogue, [&runs](const Request& request) {
        CaseRequest asked{.scenario = {request.query.at("scenario")}, .region = {}, .overrides = {}};
        set_place(asked, request.query.at("region"));
        Response response;
        runs.with_scenario(request.who, asked.scenario, [&](const catalogue::Catalogue& known) {
            response = http::json_response(assumptions_text(known, asked));
        });
        return response;
    });
    routes.get("/api/v1/bodies", Action::read_catalogue, [&catalogue](const Request& request) {
        const auto value = [&request](const char* name) {
            const auto found = request.query.find(name);
            return found == request.query.end() ? std::string{} : found->second;
        };
        const std::string limit = value("limit");
        return http::json_response(
            bodies_text(catalogue, value("search"), {value("region")}, limit.empty() ? 100 : std::stoul(limit)));
    });
}

void add_run_routes(http::Routes& routes, Runs& runs) {
    routes.get("/api/v1/outage-runs", Action::read_runs,
               [&runs](const Request& request) { return http::json_response(runs_text(runs.list(request.who))); });
    routes.post("/api/v1/outage-runs", Action::start_run, [&runs](const Request& request) {
        const RunStatus status = runs.start(request.who, wish_from(request, 1000));
        Response response = http::json_response(run_to_json(status).dump(), 202);
        response.headers["Location"] = "/api/v1/outage-runs/" + status.run.id.value;
        return response;
    });
    routes.get("/api/v1/outage-runs/{run}", Action::read_runs, [&runs](const Request& request) {
        return http::json_response(run_to_json(runs.status(request.who, run_of(request))).dump());
    });
    routes.remove("/api/v1/outage-runs/{run}", Action::end_run, [&runs](const Request& request) {
        runs.end(request.who, run_of(request));
        return Response{.status = 204, .type = {}};
    });
    routes.get("/api/v1/outage-runs/{run}/events", Action::read_runs,
               [&runs](const Request& request) { return events(runs, request); });
}

void add_result_routes(http::Routes& routes, Runs& runs) {
    const auto unchanging = [](std::string text, const Request& request) {
        return http::with_etag(http::json_response(std::move(text)), request.header("if-none-match"));
    };
    routes.get("/api/v1/outage-runs/{run}/result", Action::read_runs, [&runs, unchanging](const Request& request) {
        return unchanging(runs.part(request.who, run_of(request), "summary"), request);
    });
    routes.get("/api/v1/outage-runs/{run}/bodies/{body}", Action::read_runs,
               [&runs, unchanging](const Request& request) {
                   const catalogue::Body& body = runs.catalogue().bodies.body(request.parameter("body"));
                   return unchanging(runs.part(request.who, run_of(request), "body/" + body.key.text()), request);
               });
    routes.get("/api/v1/outage-runs/{run}/map", Action::read_runs, [&runs, unchanging](const Request& request) {
        return unchanging(runs.part(request.who, run_of(request), "map/" + request.query.at("service")), request);
    });
    routes.get("/api/v1/outage-runs/{run}/courses/{course}", Action::read_runs, [&runs](const Request& request) {
        return http::json_response(runs.course(request.who, run_of(request),
                                               static_cast<std::uint32_t>(std::stoul(request.parameter("course")))));
    });
    routes.get("/api/v1/outage-runs/{run}/tables/{table}", Action::read_runs,
               [&runs](const Request& request) { return table(runs, request); });
    routes.post("/api/v1/forecasts", Action::compute_forecast, [&runs](const Request& request) {
        return http::json_response(runs.what_if(request.who, wish_from(request, 200), request.header("x-client")));
    });
    routes.post("/api/v1/forecasts/curve", Action::compute_forecast, [&runs](const Request& request) {
        return http::json_response(runs.curve(request.who, wish_from(request, 200), request.header("x-client")));
    });
}

}  // namespace

void add_routes(http::Routes& routes, Runs& runs) {
    add_catalogue_routes(routes, runs);
    add_run_routes(routes, runs);
    add_result_routes(routes, runs);
}

}  // namespace resmon::forecast
