#include "server/proxy.hpp"

#include "base/error.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

namespace resmon::server {

namespace {

constexpr std::array<std::uint8_t, 12> ipv4_prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
constexpr unsigned ipv4_bits = 32;
constexpr unsigned all_bits = 128;

bool bit_of(const Address& address, unsigned bit) {
    const unsigned byte = address.bytes[bit / 8];
    return ((byte >> (7 - bit % 8)) & 1U) != 0;
}

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::string lower(std::string_view text) {
    std::string word{text};
    std::ranges::transform(word, word.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    });
    return word;
}

std::string_view field(const http::Fields& headers, const std::string& name) {
    const auto found = headers.find(name);
    return found == headers.end() ? std::string_view{} : std::string_view{found->second};
}

/// Takes the last element off a list.
std::string_view last_of(std::string_view& list) {
    const std::size_t comma = list.rfind(',');
    const std::string_view last = list.substr(comma == std::string_view::npos ? 0 : comma + 1);
    list = list.substr(0, comma == std::string_view::npos ? 0 : comma);
    return trimmed(last);
}

/// Some proxies add the port: `192.0.2.7:4711`, `[2001:db8::7]:4711`.
std::optional<Address> address_before_port(std::string_view text) {
    if (text.starts_with('[')) {
        const std::size_t end = text.find(']');
        return end == std::string_view::npos ? std::nullopt : address_from(text.substr(1, end - 1));
    }
    const std::size_t colon = text.find(':');
    const bool has_port = colon != std::string_view::npos && text.find(':', colon + 1) == std::string_view::npos;
    return address_from(has_port ? text.substr(0, colon) : text);
}

bool is_one_of(std::span<const Network> networks, const Address& address) {
    return std::ranges::any_of(networks, [&](const Network& network) { return network.contains(address); });
}

}  // namespace

bool Address::is_ipv4() const noexcept { return std::equal(ipv4_prefix.begin(), ipv4_prefix.end(), bytes.begin()); }

bool Address::is_loopback() const noexcept {
    if (is_ipv4()) return bytes[ipv4_prefix.size()] == 127;
    return bytes.back() == 1 && std::all_of(bytes.begin(), bytes.end() - 1, [](auto byte) { return byte == 0; });
}

std::optional<Address> address_from(std::string_view text) {
    constexpr std::size_t longest = 45;
    if (text.size() > longest || text.find('\0') != std::string_view::npos) return std::nullopt;
    const std::string terminated{text};
    Address address;
    if (inet_pton(AF_INET6, terminated.c_str(), address.bytes.data()) == 1) return address;
    std::ranges::copy(ipv4_prefix, address.bytes.begin());
    if (inet_pton(AF_INET, terminated.c_str(), address.bytes.data() + ipv4_prefix.size()) == 1) return address;
    return std::nullopt;
}

std::string to_string(const Address& address) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (address.is_ipv4())
        inet_ntop(AF_INET, address.bytes.data() + ipv4_prefix.size(), text.data(), text.size());
    else
        inet_ntop(AF_INET6, address.bytes.data(), text.data(), text.size());
    return text.data();
}

bool Network::contains(const Address& address) const noexcept {
    if (address.is_ipv4() != first.is_ipv4()) return false;
    for (unsigned bit = 0; bit < bits; ++bit)
        if (bit_of(address, bit) != bit_of(first, bit)) return false;
    return true;
}

Network network_from(std::string_view text, const std::string& place) {
    const auto wrong = [&](Wording expectation) { return InputError{{{{.path = place}, std::move(expectation)}}}; };
    const std::size_t slash = text.find('/');
    const std::optional<Address> first = address_from(text.substr(0, slash));
    if (!first) throw wrong(worded("fault.proxy.network", {{"found", text}}));
    const unsigned width = first->is_ipv4() ? ipv4_bits : all_bits;
    unsigned bits = width;
    if (slash != std::string_view::npos) {
        const std::string_view number = text.substr(slash + 1);
        const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), bits);
        if (error != std::errc{} || end != number.data() + number.size() || bits == 0 || bits > width)
            throw wrong(worded("fault.proxy.bits", {{"most", std::to_string(width)}, {"found", text}}));
    }
    Network network{*first, bits + all_bits - width};
    for (unsigned bit = network.bits; bit < all_bits; ++bit)
        if (bit_of(*first, bit)) throw wrong(worded("fault.proxy.zeros", {{"found", text}}));
    return network;
}

Arrival arrival_of(const Connection& connection, const http::Fields& headers, std::span<const Network> proxies) {
    Arrival arrival{.client = connection.peer, .is_secure = connection.is_tls, .host = lower(field(headers, "host"))};
    std::string_view hops = field(headers, "x-forwarded-for");
    if (hops.empty() || !is_one_of(proxies, connection.peer)) return arrival;

    arrival.is_forwarded = true;
    while (!hops.empty() && is_one_of(proxies, arrival.client)) {
        // What cannot be read ends the chain of those who are believed at the one who wrote it.
        const std::optional<Address> hop = address_before_port(last_of(hops));
        if (!hop) break;
        arrival.client = *hop;
    }
    std::string_view schemes = field(headers, "x-forwarded-proto");
    arrival.is_secure = lower(last_of(schemes)) == "https";
    std::string_view hosts = field(headers, "x-forwarded-host");
    if (!hosts.empty()) arrival.host = lower(last_of(hosts));
    return arrival;
}

bool is_from_this_machine(const http::Request& request) {
    const std::optional<Address> client = address_from(request.client);
    const bool is_forwarded = std::ranges::any_of(std::array{"x-forwarded-for", "forwarded", "via"},
                                                  [&](const char* name) { return request.headers.contains(name); });
    return client && client->is_loopback() && !is_forwarded;
}

}  // namespace resmon::server
