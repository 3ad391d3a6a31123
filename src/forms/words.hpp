// What the offline form says in words: written in one language, understood in both.
#pragma once

#include "base/text.hpp"
#include "spreadsheet/workbook.hpp"
#include "survey/answer.hpp"

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace resmon::forms {

/// Of every sheet of a topic, in this order.
enum class Column {
    key,  ///< hidden: the question, or question/row
    number,
    seen,  ///< hidden: number of the entry that is shown; 0 if there is none
    question,
    help,
    answer,
    unit,
    state,
    reason,
    comment,
    evidence,
    expires,
    confidence
};
inline constexpr std::size_t column_count = 13;
[[nodiscard]] constexpr std::size_t place_of(Column column) noexcept { return static_cast<std::size_t>(column); }

/// Texts of the program that name the values of an enumeration, in its order: `form.unit.days`.
using Keys = std::span<const std::string_view>;

inline constexpr std::array<std::string_view, column_count> column_keys{
    "form.column.key",       "form.column.number",  "form.column.seen",     "form.column.question",
    "form.column.help",      "form.column.answer",  "form.column.unit",     "form.column.state",
    "form.column.reason",    "form.column.comment", "form.column.evidence", "form.column.expires",
    "form.column.confidence"};
/// In the order of survey::AnswerState without the first; what is open has no word.
inline constexpr std::array<std::string_view, 4> state_keys{"form.state.answered", "form.state.not-applicable",
                                                            "form.state.dont-know", "form.state.refused"};
inline constexpr std::array<std::string_view, 3> confidence_keys{
    "form.confidence.measured", "form.confidence.documented", "form.confidence.estimate"};
inline constexpr std::array<std::string_view, 4> unit_keys{"form.unit.hours", "form.unit.days", "form.unit.weeks",
                                                           "form.unit.months"};

[[nodiscard]] std::vector<std::string> words_of(Keys keys, Language language);
/// The place of the word among them in whichever language, upper and lower case alike.
[[nodiscard]] std::optional<std::size_t> place_of(std::string_view word, Keys keys);

/// A number as people write it, and why it is none.
struct WrittenNumber {
    double value = 0;
    std::string fault;  ///< key of the text that says it; empty if it is one
};
/// Decimal comma or point; `language` says how what could be a thousand is meant: a German file's comma is a decimal
/// sign, an English file's point.
[[nodiscard]] WrittenNumber number_from(const spreadsheet::Cell& cell, Language language);

/// `30.06.2027`, `2027-06-30` or a day of the spreadsheet.
[[nodiscard]] std::optional<Date> day_from(const spreadsheet::Cell& cell);

/// What a question's cell offers and shows for each choice: its text if all fit into a list, else its number from 1.
[[nodiscard]] std::vector<std::string> offered(const catalogue::Question& question, Language language);
/// A choice by what is offered in either language, first in this one, or by its id.
[[nodiscard]] std::optional<std::string> choice_from(const catalogue::Question& question, const spreadsheet::Cell& cell,
                                                     Language language);

}  // namespace resmon::forms
