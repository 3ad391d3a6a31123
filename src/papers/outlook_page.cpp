#include "papers/outlook_page.hpp"

#include "papers/short_text.hpp"

#include <cmath>
#include <ranges>

namespace resmon::papers {

using preparedness::AnswerEffect;
using preparedness::BodyForecast;
using report::Emphasis;
using report::Words;

namespace {

constexpr std::size_t most_steps = 3;
/// Less than that is not worth a line: the forecast is told in whole days.
constexpr double least_gain_days = 0.05;

/// "a to b", and what stands for it where one of them is never reached.
std::string band_text(const char* key, const outage::Quantiles& days, Language language) {
    const bool is_reached = std::isfinite(days.p10);
    const bool is_always = std::isfinite(days.p90);
    const std::string form = is_always ? "" : is_reached ? "-open" : "-never";
    const auto shown = [](double value) { return std::isfinite(value) ? std::round(value) : 0; };
    return program_text(key + form, language,
                        {{"low", shown(days.p10)},
                         {"high", shown(days.p90)},
                         {"middle", std::isfinite(days.p50) ? number_text(std::round(days.p50), 0, language)
                                                            : program_text("council.never", language)}});
}

class OutlookPage {
public:
    OutlookPage(const catalogue::Catalogue& catalogue, const survey::Sheet& sheet, const BodyForecast& forecast,
                Language language)
        : catalogue_{catalogue}, sheet_{sheet}, forecast_{forecast}, language_{language} {}

    [[nodiscard]] report::Section section() {
        add_what_would_happen();
        add_steps();
        add_unknown();
        add_method();
        add_contact();
        return {.blocks = std::move(blocks_), .length = report::Section::Length::one_page};
    }

private:
    [[nodiscard]] std::string text(const char* key, const std::vector<TextArgument>& arguments = {}) const {
        return program_text(key, language_, arguments);
    }
    [[nodiscard]] std::string question_text(const AnswerEffect& effect) const {
        return short_text(sheet_.questionnaire->question(effect.now.effect->question).text.in(language_));
    }
    void head(const char* key) { blocks_.emplace_back(report::Heading{2, text(key)}); }
    void say(Words words, report::Paragraph::Role role = report::Paragraph::Role::body) {
        blocks_.emplace_back(report::Paragraph{std::move(words), role});
    }

    void add_what_would_happen() {
        head("council.outlook");
        const auto& provider = forecast_.assumption.provider;
        say(provider ? text("council.outlook-case-shared", {{"provider", provider->name.in(language_)},
                                                            {"customers", static_cast<double>(provider->customers)}})
                     : text("council.outlook-case"));
        report::Bars bars{.axis = text("council.axis")};
        add_bars(bars, "council.half", &outage::Forecast::ability_half);
        add_bars(bars, "council.most", &outage::Forecast::ability_most);
        for (const report::Bar& bar : bars.bars)
            bars.alternative += (bars.alternative.empty() ? "" : "; ") + bar.label + ": " + bar.text;
        blocks_.emplace_back(std::move(bars));
        say(text("council.loss",
                 {{"answered", band_text("council.days", forecast_.answered.loss_days.quantiles, language_)},
                  {"unanswered", band_text("council.days", forecast_.unanswered.loss_days.quantiles, language_)}}));
        if (!provider || forecast_.not_own.empty()) return;
        std::string questions;
        for (const preparedness::Reading& reading : forecast_.not_own)
            questions += (questions.empty() ? "" : ", ") + reading.effect->question.value;
        say(text("council.not-own", {{"provider", provider->name.in(language_)}, {"questions", questions}}),
            report::Paragraph::Role::note);
    }

    void add_bars(report::Bars& bars, const std::string& key, outage::Distribution outage::Forecast::* what) {
        const auto add = [&](const char* suffix, const outage::Forecast& forecast, report::Bar::Tone tone) {
            const outage::Quantiles& days = (forecast.*what).quantiles;
            bars.bars.push_back({.label = text((key + suffix).c_str()),
                                 .low = days.p10,
                                 .middle = days.p50,
                                 .high = days.p90,
                                 .text = band_text("council.band", days, language_),
                                 .tone = tone});
        };
        add("", forecast_.answered, report::Bar::Tone::strong);
        add("-unanswered", forecast_.unanswered, report::Bar::Tone::soft);
    }

    void add_steps() {
        head("council.steps");
        report::Table steps{{{text("council.step"), 3.1},
                             {text("council.best-answer"), 3.4},
                             {text("council.saves"), 1.5, report::Align::right}},
                            {}};
        for (const AnswerEffect* effect : forecast_.gains() | std::views::take(most_steps))
            if (effect->gain().mean >= least_gain_days) steps.rows.push_back(step(*effect));
        if (steps.rows.empty()) {
            say(text("council.no-steps"));
            return;
        }
        blocks_.emplace_back(std::move(steps));
        say(text("council.steps-note"), report::Paragraph::Role::note);
    }

    /// The best answer often says "as before, and …": the one before it stands there too.
    [[nodiscard]] std::vector<report::Cell> step(const AnswerEffect& effect) const {
        const std::vector<Text>& levels = sheet_.questionnaire->question(effect.now.effect->question).levels;
        const auto level_text = [&](int level) {
            return short_text(levels.at(static_cast<std::size_t>(level)).in(language_));
        };
        const std::string today = effect.now.level ? text("council.today", {{"answer", level_text(*effect.now.level)}})
                                                   : text("council.today-unknown");
        const int highest = catalogue::highest_level;
        const preparedness::Estimate& days = effect.gain();
        return {Words{{question_text(effect) + "\n"}, {today, Emphasis::quiet}},
                level_text(highest - 1) + " " + level_text(highest),
                Words{{text("council.saved", {{"days", days.mean}}), Emphasis::strong},
                      {"\n" + text("council.saved-band", {{"low", days.low}, {"high", days.high}}), Emphasis::quiet}}};
    }

    void add_unknown() {
        head("council.not-known");
        const int open = forecast_.asked - forecast_.known;
        if (open == 0) {
            say(text("council.all-known", {{"asked", static_cast<double>(forecast_.asked)}}));
            return;
        }
        say(text("council.some-known",
                 {{"open", static_cast<double>(open)}, {"asked", static_cast<double>(forecast_.asked)}}));
        report::List list;
        for (const AnswerEffect* effect : forecast_.unknown() | std::views::take(most_steps))
            list.items.push_back(Words{
                {question_text(*effect) + " "},
                {short_text(topic_of(effect->now.effect->question).introduction.in(language_)), Emphasis::quiet}});
        blocks_.emplace_back(std::move(list));
    }

    [[nodiscard]] const catalogue::Topic& topic_of(const QuestionId& question) const {
        return *std::ranges::find_if(sheet_.questionnaire->topics, [&](const catalogue::Topic& topic) {
            return std::ranges::find(topic.questions, question, &catalogue::Question::id) != topic.questions.end();
        });
    }

    void add_method() {
        using enum report::Paragraph::Role;
        head("council.method");
        const outage::Forecast& answered = forecast_.answered;
        say(text("council.method-levels") + " " + text("council.method-estimates"), note);
        say(text("council.method-figures", {{"model", answered.model_version},
                                            {"effects", static_cast<double>(catalogue_.preparedness.version)},
                                            {"catalogue", catalogue_.version},
                                            {"courses", static_cast<double>(answered.sampling.replications)},
                                            {"seed", std::to_string(answered.sampling.seed)},
                                            {"response", sheet_.response.id.value}}),
            note);
    }

    void add_contact() {
        head("council.contact");
        say(text("council.contact-whom"));
        blocks_.emplace_back(report::WriteLines{1});
    }

    const catalogue::Catalogue& catalogue_;
    const survey::Sheet& sheet_;
    const BodyForecast& forecast_;
    Language language_;
    std::vector<report::Block> blocks_;
};

}  // namespace

std::string finding(const outage::Forecast& forecast, Language language) {
    return band_text("council.finding", forecast.ability_half.quantiles, language);
}

report::Section outlook_page(const catalogue::Catalogue& catalogue, const survey::Sheet& sheet,
                             const BodyForecast& forecast, Language language) {
    return OutlookPage{catalogue, sheet, forecast, language}.section();
}

}  // namespace resmon::papers
