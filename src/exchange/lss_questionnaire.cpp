#include "exchange/lss_questionnaire.hpp"

#include "exchange/lss_wording.hpp"
#include "exchange/relevance.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

namespace resmon::exchange {

using catalogue::Choice;
using catalogue::Condition;
using catalogue::Question;
using catalogue::QuestionType;
using catalogue::Topic;

namespace {

std::optional<double> number_from(const std::string& text) {
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size() || !std::isfinite(number))
        return std::nullopt;
    return number;
}

/// Older versions repeat a row for each language, and know an answer only by its question and code.
void name_answers(LssTables& tables) {
    for (LssRow& row : tables["answers"])
        if (row.at("aid").empty())
            row.set("aid", fmt::format("{}/{}/{}", row.at("qid"), row.at("scale_id"), row.at("code")));
}

class LssTranslator {
public:
    explicit LssTranslator(LssTables tables) : tables_{std::move(tables)}, wording_{tables_} {
        const auto both = [this](const char* old_table, const char* table, const char* of, const char* text) {
            return wording_.collected({{old_table, of, text}, {"subquestions", of, text}, {table, of, text}});
        };
        questions_ = both("questions", "question_l10ns", "qid", "question");
        helps_ = both("questions", "question_l10ns", "qid", "help");
        answers_ = wording_.collected({{"answers", "aid", "answer"}, {"answer_l10ns", "aid", "answer"}});
        groups_ = wording_.collected({{"groups", "gid", "group_name"}, {"group_l10ns", "gid", "group_name"}});
        descriptions_ = wording_.collected({{"groups", "gid", "description"}, {"group_l10ns", "gid", "description"}});
        for (const LssRow* row : rows_by("questions", "qid", "question_order"))
            (row->number("parent_qid") == 0 ? of_group_[row->at("gid")] : below_[row->at("parent_qid")]).push_back(row);
        for (const LssRow* row : rows_by("subquestions", "qid", "question_order"))
            below_[row->at("parent_qid")].push_back(row);
        for (const LssRow* row : rows_by("answers", "aid", "sortorder"))
            if (row->number("scale_id") == 0) answers_to_[row->at("qid")].push_back(row);
        for (const LssRow& row : tables_["question_attributes"])
            if (!row.at("value").empty()) attributes_[row.at("qid")][row.at("attribute")] = row.at("value");
    }

    TakenOver taken() {
        read_head();
        for (const LssRow* group : rows_by("groups", "gid", "group_order")) read_group(*group);
        if (!faults_.empty()) throw InputError{std::move(faults_)};
        if (whole().topics.empty()) throw InputError{worded("fault.exchange.nothing")};
        tell_left_out();
        fill_in(whole());
        check(taken_);
        return std::move(taken_);
    }

private:
    struct Named {
        QuestionId id;
        std::string choice;                          ///< of a multiple question
        std::map<std::string, std::string> choices;  ///< codes → ids
    };
    static constexpr int most_decimals = 4;

    catalogue::Questionnaire& whole() { return taken_.questionnaire; }
    void leave_out(const std::string& place, Wording why) {
        taken_.left_out.push_back({{.file = {}, .line = 0, .path = place}, std::move(why)});
    }

    /// The first of every id, in their order.
    std::vector<const LssRow*> rows_by(const std::string& table, const std::string& id, const std::string& order) {
        std::vector<const LssRow*> rows;
        std::set<std::string> met;
        for (const LssRow& row : tables_[table])
            if (met.insert(row.at(id)).second) rows.push_back(&row);
        // Of rows of the same order the one that stands first in the file comes first.
        std::ranges::sort(rows, {}, [&](const LssRow* row) { return std::pair{row->number(order), row}; });
        return rows;
    }

    static Text text_of(const std::map<std::string, Text>& texts, const std::string& id) {
        const auto found = texts.find(id);
        return found == texts.end() ? Text{} : found->second;
    }

    void read_head() {
        const auto text = [this](const char* field) {
            const auto texts =
                wording_.collected({{"surveys_languagesettings", "surveyls_survey_id", field, "surveyls_language"}});
            return texts.empty() ? Text{} : texts.begin()->second;
        };
        const std::vector<LssRow>& surveys = tables_["surveys"];
        survey_ = surveys.empty() ? std::string{} : surveys.front().at("sid");
        whole().name = filled(text("surveyls_title"));
        whole().introduction = text("surveyls_description");
        if (whole().introduction == Text{}) whole().introduction = text("surveyls_welcometext");
        whole().id = {id_from(whole().name.de, "survey")};
    }

    Condition condition_of(const std::string& place, const LssRow& row, const char* field) {
        const std::string& expression = row.at(field);
        try {
            return condition_from(
                expression, Dialect::limesurvey, [this](const std::string& name) -> std::optional<Meant> {
                    const auto named = names_.find(name);
                    if (named == names_.end()) return std::nullopt;
                    return Meant{whole().find(named->second.id), named->second.choice, named->second.choices};
                });
        } catch (const InputError& error) {
            const auto in = [&](Language language) {
                return program_text("fault.exchange.condition", language,
                                    {{"expression", expression}, {"why", error.in(language)}});
            };
            leave_out(place, Text{in(Language::german), in(Language::english)});
            return {};
        }
    }

    void read_group(const LssRow& row) {
        const std::string& gid = row.at("gid");
        const std::size_t place = whole().topics.size();
        if (place == most_topics) {
            faults_.push_back({{.file = {}, .line = 0, .path = gid},
                               worded("fault.exchange.most-groups", {{"most", static_cast<double>(most_topics)}})});
            return;
        }
        whole().topics.push_back({.id = topic_id(place),
                                  .name = filled(text_of(groups_, gid)),
                                  .introduction = text_of(descriptions_, gid),
                                  .questions = {},
                                  .essentials = {}});
        const std::string name = whole().topics.back().name.de;
        group_condition_ = condition_of("group " + (name.empty() ? gid : name), row, "grelevance");
        for (const LssRow* question : of_group_[gid]) read_question(*question);
        if (!whole().topics.back().questions.empty()) return;
        leave_out("group " + (name.empty() ? gid : name), worded("fault.exchange.no-question"));
        whole().topics.pop_back();
    }

    void read_question(const LssRow& row) {
        const std::string& code = row.at("title");
        const std::string& type = row.at("type");
        if (attribute(row, "hidden") == "1") return leave_out(code, worded("fault.exchange.hidden"));
        if (type == "X") return add_introduction(row);
        if (type == "F") return add_rows(row);
        Question question;
        Named named;
        if (!add_answers(row, question, named)) return;
        if (row.at("other") == "Y") leave_out(code, worded("fault.exchange.other"));
        question.text = text_of(questions_, row.at("qid"));
        add_question(row, std::move(question), std::move(named), {});
    }

    void add_introduction(const LssRow& row) {
        const std::string& relevance = row.at("relevance");
        if (!relevance.empty() && relevance != "1")
            return leave_out(row.at("title"), worded("fault.exchange.text-condition"));
        Text& introduction = whole().topics.back().introduction;
        const Text words = filled(text_of(questions_, row.at("qid")));
        for (const auto& [all, part] : {std::pair{&introduction.de, &words.de}, {&introduction.en, &words.en}})
            *all += (all->empty() || part->empty() ? "" : "\n\n") + *part;
    }

    /// False if the question is not taken over.
    bool add_answers(const LssRow& row, Question& question, Named& named);

    /// Every row of an array becomes a question.
    void add_rows(const LssRow& row) {
        Named named;
        const std::vector<Choice> choices = answers_of(row, named.choices);
        const std::vector<const LssRow*> rows = subquestions_of(row);
        if (choices.size() < 2 || rows.empty()) return leave_out(row.at("title"), worded("fault.exchange.array"));
        const Text head = filled(text_of(questions_, row.at("qid")));
        for (const LssRow* below : rows) {
            const Text words = filled(text_of(questions_, below->at("qid")));
            Question question{.type = QuestionType::single,
                              .text = {joined_words(head.de, words.de), joined_words(head.en, words.en)},
                              .choices = choices};
            add_question(row, std::move(question), named, below->at("title"));
        }
    }

    static std::string joined_words(const std::string& head, const std::string& row) {
        return head + (head.empty() || row.empty() ? "" : ": ") + row;
    }

    void add_question(const LssRow& row, Question question, Named named, const std::string& below) {
        const std::string& code = row.at("title");
        Topic& topic = whole().topics.back();
        if (topic.questions.size() == most_questions)
            return faults_.push_back(
                {{.file = {}, .line = 0, .path = code},
                 worded("fault.exchange.most-group-questions", {{"most", static_cast<double>(most_questions)}})});
        question.help = text_of(helps_, row.at("qid"));
        question.when = both_of(group_condition_, condition_of(code, row, "relevance"));
        question.id = {topic.id + std::to_string(topic.questions.size() + 1)};
        if (question.text == Text{}) question.text = {code, code};
        taken_.origins[question.id] = below.empty() ? code : code + "_" + below;
        if (row.at("mandatory") == "Y" && below.empty()) mandatory_.push_back(code);
        named.id = question.id;
        const std::string field = fmt::format("{}X{}X{}", survey_, row.at("gid"), row.at("qid"));
        if (question.type == QuestionType::multiple) {
            for (const auto& [there, here] : named.choices)
                for (const std::string& name : {code + "_" + there, field + there}) names_[name] = {named.id, here, {}};
        } else {
            names_[below.empty() ? code : code + "_" + below] = named;
            names_[field + below] = std::move(named);
        }
        topic.questions.push_back(std::move(question));
    }

    std::vector<const LssRow*> subquestions_of(const LssRow& row) {
        std::vector<const LssRow*> found = below_[row.at("qid")];
        std::erase_if(found, [](const LssRow* below) { return below->number("scale_id") != 0; });
        return found;
    }

    std::vector<Choice> answers_of(const LssRow& row, std::map<std::string, std::string>& renamed) {
        std::vector<Choice> choices;
        DistinctIds ids;
        for (const LssRow* answer : answers_to_[row.at("qid")]) {
            const std::string& code = answer->at("code");
            const std::string id = ids.next(id_from(code, "answer"));
            renamed[code] = id;
            choices.push_back({id, text_of(answers_, answer->at("aid"))});
        }
        return choices;
    }

    /// Empty if it is not set; what was asked for counts as taken over.
    std::string attribute(const LssRow& row, const std::string& name) {
        const auto question = attributes_.find(row.at("qid"));
        if (question == attributes_.end() || !question->second.contains(name)) return {};
        const std::string value = question->second.at(name);
        question->second.erase(name);
        return value;
    }

    void add_limits(const LssRow& row, Question& question) {
        question.decimals = attribute(row, "num_value_int_only") == "1" ? 0 : most_decimals;
        for (const auto& [name, place] :
             {std::pair{"min_num_value_n", &question.lowest}, {"max_num_value_n", &question.highest}}) {
            const std::string value = attribute(row, name);
            if (const auto number = number_from(value))
                *place = *number;
            else if (!value.empty())
                leave_out(row.at("title"), worded("fault.exchange.limit", {{"found", value}}));
        }
        const std::string unit = attribute(row, "suffix");
        question.unit = {unit, unit};
    }

    void tell_left_out();

    LssTables tables_;
    LssWording wording_;
    std::map<std::string, Text> questions_, helps_, answers_, groups_, descriptions_;
    std::map<std::string, std::map<std::string, std::string>> attributes_;             ///< by question
    std::map<std::string, std::vector<const LssRow*>> of_group_, below_, answers_to_;  ///< by id, in their order
    std::string survey_;
    TakenOver taken_;
    std::vector<Fault> faults_;
    std::map<std::string, Named> names_;
    std::vector<std::string> mandatory_;
    Condition group_condition_;
};

bool LssTranslator::add_answers(const LssRow& row, Question& question, Named& named) {
    const std::string& code = row.at("title");
    const std::string& type = row.at("type");
    if (type == "L" || type == "!" || type == "O") {
        question.type = QuestionType::single;
        question.choices = answers_of(row, named.choices);
    } else if (type == "M" || type == "P") {
        question.type = QuestionType::multiple;
        DistinctIds ids;
        for (const LssRow* below : subquestions_of(row)) {
            const std::string id = ids.next(id_from(below->at("title"), "answer"));
            named.choices[below->at("title")] = id;
            question.choices.push_back({id, text_of(questions_, below->at("qid"))});
        }
    } else if (type == "Y") {
        question.type = QuestionType::single;
        question.choices = {{"yes", in_both("exchange.yes")}, {"no", in_both("exchange.no")}};
        named.choices = {{"Y", "yes"}, {"N", "no"}};
    } else if (type == "5") {
        question.type = QuestionType::scale;
        question.lowest = 1;
        question.highest = 5;
    } else if (type == "N") {
        question.type = QuestionType::number;
        add_limits(row, question);
    } else if (type == "D") {
        question.type = QuestionType::date;
    } else if (type == "S" || type == "T" || type == "U") {
        question.type = QuestionType::text;
    } else {
        leave_out(code, worded("fault.exchange.lss-type", {{"type", type}}));
        return false;
    }
    const bool has_choices = question.type == QuestionType::single || question.type == QuestionType::multiple;
    if (!has_choices || question.choices.size() >= 2) return true;
    leave_out(code, worded("fault.exchange.few-answers"));
    return false;
}

void LssTranslator::tell_left_out() {
    if (!mandatory_.empty())
        leave_out("mandatory",
                  worded("fault.exchange.mandatory", {{"questions", fmt::format("{}", fmt::join(mandatory_, ", "))}}));
    for (const std::string& language : wording_.other_languages())
        leave_out("languages", worded("fault.exchange.language", {{"language", language}}));
    for (const std::string& place : wording_.illustrated()) leave_out(place, worded("fault.exchange.illustrated"));
    std::map<std::string, const LssRow*> questions;
    for (const LssRow& row : tables_["questions"]) questions.emplace(row.at("qid"), &row);
    std::map<std::string, std::set<std::string>> attributes;
    for (const auto& [question, left] : attributes_)
        for (const auto& [name, value] : left)
            if (const auto row = questions.find(question); value != "0")
                attributes[name].insert(row == questions.end() ? question : row->second->at("title"));
    for (const auto& [name, codes] : attributes)
        leave_out(name, worded("fault.exchange.attribute", {{"questions", fmt::format("{}", fmt::join(codes, ", "))}}));
    for (const LssRow* condition : rows_by("conditions", "qid", "cid"))
        if (const auto row = questions.find(condition->at("qid"));
            row != questions.end() && (row->second->at("relevance").empty() || row->second->at("relevance") == "1"))
            leave_out(row->second->at("title"), worded("fault.exchange.conditions"));
    const std::set<std::string> known{"answers",      "answer_l10ns",
                                      "groups",       "group_l10ns",
                                      "questions",    "question_l10ns",
                                      "subquestions", "question_attributes",
                                      "surveys",      "surveys_languagesettings",
                                      "languages",    "conditions"};
    for (const auto& [name, rows] : tables_)
        if (!rows.empty() && !known.contains(name)) leave_out(name, worded("fault.exchange.table"));
}

}  // namespace

TakenOver questionnaire_from_lss(std::string_view bytes) {
    LssTables tables = lss_tables_from(bytes);
    name_answers(tables);
    return LssTranslator{std::move(tables)}.taken();
}

}  // namespace resmon::exchange
