#include "forms/form_reader.hpp"

#include "base/error.hpp"
#include "spreadsheet/csv_reader.hpp"
#include "spreadsheet/xlsx_reader.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

namespace resmon::forms {

using catalogue::Question;
using spreadsheet::Cell;
using spreadsheet::is_empty;
using spreadsheet::shown;
using spreadsheet::Table;
using spreadsheet::Workbook;

namespace {

constexpr std::size_t value_column_of_head = 2;

struct CellPlace {
    const Table* table = nullptr;
    std::size_t row = 0;
    std::size_t column = 0;
};

Place place_from(const CellPlace& at) {
    return {.file = {}, .line = 0, .path = "/" + at.table->name + "/" + spreadsheet::cell_name(at.row, at.column)};
}

/// Where the columns of a sheet stand.
using Columns = std::array<std::optional<std::size_t>, column_count>;

/// Nothing if the row is no heading.
std::optional<Columns> columns_in(const spreadsheet::Row& row) {
    Columns columns;
    std::size_t known = 0;
    for (std::size_t at = 0; at < row.size(); ++at) {
        const auto column = is_empty(row[at]) ? std::nullopt : place_of(shown(row[at]), column_keys);
        if (!column || columns.at(*column)) continue;
        columns.at(*column) = at;
        ++known;
    }
    // Some may have been deleted: then it is a heading from which they are missing.
    constexpr std::size_t enough = 4;
    return known >= enough ? std::optional{columns} : std::nullopt;
}

/// The rows that belong to one question.
struct QuestionRows {
    std::optional<CellPlace> row;
    Columns columns;
    QuestionCells cells;
    std::map<std::string, CellPlace> below;  ///< places of the answers
};

class FormReader {
public:
    FormReader(const catalogue::Questionnaire& questionnaire, const survey::Entries& entries, Languages languages)
        : questionnaire_{questionnaire}, entries_{entries}, languages_{languages} {}

    Changes changes(const Workbook& workbook) {
        for (const Table& table : workbook.tables)
            if (!table.is_hidden) read_table(table);
        Changes found;
        for (const catalogue::Topic& topic : questionnaire_.topics)
            for (const Question& question : topic.questions)
                if (const auto rows = rows_.find(question.id.value); rows != rows_.end())
                    read_question(question, rows->second, found);
        if (!faults_.empty()) throw InputError{std::move(faults_)};
        return found;
    }

private:
    void fault(const CellPlace& at, std::string words) {
        constexpr std::size_t most = 300;
        if (faults_.size() < most) faults_.push_back({place_from(at), std::move(words)});
    }
    void fault(const CellPlace& at, std::string_view key, const std::string& value) {
        fault(at, program_text(key, languages_.reader, {{"value", value}}));
    }

    void read_table(const Table& table) {
        std::optional<Columns> columns;
        for (std::size_t row = 0; row < table.rows.size(); ++row) {
            if (const auto heading = columns_in(table.rows[row])) {
                columns = heading;
                check_columns(table, row, *columns);
                continue;
            }
            if (columns) {
                read_row(table, row, *columns);
            } else if (questionnaire_.find({shown(table.cell(row, 0))}) != nullptr) {
                fault({&table, row, 0}, "form.fault.column-missing",
                      program_text("form.column.answer", languages_.reader));
                return;
            }
        }
    }

    void check_columns(const Table& table, std::size_t row, const Columns& columns) {
        for (std::size_t column = 0; column < column_count; ++column)
            if (const auto kind = static_cast<Column>(column);
                !columns.at(column) && kind != Column::number && kind != Column::question && kind != Column::help)
                fault({&table, row, 0}, "form.fault.column-missing",
                      program_text(column_keys.at(column), languages_.reader));
    }

    static const Cell& cell(const Table& table, std::size_t row, const Columns& columns, Column column) {
        static const Cell empty;
        const auto at = columns.at(place_of(column));
        return at ? table.cell(row, *at) : empty;
    }

    void read_row(const Table& table, std::size_t row, const Columns& columns) {
        const std::string key = shown(cell(table, row, columns, Column::key));
        const auto key_column = columns.at(place_of(Column::key));
        if (!key_column) return;
        const CellPlace at{&table, row, *key_column};
        if (key.empty()) {
            const bool says_something = std::ranges::any_of(
                std::array{Column::answer, Column::state, Column::reason, Column::comment, Column::evidence},
                [&](Column column) { return !is_empty(cell(table, row, columns, column)); });
            if (says_something) fault(at, program_text("form.fault.no-key", languages_.reader));
            return;
        }
        const std::size_t slash = key.find('/');
        const Question* question = questionnaire_.find({key.substr(0, slash)});
        const bool is_below = slash != std::string::npos;
        const std::string below = is_below ? key.substr(slash + 1) : std::string{};
        const bool is_known =
            question != nullptr && (!is_below || std::ranges::count(rows_below(*question), below) > 0);
        if (!is_known) return fault(at, "form.fault.question", key);
        QuestionRows& rows = rows_[question->id.value];
        if (is_below)
            add_below(rows, below, at, {&table, row, columns.at(place_of(Column::answer)).value_or(0)});
        else
            add_question(rows, at, columns);
    }

    void twice(const CellPlace& at, const CellPlace& before) {
        fault(at,
              program_text("form.fault.twice", languages_.reader,
                           {{"value", shown(at.table->cell(at.row, at.column))},
                            {"place", before.table->name + " " + spreadsheet::cell_name(before.row, before.column)}}));
    }

    void add_below(QuestionRows& rows, const std::string& id, const CellPlace& key, const CellPlace& answer) {
        const auto [place, is_new] = rows.below.emplace(id, answer);
        if (!is_new) return twice(key, place->second);
        rows.cells.below[id] = answer.table->cell(answer.row, answer.column);
    }

    void add_question(QuestionRows& rows, const CellPlace& key, const Columns& columns) {
        if (rows.row) return twice(key, *rows.row);
        rows.row = key;
        rows.columns = columns;
        for (std::size_t column = 0; column < column_count; ++column)
            if (columns.at(column)) rows.cells.row.at(column) = key.table->cell(key.row, *columns.at(column));
    }

    void read_question(const Question& question, QuestionRows& rows, Changes& found) {
        if (!rows.row) return fault(rows.below.begin()->second, "form.fault.question-missing", question.id.value);
        bool is_whole = true;
        for (const std::string& below : rows_below(question))
            if (!rows.below.contains(below)) {
                is_whole = false;
                fault(*rows.row, "form.fault.row-missing", question.id.value + "/" + below);
            }
        const auto entry = seen_entry(question, rows);
        if (!is_whole || !entry) return;
        if (stands_as_exported(question, rows.cells, entry->answer)) {
            ++found.unchanged;
            return;
        }
        std::vector<CellFault> faults;
        survey::Answer answer = answer_from(question, rows.cells, languages_, faults);
        for (const CellFault& one : faults) fault(place_of_fault(rows, one), one.words);
        if (!faults.empty()) return;
        if (is_same(question, answer, entry->answer))
            ++found.unchanged;
        else
            found.answers.push_back({question.id, entry->number, std::move(answer)});
    }

    CellPlace place_of_fault(const QuestionRows& rows, const CellFault& fault) const {
        if (!fault.below.empty()) return rows.below.at(fault.below);
        return {rows.row->table, rows.row->row, rows.columns.at(place_of(fault.column)).value_or(0)};
    }

    /// Nothing, and a fault, if there is no such entry.
    std::optional<ShownEntry> seen_entry(const Question& question, const QuestionRows& rows) {
        const Cell& cell = rows.cells.at(Column::seen);
        const std::string text = shown(cell);
        std::int64_t number = -1;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (error == std::errc{} && end == text.data() + text.size() && number == 0) return ShownEntry{};
        if (const auto saved = entries_.find(question.id); saved != entries_.end())
            if (const auto entry = std::ranges::find(saved->second, number, &survey::Entry::number);
                entry != saved->second.end())
                return ShownEntry{entry->number, entry->answer};
        fault(place_of_fault(rows, {Column::seen, {}, {}}), "form.fault.seen", text);
        return std::nullopt;
    }

    /// Cell by cell, so that what this program wrote need not be understood again.
    static bool stands_as_exported(const Question& question, const QuestionCells& cells, const survey::Answer& answer) {
        return std::ranges::any_of(std::array{Language::german, Language::english}, [&](Language language) {
            const QuestionCells exported = cells_of(question, answer, language);
            const auto is_same = [&](Column column) { return shown(cells.at(column)) == shown(exported.at(column)); };
            for (const Column column : {Column::answer, Column::state, Column::reason, Column::comment,
                                        Column::evidence, Column::expires, Column::confidence})
                if (!is_same(column)) return false;
            if (question.type == catalogue::QuestionType::duration && !is_same(Column::unit)) return false;
            return std::ranges::all_of(rows_below(question), [&](const std::string& below) {
                const auto before = exported.below.find(below);
                return shown(cells.below.at(below)) == (before == exported.below.end() ? "" : shown(before->second));
            });
        });
    }

    /// What only another notation changes is no change.
    bool is_same(const Question& question, const survey::Answer& answer, const survey::Answer& before) const {
        std::vector<CellFault> none;
        const Languages own{languages_.file, languages_.reader};
        return answer == before || answer == answer_from(question, cells_of(question, before, own.file), own, none);
    }

    const catalogue::Questionnaire& questionnaire_;
    const survey::Entries& entries_;
    Languages languages_;
    std::map<std::string, QuestionRows> rows_;
    std::vector<Fault> faults_;
};

/// As form_writer.cpp tells it.
std::string key_from(const std::string& told) { return told.starts_with('#') ? told.substr(1) : told; }

int number_or_zero(const std::string& text) {
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size() ? number : 0;
}

}  // namespace

Workbook workbook_from(std::string_view bytes) {
    if (bytes.starts_with("PK")) return spreadsheet::workbook_from_xlsx(bytes);
    Workbook workbook;
    workbook.tables.push_back(spreadsheet::table_from_csv(bytes));
    workbook.tables.back().name = "CSV";
    return workbook;
}

FormHead head_from(const Workbook& workbook, Language reader) {
    constexpr std::array<const char*, 9> keys{"form", "questionnaire", "version",     "hash",    "response",
                                              "body", "body_name",     "exported_at", "language"};
    std::map<std::string, std::string> said;
    std::optional<CellPlace> at;
    for (const Table& table : workbook.tables)
        for (std::size_t row = 0; row < table.rows.size(); ++row)
            if (const std::string key = shown(table.cell(row, 0));
                std::ranges::find(keys, key) != keys.end() &&
                said.emplace(key, shown(table.cell(row, value_column_of_head))).second)
                at = CellPlace{&table, row, value_column_of_head};
    if (!at) throw InputError{program_text("form.fault.no-form", reader)};
    const auto refuse = [&](const char* key, const std::string& value) {
        throw InputError{{{place_from(*at), program_text(key, reader, {{"value", value}})}}};
    };
    for (const char* key : {"form", "questionnaire", "version", "hash"})
        if (said[key].empty()) refuse("form.fault.head-missing", program_text(std::string{"form.head."} + key, reader));
    if (said["form"] != std::to_string(form_version)) refuse("form.fault.other-form", said["form"]);
    return {.questionnaire = {said["questionnaire"]},
            .version = number_or_zero(said["version"]),
            .hash = key_from(said["hash"]),
            .response = key_from(said["response"]),
            .body = key_from(said["body"]),
            .body_name = said["body_name"],
            .exported_at = said["exported_at"],
            .language = said["language"] == "en" ? Language::english : Language::german};
}

Changes changes_in(const Workbook& workbook, const catalogue::Questionnaire& questionnaire,
                   const survey::Entries& entries, Languages languages) {
    return FormReader{questionnaire, entries, languages}.changes(workbook);
}

}  // namespace resmon::forms
