#include "forecast/overrides_json.hpp"

#include "forecast/forecast_json.hpp"

#include <nlohmann/json.hpp>

namespace resmon::forecast {

std::string overrides_to_text(const Overrides& overrides) { return overrides_to_json(overrides).dump(); }

Overrides overrides_from_text(const std::string& text) { return overrides_from_json(nlohmann::json::parse(text)); }

std::string wished_error_to_text(const WishedError& wished) {
    return nlohmann::json{{"relative_error", wished.relative}, {"replications", wished.least}}.dump();
}

WishedError wished_error_from_text(const std::string& text) {
    const nlohmann::json json = nlohmann::json::parse(text);
    return {.relative = json.at("relative_error"), .least = json.at("replications")};
}

}  // namespace resmon::forecast
