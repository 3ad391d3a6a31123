#include "preparedness/settings.hpp"

#include <algorithm>

namespace resmon::preparedness {

using catalogue::Effect;
using survey::AnswerState;

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
    // Not "no": any of the levels, with the middle one between.
    setting.low = std::ranges::min(effect.levels, {}, &catalogue::Figure::low).low;
    setting.high = std::ranges::max(effect.levels, {}, &catalogue::Figure::high).high;
    setting.central = effect.levels.at(effect.levels.size() / 2).value;
    for (const catalogue::Figure& figure : effect.levels) setting.one_of.push_back({figure.low, figure.high});
    return reading;
}

std::vector<Reading> read(const catalogue::PreparednessModel& model, const catalogue::Questionnaire& questionnaire,
                          const std::set<QuestionId>& asked, const survey::Answers& answers) {
    std::vector<Reading> readings;
    for (const Effect& effect : model.effects) {
        if (!asked.contains(effect.question)) continue;
        const auto found = answers.find(effect.question);
        const survey::Answer answer = found == answers.end() ? survey::Answer{} : found->second;
        if (answer.state == AnswerState::not_applicable) continue;
        readings.push_back(reading_at(effect, survey::level_of(questionnaire.question(effect.question), answer)));
    }
    return readings;
}

std::vector<forecast::LeverSetting> settings_of(const std::vector<Reading>& readings) {
    std::vector<forecast::LeverSetting> settings;
    for (const Reading& reading : readings) settings.push_back(reading.setting);
    return settings;
}

}  // namespace resmon::preparedness
