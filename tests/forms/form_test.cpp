// import(export(x)) = x, for every type of question, every state, both languages, XLSX and CSV.
#include "forms/every_type.hpp"
#include "forms/form_reader.hpp"
#include "forms/form_writer.hpp"

#include <gtest/gtest.h>

namespace resmon::forms {
namespace {

const catalogue::Questionnaire& asked() {
    static const catalogue::Questionnaire questionnaire = every_type();
    return questionnaire;
}

Form form_with(const std::map<QuestionId, ShownEntry>& shown, Language language) {
    return {.head = {.questionnaire = asked().id,
                     .version = asked().version,
                     .hash = asked().hash,
                     .response = "0123456789abcdef",
                     .body = "059580032000",
                     .body_name = "Meschede",
                     .exported_at = "2026-11-24T15:07:00Z",
                     .language = language},
            .questionnaire = &asked(),
            .levels = {},
            .shown = shown,
            .services = {}};
}

Changes read(const std::string& bytes, const survey::Entries& entries, Language language) {
    return changes_in(workbook_from(bytes), asked(), entries, {language, Language::german});
}

std::map<QuestionId, survey::Answer> any_answers() {
    std::map<QuestionId, survey::Answer> answers;
    for (const catalogue::Question& question : asked().topics[0].questions) answers[question.id] = any_answer(question);
    return answers;
}

/// German or English, XLSX or CSV.
std::pair<std::string, Language> written(const std::map<QuestionId, ShownEntry>& shown) {
    const Language language = *gen::element(Language::german, Language::english);
    const Form form = form_with(shown, language);
    return {*gen::arbitrary<bool>() ? form_to_csv(form) : form_to_xlsx(form), language};
}

TEST(Form, BringsBackEveryAnswerThatWasWritten) {
    EXPECT_TRUE(rc::check("import(export(x)) = x", [] {
        const auto answers = any_answers();
        std::map<QuestionId, ShownEntry> shown;
        for (const auto& [question, answer] : answers) shown[question] = {0, answer};
        const auto [bytes, language] = written(shown);
        std::map<QuestionId, survey::Answer> read_back;
        for (const auto& [question, answer] : answers) read_back[question] = {};
        for (const ChangedAnswer& changed : read(bytes, {}, language).answers)
            read_back[changed.question] = changed.answer;
        RC_ASSERT(read_back == answers);
    }));
}

TEST(Form, ChangesNothingThatNobodyChanged) {
    EXPECT_TRUE(rc::check("changes(export(x)) = none", [] {
        survey::Entries entries;
        std::map<QuestionId, ShownEntry> shown;
        std::int64_t number = 0;
        for (const auto& [question, answer] : any_answers()) {
            entries[question].push_back({.number = ++number, .id = "entry", .question = question, .answer = answer});
            shown[question] = shown_entry(entries, question);
        }
        const auto [bytes, language] = written(shown);
        const Changes changes = read(bytes, entries, language);
        RC_ASSERT(changes.answers.empty());
        RC_ASSERT(changes.unchanged == entries.size());
    }));
}

TEST(Form, SaysWhoseItIs) {
    for (const Language language : {Language::german, Language::english}) {
        const Form form = form_with({}, language);
        for (const std::string& bytes : {form_to_csv(form), form_to_xlsx(form)}) {
            const FormHead head = head_from(workbook_from(bytes), Language::german);
            EXPECT_EQ(head.questionnaire.value, "versuch");
            EXPECT_EQ(head.version, 1);
            EXPECT_EQ(head.hash, asked().hash);
            EXPECT_EQ(head.response, "0123456789abcdef");
            EXPECT_EQ(head.body, "059580032000") << "with its leading zero";
            EXPECT_EQ(head.exported_at, "2026-11-24T15:07:00Z");
            EXPECT_EQ(head.language, language);
        }
    }
}

TEST(Form, IsTheSameBytesForTheSameAnswers) {
    const Form form = form_with({{{"A1"}, {3, {.state = survey::AnswerState::dont_know}}}}, Language::german);
    EXPECT_EQ(form_to_xlsx(form), form_to_xlsx(form));
}

TEST(Form, LeavesOutWhatIsAskedOfOthers) {
    catalogue::Questionnaire questionnaire = every_type();
    questionnaire.topics[0].questions[0].asked_of = {catalogue::Level::district};
    Form form = form_with({}, Language::german);
    form.questionnaire = &questionnaire;
    form.levels = {catalogue::Level::municipality};
    const std::string csv = form_to_csv(form);
    EXPECT_EQ(csv.find("\nA1;"), std::string::npos);
    EXPECT_NE(csv.find("\nA2;"), std::string::npos);
}

TEST(Form, SaysWhenAQuestionIsAsked) {
    const std::string csv = form_to_csv(form_with({}, Language::german));
    EXPECT_NE(csv.find("Nur beantworten, wenn: A2 „Blau, hell“"), std::string::npos);
}

}  // namespace
}  // namespace resmon::forms
