// When a question is asked, in words.
#pragma once

#include "base/text.hpp"
#include "catalogue/questionnaire.hpp"

#include <string>

namespace resmon::survey {

/// `B3 mindestens 2 oder G2 „getrennt“`; empty if there is no condition.
[[nodiscard]] std::string condition_words(const catalogue::Questionnaire& questionnaire,
                                          const catalogue::Condition& condition, Language language);

/// A sentence, also of whom it is asked: `Nur, wenn gilt: B3 mindestens 2.` Empty if it is asked of everybody, always.
[[nodiscard]] std::string when_asked(const catalogue::Questionnaire& questionnaire, const catalogue::Question& question,
                                     Language language);

}  // namespace resmon::survey
