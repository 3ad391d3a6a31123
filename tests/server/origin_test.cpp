// Who may call, by which name, encrypted or not: the attacks are those of docs/decisions/0015-transport.md.
#include "server/origin.hpp"
#include "server/security_headers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace resmon::server {
namespace {

const OwnNames names{.port = 8640,
                     .hosts = {"resmon.example", "2001:db8::7"},
                     .in_certificate = [](const std::string& host) { return host == "in-certificate.example"; }};

struct Call {
    const char* client = "127.0.0.1";
    const char* host = "127.0.0.1:8640";
    bool is_secure = false;
    bool is_forwarded = false;
    http::Fields headers{};
    const char* path = "/api/v1/about";
};

std::string refusal(const Call& call) {
    return refusal_of({.path = call.path, .headers = call.headers},
                      {.client = address_from(call.client).value(),
                       .is_secure = call.is_secure,
                       .is_forwarded = call.is_forwarded,
                       .host = call.host},
                      names);
}

TEST(Origin, ThisMachineIsAnsweredUnderItsOwnNamesAndPort) {
    for (const char* host : {"127.0.0.1:8640", "localhost:8640", "[::1]:8640", "resmon.example", "resmon.example:8443",
                             "in-certificate.example", "[2001:db8::7]:8640"})
        EXPECT_EQ(refusal({.host = host}), "") << host;
    for (const char* host : {"", "evil.example", "evil.example:8640", "127.0.0.1", "localhost", "127.0.0.1:80",
                             "resmon.example.evil.example", "resmon.example:8443x", "resmon.example:", "[2001:db8::7",
                             "resmon.example, evil.example", "user@resmon.example"})
        EXPECT_EQ(refusal({.host = host}), "wrong-host") << host;
}

TEST(Origin, OffThisMachineOnlyEncrypted) {
    EXPECT_EQ(refusal({.client = "192.0.2.7", .host = "resmon.example"}), "plain-http");
    EXPECT_EQ(refusal({.client = "192.0.2.7", .host = "resmon.example", .is_secure = true}), "");
    EXPECT_EQ(refusal({.client = "127.0.0.1", .host = "resmon.example", .is_forwarded = true}), "plain-http");
}

TEST(Origin, LoopbackNamesBelongToThisMachineOnly) {
    EXPECT_EQ(refusal({.client = "192.0.2.7", .host = "127.0.0.1:8640", .is_secure = true}), "wrong-host");
    EXPECT_EQ(refusal({.client = "127.0.0.1", .host = "localhost:8640", .is_secure = true, .is_forwarded = true}),
              "wrong-host");
}

TEST(Origin, APageMustBeOfTheSameSchemeAndHost) {
    const auto from = [](const char* origin, bool is_secure = true) {
        return refusal({.client = is_secure ? "192.0.2.7" : "127.0.0.1",
                        .host = "resmon.example:8443",
                        .is_secure = is_secure,
                        .headers = {{"origin", origin}}});
    };
    EXPECT_EQ(from("https://resmon.example:8443"), "");
    EXPECT_EQ(from("http://resmon.example:8443", false), "");
    for (const char* origin : {"http://resmon.example:8443", "https://resmon.example", "https://evil.example", "null",
                               "https://resmon.example:8443.evil.example", "https://resmon.example:8443, null"})
        EXPECT_EQ(from(origin), "wrong-host") << origin;
}

TEST(Origin, WhetherItIsAliveIsToldToEverybody) {
    EXPECT_EQ(refusal({.client = "192.0.2.7", .host = "192.0.2.1:8640", .path = "/healthz"}), "");
    EXPECT_EQ(refusal({.client = "192.0.2.7", .host = "192.0.2.1:8640", .path = "/readyz"}), "");
    EXPECT_EQ(refusal({.client = "192.0.2.7", .host = "192.0.2.1:8640", .path = "/healthz/"}), "plain-http");
}

TEST(SecurityHeaders, WhatWouldBreakOutOfItsLineIsLeftOut) {
    const Headers headers = headers_of(
        {.headers = {{"X-Good", "ä b\xC3\xA4"}, {"X-Bad", "a\r\nSet-Cookie: b"}, {"X-Zero", std::string{"a\0b", 3}}}},
        "0123456789abcdef", false);
    EXPECT_THAT(headers, testing::Contains(testing::Pair("X-Good", testing::_)));
    EXPECT_THAT(headers, testing::Not(testing::Contains(testing::Pair("X-Bad", testing::_))));
    EXPECT_THAT(headers, testing::Not(testing::Contains(testing::Pair("X-Zero", testing::_))));
    EXPECT_THAT(headers, testing::Contains(testing::Pair("X-Request-Id", "0123456789abcdef")));
}

TEST(SecurityHeaders, HttpsFromNowOnIsSaidOverHttpsOnly) {
    const auto strict = testing::Contains(testing::Pair("Strict-Transport-Security", "max-age=31536000"));
    EXPECT_THAT(headers_of({}, "", true), strict);
    EXPECT_THAT(headers_of({}, "", false), testing::Not(strict));
}

}  // namespace
}  // namespace resmon::server
