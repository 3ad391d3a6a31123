// How mature a body is, topic by topic: no average ever hides a missing essential.
#pragma once

#include "survey/sheet.hpp"

#include <optional>
#include <string>
#include <vector>

namespace resmon::profile {

/// An essential of the next level that is not met.
struct Missing {
    enum class Why {
        below,    ///< answered, with a lower level
        unknown,  ///< nobody knows, or nobody says
        open      ///< not answered yet
    };
    QuestionId question;
    int at_least = 1;
    std::optional<int> is;  ///< of `below`
    Why why = Why::open;
};

[[nodiscard]] std::string_view to_string(Missing::Why why);

struct TopicLevel {
    std::string topic;
    /// The highest k for which every essential of the levels up to k is met; none if the topic has no essentials or
    /// none of them concerns the body. An essential that is not asked or not applicable is left out.
    std::optional<int> level;
    double share_known = 0;  ///< of the questions asked: answered or not applicable; 0 if none is asked
    std::vector<Missing> missing;
};

/// In the order of the questionnaire. `answers` as they hold.
[[nodiscard]] std::vector<TopicLevel> levels(const catalogue::Questionnaire& questionnaire,
                                             const std::set<QuestionId>& asked, const survey::Answers& answers);

/// Of all questions asked.
[[nodiscard]] double share_known(const std::set<QuestionId>& asked, const survey::Answers& answers);

}  // namespace resmon::profile
