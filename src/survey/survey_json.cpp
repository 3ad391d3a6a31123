#include "survey/survey_json.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <cmath>

namespace resmon::survey {

using catalogue::Question;

namespace {

Json text_to_json(const Text& text) { return {{"de", text.de}, {"en", text.en}}; }

Json texts_to_json(const std::vector<Text>& texts) {
    Json list = Json::array();
    for (const Text& text : texts) list.push_back(text_to_json(text));
    return list;
}

Text service_name(const ServiceId& id, const catalogue::Catalogue& catalogue) {
    const auto found = std::ranges::find(catalogue.services, id, &catalogue::Service::id);
    return found == catalogue.services.end() ? Text{id.value, id.value} : found->name;
}

void add_answers(Json& json, const Question& question, const catalogue::Catalogue& catalogue) {
    if (!question.levels.empty()) json["levels"] = texts_to_json(question.levels);
    for (const catalogue::Choice& choice : question.choices) {
        json["choices"].push_back({{"id", choice.id}, {"text", text_to_json(choice.text)}});
        if (choice.excludes_others) json["choices"].back()["excludes_others"] = true;
    }
    for (const ServiceId& row : question.rows)
        json["rows"].push_back({{"id", row.value}, {"name", text_to_json(service_name(row, catalogue))}});
    if (std::isfinite(question.lowest)) json["lowest"] = question.lowest;
    if (std::isfinite(question.highest)) json["highest"] = question.highest;
    if (question.type == catalogue::QuestionType::number) json["decimals"] = question.decimals;
    for (const auto& [key, text] : {std::pair{"unit", &question.unit},
                                    {"lowest_means", &question.lowest_means},
                                    {"highest_means", &question.highest_means}})
        if (!text->de.empty()) json[key] = text_to_json(*text);
}

/// Empty for a question that is always asked.
Json condition_to_json(const catalogue::Condition& condition) {
    using Kind = catalogue::Condition::Kind;
    Json json = Json::object();
    const auto parts = [&] {
        Json list = Json::array();
        for (const catalogue::Condition& part : condition.of) list.push_back(condition_to_json(part));
        return list;
    };
    switch (condition.kind) {
        case Kind::always: break;
        case Kind::all: json["all"] = parts(); break;
        case Kind::any: json["any"] = parts(); break;
        case Kind::none: json["none"] = parts(); break;
        case Kind::answer:
            json["question"] = condition.question.value;
            if (condition.at_least) json["at_least"] = *condition.at_least;
            if (condition.at_most) json["at_most"] = *condition.at_most;
            if (!condition.is.empty()) json["is"] = condition.is;
    }
    return json;
}

Json question_to_json(const Question& question, const catalogue::Catalogue& catalogue) {
    Json json = {{"id", question.id.value},
                 {"type", to_string(question.type)},
                 {"text", text_to_json(question.text)},
                 {"why", text_to_json(question.why)}};
    if (!question.help.de.empty()) json["help"] = text_to_json(question.help);
    if (!question.source.empty()) json["source"] = question.source;
    add_answers(json, question, catalogue);
    if (question.when.kind != catalogue::Condition::Kind::always) json["when"] = condition_to_json(question.when);
    return json;
}

struct ValueWriter {
    Json operator()(std::monostate) const { return nullptr; }
    Json operator()(double value) const {
        // Whole numbers as such: a level is 3, not 3.0.
        return std::floor(value) == value && std::abs(value) < 1e15 ? Json(static_cast<std::int64_t>(value))
                                                                    : Json(value);
    }
    Json operator()(const std::string& value) const { return value; }
    Json operator()(const std::vector<std::string>& value) const { return value; }
    Json operator()(const Span& value) const {
        return {{"amount", (*this)(value.amount)}, {"unit", to_string(value.unit)}};
    }
    Json operator()(const std::map<std::string, double>& value) const {
        Json levels = Json::object();
        for (const auto& [row, level] : value) levels[row] = (*this)(level);
        return levels;
    }
};

[[noreturn]] void refuse(const char* key) { throw InputError{{{{.path = "/value"}, worded(key)}}}; }

Value value_from_json(const nlohmann::json& json) {
    if (json.is_number()) return json.get<double>();
    if (json.is_string()) return json.get<std::string>();
    if (json.is_array()) {
        std::vector<std::string> choices;
        for (const auto& one : json) {
            if (!one.is_string()) refuse("fault.answer.choice-list");
            choices.push_back(one.get<std::string>());
        }
        std::ranges::sort(choices);
        return choices;
    }
    if (!json.is_object()) refuse("fault.answer.kinds");
    if (json.contains("amount")) {
        if (!json["amount"].is_number() || !json.contains("unit") || !json["unit"].is_string() || json.size() != 2)
            refuse("fault.answer.duration");
        return Span{json["amount"].get<double>(), span_unit_from(json["unit"].get<std::string>())};
    }
    std::map<std::string, double> levels;
    for (const auto& [row, level] : json.items()) {
        if (!level.is_number()) refuse("fault.answer.level-rows");
        levels[row] = level.get<double>();
    }
    return levels;
}

std::string author_of(const Entry& entry, const Sheet& sheet) {
    if (const auto label = sheet.labels.find(entry.link); label != sheet.labels.end()) return label->second;
    const auto name = sheet.names.find(entry.person);
    return name == sheet.names.end() ? std::string{} : name->second;
}

constexpr std::pair<const char*, std::string Answer::*> words[] = {
    {"reason", &Answer::reason}, {"comment", &Answer::comment}, {"evidence", &Answer::evidence}};

}  // namespace

Json summary_to_json(const catalogue::Questionnaire& questionnaire) {
    std::size_t questions = 0;
    for (const catalogue::Topic& topic : questionnaire.topics) questions += topic.questions.size();
    return {{"id", questionnaire.id.value},
            {"version", questionnaire.version},
            {"published", questionnaire.is_published},
            {"name", text_to_json(questionnaire.name)},
            {"questions", questions},
            {"quick_check", questionnaire.quick_check.size()}};
}

Json questionnaire_to_json(const catalogue::Questionnaire& questionnaire, const catalogue::Catalogue& catalogue) {
    Json topics = Json::array();
    for (const catalogue::Topic& topic : questionnaire.topics) {
        Json questions = Json::array();
        for (const Question& question : topic.questions) questions.push_back(question_to_json(question, catalogue));
        topics.push_back({{"id", topic.id},
                          {"name", text_to_json(topic.name)},
                          {"introduction", text_to_json(topic.introduction)},
                          {"questions", std::move(questions)}});
    }
    Json quick = Json::array();
    for (const QuestionId& question : questionnaire.quick_check) quick.push_back(question.value);
    return {{"id", questionnaire.id.value},
            {"version", questionnaire.version},
            {"published", questionnaire.is_published},
            {"hash", questionnaire.hash},
            {"name", text_to_json(questionnaire.name)},
            {"introduction", text_to_json(questionnaire.introduction)},
            {"topics", std::move(topics)},
            {"quick_check", std::move(quick)}};
}

std::string value_to_text(const Value& value) {
    return std::holds_alternative<std::monostate>(value) ? std::string{} : std::visit(ValueWriter{}, value).dump();
}

Value value_from_text(const std::string& text) {
    return text.empty() ? Value{} : value_from_json(nlohmann::json::parse(text));
}

std::string words_to_text(const Answer& answer) {
    Json json;
    for (const auto& [key, field] : words)
        if (!(answer.*field).empty()) json[key] = answer.*field;
    return json.is_null() ? std::string{} : json.dump();
}

void words_from_text(const std::string& text, Answer& answer) {
    if (text.empty()) return;
    const nlohmann::json json = nlohmann::json::parse(text);
    for (const auto& [key, field] : words) answer.*field = json.value(key, "");
}

std::string files_to_text(const std::map<std::string, std::string>& files) { return nlohmann::json(files).dump(); }

std::map<std::string, std::string> files_from_text(const std::string& text) {
    return nlohmann::json::parse(text).get<std::map<std::string, std::string>>();
}

Answer answer_from_json(const nlohmann::json& body) {
    Answer answer{.state = answer_state_from(body.at("state").get<std::string>())};
    if (body.contains("value")) answer.value = value_from_json(body["value"]);
    for (const auto& [key, field] : words) answer.*field = body.value(key, "");
    answer.evidence_expires = body.value("evidence_expires", "");
    if (body.contains("confidence")) answer.confidence = confidence_from(body["confidence"].get<std::string>());
    return answer;
}

Json entry_to_json(const Entry& entry, const Sheet& sheet) {
    Json json = {{"number", entry.number}, {"id", entry.id}, {"state", to_string(entry.answer.state)}};
    if (!std::holds_alternative<std::monostate>(entry.answer.value))
        json["value"] = std::visit(ValueWriter{}, entry.answer.value);
    for (const auto& [key, field] : words)
        if (!(entry.answer.*field).empty()) json[key] = entry.answer.*field;
    if (!entry.answer.evidence_expires.empty()) json["evidence_expires"] = entry.answer.evidence_expires;
    if (entry.answer.confidence) json["confidence"] = to_string(*entry.answer.confidence);
    json["at"] = entry.at;
    json["person_name"] = author_of(entry, sheet);
    if (!entry.link.value.empty()) json["link"] = entry.link.value;
    json["source"] = to_string(entry.source);
    json["supersedes"] = entry.supersedes;
    return json;
}

Json answer_to_json(const QuestionId& question, const Sheet& sheet) {
    Json entries = Json::array();
    Json numbers = Json::array();
    if (const auto saved = sheet.entries.find(question); saved != sheet.entries.end()) {
        for (const Entry& entry : current(saved->second)) entries.push_back(entry_to_json(entry, sheet));
        for (const Entry& entry : unsuperseded(saved->second)) numbers.push_back(entry.number);
    }
    Json json = {{"question", question.value},
                 {"asked", sheet.asked.contains(question)},
                 {"current", std::move(entries)},
                 {"numbers", std::move(numbers)}};
    if (const auto offer = sheet.offers.find(question); offer != sheet.offers.end())
        json["offer"] = {{"entry", entry_to_json(offer->second.entry, sheet)}, {"fits", offer->second.fits}};
    return json;
}

Json receipt_to_json(const Receipt& receipt) {
    Json lines = Json::array();
    for (const ReceiptLine& line : receipt.lines) {
        Json json = {{"question", line.question.value}, {"state", line.state}};
        if (!line.value.empty()) json["value"] = Json::parse(line.value);
        lines.push_back(std::move(json));
    }
    return {{"response", receipt.response.value}, {"number", receipt.number},
            {"finished_at", receipt.finished_at}, {"questionnaire", receipt.questionnaire.value},
            {"version", receipt.version},         {"body", receipt.body.text()},
            {"answers", std::move(lines)},        {"hash", hash_of(receipt)}};
}

Receipt receipt_from_text(const std::string& text) {
    const Json json = Json::parse(text);
    Receipt receipt{.response = {json.at("response").get<std::string>()},
                    .number = json.at("number").get<int>(),
                    .finished_at = json.at("finished_at").get<std::string>(),
                    .questionnaire = {json.at("questionnaire").get<std::string>()},
                    .version = json.at("version").get<int>(),
                    .body = BodyKey{json.at("body").get<std::string>()}};
    for (const Json& line : json.at("answers"))
        receipt.lines.push_back({{line.at("question").get<std::string>()},
                                 line.at("state").get<std::string>(),
                                 line.contains("value") ? line.at("value").dump() : std::string{}});
    return receipt;
}

}  // namespace resmon::survey
