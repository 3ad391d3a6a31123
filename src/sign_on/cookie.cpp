#include "sign_on/cookie.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>

namespace resmon::sign_on {

namespace {

constexpr std::size_t longest_header = 8192;

std::string_view trimmed(std::string_view text) {
    const std::size_t first = std::min(text.find_first_not_of(" \t"), text.size());
    text.remove_prefix(first);
    return text.substr(0, text.find_last_not_of(" \t") + 1);
}

std::string_view attributes_of(Transport transport) {
    return transport == Transport::tls ? "Path=/; Secure; HttpOnly; SameSite=Strict"
                                       : "Path=/; HttpOnly; SameSite=Strict";
}

}  // namespace

std::string_view cookie_name(Transport transport) { return transport == Transport::tls ? "__Host-resmon" : "resmon"; }

std::optional<Secret> find_cookie(std::string_view header, Transport transport) {
    if (header.size() > longest_header) return std::nullopt;
    const std::string_view name = cookie_name(transport);
    std::optional<std::string_view> found;
    while (!header.empty()) {
        const std::size_t end = std::min(header.find(';'), header.size());
        const std::string_view pair = header.substr(0, end);
        header.remove_prefix(std::min(end + 1, header.size()));

        const std::size_t equals = pair.find('=');
        if (equals == std::string_view::npos || trimmed(pair.substr(0, equals)) != name) continue;
        if (found) return std::nullopt;
        found = trimmed(pair.substr(equals + 1));
    }
    if (!found) return std::nullopt;
    return Secret{std::string{*found}};
}

std::string set_cookie(const Secret& token, Transport transport) {
    const std::string_view value = token.revealed();
    assert(value.find_first_of("; ,\"\\\r\n") == std::string_view::npos &&
           "base64url: nothing ends the value or header");
    return fmt::format("{}={}; {}", cookie_name(transport), value, attributes_of(transport));
}

std::string removed_cookie(Transport transport) {
    return fmt::format("{}=; {}; Max-Age=0", cookie_name(transport), attributes_of(transport));
}

}  // namespace resmon::sign_on
