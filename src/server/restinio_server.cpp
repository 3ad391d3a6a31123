#include "server/server.hpp"

#include "base/error.hpp"
#include "http/problem.hpp"
#include "server/compression.hpp"
#include "server/origin.hpp"
#include "server/security_headers.hpp"

#include <fmt/format.h>
#include <http_parser.h>
#include <spdlog/spdlog.h>

// RESTinio ends a connection without a word when its parser refuses what came. Senders are owed an answer, so the
// parser is called through this function, which turns a refusal into a request that says why (see refuse below).
namespace resmon::server {
std::size_t parsed_or_refused(http_parser* parser, const http_parser_settings* settings, const char* bytes,
                              std::size_t size);
}
#define http_parser_execute ::resmon::server::parsed_or_refused
#include <restinio/all.hpp>
#include <restinio/tls.hpp>
#undef http_parser_execute

#include <sys/random.h>
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <optional>
#include <set>

namespace resmon::server {

namespace {

namespace asio = restinio::asio_ns;

using http::Request;
using http::Response;

constexpr std::size_t most_body_bytes = 1 << 20;
constexpr std::size_t most_connections = 2000;
constexpr std::size_t stream_threads = 16;
constexpr std::chrono::seconds handshake_limit{10};
constexpr std::chrono::seconds request_limit{30};
/// Time for a sender to read why he is refused, before the rest of what he sends is answered by a reset.
constexpr std::chrono::seconds refusal_linger{2};
/// Holds the status of a refusal. No request can bring it: a colon ends a header's name.
constexpr const char* refused_field = ":refused";

template <class Base>
struct Traits : Base {
    using request_handler_t = std::function<restinio::request_handling_status_t(restinio::request_handle_t)>;
    static constexpr bool use_connection_count_limiter = true;
};
using PlainTraits = Traits<restinio::default_traits_t>;
using TlsTraits = Traits<restinio::default_tls_traits_t>;

int status_of_refusal(unsigned parser_error) {
    switch (parser_error) {  // of the parser's http_errno; every other is a malformed request
        case HPE_CB_url: return 414;
        case HPE_CB_header_field:
        case HPE_CB_header_value:
        case HPE_HEADER_OVERFLOW: return 431;
        case HPE_CB_headers_complete:
        case HPE_CB_body: return 413;
        default: return 400;
    }
}

/// An accept that fails for want of descriptors would be RESTinio's last: connections end well before them.
std::size_t connections_allowed() {
    constexpr rlim_t for_files_and_databases = 200;
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return most_connections / 4;
    limit.rlim_cur = std::max(limit.rlim_cur, std::min(limit.rlim_max, most_connections + for_files_and_databases));
    (void)setrlimit(RLIMIT_NOFILE, &limit);
    (void)getrlimit(RLIMIT_NOFILE, &limit);
    const rlim_t spare =
        limit.rlim_cur > 2 * for_files_and_databases ? limit.rlim_cur - for_files_and_databases : limit.rlim_cur / 2;
    return std::min<std::size_t>(most_connections, spare);
}

/// The parser takes `Content-Length : 4` for a length, which a proxy before it may not (RFC 9112, 5.1: refuse).
bool has_proper_names(const restinio::http_request_header_t& header) {
    bool is_proper = true;
    header.for_each_field(
        [&](const auto& field) { is_proper = is_proper && field.name().find_first_of(" \t") == std::string::npos; });
    return is_proper;
}

std::string lower(std::string_view word) {
    std::string text{word};
    std::ranges::transform(text, text.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    });
    return text;
}

std::string random_id() {
    std::uint64_t bits = 0;
    if (getrandom(&bits, sizeof bits, 0) != sizeof bits) throw std::runtime_error{"no randomness"};
    return fmt::format("{:016x}", bits);
}

Address address_of(const asio::ip::address& address) {
    const auto v6 = address.is_v4() ? asio::ip::make_address_v6(asio::ip::v4_mapped, address.to_v4()) : address.to_v6();
    Address plain;
    std::ranges::copy(v6.to_bytes(), plain.bytes.begin());
    return plain;
}

/// A header that comes twice is a list (RFC 9110, 5.3); of one that may come once, such as Host, no list is accepted.
http::Fields fields_of(const restinio::http_request_header_t& header) {
    http::Fields fields;
    header.for_each_field([&](const auto& field) {
        const std::string name = lower(field.name());
        const auto [place, is_first] = fields.try_emplace(name, field.value());
        if (!is_first) place->second += (name == "cookie" ? "; " : ", ") + std::string{field.value()};
    });
    return fields;
}

restinio::http_status_line_t status_line(int status) {
    return {restinio::http_status_code_t{static_cast<std::uint16_t>(status)}, status < 400 ? "OK" : "Problem"};
}

void add_headers(auto& out, const Headers& headers) {
    for (const auto& [name, value] : headers) out.append_header(name, value);
}

/// RESTinio waits for a handshake without end, and whoever only connects would hold a place forever. Found by its
/// argument's namespace, and preferred to RESTinio's own as the more special one.
template <class Start, class Failed>
void prepare_connection_and_start_read(restinio::impl::tls_socket_t& socket,
                                       restinio::impl::connection_t<TlsTraits>& connection, Start start,
                                       Failed failed) {
    const auto limit = std::make_shared<asio::steady_timer>(socket.get_executor(), handshake_limit);
    limit->async_wait([&socket, owner = connection.shared_from_this()](const asio::error_code& cancelled) {
        asio::error_code ignored;
        if (!cancelled) (void)socket.lowest_layer().close(ignored);
    });
    socket.async_handshake(
        asio::ssl::stream_base::server,
        [limit, start, failed, owner = connection.shared_from_this()](const asio::error_code& error) {
            const bool is_in_time = limit->cancel() > 0;
            if (!error && is_in_time)
                start();
            else
                failed(error ? error : asio::error::timed_out);
        });
}

/// Listens as long as it lives.
class Listener {
public:
    Listener() = default;
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;
    virtual ~Listener() = default;
};

/// The status with which a request is refused; none while it is in order, whole or not.
std::optional<int> refusal_of(const http_parser& parser, const restinio::impl::http_parser_ctx_t& context) {
    if (parser.http_errno != HPE_OK && parser.http_errno != HPE_PAUSED) return status_of_refusal(parser.http_errno);
    if (!context.m_message_complete) return std::nullopt;
    if (parser.http_major != 1) return 505;
    if (!has_proper_names(context.m_header)) return 400;
    return std::nullopt;
}

}  // namespace

std::size_t parsed_or_refused(http_parser* parser, const http_parser_settings* settings, const char* bytes,
                              std::size_t size) {
    const std::size_t read = http_parser_execute(parser, settings, bytes, size);
    auto& context = *static_cast<restinio::impl::http_parser_ctx_t*>(parser->data);
    const std::optional<int> status = refusal_of(*parser, context);
    if (!status) return read;
    parser->http_errno = HPE_PAUSED;
    parser->upgrade = 0;
    context.m_header = restinio::http_request_header_t{};
    context.m_header.request_target("/");
    context.m_header.should_keep_alive(false);
    context.m_header.add_field(refused_field, std::to_string(*status));
    context.m_body.clear();
    context.m_message_complete = true;
    return read;
}

struct Server::Running {
    Running(const ServerOptions& options, Answer answering)
        : answer{std::move(answering)}, proxies{options.proxies},
          certificate{options.tls ? std::make_unique<Certificate>(*options.tls) : nullptr}, workers{options.threads},
          streams{stream_threads} {
        for (const std::string& host : options.hosts) names.hosts.push_back(lower(host));
        if (certificate) {
            names.in_certificate = [this](const std::string& host) { return certificate->names(host); };
            if (certificate->has_expired()) spdlog::warn("the certificate has expired: {}", certificate->about());
        }
        try {
            listener = certificate ? listening<TlsTraits>(options) : listening<PlainTraits>(options);
        } catch (const std::system_error& error) {
            // asio's own category does not map to std::errc.
            if (error.code().value() == EADDRINUSE)
                throw Conflict{worded("fault.server.port-taken", {{"port", std::to_string(options.port)}})};
            throw Unavailable{worded("fault.unavailable.port", {{"port", std::to_string(options.port)},
                                                                {"address", options.address},
                                                                {"why", system_reason(error.code().value())}})};
        }
    }

    ~Running() {
        stopping = true;
        workers.join();
        streams.join();
        listener.reset();
    }

    template <class Kind>
    std::unique_ptr<Listener> listening(const ServerOptions& options) {
        restinio::server_settings_t<Kind> settings;
        settings.address(options.address)
            .port(options.port)
            .read_next_http_message_timelimit(request_limit)
            .write_http_response_timelimit(std::chrono::seconds{60})
            .handle_request_timeout(std::chrono::hours{2})
            // The next request is read when this one is answered: what is wrong with it then ends only itself.
            .max_pipelined_requests(1)
            .max_parallel_connections(connections_allowed())
            .incoming_http_msg_limits(restinio::incoming_http_msg_limits_t{}
                                          .max_url_size(4096)
                                          .max_field_name_size(256)
                                          .max_field_value_size(8192)
                                          .max_field_count(64)
                                          .max_body_size(most_body_bytes))
            .acceptor_post_bind_hook([this](auto& acceptor) { names.port = acceptor.local_endpoint().port(); })
            .request_handler([this](restinio::request_handle_t request) { return take(std::move(request)); });
        if constexpr (std::is_same_v<Kind, TlsTraits>)
            settings.tls_context(std::make_shared<asio::ssl::context>(certificate->new_context()));

        struct Of final : Listener {
            explicit Of(restinio::server_settings_t<Kind> wished)
                : http{restinio::run_async<Kind>(restinio::own_io_context(), std::move(wished), 1)} {}
            ~Of() override {
                http->stop();
                http->wait();
            }
            restinio::running_server_handle_t<Kind> http;
        };
        return std::make_unique<Of>(std::move(settings));
    }

    restinio::request_handling_status_t take(restinio::request_handle_t request) {
        if (const auto status = request->header().opt_value_of(refused_field))
            refuse(request, std::stoi(std::string{*status}));
        else
            asio::post(workers, [this, request = std::move(request)] { handle(request); });
        return restinio::request_accepted();
    }

    /// Answers before anything else is read, and closes a moment later.
    void refuse(const restinio::request_handle_t& raw, int status) {
        const char* type = status == 413   ? "too-large"
                           : status == 414 ? "address-too-long"
                           : status == 431 ? "headers-too-large"
                                           : "malformed-request";
        const Response response = http::problem({.path = "/"}, status, type);
        auto out = raw->create_response<restinio::user_controlled_output_t>(status_line(status));
        add_headers(out, headers_of(response, random_id(), false));
        out.connection_close().set_content_length(response.body.size());
        out.append_body(response.body);
        out.flush();
        const auto linger = std::make_shared<asio::steady_timer>(workers.get_executor(), refusal_linger);
        // std::function-like handlers of asio may be moved only, as the answer is.
        linger->async_wait([linger, out = std::move(out)](const asio::error_code&) mutable { out.done(); });
    }

    void handle(const restinio::request_handle_t& raw) {
        Request request;
        request.method = raw->header().method().c_str();
        request.headers = fields_of(raw->header());
        request.language = http::language_from_accept(request.header("accept-language"));
        request.body = raw->body();
        const Arrival arrival =
            arrival_of({.peer = address_of(raw->remote_endpoint().address()), .is_tls = certificate != nullptr},
                       request.headers, proxies);
        request.client = to_string(arrival.client);
        request.secure = arrival.is_secure;
        request.id = random_id();
        const Sent sent{.id = request.id, .is_secure = request.secure, .is_head = request.method == "HEAD"};
        const Response response = answer_to(std::move(request), raw->header().request_target(), arrival);
        if (response.stream)
            asio::post(streams, [this, raw, response, sent] { stream(raw, response, sent); });
        else
            send(raw, response, sent);
    }

    Response answer_to(Request request, std::string_view target, const Arrival& arrival) {
        try {
            http::read_target(target, request);
            const std::string refusal = refusal_of(request, arrival, names);
            if (!refusal.empty()) return http::problem(request, 403, refusal);
            return compressed(answer(request), request);
        } catch (const InputError& error) {
            return http::problem(request, 400, "invalid-input", error.in(request.language));
        } catch (const std::exception& bug) {
            spdlog::critical("{} {}: {}", request.id, request.method, bug.what());
            return http::problem(request, 500, "internal");
        }
    }

    struct Sent {
        std::string id;
        bool is_secure = false;
        bool is_head = false;
    };

    static void send(const restinio::request_handle_t& raw, const Response& response, const Sent& sent) {
        const Headers headers = headers_of(response, sent.id, sent.is_secure);
        if (sent.is_head) {
            auto out = raw->create_response<restinio::user_controlled_output_t>(status_line(response.status));
            add_headers(out, headers);
            out.set_content_length(response.body.size());
            out.done();
            return;
        }
        auto out = raw->create_response(status_line(response.status));
        add_headers(out, headers);
        out.set_body(response.body);
        out.done();
    }

    void stream(const restinio::request_handle_t& raw, const Response& response, const Sent& sent) {
        auto out = raw->create_response<restinio::chunked_output_t>(status_line(response.status));
        add_headers(out, headers_of(response, sent.id, sent.is_secure));
        const auto gone = std::make_shared<std::atomic<bool>>(false);
        try {
            response.stream([&](std::string_view piece) {
                if (stopping || *gone) return false;
                out.append_chunk(std::string{piece});
                out.flush([gone](const auto& error) { *gone = *gone || error; });
                return true;
            });
        } catch (const std::exception& error) {
            spdlog::error("{} a stream ended: {}", sent.id, error.what());
        }
        out.done();
    }

    Answer answer;
    std::vector<Network> proxies;
    OwnNames names;
    std::unique_ptr<Certificate> certificate;
    std::atomic<bool> stopping = false;
    asio::thread_pool workers;
    asio::thread_pool streams;
    std::unique_ptr<Listener> listener;
};

Server::Server(const ServerOptions& options, Answer answer) {
    check(options);
    running_ = std::make_unique<Running>(options, std::move(answer));
}

Server::~Server() = default;

std::uint16_t Server::port() const noexcept { return running_->names.port; }

void Server::reload_certificate() {
    if (!running_->certificate) return;
    try {
        running_->certificate->reload();
        spdlog::info("new connections see the certificate {}", running_->certificate->about());
    } catch (const InputError& error) {
        spdlog::error("the certificate stays the one before: {}", error.what());
    }
}

}  // namespace resmon::server
