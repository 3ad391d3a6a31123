#include "cli/computation.hpp"

#include "cli/catalogue_in_use.hpp"
#include "cli/installation.hpp"
#include "cli/summary.hpp"
#include "cli/terminal.hpp"
#include "forecast/forecast.hpp"
#include "forecast/forecast_csv.hpp"
#include "forecast/result_parts_json.hpp"

#include <fmt/format.h>

#include <chrono>
#include <csignal>

namespace resmon::cli {

namespace {

/// Set by Ctrl-C while a forecast is computed; a signal handler can reach nothing else.
volatile std::sig_atomic_t interrupted = 0;

}  // namespace

Interruptible::Interruptible() : before_{nullptr} {
    interrupted = 0;
    before_ = std::signal(SIGINT, [](int) { interrupted = 1; });
}

Interruptible::~Interruptible() { (void)std::signal(SIGINT, before_); }

bool Interruptible::is_interrupted() const { return interrupted != 0; }

std::optional<outage::Forecast> computed(const Options& options, const outage::Case& outage) {
    const Interruptible interruptible;
    std::stop_source stop;
    ProgressBar bar{
        options, options.replications,
        program_text("progress.computing", options.language, {{"courses", static_cast<double>(options.replications)}})};
    return outage::forecast(outage, {options.seed, options.replications},
                            {.threads = options.threads, .stop = stop.get_token(), .progress = [&](std::uint32_t done) {
                                 bar.show(done);
                                 if (interruptible.is_interrupted()) stop.request_stop();
                             }});
}

int compute_and_show(const Options& options, const forecast::CaseRequest& wished) {
    const auto files = catalogue_files_in_use(options);
    const catalogue::Catalogue catalogue = catalogue::catalogue_from(files);
    const forecast::CaseRequest request = forecast::completed(catalogue, wished);
    storage::Database database{options.location()};
    accounts::AuditTrail audit{database, server_name(options.data_directory), std::chrono::system_clock::now};
    forecast::Runs runs{database, audit, catalogue, files};

    const auto started = std::chrono::system_clock::now();
    const auto clock = std::chrono::steady_clock::now();
    const std::optional<outage::Forecast> forecast = computed(options, forecast::case_of(catalogue, request));
    if (!forecast) {
        fmt::print(stderr, "{}\n", program_text("progress.stopped", options.language));
        return exit_internal;
    }
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - clock).count();
    const auto [run, result] = runs.keep(request, *forecast, started, seconds, options.threads);

    switch (options.format) {
        case Format::json:
            // What scripts measure stands on top for them; the kept result has it in `about` alone.
            write_output(options, fmt::format("{},\"seconds\":{},\"peak_bytes\":{}}}\n",
                                              result.substr(0, result.size() - 1), seconds, forecast::peak_bytes()));
            break;
        case Format::csv:
            write_output(options,
                         forecast::table_csv(request.incident ? "milestones" : "services", result, options.language));
            break;
        case Format::pdf: break;  // refused by the command line
        case Format::table:
            write_output(options, summary(options, catalogue, request, *forecast) +
                                      program_text("runs.stored", options.language, {{"run", run.value}}) + "\n");
            break;
    }
    return exit_done;
}

}  // namespace resmon::cli
