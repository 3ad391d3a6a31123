#include "exchange/xlsform_own.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <sstream>

namespace resmon::exchange {

using catalogue::Question;

namespace {

template <class Number>
std::optional<Number> number_from(const std::string& cell) {
    Number number{};
    const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), number);
    if (cell.empty() || error != std::errc{} || end != cell.data() + cell.size()) return std::nullopt;
    return number;
}

class OwnColumns {
public:
    OwnColumns(const XlsFormSheet& sheet, std::size_t row, std::vector<Fault>& faults)
        : sheet_{sheet}, row_{row}, faults_{faults} {}

    void fault(const std::string& column, Wording expectation) {
        faults_.push_back({sheet_.place(row_, column), std::move(expectation)});
    }
    [[nodiscard]] std::string cell(const std::string& column) const { return sheet_.cell(row_, column); }

    void number(const std::string& column, double& place) {
        if (cell(column).empty()) return;
        if (const auto number = number_from<double>(cell(column)); number && std::isfinite(*number))
            place = *number;
        else
            fault(column, worded("fault.exchange.number", {{"found", cell(column)}}));
    }
    void whole(const std::string& column, int& place) {
        if (cell(column).empty()) return;
        if (const auto number = whole_number(cell(column)))
            place = *number;
        else
            fault(column, worded("fault.answer.whole", {{"found", cell(column)}}));
    }

private:
    const XlsFormSheet& sheet_;
    std::size_t row_;
    std::vector<Fault>& faults_;
};

void add_essentials(const spreadsheet::Workbook& workbook, catalogue::Questionnaire& questionnaire,
                    std::vector<Fault>& faults) {
    const XlsFormSheet sheet{workbook.find("resmon"), "resmon", std::nullopt};
    std::ranges::move(sheet.broken_cells(), std::back_inserter(faults));
    for (std::size_t row = 1; row < sheet.row_count(); ++row) {
        if (sheet.is_blank(row)) continue;
        OwnColumns columns{sheet, row, faults};
        catalogue::Essential essential{.level = 0, .question = {columns.cell("question")}, .at_least = 0};
        columns.whole("level", essential.level);
        columns.whole("at_least", essential.at_least);
        const auto topic = std::ranges::find(questionnaire.topics, columns.cell("topic"), &catalogue::Topic::id);
        for (const auto& [column, level] : {std::pair{"level", essential.level}, {"at_least", essential.at_least}})
            if (level < 1 || level > catalogue::highest_level)
                columns.fault(column, worded("fault.exchange.level", {{"highest", catalogue::highest_level}}));
        if (topic == questionnaire.topics.end()) {
            columns.fault("topic", worded("fault.exchange.topic", {{"found", columns.cell("topic")}}));
            continue;
        }
        const auto question = std::ranges::find(topic->questions, essential.question, &Question::id);
        if (question == topic->questions.end() || question->type != catalogue::QuestionType::ordinal)
            columns.fault("question", worded("fault.exchange.ordinal",
                                             {{"topic", topic->id}, {"found", essential.question.value}}));
        topic->essentials.push_back(std::move(essential));
    }
}

/// What earlier versions asked, and what became of it.
void add_versions(const spreadsheet::Workbook& workbook, catalogue::Questionnaire& questionnaire,
                  std::vector<Fault>& faults) {
    const XlsFormSheet versions{workbook.find("resmon_versions"), "resmon_versions", std::nullopt};
    std::ranges::move(versions.broken_cells(), std::back_inserter(faults));
    std::map<int, std::map<std::string, std::string>> asked;
    for (std::size_t row = 1; row < versions.row_count(); ++row) {
        if (versions.is_blank(row)) continue;
        OwnColumns columns{versions, row, faults};
        int version = 0;
        columns.whole("version", version);
        if (!asked[version].emplace(columns.cell("question"), columns.cell("hash")).second)
            columns.fault("question", worded("fault.exchange.twice", {{"name", columns.cell("question")}}));
    }
    for (auto& [version, questions] : asked) questionnaire.published.push_back({version, std::move(questions)});

    const XlsFormSheet changes{workbook.find("resmon_changes"), "resmon_changes", std::nullopt};
    std::ranges::move(changes.broken_cells(), std::back_inserter(faults));
    for (std::size_t row = 1; row < changes.row_count(); ++row) {
        if (changes.is_blank(row)) continue;
        OwnColumns columns{changes, row, faults};
        catalogue::QuestionChange change{.question = {columns.cell("question")}};
        columns.whole("before", change.before);
        const std::string meaning = columns.cell("meaning");
        if (meaning != "same" && meaning != "changed")
            columns.fault("meaning", worded("fault.exchange.meaning", {{"found", meaning}}));
        change.means_the_same = meaning == "same";
        questionnaire.changes.push_back(std::move(change));
    }
}

}  // namespace

const std::vector<std::string>& own_columns() {
    static const std::vector<std::string> columns{"resmon_type",
                                                  "resmon_introduction_de",
                                                  "resmon_introduction_en",
                                                  "resmon_why_de",
                                                  "resmon_why_en",
                                                  "resmon_source",
                                                  "resmon_unit_de",
                                                  "resmon_unit_en",
                                                  "resmon_lowest",
                                                  "resmon_highest",
                                                  "resmon_decimals",
                                                  "resmon_lowest_means_de",
                                                  "resmon_lowest_means_en",
                                                  "resmon_highest_means_de",
                                                  "resmon_highest_means_en",
                                                  "resmon_asked_of",
                                                  "resmon_sensitive",
                                                  "resmon_quick_check"};
    return columns;
}

void add_own_columns(const XlsFormSheet& survey, std::size_t row, Question& question, std::vector<Fault>& faults) {
    OwnColumns columns{survey, row, faults};
    question.why = survey.own_text(row, "resmon_why");
    question.source = columns.cell("resmon_source");
    question.unit = survey.own_text(row, "resmon_unit");
    columns.number("resmon_lowest", question.lowest);
    columns.number("resmon_highest", question.highest);
    if (!columns.cell("resmon_type").empty()) question.decimals = 0;
    columns.whole("resmon_decimals", question.decimals);
    question.lowest_means = survey.own_text(row, "resmon_lowest_means");
    question.highest_means = survey.own_text(row, "resmon_highest_means");
    std::istringstream words{columns.cell("resmon_asked_of")};
    for (std::string word; words >> word;)
        if (word == "municipality" || word == "district")
            question.asked_of.push_back(word == "district" ? catalogue::Level::district
                                                           : catalogue::Level::municipality);
        else
            columns.fault("resmon_asked_of", worded("fault.exchange.asked-of", {{"found", word}}));
    const std::string sensitive = columns.cell("resmon_sensitive");
    if (!sensitive.empty() && sensitive != "yes" && sensitive != "no")
        columns.fault("resmon_sensitive", worded("fault.yes-no", {{"found", sensitive}}));
    question.is_sensitive = sensitive == "yes";
}

void add_own_parts(const spreadsheet::Workbook& workbook, const XlsFormSheet& survey, const std::vector<bool>& is_read,
                   catalogue::Questionnaire& questionnaire, std::vector<Fault>& faults) {
    std::map<int, QuestionId> quick;
    for (std::size_t row = 1; row < survey.row_count(); ++row) {
        OwnColumns columns{survey, row, faults};
        if (!is_read[row] || columns.cell("resmon_quick_check").empty()) continue;
        int place = 0;
        columns.whole("resmon_quick_check", place);
        const QuestionId question{columns.cell("name")};
        if (questionnaire.find(question) == nullptr || !quick.emplace(place, question).second)
            columns.fault("resmon_quick_check", worded("fault.exchange.quick-check"));
    }
    for (auto& [place, question] : quick) questionnaire.quick_check.push_back(std::move(question));
    add_essentials(workbook, questionnaire, faults);
    add_versions(workbook, questionnaire, faults);
}

std::optional<int> whole_number(const std::string& cell) { return number_from<int>(cell); }

}  // namespace resmon::exchange
