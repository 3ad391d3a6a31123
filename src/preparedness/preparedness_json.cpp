#include "preparedness/preparedness_json.hpp"

#include <cmath>

namespace resmon::preparedness {

using Json = nlohmann::ordered_json;

namespace {

/// A time that is not reached is null.
Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json distribution_to_json(const outage::Distribution& distribution) {
    const outage::Quantiles& quantiles = distribution.quantiles;
    return {{"p10", number(quantiles.p10)},
            {"p25", number(quantiles.p25)},
            {"p50", number(quantiles.p50)},
            {"p75", number(quantiles.p75)},
            {"p90", number(quantiles.p90)}};
}

Json forecast_to_json(const outage::Forecast& forecast) {
    return {{"loss_days", distribution_to_json(forecast.loss_days)},
            {"ability_half", distribution_to_json(forecast.ability_half)},
            {"ability_most", distribution_to_json(forecast.ability_most)}};
}

Json gain_to_json(const catalogue::PreparednessModel& model, const Gain& gain) {
    const Text& name = model.names.at(static_cast<std::size_t>(gain.now.effect->lever));
    Json json = {{"question", gain.now.effect->question.value},
                 {"moves", {{"de", name.de}, {"en", name.en}}},
                 {"source", gain.now.effect->levels.front().source}};
    if (gain.now.level) json["level"] = *gain.now.level;
    json["days"] = {{"mean", gain.days.mean}, {"low", gain.days.low}, {"high", gain.days.high}};
    return json;
}

}  // namespace

Json body_forecast_to_json(const catalogue::PreparednessModel& model, const BodyForecast& forecast) {
    Json gains = Json::array();
    for (const Gain& gain : forecast.gains) gains.push_back(gain_to_json(model, gain));
    return {{"seed", forecast.answered.sampling.seed},
            {"replications", forecast.answered.sampling.replications},
            {"mapping_version", model.version},
            {"asked", forecast.asked},
            {"known", forecast.known},
            {"answered", forecast_to_json(forecast.answered)},
            {"unanswered", forecast_to_json(forecast.unanswered)},
            {"gains", std::move(gains)}};
}

}  // namespace resmon::preparedness
