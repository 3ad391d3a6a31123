// The contract: every operation of api/waves.yaml is driven, every answer fits its schema.
#include "waves/office.hpp"

#include "accounts/permission.hpp"
#include "http/door.hpp"
#include "http/openapi.hpp"
#include "support/contract.hpp"
#include "waves/waves_api.hpp"

#include <nlohmann/json.hpp>

#include <map>
#include <set>

namespace resmon::waves {
namespace {

using Json = nlohmann::json;

class WavesContract : public testing::TestWithParam<storage::Engine> {
protected:
    WavesContract() { add_routes(routes_, {office_.waves, office_.dispatching, office_.invitations}); }

    /// Asks as the person, and holds the answer against the description. `path` as described. JSON, or the text of CSV.
    Json ask(const Principal& who, const std::string& method, const std::string& path, const Json& body = nullptr,
             int status = 0) {
        std::string target = "/api/v1" + path;
        for (const auto& [name, value] : given_)
            if (const std::size_t at = target.find(name); at != std::string::npos)
                target.replace(at, name.size(), value);
        http::Request request{.method = method, .body = body.is_null() ? "" : body.dump(), .who = who};
        request.headers["host"] = "resmon.example";
        http::read_target(target, request);
        std::string route;
        const http::Response response = door_.answer(std::move(request), route);
        std::string lower = method;
        for (char& letter : lower) letter = static_cast<char>(std::tolower(letter));
        if (status == 0) {
            EXPECT_LT(response.status, 300) << method << " " << path << ": " << response.body;
            http::expect_described(document_, path, lower, response);
            driven_.insert(lower + " " + path);
        } else {
            EXPECT_EQ(response.status, status) << method << " " << path << ": " << response.body;
        }
        return response.body.starts_with("{") ? Json::parse(response.body) : Json(response.body);
    }

    Office office_{GetParam()};
    http::Routes routes_;
    http::OpenApi api_;
    Json document_ = Json::parse(api_.text());
    http::Door door_{
        routes_,
        {.identify = [](http::Request&) {},
         .permit = [](const http::Request& request,
                      const http::Route& route) { accounts::require(request.who, route.action); },
         .validate = [this](const http::Request& request, const http::Route& route) { api_.check(request, route); }}};
    std::map<std::string, std::string> given_{{"{body}", "059580032000"}, {"{stage}", "0"}};
    std::set<std::string> driven_;
};

Json plan() {
    return {{"name", {{"de", "Welle 2026"}}},
            {"questionnaire", "resilienzmonitor"},
            {"opens", "2026-11-26"},
            {"closes", "2026-12-10"},
            {"purpose", {{"de", "Zum Üben"}, {"en", "For practice"}}},
            {"delete_on", "2027-12-31"},
            {"synthetic", true}};
}

TEST_P(WavesContract, EveryOperationAnswersAsDescribed) {
    office_.add_town(meschede);
    const Json preview =
        ask(owner, "POST", "/frame-previews",
            {{"selection", {{"states", {"nordrhein-westfalen"}}, {"kinds", {"municipality", "independent-city"}}}}});
    EXPECT_EQ(preview.at("bodies"), 396);
    given_["{wave}"] = ask(owner, "POST", "/waves", plan()).at("id");
    ask(owner, "DELETE", "/waves/{wave}");
    given_["{wave}"] = ask(owner, "POST", "/waves", plan()).at("id");
    ask(owner, "PUT", "/waves/{wave}/frame",
        {{"csv", "body;email\n059580012000;rathaus@brilon.example\n059580004000;\n"}});
    ask(owner, "POST", "/waves/{wave}/opening");
    ask(owner, "PUT", "/waves/{wave}/bodies/{body}", {{"reason", "vergessen"}});
    ask(owner, "GET", "/waves");
    office_.mailbox.outcome = [](const mail::Message&) {
        return mail::Outcome{mail::Outcome::Kind::unknown, "Stille"};
    };
    EXPECT_EQ(ask(owner, "POST", "/waves/{wave}/dispatches/{stage}").at("unclear"), 1);
    EXPECT_EQ(ask(owner, "GET", "/waves/{wave}/dispatches").at("to_check").size(), 1U);
    given_["{body}"] = "059580012000";
    ask(owner, "POST", "/waves/{wave}/dispatches/{stage}/bodies/{body}/settlement", {{"left", true}});
    const std::string letters = ask(owner, "POST", "/waves/{wave}/dispatches/{stage}/letters", Json::object());
    EXPECT_NE(letters.find("/umfrage/einladung#"), std::string::npos);
    const Json opened =
        ask({}, "POST", "/invitations-to-waves/opening", {{"token", token_in(office_.mailbox.posted.at(0).body)}});
    EXPECT_NE(opened.at("link").get<std::string>().find("/umfrage/link#"), std::string::npos);

    given_["{body}"] = "059580032000";
    EXPECT_EQ(ask(officer, "GET", "/invitations-to-waves").at("invitations").size(), 1U);
    const std::string response = office_.begun().value;
    ask(officer, "POST", "/waves/{wave}/participations", {{"response", response}, {"may_compare", false}});
    ask(officer, "PUT", "/waves/{wave}/participations/{body}", {{"may_compare", true}});
    const Json receipt =
        ask(officer, "POST", "/waves/{wave}/participations/{body}/withdrawal", {{"what", "connection"}});
    EXPECT_EQ(ask({}, "POST", "/withdrawals/verification", receipt).at("genuine"), true);
    ask(owner, "POST", "/waves/{wave}/bodies/{body}/removal", {{"reason", "ging in einer anderen auf"}});
    ask(owner, "GET", "/waves/{wave}");
    ask(owner, "POST", "/waves/{wave}/closing", {{"reason", "alle sind fertig"}});
    office_.now = instant_from("2027-12-31T09:00:00Z");
    EXPECT_EQ(ask(owner, "POST", "/waves/{wave}/purge").at("participations"), 1);

    for (const auto& [path, item] : document_.at("paths").items())
        for (const auto& [method, operation] : item.items())
            if (operation.is_object() && operation.value("tags", Json::array()) == Json::array({"waves"})) {
                EXPECT_TRUE(driven_.contains(method + " " + path)) << method << " " << path;
            }
}

TEST_P(WavesContract, RefusesWhatDoesNotFitWithItsPlace) {
    Json wrong = plan();
    wrong["closes"] = "31.3.2027";
    EXPECT_EQ(ask(owner, "POST", "/waves", wrong, 422).at("errors").at(0).at("pointer"), "/closes");
    wrong = plan();
    wrong["closes"] = "2026-02-31";
    EXPECT_EQ(ask(owner, "POST", "/waves", wrong, 422).at("errors").at(0).at("pointer"), "/closes");
    wrong = plan();
    wrong["questionnaire"] = "anderer";
    ask(owner, "POST", "/waves", wrong, 404);
    given_["{wave}"] = office_.planned().id.value;
    const Json refused = ask(owner, "POST", "/waves/{wave}/closing", Json::object(), 409);
    EXPECT_NE(refused.at("detail").get<std::string>().find("is-planned"), std::string::npos);
    given_["{stage}"] = "10";
    ask(owner, "POST", "/waves/{wave}/dispatches/{stage}", nullptr, 422);
}

INSTANTIATE_TEST_SUITE_P(On, WavesContract, storage::both_engines, storage::engine_name);

}  // namespace
}  // namespace resmon::waves
