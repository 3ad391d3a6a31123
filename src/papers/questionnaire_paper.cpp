#include "papers/questionnaire_paper.hpp"

#include "base/calendar.hpp"
#include "survey/condition_words.hpp"

#include <algorithm>

namespace resmon::papers {

using catalogue::Question;
using catalogue::QuestionType;
using report::Block;
using report::Cell;
using report::Emphasis;
using report::List;
using report::Paragraph;
using report::Words;

namespace {

/// The month that the catalogue's version begins with.
Instant made_in(const std::string& version) {
    if (version.size() < std::string_view{"2026.11"}.size()) return {};
    return date_from(version.substr(0, 4) + "-" + version.substr(5, 2) + "-01").value_or(Date{});
}

class QuestionnairePaper {
public:
    QuestionnairePaper(const catalogue::Questionnaire& questionnaire, const catalogue::Catalogue& catalogue,
                       Language language)
        : questionnaire_{questionnaire}, catalogue_{catalogue}, language_{language} {}

    [[nodiscard]] report::Document document() {
        const std::string name = text("questionnaire.paper-title", {{"name", questionnaire_.name.in(language_)}});
        report::Document paper{.title = name,
                               .author = questionnaire_.name.in(language_),
                               .language = language_,
                               .made = made_in(catalogue_.version),
                               .head = name};
        paper.foot = text("questionnaire.paper-version", {{"version", static_cast<double>(questionnaire_.version)},
                                                          {"hash", questionnaire_.hash.substr(0, shown_hash)}});
        if (!questionnaire_.is_published) paper.foot += " · " + text("council.draft-foot");
        add_cover(name);
        paper.sections.push_back({.blocks = std::move(blocks_)});
        for (const catalogue::Topic& topic : questionnaire_.topics) paper.sections.push_back(section_of(topic));
        return paper;
    }

private:
    static constexpr std::size_t shown_hash = 8;

    [[nodiscard]] std::string text(const char* key, const std::vector<TextArgument>& arguments = {}) const {
        return program_text(key, language_, arguments);
    }
    [[nodiscard]] bool is_quick(const Question& question) const {
        return std::ranges::find(questionnaire_.quick_check, question.id) != questionnaire_.quick_check.end();
    }

    void add_cover(const std::string& name) {
        double questions = 0;
        for (const catalogue::Topic& topic : questionnaire_.topics)
            questions += static_cast<double>(topic.questions.size());
        blocks_ = {report::Heading{1, name}};
        if (!questionnaire_.is_published) blocks_.emplace_back(Paragraph{text("council.draft"), Paragraph::Role::note});
        blocks_.emplace_back(Paragraph{questionnaire_.introduction.in(language_), Paragraph::Role::lead});
        blocks_.emplace_back(Paragraph{
            text("questionnaire.paper-how",
                 {{"questions", questions}, {"quick", static_cast<double>(questionnaire_.quick_check.size())}})});
        blocks_.emplace_back(List{{text("questionnaire.paper-rule-unknown"), text("questionnaire.paper-rule-level"),
                                   text("questionnaire.paper-rule-condition")}});
        blocks_.emplace_back(Paragraph{{{text("questionnaire.paper-contents"), Emphasis::strong}}});
        blocks_.emplace_back(report::Contents{});
    }

    [[nodiscard]] report::Section section_of(const catalogue::Topic& topic) const {
        report::Section section;
        section.blocks.emplace_back(report::Heading{2, topic.id + "  " + topic.name.in(language_)});
        section.blocks.emplace_back(Paragraph{topic.introduction.in(language_)});
        for (const Question& question : topic.questions)
            section.blocks.emplace_back(report::Together{blocks_of(question)});
        return section;
    }

    [[nodiscard]] std::vector<Block> blocks_of(const Question& question) const {
        std::vector<Block> blocks{report::Heading{3, question.id.value + "  " + question.text.in(language_)}};
        Words notes;
        if (is_quick(question)) notes.pieces.push_back({text("questionnaire.paper-quick") + " ", Emphasis::strong});
        if (const std::string when = survey::when_asked(questionnaire_, question, language_); !when.empty())
            notes.pieces.push_back({when});
        if (!notes.pieces.empty()) blocks.emplace_back(Paragraph{std::move(notes), Paragraph::Role::note});
        if (const std::string& help = question.help.in(language_); !help.empty())
            blocks.emplace_back(Paragraph{{{help, Emphasis::quiet}}});
        add_answers(blocks, question);
        blocks.emplace_back(boxes(
            {"questionnaire.paper-dont-know", "questionnaire.paper-refused", "questionnaire.paper-not-applicable"}));
        blocks.emplace_back(
            Paragraph{{{text("questionnaire.paper-why") + " ", Emphasis::strong}, {question.why.in(language_)}},
                      Paragraph::Role::note});
        return blocks;
    }

    [[nodiscard]] List boxes(std::initializer_list<const char*> keys) const {
        List list{{}, List::Marker::box, List::Arrangement::beside};
        for (const char* key : keys) list.items.emplace_back(text(key));
        return list;
    }

    void add_answers(std::vector<Block>& blocks, const Question& question) const {
        switch (question.type) {
            case QuestionType::ordinal: blocks.emplace_back(List{levels_of(question), List::Marker::box}); return;
            case QuestionType::matrix:
                blocks.emplace_back(List{levels_of(question)});
                blocks.emplace_back(matrix_of(question));
                return;
            case QuestionType::single:
            case QuestionType::multiple: {
                List choices{{}, List::Marker::box};
                for (const catalogue::Choice& choice : question.choices)
                    choices.items.emplace_back(choice.text.in(language_));
                blocks.emplace_back(
                    Paragraph{text(question.type == QuestionType::single ? "questionnaire.paper-one"
                                                                         : "questionnaire.paper-several"),
                              Paragraph::Role::note});
                blocks.emplace_back(std::move(choices));
                return;
            }
            case QuestionType::scale: blocks.emplace_back(scale_of(question)); return;
            case QuestionType::number:
                blocks.emplace_back(
                    Paragraph{text("questionnaire.paper-number", {{"unit", question.unit.in(language_)}})});
                return;
            case QuestionType::duration:
                blocks.emplace_back(Paragraph{text("questionnaire.paper-number", {{"unit", ""}})});
                blocks.emplace_back(boxes({"questionnaire.paper-hours", "questionnaire.paper-days",
                                           "questionnaire.paper-weeks", "questionnaire.paper-months"}));
                return;
            case QuestionType::date: blocks.emplace_back(Paragraph{text("questionnaire.paper-date")}); return;
            case QuestionType::text: blocks.emplace_back(report::WriteLines{text_lines}); return;
        }
    }

    [[nodiscard]] std::vector<Words> levels_of(const Question& question) const {
        std::vector<Words> levels;
        for (const Text& level : question.levels)
            levels.push_back({{std::to_string(levels.size()) + "  ", Emphasis::strong}, {level.in(language_)}});
        return levels;
    }

    [[nodiscard]] report::Table matrix_of(const Question& question) const {
        constexpr double name_share = 6;
        report::Table table{{{text("questionnaire.paper-service"), name_share}}, {}};
        for (int level = 0; level <= catalogue::highest_level; ++level)
            table.columns.push_back({std::to_string(level), 1, report::Align::centre});
        for (const ServiceId& row : question.rows) {
            const auto service = std::ranges::find(catalogue_.services, row, &catalogue::Service::id);
            std::vector<Cell> cells{service == catalogue_.services.end() ? row.value : service->name.in(language_)};
            cells.resize(table.columns.size(), Cell::box());
            table.rows.push_back(std::move(cells));
        }
        return table;
    }

    [[nodiscard]] report::Table scale_of(const Question& question) const {
        report::Table table;
        std::vector<Cell> boxes;
        const int steps = static_cast<int>(question.highest - question.lowest);
        for (int step = 0; step <= steps; ++step) {
            table.columns.push_back({number_text(question.lowest + step, 0, language_), 1, report::Align::centre});
            boxes.push_back(Cell::box());
        }
        table.columns.front().heading = question.lowest_means.in(language_) + " " + table.columns.front().heading;
        table.columns.back().heading = table.columns.back().heading + " " + question.highest_means.in(language_);
        table.rows.push_back(std::move(boxes));
        return table;
    }

    static constexpr int text_lines = 3;

    const catalogue::Questionnaire& questionnaire_;
    const catalogue::Catalogue& catalogue_;
    Language language_;
    std::vector<Block> blocks_;
};

}  // namespace

report::Document questionnaire_paper(const catalogue::Questionnaire& questionnaire,
                                     const catalogue::Catalogue& catalogue, Language language) {
    return QuestionnairePaper{questionnaire, catalogue, language}.document();
}

}  // namespace resmon::papers
