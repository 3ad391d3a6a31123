#include "exchange/questionnaire_yaml.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <utility>
#include <vector>

namespace resmon::exchange {

using catalogue::Condition;
using catalogue::Question;

namespace {

/// In double quotes with the escapes of YAML, so that no text is taken for anything else.
std::string quoted(std::string_view text) {
    std::string quoted = "\"";
    for (const char sign : text) {
        const auto code = static_cast<unsigned char>(sign);
        if (sign == '"' || sign == '\\')
            quoted += {'\\', sign};
        else if (sign == '\n')
            quoted += "\\n";
        else if (code < 0x20 || code == 0x7F)
            quoted += fmt::format("\\x{:02x}", code);
        else
            quoted += sign;
    }
    return quoted + '"';
}

std::string both(const Text& text) { return fmt::format("{{de: {}, en: {}}}", quoted(text.de), quoted(text.en)); }

std::string condition_to_yaml(const Condition& condition) {
    const auto parts = [&] {
        std::vector<std::string> written;
        for (const Condition& part : condition.of) written.push_back(condition_to_yaml(part));
        return fmt::format("[{}]", fmt::join(written, ", "));
    };
    switch (condition.kind) {
        case Condition::Kind::always: return "{}";
        case Condition::Kind::all: return fmt::format("{{all: {}}}", parts());
        case Condition::Kind::any: return fmt::format("{{any: {}}}", parts());
        case Condition::Kind::none: return fmt::format("{{not: {}}}", condition_to_yaml(condition.of.at(0)));
        case Condition::Kind::answer: break;
    }
    const std::string& id = condition.question.value;
    if (condition.at_least && condition.at_most)
        return fmt::format("{{all: [{{question: {}, at_least: {}}}, {{question: {}, at_most: {}}}]}}", id,
                           *condition.at_least, id, *condition.at_most);
    std::string text = fmt::format("{{question: {}", id);
    if (condition.at_least) text += fmt::format(", at_least: {}", *condition.at_least);
    if (condition.at_most) text += fmt::format(", at_most: {}", *condition.at_most);
    if (!condition.is.empty()) text += fmt::format(", is: {}", quoted(condition.is));
    return text + "}";
}

class Lines {
public:
    explicit Lines(std::string indent) : indent_{std::move(indent)} {}

    void add(std::string_view key, const std::string& value) {
        text_ += fmt::format("{}{}: {}\n", indent_, key, value);
    }
    void add(std::string_view key, const Text& value) {
        if (!value.de.empty()) add(key, both(value));
    }
    void add_list(std::string_view key, const std::vector<std::string>& items) {
        if (items.empty()) return;
        text_ += fmt::format("{}{}:\n", indent_, key);
        for (const std::string& item : items) text_ += fmt::format("{}  - {}\n", indent_, item);
    }
    [[nodiscard]] const std::string& text() const noexcept { return text_; }

private:
    std::string indent_;
    std::string text_;
};

std::string question_to_yaml(const Question& question) {
    Lines lines{"    "};
    lines.add("id", question.id.value);
    lines.add("type", std::string{to_string(question.type)});
    lines.add("text", question.text);
    lines.add("help", question.help);
    lines.add("why", question.why);
    if (!question.source.empty()) lines.add("source", quoted(question.source));
    std::vector<std::string> levels;
    for (const Text& level : question.levels) levels.push_back(both(level));
    lines.add_list("levels", levels);
    std::vector<std::string> choices;
    for (const catalogue::Choice& choice : question.choices)
        choices.push_back(fmt::format("{{id: {}, text: {}{}}}", quoted(choice.id), both(choice.text),
                                      choice.excludes_others ? ", excludes_others: true" : ""));
    lines.add_list("choices", choices);
    std::vector<std::string> rows;
    for (const ServiceId& row : question.rows) rows.push_back(quoted(row.value));
    lines.add_list("rows", rows);
    lines.add("unit", question.unit);
    if (std::isfinite(question.lowest)) lines.add("lowest", fmt::format("{}", question.lowest));
    if (std::isfinite(question.highest)) lines.add("highest", fmt::format("{}", question.highest));
    if (question.decimals != 0) lines.add("decimals", std::to_string(question.decimals));
    lines.add("lowest_means", question.lowest_means);
    lines.add("highest_means", question.highest_means);
    if (!question.asked_of.empty()) {
        std::vector<std::string_view> levels_of_bodies;
        for (const catalogue::Level level : question.asked_of)
            levels_of_bodies.emplace_back(level == catalogue::Level::district ? "district" : "municipality");
        lines.add("asked_of", fmt::format("[{}]", fmt::join(levels_of_bodies, ", ")));
    }
    if (question.when.kind != Condition::Kind::always) lines.add("when", condition_to_yaml(question.when));
    if (question.is_sensitive) lines.add("sensitive", "true");
    std::string text = lines.text();
    text.replace(2, 2, "- ");
    return text;
}

std::string topic_to_yaml(const catalogue::Topic& topic) {
    Lines lines{""};
    lines.add("id", topic.id);
    lines.add("name", topic.name);
    lines.add("introduction", topic.introduction);
    std::string text = lines.text() + "questions:\n";
    for (const Question& question : topic.questions) text += question_to_yaml(question);
    std::vector<std::string> essentials;
    for (const catalogue::Essential& one : topic.essentials)
        essentials.push_back(
            fmt::format("{{level: {}, question: {}, at_least: {}}}", one.level, one.question.value, one.at_least));
    Lines last{""};
    last.add_list("essentials", essentials);
    return text + last.text();
}

std::string versions_to_yaml(const catalogue::Questionnaire& questionnaire) {
    std::string text = "published:\n";
    for (const catalogue::PublishedVersion& one : questionnaire.published) {
        std::vector<std::string> questions;
        for (const auto& [id, hash] : one.questions) questions.push_back(id + ": " + quoted(hash));
        text += fmt::format("  - {{version: {}, questions: {{{}}}}}\n", one.version, fmt::join(questions, ", "));
    }
    std::vector<std::string> changes;
    for (const catalogue::QuestionChange& one : questionnaire.changes)
        changes.push_back(fmt::format("{{question: {}, before: {}, meaning: {}}}", one.question.value, one.before,
                                      one.means_the_same ? "same" : "changed"));
    Lines last{""};
    last.add_list("changes", changes);
    return text + last.text();
}

}  // namespace

std::map<std::string, std::string> questionnaire_to_files(const catalogue::Questionnaire& questionnaire) {
    std::map<std::string, std::string> files;
    const std::string head = "questionnaires/" + questionnaire.id.value;
    Lines lines{""};
    lines.add("id", questionnaire.id.value);
    lines.add("version", std::to_string(questionnaire.version));
    lines.add("status", "draft");
    lines.add("name", questionnaire.name);
    lines.add("introduction", questionnaire.introduction);
    std::vector<std::string> topics;
    for (const catalogue::Topic& topic : questionnaire.topics) {
        topics.push_back(topic.id);
        files[fmt::format("{}/{}.yaml", head, topic.id)] = topic_to_yaml(topic);
    }
    lines.add("topics", fmt::format("[{}]", fmt::join(topics, ", ")));
    std::vector<std::string> quick;
    for (const QuestionId& question : questionnaire.quick_check) quick.push_back(question.value);
    lines.add("quick_check", fmt::format("[{}]", fmt::join(quick, ", ")));
    files[head + ".yaml"] = lines.text();
    if (!questionnaire.published.empty()) files[head + "/versions.yaml"] = versions_to_yaml(questionnaire);
    return files;
}

}  // namespace resmon::exchange
