// Who may call this server: by which names, encrypted or not, and from whose pages.
#pragma once

#include "server/proxy.hpp"

#include <functional>
#include <string>
#include <vector>

namespace resmon::server {

struct OwnNames {
    std::uint16_t port = 0;          ///< on which this server listens
    std::vector<std::string> hosts;  ///< in lower case, without port: what the operator named
    std::function<bool(const std::string&)> in_certificate = [](const std::string&) { return false; };
};

/// Why a request is not answered, as the type of a problem; empty if it is. Pure but for `in_certificate`.
/// `plain-http`: off this machine only encrypted. `wrong-host`: called by another name (DNS rebinding), or from a page
/// of another origin. Whether it is alive and ready, a server tells everybody: those who ask know only its address.
[[nodiscard]] std::string refusal_of(const http::Request& request, const Arrival& arrival, const OwnNames& names);

/// The host without its port: `resmon.example`, `::1` of `[::1]:8640`; empty if it is malformed.
[[nodiscard]] std::string host_without_port(const std::string& host);

}  // namespace resmon::server
