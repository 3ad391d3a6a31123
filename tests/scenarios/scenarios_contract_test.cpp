// The contract: every operation on own scenarios in api/outage.yaml is driven, every answer fits its schema.
#include "scenarios/scenarios_api.hpp"

#include "accounts/permission.hpp"
#include "http/door.hpp"
#include "http/openapi.hpp"
#include "support/contract.hpp"
#include "support/database.hpp"
#include "support/shipped.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <set>

namespace resmon::scenarios {
namespace {

using Json = nlohmann::json;

class ScenariosContract : public testing::TestWithParam<storage::Engine> {
protected:
    ScenariosContract() { add_routes(routes_, scenarios_); }

    http::Response ask(const std::string& method, const std::string& target, const Json& body = {},
                       Language language = Language::german) {
        http::Request request{.method = method, .body = body.is_null() ? "" : body.dump(), .language = language};
        http::read_target(target, request);
        std::string route;
        return door_.answer(std::move(request), route);
    }

    http::Checks checks() {
        return {.identify = [](http::Request& request) { request.who = {.kind = Principal::Kind::local}; },
                .permit = [](const http::Request& request,
                             const http::Route& route) { accounts::require(request.who, route.action); },
                .validate =
                    [this](const http::Request& request, const http::Route& route) {
                        api_.check(request, route);
                        driven_.insert(route.method + " " + route.path);
                    }};
    }

    /// A sound answer of one operation.
    Json expect(const std::string& method, const std::string& path, const std::string& target, const Json& body = {}) {
        const http::Response response = ask(method, target, body);
        EXPECT_LT(response.status, 300) << response.body;
        std::string lower = method;
        for (char& letter : lower) letter = static_cast<char>(std::tolower(letter));
        http::expect_described(document_, path, lower, response);
        return response.type.starts_with("application/json") ? Json::parse(response.body) : Json{};
    }

    storage::EmptyDatabase empty_{GetParam()};
    storage::Database database_{empty_.location()};
    accounts::AuditTrail audit_{database_, "here", std::chrono::system_clock::now};
    Scenarios scenarios_{database_, audit_, catalogue::shipped(), catalogue::shipped_files()};
    http::Routes routes_;
    http::OpenApi api_;
    std::set<std::string> driven_;
    http::Door door_{routes_, checks()};
    Json document_ = Json::parse(api_.text());
};

TEST_P(ScenariosContract, EveryOperationAnswersAsDescribed) {
    const std::string source = ask("GET", "/api/v1/catalogue/scenarios/faulty-update/source").body;
    EXPECT_EQ(source, catalogue::shipped_files().at("scenarios/faulty-update.yaml"));
    (void)expect("GET", "/catalogue/scenarios/{scenario}/source", "/api/v1/catalogue/scenarios/faulty-update/source");
    const Json faulty = expect("POST", "/scenarios/check", "/api/v1/scenarios/check", {{"text", "id: x\n"}});
    EXPECT_FALSE(faulty["faults"].empty());
    const Json made = expect("POST", "/scenarios", "/api/v1/scenarios", {{"text", source}});
    EXPECT_EQ(made["check"]["faults"].size(), 0U);
    const std::string at = "/api/v1/scenarios/" + made["scenario"]["id"].get<std::string>();
    EXPECT_EQ(expect("GET", "/scenarios", "/api/v1/scenarios")["scenarios"].size(), 1U);
    EXPECT_EQ(expect("GET", "/scenarios/{scenario}", at)["text"], source);
    const Json changed = expect("PUT", "/scenarios/{scenario}", at, {{"text", "id: x\n"}, {"version", 1}});
    EXPECT_EQ(changed["scenario"]["version"], 2);
    EXPECT_EQ(ask("PUT", at, {{"text", "id: y\n"}, {"version", 1}}).status, 409);
    (void)expect("DELETE", "/scenarios/{scenario}", at);
    for (const http::Route& route : routes_.all())
        EXPECT_TRUE(driven_.contains(route.method + " " + route.path)) << route.method << " " << route.path;
}

TEST_P(ScenariosContract, FaultsAreToldInTheLanguageOfTheRequestAndNothingIsKept) {
    const Json text = {{"text", "id: mine\ncause: magic\n"}};
    const auto message = [&](Language language) {
        const Json faults = Json::parse(ask("POST", "/api/v1/scenarios/check", text, language).body)["faults"];
        for (const Json& fault : faults)
            if (fault["path"] == "cause") {
                EXPECT_EQ(fault["line"], 2);
                EXPECT_EQ(fault["column"], 8);
                return fault["message"].get<std::string>();
            }
        return std::string{};
    };
    EXPECT_THAT(message(Language::german), testing::StartsWith("muss eins von attack, power"));
    EXPECT_THAT(message(Language::english), testing::StartsWith("must be one of attack, power"));
    EXPECT_TRUE(Json::parse(ask("GET", "/api/v1/scenarios").body)["scenarios"].empty());
}

TEST_P(ScenariosContract, WhatDoesNotExistIsNotFoundAndWhatIsTooLargeIsRefused) {
    EXPECT_EQ(ask("GET", "/api/v1/scenarios/0123456789abcdef").status, 404);
    EXPECT_EQ(ask("GET", "/api/v1/scenarios/mine").status, 422);
    EXPECT_EQ(ask("GET", "/api/v1/catalogue/scenarios/none/source").status, 404);
    EXPECT_EQ(ask("POST", "/api/v1/scenarios", {{"text", std::string(most_bytes + 1, 'a')}}).status, 422);
    EXPECT_EQ(ask("POST", "/api/v1/scenarios/check", Json::object()).status, 422);
    const std::string umlauts = [] {
        std::string text;
        for (std::size_t letter = 0; letter <= most_bytes / 2; ++letter) text += "ä";
        return text;
    }();
    const Json faults = Json::parse(ask("POST", "/api/v1/scenarios/check", {{"text", umlauts}}).body)["faults"];
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_EQ(faults[0]["message"], "darf höchstens 262144 Bytes haben, hat 262146");
}

INSTANTIATE_TEST_SUITE_P(On, ScenariosContract, storage::both_engines, storage::engine_name);

}  // namespace
}  // namespace resmon::scenarios
