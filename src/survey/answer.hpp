// What somebody answers to a question: a state, and a value only if there is an answer.
#pragma once

#include "base/error.hpp"
#include "catalogue/questionnaire.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace resmon::survey {

/// Never mixed, and each with statistics of its own.
enum class AnswerState {
    open,            ///< no answer, or one that was taken back
    answered,        ///< with a value
    not_applicable,  ///< with a reason
    dont_know,       ///< not the same as no
    refused,
    not_asked,  ///< hidden by a condition; never entered by a person
};

[[nodiscard]] std::string_view to_string(AnswerState state);
/// Throws InputError that lists the words.
[[nodiscard]] AnswerState answer_state_from(std::string_view word);

/// How an answer is known.
enum class Confidence { measured, documented, estimate };

[[nodiscard]] std::string_view to_string(Confidence confidence);
[[nodiscard]] Confidence confidence_from(std::string_view word);

enum class SpanUnit { hours, days, weeks, months };

[[nodiscard]] std::string_view to_string(SpanUnit unit);
[[nodiscard]] SpanUnit span_unit_from(std::string_view word);

/// A duration as it was said: "three weeks" is not "21 days".
struct Span {
    double amount = 0;
    SpanUnit unit = SpanUnit::days;
    bool operator==(const Span&) const = default;
};

/// Of a number whose question has no bound: nothing that a town hall counts or pays is more.
inline constexpr double largest_number = 1e12;

/// No answer about a town hall is longer: what is, was typed in the wrong unit.
inline constexpr double longest_years = 100;
[[nodiscard]] double longest_amount(SpanUnit unit);

/// By type of question: level, number and scale a number · single, date and text a text · multiple texts, ordered ·
/// duration a span · matrix levels by service.
using Value =
    std::variant<std::monostate, double, std::string, std::vector<std::string>, Span, std::map<std::string, double>>;

struct Answer {
    AnswerState state = AnswerState::open;
    Value value;
    std::string reason;   ///< why it is not applicable
    std::string comment;  ///< may stand with every state
    std::string evidence;
    std::string evidence_expires;  ///< YYYY-MM-DD; empty if never
    std::optional<Confidence> confidence;

    bool operator==(const Answer&) const = default;
};

/// What of the answer does not fit the question, with pointers as in api/survey.yaml: `/value`.
[[nodiscard]] std::vector<Fault> faults_of(const catalogue::Question& question, const Answer& answer);

/// The level of an answered ordinal question.
[[nodiscard]] std::optional<int> level_of(const catalogue::Question& question, const Answer& answer);

/// It says something: an answer with a value, or why there is none to give.
[[nodiscard]] inline bool is_known(const Answer& answer) {
    return answer.state == AnswerState::answered || answer.state == AnswerState::not_applicable;
}

}  // namespace resmon::survey
