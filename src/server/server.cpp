#include "server/server.hpp"

#include "base/error.hpp"

namespace resmon::server {

void check(const ServerOptions& options) {
    std::vector<Fault> faults;
    const auto fault = [&](const char* option, Wording expectation) {
        faults.push_back({{.path = option}, std::move(expectation)});
    };
    const std::optional<Address> address = address_from(options.address);
    const bool stays_here = address && address->is_loopback();
    if (!address)
        fault("--address", worded("fault.server.address", {{"found", options.address}}));
    else if (options.local && !stays_here)
        fault("--address", worded("fault.server.local", {{"found", options.address}}));
    else if (!stays_here && !options.tls && options.proxies.empty())
        fault("--address", worded("fault.server.plain", {{"found", options.address}}));
    if (options.local && !options.proxies.empty()) fault("--behind-proxy", worded("fault.server.proxy-local"));
    if (options.tls && (options.tls->certificate.empty() || options.tls->key.empty()))
        fault(options.tls->key.empty() ? "--tls-key" : "--tls-cert", worded("fault.server.pair"));
    if (!options.proxies.empty() && options.hosts.empty()) fault("--host", worded("fault.server.host"));
    if (!faults.empty()) throw InputError{std::move(faults)};
}

bool stays_on_this_machine(const ServerOptions& options) {
    const std::optional<Address> address = address_from(options.address);
    return address && address->is_loopback() && options.proxies.empty();
}

}  // namespace resmon::server
