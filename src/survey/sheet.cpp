#include "survey/sheet.hpp"

#include <algorithm>

namespace resmon::survey {

using catalogue::Condition;

namespace {

bool compares(const Condition& condition, const Value& value) {
    if (const auto* number = std::get_if<double>(&value))
        return (!condition.at_least || *number >= *condition.at_least) &&
               (!condition.at_most || *number <= *condition.at_most);
    if (const auto* text = std::get_if<std::string>(&value)) return *text == condition.is;
    if (const auto* choices = std::get_if<std::vector<std::string>>(&value))
        return std::ranges::find(*choices, condition.is) != choices->end();
    return false;
}

bool holds(const Condition& condition, const std::set<QuestionId>& asked, const Answers& answers) {
    const auto part_holds = [&](const Condition& part) { return holds(part, asked, answers); };
    switch (condition.kind) {
        case Condition::Kind::always: return true;
        case Condition::Kind::all: return std::ranges::all_of(condition.of, part_holds);
        case Condition::Kind::any: return std::ranges::any_of(condition.of, part_holds);
        case Condition::Kind::none: return std::ranges::none_of(condition.of, part_holds);
        case Condition::Kind::answer: break;
    }
    const auto answer = answers.find(condition.question);
    return asked.contains(condition.question) && answer != answers.end() &&
           answer->second.state == AnswerState::answered && compares(condition, answer->second.value);
}

}  // namespace

std::set<QuestionId> asked_questions(const catalogue::Questionnaire& questionnaire, const BodyLevels& levels,
                                     const Answers& answers) {
    std::set<QuestionId> asked;
    // Conditions speak of earlier questions only: one pass is enough.
    for (const catalogue::Topic& topic : questionnaire.topics)
        for (const catalogue::Question& question : topic.questions) {
            const bool is_for_it =
                question.asked_of.empty() ||
                std::ranges::any_of(question.asked_of, [&](catalogue::Level level) { return levels.contains(level); });
            if (is_for_it && holds(question.when, asked, answers)) asked.insert(question.id);
        }
    return asked;
}

Answers holding_answers(const Entries& entries) {
    Answers answers;
    for (const auto& [question, saved] : entries) answers[question] = holding(current(saved));
    return answers;
}

std::vector<TopicProgress> progress(const catalogue::Questionnaire& questionnaire, const std::set<QuestionId>& asked,
                                    const Entries& entries) {
    std::vector<TopicProgress> found;
    for (const catalogue::Topic& topic : questionnaire.topics) {
        TopicProgress& one = found.emplace_back(TopicProgress{.topic = topic.id});
        for (const catalogue::Question& question : topic.questions) {
            if (!asked.contains(question.id)) continue;
            ++one.asked;
            const auto saved = entries.find(question.id);
            if (saved == entries.end()) continue;
            const std::vector<Entry> held = current(saved->second);
            if (held.size() > 1) ++one.conflicts;
            if (holding(held).state != AnswerState::open) ++one.answered;
        }
    }
    return found;
}

}  // namespace resmon::survey
