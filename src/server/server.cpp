#include "server/server.hpp"

#include "base/error.hpp"

#include <fmt/format.h>

namespace resmon::server {

void check(const ServerOptions& options) {
    std::vector<Fault> faults;
    const auto fault = [&](const char* option, std::string expectation) {
        faults.push_back({{.path = option}, std::move(expectation)});
    };
    const std::optional<Address> address = address_from(options.address);
    const bool stays_here = address && address->is_loopback();
    if (!address)
        fault("--address", fmt::format("must be an address such as 127.0.0.1 or ::, is {}", options.address));
    else if (options.local && !stays_here)
        fault("--address",
              fmt::format("must be this machine itself (127.0.0.1 or ::1) with --local, is {}", options.address));
    else if (!stays_here && !options.tls && options.proxies.empty())
        fault(
            "--address",
            fmt::format("must be this machine itself (127.0.0.1 or ::1) without encryption, is {}. To be reached from "
                        "elsewhere: --tls-cert FILE --tls-key FILE (resmon tls new makes them), or a proxy that "
                        "encrypts: --behind-proxy CIDR --host NAME",
                        options.address));
    if (options.local && !options.proxies.empty())
        fault("--behind-proxy", "must not stand beside --local: a proxy would let others in without signing in");
    if (options.tls && (options.tls->certificate.empty() || options.tls->key.empty()))
        fault(options.tls->key.empty() ? "--tls-key" : "--tls-cert", "is missing: certificate and key belong together");
    if (!options.proxies.empty() && options.hosts.empty())
        fault("--host", "is missing: behind a proxy the name by which people call it must be said");
    if (!faults.empty()) throw InputError{std::move(faults)};
}

bool stays_on_this_machine(const ServerOptions& options) {
    const std::optional<Address> address = address_from(options.address);
    return address && address->is_loopback() && options.proxies.empty();
}

}  // namespace resmon::server
