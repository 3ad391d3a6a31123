// The JSON of a stored run and of the list of runs, as api/outage.yaml describes them.
#pragma once

#include "forecast/forecast.hpp"

#include <nlohmann/json_fwd.hpp>

#include <span>
#include <string>

namespace resmon::forecast {

/// `Run`.
[[nodiscard]] nlohmann::ordered_json run_to_json(const RunStatus& status);

/// `Runs`.
[[nodiscard]] std::string runs_text(std::span<const RunStatus> runs);

}  // namespace resmon::forecast
