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

using Broken = std::optional<Wording>;

/// What the value must be, in words; nothing if it is.
Broken broken_number(const Question& question, double value) {
    if (!std::isfinite(value)) return worded("fault.number");
    if (question.type == QuestionType::ordinal) {
        if (is_level(value)) return std::nullopt;
        return worded("fault.answer.level", {{"highest", catalogue::highest_level}, {"found", value}});
    }
    if (const double lowest = std::max(question.lowest, -largest_number); value < lowest)
        return worded("fault.answer.at-least", {{"lowest", lowest}, {"found", value}});
    if (const double highest = std::min(question.highest, largest_number); value > highest)
        return worded("fault.answer.at-most", {{"highest", highest}, {"found", value}});
    if (is_whole(value, question.decimals)) return std::nullopt;
    const std::string found = fmt::format("{}", value);
    if (question.decimals == 0) return worded("fault.answer.whole", {{"found", found}});
    return worded("fault.answer.decimals", {{"decimals", static_cast<double>(question.decimals)}, {"found", found}});
}

Broken broken_text(const Question& question, const std::string& value) {
    if (question.type == QuestionType::single) {
        if (is_choice(question, value)) return std::nullopt;
        return worded("fault.answer.choice", {{"found", value}});
    }
    if (question.type == QuestionType::date) {
        if (date_from(value)) return std::nullopt;
        return worded("fault.day", {{"found", value}});
    }
    return value.empty() ? Broken{worded("fault.empty")} : std::nullopt;
}

Broken broken_choices(const Question& question, const std::vector<std::string>& value) {
    if (value.empty()) return worded("fault.answer.no-choices");
    for (const std::string& one : value)
        if (!is_choice(question, one)) return worded("fault.answer.choices", {{"found", one}});
    for (const catalogue::Choice& choice : question.choices)
        if (choice.excludes_others && value.size() > 1 && std::ranges::find(value, choice.id) != value.end())
            return worded("fault.answer.alone", {{"choice", choice.id}});
    if (std::ranges::adjacent_find(value, std::ranges::greater_equal{}) != value.end())
        return worded("fault.answer.order");
    return std::nullopt;
}

Broken broken_levels(const Question& question, const std::map<std::string, double>& value) {
    if (value.empty()) return worded("fault.answer.no-levels");
    for (const auto& [row, level] : value) {
        if (std::ranges::find(question.rows, ServiceId{row}) == question.rows.end())
            return worded("fault.answer.rows", {{"found", row}});
        if (!is_level(level))
            return worded("fault.answer.levels",
                          {{"highest", catalogue::highest_level}, {"row", row}, {"found", level}});
    }
    return std::nullopt;
}

Broken broken_span(const Span& span) {
    if (!std::isfinite(span.amount)) return worded("fault.number");
    if (span.amount < 0) return worded("fault.answer.duration-negative", {{"found", span.amount}});
    const double most = longest_amount(span.unit);
    if (span.amount <= most) return std::nullopt;
    const std::string unit{to_string(span.unit)};
    const auto in = [&](Language language) {
        return program_text("fault.answer.duration-long", language,
                            {{"years", longest_years},
                             {"most", most},
                             {"unit", program_text("form.unit." + unit, language)},
                             {"found", span.amount}});
    };
    return Text{in(Language::german), in(Language::english)};
}

Broken broken_value(const Question& question, const Value& value) {
    switch (question.type) {
        case QuestionType::ordinal:
        case QuestionType::scale:
        case QuestionType::number:
            if (const auto* number = std::get_if<double>(&value)) return broken_number(question, *number);
            return worded("fault.number");
        case QuestionType::single:
        case QuestionType::date:
        case QuestionType::text:
            if (const auto* text = std::get_if<std::string>(&value)) return broken_text(question, *text);
            return worded("fault.text");
        case QuestionType::multiple:
            if (const auto* choices = std::get_if<std::vector<std::string>>(&value))
                return broken_choices(question, *choices);
            return worded("fault.answer.choice-list");
        case QuestionType::duration:
            if (const auto* span = std::get_if<Span>(&value)) return broken_span(*span);
            return worded("fault.answer.duration");
        case QuestionType::matrix:
            if (const auto* levels = std::get_if<std::map<std::string, double>>(&value))
                return broken_levels(question, *levels);
            return worded("fault.answer.level-rows");
    }
    return std::nullopt;
}

}  // namespace

std::string_view to_string(AnswerState state) { return word_of(states, state); }
AnswerState answer_state_from(std::string_view word) { return value_of<AnswerState>(states, word); }
std::string_view to_string(Confidence confidence) { return word_of(confidences, confidence); }
Confidence confidence_from(std::string_view word) { return value_of<Confidence>(confidences, word); }
std::string_view to_string(SpanUnit unit) { return word_of(span_units, unit); }
SpanUnit span_unit_from(std::string_view word) { return value_of<SpanUnit>(span_units, word); }

double longest_amount(SpanUnit unit) {
    switch (unit) {
        case SpanUnit::hours: return longest_years * 366 * 24;
        case SpanUnit::days: return longest_years * 366;
        case SpanUnit::weeks: return longest_years * 53;
        case SpanUnit::months: return longest_years * 12;
    }
    return 0;
}

std::vector<Fault> faults_of(const Question& question, const Answer& answer) {
    std::vector<Fault> faults;
    const auto fault = [&](const char* pointer, Wording expectation) {
        faults.push_back({{.path = pointer}, std::move(expectation)});
    };
    const bool has_value = !std::holds_alternative<std::monostate>(answer.value);
    if (answer.state == AnswerState::not_asked) fault("/state", worded("fault.answer.not-asked"));
    if (answer.state == AnswerState::answered && !has_value) fault("/value", worded("fault.answer.no-value"));
    if (answer.state != AnswerState::answered && has_value)
        fault("/value", worded("fault.answer.not-with", {{"state", to_string(answer.state)}}));
    if (answer.state == AnswerState::answered && has_value)
        if (Broken broken = broken_value(question, answer.value)) fault("/value", std::move(*broken));
    if (answer.state == AnswerState::not_applicable && answer.reason.empty())
        fault("/reason", worded("fault.answer.no-reason"));
    if (answer.state != AnswerState::not_applicable && !answer.reason.empty())
        fault("/reason", worded("fault.answer.not-with", {{"state", to_string(answer.state)}}));
    if (!answer.evidence_expires.empty() && !date_from(answer.evidence_expires))
        fault("/evidence_expires", worded("fault.day", {{"found", answer.evidence_expires}}));
    return faults;
}

std::optional<int> level_of(const Question& question, const Answer& answer) {
    if (question.type != QuestionType::ordinal || answer.state != AnswerState::answered) return std::nullopt;
    const auto* level = std::get_if<double>(&answer.value);
    return level == nullptr ? std::nullopt : std::optional{static_cast<int>(*level)};
}

}  // namespace resmon::survey
