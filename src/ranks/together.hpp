// One forecast computed by all ranks, and by a run after one that died: finished courses are kept in files.
#pragma once

#include "engine/forecast.hpp"
#include "ranks/ranks.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace resmon::ranks {

/// Where finished courses are kept until the forecast is done.
struct Checkpoint {
    std::filesystem::path folder;  ///< empty: nothing is kept
    std::string what;              ///< names case and sample: files of another are refused
};

/// Courses are shared out in equal parts; what files of the checkpoint already have is not computed again. The first
/// rank gets the forecast, the others none; none for all if it was stopped. Equal inputs give equal bits for any number
/// of ranks and threads. Throws InputError for a folder that holds courses of something else.
[[nodiscard]] std::optional<outage::Forecast> forecast(const Ranks& ranks, const outage::Case& outage,
                                                       const outage::Sampling& sampling, const outage::Work& work,
                                                       const Checkpoint& checkpoint = {});

}  // namespace resmon::ranks
