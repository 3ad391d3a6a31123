// Every error becomes a problem of its own status, in the reader's language, and none tells more than it should.
#include "http/door.hpp"

#include "base/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <functional>
#include <stdexcept>

namespace resmon::http {
namespace {

using namespace std::string_literals;

using Json = nlohmann::json;

Response answered(const std::function<Response()>& handler, Language language = Language::english) {
    Routes routes;
    routes.get("/a", Action::read_runs, [&handler](const Request&) { return handler(); });
    const Door door{routes, {}};
    std::string route;
    return door.answer({.method = "GET", .path = "/a", .language = language}, route);
}

template <class Error>
Response after(const Error& error) {
    return answered([&error]() -> Response { throw error; });
}

TEST(Routes, PreferTheMoreLiteralPath) {
    Routes routes;
    const auto says = [](const char* text) { return [text](const Request&) { return Response{.body = text}; }; };
    routes.get("/people/{person}", Action::read_people, says("a person"));
    routes.get("/people/invitations", Action::read_people, says("invitations"));
    routes.post("/people/invitations", Action::manage_people, says("invited"));
    const auto answer_to = [&](const char* method, const char* path) {
        Request request{.method = method, .path = path};
        std::string route;
        return Door{routes, {}}.answer(request, route);
    };
    EXPECT_EQ(answer_to("GET", "/people/invitations").body, "invitations");
    EXPECT_EQ(answer_to("GET", "/people/vera").body, "a person");
    EXPECT_EQ(answer_to("POST", "/people/invitations").body, "invited");
    EXPECT_EQ(answer_to("DELETE", "/people/invitations").status, 405);
}

TEST(Door, TurnsEachErrorIntoItsStatus) {
    EXPECT_EQ(after(InputError{"x"}).status, 422);
    EXPECT_EQ(after(Conflict{"x"}).status, 409);
    EXPECT_EQ(after(NotFound{"x"}).status, 404);
    using Why = Forbidden::Why;
    const auto refusal = [](Why why) {
        const Response answer = after(Forbidden{"x", why});
        return std::pair{answer.status, Json::parse(answer.body).at("type").get<std::string>()};
    };
    EXPECT_EQ(refusal(Why::not_yours), std::pair(404, "/problems/not-found"s))
        << "a stranger must not learn that it exists";
    EXPECT_EQ(refusal(Why::no_right), std::pair(403, "/problems/forbidden"s));
    EXPECT_EQ(refusal(Why::cross_site), std::pair(403, "/problems/cross-site"s));
    EXPECT_EQ(refusal(Why::sign_in_first), std::pair(401, "/problems/sign-in-first"s));
    EXPECT_EQ(refusal(Why::sign_in_failed), std::pair(401, "/problems/sign-in-failed"s));
    EXPECT_EQ(refusal(Why::second_factor_needed), std::pair(401, "/problems/second-factor-needed"s));
    EXPECT_EQ(refusal(Why::too_many_tries), std::pair(429, "/problems/too-many-tries"s));
    const Response later = after(Forbidden{"x", Forbidden::Why::too_many_tries, 30});
    EXPECT_EQ(later.headers.at("Retry-After"), "30");
    EXPECT_EQ(after(Unavailable{"x"}).status, 503);
    EXPECT_EQ(after(Unavailable{"x"}).headers.at("Retry-After"), "5");
    EXPECT_EQ(after(Unavailable{"x", Unavailable::Why::storage_full}).status, 507);
    EXPECT_EQ(after(Unavailable{"x", Unavailable::Why::damaged}).status, 500);
    EXPECT_EQ(after(std::runtime_error{"x"}).status, 500);
}

TEST(Door, TellsPeopleWhatAFullDiskMeansAndNotWhereItIs) {
    const auto full = [](Language language) {
        return answered([]() -> Response { throw Unavailable{"/srv/resmon.db", Unavailable::Why::storage_full}; },
                        language)
            .body;
    };
    EXPECT_THAT(full(Language::english), testing::HasSubstr("The disk of the server is full, nothing was stored"));
    EXPECT_THAT(full(Language::german), testing::HasSubstr("Der Speicherplatz des Servers ist voll"));
    EXPECT_THAT(full(Language::english), testing::Not(testing::HasSubstr("/srv")));
}

TEST(Door, TellsEveryFaultWithItsPointer) {
    const Response response = after(InputError{{{{.path = "/seed"}, "must be ≥ 0, is -1"}, {{.path = ""}, "is odd"}}});
    EXPECT_EQ(response.type, "application/problem+json");
    const Json json = Json::parse(response.body);
    EXPECT_EQ(json.at("type"), "/problems/invalid-input");
    EXPECT_EQ(json.at("title"), "The input is not valid");
    EXPECT_EQ(json.at("instance"), "/a");
    EXPECT_EQ(json.at("errors"), (Json{{{"pointer", "/seed"}, {"detail", "must be ≥ 0, is -1"}},
                                       {{"pointer", ""}, {"detail", "is odd"}}}));
}

TEST(Door, SpeaksTheLanguageOfTheReader) {
    const Response response = answered([]() -> Response { throw NotFound{"no run has that id"}; }, Language::german);
    EXPECT_EQ(Json::parse(response.body).at("title"), "Nicht gefunden");
    const auto refused = [](Language language) {
        return Json::parse(answered(
                               []() -> Response {
                                   throw InputError{{Fault{{.path = "/closes"}, worded("fault.missing")},
                                                     Fault{{.path = "/opens"}, "is only told in English"}}};
                               },
                               language)
                               .body);
    };
    EXPECT_EQ(refused(Language::german).at("detail"), "/closes: fehlt\n/opens: is only told in English");
    EXPECT_EQ(refused(Language::german).at("errors").at(0).at("detail"), "fehlt");
    EXPECT_EQ(refused(Language::english).at("errors").at(0).at("detail"), "is missing");
    const auto late = [](Language language) {
        return Json::parse(
                   answered([]() -> Response { throw Conflict{worded("fault.survey.finished-already")}; }, language)
                       .body)
            .at("detail");
    };
    EXPECT_EQ(late(Language::german), "die Befragung ist schon abgeschlossen");
    EXPECT_EQ(late(Language::english), "the response is finished already");
}

TEST(Door, TellsNothingOfABugAndNothingOfWhatAStrangerMayNotKnow) {
    EXPECT_EQ(after(std::runtime_error{"password is 1234"}).body.find("1234"), std::string::npos);
    const Response hidden = after(Forbidden{"run of Hemer"});
    EXPECT_EQ(hidden.status, 404);
    EXPECT_EQ(hidden.body.find("Hemer"), std::string::npos);
}

TEST(Etag, StaysWithTheBodyAndSparesItsSending) {
    const Response first = with_etag(json_response("{}"), "");
    const std::string tag = first.headers.at("ETag");
    EXPECT_NE(tag, with_etag(json_response("[]"), "").headers.at("ETag"));
    for (const std::string& known : {tag, "\"other\", " + tag, std::string{"*"}}) {
        const Response again = with_etag(json_response("{}"), known);
        EXPECT_EQ(again.status, 304) << known;
        EXPECT_TRUE(again.body.empty());
        EXPECT_EQ(again.headers.at("ETag"), tag);
    }
}

}  // namespace
}  // namespace resmon::http
