// Any bytes as a network and as what a proxy forwards: read or refused; nobody becomes a proxy by his own word.
#include "base/error.hpp"
#include "server/proxy.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace resmon::server;
    static const std::vector<Network> proxies{network_from("10.0.0.0/8", ""), network_from("fd00::/8", "")};
    static const Address proxy = address_from("10.0.0.1").value();
    static const Address stranger = address_from("192.0.2.7").value();

    // The first line is a network, the second the chain, the third the scheme, the rest the host.
    std::string_view rest{reinterpret_cast<const char*>(bytes), size};
    const auto line = [&rest] {
        const std::string_view first = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(rest.size(), first.size() + 1));
        return std::string{first};
    };
    try {
        const Network network = network_from(line(), "--behind-proxy");
        if (!network.contains(network.first)) std::abort();
        if (address_from(to_string(network.first)) != network.first) std::abort();
    } catch (const resmon::InputError&) {
    }
    const std::string chain = line();
    const std::string scheme = line();
    const resmon::http::Fields headers{
        {"x-forwarded-for", chain}, {"x-forwarded-proto", scheme}, {"x-forwarded-host", std::string{rest}}};
    (void)arrival_of({.peer = proxy}, headers, proxies);
    const Arrival unbelieved = arrival_of({.peer = stranger}, headers, proxies);
    if (unbelieved.client != stranger || unbelieved.is_secure || unbelieved.is_forwarded) std::abort();
    return 0;
}
