// Coverage for other programs: JSON and CSV.
#pragma once

#include "base/text.hpp"
#include "incidents/coverage.hpp"

#include <nlohmann/json.hpp>

#include <string>

namespace resmon::incidents {

/// What was replayed, and how.
struct CoverageOf {
    const std::vector<IncidentReplay>& replays;  ///< not empty
    double horizon = 0;
    outage::Sampling sampling;
    std::string catalogue_version;
};

[[nodiscard]] nlohmann::ordered_json coverage_to_json(const CoverageOf& of);
/// One row per milestone.
[[nodiscard]] std::string coverage_csv(const CoverageOf& of, Language language);

}  // namespace resmon::incidents
