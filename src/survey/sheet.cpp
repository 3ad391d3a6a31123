#include "survey/sheet.hpp"

#include "base/error.hpp"
#include "secrets/digest.hpp"
#include "survey/survey_json.hpp"

#include <fmt/format.h>

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

bool speaks_of_others(const Condition& condition, const catalogue::Questionnaire& questionnaire) {
    if (condition.kind == Condition::Kind::answer) return questionnaire.find(condition.question) == nullptr;
    return std::ranges::any_of(condition.of,
                               [&](const Condition& one) { return speaks_of_others(one, questionnaire); });
}

catalogue::Questionnaire part_of(catalogue::Questionnaire questionnaire, const Part& part) {
    std::erase_if(questionnaire.topics, [&](const catalogue::Topic& topic) { return !part.has(topic.id); });
    std::erase_if(questionnaire.quick_check, [&](const QuestionId& id) { return questionnaire.find(id) == nullptr; });
    // It would tell an answer that is not theirs to know.
    const catalogue::Questionnaire& remaining = questionnaire;
    for (catalogue::Topic& topic : questionnaire.topics)
        for (catalogue::Question& question : topic.questions)
            if (speaks_of_others(question.when, remaining)) question.when = {};
    return questionnaire;
}

Answer held(const Entries& entries, const QuestionId& question) {
    const auto saved = entries.find(question);
    return saved == entries.end() ? Answer{} : holding(current(saved->second));
}

/// The hash of a lock sign would stand in the receipt for good.
void require_readable(const Sheet& sheet) {
    for (const QuestionId& question : sheet.asked)
        if (const auto saved = sheet.entries.find(question); saved != sheet.entries.end())
            for (const Entry& entry : current(saved->second))
                if (entry.is_locked) throw Conflict{worded("fault.survey.locked", {{"question", question.value}})};
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

const catalogue::Question& question_in(const catalogue::Questionnaire& questionnaire, const Part& part,
                                       const QuestionId& id) {
    for (const catalogue::Topic& topic : questionnaire.topics) {
        if (!part.has(topic.id)) continue;
        const auto found = std::ranges::find(topic.questions, id, &catalogue::Question::id);
        if (found != topic.questions.end()) return *found;
    }
    throw NotFound{worded("fault.survey.no-question", {{"question", id.value}})};
}

Sheet shown(Sheet sheet, const Part& part) {
    if (part.is_whole) return sheet;
    auto questionnaire = std::make_shared<catalogue::Questionnaire>(part_of(*sheet.questionnaire, part));
    const auto is_outside = [&](const QuestionId& id) { return questionnaire->find(id) == nullptr; };
    std::erase_if(sheet.asked, is_outside);
    std::erase_if(sheet.entries, [&](const auto& saved) { return is_outside(saved.first); });
    std::erase_if(sheet.offers, [&](const auto& offer) { return is_outside(offer.first); });
    std::erase_if(sheet.assignments, [&](const auto& one) { return !part.has(one.first); });
    std::set<PersonId> people;
    std::set<links::LinkId> links;
    for (const auto& [topic, person] : sheet.assignments) people.insert(person);
    for (const auto& [question, saved] : sheet.entries)
        for (const Entry& entry : saved) {
            people.insert(entry.person);
            links.insert(entry.link);
        }
    for (const auto& [question, offer] : sheet.offers) {
        people.insert(offer.entry.person);
        links.insert(offer.entry.link);
    }
    std::erase_if(sheet.names, [&](const auto& name) { return !people.contains(name.first); });
    std::erase_if(sheet.labels, [&](const auto& label) { return !links.contains(label.first); });
    sheet.questionnaire = std::move(questionnaire);
    sheet.seen = part;
    return sheet;
}

std::vector<TopicProgress> progress(const Sheet& sheet) {
    std::vector<TopicProgress> found;
    for (const catalogue::Topic& topic : sheet.questionnaire->topics) {
        TopicProgress& one = found.emplace_back(TopicProgress{.topic = topic.id});
        for (const catalogue::Question& question : topic.questions) {
            if (!sheet.asked.contains(question.id)) continue;
            ++one.asked;
            const auto offer = sheet.offers.find(question.id);
            if (offer != sheet.offers.end() && offer->second.fits) ++one.offered;
            const auto saved = sheet.entries.find(question.id);
            if (saved == sheet.entries.end()) continue;
            const std::vector<Entry> held = current(saved->second);
            if (held.size() > 1) ++one.conflicts;
            if (holding(held).state != AnswerState::open) ++one.answered;
        }
    }
    return found;
}

void require_finishable(const Sheet& sheet) {
    for (const TopicProgress& topic : progress(sheet))
        if (topic.conflicts > 0) throw Conflict{worded("fault.survey.contradicts", {{"topic", topic.topic}})};
    require_readable(sheet);
}

Receipt receipt_of(const Sheet& sheet, int number, const std::string& at) {
    Receipt receipt{.response = sheet.response.id,
                    .number = number,
                    .finished_at = at,
                    .questionnaire = sheet.response.questionnaire,
                    .version = sheet.response.version,
                    .body = sheet.response.body};
    for (const catalogue::Topic& topic : sheet.questionnaire->topics)
        for (const catalogue::Question& question : topic.questions) {
            const bool is_asked = sheet.asked.contains(question.id);
            const Answer answer = is_asked ? held(sheet.entries, question.id) : Answer{AnswerState::not_asked, {}};
            const bool is_text = question.type == catalogue::QuestionType::text;
            receipt.lines.push_back({question.id, std::string{to_string(answer.state)},
                                     is_text && answer.state == AnswerState::answered
                                         ? value_to_text("sha256:" + digest_of(std::get<std::string>(answer.value)))
                                         : value_to_text(answer.value)});
        }
    return receipt;
}

}  // namespace resmon::survey
