#include "survey/carry_over.hpp"

#include <algorithm>

namespace resmon::survey {

namespace {

bool is_asked_alike(const catalogue::Question& one, const catalogue::Question& other) {
    const auto what = [](const catalogue::Question& question) {
        return std::tie(question.type, question.text, question.levels, question.choices, question.rows, question.unit,
                        question.lowest, question.highest, question.decimals, question.lowest_means,
                        question.highest_means);
    };
    return what(one) == what(other);
}

}  // namespace

bool means_the_same(const catalogue::Questionnaire& older, const catalogue::Questionnaire& newer,
                    const QuestionId& question) {
    const catalogue::Question* before = older.find(question);
    const catalogue::Question* now = newer.find(question);
    if (before == nullptr || now == nullptr) return false;
    const auto said = std::ranges::find_if(newer.changes, [&](const catalogue::QuestionChange& change) {
        return change.question == question && change.before == older.version;
    });
    if (older.version != newer.version && said != newer.changes.end()) return said->means_the_same;
    return is_asked_alike(*before, *now);
}

Offers offers_for(const Sheet& sheet, const catalogue::Questionnaire& older, const Entries& earlier) {
    Offers offers;
    for (const catalogue::Topic& topic : sheet.questionnaire->topics)
        for (const catalogue::Question& question : topic.questions) {
            const auto saved = earlier.find(question.id);
            if (saved == earlier.end() || sheet.entries.contains(question.id)) continue;
            const std::vector<Entry> held = current(saved->second);
            if (held.size() != 1 || held[0].answer.state == AnswerState::open || held[0].is_locked) continue;
            const bool fits =
                means_the_same(older, *sheet.questionnaire, question.id) && faults_of(question, held[0].answer).empty();
            offers[question.id] = {.entry = held[0], .fits = fits};
        }
    return offers;
}

}  // namespace resmon::survey
