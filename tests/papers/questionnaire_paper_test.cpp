// The questionnaire on paper has everything that the pages ask.
#include "papers/questionnaire_paper.hpp"

#include "report/reading.hpp"
#include "support/shipped.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace resmon::papers {
namespace {

using catalogue::shipped;
using testing::HasSubstr;

const catalogue::Questionnaire& questionnaire() { return shipped().questionnaire({"resilienzmonitor"}); }

/// Without spaces: lines are broken anywhere.
std::string squeezed(std::string text) {
    std::erase_if(text, [](char letter) { return letter == ' ' || letter == '\n' || letter == '\f'; });
    return text;
}

TEST(QuestionnairePaper, HasEveryQuestionWithItsLevelsAndWhy) {
    for (const Language language : {Language::german, Language::english}) {
        const report::PdfFile paper{report::pdf(questionnaire_paper(questionnaire(), shipped(), language))};
        const std::string text = squeezed(paper.read_by("pdftotext -raw", "-"));
        const auto has = [&](const Text& said) { return text.find(squeezed(said.in(language))) != std::string::npos; };
        std::size_t missing = 0;
        for (const catalogue::Topic& topic : questionnaire().topics) {
            EXPECT_TRUE(has(topic.name)) << topic.id;
            for (const catalogue::Question& question : topic.questions) {
                EXPECT_TRUE(has(question.text)) << question.id.value;
                // A page may end within a paragraph: its head and foot stand between.
                for (const Text& level : question.levels) missing += has(level) ? 0U : 1U;
                missing += has(question.why) ? 0U : 1U;
            }
        }
        EXPECT_LE(missing, 5U);
    }
}

TEST(QuestionnairePaper, MarksTheQuickCheck) {
    const report::PdfFile paper{report::pdf(questionnaire_paper(questionnaire(), shipped(), Language::german))};
    const std::string text = paper.text();
    std::size_t marked = 0;
    for (std::size_t at = text.find("Schnell-Check."); at != std::string::npos;
         at = text.find("Schnell-Check.", at + 1))
        ++marked;
    EXPECT_EQ(marked, questionnaire().quick_check.size());
    EXPECT_THAT(text, HasSubstr("Nur, wenn gilt: I6 mindestens 1."));
}

TEST(QuestionnairePaper, HasAPlaceForEveryTypeOfAnswer) {
    using enum catalogue::QuestionType;
    catalogue::Topic topic{.id = "A", .name = {"Allerlei", "All sorts"}};
    const auto question = [&](const char* id, catalogue::QuestionType type) -> catalogue::Question& {
        return topic.questions.emplace_back(
            catalogue::Question{.id = {id}, .type = type, .text = {id, id}, .why = {"darum", "because"}});
    };
    question("A1", ordinal).levels.assign(5, {"Stufe", "level"});
    question("A2", single).choices = {{"a", {"Wahl a", "choice a"}}, {"b", {"Wahl b", "choice b"}}};
    question("A3", multiple).choices = {{"a", {"Wahl c", "choice c"}}};
    catalogue::Question& scale_question = question("A4", scale);
    scale_question.lowest = 1;
    scale_question.highest = 7;
    scale_question.lowest_means = {"gar nicht", "not at all"};
    question("A5", number).unit = {"Stunden je Woche", "hours a week"};
    question("A6", duration);
    question("A7", date);
    question("A8", text);
    catalogue::Question& matrix_question = question("A9", matrix);
    matrix_question.levels.assign(5, {"Zeilenstufe", "row level"});
    matrix_question.rows = {{"birth"}, {"not-in-the-catalogue"}};
    const catalogue::Questionnaire every{.id = {"every"}, .name = {"Alles", "All"}, .topics = {topic}};
    const report::PdfFile paper{report::pdf(questionnaire_paper(every, shipped(), Language::german))};
    const std::string read = paper.text();
    for (const char* part :
         {"Wahl a", "Wahl c", "Eine Antwort:", "Alles, was zutrifft:", "gar nicht", "Stunden je Woche", "Wochen",
          "weiß nicht", "Zeilenstufe", "not-in-the-catalogue", "darum"})
        EXPECT_THAT(read, HasSubstr(part));
}

TEST(QuestionnairePaper, HasTheSameBytesEachTime) {
    const auto bytes = [] { return report::pdf(questionnaire_paper(questionnaire(), shipped(), Language::german)); };
    EXPECT_EQ(bytes(), bytes());
}

}  // namespace
}  // namespace resmon::papers
