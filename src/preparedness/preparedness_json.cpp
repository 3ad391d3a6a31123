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

Json estimate_to_json(const Estimate& days) { return {{"mean", days.mean}, {"low", days.low}, {"high", days.high}}; }

Json text_to_json(const Text& text) { return {{"de", text.de}, {"en", text.en}}; }

/// Whose IT is hit by what, and which questions cannot move the forecast because others decide.
Json assumption_to_json(const catalogue::PreparednessModel& model, const Assumption& assumption,
                        const std::vector<Reading>& not_own) {
    Json provider = nullptr;
    if (assumption.provider)
        provider = {{"id", assumption.provider->id.value},
                    {"name", text_to_json(assumption.provider->name)},
                    {"customers", assumption.provider->customers}};
    Json questions = Json::array();
    for (const Reading& reading : not_own)
        questions.push_back({{"question", reading.effect->question.value},
                             {"moves", text_to_json(model.names.at(static_cast<std::size_t>(reading.effect->lever)))}});
    return {{"scenario", {{"id", assumption.scenario.value}, {"name", text_to_json(assumption.scenario_name)}}},
            {"provider", std::move(provider)},
            {"not_own", std::move(questions)}};
}

/// The question, what it moves, where that comes from, and the level if somebody knows it.
Json reading_to_json(const catalogue::PreparednessModel& model, const Reading& reading) {
    const Text& name = model.names.at(static_cast<std::size_t>(reading.effect->lever));
    Json json = {{"question", reading.effect->question.value},
                 {"moves", text_to_json(name)},
                 {"source", reading.effect->levels.front().source}};
    if (reading.level) json["level"] = *reading.level;
    return json;
}

}  // namespace

Json effects_to_json(const catalogue::PreparednessModel& model, const AnswerEffects& found,
                     const outage::Sampling& sampling) {
    Json list = Json::array();
    for (const AnswerEffect& effect : found.effects) {
        Json one = reading_to_json(model, effect.now);
        for (const Estimate& saved : effect.saved) one["saved"].push_back(estimate_to_json(saved));
        one["worth_knowing"] = effect.worth_knowing;
        list.push_back(std::move(one));
    }
    return {{"seed", sampling.seed},
            {"replications", sampling.replications},
            {"mapping_version", model.version},
            {"assumption", assumption_to_json(model, found.assumption, found.not_own)},
            {"effects", std::move(list)}};
}

Json body_forecast_to_json(const catalogue::PreparednessModel& model, const BodyForecast& forecast) {
    Json gains = Json::array();
    for (const AnswerEffect* effect : forecast.gains()) {
        gains.push_back(reading_to_json(model, effect->now));
        gains.back()["days"] = estimate_to_json(effect->gain());
    }
    Json unknown = Json::array();
    for (const AnswerEffect* effect : forecast.unknown()) {
        unknown.push_back(reading_to_json(model, effect->now));
        unknown.back()["worth_knowing"] = effect->worth_knowing;
    }
    return {{"seed", forecast.answered.sampling.seed},
            {"replications", forecast.answered.sampling.replications},
            {"mapping_version", model.version},
            {"assumption", assumption_to_json(model, forecast.assumption, forecast.not_own)},
            {"asked", forecast.asked},
            {"known", forecast.known},
            {"answered", forecast_to_json(forecast.answered)},
            {"unanswered", forecast_to_json(forecast.unanswered)},
            {"gains", std::move(gains)},
            {"unknown", std::move(unknown)}};
}

}  // namespace resmon::preparedness
