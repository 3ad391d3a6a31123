// The cookie: as strict as browsers can make it, and read from headers of any kind.
#include "sign_on/cookie.hpp"

#include "credentials/secret_token.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

namespace resmon::sign_on {
namespace {

std::string value_in(std::string_view header, Transport transport = Transport::tls) {
    const auto value = find_cookie(header, transport);
    return value ? std::string{value->revealed()} : "(none)";
}

TEST(Cookie, IsWrittenAsStrictAsBrowsersCanMakeIt) {
    // RFC 6265bis §4.1.3.2: `__Host-` needs Secure, Path=/ and no Domain.
    EXPECT_EQ(set_cookie(Secret{"abc"}, Transport::tls),
              "__Host-resmon=abc; Path=/; Secure; HttpOnly; SameSite=Strict");
    EXPECT_EQ(set_cookie(Secret{"abc"}, Transport::plain_loopback), "resmon=abc; Path=/; HttpOnly; SameSite=Strict");
}

TEST(Cookie, IsRemovedByTheSameNameAndPath) {
    EXPECT_EQ(removed_cookie(Transport::tls), "__Host-resmon=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0");
}

TEST(Cookie, IsFoundAmongOthers) {
    EXPECT_EQ(value_in("__Host-resmon=abc"), "abc");
    EXPECT_EQ(value_in("a=1; __Host-resmon=abc; b=2"), "abc");
    EXPECT_EQ(value_in("a=1;__Host-resmon=abc"), "abc");
    EXPECT_EQ(value_in(" \t__Host-resmon = abc\t; "), "abc");
    EXPECT_EQ(value_in("resmon=abc", Transport::plain_loopback), "abc");
    EXPECT_EQ(value_in("__Host-resmon="), "");
    EXPECT_EQ(value_in("__Host-resmon=a=b"), "a=b");
}

TEST(Cookie, OfAnotherNameIsNotTaken) {
    EXPECT_EQ(value_in(""), "(none)");
    EXPECT_EQ(value_in(";;;=;=;"), "(none)");
    EXPECT_EQ(value_in("__Host-resmon"), "(none)");
    EXPECT_EQ(value_in("resmon=abc"), "(none)") << "what plain HTTP could have set does not count under TLS";
    EXPECT_EQ(value_in("__host-resmon=abc"), "(none)");
    EXPECT_EQ(value_in("x__Host-resmon=abc"), "(none)");
    EXPECT_EQ(value_in("a=__Host-resmon=abc"), "(none)");
    EXPECT_EQ(value_in("=__Host-resmon=abc"), "(none)") << "a cookie without a name that imitates ours";
    EXPECT_EQ(value_in("a=\"; __Host-resmon=abc; \""), "abc") << "quotes protect nothing (RFC 6265 §5.4)";
}

TEST(Cookie, ThatStandsThereTwiceIsNotTaken) {
    EXPECT_EQ(value_in("__Host-resmon=abc; __Host-resmon=evil"), "(none)");
    EXPECT_EQ(value_in("__Host-resmon=abc; __Host-resmon=abc"), "(none)");
    EXPECT_EQ(value_in("__Host-resmon=; __Host-resmon=abc"), "(none)");
}

TEST(Cookie, InAnEndlessHeaderIsNotTaken) {
    EXPECT_EQ(value_in(std::string(8192 - 17, ';') + "__Host-resmon=abc"), "abc");
    EXPECT_EQ(value_in(std::string(8193 - 17, ';') + "__Host-resmon=abc"), "(none)");
    EXPECT_EQ(value_in(std::string(10'000'000, ';')), "(none)");
}

RC_GTEST_PROP(Cookie, IsReadBackFromWhatABrowserMakesOfIt, ()) {
    const auto transport = *rc::gen::element(Transport::tls, Transport::plain_loopback);
    const Secret token = new_token(TokenKind::session);
    const std::string line = set_cookie(token, transport);
    const std::string sent = "theme=dark; " + line.substr(0, line.find(';'));
    RC_ASSERT(find_cookie(sent, transport) == token);
}

RC_GTEST_PROP(Cookie, IsAPieceOfTheHeaderOrNothing, (const std::string& before, const std::string& after)) {
    const std::string header = before + "__Host-resmon=" + after;
    if (const auto value = find_cookie(header, Transport::tls)) {
        RC_ASSERT(header.find(value->revealed()) != std::string::npos);
        RC_ASSERT(value->revealed().find(';') == std::string_view::npos);
    }
}

}  // namespace
}  // namespace resmon::sign_on
