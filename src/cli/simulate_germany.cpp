#include "base/instant.hpp"
#include "cli/catalogue_in_use.hpp"
#include "cli/germany_together.hpp"
#include "cli/installation.hpp"
#include "cli/simulations.hpp"
#include "cli/summary.hpp"
#include "cli/terminal.hpp"
#include "forecast/forecast.hpp"
#include "nationwide/nationwide.hpp"
#include "nationwide/outlook_csv.hpp"
#include "nationwide/outlook_json.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cmath>

namespace resmon::cli {

namespace {

std::string days(double value, const Options& options) {
    return std::isfinite(value) ? number_text(value, 1, options.language)
                                : program_text("summary.never", options.language);
}

std::string summary_of(const Options& options, const catalogue::Catalogue& catalogue,
                       const forecast::CaseRequest& request, const nationwide::Outlook& outlook) {
    const auto text = [&](const char* key) { return program_text(key, options.language); };
    const outage::Quantiles& loss = outlook.totals.loss_days.quantiles;
    std::string said =
        emphasised(program_text("summary.scenario", options.language,
                                {{"scenario", catalogue.scenario(request.scenario).name.in(options.language)},
                                 {"region", place_name(catalogue, request).in(options.language)}}),
                   options) +
        "\n";
    said += program_text("germany.summary", options.language,
                         {{"bodies", static_cast<double>(outlook.bodies.size())},
                          {"providers", static_cast<double>(outlook.providers.size())},
                          {"middle", days(loss.p50, options)},
                          {"low", days(loss.p10, options)},
                          {"high", days(loss.p90, options)}}) +
            "\n\n";
    std::vector<std::vector<std::string>> rows;
    for (const nationwide::ProviderOutlook& provider : outlook.providers) {
        const outage::Quantiles& lost = provider.loss_days.quantiles;
        rows.push_back({provider.name.in(options.language), text(provider.is_assumed ? "germany.yes" : "germany.no"),
                        std::to_string(provider.bodies), days(lost.p10, options), days(lost.p50, options),
                        days(lost.p90, options)});
    }
    said += text_table({{text("germany.provider"), Align::left},
                        {text("germany.assumed"), Align::left},
                        {text("germany.bodies"), Align::right},
                        {"10 %", Align::right},
                        {"50 %", Align::right},
                        {"90 %", Align::right}},
                       rows);
    return said + "\n" +
           program_text("summary.about", options.language,
                        {{"courses", static_cast<double>(outlook.sampling.replications)},
                         {"seed", std::to_string(outlook.sampling.seed)},
                         {"model", std::string{outage::model_version}},
                         {"catalogue", catalogue.version},
                         {"source", catalogue.bodies.source()}}) +
           "\n" + exactness_line(options, outlook.totals.loss_days);
}

}  // namespace

int simulate_germany(const Options& options, const forecast::CaseRequest& wished,
                     const std::filesystem::path& checkpoint, const WishedScenario& scenario) {
    const ranks::Ranks ranks;
    const auto files = catalogue_files_in_use(options);
    const catalogue::Catalogue catalogue = catalogue_of(files, scenario);
    const forecast::CaseRequest request = forecast::completed(catalogue, wished);
    const GermanyTogether together{options, catalogue, request, ranks, checkpoint};
    if (!ranks.is_first()) {
        (void)outlook_of(together);
        return exit_done;
    }
    storage::Database database{options.location()};
    accounts::AuditTrail audit{database, server_name(options.data_directory), std::chrono::system_clock::now};
    forecast::Runs runs{database, audit, catalogue, files};
    const auto started = std::chrono::system_clock::now();
    const auto clock = std::chrono::steady_clock::now();
    const std::optional<nationwide::Outlook> outlook = outlook_of(together);
    if (!outlook) {
        fmt::print(stderr, "{}\n", program_text("progress.stopped", options.language));
        return exit_internal;
    }
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - clock).count();
    forecast::About about{.run = {}, .started = utc_text(started), .effort = {seconds, options.threads, ranks.size()}};
    forecast::ResultParts parts;
    about.run = runs.keep(
        request, outlook->sampling, started,
        [&](const forecast::Run& run) {
            forecast::About of_run = about;
            of_run.run = run.id;
            return parts = nationwide::parts_of(catalogue, request, *outlook, of_run);
        },
        scenario.text);
    switch (options.format) {
        case Format::json:
            write_output(options, nationwide::outlook_json(catalogue, request, *outlook, about) + "\n");
            break;
        case Format::csv:
            write_output(options, nationwide::table_csv(
                                      "bodies", {parts.at(nationwide::summary_part), parts.at(nationwide::bodies_part)},
                                      options.language));
            break;
        case Format::pdf: break;  // refused by the command line
        case Format::table:
            write_output(options, summary_of(options, catalogue, request, *outlook) +
                                      program_text("runs.stored", options.language, {{"run", about.run.value}}) + "\n");
            break;
    }
    return exit_done;
}

}  // namespace resmon::cli
