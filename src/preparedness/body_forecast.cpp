#include "preparedness/body_forecast.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace resmon::preparedness {

using forecast::LeverSetting;

namespace {

double mean_of(std::span<const double> values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// The courses are independent of each other; their number is large enough for the normal distribution.
Estimate difference(const std::vector<double>& one, const std::vector<double>& other) {
    constexpr double normal_975 = 1.959964;
    std::vector<double> differences(one.size());
    std::ranges::transform(one, other, differences.begin(), std::minus{});
    const double mean = mean_of(differences);
    double squares = 0;
    for (const double value : differences) squares += (value - mean) * (value - mean);
    const auto count = static_cast<double>(differences.size());
    const double half = normal_975 * std::sqrt(squares / std::max(1.0, count - 1) / count);
    return {mean, mean - half, mean + half};
}

std::vector<double> losses(const BodyCase& body, const std::vector<LeverSetting>& settings,
                           const outage::Sampling& sampling) {
    return outage::course_losses(body.with(settings), sampling);
}

double standard_deviation(std::span<const double> values) {
    const double mean = mean_of(values);
    double squares = 0;
    for (const double value : values) squares += (value - mean) * (value - mean);
    return std::sqrt(squares / static_cast<double>(values.size()));
}

/// Readings by whose levers they move: the body's own, and those that it does not reach.
struct Split {
    std::vector<Reading> own, not_own;
};

Split split(const BodyCase& body, const std::vector<Reading>& readings) {
    Split parts;
    for (const Reading& reading : readings)
        (body.levers.contains(reading.effect->lever) ? parts.own : parts.not_own).push_back(reading);
    return parts;
}

std::vector<AnswerEffect> effects_in(const BodyCase& body, const std::vector<Reading>& readings,
                                     const std::set<QuestionId>& of, const outage::Sampling& sampling) {
    if (of.empty()) return {};
    std::vector<LeverSetting> settings = settings_of(readings);
    const std::vector<double> now = losses(body, settings, sampling);
    std::vector<AnswerEffect> effects;
    for (std::size_t place = 0; place < readings.size(); ++place) {
        if (!of.contains(readings[place].effect->question)) continue;
        AnswerEffect effect{.now = readings[place], .saved = {}};
        std::array<double, catalogue::highest_level + 1> means{};
        for (int level = 0; level <= catalogue::highest_level; ++level) {
            const auto at = static_cast<std::size_t>(level);
            if (effect.now.level == level) continue;  // itself: saves nothing, exactly
            settings[place] = reading_at(*effect.now.effect, level).setting;
            const std::vector<double> then = losses(body, settings, sampling);
            effect.saved.at(at) = difference(now, then);
            means.at(at) = mean_of(then);
        }
        settings[place] = readings[place].setting;
        if (!effect.now.level) effect.worth_knowing = standard_deviation(means);
        effects.push_back(std::move(effect));
    }
    return effects;
}

/// Those for which `is_one` holds, by `size`, largest first.
std::vector<const AnswerEffect*> largest_first(const std::vector<AnswerEffect>& effects, auto is_one, auto size) {
    std::vector<const AnswerEffect*> found;
    for (const AnswerEffect& effect : effects)
        if (is_one(effect)) found.push_back(&effect);
    std::ranges::stable_sort(found, std::ranges::greater{}, [&](const AnswerEffect* effect) { return size(*effect); });
    return found;
}

}  // namespace

std::vector<const AnswerEffect*> BodyForecast::gains() const {
    return largest_first(
        effects, [](const AnswerEffect& effect) { return effect.now.level != catalogue::highest_level; },
        [](const AnswerEffect& effect) { return effect.gain().mean; });
}

std::vector<const AnswerEffect*> BodyForecast::unknown() const {
    return largest_first(
        effects, [](const AnswerEffect& effect) { return !effect.now.level; },
        [](const AnswerEffect& effect) { return effect.worth_knowing; });
}

Estimate paired_difference(const BodyCase& body, const std::vector<LeverSetting>& one,
                           const std::vector<LeverSetting>& other, const outage::Sampling& sampling) {
    return difference(losses(body, one, sampling), losses(body, other, sampling));
}

AnswerEffects answer_effects(const catalogue::Catalogue& catalogue, const BodyKey& key,
                             const std::vector<Reading>& readings, const std::set<QuestionId>& of,
                             const outage::Sampling& sampling) {
    const BodyCase body = case_of_body(catalogue, key);
    Split parts = split(body, readings);
    std::erase_if(parts.not_own, [&of](const Reading& reading) { return !of.contains(reading.effect->question); });
    return {.assumption = body.assumption,
            .effects = effects_in(body, parts.own, of, sampling),
            .not_own = std::move(parts.not_own)};
}

BodyForecast body_forecast(const catalogue::Catalogue& catalogue, const BodyKey& key,
                           const std::vector<Reading>& readings, const outage::Sampling& sampling) {
    const BodyCase body = case_of_body(catalogue, key);
    Split parts = split(body, readings);
    std::vector<LeverSetting> unknown;
    std::set<QuestionId> questions;
    int known = 0;
    for (const Reading& reading : parts.own) {
        unknown.push_back(reading_at(*reading.effect, std::nullopt).setting);
        questions.insert(reading.effect->question);
        if (reading.level) ++known;
    }
    return {.assumption = body.assumption,
            .answered = *outage::forecast(body.with(settings_of(parts.own)), sampling),
            .unanswered = *outage::forecast(body.with(unknown), sampling),
            .effects = effects_in(body, parts.own, questions, sampling),
            .not_own = std::move(parts.not_own),
            .known = known,
            .asked = static_cast<int>(parts.own.size())};
}

}  // namespace resmon::preparedness
