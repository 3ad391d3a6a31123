#include "forecast/overrides_json.hpp"

#include "forecast/forecast_json.hpp"

#include <nlohmann/json.hpp>

namespace resmon::forecast {

std::string overrides_to_text(const Overrides& overrides) { return overrides_to_json(overrides).dump(); }

Overrides overrides_from_text(const std::string& text) { return overrides_from_json(nlohmann::json::parse(text)); }

}  // namespace resmon::forecast
