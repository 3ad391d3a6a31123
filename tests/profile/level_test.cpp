// Levels: every essential counts, nothing is averaged away.
#include "profile/level.hpp"

#include "support/shipped.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace resmon::profile {
namespace {

using catalogue::Essential;
using survey::Answer;
using survey::Answers;
using survey::AnswerState;

Answer given(int level) { return {.state = AnswerState::answered, .value = static_cast<double>(level)}; }

catalogue::Questionnaire small() {
    return {.topics = {{.id = "E",
                        .questions = {{.id = {"E1"}}, {.id = {"E2"}}, {.id = {"E3"}}},
                        .essentials = {{1, {"E1"}, 2}, {2, {"E1"}, 3}, {2, {"E2"}, 2}, {3, {"E2"}, 4}}}}};
}

TopicLevel level_of(const Answers& answers) { return levels(small(), {{"E1"}, {"E2"}, {"E3"}}, answers).at(0); }

TEST(Levels, AreReachedWhenEveryEssentialUpToThemIsMet) {
    EXPECT_EQ(level_of({}).level, 0);
    EXPECT_EQ(level_of({{{"E1"}, given(2)}}).level, 1);
    EXPECT_EQ(level_of({{{"E1"}, given(4)}}).level, 1) << "E2 is missing";
    EXPECT_EQ(level_of({{{"E1"}, given(3)}, {{"E2"}, given(2)}}).level, 2);
    EXPECT_EQ(level_of({{{"E1"}, given(3)}, {{"E2"}, given(4)}}).level, 4) << "level 4 demands nothing more here";
}

TEST(Levels, SayWhyTheyAreNotHigher) {
    const TopicLevel found = level_of({{{"E1"}, given(2)}, {{"E2"}, {.state = AnswerState::dont_know}}});
    ASSERT_EQ(found.missing.size(), 2U);
    EXPECT_EQ(found.missing[0].question.value, "E1");
    EXPECT_EQ(found.missing[0].is, 2);
    EXPECT_EQ(found.missing[0].why, Missing::Why::below);
    EXPECT_EQ(found.missing[1].why, Missing::Why::unknown) << "don't know is not no, and no essential met";
    EXPECT_EQ(level_of({}).missing.at(0).why, Missing::Why::open);
}

TEST(Levels, LeaveOutWhatDoesNotApply) {
    EXPECT_EQ(level_of({{{"E1"}, given(3)}, {{"E2"}, {.state = AnswerState::not_applicable, .reason = "x"}}}).level, 4);
    EXPECT_EQ(levels(small(), {{"E3"}}, {}).at(0).level, std::nullopt);
}

TEST(Levels, TellWhatIsKnown) {
    EXPECT_DOUBLE_EQ(level_of({{{"E1"}, given(0)}, {{"E2"}, {.state = AnswerState::dont_know}}}).share_known, 1.0 / 3);
    EXPECT_DOUBLE_EQ(share_known({}, {}), 0);
}

const catalogue::Questionnaire& shipped() { return catalogue::shipped().questionnaire({"resilienzmonitor"}); }

/// Any answers to the ordinal questions of the shipped questionnaire: some of any level, some unknown, some open.
rc::Gen<Answers> any_answers() {
    return rc::gen::exec([] {
        Answers answers;
        for (const catalogue::Topic& topic : shipped().topics)
            for (const catalogue::Question& question : topic.questions) {
                const auto drawn = *rc::gen::inRange(0, 7);
                if (drawn == 6) continue;
                answers[question.id] = drawn == 5 ? Answer{.state = AnswerState::dont_know} : given(drawn);
            }
        return answers;
    });
}

std::vector<TopicLevel> shipped_levels(const Answers& answers) {
    return levels(shipped(), survey::asked_questions(shipped(), {catalogue::Level::municipality}, answers), answers);
}

RC_GTEST_PROP(LevelsOfTheShippedQuestionnaire, NeverSinkWhenAnAnswerRises, ()) {
    Answers answers = *any_answers();
    const auto before = shipped_levels(answers);
    const auto& topic = shipped().topics[*rc::gen::inRange<std::size_t>(0, shipped().topics.size())];
    RC_PRE(!topic.essentials.empty());
    const Essential& essential = topic.essentials[*rc::gen::inRange<std::size_t>(0, topic.essentials.size())];
    const auto& question = shipped().question(essential.question);
    const int was = survey::level_of(question, answers[question.id]).value_or(0);
    answers[question.id] = given(*rc::gen::inRange(was, 5));
    const auto after = shipped_levels(answers);
    for (std::size_t at = 0; at < before.size(); ++at) RC_ASSERT((after[at].level >= before[at].level));
}

RC_GTEST_PROP(LevelsOfTheShippedQuestionnaire, NeverRiseWhenAnEssentialIsTakenAway, ()) {
    Answers answers = *any_answers();
    const auto before = shipped_levels(answers);
    const auto& topic = shipped().topics[*rc::gen::inRange<std::size_t>(0, shipped().topics.size())];
    RC_PRE(!topic.essentials.empty());
    const Essential& essential = topic.essentials[*rc::gen::inRange<std::size_t>(0, topic.essentials.size())];
    answers[essential.question] = *rc::gen::element(given(0), Answer{}, Answer{.state = AnswerState::dont_know});
    const auto after = shipped_levels(answers);
    for (std::size_t at = 0; at < before.size(); ++at) RC_ASSERT((after[at].level <= before[at].level));
}

RC_GTEST_PROP(LevelsOfTheShippedQuestionnaire, NameExactlyWhatStandsBetweenThemAndTheNext, ()) {
    Answers answers = *any_answers();
    const auto before = shipped_levels(answers);
    for (const TopicLevel& topic : before) {
        RC_ASSERT((!topic.level || (*topic.level == catalogue::highest_level) == topic.missing.empty()));
        for (const Missing& one : topic.missing) answers[one.question] = given(one.at_least);
    }
    const auto after = shipped_levels(answers);
    for (std::size_t at = 0; at < after.size(); ++at)
        RC_ASSERT((before[at].missing.empty() || after[at].level > before[at].level));
}

}  // namespace
}  // namespace resmon::profile
