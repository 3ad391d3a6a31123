#include "profile/trend.hpp"

#include <algorithm>
#include <tuple>

namespace resmon::profile {

using catalogue::Choice;
using catalogue::Condition;
using catalogue::Essential;
using catalogue::Question;
using catalogue::Topic;

namespace {

bool is_same(const Choice& one, const Choice& other) { return one.id == other.id && one.text == other.text; }

bool is_same(const Condition& one, const Condition& other) {
    const auto parts = [](const Condition& condition) {
        return std::tie(condition.kind, condition.question, condition.at_least, condition.at_most, condition.is);
    };
    return parts(one) == parts(other) &&
           std::ranges::equal(one.of, other.of, [](const auto& a, const auto& b) { return is_same(a, b); });
}

bool is_same(const Question& one, const Question& other) {
    const auto parts = [](const Question& question) {
        return std::tie(question.id, question.type, question.text, question.help, question.levels, question.rows,
                        question.unit, question.lowest, question.highest, question.decimals, question.lowest_means,
                        question.highest_means, question.asked_of);
    };
    return parts(one) == parts(other) && is_same(one.when, other.when) &&
           std::ranges::equal(one.choices, other.choices, [](const auto& a, const auto& b) { return is_same(a, b); });
}

bool is_same(const Essential& one, const Essential& other) {
    return one.level == other.level && one.question == other.question && one.at_least == other.at_least;
}

TrendPoint point_of(const survey::Sheet& sheet, const catalogue::Questionnaire& now) {
    const survey::Answers answers = survey::holding_answers(sheet.entries);
    const std::vector<TopicLevel> then = levels(*sheet.questionnaire, sheet.asked, answers);
    TrendPoint point{.response = sheet.response, .share_known = share_known(sheet.asked, answers)};
    for (const Topic& topic : now.topics) {
        const auto found = std::ranges::find(then, topic.id, &TopicLevel::topic);
        if (found == then.end())
            point.topics.push_back({.level = {.topic = topic.id}, .is_comparable = false});
        else
            point.topics.push_back(
                {.level = *found, .is_comparable = is_comparable(sheet.questionnaire->topic(topic.id), topic)});
    }
    return point;
}

}  // namespace

bool is_comparable(const Topic& one, const Topic& other) {
    const auto same = [](const auto& a, const auto& b) { return is_same(a, b); };
    return std::ranges::equal(one.essentials, other.essentials, same) &&
           std::ranges::equal(one.questions, other.questions, same);
}

std::vector<TrendPoint> trend(std::span<const survey::Sheet> earlier, const survey::Sheet& now) {
    std::vector<TrendPoint> points;
    for (const survey::Sheet& sheet : earlier) points.push_back(point_of(sheet, *now.questionnaire));
    points.push_back(point_of(now, *now.questionnaire));
    return points;
}

}  // namespace resmon::profile
