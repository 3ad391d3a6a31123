#include "nationwide/nationwide_api.hpp"

#include "nationwide/outlook_csv.hpp"
#include "nationwide/outlook_json.hpp"

#include <fmt/format.h>

namespace resmon::nationwide {

namespace {

RunId run_of(const http::Request& request) { return {request.parameter("run")}; }

/// What never changes is not sent again to whoever has it.
http::Response kept(forecast::Runs& runs, const http::Request& request, const std::string& part) {
    return http::with_etag(http::json_response(runs.part(request.who, run_of(request), part)),
                           request.header("if-none-match"));
}

http::Response table(forecast::Runs& runs, const http::Request& request) {
    const std::string& name = request.parameter("table");
    const RunId run = run_of(request);
    KeptTexts texts{.summary = runs.part(request.who, run, summary_part)};
    if (name == "bodies") texts.bodies = runs.part(request.who, run, bodies_part);
    return http::file_response(http::csv_type, table_csv(name, texts, http::language_asked(request, Language::german)),
                               fmt::format("resmon-{}-germany-{}.csv", run.value, name));
}

}  // namespace

void add_routes(http::Routes& routes, forecast::Runs& runs) {
    routes.get("/api/v1/outage-runs/{run}/germany", Action::read_runs,
               [&runs](const http::Request& request) { return kept(runs, request, summary_part); });
    routes.get("/api/v1/outage-runs/{run}/germany/bodies", Action::read_runs,
               [&runs](const http::Request& request) { return kept(runs, request, bodies_part); });
    routes.get("/api/v1/outage-runs/{run}/germany/states/{state}", Action::read_runs,
               [&runs](const http::Request& request) {
                   return kept(runs, request, state_part(state_from(request.parameter("state"))));
               });
    routes.get("/api/v1/outage-runs/{run}/germany/tables/{table}", Action::read_runs,
               [&runs](const http::Request& request) { return table(runs, request); });
}

}  // namespace resmon::nationwide
