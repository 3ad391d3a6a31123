// When a question is asked, in words: "Nur, wenn gilt: A4 mindestens 2."
#pragma once

#include "base/text.hpp"
#include "catalogue/questionnaire.hpp"

#include <string>

namespace resmon::papers {

/// A sentence; empty if the question is asked of everybody, always.
[[nodiscard]] std::string condition_words(const catalogue::Questionnaire& questionnaire,
                                          const catalogue::Question& question, Language language);

}  // namespace resmon::papers
