// A survey of LimeSurvey (.lss, of versions 3 to 6) as a questionnaire of ours.
#pragma once

#include "exchange/taken_over.hpp"

#include <string_view>

namespace resmon::exchange {

/// Groups become topics, questions get ids of ours in their order. A condition that cannot be said here is left out
/// with its question's code and words, and the question is asked of all: whoever takes the draft over decides. Throws
/// InputError if it is no such file or nothing of it can be taken over.
[[nodiscard]] TakenOver questionnaire_from_lss(std::string_view bytes);

}  // namespace resmon::exchange
