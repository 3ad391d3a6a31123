// What `resmon simulate` can compute beside a scenario in a region.
#pragma once

#include "cli/catalogue_in_use.hpp"
#include "cli/commands.hpp"
#include "model_file/model_file.hpp"
#include "region/region.hpp"

namespace resmon::cli {

/// A model file; written in the wished format, not kept. Returns the exit code.
int simulate_model(const Options& options, const SimulateOptions& wished, const model_file::Model& model);

/// All of Germany: computed, kept as a run, and written in the wished format. Returns the exit code.
int simulate_germany(const Options& options, const forecast::CaseRequest& wished,
                     const std::filesystem::path& checkpoint, const WishedScenario& scenario);

}  // namespace resmon::cli
