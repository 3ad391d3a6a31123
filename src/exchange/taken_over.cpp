#include "exchange/taken_over.hpp"

#include "exchange/questionnaire_yaml.hpp"
#include "reading/catalogue_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

namespace resmon::exchange {

namespace {

void fill_in_question(const catalogue::Questionnaire& whole, catalogue::Question& question) {
    question.text = filled(std::move(question.text));
    if (question.text.de.empty()) question.text = {question.id.value, question.id.value};
    question.help = filled(std::move(question.help));
    question.why = filled(std::move(question.why));
    if (question.why.de.empty()) question.why = in_both("exchange.why", whole.name);
    for (catalogue::Choice& choice : question.choices) {
        choice.text = filled(std::move(choice.text));
        if (choice.text.de.empty()) choice.text = {choice.id, choice.id};
    }
    for (Text& level : question.levels) level = filled(std::move(level));
    question.unit = filled(std::move(question.unit));
    if (question.type == catalogue::QuestionType::number && question.unit.de.empty())
        question.unit = in_both("exchange.no-unit");
    for (auto& [text, value] :
         {std::pair{&question.lowest_means, question.lowest}, {&question.highest_means, question.highest}}) {
        *text = filled(std::move(*text));
        if (question.type == catalogue::QuestionType::scale && text->de.empty())
            *text = {fmt::format("{}", value), fmt::format("{}", value)};
    }
}

/// `questions.3.levels` of `questionnaires/x/A.yaml` → the fourth question of A; null if it names none.
const catalogue::Question* question_at(const catalogue::Questionnaire& whole, const Place& place) {
    constexpr std::string_view list = "questions.";
    const std::size_t list_at = place.path.find(list);
    const std::size_t name_at = place.file.rfind('/') + 1;
    const auto topic = std::ranges::find(whole.topics, place.file.substr(name_at, place.file.rfind('.') - name_at),
                                         &catalogue::Topic::id);
    if (list_at == std::string::npos || topic == whole.topics.end()) return nullptr;
    std::size_t number = 0;
    const std::string digits = place.path.substr(list_at + list.size());
    if (std::from_chars(digits.data(), digits.data() + digits.size(), number).ec != std::errc{}) return nullptr;
    return number < topic->questions.size() ? &topic->questions[number] : nullptr;
}

/// What remains to be said of a place if the question is known: `levels`.
std::string part_of_question(const std::string& path) {
    const std::size_t number = path.find("questions.") + std::string_view{"questions."}.size();
    const std::size_t dot = path.find('.', number);
    return dot == std::string::npos ? std::string{} : path.substr(dot + 1) + " ";
}

}  // namespace

void check(const TakenOver& taken) {
    try {
        (void)catalogue::kept_questionnaire(questionnaire_to_files(taken.questionnaire));
    } catch (const InputError& error) {
        std::vector<Fault> faults;
        for (Fault fault : error.faults()) {
            const catalogue::Question* question = question_at(taken.questionnaire, fault.place);
            const auto origin = question == nullptr ? taken.origins.end() : taken.origins.find(question->id);
            if (origin != taken.origins.end())
                fault = {{.file = {}, .line = 0, .path = origin->second},
                         part_of_question(fault.place.path) + std::string{fault.expectation}};
            faults.push_back(std::move(fault));
        }
        throw InputError{std::move(faults)};
    }
}

std::string id_from(std::string_view name, std::string_view otherwise) {
    std::string id;
    for (const char sign : folded(name)) {
        const bool is_plain = (sign >= 'a' && sign <= 'z') || (sign >= '0' && sign <= '9');
        if (is_plain)
            id += sign;
        else if (!id.empty() && id.back() != '-')
            id += '-';
    }
    constexpr std::size_t most = 80;
    id = id.substr(0, most);
    while (!id.empty() && id.back() == '-') id.pop_back();
    return id.empty() ? std::string{otherwise} : id;
}

std::string DistinctIds::next(const std::string& wished) {
    std::string id = wished;
    while (!given_.insert(id).second) id = fmt::format("{}-{}", wished, ++counts_.try_emplace(wished, 1).first->second);
    return id;
}

std::string topic_id(std::size_t place) { return std::string(1, static_cast<char>('A' + place)); }

Text in_both(std::string_view key, const Text& name) {
    return {program_text(key, Language::german, {{"name", name.de}}),
            program_text(key, Language::english, {{"name", name.en}})};
}

Text filled(Text text) {
    if (text.de.empty()) text.de = text.en;
    if (text.en.empty()) text.en = text.de;
    return text;
}

void fill_in(catalogue::Questionnaire& questionnaire) {
    questionnaire.name = filled(std::move(questionnaire.name));
    if (questionnaire.name.de.empty()) questionnaire.name = {questionnaire.id.value, questionnaire.id.value};
    questionnaire.introduction = filled(std::move(questionnaire.introduction));
    if (questionnaire.introduction.de.empty()) questionnaire.introduction = questionnaire.name;
    for (catalogue::Topic& topic : questionnaire.topics) {
        topic.name = filled(std::move(topic.name));
        if (topic.name.de.empty()) topic.name = in_both("exchange.topic", {topic.id, topic.id});
        topic.introduction = filled(std::move(topic.introduction));
        if (topic.introduction.de.empty()) topic.introduction = topic.name;
        for (catalogue::Question& question : topic.questions) fill_in_question(questionnaire, question);
    }
}

}  // namespace resmon::exchange
