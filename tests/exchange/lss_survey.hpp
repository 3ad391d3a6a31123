// A survey of LimeSurvey, written as its versions 3 and 6 write it.
#pragma once

#include <string>
#include <vector>

namespace resmon::exchange {

struct LssQuestion {
    std::string code;
    std::string type;
    std::vector<std::string> answers{};  ///< codes
    std::vector<std::string> rows{};     ///< codes of the subquestions
    std::string relevance = "1";
    std::string more{};  ///< fields of the question
};

class LssSurvey {
public:
    void add(LssQuestion question) { questions_.push_back(std::move(question)); }
    std::string tables;  ///< more of them, as XML

    /// `is_new`: texts in tables of their own.
    [[nodiscard]] std::string file(bool is_new) const {
        std::string text =
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<document>"
            "<LimeSurveyDocType>Survey</LimeSurveyDocType><DBVersion>" +
            std::string{is_new ? "623" : "366"} + "</DBVersion>";
        text += table("surveys", row({{"sid", "77"}}));
        text += table("surveys_languagesettings", title("de", "Umfrage") + title("en", "Survey"));
        text += localised(is_new, "groups", "group_l10ns", "gid", {{"gid", "5"}, {"group_order", "0"}},
                          {"group_name", "Gruppe", "Group"});
        std::string heads, texts, subs, answers, answer_texts;
        int number = 0;
        for (const LssQuestion& question : questions_) {
            const std::string qid = std::to_string(++number);
            add_question(is_new, question, qid, heads, texts);
            int place = 0;
            for (const std::string& code : question.rows) {
                const std::string sub = std::to_string(1000 * number + ++place);
                const Fields fields{{"qid", sub},
                                    {"parent_qid", qid},
                                    {"gid", "5"},
                                    {"title", code},
                                    {"question_order", std::to_string(place)},
                                    {"scale_id", "0"}};
                add_row(is_new, fields, {"question", code, code}, "qid", subs, texts);
            }
            for (const std::string& code : question.answers) {
                const Fields fields{
                    {"qid", qid}, {"code", code}, {"sortorder", std::to_string(++place)}, {"scale_id", "0"}};
                Fields known = fields;
                if (is_new) known.push_back({"aid", qid + code});
                add_row(is_new, known, {"answer", code, code}, "aid", answers, answer_texts);
            }
        }
        text += table("answers", answers) + table("questions", heads) + table("subquestions", subs);
        if (is_new) text += table("question_l10ns", texts) + table("answer_l10ns", answer_texts);
        return text + tables + "</document>\n";
    }

private:
    using Fields = std::vector<std::pair<std::string, std::string>>;
    struct Words {
        std::string field, de, en;
    };

    static std::string row(const Fields& fields, const std::string& more = {}) {
        std::string text = "<row>";
        for (const auto& [name, value] : fields)
            text += "<" + name + (value.empty() ? "/>" : "><![CDATA[" + value + "]]></" + name + ">");
        return text + more + "</row>\n";
    }
    static std::string table(const std::string& name, const std::string& rows) {
        return "<" + name + "><fields><fieldname>x</fieldname></fields><rows>" + rows + "</rows></" + name + ">\n";
    }
    static std::string title(const char* language, const char* words) {
        return row({{"surveyls_survey_id", "77"}, {"surveyls_language", language}, {"surveyls_title", words}});
    }
    static Fields with(Fields fields, const std::string& language, const std::string& field, const std::string& words) {
        fields.push_back({"language", language});
        fields.push_back({field, words});
        return fields;
    }
    static void add_row(bool is_new, const Fields& fields, const Words& words, const std::string& id, std::string& rows,
                        std::string& texts, const std::string& more = {}) {
        if (!is_new) {
            rows += row(with(fields, "de", words.field, words.de), more) +
                    row(with(fields, "en", words.field, words.en), more);
            return;
        }
        rows += row(fields, more);
        for (const auto& [name, value] : fields)
            if (name == id)
                texts += row(with({{id, value}}, "de", words.field, words.de)) +
                         row(with({{id, value}}, "en", words.field, words.en));
    }
    static void add_question(bool is_new, const LssQuestion& question, const std::string& qid, std::string& rows,
                             std::string& texts) {
        const Fields fields{{"qid", qid},
                            {"parent_qid", "0"},
                            {"gid", "5"},
                            {"type", question.type},
                            {"title", question.code},
                            {"question_order", qid},
                            {"relevance", question.relevance}};
        add_row(is_new, fields, {"question", "<p>" + question.code + " auf <b>Deutsch</b>?</p>", question.code + "?"},
                "qid", rows, texts, question.more);
    }
    static std::string localised(bool is_new, const std::string& name, const std::string& texts_name,
                                 const std::string& id, const Fields& fields, const Words& words) {
        std::string rows, texts;
        add_row(is_new, fields, words, id, rows, texts);
        return table(name, rows) + (is_new ? table(texts_name, texts) : "");
    }

    std::vector<LssQuestion> questions_;
};

}  // namespace resmon::exchange
