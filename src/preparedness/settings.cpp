#include "preparedness/settings.hpp"

#include <algorithm>

namespace resmon::preparedness {

using catalogue::Effect;
using survey::AnswerState;

namespace {

std::optional<int> level_given(const Effect& effect, const survey::Answers& answers) {
    const auto answer = answers.find(effect.question);
    if (answer == answers.end() || answer->second.state != AnswerState::answered) return std::nullopt;
    const auto* level = std::get_if<double>(&answer->second.value);
    return level == nullptr ? std::nullopt : std::optional{static_cast<int>(*level)};
}

bool applies(const Effect& effect, const std::set<QuestionId>& asked, const survey::Answers& answers) {
    const auto answer = answers.find(effect.question);
    return asked.contains(effect.question) &&
           (answer == answers.end() || answer->second.state != AnswerState::not_applicable);
}

}  // namespace

Reading reading_at(const Effect& effect, std::optional<int> level) {
    Reading reading{
        .effect = &effect, .level = level, .setting = {.id = effect.levels.front().id, .lever = effect.lever}};
    forecast::LeverSetting& setting = reading.setting;
    if (level) {
        const catalogue::Figure& figure = effect.levels.at(static_cast<std::size_t>(*level));
        setting.low = figure.low;
        setting.central = figure.value;
        setting.high = figure.high;
        return reading;
    }
    // Not "no": the whole range of what it may be, with the middle level between.
    setting.low = std::ranges::min(effect.levels, {}, &catalogue::Figure::low).low;
    setting.high = std::ranges::max(effect.levels, {}, &catalogue::Figure::high).high;
    setting.central = effect.levels.at(effect.levels.size() / 2).value;
    return reading;
}

std::vector<Reading> read(const catalogue::PreparednessModel& model, const std::set<QuestionId>& asked,
                          const survey::Answers& answers) {
    std::vector<Reading> readings;
    for (const Effect& effect : model.effects)
        if (applies(effect, asked, answers)) readings.push_back(reading_at(effect, level_given(effect, answers)));
    return readings;
}

std::vector<forecast::LeverSetting> settings_of(const std::vector<Reading>& readings) {
    std::vector<forecast::LeverSetting> settings;
    for (const Reading& reading : readings) settings.push_back(reading.setting);
    return settings;
}

}  // namespace resmon::preparedness
