#include "reading/questionnaire_reader.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>

namespace resmon::catalogue {

namespace {

constexpr std::array<std::string_view, 2> states{"draft", "published"};
constexpr std::array<std::string_view, 2> body_levels{"municipality", "district"};

bool has_choices(QuestionType type) { return type == QuestionType::single || type == QuestionType::multiple; }
bool has_levels(QuestionType type) { return type == QuestionType::ordinal || type == QuestionType::matrix; }
bool has_limits(QuestionType type) { return type == QuestionType::number || type == QuestionType::scale; }
bool is_ordered(QuestionType type) { return type == QuestionType::ordinal || has_limits(type); }

Condition condition_from(const Cursor& from) {
    from.only({"question", "at_least", "at_most", "is", "all", "any", "not"});
    Condition condition;
    if (from.at("question").exists()) {
        condition.kind = Condition::Kind::answer;
        condition.question = {from.at("question").text()};
        if (from.at("at_least").exists()) condition.at_least = from.at("at_least").number();
        if (from.at("at_most").exists()) condition.at_most = from.at("at_most").number();
        condition.is = from.at("is").text_or("");
        return condition;
    }
    if (from.at("not").exists()) {
        condition.kind = Condition::Kind::none;
        condition.of.push_back(condition_from(from.at("not")));
        return condition;
    }
    const bool is_any = from.at("any").exists();
    condition.kind = is_any ? Condition::Kind::any : Condition::Kind::all;
    for (const Cursor& part : from.at(is_any ? "any" : "all").items()) condition.of.push_back(condition_from(part));
    return condition;
}

/// A key that only questions of some types have.
void belongs(const Cursor& question, const char* key, bool is_wanted, QuestionType type) {
    if (question.at(key).exists() == is_wanted) return;
    question.at(key).fault(
        worded(is_wanted ? "fault.read.type-needs" : "fault.read.type-excludes", {{"type", to_string(type)}}));
}

void read_answers(const Cursor& from, Question& question) {
    belongs(from, "levels", has_levels(question.type), question.type);
    belongs(from, "choices", has_choices(question.type), question.type);
    belongs(from, "rows", question.type == QuestionType::matrix, question.type);
    belongs(from, "unit", question.type == QuestionType::number, question.type);
    if (!has_limits(question.type))
        for (const char* key : {"lowest", "highest", "decimals"}) belongs(from, key, false, question.type);
    if (question.type == QuestionType::scale)
        for (const char* key : {"lowest", "highest", "lowest_means", "highest_means"})
            belongs(from, key, true, question.type);

    if (has_levels(question.type) && from.at("levels").exists()) {
        for (const Cursor& level : from.at("levels").items()) question.levels.push_back(level.both_languages());
        if (question.levels.size() != highest_level + 1)
            from.at("levels").fault(
                worded("fault.read.five-levels", {{"found", std::to_string(question.levels.size())}}));
    }
    if (has_choices(question.type) && from.at("choices").exists())
        for (const Cursor& choice : from.at("choices").items()) {
            choice.only({"id", "text", "excludes_others"});
            const std::string id = choice.at("id").text();
            if (std::ranges::find(question.choices, id, &Choice::id) != question.choices.end())
                choice.at("id").fault(worded("fault.read.id-twice", {{"id", id}}));
            const bool excludes = choice.at("excludes_others").flag_or(false);
            if (excludes && question.type == QuestionType::single)
                choice.at("excludes_others").fault(worded("fault.read.single-excludes"));
            question.choices.push_back({id, choice.at("text").both_languages(), excludes});
        }
    if (question.type == QuestionType::matrix && from.at("rows").exists())
        for (const Cursor& row : from.at("rows").items()) question.rows.push_back({row.text()});
    question.unit = from.at("unit").both_languages_or_none();
    question.lowest = from.at("lowest").number_or(question.lowest);
    question.highest = from.at("highest").number_or(question.highest);
    question.decimals = static_cast<int>(from.at("decimals").number_or(0, Bounds::not_negative));
    question.lowest_means = from.at("lowest_means").both_languages_or_none();
    question.highest_means = from.at("highest_means").both_languages_or_none();
    if (question.lowest >= question.highest)
        from.at("highest").fault(worded("fault.read.above-lowest", {{"lowest", fmt::format("{}", question.lowest)},
                                                                    {"found", fmt::format("{}", question.highest)}}));
}

Question question_from(const Cursor& from) {
    from.only({"id", "type", "text", "help", "why", "source", "levels", "choices", "rows", "unit", "lowest", "highest",
               "decimals", "lowest_means", "highest_means", "asked_of", "when", "sensitive"});
    Question question{.id = {from.at("id").text()},
                      .type = static_cast<QuestionType>(from.at("type").one_of(question_types)),
                      .text = from.at("text").both_languages(),
                      .help = from.at("help").both_languages_or_none(),
                      .why = from.at("why").both_languages(),
                      .source = from.at("source").text_or("")};
    read_answers(from, question);
    if (from.at("asked_of").exists())
        for (const Cursor& level : from.at("asked_of").items())
            question.asked_of.push_back(static_cast<Level>(level.one_of(body_levels)));
    if (from.at("when").exists()) question.when = condition_from(from.at("when"));
    question.is_sensitive = from.at("sensitive").flag_or(false);
    return question;
}

/// The place of a question in the order in which all are asked; nothing if there is none.
std::optional<std::pair<std::size_t, std::size_t>> place_of(const Questionnaire& whole, const QuestionId& question) {
    for (std::size_t topic = 0; topic < whole.topics.size(); ++topic) {
        const auto& questions = whole.topics[topic].questions;
        const auto found = std::ranges::find(questions, question, &Question::id);
        if (found != questions.end()) return std::pair{topic, static_cast<std::size_t>(found - questions.begin())};
    }
    return std::nullopt;
}

using QuestionPlace = std::pair<std::size_t, std::size_t>;

void check_condition(const Cursor& from, const Condition& condition, const Questionnaire& whole, QuestionPlace asking) {
    if (condition.kind == Condition::Kind::none) check_condition(from.at("not"), condition.of[0], whole, asking);
    if (condition.kind == Condition::Kind::all || condition.kind == Condition::Kind::any) {
        const auto parts = from.at(condition.kind == Condition::Kind::any ? "any" : "all").items();
        for (std::size_t part = 0; part < parts.size(); ++part)
            check_condition(parts[part], condition.of[part], whole, asking);
    }
    if (condition.kind != Condition::Kind::answer) return;
    const auto asked = place_of(whole, condition.question);
    // Only what was asked before: so that no question waits for itself, and people are never led back.
    if (!asked || *asked >= asking) {
        from.at("question").fault(worded("fault.read.earlier-question", {{"found", condition.question.value}}));
        return;
    }
    const Question& question = whole.topics[asked->first].questions[asked->second];
    const bool is_compared = condition.at_least || condition.at_most;
    if (is_compared == !condition.is.empty())
        from.fault(worded("fault.read.compare-or-name"));
    else if (is_compared && !is_ordered(question.type))
        from.fault(
            worded("fault.read.no-order", {{"question", question.id.value}, {"type", to_string(question.type)}}));
    else if (!is_compared && std::ranges::find(question.choices, condition.is, &Choice::id) == question.choices.end())
        from.at("is").fault(worded("fault.read.choice", {{"question", question.id.value}, {"found", condition.is}}));
}

bool asks_a_level(const Condition& condition, const Questionnaire& whole) {
    const Question* question = whole.find(condition.question);
    return (question != nullptr && question->type == QuestionType::ordinal) ||
           std::ranges::any_of(condition.of, [&](const Condition& part) { return asks_a_level(part, whole); });
}

class Hash {
public:
    Hash() { crypto_hash_sha256_init(&state_); }
    void feed(const std::string& text) {
        const std::string measured = std::to_string(text.size()) + ":" + text;
        crypto_hash_sha256_update(&state_, reinterpret_cast<const unsigned char*>(measured.data()), measured.size());
    }
    void feed(const Tree& tree, bool is_head = false) {
        feed(std::to_string(static_cast<int>(tree.kind)));
        feed(tree.scalar);
        feed(std::to_string(tree.items.size()));
        for (const Tree& item : tree.items) feed(item);
        for (const TreeEntry& entry : tree.entries) {
            if (is_head && (entry.key == "status" || entry.key == "hash")) continue;
            feed(entry.key);
            feed(entry.value);
        }
    }
    std::string hexadecimal() {
        std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
        crypto_hash_sha256_final(&state_, digest.data());
        return fmt::format("{:02x}", fmt::join(digest, ""));
    }

private:
    crypto_hash_sha256_state state_{};
};

}  // namespace

Questionnaire questionnaire_from(const Cursor& root) {
    root.only({"id", "version", "status", "hash", "name", "introduction", "topics", "quick_check"});
    Questionnaire questionnaire{.id = {root.at("id").text()},
                                .version = static_cast<int>(root.at("version").number(Bounds::positive)),
                                .is_published = root.at("status").one_of(states) == 1,
                                .hash = root.at("hash").text_or(""),
                                .name = root.at("name").both_languages(),
                                .introduction = root.at("introduction").both_languages()};
    for (const Cursor& topic : root.at("topics").items()) {
        const std::string id = topic.text();
        if (std::ranges::find(questionnaire.topics, id, &Topic::id) != questionnaire.topics.end())
            topic.fault(worded("fault.read.id-twice", {{"id", id}}));
        questionnaire.topics.push_back({.id = id});
    }
    for (const Cursor& question : root.at("quick_check").items())
        questionnaire.quick_check.push_back({question.text()});
    return questionnaire;
}

Topic topic_from(const Cursor& root) {
    root.only({"id", "name", "introduction", "questions", "essentials"});
    Topic topic{.id = root.at("id").text(),
                .name = root.at("name").both_languages(),
                .introduction = root.at("introduction").both_languages()};
    for (const Cursor& from : root.at("questions").items()) {
        Question question = question_from(from);
        if (!question.id.value.starts_with(topic.id))
            from.at("id").fault(worded("fault.read.begins-with", {{"start", topic.id}, {"found", question.id.value}}));
        if (std::ranges::find(topic.questions, question.id, &Question::id) != topic.questions.end())
            from.at("id").fault(worded("fault.read.id-twice", {{"id", question.id.value}}));
        topic.questions.push_back(std::move(question));
    }
    if (root.at("essentials").exists())
        for (const Cursor& from : root.at("essentials").items()) {
            from.only({"level", "question", "at_least"});
            topic.essentials.push_back({.level = static_cast<int>(from.at("level").number(Bounds::positive)),
                                        .question = {from.at("question").text()},
                                        .at_least = static_cast<int>(from.at("at_least").number(Bounds::positive))});
        }
    return topic;
}

void check_topic(const Cursor& root, const Questionnaire& whole, std::size_t number,
                 const std::vector<Service>* services) {
    const Topic& topic = whole.topics[number];
    const auto questions = root.at("questions").items();
    for (std::size_t place = 0; place < questions.size(); ++place) {
        const Question& question = topic.questions[place];
        if (questions[place].at("when").exists())
            check_condition(questions[place].at("when"), question.when, whole, {number, place});
        if (question.rows.empty() || services == nullptr) continue;
        const auto rows = questions[place].at("rows").items();
        for (std::size_t row = 0; row < rows.size(); ++row)
            if (std::ranges::find(*services, question.rows[row], &Service::id) == services->end())
                rows[row].fault(worded("fault.read.name", {{"kind", "service"}, {"word", question.rows[row].value}}));
    }
    if (topic.essentials.empty()) return;
    const auto essentials = root.at("essentials").items();
    for (std::size_t place = 0; place < essentials.size(); ++place) {
        const std::string& id = topic.essentials[place].question.value;
        const auto question = std::ranges::find(topic.questions, QuestionId{id}, &Question::id);
        if (question == topic.questions.end() || question->type != QuestionType::ordinal)
            essentials[place].at("question").fault(worded("fault.read.ordinal", {{"of", topic.id}, {"found", id}}));
        // Or a worse answer there would hide it, and so raise the level.
        else if (asks_a_level(question->when, whole))
            essentials[place].at("question").fault(worded("fault.read.asked-always", {{"question", id}}));
    }
}

void read_versions(const Cursor& root, Questionnaire& questionnaire) {
    root.only({"published", "changes"});
    for (const Cursor& from : root.at("published").items()) {
        from.only({"version", "questions"});
        PublishedVersion version{.version = static_cast<int>(from.at("version").number(Bounds::positive))};
        for (const auto& [id, hash] : from.at("questions").entries()) version.questions[id] = hash.text();
        questionnaire.published.push_back(std::move(version));
    }
    if (!root.at("changes").exists()) return;
    constexpr std::array<std::string_view, 2> meanings{"changed", "same"};
    for (const Cursor& from : root.at("changes").items()) {
        from.only({"question", "before", "meaning"});
        questionnaire.changes.push_back({.question = {from.at("question").text()},
                                         .before = static_cast<int>(from.at("before").number(Bounds::positive)),
                                         .means_the_same = from.at("meaning").one_of(meanings) == 1});
    }
}

std::string question_hash(const Question& question) {
    constexpr std::size_t digits = 12;
    Hash hash;
    hash.feed(std::string{to_string(question.type)});
    const auto feed = [&](const Text& text) {
        hash.feed(text.de);
        hash.feed(text.en);
    };
    for (const Text* text : {&question.text, &question.unit, &question.lowest_means, &question.highest_means})
        feed(*text);
    for (const Text& level : question.levels) feed(level);
    for (const Choice& choice : question.choices) {
        hash.feed(choice.id);
        feed(choice.text);
        hash.feed(choice.excludes_others ? "alone" : "");
    }
    for (const ServiceId& row : question.rows) hash.feed(row.value);
    hash.feed(fmt::format("{} {} {}", question.lowest, question.highest, question.decimals));
    return hash.hexadecimal().substr(0, digits);
}

std::map<std::string, std::string> question_hashes(const Questionnaire& whole) {
    std::map<std::string, std::string> hashes;
    for (const Topic& topic : whole.topics)
        for (const Question& question : topic.questions) hashes[question.id.value] = question_hash(question);
    return hashes;
}

void check_versions(const Cursor& root, const Questionnaire& whole) {
    const std::map<std::string, std::string> now = question_hashes(whole);
    const auto listed = [&](int version) {
        return std::ranges::find(whole.published, version, &PublishedVersion::version) != whole.published.end();
    };
    for (int version = 1; version < whole.version; ++version)
        if (!listed(version)) root.fault(worded("fault.read.version-unlisted", {{"version", std::to_string(version)}}));
    if (whole.is_published && !listed(whole.version)) {
        std::vector<std::string> lines;
        for (const auto& [id, hash] : now) lines.push_back(fmt::format("{}: \"{}\"", id, hash));
        root.fault(worded(
            "fault.read.published-unlisted",
            {{"list", fmt::format("{{version: {}, questions: {{{}}}}}", whole.version, fmt::join(lines, ", "))}}));
    }
    for (const PublishedVersion& before : whole.published) {
        if (before.version == whole.version && whole.is_published && before.questions != now)
            root.fault(worded("fault.read.published-changed", {{"version", std::to_string(before.version)}}));
        if (before.version >= whole.version) continue;
        for (const auto& [id, hash] : before.questions) {
            const auto same_id = now.find(id);
            const bool is_listed = std::ranges::any_of(whole.changes, [&](const QuestionChange& change) {
                return change.question.value == id && change.before == before.version;
            });
            if (same_id != now.end() && same_id->second != hash && !is_listed)
                root.fault(worded("fault.read.change-unlisted",
                                  {{"question", id}, {"version", std::to_string(before.version)}}));
        }
    }
}

void check_head(const Cursor& root, const Questionnaire& whole) {
    const auto quick = root.at("quick_check").items();
    for (std::size_t place = 0; place < quick.size(); ++place)
        if (whole.find(whole.quick_check[place]) == nullptr)
            quick[place].fault(worded("fault.read.quick-question", {{"found", whole.quick_check[place].value}}));
    if (whole.is_published && root.at("hash").text_or("") != whole.hash)
        root.at("hash").fault(worded("fault.read.published-hash", {{"hash", whole.hash}}));
}

std::string content_hash(const Tree& head, const std::vector<const Tree*>& topics) {
    Hash hash;
    hash.feed(head, true);
    for (const Tree* topic : topics) hash.feed(*topic);
    return hash.hexadecimal();
}

}  // namespace resmon::catalogue
