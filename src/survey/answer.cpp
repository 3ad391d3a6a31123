#include "survey/answer.hpp"

#include "base/calendar.hpp"
#include "base/word.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace resmon::survey {

using catalogue::Question;
using catalogue::QuestionType;

namespace {

constexpr std::array<std::string_view, 6> states{"open",      "answered", "not-applicable",
                                                 "dont-know", "refused",  "not-asked"};
constexpr std::array<std::string_view, 3> confidences{"measured", "documented", "estimate"};
constexpr std::array<std::string_view, 4> span_units{"hours", "days", "weeks", "months"};

bool is_whole(double value, int decimals) {
    const double scaled = value * std::pow(10, decimals);
    return std::abs(scaled - std::round(scaled)) < 1e-9 * std::max(1.0, std::abs(scaled));
}

bool is_level(double value) { return value >= 0 && value <= catalogue::highest_level && is_whole(value, 0); }

bool is_choice(const Question& question, const std::string& id) {
    return std::ranges::find(question.choices, id, &catalogue::Choice::id) != question.choices.end();
}

/// What the value must be, in words; empty if it is.
std::string broken_number(const Question& question, double value) {
    if (!std::isfinite(value)) return "must be a number";
    if (question.type == QuestionType::ordinal)
        return is_level(value) ? ""
                               : fmt::format("must be a level from 0 to {}, is {}", catalogue::highest_level, value);
    if (value < question.lowest) return fmt::format("must be at least {}, is {}", question.lowest, value);
    if (value > question.highest) return fmt::format("must be at most {}, is {}", question.highest, value);
    if (!is_whole(value, question.decimals))
        return question.decimals == 0 ? fmt::format("must be a whole number, is {}", value)
                                      : fmt::format("must have at most {} decimals, is {}", question.decimals, value);
    return {};
}

std::string broken_text(const Question& question, const std::string& value) {
    if (question.type == QuestionType::single)
        return is_choice(question, value) ? "" : fmt::format("must be one of the choices, is {}", value);
    if (question.type == QuestionType::date)
        return date_from(value) ? "" : fmt::format("must be a day, YYYY-MM-DD, is {}", value);
    return value.empty() ? "must not be empty" : "";
}

std::string broken_choices(const Question& question, const std::vector<std::string>& value) {
    if (value.empty()) return "must name at least one choice";
    for (const std::string& one : value)
        if (!is_choice(question, one)) return fmt::format("must be among the choices, {} is none", one);
    for (const catalogue::Choice& choice : question.choices)
        if (choice.excludes_others && value.size() > 1 && std::ranges::find(value, choice.id) != value.end())
            return fmt::format("must be {} alone, or without it", choice.id);
    if (std::ranges::adjacent_find(value, std::ranges::greater_equal{}) != value.end())
        return "must name each choice once, in the order of their names";
    return {};
}

std::string broken_levels(const Question& question, const std::map<std::string, double>& value) {
    if (value.empty()) return "must have a level for at least one row";
    for (const auto& [row, level] : value) {
        if (std::ranges::find(question.rows, ServiceId{row}) == question.rows.end())
            return fmt::format("must name rows of the question, {} is none", row);
        if (!is_level(level))
            return fmt::format("must be levels from 0 to {}, {} is {}", catalogue::highest_level, row, level);
    }
    return {};
}

std::string broken_value(const Question& question, const Value& value) {
    switch (question.type) {
        case QuestionType::ordinal:
        case QuestionType::scale:
        case QuestionType::number:
            if (const auto* number = std::get_if<double>(&value)) return broken_number(question, *number);
            return "must be a number";
        case QuestionType::single:
        case QuestionType::date:
        case QuestionType::text:
            if (const auto* text = std::get_if<std::string>(&value)) return broken_text(question, *text);
            return "must be a text";
        case QuestionType::multiple:
            if (const auto* choices = std::get_if<std::vector<std::string>>(&value))
                return broken_choices(question, *choices);
            return "must be a list of choices";
        case QuestionType::duration:
            if (const auto* span = std::get_if<Span>(&value))
                return std::isfinite(span->amount) && span->amount >= 0 ? "" : "must be a duration of 0 or more";
            return "must be a duration, {amount, unit}";
        case QuestionType::matrix:
            if (const auto* levels = std::get_if<std::map<std::string, double>>(&value))
                return broken_levels(question, *levels);
            return "must be levels by row";
    }
    return {};
}

}  // namespace

std::string_view to_string(AnswerState state) { return word_of(states, state); }
AnswerState answer_state_from(std::string_view word) { return value_of<AnswerState>(states, word); }
std::string_view to_string(Confidence confidence) { return word_of(confidences, confidence); }
Confidence confidence_from(std::string_view word) { return value_of<Confidence>(confidences, word); }
std::string_view to_string(SpanUnit unit) { return word_of(span_units, unit); }
SpanUnit span_unit_from(std::string_view word) { return value_of<SpanUnit>(span_units, word); }

std::vector<Fault> faults_of(const Question& question, const Answer& answer) {
    std::vector<Fault> faults;
    const auto fault = [&](const char* pointer, std::string expectation) {
        faults.push_back({{.path = pointer}, std::move(expectation)});
    };
    const bool has_value = !std::holds_alternative<std::monostate>(answer.value);
    if (answer.state == AnswerState::not_asked) fault("/state", "must be said by a person; conditions decide that");
    if (answer.state == AnswerState::answered && !has_value) fault("/value", "is missing: the answer");
    if (answer.state != AnswerState::answered && has_value)
        fault("/value", fmt::format("must not stand with {}", to_string(answer.state)));
    if (answer.state == AnswerState::answered && has_value)
        if (std::string broken = broken_value(question, answer.value); !broken.empty())
            fault("/value", std::move(broken));
    if (answer.state == AnswerState::not_applicable && answer.reason.empty())
        fault("/reason", "is missing: why the question does not apply");
    if (answer.state != AnswerState::not_applicable && !answer.reason.empty())
        fault("/reason", fmt::format("must not stand with {}", to_string(answer.state)));
    if (!answer.evidence_expires.empty() && !date_from(answer.evidence_expires))
        fault("/evidence_expires", fmt::format("must be a day, YYYY-MM-DD, is {}", answer.evidence_expires));
    return faults;
}

std::optional<int> level_of(const Question& question, const Answer& answer) {
    if (question.type != QuestionType::ordinal || answer.state != AnswerState::answered) return std::nullopt;
    const auto* level = std::get_if<double>(&answer.value);
    return level == nullptr ? std::nullopt : std::optional{static_cast<int>(*level)};
}

}  // namespace resmon::survey
