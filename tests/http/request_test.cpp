// Addresses, headers and routes as they arrive.
#include "http/request.hpp"

#include "base/error.hpp"
#include "http/routes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace resmon::http {
namespace {

Request read(std::string_view target) {
    Request request;
    read_target(target, request);
    return request;
}

TEST(Target, IsDecodedIntoPathAndQuery) {
    const Request request = read("/api/v1/bodies?search=L%C3%BCdenscheid+Stadt&limit=5&flag#part");
    EXPECT_EQ(request.path, "/api/v1/bodies");
    EXPECT_EQ(request.query, (Fields{{"search", "Lüdenscheid Stadt"}, {"limit", "5"}, {"flag", ""}}));
    EXPECT_EQ(read("/a+b").path, "/a+b") << "a plus is a blank in a query only";
}

TEST(Target, ThatIsNoAddressIsRefused) {
    EXPECT_THAT([] { read("api"); }, testing::ThrowsMessage<InputError>("the address must be an absolute path"));
    for (const char* target : {"/%", "/%2", "/%zz", "/%00", "/?a=%g1"})
        EXPECT_THAT([&] { read(target); }, testing::ThrowsMessage<InputError>("the address has a malformed escape"))
            << target;
    EXPECT_THAT([] { read("/%ff%fe"); }, testing::ThrowsMessage<InputError>("the address must be UTF-8"));
}

TEST(Language, IsTheFirstOfGermanAndEnglishThatTheReaderAccepts) {
    EXPECT_EQ(language_from_accept("en-GB,en;q=0.9,de;q=0.5"), Language::english);
    EXPECT_EQ(language_from_accept("de-DE,de;q=0.9,en;q=0.5"), Language::german);
    EXPECT_EQ(language_from_accept("fr"), Language::german);
    EXPECT_EQ(language_from_accept(""), Language::german);
}

TEST(Routes, AParameterTakesExactlyOneSegment) {
    Fields parameters;
    EXPECT_TRUE(matches("/runs/{run}/bodies/{body}", "/runs/ab/bodies/12", parameters));
    EXPECT_EQ(parameters, (Fields{{"run", "ab"}, {"body", "12"}}));
    for (const char* path : {"/runs//bodies/12", "/runs/ab/bodies", "/runs/ab/bodies/12/more", "/runs/ab/cd/bodies/12"})
        EXPECT_FALSE(matches("/runs/{run}/bodies/{body}", path, parameters)) << path;
}

TEST(Routes, HeadIsAnsweredByTheRouteThatGets) {
    Routes routes;
    routes.get("/a", Action::read_runs, [](const Request&) { return Response{}; });
    Request head{.method = "HEAD", .path = "/a"};
    std::vector<std::string> allowed;
    EXPECT_NE(routes.find(head, allowed), nullptr);
    Request put{.method = "PUT", .path = "/a"};
    EXPECT_EQ(routes.find(put, allowed), nullptr);
    EXPECT_EQ(allowed, std::vector<std::string>{"GET"});
}

}  // namespace
}  // namespace resmon::http
