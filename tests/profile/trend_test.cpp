// Levels of then beside levels of now, and when they do not say the same.
#include "profile/trend.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace resmon::profile {
namespace {

using catalogue::Topic;

Topic topic(const char* id) {
    const std::string first = std::string{id} + "1";
    return {.id = id,
            .questions = {{.id = {first}, .text = {"Gibt es das?", "Is it there?"}, .why = {"darum", "because"}}},
            .essentials = {{1, {first}, 2}}};
}

survey::Sheet sheet(const catalogue::Questionnaire& questionnaire, const char* id, double level) {
    survey::Sheet made{.response = {.id = {id}, .version = questionnaire.version},
                       .questionnaire = {std::shared_ptr<void>{}, &questionnaire}};
    for (const Topic& one : questionnaire.topics) {
        const QuestionId& question = one.questions.front().id;
        made.asked.insert(question);
        made.entries[question] = {
            {.number = 1, .question = question, .answer = {survey::AnswerState::answered, level}}};
    }
    return made;
}

TEST(Trend, HasTheLevelsOfThenAndNowInTheOrderOfTheTopics) {
    const catalogue::Questionnaire asked{.topics = {topic("A"), topic("B")}};
    const std::vector<survey::Sheet> earlier{sheet(asked, "first", 0)};
    const std::vector<TrendPoint> points = trend(earlier, sheet(asked, "now", 4));
    ASSERT_EQ(points.size(), 2U);
    EXPECT_EQ(points[0].response.id.value, "first");
    EXPECT_EQ(points[0].topics.at(0).level.level, 0);
    EXPECT_EQ(points[1].topics.at(1).level.level, 4);
    EXPECT_EQ(points[1].topics.at(1).level.topic, "B");
    EXPECT_DOUBLE_EQ(points[0].share_known, 1);
    for (const TrendPoint& point : points)
        for (const TrendLevel& one : point.topics) EXPECT_TRUE(one.is_comparable);
}

TEST(Trend, DoesNotCompareWhatWasAskedOtherwise) {
    const catalogue::Questionnaire before{.topics = {topic("A"), topic("B")}};
    catalogue::Questionnaire after = before;
    after.topics[1].questions[0].text.de = "Gibt es das, gedruckt?";
    after.topics.push_back(topic("C"));
    const std::vector<survey::Sheet> earlier{sheet(before, "first", 4)};
    const std::vector<TrendPoint> points = trend(earlier, sheet(after, "now", 4));
    ASSERT_EQ(points[0].topics.size(), 3U) << "as many as are asked now";
    EXPECT_TRUE(points[0].topics[0].is_comparable);
    EXPECT_FALSE(points[0].topics[1].is_comparable) << "another text";
    EXPECT_FALSE(points[0].topics[2].is_comparable) << "was not asked";
    EXPECT_EQ(points[0].topics[2].level.level, std::nullopt);
    for (const TrendLevel& one : points[1].topics) EXPECT_TRUE(one.is_comparable);
}

TEST(Topics, AreComparableIfWhatMovesAnAnswerIsTheSame) {
    const Topic one = topic("A");
    Topic other = one;
    other.name = {"anders", "other"};
    other.questions[0].why = {"deshalb", "therefore"};
    other.questions[0].source = "§ 1";
    EXPECT_TRUE(is_comparable(one, other)) << "why it is asked moves no answer";
    const auto differs = [&](auto change) {
        Topic changed = one;
        change(changed);
        return !is_comparable(one, changed) && !is_comparable(changed, one);
    };
    EXPECT_TRUE(differs([](Topic& topic) { topic.essentials[0].at_least = 3; }));
    EXPECT_TRUE(differs([](Topic& topic) { topic.essentials.clear(); }));
    EXPECT_TRUE(differs([](Topic& topic) { topic.questions[0].help.de = "Auch ein Entwurf zählt."; }));
    EXPECT_TRUE(differs([](Topic& topic) { topic.questions[0].levels.resize(5); }));
    EXPECT_TRUE(differs([](Topic& topic) { topic.questions.push_back({.id = {"A2"}}); }));
    EXPECT_TRUE(differs([](Topic& topic) { topic.questions[0].when.kind = catalogue::Condition::Kind::any; }));
    EXPECT_TRUE(differs([](Topic& topic) { topic.questions[0].asked_of = {catalogue::Level::district}; }));
}

}  // namespace
}  // namespace resmon::profile
