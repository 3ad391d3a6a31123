#include "server/security_headers.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>

namespace resmon::server {

namespace {

/// Each page is static and from here.
constexpr std::array<std::pair<const char*, const char*>, 8> policies{{
    {"Content-Security-Policy",
     "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
     "connect-src 'self'; "
     "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'; worker-src 'self'"},
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
    {"Referrer-Policy", "no-referrer"},
    {"Permissions-Policy", "camera=(), geolocation=(), microphone=()"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"X-Robots-Tag", "noindex"},
}};

/// RFC 6797: one year; neither other names of the domain nor lists built into browsers are this server's business.
constexpr const char* https_from_now_on = "max-age=31536000";

}  // namespace

bool is_header_value(std::string_view value) {
    return std::ranges::none_of(value, [](char letter) {
        const auto code = static_cast<unsigned char>(letter);
        return code < 0x20 || code == 0x7f;
    });
}

Headers headers_of(const http::Response& response, const std::string& request_id, bool is_secure) {
    Headers headers{policies.begin(), policies.end()};
    if (is_secure) headers.emplace_back("Strict-Transport-Security", https_from_now_on);
    // What cannot be asked for again by its tag need not lie in a browser's cache, where everybody at the device finds
    // it.
    if (!response.headers.contains("Cache-Control"))
        headers.emplace_back("Cache-Control", response.headers.contains("ETag") ? "no-cache" : "no-store");
    if (!response.type.empty()) headers.emplace_back("Content-Type", response.type);
    headers.emplace_back("X-Request-Id", request_id);
    for (const auto& [name, value] : response.headers) {
        if (is_header_value(value))
            headers.emplace_back(name, value);
        else
            spdlog::critical("{} header {} would break out of its line, left out", request_id, name);
    }
    return headers;
}

}  // namespace resmon::server
