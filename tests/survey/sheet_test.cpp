// What is asked, by answers to earlier questions.
#include "survey/sheet.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace resmon::survey {
namespace {

using catalogue::Condition;
using catalogue::Level;
using catalogue::Question;
using catalogue::QuestionType;
using testing::ElementsAre;

Condition asks(const char* question, double at_least) {
    return {.kind = Condition::Kind::answer, .question = {question}, .at_least = at_least};
}
Condition of(Condition::Kind kind, std::vector<Condition> parts) { return {.kind = kind, .of = std::move(parts)}; }

catalogue::Questionnaire asking(const Condition& when) {
    return {.topics = {{.id = "A",
                        .questions = {{.id = {"A1"}},
                                      {.id = {"A2"}, .when = asks("A1", 2)},
                                      {.id = {"A3"}, .when = when},
                                      {.id = {"A4"}, .asked_of = {Level::district}}}}}};
}

Answer level(double value) { return {.state = AnswerState::answered, .value = value}; }
std::set<QuestionId> asked(const Condition& when, const Answers& answers,
                           const BodyLevels& levels = {Level::municipality}) {
    return asked_questions(asking(when), levels, answers);
}

TEST(Questions, AreAskedOfTheKindOfBodyTheyConcern) {
    EXPECT_THAT(asked({}, {}), ElementsAre(QuestionId{"A1"}, QuestionId{"A3"}));
    EXPECT_THAT(asked({}, {}, {Level::district}), testing::Contains(QuestionId{"A4"}));
}

TEST(Questions, WaitForTheAnswerThatTheyDependOn) {
    EXPECT_FALSE(asked({}, {}).contains({"A2"}));
    EXPECT_FALSE(asked({}, {{{"A1"}, level(1)}}).contains({"A2"}));
    EXPECT_TRUE(asked({}, {{{"A1"}, level(2)}}).contains({"A2"}));
    EXPECT_FALSE(asked({}, {{{"A1"}, {.state = AnswerState::dont_know}}}).contains({"A2"}));
}

TEST(Questions, ThatAreHiddenMeetNoCondition) {
    // A2 was answered before A1 was lowered: what it said no longer counts.
    EXPECT_FALSE(asked(asks("A2", 1), {{{"A1"}, level(1)}, {{"A2"}, level(4)}}).contains({"A3"}));
    EXPECT_TRUE(asked(asks("A2", 1), {{{"A1"}, level(2)}, {{"A2"}, level(4)}}).contains({"A3"}));
}

TEST(Questions, CanDependOnAllAnyOrNone) {
    using Kind = Condition::Kind;
    const Answers answers{{{"A1"}, level(3)}};
    EXPECT_FALSE(asked(of(Kind::all, {asks("A1", 1), asks("A2", 1)}), answers).contains({"A3"}));
    EXPECT_TRUE(asked(of(Kind::any, {asks("A1", 1), asks("A2", 1)}), answers).contains({"A3"}));
    EXPECT_FALSE(asked(of(Kind::none, {asks("A1", 1)}), answers).contains({"A3"}));
    EXPECT_TRUE(asked(of(Kind::none, {asks("A1", 4)}), answers).contains({"A3"}));
}

TEST(Progress, CountsWhatIsAskedAnsweredAndContradictory) {
    const Entries entries{
        {{"A1"}, {{.number = 1, .answer = level(3)}, {.number = 2, .answer = level(2)}}},
        {{"A2"}, {{.number = 3, .answer = {.state = AnswerState::dont_know}}}},
        {{"A3"}, {{.number = 4, .answer = level(1)}, {.number = 5, .answer = {}, .supersedes = {4}}}}};
    Sheet sheet;
    sheet.questionnaire = std::make_shared<catalogue::Questionnaire>(asking({}));
    sheet.asked = asked_questions(*sheet.questionnaire, {Level::municipality}, holding_answers(entries));
    sheet.entries = entries;
    const auto progress_found = progress(sheet);
    ASSERT_EQ(progress_found.size(), 1U);
    EXPECT_EQ(progress_found[0].asked, 3);
    EXPECT_EQ(progress_found[0].answered, 2) << "A3 was taken back";
    EXPECT_EQ(progress_found[0].conflicts, 1);
}

Sheet two_topics() {
    Sheet sheet;
    sheet.questionnaire = std::make_shared<catalogue::Questionnaire>(catalogue::Questionnaire{
        .topics = {{.id = "A", .questions = {{.id = {"A1"}}}},
                   {.id = "B", .questions = {{.id = {"B1"}, .when = asks("A1", 2)}, {.id = {"B2"}}}}},
        .quick_check = {{"A1"}, {"B2"}}});
    sheet.asked = {{"A1"}, {"B1"}, {"B2"}};
    sheet.entries = {{{"A1"}, {{.number = 1, .answer = level(2), .person = {"anna"}}}},
                     {{"B1"}, {{.number = 2, .answer = level(3), .link = {"beas-link"}}}}};
    sheet.names = {{{"anna"}, "Anna"}, {{"carl"}, "Carl"}};
    sheet.labels = {{{"beas-link"}, "Bea"}, {{"other-link"}, "Dora"}};
    sheet.assignments = {{"A", {"anna"}}, {"B", {"carl"}}};
    return sheet;
}

TEST(Sheet, ShowsOfAPartNothingOfTheRest) {
    const Sheet part = shown(two_topics(), {.topics = {"B"}});
    ASSERT_EQ(part.questionnaire->topics.size(), 1U);
    EXPECT_EQ(part.questionnaire->topics[0].id, "B");
    EXPECT_THAT(part.questionnaire->quick_check, ElementsAre(QuestionId{"B2"}));
    EXPECT_EQ(part.entries.size(), 1U);
    EXPECT_TRUE(part.entries.contains({"B1"}));
    EXPECT_THAT(part.labels, testing::UnorderedElementsAre(testing::Key(links::LinkId{"beas-link"})));
    EXPECT_THAT(part.names, testing::UnorderedElementsAre(testing::Key(PersonId{"carl"})));
    EXPECT_THAT(part.assignments, testing::UnorderedElementsAre(testing::Key("B")));
}

TEST(Sheet, TellsThatAQuestionIsAskedButNotByWhichAnswerElsewhere) {
    const Sheet part = shown(two_topics(), {.topics = {"B"}});
    EXPECT_THAT(part.asked, ElementsAre(QuestionId{"B1"}, QuestionId{"B2"}));
    EXPECT_EQ(part.questionnaire->question({"B1"}).when.kind, Condition::Kind::always);
    Sheet hidden = two_topics();
    hidden.asked.erase({"B1"});
    EXPECT_THAT(shown(hidden, {.topics = {"B"}}).asked, ElementsAre(QuestionId{"B2"}));
    EXPECT_EQ(shown(two_topics(), Part::whole()).questionnaire->question({"B1"}).when.kind, Condition::Kind::answer);
}

TEST(Sheet, ShowsNothingToWhomNothingWasSaid) {
    const Sheet none = shown(two_topics(), {});
    EXPECT_TRUE(none.questionnaire->topics.empty());
    EXPECT_TRUE(none.asked.empty() && none.entries.empty() && none.names.empty() && none.labels.empty());
}

}  // namespace
}  // namespace resmon::survey
