#include "papers/standing_page.hpp"

#include "papers/day_text.hpp"
#include "papers/outlook_page.hpp"
#include "papers/short_text.hpp"
#include "profile/level.hpp"

#include <cmath>

namespace resmon::papers {

using profile::Missing;
using profile::TopicLevel;
using report::Emphasis;
using report::Words;

namespace {

class StandingPage {
public:
    StandingPage(const survey::Sheet& sheet, Language language)
        : sheet_{sheet}, language_{language}, answers_{survey::holding_answers(sheet.entries)} {}

    [[nodiscard]] report::Section section(const preparedness::BodyForecast& forecast) const {
        report::Section page{.length = report::Section::Length::one_page};
        page.blocks.emplace_back(report::Heading{1, text("council.title", {{"body", sheet_.body_name}})});
        page.blocks.emplace_back(report::Paragraph{origin(), report::Paragraph::Role::note});
        page.blocks.emplace_back(
            report::Paragraph{finding(forecast.answered, language_), report::Paragraph::Role::lead});
        page.blocks.emplace_back(
            report::Paragraph{text("council.known", {{"share", profile::share_known(sheet_.asked, answers_)},
                                                     {"questions", static_cast<double>(sheet_.asked.size())}})});
        page.blocks.emplace_back(report::Heading{2, text("council.standing")});
        page.blocks.emplace_back(report::Paragraph{text("council.standing-rule")});
        page.blocks.emplace_back(table());
        return page;
    }

private:
    [[nodiscard]] std::string text(const char* key, const std::vector<TextArgument>& arguments = {}) const {
        return program_text(key, language_, arguments);
    }

    [[nodiscard]] std::string origin() const {
        std::string words =
            text("council.origin", {{"questionnaire", sheet_.questionnaire->name.in(language_)},
                                    {"version", static_cast<double>(sheet_.questionnaire->version)},
                                    {"day", day_text(instant_from(sheet_.response.changed_at), language_)}});
        if (!sheet_.response.is_finished) words += " " + text("council.open");
        if (!sheet_.questionnaire->is_published) words += " " + text("council.draft");
        return words;
    }

    [[nodiscard]] report::Table table() const {
        report::Table table{{{text("council.topic"), 2.1},
                             {text("council.level"), 1.75},
                             {text("council.known-head"), 0.85, report::Align::right},
                             {text("council.why-not-higher"), 4.2}},
                            {}};
        for (const TopicLevel& topic : profile::levels(*sheet_.questionnaire, sheet_.asked, answers_))
            table.rows.push_back({sheet_.questionnaire->topic(topic.topic).name.in(language_), level(topic),
                                  text("council.percent", {{"share", topic.share_known}}), reason(topic)});
        return table;
    }

    [[nodiscard]] report::Cell level(const TopicLevel& topic) const {
        if (!topic.level) return {text("council.no-level")};
        return {report::Steps{.reached = topic.level, .highest = catalogue::highest_level},
                text("council.level-of", {{"level", static_cast<double>(*topic.level)},
                                          {"highest", static_cast<double>(catalogue::highest_level)}})};
    }

    /// The first essential that is missing, and whether there are more.
    [[nodiscard]] Words reason(const TopicLevel& topic) const {
        if (!topic.level) return text("council.no-level-reason");
        if (topic.missing.empty()) return text("council.highest");
        const Missing& first = topic.missing.front();
        std::string state = why(first);
        if (const std::size_t others = topic.missing.size() - 1; others > 0)
            state += " " + text("council.more-missing", {{"count", static_cast<double>(others)}});
        return {{short_text(sheet_.questionnaire->question(first.question).text.in(language_)) + " "},
                {state, Emphasis::quiet}};
    }

    [[nodiscard]] std::string why(const Missing& missing) const {
        switch (missing.why) {
            case Missing::Why::below:
                return text("council.below", {{"is", static_cast<double>(missing.is.value_or(0))},
                                              {"at_least", static_cast<double>(missing.at_least)}});
            case Missing::Why::unknown: return text("council.unknown");
            case Missing::Why::open: return text("council.unanswered");
        }
        return {};
    }

    const survey::Sheet& sheet_;
    Language language_;
    survey::Answers answers_;
};

}  // namespace

report::Section standing_page(const survey::Sheet& sheet, const preparedness::BodyForecast& forecast,
                              Language language) {
    return StandingPage{sheet, language}.section(forecast);
}

}  // namespace resmon::papers
