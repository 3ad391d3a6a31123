// What answers do to a forecast, as the API tells it (api/survey.yaml).
#pragma once

#include "preparedness/body_forecast.hpp"

#include <nlohmann/json.hpp>

namespace resmon::preparedness {

[[nodiscard]] nlohmann::ordered_json effects_to_json(const catalogue::PreparednessModel& model,
                                                     const AnswerEffects& found, const outage::Sampling& sampling);

[[nodiscard]] nlohmann::ordered_json body_forecast_to_json(const catalogue::PreparednessModel& model,
                                                           const BodyForecast& forecast);

}  // namespace resmon::preparedness
