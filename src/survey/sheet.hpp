// A questionnaire with the answers of one body: what is asked of it, what is answered, what is open.
#pragma once

#include "survey/entry.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace resmon::survey {

using Answers = std::map<QuestionId, Answer>;
using Entries = std::map<QuestionId, std::vector<Entry>>;  ///< by question, as saved

/// Whom the body is asked as: an independent city is both.
using BodyLevels = std::set<catalogue::Level>;

/// The questions that are asked. A condition is read on answers to questions that are asked themselves; "don't know"
/// meets none.
[[nodiscard]] std::set<QuestionId> asked_questions(const catalogue::Questionnaire& questionnaire,
                                                   const BodyLevels& levels, const Answers& answers);

/// What holds for every question that was answered (see `holding`).
[[nodiscard]] Answers holding_answers(const Entries& entries);

struct TopicProgress {
    std::string topic;
    int asked = 0;
    int answered = 0;   ///< in any state but open
    int conflicts = 0;  ///< questions with entries that contradict each other
};

/// In the order of the questionnaire.
[[nodiscard]] std::vector<TopicProgress> progress(const catalogue::Questionnaire& questionnaire,
                                                  const std::set<QuestionId>& asked, const Entries& entries);

}  // namespace resmon::survey
