// What an earlier response offers to a new one. An offer is no answer until somebody confirms it.
#pragma once

#include "survey/sheet.hpp"

namespace resmon::survey {

/// Whether an answer to the question in the older version is one to that of the newer. Decided by what is asked (type,
/// text, levels, choices, rows, unit, limits), unless the newer version says it.
[[nodiscard]] bool means_the_same(const catalogue::Questionnaire& older, const catalogue::Questionnaire& newer,
                                  const QuestionId& question);

/// By question of the newer version that has no entry yet: what held for it, unless that was open, contradictory or
/// locked.
[[nodiscard]] Offers offers_for(const Sheet& sheet, const catalogue::Questionnaire& older, const Entries& earlier);

}  // namespace resmon::survey
