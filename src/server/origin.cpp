#include "server/origin.hpp"

#include <algorithm>

namespace resmon::server {

namespace {

/// Browsers leave out the port of their scheme.
bool is_this_machine(const std::string& host, const Arrival& arrival, std::uint16_t port) {
    const std::uint16_t unsaid = arrival.is_secure ? 443 : 80;
    const std::string at_port = ":" + std::to_string(port);
    return std::ranges::any_of(std::array{"127.0.0.1", "localhost", "[::1]"}, [&](const char* name) {
        return host == name + at_port || (port == unsaid && host == name);
    });
}

bool is_own(const Arrival& arrival, const OwnNames& names) {
    if (arrival.client.is_loopback() && !arrival.is_forwarded && is_this_machine(arrival.host, arrival, names.port))
        return true;
    const std::string host = host_without_port(arrival.host);
    return !host.empty() && (std::ranges::find(names.hosts, host) != names.hosts.end() || names.in_certificate(host));
}

}  // namespace

std::string host_without_port(const std::string& host) {
    const bool is_bracketed = host.starts_with('[');
    const std::size_t end = is_bracketed ? host.find(']') : host.find(':');
    if (is_bracketed && end == std::string::npos) return {};
    const std::string name = host.substr(is_bracketed ? 1 : 0, is_bracketed ? end - 1 : end);
    const std::string rest = end == std::string::npos ? std::string{} : host.substr(end + (is_bracketed ? 1 : 0));
    constexpr std::size_t longest_port = 5;
    const bool is_port =
        rest.size() >= 2 && rest.size() <= longest_port + 1 && rest[0] == ':' &&
        std::all_of(rest.begin() + 1, rest.end(), [](char digit) { return digit >= '0' && digit <= '9'; });
    return rest.empty() || is_port ? name : std::string{};
}

std::string refusal_of(const http::Request& request, const Arrival& arrival, const OwnNames& names) {
    if (request.path == "/healthz" || request.path == "/readyz") return {};
    const bool stays_here = arrival.client.is_loopback() && !arrival.is_forwarded;
    if (!arrival.is_secure && !stays_here) return "plain-http";
    if (!is_own(arrival, names)) return "wrong-host";
    const std::string origin = request.header("origin");
    const std::string own = (arrival.is_secure ? "https://" : "http://") + arrival.host;
    return origin.empty() || origin == own ? std::string{} : "wrong-host";
}

}  // namespace resmon::server
