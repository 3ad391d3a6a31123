// Tokens: what is given out is accepted again, and nothing else.
#include "credentials/secret_token.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>
#include <string>

namespace resmon::sign_on {
namespace {

constexpr std::string_view base64url = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

TEST(SecretToken, Is32BytesInBase64url) {
    const Secret token = new_token(TokenKind::session);
    EXPECT_EQ(token.revealed().size(), 43U);  // RFC 4648: 256 bits, 6 bits a letter, no padding
    EXPECT_EQ(token.revealed().find_first_not_of(base64url), std::string_view::npos);
}

TEST(SecretToken, OfAScriptCanBeRecognisedByScanners) {
    const Secret token = new_token(TokenKind::api);
    EXPECT_TRUE(token.revealed().starts_with("rsm_"));
    EXPECT_EQ(token.revealed().size(), 47U);
}

TEST(SecretToken, IsNeverGivenOutTwice) {
    std::set<std::string> given;
    for (int i = 0; i < 1000; ++i) given.emplace(new_token(TokenKind::link).revealed());
    EXPECT_EQ(given.size(), 1000U);
}

TEST(SecretToken, IsAcceptedAsItsOwnKindOnly) {
    const Secret session = new_token(TokenKind::session);
    const Secret api = new_token(TokenKind::api);
    EXPECT_EQ(token_from(TokenKind::session, session.revealed()), session);
    EXPECT_EQ(token_from(TokenKind::api, api.revealed()), api);
    EXPECT_FALSE(token_from(TokenKind::api, session.revealed()));
    EXPECT_FALSE(token_from(TokenKind::session, api.revealed()));
}

TEST(SecretToken, OfAnotherFormIsRefused) {
    const std::string good(43, 'A');
    ASSERT_TRUE(token_from(TokenKind::session, good));
    EXPECT_FALSE(token_from(TokenKind::session, ""));
    EXPECT_FALSE(token_from(TokenKind::session, good.substr(1)));
    EXPECT_FALSE(token_from(TokenKind::session, good + "A"));
    EXPECT_FALSE(token_from(TokenKind::session, std::string(1'000'000, 'A')));
    for (int byte = 0; byte < 256; ++byte) {
        std::string text = good;
        text[20] = static_cast<char>(byte);
        EXPECT_EQ(token_from(TokenKind::session, text).has_value(), base64url.find(text[20]) != std::string_view::npos)
            << byte;
    }
    // 43 letters are 258 bits: the last two must be zero, or one value would have four spellings.
    EXPECT_FALSE(token_from(TokenKind::session, std::string(42, 'A') + "B"));
}

TEST(SecretToken, IsStoredAsSha256) {
    // FIPS 180-4, example: SHA-256("abc")
    EXPECT_EQ(stored_hash(Secret{"abc"}), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(CsrfToken, BelongsToOneSession) {
    const Secret one = new_token(TokenKind::session);
    const Secret other = new_token(TokenKind::session);
    const Secret csrf = csrf_token(one);
    EXPECT_TRUE(is_csrf_token(one, csrf.revealed()));
    EXPECT_FALSE(is_csrf_token(other, csrf.revealed()));
    EXPECT_FALSE(is_csrf_token(one, one.revealed())) << "the cookie's value itself does not do";
    EXPECT_FALSE(is_csrf_token(one, ""));
    EXPECT_FALSE(is_csrf_token(one, std::string{csrf.revealed()} + "A"));
}

TEST(CsrfToken, StaysTheSameAsLongAsTheSession) {
    const Secret session = new_token(TokenKind::session);
    EXPECT_EQ(csrf_token(session), csrf_token(session));
}

RC_GTEST_PROP(SecretToken, IsReadBackUnchangedOrNotAtAll, (const std::string& untrusted)) {
    for (const TokenKind kind : {TokenKind::session, TokenKind::link, TokenKind::api})
        if (const auto token = token_from(kind, untrusted)) RC_ASSERT(token->revealed() == untrusted);
}

}  // namespace
}  // namespace resmon::sign_on
