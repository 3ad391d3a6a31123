#include "profile/level.hpp"

#include "base/word.hpp"

#include <algorithm>
#include <array>

namespace resmon::profile {

using catalogue::Essential;
using catalogue::Topic;
using survey::Answer;
using survey::AnswerState;

namespace {

class TopicReading {
public:
    TopicReading(const Topic& topic, const std::set<QuestionId>& asked, const survey::Answers& answers)
        : topic_{topic}, asked_{asked}, answers_{answers} {}

    [[nodiscard]] TopicLevel level() const {
        TopicLevel found{.topic = topic_.id, .share_known = known()};
        if (std::ranges::none_of(topic_.essentials, [this](const Essential& one) { return concerns(one); }))
            return found;
        found.level = 0;
        while (*found.level < catalogue::highest_level && (found.missing = missing(*found.level + 1)).empty())
            ++*found.level;
        return found;
    }

private:
    [[nodiscard]] const catalogue::Question& question(const QuestionId& id) const {
        return *std::ranges::find(topic_.questions, id, &catalogue::Question::id);
    }

    [[nodiscard]] Answer answer(const QuestionId& id) const {
        const auto found = answers_.find(id);
        return found == answers_.end() ? Answer{} : found->second;
    }

    /// Not what is not asked of it, nor what somebody gave a reason not to apply.
    [[nodiscard]] bool concerns(const Essential& essential) const {
        return asked_.contains(essential.question) && answer(essential.question).state != AnswerState::not_applicable;
    }

    [[nodiscard]] std::vector<Missing> missing(int level) const {
        std::vector<Missing> found;
        for (const Essential& essential : topic_.essentials) {
            if (essential.level != level || !concerns(essential)) continue;
            const Answer given = answer(essential.question);
            const auto reached = survey::level_of(question(essential.question), given);
            if (reached && *reached >= essential.at_least) continue;
            const bool is_unknown = given.state == AnswerState::dont_know || given.state == AnswerState::refused;
            found.push_back({.question = essential.question,
                             .at_least = essential.at_least,
                             .is = reached,
                             .why = reached      ? Missing::Why::below
                                    : is_unknown ? Missing::Why::unknown
                                                 : Missing::Why::open});
        }
        return found;
    }

    [[nodiscard]] double known() const {
        std::set<QuestionId> here;
        for (const catalogue::Question& one : topic_.questions)
            if (asked_.contains(one.id)) here.insert(one.id);
        return share_known(here, answers_);
    }

    const Topic& topic_;
    const std::set<QuestionId>& asked_;
    const survey::Answers& answers_;
};

}  // namespace

std::string_view to_string(Missing::Why why) {
    constexpr std::array<std::string_view, 3> words{"below", "unknown", "open"};
    return word_of(words, why);
}

std::vector<TopicLevel> levels(const catalogue::Questionnaire& questionnaire, const std::set<QuestionId>& asked,
                               const survey::Answers& answers) {
    std::vector<TopicLevel> found;
    for (const Topic& topic : questionnaire.topics) found.push_back(TopicReading{topic, asked, answers}.level());
    return found;
}

double share_known(const std::set<QuestionId>& asked, const survey::Answers& answers) {
    if (asked.empty()) return 0;
    const auto known = std::ranges::count_if(asked, [&](const QuestionId& id) {
        const auto answer = answers.find(id);
        return answer != answers.end() && survey::is_known(answer->second);
    });
    return static_cast<double>(known) / static_cast<double>(asked.size());
}

}  // namespace resmon::profile
