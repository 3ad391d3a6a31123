#include "sign_on/identify.hpp"

#include "base/error.hpp"
#include "credentials/secret_token.hpp"

#include <string_view>

namespace resmon::sign_on {

namespace {

constexpr std::string_view bearer = "Bearer ";

bool is_reading(const http::Request& request) { return request.method == "GET" || request.method == "HEAD"; }

}  // namespace

Visitor visitor_of(const http::Request& request) {
    return {.address = request.client, .agent = request.header("user-agent"), .language = request.language};
}

Transport transport_of(const http::Request& request) {
    return request.secure ? Transport::tls : Transport::plain_loopback;
}

std::optional<Secret> session_in(const http::Request& request) {
    const std::optional<Secret> value = find_cookie(request.header("cookie"), transport_of(request));
    return value ? token_from(TokenKind::session, value->revealed()) : std::nullopt;
}

void identify(SignOn& sign_on, const FindGuest& find_guest, http::Request& request) {
    request.who = {.address = request.client};
    const Visitor visitor = visitor_of(request);
    if (const std::string header = request.header("authorization"); header.starts_with(bearer)) {
        const auto token = token_from(TokenKind::api, std::string_view{header}.substr(bearer.size()));
        if (token) request.who = sign_on.token_holder(*token, visitor);
        return;
    }
    const std::optional<Secret> session = session_in(request);
    if (!session) return;
    const bool is_glance = is_reading(request) && request.path == "/api/v1/session";
    const std::optional<Known> known = sign_on.find_session(*session, visitor, is_glance ? Look::glance : Look::use);
    const std::optional<Principal> who = known ? std::optional{known->who} : find_guest(*session, visitor);
    if (!who) return;
    if (!is_reading(request) && !is_csrf_token(*session, request.header("x-csrf-token")))
        throw Forbidden{"the request does not carry the token of the session", Forbidden::Why::cross_site};
    request.who = *who;
}

void identify_local(http::Request& request) {
    request.who = {.kind = Principal::Kind::local, .address = request.client};
}

}  // namespace resmon::sign_on
