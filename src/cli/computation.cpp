#include "cli/computation.hpp"

#include "base/error.hpp"
#include "cli/installation.hpp"
#include "cli/summary.hpp"
#include "cli/terminal.hpp"
#include "forecast/forecast.hpp"
#include "forecast/forecast_csv.hpp"
#include "forecast/result_parts_json.hpp"
#include "model_file/model_file.hpp"
#include "ranks/together.hpp"
#include "secrets/digest.hpp"

#include <fmt/format.h>

#include <chrono>
#include <csignal>

namespace resmon::cli {

namespace {

/// Set by Ctrl-C while a forecast is computed; a signal handler can reach nothing else.
volatile std::sig_atomic_t interrupted = 0;

/// Calls `compute` with threads, a progress bar and an ear for Ctrl-C.
template <class Compute>
std::optional<outage::Forecast> with_progress(const Options& options, std::uint32_t courses, Compute compute) {
    const Interruptible interruptible;
    std::stop_source stop;
    ProgressBar bar{options, courses,
                    program_text("progress.computing", options.language, {{"courses", static_cast<double>(courses)}})};
    return compute({.threads = options.threads, .stop = stop.get_token(), .progress = [&](std::uint32_t done) {
                        bar.show(done);
                        if (interruptible.is_interrupted()) stop.request_stop();
                    }});
}

}  // namespace

Interruptible::Interruptible() : before_{nullptr} {
    interrupted = 0;
    before_ = std::signal(SIGINT, [](int) { interrupted = 1; });
}

Interruptible::~Interruptible() { (void)std::signal(SIGINT, before_); }

bool Interruptible::is_interrupted() const { return interrupted != 0; }

outage::Sampling sampling_of(const Options& options) {
    outage::Sampling sampling{.seed = options.seed, .replications = options.replications};
    if (options.randomisations > 0) {
        const auto wished = outage::in_randomisations(sampling, options.randomisations);
        if (!wished)
            throw InputError{program_text("error.randomisations", options.language,
                                          {{"courses", std::to_string(options.replications)},
                                           {"randomisations", std::to_string(options.randomisations)}})};
        sampling = *wished;
    }
    return sampling;
}

outage::Sampling sampling_of(const Options& options, const outage::Case& outage) {
    const outage::Sampling sampling = sampling_of(options);
    if (options.error == 0) return sampling;
    constexpr std::uint32_t most = 1'000'000;
    return *outage::enough(outage, sampling, {options.error / 100, most}, {.threads = options.threads});
}

std::optional<outage::Forecast> computed(const Options& options, const outage::Case& outage) {
    const outage::Sampling sampling = sampling_of(options, outage);
    return with_progress(options, sampling.replications,
                         [&](const outage::Work& work) { return outage::forecast(outage, sampling, work); });
}

std::optional<outage::Forecast> computed_together(const Options& options, const outage::Case& outage,
                                                  const outage::Sampling& sampling, const ranks::Ranks& ranks,
                                                  const std::filesystem::path& checkpoint) {
    ranks::Checkpoint kept{.folder = checkpoint};
    if (!checkpoint.empty())
        kept.what = digest_of(fmt::format("{} {} {} {}\n{}", outage::model_version, sampling.seed,
                                          sampling.replications, sampling.points, model_file::yaml_of({"", outage})));
    return with_progress(options, sampling.replications, [&](const outage::Work& work) {
        return ranks::forecast(ranks, outage, sampling, work, kept);
    });
}

int compute_and_show(const Options& options, const forecast::CaseRequest& wished,
                     const std::filesystem::path& checkpoint, const WishedScenario& scenario) {
    const ranks::Ranks ranks;
    const auto files = catalogue_files_in_use(options);
    const catalogue::Catalogue catalogue = catalogue_of(files, scenario);
    const forecast::CaseRequest request = forecast::completed(catalogue, wished);
    const outage::Case outage = forecast::case_of(catalogue, request);
    const outage::Sampling sampling = sampling_of(options, outage);
    if (!ranks.is_first()) {
        (void)computed_together(options, outage, sampling, ranks, checkpoint);
        return exit_done;
    }
    storage::Database database{options.location()};
    accounts::AuditTrail audit{database, server_name(options.data_directory), std::chrono::system_clock::now};
    forecast::Runs runs{database, audit, catalogue, files};

    const auto started = std::chrono::system_clock::now();
    const auto clock = std::chrono::steady_clock::now();
    const std::optional<outage::Forecast> forecast = computed_together(options, outage, sampling, ranks, checkpoint);
    if (!forecast) {
        fmt::print(stderr, "{}\n", program_text("progress.stopped", options.language));
        return exit_internal;
    }
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - clock).count();
    const auto [run, result] =
        runs.keep(request, *forecast, started, {seconds, options.threads, ranks.size()}, scenario.text);

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
