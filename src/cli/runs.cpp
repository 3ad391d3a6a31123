// resmon runs: stored runs are listed, opened again and deleted.
#include "base/error.hpp"
#include "cli/catalogue_in_use.hpp"
#include "cli/installation.hpp"
#include "cli/commands.hpp"
#include "cli/terminal.hpp"
#include "forecast/forecast.hpp"

#include <fmt/format.h>

namespace resmon::cli {

namespace {

const Principal this_person{.kind = Principal::Kind::local};

std::string subject(const forecast::Run& run) {
    return run.request.incident ? run.request.incident->value
                                : run.request.scenario.value + " / " + run.request.region.value;
}

}  // namespace

int list_runs(const Options& options) {
    const auto files = catalogue_files_in_use(options);
    const catalogue::Catalogue catalogue = catalogue::catalogue_from(files);
    storage::Database database{options.location()};
    accounts::AuditTrail audit{database, server_name(options.data_directory), std::chrono::system_clock::now};
    forecast::Runs runs{database, audit, catalogue, files};
    const auto text = [&](const char* key) { return program_text(key, options.language); };
    std::vector<std::vector<std::string>> rows;
    for (const forecast::RunStatus& status : runs.list(this_person))
        rows.push_back(
            {status.run.id.value, status.run.created_at, subject(status.run),
             std::to_string(status.run.sampling.replications), std::to_string(status.run.sampling.seed),
             std::string{to_string(status.run.state)} + (status.is_current ? "" : " (" + text("runs.older") + ")")});
    if (rows.empty()) {
        write_output(options, text("runs.none") + "\n");
        return exit_done;
    }
    write_output(options, text_table({{text("runs.id"), Align::left},
                                      {text("runs.created"), Align::left},
                                      {text("runs.what"), Align::left},
                                      {text("runs.courses"), Align::right},
                                      {text("runs.seed"), Align::right},
                                      {text("runs.state"), Align::left}},
                                     rows));
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
    write_output(options, runs.part(this_person, {id}, "summary") + "\n");
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
