// resmon serve: the pages and the API on this machine. The only place that wires the capabilities to the server.
#include "base/error.hpp"
#include "cli/catalogue_in_use.hpp"
#include "cli/commands.hpp"
#include "forecast/forecast_api.hpp"
#include "http/door.hpp"
#include "http/openapi.hpp"
#include "server/metrics.hpp"
#include "server/server.hpp"
#include "server/static_pages.hpp"

#include <fmt/format.h>

#include <csignal>
#include <thread>

namespace resmon::cli {

namespace {

/// Blocks the signals that end a server in every thread that is started from here on, so that one place waits for them.
class EndSignals {
public:
    EndSignals() {
        sigemptyset(&set_);
        sigaddset(&set_, SIGINT);
        sigaddset(&set_, SIGTERM);
        pthread_sigmask(SIG_BLOCK, &set_, nullptr);
    }

    void wait() const {
        int received = 0;
        sigwait(&set_, &received);
    }

private:
    sigset_t set_{};
};

std::unique_ptr<server::Server> listening(const Options& options, const ServeCommand& wished,
                                          const server::Answer& answer) {
    constexpr int tries = 50;
    server::ServerOptions at{
        .address = wished.address, .port = wished.port, .threads = std::max(2U, std::thread::hardware_concurrency())};
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

}  // namespace

int serve(const Options& options, const ServeCommand& wished) {
    const EndSignals signals;
    const auto files = catalogue_files_in_use(options);
    const catalogue::Catalogue catalogue = catalogue::catalogue_from(files);
    storage::Database database{options.location()};
    forecast::Runs runs{database, catalogue, files};
    const http::OpenApi api;
    server::Metrics metrics;
    http::Routes routes;
    forecast::add_routes(routes, runs);
    routes.get("/api/v1/openapi.json", Action::read_catalogue, [&api](const http::Request& request) {
        return http::with_etag(http::json_response(api.text()), request.header("if-none-match"));
    });
    routes.get("/healthz", Action::read_health, [](const http::Request&) {
        return http::Response{.type = "text/plain; charset=utf-8", .body = "ok\n"};
    });
    routes.get("/metrics", Action::read_metrics, [&metrics](const http::Request&) {
        return http::Response{.type = "text/plain; version=0.0.4", .body = metrics.text()};
    });
    const http::Door door{
        routes, [&api](const http::Request& request, const http::Route& route) { api.check(request, route); }};

    const auto answer = [&](http::Request request) {
        const bool is_api =
            request.path.starts_with("/api/") || request.path == "/healthz" || request.path == "/metrics";
        std::string route;
        http::Response response = is_api ? door.answer(std::move(request), route) : server::static_page(request);
        metrics.count(is_api ? route : "pages", response.status);
        return response;
    };
    runs.work(options.threads);
    const auto server = listening(options, wished, answer);
    const std::string host =
        wished.address.find(':') == std::string::npos ? wished.address : "[" + wished.address + "]";
    fmt::print("{}\n", program_text("serve.ready", options.language,
                                    {{"address", fmt::format("http://{}:{}/", host, server->port())}}));
    if (!options.quiet) fmt::print("{}\n", program_text("serve.local", options.language));
    std::fflush(stdout);
    signals.wait();
    if (!options.quiet) fmt::print("{}\n", program_text("serve.stopping", options.language));
    return exit_done;
}

}  // namespace resmon::cli
