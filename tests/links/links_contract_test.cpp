// The contract: every operation of links in api/survey.yaml is driven, every answer fits its schema.
#include "accounts/permission.hpp"
#include "http/door.hpp"
#include "http/openapi.hpp"
#include "links/links_api.hpp"
#include "sign_on/identify.hpp"
#include "support/contract.hpp"
#include "support/database.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <set>

namespace resmon::links {
namespace {

using Json = nlohmann::json;

class LinksContract : public testing::TestWithParam<storage::Engine> {
protected:
    LinksContract() {
        add_routes(routes_, links_);
        database_.write([&](soci::session& sql) {
            sql << "INSERT INTO questionnaire_copy (hash, id, version, content) VALUES ('h', 'q', 1, '')";
            sql << "INSERT INTO survey_response (id, questionnaire_hash, organisation, body, state, began_at, "
                   "changed_at, last_number) VALUES ('0123456789abcdef', 'h', '', '', 'open', '', '', 0)";
            secret_ = add_link(sql, sealing_,
                               {.grant = {.response = "0123456789abcdef",
                                          .expires_at = seconds_of(std::chrono::system_clock::now()) + 3600},
                                .label = "Frau X"})
                          .secret.revealed();
        });
    }

    http::Response ask(const char* method, const std::string& body = {}) {
        http::Request request{.method = method, .headers = headers_, .body = body, .client = "192.0.2.7"};
        http::read_target("/api/v1/link-session", request);
        std::string route;
        const http::Response response = door_.answer(std::move(request), route);
        std::string lower{method};
        for (char& letter : lower) letter = static_cast<char>(std::tolower(letter));
        if (response.status < 300) http::expect_described(document_, "/link-session", lower, response);
        return response;
    }
    std::string open() { return Json{{"secret", secret_}}.dump(); }

    storage::EmptyDatabase empty_{GetParam()};
    storage::Database database_{empty_.location()};
    accounts::AuditTrail audit_{database_, "here", &std::chrono::system_clock::now};
    accounts::Accounts accounts_{database_, audit_, [](const std::string&, accounts::OrganisationKind) { return true; },
                                 &std::chrono::system_clock::now};
    storage::Sealing sealing_{{storage::new_sealing_key()}};
    sign_on::SignOn sign_on_{accounts_, sealing_, {}};
    Links links_{sign_on_, sealing_};
    http::Routes routes_;
    http::OpenApi api_;
    Json document_ = Json::parse(api_.text());
    http::Fields headers_;
    std::string secret_;
    http::Door door_{
        routes_,
        {.identify =
             [this](http::Request& request) {
                 sign_on::identify(
                     sign_on_,
                     [this](const Secret& session, const sign_on::Visitor& visitor) {
                         return links_.holder(session, visitor);
                     },
                     request);
             },
         .permit = [](const http::Request& request,
                      const http::Route& route) { accounts::require(request.who, route.action); },
         .validate = [this](const http::Request& request, const http::Route& route) { api_.check(request, route); }}};
};

TEST_P(LinksContract, EveryOperationAnswersAsDescribed) {
    EXPECT_EQ(ask("GET").status, 404);
    const http::Response opened = ask("POST", open());
    ASSERT_EQ(opened.status, 200) << opened.body;
    EXPECT_EQ(opened.headers.at("Cache-Control"), "no-store");
    EXPECT_EQ(opened.body.find(secret_), std::string::npos);
    const std::string cookie = opened.headers.at("Set-Cookie");
    headers_["cookie"] = cookie.substr(0, cookie.find(';'));
    headers_["x-csrf-token"] = Json::parse(opened.body).at("csrf_token");
    const http::Response told = ask("GET");
    EXPECT_EQ(Json::parse(told.body), Json::parse(opened.body));
    EXPECT_EQ(ask("DELETE").status, 204);
    EXPECT_EQ(ask("GET").status, 404);
    std::set<std::string> described;
    for (const auto& [path, item] : document_.at("paths").items())
        for (const auto& [method, operation] : item.items())
            if (method != "parameters" && operation.at("tags").at(0) == "links") described.insert(method + " " + path);
    EXPECT_EQ(described, (std::set<std::string>{"get /link-session", "post /link-session", "delete /link-session"}));
}

TEST_P(LinksContract, IsTheSameForEveryLinkThatDoesNotHold) {
    const http::Response never = ask("POST", R"({"secret": "x"})");
    EXPECT_EQ(never.status, 404);
    database_.write([](soci::session& sql) { sql << "UPDATE survey_link SET expires_at = 1"; });
    const http::Response expired = ask("POST", open());
    EXPECT_EQ(expired.body, never.body);
    EXPECT_EQ(expired.headers, never.headers);
}

INSTANTIATE_TEST_SUITE_P(On, LinksContract, storage::both_engines, storage::engine_name);

}  // namespace
}  // namespace resmon::links
