#include "forms/question_cells.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace resmon::forms {

using catalogue::Question;
using catalogue::QuestionType;
using spreadsheet::Cell;
using spreadsheet::is_empty;
using spreadsheet::shown;
using survey::Answer;
using survey::AnswerState;

namespace {

/// As long as api/survey.yaml lets them be, in characters.
constexpr std::size_t most_reason = 2'000;
constexpr std::size_t most_evidence = 1'000;
constexpr std::size_t most_text = 10'000;

Cell text_cell(const std::string& text) { return text.empty() ? Cell{} : Cell{text}; }

std::string offered_choice(const Question& question, const std::string& id, Language language) {
    const auto choice = std::ranges::find(question.choices, id, &catalogue::Choice::id);
    if (choice == question.choices.end()) return id;
    return offered(question, language).at(static_cast<std::size_t>(choice - question.choices.begin()));
}

Cell day_cell(const std::string& text) {
    const auto day = date_from(text);
    return day ? Cell{*day} : text_cell(text);
}

struct ValueCells {
    const Question& question;
    Language language;
    QuestionCells& cells;

    void operator()(std::monostate) const {}
    void operator()(double number) const { cells.at(Column::answer) = number; }
    void operator()(const std::string& text) const {
        if (question.type == QuestionType::single)
            cells.at(Column::answer) = offered_choice(question, text, language);
        else
            cells.at(Column::answer) = question.type == QuestionType::date ? day_cell(text) : Cell{text};
    }
    void operator()(const std::vector<std::string>& choices) const {
        for (const std::string& choice : choices) cells.below[choice] = program_text("form.yes", language);
    }
    void operator()(const survey::Span& span) const {
        cells.at(Column::answer) = span.amount;
        cells.at(Column::unit) = words_of(unit_keys, language).at(static_cast<std::size_t>(span.unit));
    }
    void operator()(const std::map<std::string, double>& levels) const {
        for (const auto& [row, level] : levels) cells.below[row] = level;
    }
};

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }));
}

class Reading {
public:
    Reading(const Question& question, const QuestionCells& cells, Languages languages, std::vector<CellFault>& faults)
        : question_{question}, cells_{cells}, languages_{languages}, faults_{faults} {}

    Answer answer() {
        Answer answer;
        const std::size_t before = faults_.size();
        refuse_broken_cells();
        answer.value = value();
        answer.state = state(!std::holds_alternative<std::monostate>(answer.value));
        answer.reason = words(Column::reason, most_reason);
        answer.comment = words(Column::comment, most_text);
        answer.evidence = words(Column::evidence, most_evidence);
        if (const Cell& cell = cells_.at(Column::expires); !is_empty(cell)) {
            const auto day = day_from(cell);
            if (day)
                answer.evidence_expires = spreadsheet::day_text(*day);
            else
                fault(Column::expires, "form.fault.day", {{"value", shown(cell)}});
        }
        if (const auto place = one_of(Column::confidence, confidence_keys, "form.fault.confidence"))
            answer.confidence = static_cast<survey::Confidence>(*place);
        if (faults_.size() == before) check(answer);
        return answer;
    }

private:
    using Arguments = std::vector<TextArgument>;

    void fault(Column column, std::string_view key, const Arguments& arguments = {}, const std::string& below = {}) {
        // What a cell is said to be, it is said once.
        const auto is_told = [&](const CellFault& told) { return told.column == column && told.below == below; };
        if (std::ranges::any_of(faults_, is_told)) return;
        faults_.push_back({column, below, program_text(key, languages_.reader, arguments)});
    }

    void refuse_broken_cells() {
        const auto refuse = [&](Column column, const Cell& cell, const std::string& below) {
            if (const auto* broken = std::get_if<spreadsheet::BrokenCell>(&cell))
                fault(column, "form.fault.broken", {{"value", broken->shown}}, below);
        };
        for (const Column column : {Column::answer, Column::unit, Column::state, Column::reason, Column::comment,
                                    Column::evidence, Column::expires, Column::confidence})
            refuse(column, cells_.at(column), {});
        for (const auto& [below, cell] : cells_.below) refuse(Column::answer, cell, below);
    }

    std::optional<std::size_t> one_of(Column column, Keys keys, const char* fault_key) {
        const std::string word = shown(cells_.at(column));
        if (word.empty()) return std::nullopt;
        const auto place = place_of(word, keys);
        if (!place) fault(column, fault_key, {{"value", word}, {"choices", listed(words_of(keys, languages_.reader))}});
        return place;
    }

    static std::string listed(const std::vector<std::string>& words) {
        return fmt::format("{}", fmt::join(words, ", "));
    }

    AnswerState state(bool has_value) {
        const auto place = one_of(Column::state, state_keys, "form.fault.state");
        if (!place) return has_value ? AnswerState::answered : AnswerState::open;
        return static_cast<AnswerState>(*place + 1);
    }

    std::string words(Column column, std::size_t most) {
        if (is_empty(cells_.at(column))) return {};
        const auto* text = std::get_if<std::string>(&cells_.at(column));
        std::string said = text == nullptr ? shown(cells_.at(column)) : *text;
        // Some spreadsheets break lines in their own way when they save.
        for (std::size_t at = 0; (at = said.find("\r\n", at)) != std::string::npos; ++at) said.erase(at, 1);
        if (characters(said) > most)
            fault(column, "form.fault.too-long",
                  {{"is", static_cast<double>(characters(said))}, {"most", static_cast<double>(most)}});
        return said;
    }

    survey::Value value() {
        const Cell& cell = cells_.at(Column::answer);
        if (question_.type == QuestionType::multiple) return ticks();
        if (question_.type == QuestionType::matrix) return levels();
        if (is_empty(cell)) return {};
        switch (question_.type) {
            case QuestionType::ordinal:
                if (const auto level = level_from(cell, {})) return *level;
                return {};
            case QuestionType::scale:
            case QuestionType::number:
                if (const auto number = limited(cell)) return *number;
                return {};
            case QuestionType::duration: return span(cell);
            case QuestionType::single: {
                const auto choice = choice_from(question_, cell, languages_.file);
                if (choice) return *choice;
                fault(Column::answer, "form.fault.choice",
                      {{"value", shown(cell)}, {"choices", listed(offered(question_, languages_.reader))}});
                return {};
            }
            case QuestionType::date:
                if (const auto day = day_from(cell)) return spreadsheet::day_text(*day);
                fault(Column::answer, "form.fault.day", {{"value", shown(cell)}});
                return {};
            case QuestionType::text: return words(Column::answer, most_text);
            case QuestionType::multiple:
            case QuestionType::matrix: break;
        }
        return {};
    }

    survey::Value ticks() {
        refuse_answer_in_the_row();
        std::vector<std::string> chosen;
        constexpr std::array<std::string_view, 2> yes_or_no{"form.yes", "form.no"};
        for (const auto& [id, cell] : cells_.below) {
            if (is_empty(cell)) continue;
            const std::string word = folded(shown(cell));
            const auto place = place_of(word, yes_or_no);
            const bool is_yes = place == 0 || word == "x" || word == "1" || word == "true";
            const bool is_no = place == 1 || word == "0" || word == "false";
            if (is_yes) chosen.push_back(id);
            if (!is_yes && !is_no) fault(Column::answer, "form.fault.tick", {{"value", shown(cell)}}, id);
        }
        return chosen.empty() ? survey::Value{} : survey::Value{std::move(chosen)};
    }

    survey::Value levels() {
        refuse_answer_in_the_row();
        std::map<std::string, double> found;
        for (const auto& [id, cell] : cells_.below)
            if (!is_empty(cell))
                if (const auto level = level_from(cell, id)) found[id] = *level;
        return found.empty() ? survey::Value{} : survey::Value{std::move(found)};
    }

    void refuse_answer_in_the_row() {
        if (!is_empty(cells_.at(Column::answer))) fault(Column::answer, "form.fault.answer-elsewhere");
    }

    /// `3`, or `3 – was zu beobachten ist`.
    std::optional<double> level_from(const Cell& cell, const std::string& below) {
        WrittenNumber number = number_from(cell, languages_.file);
        const std::string text = shown(cell);
        if (!number.fault.empty() && text.size() > 1 && text[0] >= '0' && text[0] <= '9' && text[1] == ' ')
            number = {static_cast<double>(text[0] - '0'), {}};
        const bool is_level = number.fault.empty() && number.value >= 0 && number.value <= catalogue::highest_level &&
                              number.value == std::floor(number.value);
        if (is_level) return number.value;
        fault(Column::answer, "form.fault.level", {{"value", text}}, below);
        return std::nullopt;
    }

    std::optional<double> number_in(const Cell& cell) {
        const WrittenNumber number = number_from(cell, languages_.file);
        if (number.fault.empty()) return number.value;
        fault(Column::answer, number.fault, {{"value", shown(cell)}});
        return std::nullopt;
    }

    std::optional<double> limited(const Cell& cell) {
        const auto number = number_in(cell);
        if (!number) return std::nullopt;
        const std::string value = shown(cell);
        const double lowest = std::max(question_.lowest, -survey::largest_number);
        const double highest = std::min(question_.highest, survey::largest_number);
        if (*number < lowest)
            fault(Column::answer, "form.fault.lowest", {{"value", value}, {"limit", lowest}});
        else if (*number > highest)
            fault(Column::answer, "form.fault.highest", {{"value", value}, {"limit", highest}});
        else if (!survey::faults_of(question_, {.state = AnswerState::answered, .value = *number}).empty())
            fault(Column::answer, "form.fault.decimals",
                  {{"value", value}, {"limit", static_cast<double>(question_.decimals)}});
        return number;
    }

    survey::Value span(const Cell& cell) {
        const auto amount = number_in(cell);
        const std::string unit = shown(cells_.at(Column::unit));
        const auto place = place_of(unit, unit_keys);
        const std::string choices = listed(words_of(unit_keys, languages_.reader));
        if (unit.empty())
            fault(Column::unit, "form.fault.unit-missing", {{"choices", choices}});
        else if (!place)
            fault(Column::unit, "form.fault.unit", {{"value", unit}, {"choices", choices}});
        if (amount && *amount < 0) fault(Column::answer, "form.fault.lowest", {{"value", shown(cell)}, {"limit", 0.0}});
        if (!amount || !place) return {};
        const auto known = static_cast<survey::SpanUnit>(*place);
        if (*amount > survey::longest_amount(known))
            fault(Column::answer, "form.fault.longest",
                  {{"value", shown(cell)}, {"limit", survey::longest_amount(known)}, {"years", survey::longest_years}});
        return survey::Span{*amount, known};
    }

    void check(const Answer& answer) {
        const bool has_value = !std::holds_alternative<std::monostate>(answer.value);
        if (answer.state == AnswerState::answered && !has_value) fault(Column::state, "form.fault.answer-missing");
        if (answer.state != AnswerState::answered && has_value)
            fault(Column::state, "form.fault.answer-too-much", {{"state", shown(cells_.at(Column::state))}});
        if (answer.state == AnswerState::not_applicable && answer.reason.empty())
            fault(Column::reason, "form.fault.reason-missing");
        if (answer.state != AnswerState::not_applicable && !answer.reason.empty())
            fault(Column::reason, "form.fault.reason-too-much");
    }

    const Question& question_;
    const QuestionCells& cells_;
    Languages languages_;
    std::vector<CellFault>& faults_;
};

}  // namespace

std::vector<std::string> rows_below(const Question& question) {
    std::vector<std::string> ids;
    if (question.type == QuestionType::multiple)
        for (const catalogue::Choice& choice : question.choices) ids.push_back(choice.id);
    if (question.type == QuestionType::matrix)
        for (const ServiceId& row : question.rows) ids.push_back(row.value);
    return ids;
}

QuestionCells cells_of(const Question& question, const Answer& answer, Language language) {
    QuestionCells cells;
    std::visit(ValueCells{question, language, cells}, answer.value);
    if (answer.state != AnswerState::open && answer.state != AnswerState::not_asked)
        cells.at(Column::state) = words_of(state_keys, language).at(static_cast<std::size_t>(answer.state) - 1);
    cells.at(Column::reason) = text_cell(answer.reason);
    cells.at(Column::comment) = text_cell(answer.comment);
    cells.at(Column::evidence) = text_cell(answer.evidence);
    cells.at(Column::expires) = day_cell(answer.evidence_expires);
    if (answer.confidence)
        cells.at(Column::confidence) =
            words_of(confidence_keys, language).at(static_cast<std::size_t>(*answer.confidence));
    return cells;
}

Answer answer_from(const Question& question, const QuestionCells& cells, Languages languages,
                   std::vector<CellFault>& faults) {
    return Reading{question, cells, languages, faults}.answer();
}

}  // namespace resmon::forms
