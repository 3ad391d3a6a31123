// From answers to levers.
#include "preparedness/settings.hpp"

#include "support/shipped.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace resmon::preparedness {
namespace {

using catalogue::Lever;
using survey::Answer;
using survey::AnswerState;

using catalogue::shipped;
const catalogue::PreparednessModel& model() { return shipped().preparedness; }
const catalogue::Questionnaire& questionnaire() { return shipped().questionnaire({"resilienzmonitor"}); }

const catalogue::Effect& effect(const char* question) {
    return *std::ranges::find(model().effects, QuestionId{question}, &catalogue::Effect::question);
}

Answer given(int level) { return {.state = AnswerState::answered, .value = static_cast<double>(level)}; }

const Reading* find(const std::vector<Reading>& readings, const char* question) {
    const auto found =
        std::ranges::find_if(readings, [&](const Reading& one) { return one.effect->question.value == question; });
    return found == readings.end() ? nullptr : &*found;
}

TEST(Settings, OfAnAnsweredQuestionAreItsLevels) {
    const auto readings = read(model(), questionnaire(), {{"E4"}}, {{{"E4"}, given(3)}});
    ASSERT_EQ(readings.size(), 1U);
    EXPECT_EQ(readings[0].level, 3);
    EXPECT_EQ(readings[0].setting.central, effect("E4").levels[3].value);
}

TEST(Settings, OfAnUnknownOneSpanAllLevelsAndAreNotNo) {
    for (const survey::Answers& answers : {survey::Answers{}, {{{"E4"}, {.state = AnswerState::dont_know}}}}) {
        const auto readings = read(model(), questionnaire(), {{"E4"}}, answers);
        ASSERT_EQ(readings.size(), 1U);
        EXPECT_EQ(readings[0].level, std::nullopt);
        EXPECT_EQ(readings[0].setting.low, effect("E4").levels[4].low);
        EXPECT_EQ(readings[0].setting.high, effect("E4").levels[0].high);
    }
}

TEST(Settings, LeaveOutWhatIsNotAskedOrDoesNotApply) {
    EXPECT_TRUE(read(model(), questionnaire(), {}, {{{"E4"}, given(3)}}).empty());
    const auto readings = read(model(), questionnaire(), {{"E2"}, {"E4"}},
                               {{{"E4"}, {.state = AnswerState::not_applicable, .reason = "x"}}});
    EXPECT_EQ(find(readings, "E4"), nullptr);
    EXPECT_NE(find(readings, "E2"), nullptr);
}

TEST(Settings, OfABetterAnswerMoveTheLeverTheStatedWay) {
    for (const catalogue::Effect& one : model().effects)
        for (int level = 1; level <= catalogue::highest_level; ++level) {
            const auto worse = reading_at(one, level - 1).setting;
            const auto better = reading_at(one, level).setting;
            const double sign = catalogue::is_better_high(one.lever) ? -1 : 1;
            EXPECT_GE(sign * worse.low, sign * better.low) << one.question.value << " " << level;
            EXPECT_GE(sign * worse.central, sign * better.central) << one.question.value << " " << level;
            EXPECT_GE(sign * worse.high, sign * better.high) << one.question.value << " " << level;
            EXPECT_EQ(worse.id, better.id) << "or the courses would not be comparable";
        }
}

/// A response keeps the questionnaire of its day, in which a question may have been of another type.
TEST(Settings, OfAQuestionThatHadNoLevelsThenAreUnknown) {
    catalogue::Questionnaire earlier = questionnaire();
    for (catalogue::Topic& topic : earlier.topics)
        for (catalogue::Question& question : topic.questions)
            if (question.id.value == "E4") question.type = catalogue::QuestionType::number;
    const auto readings = read(model(), earlier, {{"E4"}}, {{{"E4"}, given(7)}});
    ASSERT_EQ(readings.size(), 1U);
    EXPECT_EQ(readings[0].level, std::nullopt);
}

/// Whoever reads why a question is asked is not promised an effect that the mapping does not have.
TEST(Settings, ExistForEveryQuestionThatSpeaksOfTheForecast) {
    for (const catalogue::Topic& topic : questionnaire().topics)
        for (const catalogue::Question& question : topic.questions) {
            const bool is_promised = question.why.de.find("Prognose") != std::string::npos ||
                                     question.why.en.find("forecast") != std::string::npos;
            EXPECT_TRUE(!is_promised || std::ranges::find(model().effects, question.id, &catalogue::Effect::question) !=
                                            model().effects.end())
                << question.id.value;
        }
}

TEST(Settings, EveryFigureSaysWhereItComesFrom) {
    for (const catalogue::Effect& one : model().effects)
        for (const catalogue::Figure& figure : one.levels)
            EXPECT_TRUE(figure.kind != catalogue::FigureKind::estimate ||
                        figure.source.starts_with("Expertenschätzung"))
                << one.question.value;
}

}  // namespace
}  // namespace resmon::preparedness
