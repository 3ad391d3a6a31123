// Every route against every kind of visitor, with one's own and with others' things: what the rules forbid is refused,
// and nothing that a stranger must not know is told.
#include "cli/site.hpp"

#include "base/error.hpp"
#include "credentials/secret_token.hpp"
#include "reading/catalogue_reader.hpp"
#include "sign_on/identify.hpp"
#include "support/database.hpp"
#include "support/shipped.hpp"
#include "waves/invitations.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <set>
#include <string>

namespace resmon::cli {
namespace {

using http::Request;
using http::Response;

const char* const password = "vier zufällige Wörter hier";

struct AnsweredWave;

class SiteOn : public testing::TestWithParam<storage::Engine> {
protected:
    SiteOn() {
        options_.data_directory = empty_.location().folder;
        options_.database = empty_.location().url;
        options_.sign_on.cost = {.passes = 1, .memory = std::size_t{8} << 10};
        installation_.emplace(options_, catalogue().bodies);
        runs_.emplace(installation_->database, installation_->audit, catalogue(), files());
        survey_.emplace(installation_->database, installation_->audit, installation_->sealing, catalogue(), files(),
                        &std::chrono::system_clock::now);
        site_.emplace(options_, *installation_, *runs_, *survey_, Audience::people);
        for (const char* town : {"999900000001", "999900000002"})
            installation_->accounts.add_organisation(at_the_command_line(), {.id = {town}, .name = town});
    }

    static const catalogue::CatalogueFiles& files() { return catalogue::shipped_files(); }
    static const catalogue::Catalogue& catalogue() { return catalogue::shipped(); }

    std::string cookie_of(const std::string& login) {
        const Secret session =
            installation_->sign_on.sign_in(login, Secret{std::string{password}}, "", {.address = "192.0.2.7"});
        csrf_[login] = std::string{sign_on::csrf_token(session).revealed()};
        return "resmon=" + std::string{session.revealed()};
    }
    PersonId add(const std::string& login, const Membership& membership) {
        return installation_->sign_on.add_person(at_the_command_line(),
                                                 {.login = login, .name = login, .membership = membership},
                                                 Secret{std::string{password}}, Language::german);
    }
    Response ask(const std::string& method, const std::string& target, const http::Fields& headers,
                 const std::string& body = {}) {
        Request request{.method = method, .headers = headers, .body = body, .client = "192.0.2.7"};
        http::read_target(target, request);
        return site_->answer(std::move(request));
    }

    http::Fields by_link(const std::string& response, const std::set<std::string>& topics, bool may_finish);
    AnsweredWave answered_wave(const OrganisationId& owner);

    storage::EmptyDatabase empty_{GetParam()};
    Options options_;
    std::optional<Installation> installation_;
    std::optional<forecast::Runs> runs_;
    std::optional<survey::Survey> survey_;
    std::optional<Site> site_;
    std::map<std::string, std::string> csrf_;
};

/// The path of a route with parameters of an organisation and a person; ids of other things that nobody has.
std::string filled(std::string path, const std::string& organisation, const std::string& person,
                   const std::string& thing = "0123456789abcdef") {
    const std::map<std::string, std::string> values{
        {"{organisation}", organisation}, {"{person}", person},         {"{role}", "viewer"}, {"{what}", "profile"},
        {"{with}", "999900000002"},       {"{member}", "999900000002"}, {"{question}", "A1"}, {"{topic}", "A"},
        {"{link}", "0123456789ab"}};
    for (std::size_t brace = path.find('{'); brace != std::string::npos; brace = path.find('{', brace + 1)) {
        const std::size_t end = path.find('}', brace);
        const auto known = values.find(path.substr(brace, end - brace + 1));
        path.replace(brace, end - brace + 1, known == values.end() ? thing : known->second);
    }
    return path;
}

bool is_refusal(int status) { return status == 401 || status == 403 || status == 404; }

TEST_P(SiteOn, RefusesOnEveryRouteWhatTheRulesForbid) {
    const std::string home = "999900000001";
    const std::string foreign = "999900000002";
    const PersonId colleague = add("colleague", {{home}, Role::viewer, {}});
    const PersonId stranger = add("stranger", {{foreign}, Role::viewer, {}});
    int combinations = 0;
    for (int number = 0; number < role_count; ++number)
        for (const std::string& place : {home, std::string{}}) {
            const Role role = static_cast<Role>(number);
            const std::string login = std::string{to_string(role)} + (place.empty() ? "" : "-home");
            const PersonId id = add(login, {{place}, role, {}});
            const Principal who{.kind = Principal::Kind::person, .person = id, .memberships = {{{place}, role, {}}}};
            for (const http::Route& route : site_->routes().all())
                for (const bool is_foreign : {false, true}) {
                    // What ends sessions or accounts is asked by a session of its own.
                    const std::string cookie = cookie_of(login);
                    const std::string target =
                        filled(route.path, is_foreign ? foreign : home, is_foreign ? stranger.value : colleague.value);
                    const Response answer =
                        ask(route.method, target, {{"cookie", cookie}, {"x-csrf-token", csrf_[login]}}, "{}");
                    const std::string what =
                        login + ": " + route.method + " " + target + " → " + std::to_string(answer.status);
                    EXPECT_LT(answer.status, 500) << what << answer.body;
                    const OrganisationId whose{is_foreign ? foreign : home};
                    const bool is_of_organisation = route.path.find("{organisation}") != std::string::npos;
                    const accounts::Refusal at_all = accounts::refusal(who, route.action);
                    const bool is_forbidden =
                        at_all != accounts::Refusal::none ||
                        (is_of_organisation && !accounts::may(who, route.action, {.organisation = whose}));
                    // A request whose shape is wrong is told so before anybody looks whose thing it is.
                    EXPECT_TRUE(!is_forbidden || is_refusal(answer.status) || answer.status == 422) << what;
                    EXPECT_TRUE(at_all != accounts::Refusal::no_role || answer.status == 403) << what;
                    ++combinations;
                }
        }
    std::printf("%d routes, %d combinations of route, role, place and whose\n",
                static_cast<int>(site_->routes().all().size()), combinations);
    EXPECT_EQ(combinations, static_cast<int>(site_->routes().all().size()) * role_count * 2 * 2);
}

TEST_P(SiteOn, LetsNobodyInButToSignIn) {
    for (const http::Route& route : site_->routes().all()) {
        const Response answer = ask(route.method, filled(route.path, "999900000001", "somebody"), {}, "{}");
        const bool is_open = accounts::refusal({}, route.action) == accounts::Refusal::none;
        EXPECT_EQ(answer.status == 401, !is_open) << route.method << " " << route.path;
    }
}

/// The session of whoever opens a link to the response, as headers.
http::Fields SiteOn::by_link(const std::string& response, const std::set<std::string>& topics, bool may_finish) {
    const links::NewLink link = survey_->give_link(at_the_command_line(), {response},
                                                   {.label = "Frau X", .topics = topics, .may_finish = may_finish});
    const Response opened =
        ask("POST", "/api/v1/link-session", {}, R"({"secret": ")" + std::string{link.secret.revealed()} + "\"}");
    EXPECT_EQ(opened.status, 200) << opened.body;
    const std::string cookie = opened.headers.at("Set-Cookie").substr(0, opened.headers.at("Set-Cookie").find(';'));
    const std::string token = "\"csrf_token\":\"";
    const std::size_t at = opened.body.find(token) + token.size();
    return {{"cookie", cookie}, {"x-csrf-token", opened.body.substr(at, opened.body.find('"', at) - at)}};
}

TEST_P(SiteOn, ShowsTheHolderOfALinkNothingButItsTopicsOnAnyRoute) {
    const auto begun = [&](const char* body) {
        return survey_->begin(at_the_command_line(), {.questionnaire = {"resilienzmonitor"}, .body = body})
            .response.id.value;
    };
    const std::string own = begun("059580032000");
    const std::string other = begun("059580012000");
    const Principal holder{.kind = Principal::Kind::link};
    const std::set<std::string> open{
        "GET /api/v1/responses/{response}", "GET /api/v1/responses/{response}/questionnaire",
        "GET /api/v1/responses/{response}/form", "GET /api/v1/responses/{response}/answers/{question}"};
    const std::set<std::string> with_everybody{"GET /api/v1/responses", "GET /api/v1/outage-runs",
                                               "GET /api/v1/scenarios", "GET /api/v1/profiles",
                                               "GET /api/v1/invitations-to-waves"};
    for (const http::Route& route : site_->routes().all())
        for (const std::string& response : {own, other}) {
            const http::Fields headers = by_link(own, {"A"}, false);
            const Response answer = ask(route.method, filled(route.path, "999900000001", "somebody", response), headers,
                                        route.path.ends_with("/link-session") ? R"({"secret": "x"})" : "{}");
            const std::string name = route.method + " " + route.path;
            const bool may = accounts::refusal(holder, route.action) == accounts::Refusal::none;
            EXPECT_TRUE(may || answer.status == 401) << name << answer.body;
            if (accounts::refusal({}, route.action) == accounts::Refusal::none) continue;
            if (with_everybody.contains(name)) {
                EXPECT_THAT(answer.body, testing::Not(testing::HasSubstr("05958"))) << name;
            } else if (open.contains(name) && response == own) {
                EXPECT_EQ(answer.status, 200) << name << answer.body;
            } else {
                EXPECT_TRUE(is_refusal(answer.status) || answer.status == 422) << name << answer.status << answer.body;
            }
        }
}

/// A wave of a research office and of an office whose member the town is, with an answer that must not leave the town.
struct AnsweredWave {
    std::string wave;
    std::string response;
};
constexpr const char* hidden = "streng-vertraulich-4711";

AnsweredWave SiteOn::answered_wave(const OrganisationId& owner) {
    const OrganisationId town{"059580032000"};
    const Principal who = at_the_command_line();
    std::string today = utc_text(std::chrono::system_clock::now()).substr(0, 10);
    waves::Means means{installation_->accounts, installation_->sealing, catalogue()};
    waves::Waves waves{means};
    waves::Invitations invitations{means, *survey_};
    const waves::WaveId wave = waves
                                   .plan(who,
                                         {.owner = owner,
                                          .name = {"Welle", "Wave"},
                                          .questionnaire = {"resilienzmonitor"},
                                          .opens = today,
                                          .closes = today,
                                          .purpose = {"Probe", "Trial"},
                                          .delete_on = "2999-12-31"},
                                         waves::frame_from_csv(catalogue().bodies, "body\n059580032000\n", "f.csv"))
                                   .id;
    waves.open(who, wave);
    const survey::ResponseId response =
        survey_->begin(who, {.questionnaire = {"resilienzmonitor"}, .body = town.value, .organisation = town})
            .response.id;
    survey::SaveWish wish{.question = {"A4"},
                          .id = "entry-0001",
                          .answer = {.state = survey::AnswerState::answered, .value = 3.0},
                          .seen = {}};
    wish.answer.comment = hidden;
    (void)survey_->save(who, response, wish);
    (void)invitations.take_part(who, wave, response, waves::Comparing::yes);
    (void)survey_->finish(who, response);
    return {wave.value, response.value};
}

TEST_P(SiteOn, ShowsTheOwnerOfAWaveNoAnswerOnAnyRoute) {
    using accounts::OrganisationKind;
    accounts::Accounts& accounts = installation_->accounts;
    accounts.add_organisation(at_the_command_line(), {.id = {"059580032000"}, .name = "Meschede"});
    accounts.add_organisation(at_the_command_line(),
                              {.id = {"forschung"}, .kind = OrganisationKind::survey_owner, .name = "Forschung"});
    accounts.add_organisation(at_the_command_line(), {.id = {"buero"},
                                                      .kind = OrganisationKind::coordination_office,
                                                      .name = "Büro",
                                                      .members = {{"059580032000"}}});
    std::set<Action> everything;
    for (int one = 0; one < action_count; ++one) everything.insert(static_cast<Action>(one));
    // A script signs in nowhere and changes no account.
    everything.erase(Action::use_session);
    everything.erase(Action::change_own_account);
    const std::set<Action> of_answers{Action::read_responses, Action::answer_survey, Action::finish_response,
                                      Action::manage_response, Action::read_profile};
    const std::set<std::string> lists{"GET /api/v1/responses", "GET /api/v1/profiles"};
    for (const auto& [login, owner, role] :
         {std::tuple{"fee", "forschung", Role::researcher}, {"kai", "buero", Role::coordinator}}) {
        const PersonId id = add(login, {{owner}, role, {}});
        const AnsweredWave wave = answered_wave({owner});
        const Principal person{.kind = Principal::Kind::person, .person = id, .memberships = {{{owner}, role, {}}}};
        const auto token = installation_->sign_on.add_token(person, "alles", everything, 1);
        for (const http::Route& route : site_->routes().all())
            for (const bool is_script : {false, true}) {
                http::Fields headers;
                if (is_script) {
                    headers = {{"authorization", "Bearer " + std::string{token.token.revealed()}}};
                } else {
                    const std::string cookie = cookie_of(login);
                    headers = {{"cookie", cookie}, {"x-csrf-token", csrf_[login]}};
                }
                std::string path = route.path;
                for (const auto& [name, value] : {std::pair{"{wave}", wave.wave},
                                                  {"{body}", std::string{"059580032000"}},
                                                  {"{question}", std::string{"A4"}},
                                                  {"{stage}", std::string{"0"}}})
                    if (const std::size_t at = path.find(name); at != std::string::npos)
                        path.replace(at, std::string_view{name}.size(), value);
                const Response answer =
                    ask(route.method, filled(path, "059580032000", "somebody", wave.response), headers, "{}");
                const std::string what = std::string{login} + (is_script ? " by token " : " ") + route.method + " " +
                                         route.path + " → " + std::to_string(answer.status);
                EXPECT_LT(answer.status, 500) << what << answer.body;
                EXPECT_THAT(answer.body, testing::Not(testing::HasSubstr(hidden))) << what;
                EXPECT_THAT(answer.body, testing::Not(testing::HasSubstr("\"response\":\"" + wave.response))) << what;
                if (!of_answers.contains(route.action)) continue;
                if (lists.contains(route.method + " " + route.path))
                    EXPECT_THAT(answer.body, testing::Not(testing::HasSubstr("059580032000"))) << what;
                else
                    EXPECT_TRUE(answer.status == 403 || answer.status == 404 || answer.status == 422)
                        << what << answer.body;
            }
        // What the owner does see is that the town handed in.
        const Response status = ask("GET", "/api/v1/waves/" + wave.wave, {{"cookie", cookie_of(login)}});
        EXPECT_THAT(status.body, testing::HasSubstr("\"standing\":\"handed-in\""));
        survey_->remove(at_the_command_line(), {wave.response});
    }
}

TEST_P(SiteOn, TakesAnAnswerByALinkOnlyWithTheTokenOfItsSession) {
    const std::string id =
        survey_->begin(at_the_command_line(), {.questionnaire = {"resilienzmonitor"}, .body = "059580032000"})
            .response.id.value;
    const http::Fields headers = by_link(id, {"A"}, false);
    const auto answer = [&](const std::string& question, const http::Fields& with) {
        return ask("PUT", "/api/v1/responses/" + id + "/answers/" + question, with,
                   R"({"id": "00000001", "state": "dont-know", "supersedes": []})")
            .status;
    };
    EXPECT_EQ(answer("A4", {{"cookie", headers.at("cookie")}}), 403);
    EXPECT_EQ(answer("A4", {{"cookie", headers.at("cookie")}, {"x-csrf-token", "forged"}}), 403);
    EXPECT_EQ(answer("C1", headers), 404);
    EXPECT_EQ(answer("A4", headers), 200);
    EXPECT_EQ(ask("DELETE", "/api/v1/link-session", headers).status, 204);
    EXPECT_EQ(answer("A4", headers), 401);
}

TEST_P(SiteOn, EveryRouteOfAPersonIsCheckedAgainstThatPerson) {
    const PersonId stranger = add("stranger", {{"999900000002"}, Role::editor, {}});
    add("chief", {{"999900000001"}, Role::organisation_administrator, {}});
    for (const http::Route& route : site_->routes().all()) {
        if (route.path.find("{person}") == std::string::npos) continue;
        const std::string body = route.path.ends_with("/erasure") ? R"({"login": "stranger"})" : "{}";
        const Response answer = ask(route.method,
                                    filled(route.path, "999900000002", stranger.value) +
                                        (route.path.ends_with("{role}") ? "?organisation=999900000002" : ""),
                                    {{"cookie", cookie_of("chief")}, {"x-csrf-token", csrf_["chief"]}}, body);
        EXPECT_EQ(answer.status, 404) << route.method << " " << route.path << answer.body;
    }
    EXPECT_EQ(installation_->accounts.person(at_the_command_line(), stranger).disabled_at, "");
}

TEST_P(SiteOn, TakesAChangeByCookieOnlyWithTheTokenOfTheSession) {
    add("bea", {{}, Role::installation_administrator, {}});
    const std::string cookie = cookie_of("bea");
    const std::string body = R"({"id": "anbieter", "kind": "provider", "name": "Anbieter"})";
    const auto add_provider = [&](const http::Fields& headers) {
        return ask("POST", "/api/v1/organisations", headers, body).status;
    };
    EXPECT_EQ(add_provider({{"cookie", cookie}}), 403);
    EXPECT_EQ(add_provider({{"cookie", cookie}, {"x-csrf-token", "forged"}}), 403);
    const std::string another = cookie_of("bea");
    EXPECT_EQ(add_provider({{"cookie", cookie}, {"x-csrf-token", csrf_["bea"]}}), 403) << "of another session";
    EXPECT_EQ(add_provider({{"cookie", another}, {"x-csrf-token", csrf_["bea"]}}), 201);
}

TEST_P(SiteOn, DoesNotTakeOverASessionThatCameAlong) {
    add("vera", {{"999900000001"}, Role::editor, {}});
    const std::string fixed = "resmon=" + std::string(43, 'A');
    const Response answer = ask("POST", "/api/v1/session", {{"cookie", fixed}},
                                R"({"login": "vera", "password": "vier zufällige Wörter hier"})");
    ASSERT_EQ(answer.status, 200);
    EXPECT_THAT(answer.headers.at("Set-Cookie"), testing::Not(testing::HasSubstr(std::string(43, 'A'))));
    EXPECT_EQ(ask("GET", "/api/v1/account/sessions", {{"cookie", fixed}}).status, 401);
}

TEST_P(SiteOn, TakesNoForgedToken) {
    for (const char* header :
         {"Bearer rsm_", "Bearer rsm_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "Bearer x", "Basic dmVyYTp4"})
        EXPECT_EQ(ask("GET", "/api/v1/account/tokens", {{"authorization", header}}).status, 401) << header;
}

TEST_P(SiteOn, ForThisMachineAloneNeedsNoAccount) {
    Site local{options_, *installation_, *runs_, *survey_, Audience::this_machine};
    Request request{.method = "GET"};
    http::read_target("/api/v1/session", request);
    EXPECT_THAT(local.answer(request).body, testing::HasSubstr("\"kind\":\"local\""));
    http::read_target("/api/v1/outage-runs", request);
    EXPECT_EQ(local.answer(request).status, 200);
}

INSTANTIATE_TEST_SUITE_P(On, SiteOn, storage::both_engines, storage::engine_name);

}  // namespace
}  // namespace resmon::cli
