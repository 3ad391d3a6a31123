// Coverage for other programs: JSON and CSV.
#pragma once

#include "base/text.hpp"
#include "coverage/replays.hpp"

#include <nlohmann/json.hpp>

#include <string>

namespace resmon::coverage {

[[nodiscard]] nlohmann::ordered_json coverage_to_json(const Replays& of);
/// One row per milestone.
[[nodiscard]] std::string coverage_csv(const Replays& of, Language language);

}  // namespace resmon::coverage
