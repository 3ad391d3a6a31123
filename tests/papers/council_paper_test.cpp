// The council's paper has two pages, whatever was answered.
#include "papers/council_paper.hpp"

#include "report/reading.hpp"
#include "support/shipped.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <limits>
#include <random>

namespace resmon::papers {
namespace {

using catalogue::shipped;
using preparedness::BodyForecast;
using survey::Answer;
using survey::AnswerState;
using testing::HasSubstr;
using testing::Not;

const catalogue::Questionnaire& questionnaire() { return shipped().questionnaire({"resilienzmonitor"}); }

using Said = std::function<Answer(const catalogue::Question&)>;

Answer level(double reached) { return {.state = AnswerState::answered, .value = reached}; }

survey::Sheet sheet_of(const catalogue::Body& body, const Said& said) {
    survey::Sheet sheet{.response = {.id = {"0123456789abcdef"},
                                     .questionnaire = questionnaire().id,
                                     .body = body.key,
                                     .is_finished = true,
                                     .changed_at = "2026-11-24T15:07:00Z"},
                        .questionnaire = {std::shared_ptr<void>{}, &questionnaire()},
                        .body_name = body.name,
                        .levels = {catalogue::Level::municipality}};
    for (const catalogue::Topic& topic : questionnaire().topics)
        for (const catalogue::Question& question : topic.questions) {
            const Answer answer = said(question);
            if (answer.state != AnswerState::open)
                sheet.entries[question.id] = {{.number = 1, .question = question.id, .answer = answer}};
        }
    sheet.asked = survey::asked_questions(questionnaire(), sheet.levels, survey::holding_answers(sheet.entries));
    return sheet;
}

BodyForecast forecast_of(const survey::Sheet& sheet, std::uint32_t courses) {
    const auto readings = preparedness::read(shipped().preparedness, questionnaire(), sheet.asked,
                                             survey::holding_answers(sheet.entries));
    return preparedness::body_forecast(shipped(), sheet.response.body, readings, {1, courses});
}

Answer nothing(const catalogue::Question&) { return {}; }
Answer nobody_knows(const catalogue::Question&) { return {.state = AnswerState::dont_know}; }
Answer quick_check_alone(const catalogue::Question& question) {
    const auto& quick = questionnaire().quick_check;
    return std::ranges::find(quick, question.id) == quick.end() ? Answer{} : level(2);
}
Said always(double reached) {
    return [reached](const catalogue::Question& question) {
        return question.type == catalogue::QuestionType::ordinal ? level(reached) : Answer{};
    };
}
Said random_answers(std::mt19937& random) {
    return [&random](const catalogue::Question& question) -> Answer {
        if (question.type != catalogue::QuestionType::ordinal) return {};
        const auto drawn = random() % 8;
        if (drawn == 5) return {};
        if (drawn == 6) return {.state = AnswerState::dont_know};
        if (drawn == 7) return {.state = AnswerState::not_applicable, .reason = "x"};
        return level(static_cast<double>(drawn));
    };
}

/// Those with the shortest and the longest names first, then any.
std::vector<const catalogue::Body*> towns(std::size_t count) {
    std::vector<const catalogue::Body*> bodies;
    for (const catalogue::Body& body : shipped().bodies.bodies())
        if (body.kind != catalogue::BodyKind::district) bodies.push_back(&body);
    std::ranges::sort(bodies, {}, [](const auto* body) { return body->name.size(); });
    std::vector<const catalogue::Body*> chosen{bodies.front(), bodies.back(), bodies[bodies.size() - 2]};
    std::mt19937 random{2026};
    while (chosen.size() < count) chosen.push_back(bodies[random() % bodies.size()]);
    return chosen;
}

const catalogue::Body& meschede() { return shipped().bodies.body("059580032000"); }

report::PdfFile paper_of(const survey::Sheet& sheet, Language language = Language::german, std::uint32_t courses = 10) {
    return report::PdfFile{report::pdf(council_paper(shipped(), sheet, forecast_of(sheet, courses), language))};
}

/// With RESMON_EVERY_TOWN=1 two hundred.
TEST(CouncilPaper, HasTwoPagesForEveryTownWhateverItAnswers) {
    const bool is_deep = std::getenv("RESMON_EVERY_TOWN") != nullptr;
    std::mt19937 random{7};
    const std::vector<Said> kinds{nothing, nobody_knows, quick_check_alone, always(0), always(4)};
    std::size_t number = 0;
    for (const catalogue::Body* town : towns(is_deep ? 200 : 20)) {
        const Said said = number < 2 * kinds.size() ? kinds[number % kinds.size()] : random_answers(random);
        const Language language = number % 3 == 2 ? Language::english : Language::german;
        EXPECT_EQ(paper_of(sheet_of(*town, said), language).pages(), 2) << town->name << ", number " << number;
        ++number;
    }
}

/// As long as a catalogue of one's own may make them.
TEST(CouncilPaper, HasTwoPagesForTextsOfAnyLength) {
    catalogue::Questionnaire wordy = questionnaire();
    const auto lengthened = [](Text& text) {
        for (std::string* one : {&text.de, &text.en})
            for (int times = 0; times < 4; ++times) *one += " " + *one;
    };
    for (catalogue::Topic& topic : wordy.topics) {
        lengthened(topic.introduction);
        for (catalogue::Question& question : topic.questions) {
            lengthened(question.text);
            for (Text& one : question.levels) lengthened(one);
        }
    }
    survey::Sheet sheet = sheet_of(meschede(), always(1));
    sheet.questionnaire = {std::shared_ptr<void>{}, &wordy};
    sheet.body_name = "Verwaltungsgemeinschaft Oberes und Unteres Langes Tal mit allen Ortsteilen und Weilern";
    EXPECT_EQ(paper_of(sheet).pages(), 2);
}

TEST(CouncilPaper, TellsTheForecastInWholeDays) {
    const survey::Sheet sheet = sheet_of(meschede(), always(2));
    const BodyForecast forecast = forecast_of(sheet, 20);
    const report::PdfFile paper{report::pdf(council_paper(shipped(), sheet, forecast, Language::german))};
    const std::string text = paper.read_by("pdftotext", "-");
    const outage::Quantiles& days = forecast.answered.ability_half.quantiles;
    const std::string low = std::to_string(std::lround(days.p10));
    const std::string high = std::to_string(std::lround(days.p90));
    EXPECT_THAT(text, HasSubstr("Tag " + low + " bis " + high + ", Mitte " + std::to_string(std::lround(days.p50))));
    EXPECT_THAT(text, HasSubstr("24. November 2026"));
    EXPECT_THAT(text, HasSubstr("Expertenschätzungen"));
    EXPECT_THAT(text, HasSubstr("Modell " + std::string{outage::model_version}));
    EXPECT_THAT(text, HasSubstr("20 Verläufe, Startzahl 1"));
}

TEST(CouncilPaper, NamesTheProviderThatIsAssumedAndWhatItDecides) {
    const survey::Sheet sheet = sheet_of(meschede(), always(2));
    std::string text =
        report::PdfFile{report::pdf(council_paper(shipped(), sheet, forecast_of(sheet, 10), Language::german))}.read_by(
            "pdftotext", "-");
    std::ranges::replace(text, '\n', ' ');
    EXPECT_THAT(text, HasSubstr("ein Angriff, der Südwestfalen-IT verschlüsselt. 64 Verwaltungen hängen daran"));
    EXPECT_THAT(text, HasSubstr("Was Südwestfalen-IT entscheidet, bewegen die eigenen Antworten nicht"));
    EXPECT_THAT(text, HasSubstr("E2, E4"));
}

TEST(CouncilPaper, SaysWhenTheHouseDoesNotComeBack) {
    const survey::Sheet sheet = sheet_of(meschede(), always(0));
    BodyForecast forecast = forecast_of(sheet, 10);
    constexpr double never = std::numeric_limits<double>::infinity();
    forecast.answered.ability_half.quantiles = {.p10 = 300, .p25 = 500, .p50 = 700, .p75 = never, .p90 = never};
    forecast.answered.ability_most.quantiles = {never, never, never, never, never};
    forecast.unanswered.ability_half.quantiles = {never, never, never, never, never};
    const report::PdfFile paper{report::pdf(council_paper(shipped(), sheet, forecast, Language::german))};
    EXPECT_EQ(paper.pages(), 2);
    const std::string text = paper.read_by("pdftotext", "-");
    EXPECT_THAT(text, HasSubstr("frühestens an Tag 300"));
    EXPECT_THAT(text, HasSubstr("nicht in zwei Jahren"));
    EXPECT_THAT(text, Not(HasSubstr("∞")));
    EXPECT_THAT(text, Not(HasSubstr(" inf ")));
}

TEST(CouncilPaper, SaysWhatItRestsOn) {
    survey::Sheet sheet = sheet_of(meschede(), nobody_knows);
    sheet.response.is_finished = false;
    const std::string text = paper_of(sheet).read_by("pdftotext", "-");
    EXPECT_THAT(text, HasSubstr("noch nicht abgeschlossen"));
    EXPECT_THAT(text, HasSubstr("Das weiß bisher niemand."));
    EXPECT_EQ(text.find("Entwurf") != std::string::npos, !questionnaire().is_published);
    EXPECT_THAT(text, Not(HasSubstr("SYNTHETISCHE DATEN")));
    const BodyForecast forecast = forecast_of(sheet, 10);
    sheet.response.organisation = {"999900000001"};
    const report::PdfFile synthetic{report::pdf(council_paper(shipped(), sheet, forecast, Language::german))};
    EXPECT_THAT(synthetic.text(), HasSubstr("SYNTHETISCHE DATEN"));
}

TEST(CouncilPaper, NamesNobodyAndTellsNoFreeText) {
    survey::Sheet sheet = sheet_of(meschede(), always(1));
    sheet.names = {{{"p1"}, "Gerda Geheim"}};
    for (auto& [question, entries] : sheet.entries) {
        entries.front().person = {"p1"};
        entries.front().answer.comment = "vertraulich";
    }
    const std::string text = paper_of(sheet).text();
    EXPECT_THAT(text, Not(HasSubstr("Geheim")));
    EXPECT_THAT(text, Not(HasSubstr("vertraulich")));
}

TEST(CouncilPaper, OfTheSameAnswersHasTheSameBytes) {
    const survey::Sheet sheet = sheet_of(meschede(), always(2));
    const auto bytes = [&] {
        return report::pdf(council_paper(shipped(), sheet, forecast_of(sheet, 10), Language::english));
    };
    EXPECT_EQ(bytes(), bytes());
}

}  // namespace
}  // namespace resmon::papers
