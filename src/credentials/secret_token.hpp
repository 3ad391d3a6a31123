// Values that prove who asks: of a session, of a link, of a script. Given out once; the database keeps their hash.
#pragma once

#include "secrets/secret.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace resmon::sign_on {

enum class TokenKind {
    session,  ///< in the cookie
    link,     ///< in the fragment of an address: invitation, set-up, reset of a password
    api,      ///< of a script; begins with `rsm_`, so that scanners of source code find one that got lost
};

/// 32 random bytes in base64url without padding, with the prefix of its kind.
[[nodiscard]] Secret new_token(TokenKind kind);

/// What came from outside, if it can be a token of that kind at all: exact length, alphabet, prefix, one spelling per
/// value. Whether it was ever given out is for the store to say.
[[nodiscard]] std::optional<Secret> token_from(TokenKind kind, std::string_view untrusted);

/// SHA-256 of the whole value, hexadecimal. A fast hash is enough for 256 random bits, and can be looked up by an
/// index: the time of that look-up tells about hashes, from which no token can be made.
[[nodiscard]] std::string stored_hash(const Secret& token);

/// Sent by a page with each change. Bound to the session by a keyed hash (BLAKE2b), so there is nothing to store, and
/// from it the session's value cannot be found.
[[nodiscard]] Secret csrf_token(const Secret& session);

/// In constant time.
[[nodiscard]] bool is_csrf_token(const Secret& session, std::string_view untrusted);

}  // namespace resmon::sign_on
