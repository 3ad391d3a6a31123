// A calibration for other programs: JSON and CSV.
#pragma once

#include "base/text.hpp"
#include "incidents/calibration.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace resmon::incidents {

/// Times in the unit of the file; what is not known from above is null.
[[nodiscard]] nlohmann::ordered_json calibration_to_json(const std::vector<GroupCalibration>& groups);

/// One row per group and estimate: group, estimate, value, standard error, low, high, log-likelihood, AIC.
[[nodiscard]] std::string calibration_csv(const std::vector<GroupCalibration>& groups, Language language);

}  // namespace resmon::incidents
