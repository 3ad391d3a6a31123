// resmon serve: the pages and the API on this machine. The only place that wires the capabilities to the server.
#include "base/error.hpp"
#include "cli/catalogue_in_use.hpp"
#include "cli/commands.hpp"
#include "cli/installation.hpp"
#include "cli/site.hpp"
#include "nationwide/germany_runs.hpp"
#include "server/server.hpp"
#include "server/tls.hpp"
#include "storage/key_rotation.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <spdlog/spdlog.h>

#include <algorithm>
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

/// Who answers mostly waits for the disk: those who wait at the same moment share one sync (storage/database.cpp), so
/// there are more than cores. Measured in bench/README.md.
unsigned answering_threads() {
    constexpr unsigned per_core = 16;
    constexpr unsigned most = 64;
    return std::min(most, per_core * std::max(1U, std::thread::hardware_concurrency()));
}

server::ServerOptions transport_of(const ServeCommand& wished) {
    server::ServerOptions at{.address = wished.address,
                             .port = wished.port,
                             .threads = answering_threads(),
                             .local = wished.local,
                             .hosts = wished.hosts};
    if (!wished.tls_certificate.empty() || !wished.tls_key.empty())
        at.tls = server::CertificateFiles{wished.tls_certificate, wished.tls_key};
    for (const std::string& proxy : wished.proxies) at.proxies.push_back(server::network_from(proxy, "--behind-proxy"));
    server::check(at);
    // Read here too, before anything is opened: what is refused leaves nothing behind.
    if (at.tls) const server::Certificate readable{*at.tls};
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

/// Everything else works; whoever puts another key file in place of today's would lose what was encrypted meanwhile.
void tell_missing_keys(const Options& options, Installation& installation) {
    const auto file = storage::key_place(options.data_directory, options.key_file).file;
    std::vector<std::string> missing;
    installation.database.read(
        [&](soci::session& sql) { missing = storage::missing_keys(sql, storage::read_sealing_keys(file)); });
    if (!missing.empty())
        spdlog::warn(program_text("doctor.key-missing", options.language,
                                  {{"keys", fmt::format("{}", fmt::join(missing, ", "))}, {"path", file.string()}}));
}

}  // namespace

int serve(const Options& options, const ServeCommand& wished) {
    const server::ServerOptions transport = transport_of(wished);
    const Signals signals{transport.tls.has_value()};
    const auto files = catalogue_files_in_use(options);
    const catalogue::Catalogue catalogue = catalogue::catalogue_from(files);
    Installation installation{options, catalogue.bodies};
    tell_missing_keys(options, installation);
    forecast::Runs runs{installation.database, installation.audit, catalogue, files};
    survey::Survey survey{installation.database,          installation.audit, installation.sealing, catalogue, files,
                          &std::chrono::system_clock::now};
    Site site{options, installation, runs, survey, wished.local ? Audience::this_machine : Audience::people};
    runs.work(options.threads);
    runs.work(nationwide::trade_of_germany(options.threads));
    const auto server =
        listening(options, transport, [&site](http::Request request) { return site.answer(std::move(request)); });
    const std::string address = address_of_pages(transport, server->port());
    fmt::print("{}\n", program_text("serve.ready", options.language, {{"address", address}}));
    if (wished.local) {
        if (!options.quiet) fmt::print("{}\n", program_text("serve.local", options.language));
    } else if (installation.accounts.is_set_up_needed()) {
        const std::string link =
            fmt::format("{}link#{}", address, installation.sign_on.set_up_link().secret.revealed());
        fmt::print("{}\n", program_text("serve.set-up", options.language, {{"link", link}}));
    }
    std::fflush(stdout);
    while (signals.wait() == SIGHUP) server->reload_certificate();
    if (!options.quiet) fmt::print("{}\n", program_text("serve.stopping", options.language));
    return exit_done;
}

}  // namespace resmon::cli
