// Who stands before a proxy: addresses, networks, and what of the forwarded headers is believed.
#pragma once

#include "http/request.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace resmon::server {

/// IPv4 as ::ffff:a.b.c.d (RFC 4291, 2.5.5.2), so that a listener on :: sees the same person as one on 0.0.0.0.
struct Address {
    std::array<std::uint8_t, 16> bytes{};

    [[nodiscard]] bool is_ipv4() const noexcept;
    [[nodiscard]] bool is_loopback() const noexcept;
    bool operator==(const Address&) const = default;
};

/// `192.0.2.7`, `2001:db8::7`; none if it is no address.
[[nodiscard]] std::optional<Address> address_from(std::string_view text);
[[nodiscard]] std::string to_string(const Address& address);

/// A block of addresses of one family.
struct Network {
    Address first;
    unsigned bits = 128;  ///< that all its addresses share; of 128, also for IPv4

    [[nodiscard]] bool contains(const Address& address) const noexcept;
    bool operator==(const Network&) const = default;
};

/// `10.1.0.0/16`, `fd00::/8`, or one address. Throws InputError at `place`; also for /0, which would believe everybody,
/// and for a block that does not begin where it says.
[[nodiscard]] Network network_from(std::string_view text, const std::string& place);

/// How a request came.
struct Arrival {
    Address client;          ///< of the person's machine
    bool is_secure = false;  ///< encrypted on its way to this program or to its proxy
    bool is_forwarded = false;
    std::string host;  ///< as the person typed it, in lower case, with the port if there is one
};

struct Connection {
    Address peer;
    bool is_tls = false;
};

/// X-Forwarded-For, -Proto and -Host count only if the peer is one of the proxies. A proxy appends what it saw, so the
/// client is the rightmost address that is no proxy; what stands left of it anybody may have invented. Pure.
[[nodiscard]] Arrival arrival_of(const Connection& connection, const http::Fields& headers,
                                 std::span<const Network> proxies);

/// Whether the request was made on this machine by nobody's order: no proxy has touched it.
[[nodiscard]] bool is_from_this_machine(const http::Request& request);

}  // namespace resmon::server
