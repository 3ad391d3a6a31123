// Questionnaires of every kind that the catalogue takes, made by rapidcheck.
#pragma once

#include "catalogue/questionnaire.hpp"

#include <rapidcheck.h>

#include <string>
#include <vector>

namespace resmon::exchange {

namespace gen = rc::gen;

/// Nothing that a cell trims at its ends.
inline std::string any_words() {
    const auto parts = *gen::container<std::vector<std::string>>(
        gen::element<std::string>("Ordner", "Ä", " 3", ";", ",", "\"", "\n", "'", "=1+1", "- ", "0", "<b>", "_x000D_",
                                  ": ", "#", "\\", "${A1}x"));
    std::string text = "W";
    for (const std::string& part : parts) text += part;
    return text + ".";
}
inline Text any_text() { return {any_words(), any_words()}; }

inline bool any_flag() { return *gen::arbitrary<bool>(); }
inline int any_of(int first, int last) { return *gen::inRange(first, last + 1); }

inline bool can_be_asked_for(const catalogue::Question& question) {
    using enum catalogue::QuestionType;
    return question.type == single || question.type == multiple || question.type == ordinal || question.type == scale ||
           question.type == number;
}

inline catalogue::Condition any_comparison(const std::vector<catalogue::Question>& earlier) {
    const catalogue::Question& question = earlier[*gen::inRange<std::size_t>(0, earlier.size())];
    catalogue::Condition condition{.kind = catalogue::Condition::Kind::answer, .question = question.id};
    if (!question.choices.empty())
        condition.is = question.choices[*gen::inRange<std::size_t>(0, question.choices.size())].id;
    else if (any_flag())
        condition.at_least = any_of(-5, 5) / 4.0;
    else
        condition.at_most = any_of(-5, 5) / 4.0;
    return condition;
}

/// Comparisons with `earlier`, which is not empty, joined up to that depth.
inline catalogue::Condition any_condition(const std::vector<catalogue::Question>& earlier, int depth) {
    using Kind = catalogue::Condition::Kind;
    const int kind = depth == 0 ? 0 : any_of(0, 3);
    if (kind == 0) return any_comparison(earlier);
    if (kind == 3) return {.kind = Kind::none, .of = {any_condition(earlier, depth - 1)}};
    catalogue::Condition whole{.kind = kind == 1 ? Kind::all : Kind::any};
    for (int part = any_of(2, 3); part > 0; --part) whole.of.push_back(any_condition(earlier, depth - 1));
    return whole;
}

inline void add_answers(catalogue::Question& question) {
    using enum catalogue::QuestionType;
    if (question.type == ordinal || question.type == matrix)
        for (int level = 0; level <= catalogue::highest_level; ++level) question.levels.push_back(any_text());
    if (question.type == single || question.type == multiple)
        for (int number = any_of(2, 5); number > 0; --number)
            question.choices.push_back({(any_flag() ? "choice-" : "0c") + std::to_string(number), any_text(),
                                        question.type == multiple && any_flag()});
    if (question.type == matrix) question.rows = {{"passport"}, {"birth"}};
    if (question.type == number) {
        question.unit = any_text();
        question.decimals = any_of(0, 4);
        if (any_flag()) question.lowest = any_of(-1000, 10) / 8.0;
        if (any_flag()) question.highest = any_of(11, 1'000'000);
    }
    if (question.type == scale) {
        question.lowest = any_of(-3, 1);
        question.highest = any_of(2, 11);
        question.lowest_means = any_text();
        question.highest_means = any_text();
    }
}

inline catalogue::Question any_question(QuestionId id, const std::vector<catalogue::Question>& earlier) {
    catalogue::Question question{.id = std::move(id),
                                 .type = static_cast<catalogue::QuestionType>(any_of(0, 8)),
                                 .text = any_text(),
                                 .why = any_text()};
    add_answers(question);
    if (any_flag()) question.help = any_text();
    if (any_flag()) question.source = any_words();
    if (any_flag())
        question.asked_of.push_back(any_flag() ? catalogue::Level::district : catalogue::Level::municipality);
    if (!earlier.empty() && any_flag()) question.when = any_condition(earlier, 3);
    question.is_sensitive = any_flag();
    return question;
}

/// Each asked some of the questions otherwise, and one that is gone.
inline void add_earlier_versions(catalogue::Questionnaire& whole) {
    for (int version = 1; version < whole.version; ++version) {
        whole.published.push_back({.version = version, .questions = {{"Z99", "0123456789ab"}}});
        for (const catalogue::Topic& topic : whole.topics)
            for (const catalogue::Question& question : topic.questions) {
                if (!any_flag()) continue;
                whole.published.back().questions[question.id.value] = "ba9876543210";
                whole.changes.push_back({.question = question.id, .before = version, .means_the_same = any_flag()});
            }
    }
}

inline catalogue::Questionnaire any_questionnaire() {
    catalogue::Questionnaire whole{
        .id = {"made-by-chance"}, .version = any_of(1, 9), .name = any_text(), .introduction = any_text()};
    std::vector<catalogue::Question> earlier;
    const int topics = any_of(1, 4);
    for (int number = 0; number < topics; ++number) {
        // Letters and numbers with gaps: questions that were taken away leave them.
        const std::string id(1, static_cast<char>('A' + number * 3));
        catalogue::Topic topic{.id = id, .name = any_text(), .introduction = any_text()};
        for (int place = any_of(1, 5); place > 0; --place) {
            topic.questions.push_back(any_question({id + std::to_string(1 + topic.questions.size() * 7)}, earlier));
            const catalogue::Question& added = topic.questions.back();
            if (can_be_asked_for(added)) earlier.push_back(added);
            if (added.type == catalogue::QuestionType::ordinal && added.when.kind == catalogue::Condition::Kind::always)
                topic.essentials.push_back({.level = any_of(1, 4), .question = added.id, .at_least = any_of(1, 4)});
            if (any_flag()) whole.quick_check.insert(whole.quick_check.begin(), added.id);
        }
        whole.topics.push_back(std::move(topic));
    }
    add_earlier_versions(whole);
    return whole;
}

}  // namespace resmon::exchange
