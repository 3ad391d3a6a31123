// Profiles as the API tells them (api/survey.yaml).
#pragma once

#include "profile/trend.hpp"
#include "survey/survey.hpp"

#include <nlohmann/json.hpp>

namespace resmon::profile {

/// Which response it is of, without its levels.
[[nodiscard]] nlohmann::ordered_json profile_summary_to_json(const survey::Sheet& sheet);
[[nodiscard]] nlohmann::ordered_json profile_to_json(const survey::Sheet& sheet);
[[nodiscard]] nlohmann::ordered_json trend_to_json(std::span<const TrendPoint> points);

}  // namespace resmon::profile
