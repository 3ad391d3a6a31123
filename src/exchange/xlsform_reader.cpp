#include "exchange/xlsform_reader.hpp"

#include "exchange/relevance.hpp"
#include "exchange/xlsform_choices.hpp"
#include "exchange/xlsform_own.hpp"
#include "exchange/xlsform_type.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

namespace resmon::exchange {

using catalogue::Condition;
using catalogue::Question;
using catalogue::QuestionType;
using catalogue::Topic;

namespace {

std::optional<Language> plain_language(const spreadsheet::Workbook& workbook) {
    const std::string word =
        folded(XlsFormSheet{workbook.find("settings"), "settings", std::nullopt}.cell(1, "default_language"));
    if (word.starts_with("english") || word.find("(en") != std::string::npos || word == "en") return Language::english;
    if (word.starts_with("deutsch") || word.starts_with("german") || word.find("(de") != std::string::npos ||
        word == "de")
        return Language::german;
    return std::nullopt;
}

bool is_topic_id(const std::string& name) { return name.size() == 1 && name[0] >= 'A' && name[0] <= 'Z'; }

class XlsFormReader {
public:
    XlsFormReader(const spreadsheet::Workbook& workbook, const std::vector<catalogue::Service>* services)
        : workbook_{workbook}, services_{services}, plain_{plain_language(workbook)},
          survey_{workbook.find("survey"), "survey", plain_}, settings_{workbook.find("settings"), "settings", plain_},
          choices_{workbook, plain_}, is_own_{survey_.has("resmon_type")} {}

    TakenOver taken() {
        if (!survey_.has("type") || !survey_.has("name"))
            throw InputError{{{{.file = {}, .line = 0, .path = "survey"}, worded("fault.exchange.sheet")}}};
        faults_ = survey_.broken_cells();
        choices_.add_faults(faults_);
        read_settings();
        is_read_.assign(survey_.row_count(), false);
        for (std::size_t row = 1; row < survey_.row_count(); ++row)
            if (!survey_.is_blank(row)) read_row(row);
        for (const Group& group : groups_)
            fault(group.row, "type", worded("fault.exchange.unclosed", {{"group", group.name}}));
        drop_empty_topic();
        if (questionnaire().topics.empty() && faults_.empty()) fault(0, "type", worded("fault.exchange.nothing"));
        add_own_parts(workbook_, survey_, is_read_, taken_.questionnaire, faults_);
        tell_faults();
        tell_left_out();
        fill_in(taken_.questionnaire);
        check(taken_);
        return std::move(taken_);
    }

private:
    struct Group {
        std::string name;
        std::size_t row = 0;
        Condition when;
        bool is_repeat = false;
        bool is_matrix = false;
        bool is_topic = false;
    };

    catalogue::Questionnaire& questionnaire() { return taken_.questionnaire; }

    void fault(std::size_t row, const std::string& column, Wording expectation) {
        faults_.push_back({survey_.place(row, column), std::move(expectation)});
    }
    void leave_out(std::size_t row, const std::string& column, Wording why) {
        taken_.left_out.push_back({survey_.place(row, column), std::move(why)});
    }
    void tell_faults() {
        if (!faults_.empty()) throw InputError{std::move(faults_)};
    }

    void read_settings() {
        const std::string title = settings_.cell(1, "form_title");
        const std::string id = settings_.cell(1, "form_id");
        questionnaire().id = {is_own_ ? id : id_from(id.empty() ? title : id, "form")};
        if (is_own_ && id_from(id, {}) != id)
            faults_.push_back({settings_.place(1, "form_id"), worded("fault.exchange.form-id", {{"found", id}})});
        questionnaire().name = settings_.own_text(1, "resmon_name");
        if (questionnaire().name.de.empty() && questionnaire().name.en.empty()) questionnaire().name = {title, title};
        questionnaire().introduction = settings_.own_text(1, "resmon_introduction");
        const std::string version = settings_.cell(1, "version");
        const auto number = whole_number(version);
        if (number && *number > 0)
            questionnaire().version = *number;
        else if (is_own_)
            faults_.push_back({settings_.place(1, "version"), worded("fault.exchange.version")});
        else if (!version.empty())
            taken_.left_out.push_back(
                {settings_.place(1, "version"), worded("fault.exchange.no-version", {{"found", version}})});
    }

    void read_row(std::size_t row) {
        const XlsFormType type = xlsform_type_from(survey_.cell(row, "type"));
        if (type.word == "end_group" || type.word == "end_repeat") return close(row, type.word == "end_repeat");
        const bool is_group = type.word == "begin_group";
        const bool is_repeat = type.word == "begin_repeat";
        const bool is_inside_repeat = std::ranges::any_of(groups_, &Group::is_repeat);
        if (is_repeat || is_inside_repeat) {
            leave_out(row, "type", worded(is_inside_repeat ? "fault.exchange.in-repeat" : "fault.exchange.repeat"));
            if (is_repeat || is_group)
                groups_.push_back({.name = survey_.cell(row, "name"), .row = row, .when = {}, .is_repeat = is_repeat});
            return;
        }
        if (!groups_.empty() && groups_.back().is_matrix) return add_matrix_row(row, type);
        if (is_group && survey_.cell(row, "resmon_type").empty()) return open(row);
        if (type.word == "note") return add_note(row);
        add_question(row, type);
    }

    Condition condition_at(std::size_t row) {
        const std::string expression = survey_.cell(row, "relevant");
        try {
            return condition_from(expression, Dialect::xlsform,
                                  [this](const std::string& name) -> std::optional<Meant> {
                                      const auto named = names_.find(name);
                                      if (named == names_.end()) return std::nullopt;
                                      return Meant{questionnaire().find(named->second.id), {}, named->second.choices};
                                  });
        } catch (const InputError& error) {
            fault(
                row, "relevant",
                Text{error.in(Language::german) + ": " + expression, error.in(Language::english) + ": " + expression});
            return {};
        }
    }

    Condition condition_of_groups() const {
        Condition whole;
        for (const Group& group : groups_) whole = both_of(std::move(whole), group.when);
        return whole;
    }

    void open(std::size_t row) {
        is_read_[row] = true;
        Group group{.name = survey_.cell(row, "name"), .row = row, .when = condition_at(row)};
        group.is_topic = groups_.empty();
        if (group.is_topic) {
            if (is_own_ && !is_topic_id(group.name))
                fault(row, "name", worded("fault.exchange.topic-id", {{"found", group.name}}));
            drop_empty_topic();
            add_topic(row, is_own_ ? group.name : std::string{}, survey_.text(row, "label"));
            questionnaire().topics.back().introduction = survey_.own_text(row, "resmon_introduction");
            is_loose_ = false;
        } else {
            leave_out(row, "type", worded("fault.exchange.group-in-group"));
        }
        groups_.push_back(std::move(group));
    }

    void close(std::size_t row, bool is_repeat) {
        if (groups_.empty() || groups_.back().is_repeat != is_repeat)
            return fault(row, "type", worded("fault.exchange.not-opened"));
        const Group group = std::move(groups_.back());
        groups_.pop_back();
        if (group.is_topic) drop_empty_topic();
    }

    void add_topic(std::size_t row, std::string id, Text name) {
        const std::size_t place = questionnaire().topics.size();
        if (place == most_topics)
            fault(row, "type", worded("fault.exchange.most-topics", {{"most", static_cast<double>(most_topics)}}));
        questionnaire().topics.push_back({.id = id.empty() ? topic_id(place % most_topics) : std::move(id),
                                          .name = std::move(name),
                                          .introduction = {},
                                          .questions = {},
                                          .essentials = {}});
        topic_row_ = row;
    }

    void drop_empty_topic() {
        if (questionnaire().topics.empty() || !questionnaire().topics.back().questions.empty()) return;
        leave_out(topic_row_, "type", worded("fault.exchange.empty-group"));
        questionnaire().topics.pop_back();
    }

    /// Where questions stand in no group, they make a topic of their own.
    Topic& topic_for(std::size_t row) {
        if (groups_.empty() && !is_loose_) {
            if (is_own_) fault(row, "type", worded("fault.exchange.no-group"));
            add_topic(row, {}, questionnaire().name);
            is_loose_ = true;
        }
        return questionnaire().topics.back();
    }

    void add_note(std::size_t row) {
        if (!survey_.cell(row, "relevant").empty()) return leave_out(row, "type", worded("fault.exchange.note"));
        is_read_[row] = true;
        Text& introduction = topic_for(row).introduction;
        const Text words = filled(survey_.text(row, "label"));
        for (const auto& [whole, part] : {std::pair{&introduction.de, &words.de}, {&introduction.en, &words.en}})
            *whole += (whole->empty() || part->empty() ? "" : "\n\n") + *part;
    }

    void add_question(std::size_t row, const XlsFormType& type) {
        const std::string own = survey_.cell(row, "resmon_type");
        const auto kind = own.empty() ? question_type_of(type) : own_type(row, own, type);
        if (!kind) {
            if (own.empty())
                leave_out(row, "type",
                          type.word.empty() ? worded("fault.exchange.no-type")
                                            : worded("fault.exchange.type", {{"type", type.word}}));
            return;
        }
        Question question{.type = *kind};
        std::map<std::string, std::string> choices;
        if (!add_answers(row, type, question, choices)) return;
        is_read_[row] = true;
        question.text = survey_.text(row, "label");
        const std::string name = survey_.cell(row, "name");
        if (question.text.de.empty() && question.text.en.empty()) question.text = {name, name};
        if (question.text.de.find("${") != std::string::npos || question.text.en.find("${") != std::string::npos)
            leave_out(row, "name", worded("fault.exchange.quotes"));
        question.help = survey_.text(row, "hint");
        question.when = both_of(condition_of_groups(), condition_at(row));
        add_own_columns(survey_, row, question, faults_);

        Topic& topic = topic_for(row);
        if (topic.questions.size() == most_questions)
            fault(row, "type",
                  worded("fault.exchange.most-questions", {{"most", static_cast<double>(most_questions)}}));
        question.id = {is_own_ ? name : topic.id + std::to_string(topic.questions.size() + 1)};
        if (!names_.emplace(name, Named{question.id, std::move(choices)}).second || name.empty())
            fault(row, "name",
                  name.empty() ? worded("fault.missing") : worded("fault.exchange.twice", {{"name", name}}));
        taken_.origins[question.id] = survey_.place(row, "name").path;
        if (question.type == QuestionType::matrix)
            groups_.push_back({.name = name, .row = row, .when = {}, .is_repeat = false, .is_matrix = true});
        topic.questions.push_back(std::move(question));
    }

    std::optional<QuestionType> own_type(std::size_t row, const std::string& own, const XlsFormType& type) {
        const auto known = std::ranges::find(catalogue::question_types, own);
        if (known == catalogue::question_types.end()) {
            fault(row, "resmon_type",
                  worded("fault.one-of",
                         {{"words", fmt::format("{}", fmt::join(catalogue::question_types, ", "))}, {"word", own}}));
            return std::nullopt;
        }
        const auto kind = static_cast<QuestionType>(known - catalogue::question_types.begin());
        if (is_written_as(kind, type.word)) return kind;
        fault(row, "resmon_type", worded("fault.exchange.fit-type", {{"type", type.word}, {"found", own}}));
        return std::nullopt;
    }

    /// False if the question cannot be taken over.
    bool add_answers(std::size_t row, const XlsFormType& type, Question& question,
                     std::map<std::string, std::string>& choices) {
        switch (question.type) {
            case QuestionType::single:
            case QuestionType::multiple: return add_choices(row, type, question, choices);
            case QuestionType::ordinal: question.levels = levels(row, type.list); break;
            case QuestionType::matrix: question.levels = levels(row, survey_.cell(row, "name")); break;
            case QuestionType::scale: add_range(row, question); break;
            case QuestionType::number: add_limits(row, type, question); break;
            case QuestionType::duration:
            case QuestionType::date:
            case QuestionType::text:
                if (survey_.cell(row, "resmon_type").empty() && !survey_.cell(row, "constraint").empty())
                    leave_out(row, "constraint", worded("fault.exchange.constraint"));
                break;
        }
        return true;
    }

    bool add_choices(std::size_t row, const XlsFormType& type, Question& question,
                     std::map<std::string, std::string>& choices) {
        const std::vector<NamedChoice>* list = choices_.find(type.list);
        if (list == nullptr) {
            fault(row, "type", worded("fault.exchange.list", {{"found", type.list}}));
            return false;
        }
        if (list->size() < 2) {
            leave_out(row, "type", worded("fault.exchange.one-choice"));
            return false;
        }
        for (const NamedChoice& choice : *list) {
            question.choices.push_back({choice.id, choice.text, choice.excludes_others});
            choices.emplace(choice.name, choice.id);
        }
        if (type.has_other) leave_out(row, "type", worded("fault.exchange.other"));
        if (!survey_.cell(row, "choice_filter").empty())
            leave_out(row, "choice_filter", worded("fault.exchange.filter"));
        if (survey_.cell(row, "resmon_type").empty() && !survey_.cell(row, "constraint").empty())
            leave_out(row, "constraint", worded("fault.exchange.constraint"));
        return true;
    }

    std::vector<Text> levels(std::size_t row, const std::string& list) {
        const std::vector<NamedChoice>* found = choices_.find(list);
        std::vector<Text> levels;
        for (std::size_t level = 0; found != nullptr && level < found->size(); ++level) {
            if ((*found)[level].name != std::to_string(level))
                found = nullptr;
            else
                levels.push_back((*found)[level].text);
        }
        if (levels.size() != catalogue::highest_level + 1)
            fault(row, "type", worded("fault.exchange.levels", {{"list", list}}));
        return levels;
    }

    void add_range(std::size_t row, Question& question) {
        try {
            const Range range = range_from(survey_.cell(row, "parameters"));
            question.lowest = range.start;
            question.highest = range.end;
            if (range.step != 1 || range.start != std::floor(range.start) || range.end != std::floor(range.end)) {
                question.type = QuestionType::number;
                question.decimals = most_decimals;
                leave_out(row, "parameters", worded("fault.exchange.steps"));
            }
        } catch (const InputError& error) {
            fault(row, "parameters", error.faults().front().expectation);
        }
    }

    void add_limits(std::size_t row, const XlsFormType& type, Question& question) {
        const bool is_whole = type.word == "integer";
        question.decimals = is_whole ? 0 : most_decimals;
        if (!survey_.cell(row, "resmon_type").empty()) return;
        const auto limits = limits_from(survey_.cell(row, "constraint"), is_whole);
        if (!limits) return leave_out(row, "constraint", worded("fault.exchange.constraint"));
        question.lowest = limits->lowest.value_or(question.lowest);
        question.highest = limits->highest.value_or(question.highest);
    }

    void add_matrix_row(std::size_t row, const XlsFormType& type) {
        is_read_[row] = true;
        const std::string own = survey_.cell(row, "resmon_type");
        constexpr std::string_view word = "row ";
        if (type.word != "select_one" || !own.starts_with(word))
            return fault(row, "resmon_type", worded("fault.exchange.row"));
        const ServiceId service{own.substr(word.size())};
        if (services_ != nullptr && std::ranges::find(*services_, service, &catalogue::Service::id) == services_->end())
            fault(row, "resmon_type", worded("fault.exchange.service", {{"found", service.value}}));
        questionnaire().topics.back().questions.back().rows.push_back(service);
    }

    void tell_left_out() {
        std::vector<std::string> known{"type", "name", "relevant", "constraint", "parameters", "choice_filter"};
        for (const std::string& column : own_columns()) known.push_back(column);
        // How our own rows are laid out on a screen.
        if (is_own_) known.emplace_back("appearance");
        std::ranges::move(survey_.other_columns(known, is_read_), std::back_inserter(taken_.left_out));
        choices_.add_left_out(taken_.left_out);
        const std::vector<std::string> settings{"form_title",
                                                "form_id",
                                                "version",
                                                "default_language",
                                                "resmon_name_de",
                                                "resmon_name_en",
                                                "resmon_introduction_de",
                                                "resmon_introduction_en"};
        const std::vector<bool> all(settings_.row_count(), true);
        std::ranges::move(settings_.other_columns(settings, all), std::back_inserter(taken_.left_out));
        for (const spreadsheet::Table& table : workbook_.tables) {
            const bool is_known = std::ranges::any_of(
                std::array{"survey", "choices", "settings", "resmon", "resmon_versions", "resmon_changes"},
                [&](const char* name) { return workbook_.find(name) == &table; });
            if (!is_known && !table.rows.empty())
                taken_.left_out.push_back(
                    {{.file = {}, .line = 0, .path = table.name}, worded("fault.exchange.other-sheet")});
        }
    }

    struct Named {
        QuestionId id;
        std::map<std::string, std::string> choices;
    };
    static constexpr int most_decimals = 4;

    const spreadsheet::Workbook& workbook_;
    const std::vector<catalogue::Service>* services_;
    std::optional<Language> plain_;
    XlsFormSheet survey_;
    XlsFormSheet settings_;
    XlsFormChoices choices_;
    bool is_own_;  ///< written by us: names are ids
    TakenOver taken_;
    std::vector<Fault> faults_;
    std::vector<Group> groups_;
    std::map<std::string, Named> names_;
    std::vector<bool> is_read_;
    std::size_t topic_row_ = 0;
    bool is_loose_ = false;
};

}  // namespace

TakenOver questionnaire_from_xlsform(const spreadsheet::Workbook& workbook,
                                     const std::vector<catalogue::Service>* services) {
    return XlsFormReader{workbook, services}.taken();
}

}  // namespace resmon::exchange
