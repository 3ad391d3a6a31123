// Serves answers over HTTP: threads, limits, encryption, headers. Knows no capability.
#pragma once

#include "http/request.hpp"
#include "http/response.hpp"
#include "server/proxy.hpp"
#include "server/tls.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace resmon::server {

struct ServerOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;  ///< 0 = any free one
    unsigned threads = 4;    ///< that compute answers; input and output have one of their own
    bool local = false;      ///< this machine only, whatever else is wished
    std::optional<CertificateFiles> tls;
    std::vector<Network> proxies;    ///< whose forwarded headers are believed
    std::vector<std::string> hosts;  ///< names by which people call it
};

/// Plain HTTP never leaves this machine, but for the way to a proxy. Throws InputError, each fault with its remedy.
/// Pure.
void check(const ServerOptions& options);

/// Neither other machines nor a proxy reach it.
[[nodiscard]] bool stays_on_this_machine(const ServerOptions& options);

/// From any thread.
using Answer = std::function<http::Response(http::Request)>;

class Server {
public:
    /// Listens when it returns. Throws what `check` throws, Conflict if the port is taken.
    Server(const ServerOptions& options, Answer answer);
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;
    /// Takes no more requests, finishes those that it has, ends streams.
    ~Server();

    [[nodiscard]] std::uint16_t port() const noexcept;

    /// New connections see the certificate that lies in the files now; if it is broken, the one they saw before. The
    /// log says which. Nothing without TLS.
    void reload_certificate();

private:
    struct Running;
    std::unique_ptr<Running> running_;
};

}  // namespace resmon::server
