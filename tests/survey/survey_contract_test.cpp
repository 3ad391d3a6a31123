// The contract: every operation of api/survey.yaml is driven, every answer fits its schema.
#include "accounts/permission.hpp"
#include "forms/forms_api.hpp"
#include "http/door.hpp"
#include "http/openapi.hpp"
#include "papers/papers_api.hpp"
#include "preparedness/preparedness_api.hpp"
#include "profile/profile_api.hpp"
#include "support/contract.hpp"
#include "support/database.hpp"
#include "support/shipped.hpp"
#include "survey/survey_api.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <set>

namespace resmon::survey {
namespace {

using Json = nlohmann::json;

class SurveyContract : public testing::TestWithParam<storage::Engine> {
protected:
    SurveyContract() {
        add_routes(routes_, survey_);
        forms::add_routes(routes_, forms_);
        profile::add_routes(routes_, survey_);
        preparedness::add_routes(routes_, survey_);
        papers::add_routes(routes_, survey_);
    }

    static const catalogue::CatalogueFiles& files() { return catalogue::shipped_files(); }
    static const catalogue::Catalogue& catalogue() { return catalogue::shipped(); }

    /// Asks, and holds the answer against the description. `path` as described.
    Json ask(const std::string& method, const std::string& path, const std::string& body = {}, int status = 0) {
        const std::string answered = asked(method, path, body, status);
        return answered.empty() ? Json{} : Json::parse(answered);
    }

    std::string asked(const std::string& method, const std::string& path, const std::string& body = {},
                      int status = 0) {
        std::string target = "/api/v1" + path;
        for (const auto& [name, value] : {std::pair{"{questionnaire}", std::string{"resilienzmonitor"}},
                                          {"{response}", id_},
                                          {"{question}", question_},
                                          {"{link}", link_},
                                          {"{topic}", "A"}})
            if (const std::size_t at = target.find(name); at != std::string::npos)
                target.replace(at, std::string_view{name}.size(), value);
        http::Request request{.method = method, .body = body};
        http::read_target(target, request);
        std::string route;
        const http::Response response = door_.answer(std::move(request), route);
        std::string lower = method;
        for (char& letter : lower) letter = static_cast<char>(std::tolower(letter));
        if (status == 0) {
            EXPECT_LT(response.status, 300) << method << " " << path << ": " << response.body;
            http::expect_described(document_, path, lower, response);
            driven_.insert(method + " " + path);
        } else {
            EXPECT_EQ(response.status, status) << method << " " << path << ": " << response.body;
        }
        return response.body;
    }

    storage::EmptyDatabase empty_{GetParam()};
    storage::Database database_{empty_.location()};
    accounts::AuditTrail audit_{database_, "here", &std::chrono::system_clock::now};
    storage::Sealing sealing_{{storage::new_sealing_key()}};
    Survey survey_{database_, audit_, sealing_, catalogue(), files(), &std::chrono::system_clock::now};
    forms::Forms forms_{survey_, &std::chrono::system_clock::now};
    http::Routes routes_;
    http::OpenApi api_;
    Json document_ = Json::parse(api_.text());
    http::Door door_{
        routes_,
        {.identify = [](http::Request& request) { request.who = {.kind = Principal::Kind::local}; },
         .permit = [](const http::Request& request,
                      const http::Route& route) { accounts::require(request.who, route.action); },
         .validate = [this](const http::Request& request, const http::Route& route) { api_.check(request, route); }}};
    std::string id_ = "0123456789abcdef";
    std::string question_ = "A4";
    std::string link_;
    std::set<std::string> driven_;
};

TEST_P(SurveyContract, EveryOperationAnswersAsDescribed) {
    ask("GET", "/questionnaires");
    const Json questionnaire = ask("GET", "/questionnaires/{questionnaire}");
    EXPECT_EQ(questionnaire.at("topics").size(), 14U);
    id_ = ask("POST", "/responses", R"({"questionnaire": "resilienzmonitor", "body": "05958032"})").at("id");
    const std::string answer = "/responses/{response}/answers/{question}";
    for (const auto& [question, said] : std::map<std::string, std::string>{
             {"A4", R"("state": "answered", "value": 3, "comment": "im Tresor", "confidence": "documented")"},
             {"E6", R"("state": "answered", "value": 2.5)"},
             {"C10", R"("state": "answered", "value": {"amount": 45, "unit": "hours"})"},
             {"N1", R"("state": "answered", "value": ["power", "attack"])"},
             {"H1", R"("state": "answered", "value": {"death": 3, "birth": 0})"},
             {"G2", R"("state": "answered", "value": "separate")"},
             {"A5", R"("state": "not-applicable", "reason": "kein Rat")"},
             {"A6", R"("state": "dont-know")"},
             {"A7", R"("state": "refused")"}}) {
        question_ = question;
        ask("PUT", answer, R"({"id": "0000-)" + question + R"(-1", "supersedes": [], )" + said + "}");
        ask("GET", answer);
    }
    ask("GET", "/responses/{response}");
    link_ = ask("POST", "/responses/{response}/links", R"({"label": "Frau X, Standesamt", "topics": ["A"]})").at("id");
    ask("GET", "/responses/{response}/links");
    ask("GET", "/responses/{response}/colleagues");
    ask("PUT", "/responses/{response}/assignments/{topic}", R"({"person": null})");
    ask("DELETE", "/responses/{response}/links/{link}");
    ask("GET", "/responses/{response}/questionnaire");
    ask("GET", "/profiles");
    ask("GET", "/responses/{response}/profile");
    ask("GET", "/responses/{response}/forecast");
    ask("GET", "/responses/{response}/effects");
    const std::string form = asked("GET", "/responses/{response}/form");
    EXPECT_EQ(ask("POST", "/responses/{response}/form", form).at("saved"), Json::array());
    ask("POST", "/responses/{response}/form", "Frage;Antwort", 422);
    ask("GET", "/responses/{response}/trend");
    (void)asked("GET", "/responses/{response}/council.pdf");
    (void)asked("GET", "/questionnaires/{questionnaire}/paper.pdf");
    ask("POST", "/responses/{response}/receipt");
    ask("GET", "/responses/{response}/receipt");
    ask("POST", "/responses/{response}/reopening", R"({"reason": "Tippfehler"})");
    ask("GET", "/responses");
    ask("POST", "/responses/{response}/receipt");
    id_ = ask("POST", "/responses", R"({"questionnaire": "resilienzmonitor", "body": "05958032"})").at("id");
    EXPECT_TRUE(ask("GET", "/responses/{response}").contains("offered_from"));
    ask("POST", "/responses/{response}/confirmations", R"({"questions": ["A4", "N1"]})");
    ask("DELETE", "/responses/{response}");
    for (const auto& [path, item] : document_.at("paths").items())
        for (const auto& [method, operation] : item.items()) {
            if (method == "parameters" || operation.at("tags").at(0) != "survey") continue;
            std::string upper = method;
            for (char& letter : upper) letter = static_cast<char>(std::toupper(letter));
            EXPECT_TRUE(driven_.contains(upper + " " + path)) << "the contract test drives no " << upper << " " << path;
        }
}

TEST_P(SurveyContract, WhatDoesNotFitIsRefusedWithItsPlace) {
    id_ = ask("POST", "/responses", R"({"questionnaire": "resilienzmonitor", "body": "05958032"})").at("id");
    const std::string answer = "/responses/{response}/answers/{question}";
    for (const auto& [body, pointer] : std::map<std::string, std::string>{
             {R"({"id": "00000001", "state": "answered", "supersedes": []})", "/value"},
             {R"({"id": "00000001", "state": "answered", "value": "drei", "supersedes": []})", "/value"},
             {R"({"id": "00000001", "state": "answered", "value": [1], "supersedes": []})", "/value"},
             {R"({"id": "00000001", "state": "answered", "value": {"amount": "x"}, "supersedes": []})", "/value"},
             {R"({"id": "00000001", "state": "answered", "value": 3, "supersedes": [7]})", "/supersedes"},
             {R"({"id": "00000001", "state": "maybe", "supersedes": []})", "/state"},
             {R"({"id": "x", "state": "dont-know", "supersedes": []})", "/id"},
             {R"({"id": "00000001", "state": "not-asked", "supersedes": []})", "/state"},
             {R"({"id": "00000001", "state": "dont-know", "confidence": "sure", "supersedes": []})", "/confidence"}}) {
        const Json problem = ask("PUT", answer, body, 422);
        EXPECT_EQ(problem.at("errors").at(0).at("pointer"), pointer) << body;
    }
    ask("POST", "/responses", R"({"questionnaire": "nothing", "body": "05958032"})", 404);
    ask("POST", "/responses", R"({"questionnaire": "resilienzmonitor", "body": "05958032"})", 409);
}

INSTANTIATE_TEST_SUITE_P(On, SurveyContract, storage::both_engines, storage::engine_name);

}  // namespace
}  // namespace resmon::survey
