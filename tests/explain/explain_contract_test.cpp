// The contract of explanations: every operation with the tag is driven, every answer fits its schema, and strangers get
// nothing.
#include "accounts/permission.hpp"
#include "explain/explain_api.hpp"
#include "http/door.hpp"
#include "http/openapi.hpp"
#include "support/contract.hpp"
#include "support/database.hpp"
#include "support/shipped.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <map>

namespace resmon::explain {
namespace {

using Json = nlohmann::json;

const char* comparison =
    R"({"incident": "suedwestfalen-2023", "replications": 10, "variants": [{"id": "as-it-is"},
        {"id": "more-crews", "overrides": {"crews": {"platform": 30}}}, {"id": "faster", "overrides": {"delays": 0.5}}]})";

class Explained : public testing::Test {
protected:
    Explained()
        : runs_{database_, audit_, catalogue::shipped(), catalogue::shipped_files()}, explanations_{runs_},
          door_{routes_,
                {.identify = [this](http::Request& request) { request.who = who_; },
                 .permit = [](const http::Request& request,
                              const http::Route& route) { accounts::require(request.who, route.action); },
                 .validate = [this](const http::Request& request,
                                    const http::Route& route) { api_.check(request, route); }}} {
        add_routes(routes_, explanations_);
        const auto request = forecast::completed(catalogue::shipped(), {.incident = IncidentId{"suedwestfalen-2023"}});
        static const outage::Forecast computed =
            *outage::forecast(forecast::case_of(catalogue::shipped(), request), {1, 50});
        run_ = runs_.keep(request, computed, std::chrono::system_clock::now(), {1, 1}).run.value;
    }

    http::Response answer(const std::string& method, const std::string& target, const std::string& body = {},
                          const http::Fields& headers = {}) {
        http::Request request{.method = method, .headers = headers, .body = body};
        http::read_target(target, request);
        std::string route;
        return door_.answer(std::move(request), route);
    }

    [[nodiscard]] std::string at(const std::string& what) const { return "/api/v1/outage-runs/" + run_ + "/" + what; }

    storage::EmptyDatabase empty_{storage::Engine::sqlite};
    storage::Database database_{empty_.location()};
    accounts::AuditTrail audit_{database_, "here", std::chrono::system_clock::now};
    Principal who_{.kind = Principal::Kind::local};
    forecast::Runs runs_;
    Explanations explanations_;
    http::Routes routes_;
    http::OpenApi api_;
    http::Door door_;
    std::string run_;
};

TEST_F(Explained, EveryOperationAnswersAsDescribed) {
    const std::map<std::string, std::string> drives{
        {"outage_run_autonomy", at("autonomy?courses=20")},
        {"outage_run_timetable", at("timetable?courses=20&service=passport")},
        {"outage_run_bottlenecks", at("bottlenecks?courses=20")},
        {"outage_run_sensitivity", at("sensitivity")},
        {"outage_run_dependencies", at("dependencies?body=05958032")},
        {"outage_run_conditional", at("conditional?day=60&back=network&not_back=passport&body=05958032&limit=500")},
        {"comparison", "/api/v1/comparisons"},
    };
    const Json document = Json::parse(api_.text());
    int driven = 0;
    for (const auto& [path, item] : document.at("paths").items())
        for (const auto& [method, operation] : item.items()) {
            if (method == "parameters" || operation.at("tags").at(0) != "explain") continue;
            const std::string id = operation.at("operationId");
            ASSERT_TRUE(drives.contains(id)) << "the contract test drives no " << id;
            const http::Response response =
                answer(method == "get" ? "GET" : "POST", drives.at(id), method == "get" ? "" : comparison);
            ASSERT_EQ(response.status, 200) << id << ": " << response.body;
            http::expect_described(document, path, method, response);
            ++driven;
        }
    EXPECT_EQ(driven, 7);
    for (const http::Route& route : routes_.all())
        EXPECT_TRUE(document["paths"].contains(route.path.substr(std::string{"/api/v1"}.size()))) << route.path;
}

TEST_F(Explained, WhatIsWrongIsToldWithAPointer) {
    const auto detail = [this](const http::Response& response) {
        EXPECT_EQ(response.status, 422) << response.body;
        return Json::parse(response.body).at("detail").get<std::string>();
    };
    EXPECT_THAT(detail(answer("GET", at("conditional?day=30&back=moon"))),
                testing::HasSubstr("/back: muss Ressourcen oder Leistungen nennen, moon ist keine"));
    EXPECT_THAT(detail(answer("GET", at("autonomy?courses=5"))), testing::HasSubstr("muss ≥ 20 sein, ist 5"));
    EXPECT_EQ(answer("POST", "/api/v1/comparisons", R"({"incident": "suedwestfalen-2023", "variants": [{"id": "a"}]})")
                  .status,
              422)
        << "one variant alone compares with nothing";
    EXPECT_EQ(answer("GET", at("dependencies?body=099999999999")).status, 404);
    EXPECT_EQ(answer("GET", at("timetable?service=moon")).status, 404);
    EXPECT_EQ(answer("GET", "/api/v1/outage-runs/0123456789abcdef/dependencies").status, 404);
}

TEST_F(Explained, TooFewFittingCoursesAreAnAnswerWithoutForecast) {
    const http::Response response = answer("GET", at("conditional?day=1&back=passport&limit=100"));
    ASSERT_EQ(response.status, 200);
    http::expect_described(Json::parse(api_.text()), "/outage-runs/{run}/conditional", "get", response);
    const Json found = Json::parse(response.body);
    EXPECT_EQ(found.at("enough"), false);
    EXPECT_EQ(found.at("fitting"), 0);
    EXPECT_EQ(found.at("least"), 50);
    EXPECT_EQ(found.at("facts").at(0).at("share"), 0);
    EXPECT_TRUE(found.at("services").empty());
}

TEST_F(Explained, ABodyMayBeNamedByAnyOfItsKeys) {
    EXPECT_EQ(answer("GET", at("dependencies?body=05958032")).body,
              answer("GET", at("dependencies?body=059580032000")).body);
}

TEST_F(Explained, StrangersGetNothingAndReadersAreNoted) {
    database_.write([](soci::session& sql) { sql << "UPDATE outage_run SET organisation = 'siegen'"; });
    const auto noted = [this] {
        return audit_.entries({.kind = Principal::Kind::local}, {.action = "read-run"}).size();
    };
    for (const Role role : {Role::viewer, Role::editor}) {
        who_ = {.kind = Principal::Kind::person, .person = {"p"}, .memberships = {{{"olpe"}, role}}};
        for (const char* what :
             {"autonomy", "timetable", "sensitivity", "dependencies", "conditional?day=3&back=network"})
            EXPECT_EQ(answer("GET", at(what)).status, 404) << what;
    }
    EXPECT_EQ(noted(), 0U);
    who_ = {.kind = Principal::Kind::person, .person = {"p"}, .memberships = {{{"siegen"}, Role::viewer}}};
    EXPECT_EQ(answer("GET", at("dependencies")).status, 200);
    EXPECT_EQ(answer("GET", at("dependencies")).status, 200) << "an answer that is known is a reading too";
    EXPECT_EQ(noted(), 2U);
    EXPECT_EQ(answer("POST", "/api/v1/comparisons", comparison).status, 200) << "a viewer may ask what if";
    who_ = {.kind = Principal::Kind::person, .person = {"p"}, .memberships = {{{"siegen"}, Role::contributor}}};
    EXPECT_EQ(answer("GET", at("dependencies")).status, 404) << "who may read no run learns of none";
    EXPECT_EQ(answer("POST", "/api/v1/comparisons", comparison).status, 403);
}

TEST_F(Explained, AnAnswerThatTheReaderHasIsNotSentAgain) {
    const std::string tag = answer("GET", at("dependencies")).headers.at("ETag");
    EXPECT_EQ(answer("GET", at("dependencies"), "", {{"if-none-match", tag}}).status, 304);
}

}  // namespace
}  // namespace resmon::explain
