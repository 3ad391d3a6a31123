#include "server/server.hpp"

#include "base/error.hpp"
#include "http/problem.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <restinio/all.hpp>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <set>

namespace resmon::server {

namespace {

using http::Request;
using http::Response;

constexpr std::size_t most_body_bytes = 1 << 20;
constexpr std::size_t most_connections = 200;
constexpr std::size_t stream_threads = 16;

struct Traits : restinio::default_traits_t {
    using request_handler_t = std::function<restinio::request_handling_status_t(restinio::request_handle_t)>;
    static constexpr bool use_connection_count_limiter = true;
};

/// Everything a browser needs to know to keep strangers out; each page is static and from here.
constexpr std::array<std::pair<const char*, const char*>, 8> security_headers{{
    {"Content-Security-Policy",
     "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
     "connect-src 'self'; "
     "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'; worker-src 'self'"},
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
    {"Referrer-Policy", "no-referrer"},
    {"Permissions-Policy", "camera=(), geolocation=(), microphone=()"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"X-Robots-Tag", "noindex"},
}};

std::string lower(std::string_view word) {
    std::string text{word};
    std::ranges::transform(text, text.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    });
    return text;
}

bool is_loopback(const std::string& address) {
    std::error_code error;
    const auto parsed = restinio::asio_ns::ip::make_address(address, error);
    return !error && parsed.is_loopback();
}

}  // namespace

struct Server::Running {
    Running(const ServerOptions& options, Answer answering)
        : answer{std::move(answering)}, workers{options.threads}, streams{stream_threads} {
        restinio::server_settings_t<Traits> settings;
        settings.address(options.address)
            .port(options.port)
            .read_next_http_message_timelimit(std::chrono::seconds{30})
            .write_http_response_timelimit(std::chrono::seconds{60})
            .handle_request_timeout(std::chrono::hours{2})
            .max_pipelined_requests(4)
            .max_parallel_connections(most_connections)
            .incoming_http_msg_limits(restinio::incoming_http_msg_limits_t{}
                                          .max_url_size(4096)
                                          .max_field_name_size(256)
                                          .max_field_value_size(8192)
                                          .max_field_count(64)
                                          .max_body_size(most_body_bytes))
            .acceptor_post_bind_hook([this](auto& acceptor) { port = acceptor.local_endpoint().port(); })
            .request_handler([this](restinio::request_handle_t request) { return take(std::move(request)); });
        try {
            http = restinio::run_async<Traits>(restinio::own_io_context(), std::move(settings), 1);
        } catch (const std::system_error& error) {
            // asio's own category does not map to std::errc.
            if (error.code().value() == EADDRINUSE) throw Conflict{fmt::format("port {} is taken", options.port)};
            throw Unavailable{
                fmt::format("port {} of {} cannot be used: {}", options.port, options.address, error.code().message())};
        }
    }

    ~Running() {
        stopping = true;
        workers.join();
        streams.join();
        http->stop();
        http->wait();
    }

    restinio::request_handling_status_t take(restinio::request_handle_t request) {
        restinio::asio_ns::post(workers, [this, request = std::move(request)] { handle(request); });
        return restinio::request_accepted();
    }

    void handle(const restinio::request_handle_t& raw) {
        Request request;
        request.method = raw->header().method().c_str();
        raw->header().for_each_field(
            [&](const auto& field) { request.headers[lower(field.name())] = std::string{field.value()}; });
        request.language = http::language_from_accept(request.header("accept-language"));
        request.body = raw->body();
        Response response;
        try {
            http::read_target(raw->header().request_target(), request);
            response = is_from_here(request) ? answer(request) : http::problem(request, 403, "wrong-host");
        } catch (const InputError& error) {
            response = http::problem(request, 400, "invalid-input", error.what());
        }
        if (response.stream)
            restinio::asio_ns::post(streams, [this, raw, response = std::move(response)] { stream(raw, response); });
        else
            send(raw, response, request.method == "HEAD");
    }

    /// A page of a stranger must not talk to this server through the browser: neither by another name (DNS rebinding)
    /// nor from another origin.
    [[nodiscard]] bool is_from_here(const Request& request) const {
        const std::string host = request.header("host");
        const std::string at_port = fmt::format(":{}", port);
        const std::set<std::string> names{"127.0.0.1" + at_port, "localhost" + at_port, "[::1]" + at_port};
        if (!names.contains(host)) return false;
        const std::string origin = request.header("origin");
        return origin.empty() || origin == "http://" + host;
    }

    template <class RestinioResponse>
    static void add_headers(RestinioResponse& out, const Response& response) {
        for (const auto& [name, value] : security_headers) out.append_header(name, value);
        if (!response.headers.contains("Cache-Control")) out.append_header("Cache-Control", "no-cache");
        if (!response.type.empty()) out.append_header("Content-Type", response.type);
        for (const auto& [name, value] : response.headers) out.append_header(name, value);
    }

    static restinio::http_status_line_t status_line(int status) {
        return {restinio::http_status_code_t{static_cast<std::uint16_t>(status)}, status < 400 ? "OK" : "Problem"};
    }

    static void send(const restinio::request_handle_t& raw, const Response& response, bool head_only) {
        if (head_only) {
            auto out = raw->create_response<restinio::user_controlled_output_t>(status_line(response.status));
            add_headers(out, response);
            out.set_content_length(response.body.size());
            out.done();
            return;
        }
        auto out = raw->create_response(status_line(response.status));
        add_headers(out, response);
        out.set_body(response.body);
        out.done();
    }

    void stream(const restinio::request_handle_t& raw, const Response& response) {
        auto out = raw->create_response<restinio::chunked_output_t>(status_line(response.status));
        add_headers(out, response);
        const auto gone = std::make_shared<std::atomic<bool>>(false);
        try {
            response.stream([&](std::string_view piece) {
                if (stopping || *gone) return false;
                out.append_chunk(std::string{piece});
                out.flush([gone](const auto& error) { *gone = *gone || error; });
                return true;
            });
        } catch (const std::exception& error) {
            spdlog::error("a stream ended: {}", error.what());
        }
        out.done();
    }

    Answer answer;
    std::uint16_t port = 0;
    std::atomic<bool> stopping = false;
    restinio::asio_ns::thread_pool workers;
    restinio::asio_ns::thread_pool streams;
    decltype(restinio::run_async<Traits>(restinio::own_io_context(), restinio::server_settings_t<Traits>{}, 1)) http;
};

Server::Server(const ServerOptions& options, Answer answer) {
    if (!is_loopback(options.address))
        throw InputError{
            fmt::format("--address: must be this machine itself (127.0.0.1 or ::1) until there are accounts, is {}",
                        options.address)};
    running_ = std::make_unique<Running>(options, std::move(answer));
}

Server::~Server() = default;

std::uint16_t Server::port() const noexcept { return running_->port; }

}  // namespace resmon::server
