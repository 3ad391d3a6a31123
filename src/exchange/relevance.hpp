// The conditions of other programs: expressions of XLSForm and LimeSurvey as conditions of ours, and back.
#pragma once

#include "catalogue/questionnaire.hpp"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace resmon::exchange {

/// What a name in an expression stands for.
struct Meant {
    const catalogue::Question* question = nullptr;
    std::string choice;                          ///< of a multiple question, if the name means that one alone
    std::map<std::string, std::string> choices;  ///< names of choices there → here; missing ones are the same
};
/// Nothing for a name that is unknown, or that stands later.
using Meaning = std::function<std::optional<Meant>(const std::string& name)>;

enum class Dialect {
    xlsform,     ///< `selected(${A3}, 'fire') and ${B3} >= 2`
    limesurvey,  ///< `A3_fire.NAOK == "Y" and B3.NAOK >= 2`
};

/// What our conditions can say: comparisons with a number or a choice, and, or, not. An empty expression is always
/// true. Throws InputError with the words that are not understood; nothing is guessed.
[[nodiscard]] catalogue::Condition condition_from(std::string_view expression, Dialect dialect, const Meaning& meaning);

/// In XLSForm's language, names are ids. Empty for `always`.
[[nodiscard]] std::string relevance_of(const catalogue::Condition& condition,
                                       const catalogue::Questionnaire& questionnaire);

/// Both, as one condition.
[[nodiscard]] catalogue::Condition both_of(catalogue::Condition first, catalogue::Condition second);

}  // namespace resmon::exchange
