// Serves answers over HTTP on this machine: threads, limits, headers. Knows no capability.
#pragma once

#include "http/request.hpp"
#include "http/response.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace resmon::server {

struct ServerOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;  ///< 0 = any free one
    unsigned threads = 4;    ///< that compute answers; input and output have one of their own
};

/// From any thread.
using Answer = std::function<http::Response(http::Request)>;

class Server {
public:
    /// Listens when it returns. Throws Conflict if the port is taken, InputError for an address off this machine.
    Server(const ServerOptions& options, Answer answer);
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;
    /// Takes no more requests, finishes those that it has, ends streams.
    ~Server();

    [[nodiscard]] std::uint16_t port() const noexcept;

private:
    struct Running;
    std::unique_ptr<Running> running_;
};

}  // namespace resmon::server
