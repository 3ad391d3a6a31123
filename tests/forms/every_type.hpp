// A questionnaire in which every type of question stands once, and answers to it.
#pragma once

#include "catalogue/questionnaire.hpp"
#include "forms/form.hpp"

#include <rapidcheck.h>

namespace resmon::forms {

inline Text both(const std::string& words) { return {words, words + " (en)"}; }

inline catalogue::Questionnaire every_type() {
    using catalogue::Question;
    using enum catalogue::QuestionType;
    const std::vector<Text> levels{both("Nichts"), both("Geplant"), both("Teilweise"), both("Umgesetzt"),
                                   both("Geprüft")};
    std::vector<Question> questions{
        {.id = {"A1"}, .type = ordinal, .levels = levels},
        {.id = {"A2"},
         .type = single,
         .choices = {{"red", both("Rot")}, {"blue", both("Blau, hell")}, {"grey", both("Grau")}}},
        {.id = {"A3"},
         .type = multiple,
         .choices = {{"earth", both("Erde")}, {"fire", both("Feuer")}, {"water", both("Wasser")}}},
        {.id = {"A4"},
         .type = scale,
         .lowest = 1,
         .highest = 5,
         .lowest_means = both("gar nicht"),
         .highest_means = both("völlig")},
        {.id = {"A5"}, .type = number, .unit = both("Stunden"), .lowest = -10, .highest = 10'000, .decimals = 3},
        {.id = {"A6"}, .type = duration},
        {.id = {"A7"}, .type = date},
        {.id = {"A8"}, .type = text},
        {.id = {"A9"}, .type = matrix, .levels = levels, .rows = {{"birth"}, {"death"}}},
        {.id = {"A10"}, .type = ordinal, .levels = levels},
        {.id = {"A11"}, .type = single, .choices = {{"a", both("Ja")}, {"b", both("Nein")}}},
    };
    for (Question& question : questions) question.text = both("Frage " + question.id.value);
    questions[9].when = {.kind = catalogue::Condition::Kind::answer, .question = {"A2"}, .is = "blue"};
    return {.id = {"versuch"},
            .version = 1,
            .hash = std::string(64, 'a'),
            .name = both("Versuch"),
            .topics = {{.id = "A", .name = both("Allerlei"), .questions = std::move(questions)}}};
}

namespace gen = rc::gen;

inline rc::Gen<std::string> any_words() {
    return gen::map(
        gen::nonEmpty(gen::container<std::vector<std::string>>(gen::element<std::string>(
            "Ordner", "Ä", " 3", ";", ",", "\"", "\n", "'", "=1+1", "-", "0", "<b>", "_x000D_", "1,5", "ja"))),
        [](const std::vector<std::string>& parts) {
            std::string text = "W";
            for (const std::string& part : parts) text += part;
            return text;
        });
}

inline rc::Gen<std::string> any_day() {
    return gen::map(gen::inRange(0, 60'000),
                    [](int days) { return spreadsheet::day_text(Date{std::chrono::days{days - 20'000}}); });
}

inline survey::Value any_value(const catalogue::Question& question) {
    using enum catalogue::QuestionType;
    switch (question.type) {
        case ordinal: return static_cast<double>(*gen::inRange(0, 5));
        case scale: return static_cast<double>(*gen::inRange(1, 6));
        case number: return static_cast<double>(*gen::inRange(-10'000, 10'000'001)) / 1000;
        case single: return question.choices[*gen::inRange<std::size_t>(0, question.choices.size())].id;
        case multiple: {
            std::vector<std::string> chosen;
            for (const catalogue::Choice& choice : question.choices)
                if (*gen::arbitrary<bool>()) chosen.push_back(choice.id);
            if (chosen.empty()) chosen.push_back(question.choices.front().id);
            return chosen;
        }
        case duration:
            return survey::Span{static_cast<double>(*gen::inRange(0, 100'000)) / 100,
                                static_cast<survey::SpanUnit>(*gen::inRange(0, 4))};
        case date: return *any_day();
        case text: return *any_words();
        case matrix: {
            std::map<std::string, double> levels{{"birth", *gen::inRange(0, 5)}};
            if (*gen::arbitrary<bool>()) levels["death"] = *gen::inRange(0, 5);
            return levels;
        }
    }
    return {};
}

/// In every state that a person can enter.
inline survey::Answer any_answer(const catalogue::Question& question) {
    survey::Answer answer{.state = static_cast<survey::AnswerState>(*gen::inRange(0, 5))};
    if (answer.state == survey::AnswerState::answered) answer.value = any_value(question);
    if (answer.state == survey::AnswerState::not_applicable) answer.reason = *any_words();
    if (*gen::arbitrary<bool>()) answer.comment = *any_words();
    if (*gen::arbitrary<bool>()) answer.evidence = *any_words();
    if (*gen::arbitrary<bool>()) answer.evidence_expires = *any_day();
    if (*gen::arbitrary<bool>()) answer.confidence = static_cast<survey::Confidence>(*gen::inRange(0, 3));
    return answer;
}

}  // namespace resmon::forms
