#include "forms/form_writer.hpp"

#include "report/csv.hpp"
#include "spreadsheet/xlsx_writer.hpp"
#include "survey/condition_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace resmon::forms {

using catalogue::Question;
using catalogue::QuestionType;
using spreadsheet::Book;
using spreadsheet::Cell;
using spreadsheet::DrawnCell;
using spreadsheet::DrawnPage;
using spreadsheet::Look;

namespace {

using DrawnRow = std::vector<DrawnCell>;

/// So that no spreadsheet takes a key of digits for a number and drops its leading zero.
std::string told(const std::string& key) { return key.empty() ? key : "#" + key; }

class FormWriter {
public:
    explicit FormWriter(const Form& form) : form_{form}, language_{form.head.language} {
        levels_ = add_list({"0", "1", "2", "3", "4"});
        states_ = add_list(words_of(state_keys, language_));
        confidences_ = add_list(words_of(confidence_keys, language_));
        units_ = add_list(words_of(unit_keys, language_));
        ticks_ = add_list({text("form.yes")});
    }

    Book book() {
        add_cover();
        for (const catalogue::Topic& topic : form_.questionnaire->topics) add_topic(topic);
        return std::move(book_);
    }

private:
    [[nodiscard]] std::string text(std::string_view key, const std::vector<TextArgument>& arguments = {}) const {
        return program_text(key, language_, arguments);
    }

    std::size_t add_list(std::vector<std::string> words) {
        book_.lists.push_back(std::move(words));
        return book_.lists.size() - 1;
    }

    void add_cover() {
        DrawnPage& page = book_.pages.emplace_back();
        page.name = spreadsheet::sheet_name(text("form.cover"));
        page.widths = {8, 30, 90};
        page.hidden_columns = {0};
        page.is_protected = true;
        const FormHead& head = form_.head;
        const std::string& name = form_.questionnaire->name.in(language_);
        page.rows.push_back({{}, {.value = text("form.title", {{"name", name}}), .look = Look::title, .list = {}}});
        for (const char* sentence :
             {"form.how-1", "form.how-2", "form.how-3", "form.how-4", "form.how-5", "form.how-6"})
            page.rows.push_back({{}, {}, {.value = text(sentence), .look = Look::text, .list = {}}});
        add_contradictions(page);
        page.rows.emplace_back();
        for (const auto& [key, value] : {std::pair{"body_name", head.body_name},
                                         {"body", told(head.body)},
                                         {"questionnaire", head.questionnaire.value},
                                         {"version", std::to_string(head.version)},
                                         {"hash", told(head.hash)},
                                         {"response", told(head.response)},
                                         {"exported_at", head.exported_at},
                                         {"language", language_ == Language::german ? "de" : "en"},
                                         {"form", std::to_string(form_version)}})
            page.rows.push_back({{.value = key, .look = Look::note, .list = {}},
                                 {.value = text(fmt::format("form.head.{}", key)), .look = Look::heading, .list = {}},
                                 {.value = value, .look = Look::text, .list = {}}});
    }

    void add_contradictions(DrawnPage& page) {
        std::string ids;
        for (const catalogue::Topic& topic : form_.questionnaire->topics)
            for (const Question& question : topic.questions)
                if (is_in(form_, question) && form_.contradicted.contains(question.id))
                    ids += (ids.empty() ? "" : ", ") + question.id.value;
        if (ids.empty()) return;
        const std::string sentence = text("form.contradictions", {{"questions", ids}});
        page.rows.push_back({{}, {}, {.value = sentence, .look = Look::heading, .list = {}}});
    }

    void add_topic(const catalogue::Topic& topic) {
        if (std::ranges::none_of(topic.questions, [&](const Question& question) { return is_in(form_, question); }))
            return;
        const std::string& name = topic.name.in(language_);
        DrawnPage& page = book_.pages.emplace_back();
        page.name = spreadsheet::sheet_name(topic.id + " " + name);
        page.widths = {8, 6, 8, 45, 60, 22, 11, 17, 25, 30, 25, 14, 16};
        page.hidden_columns = {place_of(Column::key), place_of(Column::seen)};
        page.is_protected = true;
        constexpr std::size_t rows_above = 3;
        page.frozen_rows = rows_above;
        const std::string title = text("form.topic", {{"id", topic.id}, {"name", name}});
        page.rows.push_back({{}, {.value = title, .look = Look::title, .list = {}}});
        page.rows.push_back({{}, {}, {}, {.value = topic.introduction.in(language_), .look = Look::note, .list = {}}});
        DrawnRow& heading = page.rows.emplace_back();
        for (const std::string& word : words_of(column_keys, language_))
            heading.push_back({.value = word, .look = Look::heading, .list = {}});
        for (const Question& question : topic.questions)
            if (is_in(form_, question)) add_question(page, question);
    }

    void add_question(DrawnPage& page, const Question& question) {
        const auto entry = form_.shown.find(question.id);
        const ShownEntry shown = entry == form_.shown.end() ? ShownEntry{} : entry->second;
        QuestionCells cells = cells_of(question, shown.answer, language_);
        cells.at(Column::key) = question.id.value;
        cells.at(Column::number) = question.id.value;
        cells.at(Column::seen) = static_cast<double>(shown.number);
        cells.at(Column::question) = question.text.in(language_);
        cells.at(Column::help) = help_of(question);
        if (question.type == QuestionType::number) cells.at(Column::unit) = question.unit.in(language_);

        DrawnRow& row = page.rows.emplace_back();
        const std::vector<std::string> below = rows_below(question);
        for (std::size_t place = 0; place < column_count; ++place)
            row.push_back(drawn(question, static_cast<Column>(place), cells.row.at(place)));
        for (std::size_t place = 0; place < below.size(); ++place) {
            DrawnRow& line = page.rows.emplace_back(place_of(Column::answer) + 1);
            line[place_of(Column::key)].value = question.id.value + "/" + below[place];
            line[place_of(Column::question)].value = name_below(question, place);
            const std::size_t list = question.type == QuestionType::matrix ? levels_ : ticks_;
            line[place_of(Column::answer)] = {.value = cells.below[below[place]], .look = Look::input, .list = list};
        }
    }

    DrawnCell drawn(const Question& question, Column column, const Cell& value) {
        DrawnCell cell{.value = value, .look = column >= Column::answer ? Look::input : Look::text, .list = {}};
        switch (column) {
            case Column::number:
            case Column::question: cell.look = Look::group; break;
            case Column::answer:
                if (question.type == QuestionType::ordinal) cell.list = levels_;
                if (question.type == QuestionType::single) cell.list = add_list(offered(question, language_));
                if (!rows_below(question).empty()) cell.look = Look::group;
                break;
            case Column::unit:
                if (question.type == QuestionType::duration)
                    cell.list = units_;
                else
                    cell.look = Look::text;
                break;
            case Column::state: cell.list = states_; break;
            case Column::confidence: cell.list = confidences_; break;
            case Column::key:
            case Column::seen:
            case Column::help:
            case Column::reason:
            case Column::comment:
            case Column::evidence:
            case Column::expires: break;
        }
        return cell;
    }

    std::string name_below(const Question& question, std::size_t place) const {
        if (question.type == QuestionType::multiple) return question.choices[place].text.in(language_);
        const auto service = form_.services.find(question.rows[place]);
        return service == form_.services.end() ? question.rows[place].value : service->second.in(language_);
    }

    std::string help_of(const Question& question) const {
        std::vector<std::string> lines;
        // Not in the comment: what stands there comes back as an answer.
        if (form_.contradicted.contains(question.id)) lines.push_back(text("form.contradiction"));
        if (question.when.kind != catalogue::Condition::Kind::always)
            lines.push_back(text("form.only-if", {{"condition", survey::condition_words(*form_.questionnaire,
                                                                                        question.when, language_)}}));
        lines.push_back(question.help.in(language_));
        for (std::size_t level = 0; level < question.levels.size(); ++level)
            lines.push_back(fmt::format("{} – {}", level, question.levels[level].in(language_)));
        if (question.type == QuestionType::single) add_numbered_choices(question, lines);
        lines.push_back(how_to_answer(question));
        std::string help;
        for (const std::string& line : lines)
            if (!line.empty()) help += (help.empty() ? "" : "\n") + line;
        return help;
    }

    void add_numbered_choices(const Question& question, std::vector<std::string>& lines) const {
        const std::vector<std::string> words = offered(question, language_);
        for (std::size_t place = 0; place < words.size(); ++place)
            if (const std::string& full = question.choices[place].text.in(language_); words[place] != full)
                lines.push_back(fmt::format("{} – {}", words[place], full));
    }

    std::string how_to_answer(const Question& question) const {
        switch (question.type) {
            case QuestionType::multiple: return text("form.ticks");
            case QuestionType::matrix: return text("form.rows");
            case QuestionType::duration: return text("form.duration");
            case QuestionType::date: return text("form.day");
            case QuestionType::scale:
                return text("form.means", {{"lowest", question.lowest},
                                           {"low", question.lowest_means.in(language_)},
                                           {"highest", question.highest},
                                           {"high", question.highest_means.in(language_)}});
            case QuestionType::number:
                if (std::isfinite(question.lowest) && std::isfinite(question.highest))
                    return text("form.number-of", {{"lowest", question.lowest}, {"highest", question.highest}});
                return std::isfinite(question.lowest) ? text("form.number-from", {{"lowest", question.lowest}})
                                                      : std::string{};
            case QuestionType::single:
            case QuestionType::ordinal:
            case QuestionType::text: return {};
        }
        return {};
    }

    const Form& form_;
    Language language_;
    Book book_;
    std::size_t levels_ = 0;
    std::size_t states_ = 0;
    std::size_t confidences_ = 0;
    std::size_t units_ = 0;
    std::size_t ticks_ = 0;
};

std::string csv_cell(const Cell& cell, Language language) {
    if (const auto* number = std::get_if<double>(&cell))
        return report::csv_number(fmt::format("{}", *number), language);
    const auto* text = std::get_if<std::string>(&cell);
    return report::csv_text(text == nullptr ? spreadsheet::shown(cell) : *text);
}

}  // namespace

std::string form_to_xlsx(const Form& form) { return spreadsheet::xlsx_from(FormWriter{form}.book()); }

std::string form_to_csv(const Form& form) {
    report::Csv csv{form.head.language};
    for (const DrawnPage& page : FormWriter{form}.book().pages)
        for (const DrawnRow& row : page.rows) {
            std::vector<std::string> cells;
            for (const DrawnCell& cell : row) cells.push_back(csv_cell(cell.value, form.head.language));
            csv.add_row(cells);
        }
    return csv.text();
}

}  // namespace resmon::forms
