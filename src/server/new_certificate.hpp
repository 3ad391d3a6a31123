// Certificates for a network that no public authority reaches: an authority of one's own, and a server's by it.
#pragma once

#include <chrono>
#include <span>
#include <string>

namespace resmon::server {

/// Both in PEM.
struct NewCertificate {
    std::string certificate;
    std::string key;
};

using Time = std::chrono::system_clock::time_point;

/// P-256, valid for ten years, may sign servers and no further authorities. `name` is what a workstation's list shows.
[[nodiscard]] NewCertificate new_authority(const std::string& name, Time now);

/// P-256, valid for 825 days (more is refused by Apple's systems), names and addresses of `hosts`. Throws InputError
/// for what is neither, for no host, and for an authority whose key does not fit.
[[nodiscard]] NewCertificate new_server_certificate(const NewCertificate& authority, std::span<const std::string> hosts,
                                                    Time now);

/// SHA-256 of a certificate as people compare it: `3A:0F:…`
[[nodiscard]] std::string fingerprint_of(const std::string& certificate);

}  // namespace resmon::server
