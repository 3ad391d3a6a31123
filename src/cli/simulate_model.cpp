#include "base/error.hpp"
#include "cli/catalogue_in_use.hpp"
#include "cli/computation.hpp"
#include "cli/file_content.hpp"
#include "cli/model_result.hpp"
#include "cli/simulations.hpp"
#include "cli/terminal.hpp"
#include "model_file/course_outputs.hpp"
#include "model_file/drawn_normals.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <fstream>

namespace resmon::cli {

namespace {

std::string shown(double value) { return std::isfinite(value) ? fmt::format("{}", value) : ""; }

std::string courses_csv(const std::vector<model_file::CourseOutputs>& rows, const std::vector<double>& days) {
    std::string text = "course,services_half,services_most,services_all,loss_days,backlog_peak,waiting_case_days";
    for (const double day : days) text += fmt::format(",ability_{}", day);
    text += '\n';
    for (std::size_t course = 0; course < rows.size(); ++course) {
        const model_file::CourseOutputs& row = rows[course];
        text += std::to_string(course);
        for (const double value : {row.services_half, row.services_most, row.services_all, row.loss_days,
                                   row.backlog_peak, row.waiting_case_days})
            text += "," + shown(value);
        for (const double able : row.ability) text += "," + shown(able);
        text += '\n';
    }
    return text;
}

/// Row by row: the normals of a million courses need not fit into memory.
void write_draws(const std::filesystem::path& path, const outage::Case& outage, const outage::Sampling& sampling) {
    const auto columns = model_file::normal_columns(outage);
    std::ofstream file{path, std::ios::binary};
    if (!file) throw InputError{{{{.file = path.string()}, worded("fault.file-writable")}}};
    model_file::write_normals(columns, sampling, file);
    file.close();
    if (!file) throw Unavailable{worded("fault.unavailable.not-whole", {{"file", path.string()}})};
    std::filesystem::path about = path;
    about += ".json";
    write_file(about, model_file::columns_text(columns, sampling));
}

}  // namespace

int simulate_model(const Options& options, const SimulateOptions& wished, const model_file::Model& model) {
    const outage::Sampling sampling = sampling_of(options, model.outage);
    if (sampling.points > 0 && !wished.draws_out.empty())
        throw InputError{program_text("error.draws-of-points", options.language)};
    const auto clock = std::chrono::steady_clock::now();
    const ranks::Ranks ranks;
    const std::optional<outage::Forecast> forecast =
        computed_together(options, model.outage, sampling, ranks, wished.checkpoint);
    if (!ranks.is_first()) return exit_done;
    if (!forecast) {
        fmt::print(stderr, "{}\n", program_text("progress.stopped", options.language));
        return exit_internal;
    }
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - clock).count();
    if (!wished.draws_out.empty()) write_draws(wished.draws_out, model.outage, sampling);
    std::optional<double> courses_seconds;
    if (!wished.courses_out.empty()) {
        const auto begin = std::chrono::steady_clock::now();
        const auto rows = model_file::course_outputs(model.outage, sampling, wished.ability_days, options.threads);
        courses_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
        write_file(wished.courses_out, courses_csv(rows, wished.ability_days));
    }
    switch (options.format) {
        case Format::json:
            write_output(options, model_result_text(model, *forecast,
                                                    {.forecast = {seconds, options.threads, ranks.size()},
                                                     .courses_seconds = courses_seconds}));
            break;
        case Format::csv: write_output(options, model_services_csv(*forecast, options.language)); break;
        case Format::pdf: break;  // refused by the command line
        case Format::table: write_output(options, model_summary(options, model, *forecast)); break;
    }
    return exit_done;
}

}  // namespace resmon::cli
