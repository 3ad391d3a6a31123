// What was computed from a model file, in words, as JSON and as CSV: no catalogue knows its things.
#pragma once

#include "cli/options.hpp"
#include "engine/forecast.hpp"
#include "forecast/run.hpp"
#include "model_file/model_file.hpp"

#include <optional>
#include <string>

namespace resmon::cli {

/// How much there is of what.
[[nodiscard]] std::string model_extent(const Options& options, const model_file::Model& model);

[[nodiscard]] std::string model_summary(const Options& options, const model_file::Model& model,
                                        const outage::Forecast& forecast);

struct ModelEffort {
    forecast::Effort forecast;
    std::optional<double> courses_seconds;  ///< of the outputs of the courses, where they are asked for
};

/// As `Result` of api/outage.yaml, without what only a catalogue has, and with `questions`.
[[nodiscard]] std::string model_result_text(const model_file::Model& model, const outage::Forecast& forecast,
                                            const ModelEffort& effort);

/// One line per service.
[[nodiscard]] std::string model_services_csv(const outage::Forecast& forecast, Language language);

}  // namespace resmon::cli
