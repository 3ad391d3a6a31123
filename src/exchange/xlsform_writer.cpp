#include "exchange/xlsform_writer.hpp"

#include "exchange/relevance.hpp"
#include "exchange/xlsform_own.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>

namespace resmon::exchange {

using catalogue::Question;
using catalogue::QuestionType;
using spreadsheet::Book;
using spreadsheet::DrawnPage;
using spreadsheet::Look;

namespace {

std::vector<std::string> survey_columns() {
    std::vector<std::string> columns{"type",
                                     "name",
                                     "label::Deutsch (de)",
                                     "label::English (en)",
                                     "hint::Deutsch (de)",
                                     "hint::English (en)",
                                     "relevant",
                                     "constraint",
                                     "appearance",
                                     "parameters"};
    columns.insert(columns.end(), own_columns().begin(), own_columns().end());
    return columns;
}

using Fields = std::map<std::string, std::string>;

DrawnPage& page_with(Book& book, const char* name, const std::vector<std::string>& columns) {
    DrawnPage& page = book.pages.emplace_back();
    page.name = name;
    page.frozen_rows = 1;
    page.widths.assign(columns.size(), 20);
    page.rows.emplace_back();
    for (const std::string& column : columns)
        page.rows[0].push_back({.value = column, .look = Look::heading, .list = {}});
    return page;
}

void add_row(DrawnPage& page, const Fields& fields) {
    std::vector<spreadsheet::DrawnCell> row;
    for (const spreadsheet::DrawnCell& heading : page.rows[0]) {
        const auto field = fields.find(std::get<std::string>(heading.value));
        row.push_back({.value = field == fields.end() || field->second.empty() ? spreadsheet::Cell{}
                                                                               : spreadsheet::Cell{field->second}});
    }
    page.rows.push_back(std::move(row));
}

void add_both(Fields& fields, const std::string& name, const Text& text) {
    fields[name + "_de"] = text.de;
    fields[name + "_en"] = text.en;
}

void add_label(Fields& fields, const Text& text) {
    fields["label::Deutsch (de)"] = text.de;
    fields["label::English (en)"] = text.en;
}

std::string constraint_of(const Question& question) {
    std::vector<std::string> parts;
    if (std::isfinite(question.lowest)) parts.push_back(fmt::format(". >= {}", question.lowest));
    if (std::isfinite(question.highest)) parts.push_back(fmt::format(". <= {}", question.highest));
    return fmt::format("{}", fmt::join(parts, " and "));
}

class XlsFormWriter {
public:
    XlsFormWriter(const catalogue::Questionnaire& questionnaire, const catalogue::Catalogue& catalogue)
        : questionnaire_{questionnaire}, catalogue_{catalogue} {}

    Book book() {
        // All pages before any of them is filled: they move when another is added.
        page_with(book_, "survey", survey_columns());
        page_with(book_, "choices",
                  {"list_name", "name", "label::Deutsch (de)", "label::English (en)", "resmon_excludes_others"});
        page_with(book_, "settings",
                  {"form_title", "form_id", "version", "default_language", "resmon_name_de", "resmon_name_en",
                   "resmon_introduction_de", "resmon_introduction_en"});
        page_with(book_, "resmon", {"topic", "level", "question", "at_least"});
        page_with(book_, "resmon_versions", {"version", "question", "hash"});
        page_with(book_, "resmon_changes", {"question", "before", "meaning"});
        for (const catalogue::Topic& topic : questionnaire_.topics) add_topic(topic);
        add_settings();
        add_versions();
        return std::move(book_);
    }

private:
    void add_topic(const catalogue::Topic& topic) {
        Fields begin{{"type", "begin_group"}, {"name", topic.id}};
        add_label(begin, topic.name);
        add_both(begin, "resmon_introduction", topic.introduction);
        add_row(book_.pages[0], begin);
        for (const Question& question : topic.questions) add_question(question);
        add_row(book_.pages[0], {{"type", "end_group"}});
        for (const catalogue::Essential& essential : topic.essentials)
            add_row(book_.pages[3], {{"topic", topic.id},
                                     {"level", std::to_string(essential.level)},
                                     {"question", essential.question.value},
                                     {"at_least", std::to_string(essential.at_least)}});
    }

    void add_question(const Question& question) {
        Fields fields{{"name", question.id.value},
                      {"relevant", relevance_of(question.when, questionnaire_)},
                      {"resmon_type", std::string{to_string(question.type)}},
                      {"resmon_source", question.source},
                      {"resmon_sensitive", question.is_sensitive ? "yes" : ""}};
        add_label(fields, question.text);
        fields["hint::Deutsch (de)"] = question.help.de;
        fields["hint::English (en)"] = question.help.en;
        add_both(fields, "resmon_why", question.why);
        add_both(fields, "resmon_unit", question.unit);
        add_both(fields, "resmon_lowest_means", question.lowest_means);
        add_both(fields, "resmon_highest_means", question.highest_means);
        if (std::isfinite(question.lowest)) fields["resmon_lowest"] = fmt::format("{}", question.lowest);
        if (std::isfinite(question.highest)) fields["resmon_highest"] = fmt::format("{}", question.highest);
        if (question.decimals != 0) fields["resmon_decimals"] = std::to_string(question.decimals);
        std::vector<std::string> levels_of_bodies;
        for (const catalogue::Level level : question.asked_of)
            levels_of_bodies.emplace_back(level == catalogue::Level::district ? "district" : "municipality");
        fields["resmon_asked_of"] = fmt::format("{}", fmt::join(levels_of_bodies, " "));
        const auto quick = std::ranges::find(questionnaire_.quick_check, question.id);
        if (quick != questionnaire_.quick_check.end())
            fields["resmon_quick_check"] = std::to_string(quick - questionnaire_.quick_check.begin() + 1);
        add_type(question, fields);
        add_row(book_.pages[0], fields);
        if (question.type == QuestionType::matrix) add_matrix(question);
    }

    void add_type(const Question& question, Fields& fields) {
        const std::string list = question.id.value;
        switch (question.type) {
            case QuestionType::single:
            case QuestionType::multiple:
                fields["type"] = (question.type == QuestionType::single ? "select_one " : "select_multiple ") + list;
                for (const catalogue::Choice& choice : question.choices)
                    add_choice(list, choice.id, choice.text, choice.excludes_others);
                break;
            case QuestionType::ordinal:
                fields["type"] = "select_one " + list;
                add_levels(question);
                break;
            case QuestionType::scale:
                fields["type"] = "range";
                fields["parameters"] = fmt::format("start={} end={} step=1", question.lowest, question.highest);
                break;
            case QuestionType::number:
                fields["type"] = question.decimals == 0 ? "integer" : "decimal";
                fields["constraint"] = constraint_of(question);
                break;
            case QuestionType::duration:
                fields["type"] = "decimal";
                fields["constraint"] = ". >= 0";
                break;
            case QuestionType::date: fields["type"] = "date"; break;
            case QuestionType::text: fields["type"] = "text"; break;
            case QuestionType::matrix:
                fields["type"] = "begin_group";
                fields["appearance"] = "field-list";
                add_levels(question);
                break;
        }
    }

    void add_choice(const std::string& list, const std::string& name, const Text& text, bool excludes_others = false) {
        Fields fields{{"list_name", list}, {"name", name}, {"resmon_excludes_others", excludes_others ? "yes" : ""}};
        add_label(fields, text);
        add_row(book_.pages[1], fields);
    }

    void add_levels(const Question& question) {
        for (std::size_t level = 0; level < question.levels.size(); ++level)
            add_choice(question.id.value, std::to_string(level), question.levels[level]);
    }

    void add_matrix(const Question& question) {
        for (const ServiceId& row : question.rows) {
            const auto service = std::ranges::find(catalogue_.services, row, &catalogue::Service::id);
            // In a name of XLSForm no hyphen may stand; the id itself stands beside it.
            std::string name = question.id.value + "_" + row.value;
            std::ranges::replace(name, '-', '_');
            Fields fields{{"type", "select_one " + question.id.value},
                          {"name", std::move(name)},
                          {"resmon_type", "row " + row.value}};
            add_label(fields, service == catalogue_.services.end() ? Text{row.value, row.value} : service->name);
            add_row(book_.pages[0], fields);
        }
        add_row(book_.pages[0], {{"type", "end_group"}});
    }

    void add_settings() {
        Fields fields{{"form_title", questionnaire_.name.de},
                      {"form_id", questionnaire_.id.value},
                      {"version", std::to_string(questionnaire_.version)},
                      {"default_language", "Deutsch (de)"}};
        add_both(fields, "resmon_name", questionnaire_.name);
        add_both(fields, "resmon_introduction", questionnaire_.introduction);
        add_row(book_.pages[2], fields);
    }

    void add_versions() {
        for (const catalogue::PublishedVersion& one : questionnaire_.published)
            for (const auto& [question, hash] : one.questions)
                add_row(book_.pages[4],
                        {{"version", std::to_string(one.version)}, {"question", question}, {"hash", hash}});
        for (const catalogue::QuestionChange& one : questionnaire_.changes)
            add_row(book_.pages[5], {{"question", one.question.value},
                                     {"before", std::to_string(one.before)},
                                     {"meaning", one.means_the_same ? "same" : "changed"}});
    }

    const catalogue::Questionnaire& questionnaire_;
    const catalogue::Catalogue& catalogue_;
    Book book_;
};

}  // namespace

Book xlsform_of(const catalogue::Questionnaire& questionnaire, const catalogue::Catalogue& catalogue) {
    return XlsFormWriter{questionnaire, catalogue}.book();
}

}  // namespace resmon::exchange
