// The contract: every operation of api/outage.yaml is driven, every answer fits its schema.
#include "accounts/permission.hpp"
#include "base/shipped.hpp"
#include "forecast/forecast_api.hpp"
#include "http/door.hpp"
#include "http/openapi.hpp"
#include "schema/check.hpp"
#include "support/contract.hpp"
#include "support/database.hpp"
#include "support/shipped.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <map>
#include <regex>
#include <set>

namespace resmon::forecast {
namespace {

using Json = nlohmann::json;

const Principal local{.kind = Principal::Kind::local};

class Contract : public testing::TestWithParam<storage::Engine> {
protected:
    Contract()
        : runs_{database_, audit_, catalogue(), files()},
          door_{routes_,
                {.identify = [this](http::Request& request) { request.who = who_; },
                 .permit = [](const http::Request& request,
                              const http::Route& route) { accounts::require(request.who, route.action); },
                 .validate = [this](const http::Request& request,
                                    const http::Route& route) { api_.check(request, route); }}} {
        add_routes(routes_, runs_);
        runs_.work(2);
    }

    static const catalogue::CatalogueFiles& files() { return catalogue::shipped_files(); }
    static const catalogue::Catalogue& catalogue() { return catalogue::shipped(); }

    http::Response answer(const std::string& method, const std::string& target, const std::string& body = {},
                          const http::Fields& headers = {}) {
        http::Request request{.method = method, .headers = headers, .body = body};
        http::read_target(target, request);
        std::string route;
        return door_.answer(std::move(request), route);
    }

    std::string finished_run(const std::string& wish = R"({"incident": "suedwestfalen-2023", "replications": 20})") {
        const http::Response response = answer("POST", "/api/v1/outage-runs", wish);
        const std::string id = Json::parse(response.body).at("id");
        const auto until = std::chrono::steady_clock::now() + std::chrono::minutes{4};  // a busy machine may take long
        RunStatus status = runs_.status(local, {id});
        while (!has_ended(status.run.state) && std::chrono::steady_clock::now() < until)
            status = runs_.next_status(local, {id}, status.version, std::chrono::seconds{1});
        return id;
    }

    storage::EmptyDatabase empty_{GetParam()};
    storage::Database database_{empty_.location()};
    accounts::AuditTrail audit_{database_, "here", std::chrono::system_clock::now};
    Principal who_ = local;
    Runs runs_;
    http::Routes routes_;
    http::OpenApi api_;
    http::Door door_;
};

TEST_P(Contract, EveryOperationAnswersAsDescribed) {
    const std::string run = finished_run();
    const std::string at = "/api/v1/outage-runs/" + run;
    struct Drive {
        std::string target;
        std::string body;
    };
    const std::string what_if =
        R"({"incident": "suedwestfalen-2023", "replications": 20, "overrides": {"crews": {"platform": 20}, "without_modes": ["paper"], "backups_survive": 1, "delays": 0.5}})";
    const std::map<std::string, Drive> drives{
        {"about", {"/api/v1/about", ""}},
        {"catalogue", {"/api/v1/catalogue", ""}},
        {"incident", {"/api/v1/catalogue/incidents/suedwestfalen-2023", ""}},
        {"assumptions", {"/api/v1/catalogue/assumptions?scenario=ransomware-shared-provider&region=suedwestfalen", ""}},
        {"bodies", {"/api/v1/bodies?search=Siegen&limit=5", ""}},
        {"outage_runs", {"/api/v1/outage-runs", ""}},
        {"start_outage_run",
         {"/api/v1/outage-runs",
          R"({"incident": "suedwestfalen-2023", "replications": 16, "randomisations": 2, "overrides": {"delays": 0.5}})"}},
        {"outage_run", {at, ""}},
        {"outage_run_events", {at + "/events", ""}},
        {"outage_run_result", {at + "/result", ""}},
        {"outage_run_body", {at + "/bodies/05958032", ""}},
        {"outage_run_map", {at + "/map?service=passport", ""}},
        {"outage_run_course", {at + "/courses/3", ""}},
        {"outage_run_table", {at + "/tables/assumptions?lang=en", ""}},
        {"forecast", {"/api/v1/forecasts", what_if}},
        {"forecast_curve", {"/api/v1/forecasts/curve", what_if}},
        {"end_outage_run", {at, ""}},
    };
    const Json document = Json::parse(api_.text());
    std::vector<std::tuple<std::string, std::string, std::string>> operations;  // deletes last
    const std::set<std::string> own_tags{"about", "catalogue", "outage"};       // the document tells of other rooms too
    for (const auto& [path, item] : document.at("paths").items())
        for (const auto& [method, operation] : item.items())
            if (method != "parameters" && own_tags.contains(operation.at("tags").at(0)))
                operations.emplace_back(method == "delete" ? "z" + method : method, path, operation.at("operationId"));
    std::ranges::sort(operations);
    for (const auto& [order, path, id] : operations) {
        const std::string method = order.starts_with("z") ? order.substr(1) : order;
        ASSERT_TRUE(drives.contains(id)) << "the contract test drives no " << id;
        const Drive& drive = drives.at(id);
        const http::Response response = answer(method == "get"    ? "GET"
                                               : method == "post" ? "POST"
                                                                  : "DELETE",
                                               drive.target, drive.body);
        ASSERT_LT(response.status, 300) << id << ": " << response.body;
        http::expect_described(document, path, method, response);
    }
}

TEST_P(Contract, EveryRouteIsDescribed) {
    const Json document = Json::parse(api_.text());
    for (const http::Route& route : routes_.all()) {
        const std::string path = route.path.substr(std::string{"/api/v1"}.size());
        EXPECT_TRUE(document["paths"].contains(path)) << route.method << " " << route.path;
    }
}

TEST_P(Contract, TheEventsEndWithTheResultAndTakeUpWhereTheyWereLeft) {
    const std::string run = finished_run();
    const http::Response response = answer("GET", "/api/v1/outage-runs/" + run + "/events");
    ASSERT_TRUE(response.stream);
    std::string sent;
    response.stream([&](std::string_view piece) {
        sent += piece;
        return true;
    });
    EXPECT_THAT(sent, testing::AllOf(testing::HasSubstr("event: end\n"), testing::HasSubstr("\"state\":\"done\""),
                                     testing::EndsWith("\n\n")));
}

TEST_P(Contract, WhatIsWrongIsToldWithAPointer) {
    const auto detail = [this](const std::string& body) {
        const http::Response response = answer("POST", "/api/v1/outage-runs", body);
        EXPECT_EQ(response.status, 422);
        EXPECT_EQ(response.type, "application/problem+json");
        const Json document = Json::parse(api_.text());
        const schema::Schema problem{document, "/components/schemas/Problem"};
        EXPECT_TRUE(problem.faults(Json::parse(response.body)).empty());
        return Json::parse(response.body).at("detail").get<std::string>();
    };
    EXPECT_EQ(detail(R"({"incident": "suedwestfalen-2023", "replications": 5})"),
              "/replications: muss ≥ 10 sein, ist 5");
    EXPECT_EQ(detail(R"({"incident": "suedwestfalen-2023", "overrides": {"crews": {"platform": 0}}})"),
              "/overrides/crews/platform: muss ≥ 1 sein, ist 0");
    EXPECT_EQ(detail(R"({"incident": "suedwestfalen-2023", "randomisations": 1})"),
              "/randomisations: muss ≥ 2 sein, ist 1");
    EXPECT_EQ(detail(R"({"incident": "suedwestfalen-2023", "replications": 500, "randomisations": 8})"),
              "/randomisations: muss mit einer Zweierpotenz malgenommen die Zahl der Verläufe ergeben: "
              "8 passt nicht zu 500, 8 passt zu 512");
    EXPECT_EQ(detail(R"({"incident": "suedwestfalen-2023", "relative_error": 2})"),
              "/relative_error: muss ≤ 1 sein, ist 2");
    EXPECT_EQ(detail(R"({"incident": "suedwestfalen-2023", "relative_error": 0.1, "replications": 500,
                         "randomisations": 8})"),
              "/randomisations: muss mit einer Zweierpotenz malgenommen die Zahl der Verläufe ergeben: "
              "8 passt nicht zu 500, 8 passt zu 512");
    EXPECT_EQ(detail("no json"), "muss JSON sein");
    EXPECT_THAT(detail(R"({"scenario": "ransomware-shared-provider"})"), testing::HasSubstr("/region: fehlt"));
}

TEST_P(Contract, TheSameIdempotencyKeyGivesTheSameRunAndRefusesAnotherRequest) {
    const auto post = [this](const char* body) {
        return answer("POST", "/api/v1/outage-runs", body, {{"idempotency-key", "once"}});
    };
    const char* body = R"({"incident": "suedwestfalen-2023", "replications": 20})";
    const http::Response first = post(body);
    const http::Response again = post(body);
    EXPECT_EQ(first.status, 202);
    EXPECT_EQ(again.status, 202);
    EXPECT_EQ(first.headers.at("Location"), again.headers.at("Location"));
    EXPECT_EQ(post(R"({"incident": "suedwestfalen-2023", "replications": 21})").status, 409);
    EXPECT_EQ(post(R"({"incident": "suedwestfalen-2023", "replications": 20, "randomisations": 5})").status, 409);
    EXPECT_EQ(answer("POST", "/api/v1/outage-runs", body, {{"idempotency-key", std::string(101, 'x')}}).status, 422);
}

TEST_P(Contract, ARunOfQuasiRandomPointsSaysSoAndIsThatOfTheEngine) {
    const std::string wish = R"({"scenario": "storage-failure", "region": "059580032000", "randomisations": 8)";
    const std::string at = "/api/v1/outage-runs/" + finished_run(wish + R"(, "replications": 32})");
    const Json kept = Json::parse(answer("GET", at).body);
    EXPECT_EQ(kept.at("state"), "done");
    EXPECT_EQ(kept.at("randomisations"), 8);
    const Json result = Json::parse(answer("GET", at + "/result").body);
    EXPECT_EQ(result.at("randomisations"), 8);
    CaseRequest request{.scenario = {"storage-failure"}};
    set_place(request, "059580032000");
    const outage::Forecast computed =
        *outage::forecast(case_of(catalogue(), completed(catalogue(), request)), {1, 32, 4});
    EXPECT_NEAR(result.at("loss_days").at("mean").get<double>(), computed.loss_days.mean, 1e-4);
    EXPECT_NEAR(result.at("loss_days").at("standard_error").get<double>(), computed.loss_days.standard_error, 1e-4);

    const Json usual = Json::parse(answer("POST", "/api/v1/outage-runs", wish + "}").body);
    EXPECT_EQ(usual.at("replications"), 512) << "as on the command line";
    const Json plain = Json::parse(answer("POST", "/api/v1/outage-runs", wish.substr(0, wish.rfind(',')) + "}").body);
    EXPECT_EQ(plain.at("replications"), 1000);
    EXPECT_FALSE(plain.contains("randomisations"));
}

TEST_P(Contract, ARunOfAWishedErrorTakesAsManyCoursesAsItNeedsAndStaysTheSameRequest) {
    const std::string place = R"({"scenario": "storage-failure", "region": "059580032000")";
    const std::string wish = place + R"(, "replications": 16, "relative_error": 0.08})";
    const auto post = [this](const std::string& body) {
        return answer("POST", "/api/v1/outage-runs", body, {{"idempotency-key", "exact"}});
    };
    const Json queued = Json::parse(post(wish).body);
    EXPECT_EQ(queued.at("relative_error"), 0.08);
    EXPECT_EQ(queued.at("replications"), 16) << "the least number";
    const std::string at = "/api/v1/outage-runs/" + finished_run(wish);
    const Json kept = Json::parse(answer("GET", at).body);
    EXPECT_EQ(kept.at("state"), "done");
    EXPECT_EQ(kept.at("relative_error"), 0.08);
    const Json result = Json::parse(answer("GET", at + "/result").body);
    EXPECT_EQ(result.at("replications"), kept.at("replications"));
    EXPECT_LE(result.at("relative_error_reached"), 0.08);

    CaseRequest request{.scenario = {"storage-failure"}};
    set_place(request, "059580032000");
    const outage::Case outage = case_of(catalogue(), completed(catalogue(), request));
    const auto error_of = [&](std::uint32_t courses) {
        return outage::relative_error(outage::forecast(outage, {1, courses})->loss_days);
    };
    const std::uint32_t taken = kept.at("replications");
    EXPECT_GT(error_of(taken / 2), 0.08) << "fewer would not have done";
    EXPECT_NEAR(result.at("relative_error_reached").get<double>(), error_of(taken), 1e-6);
    const Json usual = Json::parse(answer("POST", "/api/v1/outage-runs", place + R"(, "relative_error": 0.5})").body);
    EXPECT_EQ(usual.at("replications"), 512) << "as on the command line";

    const std::string before = "/api/v1/outage-runs/" + queued.at("id").get<std::string>();
    ASSERT_EQ(Json::parse(answer("GET", before).body).at("state"), "done") << "one after the other";
    EXPECT_EQ(post(wish).status, 202) << "done with more courses, and the same request still";
    EXPECT_EQ(post(place + R"(, "replications": 16, "relative_error": 0.07})").status, 409);
    EXPECT_EQ(post(place + R"(, "replications": 32, "relative_error": 0.08})").status, 409);
    EXPECT_EQ(post(place + R"(, "replications": 16, "relative_error": 0.08, "randomisations": 4})").status, 409);
}

TEST_P(Contract, WhatTheCommandLineWritesIsTheResultThatTheApiDescribes) {
    const CaseRequest request = completed(catalogue(), {.incident = IncidentId{"suedwestfalen-2023"}});
    const outage::Forecast forecast = *outage::forecast(case_of(catalogue(), request), {1, 20});
    const auto kept = runs_.keep(request, forecast, std::chrono::system_clock::now(), {1.5, 2, 3});
    const Json document = Json::parse(api_.text());
    for (const Fault& fault : schema::Schema{document, "/components/schemas/Result"}.faults(Json::parse(kept.result)))
        ADD_FAILURE() << to_string(fault);
    const Json about = Json::parse(kept.result).at("about");
    EXPECT_EQ(about.at("threads"), 2);
    EXPECT_EQ(about.at("ranks"), 3);
}

TEST_P(Contract, UnknownThingsAreNotFoundAndWrongMethodsNotAllowed) {
    EXPECT_EQ(answer("GET", "/api/v1/outage-runs/0123456789abcdef").status, 404);
    EXPECT_EQ(answer("GET", "/api/v1/outage-runs/not-a-run").status, 422);
    EXPECT_EQ(answer("GET", "/api/v1/nothing").status, 404);
    const http::Response refusal = answer("DELETE", "/api/v1/outage-runs");
    EXPECT_EQ(refusal.status, 405);
    EXPECT_EQ(refusal.headers.at("Allow"), "GET, POST");
    EXPECT_EQ(answer("GET", "/api/v1/bodies?serach=x").status, 422) << "a misspelt parameter is no parameter";
}

TEST_P(Contract, ARunMayBeOfOneBodyByItsKeyButAWhatIfNotOfGermany) {
    const http::Response started = answer("POST", "/api/v1/outage-runs",
                                          R"({"scenario": "storage-failure", "region": "059580032000",
                                              "replications": 10})");
    ASSERT_EQ(started.status, 202) << started.body;
    const std::string run = Json::parse(started.body).at("id");
    EXPECT_EQ(Json::parse(answer("GET", "/api/v1/outage-runs/" + run).body).at("region"), "059580032000");
    EXPECT_EQ(answer("GET", "/api/v1/catalogue/assumptions?scenario=storage-failure&region=059580032000").status, 200);
    const http::Response refused =
        answer("POST", "/api/v1/forecasts", R"({"scenario": "storage-failure", "region": "deutschland"})");
    EXPECT_EQ(refused.status, 422);
    EXPECT_NE(refused.body.find("/region"), std::string::npos) << refused.body;
}

TEST_P(Contract, ARunBelongsToTheOrganisationThatIsNamedOrToTheFirstOwnOne) {
    who_ = {.kind = Principal::Kind::person,
            .person = {"p"},
            .memberships = {{{"olpe"}, Role::viewer}, {{"siegen"}, Role::editor}, {{"soest"}, Role::editor}}};
    const auto owner = [this](const std::string& more) {
        const http::Response response = answer("POST", "/api/v1/outage-runs",
                                               R"({"incident": "suedwestfalen-2023", "replications": 10)" + more + "}");
        return response.status == 202 ? Json::parse(response.body).at("organisation").get<std::string>()
                                      : std::to_string(response.status);
    };
    EXPECT_EQ(owner(""), "siegen");
    EXPECT_EQ(owner(R"(, "organisation": "soest")"), "soest");
    EXPECT_EQ(owner(R"(, "organisation": "olpe")"), "404") << "a viewer starts none";
    EXPECT_EQ(owner(R"(, "organisation": "Olpe!")"), "422");
}

TEST_P(Contract, WhatAPersonReadsIsNotedBeforeItIsSent) {
    const std::string run = finished_run();
    const auto noted = [this] { return audit_.entries(local, {.action = "read-run"}).size(); };
    (void)answer("GET", "/api/v1/outage-runs/" + run + "/result");
    EXPECT_EQ(noted(), 0U) << "this machine has one person only";
    database_.write([](soci::session& sql) { sql << "UPDATE outage_run SET organisation = 'siegen'"; });
    who_ = {.kind = Principal::Kind::person, .person = {"p"}, .memberships = {{{"siegen"}, Role::viewer}}};
    for (const char* part : {"/result", "/bodies/05958032", "/map?service=passport", "/courses/3", "/tables/services",
                             "/tables/assumptions"})
        EXPECT_EQ(answer("GET", "/api/v1/outage-runs/" + run + part).status, 200) << part;
    EXPECT_EQ(noted(), 6U);
    EXPECT_EQ(answer("DELETE", "/api/v1/outage-runs/" + run).status, 403);
    who_.memberships = {{{"olpe"}, Role::editor}};
    for (const char* part : {"", "/events", "/result", "/bodies/05958032", "/map?service=passport", "/courses/3",
                             "/tables/services", "/tables/assumptions"})
        EXPECT_EQ(answer("GET", "/api/v1/outage-runs/" + run + part).status, 404) << part;
    EXPECT_EQ(answer("DELETE", "/api/v1/outage-runs/" + run).body,
              std::regex_replace(answer("DELETE", "/api/v1/outage-runs/0123456789abcdef").body,
                                 std::regex{"0123456789abcdef"}, run))
        << "a foreign run answers like one that does not exist";
    EXPECT_EQ(noted(), 6U);
}

TEST_P(Contract, AResultThatTheReaderHasIsNotSentAgain) {
    const std::string target = "/api/v1/outage-runs/" + finished_run() + "/result";
    const std::string tag = answer("GET", target).headers.at("ETag");
    const http::Response again = answer("GET", target, "", {{"if-none-match", tag}});
    EXPECT_EQ(again.status, 304);
    EXPECT_TRUE(again.body.empty());
}

INSTANTIATE_TEST_SUITE_P(On, Contract, storage::both_engines, storage::engine_name);

}  // namespace
}  // namespace resmon::forecast
