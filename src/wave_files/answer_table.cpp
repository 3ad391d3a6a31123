#include "wave_files/answer_table.hpp"

#include "base/error.hpp"
#include "report/csv.hpp"
#include "spreadsheet/xlsx_writer.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>

namespace resmon::wave_files {

namespace {

using spreadsheet::Cell;
using survey::AnswerState;

constexpr std::array<std::string_view, 14> head{"response", "state",      "kind",   "size",         "questionnaire",
                                                "version",  "question",   "row",    "answer_state", "value",
                                                "unit",     "confidence", "source", "synthetic"};
constexpr std::size_t most_rows = 1'048'576;  ///< of a sheet in any program that reads XLSX

struct Told {
    std::string row;
    Cell value;
    std::string unit;
};

/// A value as numbers and ids; free text says too much about who wrote it.
struct ToldValue {
    const catalogue::Question& question;

    std::vector<Told> operator()(std::monostate) const { return {{}}; }
    std::vector<Told> operator()(double number) const { return {{{}, number, {}}}; }
    std::vector<Told> operator()(const std::string& text) const {
        return {{{}, question.type == catalogue::QuestionType::text ? Cell{} : Cell{text}, {}}};
    }
    std::vector<Told> operator()(const std::vector<std::string>& choices) const {
        return {{{}, fmt::format("{}", fmt::join(choices, " ")), {}}};
    }
    std::vector<Told> operator()(const survey::Span& span) const {
        return {{{}, span.amount, std::string{to_string(span.unit)}}};
    }
    std::vector<Told> operator()(const std::map<std::string, double>& levels) const {
        std::vector<Told> rows;
        for (const auto& [row, level] : levels) rows.push_back({row, level, {}});
        return rows;
    }
};

}  // namespace

void add_answers(AnswerTable& table, std::size_t number, const waves::Comparable& group, const survey::Sheet& sheet) {
    const survey::Answers answers = survey::holding_answers(sheet.entries);
    for (const catalogue::Topic& topic : sheet.questionnaire->topics)
        for (const catalogue::Question& question : topic.questions) {
            const auto held = answers.find(question.id);
            survey::Answer answer = held == answers.end() ? survey::Answer{} : held->second;
            if (!sheet.asked.contains(question.id)) answer = {.state = AnswerState::not_asked, .value = {}};
            const auto saved = sheet.entries.find(question.id);
            const bool has_entry = answer.state != AnswerState::not_asked && answer.state != AnswerState::open &&
                                   saved != sheet.entries.end();
            const std::string source =
                has_entry ? std::string{to_string(survey::current(saved->second).back().source)} : std::string{};
            for (const Told& told : std::visit(ToldValue{question}, answer.value))
                table.rows.push_back({static_cast<double>(number), std::string{to_string(group.state)},
                                      std::string{to_string(group.kind)}, std::string{to_string(group.size)},
                                      sheet.response.questionnaire.value, static_cast<double>(sheet.response.version),
                                      question.id.value, told.row, std::string{to_string(answer.state)}, told.value,
                                      told.unit,
                                      answer.confidence ? std::string{to_string(*answer.confidence)} : std::string{},
                                      source, std::string{table.is_synthetic ? "yes" : "no"}});
        }
}

std::string answers_to_file(const AnswerTable& table, FileKind kind, Language language) {
    if (kind == FileKind::csv) {
        report::Csv csv{language};
        csv.add_row({head.begin(), head.end()});
        for (const std::vector<Cell>& cells : table.rows) {
            std::vector<std::string> row;
            for (const Cell& cell : cells) {
                const auto* number = std::get_if<double>(&cell);
                row.push_back(number != nullptr ? report::csv_number(fmt::format("{}", *number), language)
                                                : report::csv_text(spreadsheet::shown(cell)));
            }
            csv.add_row(row);
        }
        return csv.text();
    }
    if (table.rows.size() >= most_rows)
        throw InputError{worded("fault.sheet-rows", {{"rows", static_cast<double>(most_rows)}})};
    spreadsheet::Book book;
    spreadsheet::DrawnPage& page = book.pages.emplace_back();
    page.name = "answers";
    page.frozen_rows = 1;
    constexpr double width = 16;
    page.widths.assign(head.size(), width);
    std::vector<spreadsheet::DrawnCell>& top = page.rows.emplace_back();
    for (const std::string_view column : head)
        top.push_back({.value = std::string{column}, .look = spreadsheet::Look::heading, .list = {}});
    for (const std::vector<Cell>& cells : table.rows) {
        std::vector<spreadsheet::DrawnCell>& row = page.rows.emplace_back();
        for (const Cell& cell : cells) row.push_back({.value = cell, .look = spreadsheet::Look::text, .list = {}});
    }
    return spreadsheet::xlsx_from(book);
}

}  // namespace resmon::wave_files
