// resmon runs: stored runs are listed, opened again and deleted.
#include "base/error.hpp"
#include "cli/catalogue_in_use.hpp"
#include "cli/commands.hpp"
#include "cli/installation.hpp"
#include "cli/terminal.hpp"
#include "forecast/forecast.hpp"
#include "forecast/forecast_csv.hpp"
#include "forecast/forecast_json.hpp"
#include "nationwide/outlook_csv.hpp"
#include "nationwide/outlook_json.hpp"

#include <fmt/format.h>

namespace resmon::cli {

namespace {

const Principal this_person{.kind = Principal::Kind::local};

std::string subject(const forecast::Run& run, Language language) {
    if (run.request.incident) return run.request.incident->value;
    const std::string& own = run.scenario_name.in(language);
    return (own.empty() ? run.request.scenario.value : own) + " / " + place_of(run.request);
}

std::string run_table(const Options& options, const std::vector<forecast::RunStatus>& stored) {
    const auto text = [&](const char* key) { return program_text(key, options.language); };
    std::vector<std::vector<std::string>> rows;
    for (const forecast::RunStatus& status : stored)
        rows.push_back(
            {status.run.id.value, status.run.created_at, subject(status.run, options.language),
             std::to_string(status.run.sampling.replications), std::to_string(status.run.sampling.seed),
             std::string{to_string(status.run.state)} + (status.is_current ? "" : " (" + text("runs.older") + ")")});
    return text_table({{text("runs.id"), Align::left},
                       {text("runs.created"), Align::left},
                       {text("runs.what"), Align::left},
                       {text("runs.courses"), Align::right},
                       {text("runs.seed"), Align::right},
                       {text("runs.state"), Align::left}},
                      rows);
}

}  // namespace

int list_runs(const Options& options) {
    const auto files = catalogue_files_in_use(options);
    const catalogue::Catalogue catalogue = catalogue::catalogue_from(files);
    storage::Database database{options.location()};
    accounts::AuditTrail audit{database, server_name(options.data_directory), std::chrono::system_clock::now};
    forecast::Runs runs{database, audit, catalogue, files};
    const std::vector<forecast::RunStatus> stored = runs.list(this_person);
    switch (options.format) {
        case Format::json: write_output(options, forecast::runs_text(stored) + "\n"); break;
        case Format::csv:
            write_output(options, forecast::table_csv("runs", forecast::runs_text(stored), options.language));
            break;
        case Format::pdf: break;  // refused by the command line
        case Format::table:
            write_output(options, stored.empty() ? program_text("runs.none", options.language) + "\n"
                                                 : run_table(options, stored));
            break;
    }
    return exit_done;
}

int show_run(const Options& options, const std::string& id) {
    const auto files = catalogue_files_in_use(options);
    const catalogue::Catalogue catalogue = catalogue::catalogue_from(files);
    storage::Database database{options.location()};
    accounts::AuditTrail audit{database, server_name(options.data_directory), std::chrono::system_clock::now};
    forecast::Runs runs{database, audit, catalogue, files};
    const forecast::RunStatus status = runs.status(this_person, {id});
    if (!status.is_current)
        fmt::print(stderr, "{}\n",
                   program_text("runs.older-version", options.language,
                                {{"model", status.run.model_version}, {"catalogue", status.run.catalogue_version}}));
    if (is_germany(status.run.request)) {
        const std::string summary = runs.part(this_person, {id}, nationwide::summary_part);
        write_output(options, options.format == Format::csv
                                  ? nationwide::table_csv(
                                        "bodies", {summary, runs.part(this_person, {id}, nationwide::bodies_part)},
                                        options.language)
                                  : summary + "\n");
        return exit_done;
    }
    const std::string result = runs.part(this_person, {id}, "summary");
    if (options.format == Format::csv)
        write_output(options, forecast::table_csv(status.run.request.incident ? "milestones" : "services", result,
                                                  options.language));
    else
        write_output(options, result + "\n");
    return exit_done;
}

int delete_run(const Options& options, const std::string& id) {
    const auto files = catalogue_files_in_use(options);
    const catalogue::Catalogue catalogue = catalogue::catalogue_from(files);
    storage::Database database{options.location()};
    accounts::AuditTrail audit{database, server_name(options.data_directory), std::chrono::system_clock::now};
    forecast::Runs runs{database, audit, catalogue, files};
    runs.end(this_person, {id});
    if (!options.quiet) write_output(options, program_text("runs.deleted", options.language, {{"run", id}}) + "\n");
    return exit_done;
}

}  // namespace resmon::cli
