#include "cli/site.hpp"

#include "accounts/accounts_api.hpp"
#include "cli/letters.hpp"
#include "cli/operation_api.hpp"
#include "coverage/coverage_api.hpp"
#include "explain/explain_api.hpp"
#include "forecast/forecast_api.hpp"
#include "forms/forms_api.hpp"
#include "links/links_api.hpp"
#include "nationwide/nationwide_api.hpp"
#include "papers/papers_api.hpp"
#include "preparedness/preparedness_api.hpp"
#include "profile/profile_api.hpp"
#include "risk/risk_api.hpp"
#include "scenarios/scenarios_api.hpp"
#include "server/health_api.hpp"
#include "server/static_pages.hpp"
#include "sign_on/identify.hpp"
#include "sign_on/sign_on_api.hpp"
#include "survey/survey_api.hpp"
#include "wave_files/wave_files_api.hpp"
#include "waves/waves_api.hpp"

namespace resmon::cli {

namespace {

/// One request that reads from the store says that it answers.
bool answers(storage::Database& database) {
    long long one = 0;
    database.read([&](soci::session& sql) { sql << "SELECT 1", soci::into(one); });
    return one == 1;
}

waves::Means means_of(Installation& installation, const survey::Survey& survey) {
    return {installation.accounts, installation.sealing, survey.catalogue()};
}

}  // namespace

Site::Site(const Options& options, Installation& installation, forecast::Runs& runs, survey::Survey& survey,
           Audience audience)
    : installation_{installation}, explanations_{runs}, forms_{survey, &std::chrono::system_clock::now},
      waves_{means_of(installation, survey)}, wave_files_{waves_, survey},
      dispatching_{means_of(installation, survey), sending_of(options)},
      wave_invitations_{
          means_of(installation, survey), survey,
          [&installation](const std::string& address) { installation.sign_on.slow_down({.address = address}); }},
      door_{routes_, checks(audience)} {
    forecast::add_routes(routes_, runs);
    scenarios::add_routes(routes_, runs.own_scenarios());
    nationwide::add_routes(routes_, runs);
    explain::add_routes(routes_, explanations_);
    survey::add_routes(routes_, survey);
    forms::add_routes(routes_, forms_);
    profile::add_routes(routes_, survey);
    preparedness::add_routes(routes_, survey);
    risk::add_routes(routes_, survey.catalogue());
    coverage::add_routes(routes_, survey.catalogue());
    waves::add_routes(routes_, {waves_, dispatching_, wave_invitations_});
    wave_files::add_routes(routes_, wave_files_);
    papers::add_routes(routes_, survey);
    accounts::add_routes(routes_, installation.accounts);
    sign_on::add_routes(routes_, installation.sign_on);
    links::add_routes(routes_, installation.links);
    add_operation_routes(routes_, options, installation);
    routes_.get("/api/v1/openapi.json", Action::read_catalogue, [this](const http::Request& request) {
        return http::with_etag(http::json_response(api_.text()), request.header("if-none-match"));
    });
    server::add_routes(routes_, metrics_, [this] { return answers(installation_.database); });
}

http::Checks Site::checks(Audience audience) {
    http::Checks checks;
    if (audience == Audience::this_machine)
        checks.identify = sign_on::identify_local;
    else
        checks.identify = [this](http::Request& request) {
            sign_on::identify(
                installation_.sign_on,
                [this](const Secret& session, const sign_on::Visitor& visitor) {
                    return installation_.links.holder(session, visitor);
                },
                request);
        };
    checks.permit = [](const http::Request& request, const http::Route& route) {
        accounts::require(request.who, route.action);
    };
    checks.validate = [this](const http::Request& request, const http::Route& route) { api_.check(request, route); };
    return checks;
}

http::Response Site::answer(http::Request request) {
    const bool is_api = request.path.starts_with("/api/") || server::is_for_operators(request.path);
    std::string route;
    http::Response response = is_api ? door_.answer(std::move(request), route) : server::static_page(request);
    metrics_.count(is_api ? route : "pages", response.status);
    return response;
}

}  // namespace resmon::cli
