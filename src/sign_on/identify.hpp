// Who sends a request: the holder of a session's cookie or of a script's token, or nobody.
#pragma once

#include "http/request.hpp"
#include "sign_on/cookie.hpp"
#include "sign_on/sign_on.hpp"

#include <functional>
#include <optional>

namespace resmon::sign_on {

[[nodiscard]] Visitor visitor_of(const http::Request& request);
[[nodiscard]] Transport transport_of(const http::Request& request);

/// The session's value in the cookie, if it can be one.
[[nodiscard]] std::optional<Secret> session_in(const http::Request& request);

/// Who else may have a session: the holder of a link, whom another room knows.
using FindGuest = std::function<std::optional<Principal>(const Secret& session, const Visitor& visitor)>;

/// Fills `who`. Throws Forbidden (cross_site) for a change by cookie without the session's CSRF token: another site may
/// make a browser send a cookie, but cannot read the token.
void identify(SignOn& sign_on, const FindGuest& find_guest, http::Request& request);

/// Server for this machine alone: everybody who reaches it is the one person.
void identify_local(http::Request& request);

}  // namespace resmon::sign_on
