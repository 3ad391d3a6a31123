// resmon serve: the pages and the API on this machine. The only place that wires the capabilities to the server.
#include "base/error.hpp"
#include "cli/catalogue_in_use.hpp"
#include "cli/commands.hpp"
#include "forecast/forecast_api.hpp"
#include "http/door.hpp"
#include "http/openapi.hpp"
#include "server/health_api.hpp"
#include "server/metrics.hpp"
#include "server/server.hpp"
#include "server/static_pages.hpp"

#include <fmt/format.h>

#include <csignal>
#include <thread>

namespace resmon::cli {

namespace {

/// Blocks the signals that are meant for a server in every thread that is started from here on, so that one place waits
/// for them.
class Signals {
public:
    /// SIGHUP ends a server as every program, unless there is something to reload.
    explicit Signals(bool has_certificate) {
        sigemptyset(&set_);
        sigaddset(&set_, SIGINT);
        sigaddset(&set_, SIGTERM);
        if (has_certificate) sigaddset(&set_, SIGHUP);
        pthread_sigmask(SIG_BLOCK, &set_, nullptr);
    }

    /// The next one.
    [[nodiscard]] int wait() const {
        int received = 0;
        sigwait(&set_, &received);
        return received;
    }

private:
    sigset_t set_{};
};

server::ServerOptions transport_of(const ServeCommand& wished) {
    server::ServerOptions at{.address = wished.address,
                             .port = wished.port,
                             .threads = std::max(2U, std::thread::hardware_concurrency()),
                             .local = wished.local,
                             .hosts = wished.hosts};
    if (!wished.tls_certificate.empty() || !wished.tls_key.empty())
        at.tls = server::CertificateFiles{wished.tls_certificate, wished.tls_key};
    for (const std::string& proxy : wished.proxies) at.proxies.push_back(server::network_from(proxy, "--behind-proxy"));
    server::check(at);
    return at;
}

std::unique_ptr<server::Server> listening(const Options& options, server::ServerOptions at,
                                          const server::Answer& answer) {
    constexpr int tries = 50;
    for (int attempt = 1;; ++attempt) {
        try {
            return std::make_unique<server::Server>(at, answer);
        } catch (const Conflict&) {
            if (attempt == tries) throw;
            fmt::print(stderr, "{}\n",
                       program_text("serve.next-port", options.language,
                                    {{"taken", std::to_string(at.port)}, {"port", std::to_string(at.port + 1)}}));
            ++at.port;
        }
    }
}

/// Where people find the pages: at the name that they know, if one was said.
std::string address_of_pages(const server::ServerOptions& at, std::uint16_t port) {
    const std::string& host = at.hosts.empty() ? at.address : at.hosts.front();
    return fmt::format("{}://{}:{}/", at.tls ? "https" : "http",
                       host.find(':') == std::string::npos ? host : "[" + host + "]", port);
}

}  // namespace

int serve(const Options& options, const ServeCommand& wished) {
    const server::ServerOptions transport = transport_of(wished);
    const Signals signals{transport.tls.has_value()};
    const auto files = catalogue_files_in_use(options);
    const catalogue::Catalogue catalogue = catalogue::catalogue_from(files);
    storage::Database database{options.location()};
    accounts::AuditTrail audit{database, "local", std::chrono::system_clock::now};
    forecast::Runs runs{database, audit, catalogue, files};
    const http::OpenApi api;
    server::Metrics metrics;
    http::Routes routes;
    forecast::add_routes(routes, runs);
    routes.get("/api/v1/openapi.json", Action::read_catalogue, [&api](const http::Request& request) {
        return http::with_etag(http::json_response(api.text()), request.header("if-none-match"));
    });
    server::add_routes(routes, metrics, [&runs] {
        (void)runs.list({.kind = Principal::Kind::local});
        return true;
    });
    const http::Door door{
        routes,
        {.identify = [](http::Request& request) { request.who = {.kind = Principal::Kind::local}; },
         .validate = [&api](const http::Request& request, const http::Route& route) { api.check(request, route); }}};

    const auto answer = [&](http::Request request) {
        const bool is_api = request.path.starts_with("/api/") || server::is_for_operators(request.path);
        std::string route;
        http::Response response = is_api ? door.answer(std::move(request), route) : server::static_page(request);
        metrics.count(is_api ? route : "pages", response.status);
        return response;
    };
    runs.work(options.threads);
    const auto server = listening(options, transport, answer);
    fmt::print("{}\n", program_text("serve.ready", options.language,
                                    {{"address", address_of_pages(transport, server->port())}}));
    if (!options.quiet && server::stays_on_this_machine(transport))
        fmt::print("{}\n", program_text("serve.local", options.language));
    std::fflush(stdout);
    while (signals.wait() == SIGHUP) server->reload_certificate();
    if (!options.quiet) fmt::print("{}\n", program_text("serve.stopping", options.language));
    return exit_done;
}

}  // namespace resmon::cli
