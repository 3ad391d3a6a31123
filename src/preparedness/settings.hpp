// From answers to levers of the model (catalogue/preparedness.yaml, docs/model.md, preparedness).
#pragma once

#include "region/levers.hpp"
#include "survey/sheet.hpp"

#include <optional>
#include <set>
#include <vector>

namespace resmon::preparedness {

/// What one question says about its lever.
struct Reading {
    const catalogue::Effect* effect = nullptr;
    std::optional<int> level;  ///< none = nobody knows: any level from 0 to 4, equally likely
    forecast::LeverSetting setting;
};

/// In the order of the model. A question that is not asked, or does not apply, moves nothing and is left out.
[[nodiscard]] std::vector<Reading> read(const catalogue::PreparednessModel& model,
                                        const catalogue::Questionnaire& questionnaire,
                                        const std::set<QuestionId>& asked, const survey::Answers& answers);

/// The reading if the question were answered with that level.
[[nodiscard]] Reading reading_at(const catalogue::Effect& effect, std::optional<int> level);

[[nodiscard]] std::vector<forecast::LeverSetting> settings_of(const std::vector<Reading>& readings);

}  // namespace resmon::preparedness
