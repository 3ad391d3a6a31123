// Surveys of LimeSurvey, of the older and the newer layout.
#include "exchange/lss_survey.hpp"

#include "base/error.hpp"
#include "exchange/lss_questionnaire.hpp"
#include "exchange/lss_wording.hpp"
#include "exchange/relevance.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace resmon::exchange {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> told(const std::vector<Fault>& faults) {
    std::vector<std::string> lines;
    for (const Fault& fault : faults) lines.push_back(to_string(fault));
    return lines;
}

std::string refusal(const std::string& file) {
    try {
        (void)questionnaire_from_lss(file);
    } catch (const InputError& error) {
        return error.what();
    }
    return "taken over";
}

std::vector<std::string> questions_of(const TakenOver& taken) {
    std::vector<std::string> lines;
    for (const catalogue::Topic& topic : taken.questionnaire.topics)
        for (const catalogue::Question& question : topic.questions)
            lines.push_back(question.id.value + " " + std::string{to_string(question.type)} + " " + question.text.en +
                            " " + relevance_of(question.when, taken.questionnaire));
    return lines;
}

LssSurvey every_type() {
    LssSurvey survey;
    survey.add({.code = "list", .type = "L", .answers = {"A1", "A2"}});
    survey.add({.code = "many", .type = "M", .rows = {"SQ001", "SQ002"}, .relevance = "list.NAOK == \"A1\""});
    survey.add({.code = "num", .type = "N", .relevance = "many_SQ002.NAOK == \"Y\""});
    survey.add({.code = "words", .type = "T"});
    survey.add({.code = "day", .type = "D"});
    survey.add({.code = "yes", .type = "Y", .relevance = "num.NAOK >= 2 && !is_empty(list.NAOK)"});
    survey.add({.code = "five", .type = "5"});
    survey.add({.code = "array",
                .type = "F",
                .answers = {"1", "2", "3"},
                .rows = {"R1", "R2"},
                .relevance = "yes.NAOK == 'Y'"});
    survey.add({.code = "last", .type = "S", .relevance = "array_R2.NAOK == \"3\" or five.NAOK <= 2"});
    return survey;
}

TEST(Lss, BringsEveryTypeOver) {
    for (const bool is_new : {false, true}) {
        const TakenOver taken = questionnaire_from_lss(every_type().file(is_new));
        EXPECT_THAT(questions_of(taken),
                    ElementsAre("A1 single list? ", "A2 multiple many? ${A1} = 'a1'",
                                "A3 number num? selected(${A2}, 'sq002')", "A4 text words? ", "A5 date day? ",
                                "A6 single yes? ${A3} >= 2 and not(not(${A1} = 'a1' or ${A1} = 'a2'))",
                                "A7 scale five? ", "A8 single array?: R1 ${A6} = 'yes'",
                                "A9 single array?: R2 ${A6} = 'yes'", "A10 text last? ${A9} = '3' or ${A7} <= 2"))
            << is_new;
        EXPECT_THAT(taken.left_out, IsEmpty());
        EXPECT_EQ(taken.questionnaire.name, (Text{"Umfrage", "Survey"}));
        EXPECT_EQ(taken.questionnaire.topics[0].name, (Text{"Gruppe", "Group"}));
        EXPECT_EQ(taken.questionnaire.topics[0].questions[0].text.de, "list auf Deutsch?") << "without its tags";
    }
}

TEST(Lss, TellsEverythingThatIsNotTakenOverWithItsCode) {
    LssSurvey survey;
    survey.add({.code = "a", .type = "L", .answers = {"A1", "A2"}, .more = "<other>Y</other><mandatory>Y</mandatory>"});
    survey.add({.code = "b", .type = "R", .answers = {"A1", "A2"}});
    survey.add({.code = "c", .type = "T", .relevance = "sum(a.NAOK, 1) > 2"});
    survey.add({.code = "d", .type = "T", .relevance = "b.NAOK == \"A1\""});
    survey.add({.code = "e", .type = "L", .answers = {"A1"}});
    survey.tables +=
        "<quota><rows><row><id>1</id></row></rows></quota>"
        "<question_attributes><rows><row><qid>1</qid><attribute>random_order</attribute><value>1</value></row>"
        "</rows></question_attributes>";
    EXPECT_THAT(
        told(questionnaire_from_lss(survey.file(false)).left_out),
        ElementsAre("a: the answer of one's own words beside the choices is not taken over",
                    "b: questions of the type R are not taken over",
                    "c: the condition sum(a.NAOK, 1) > 2 is not taken over, so it is always asked: it uses sum(), "
                    "which no condition here can say",
                    "d: the condition b.NAOK == \"A1\" is not taken over, so it is always asked: it names b, which is "
                    "no earlier question that was taken over",
                    "e: a question with fewer than two answers to choose from is not taken over",
                    "mandatory: every question may be left open here: a",
                    "random_order: the attribute is not taken over: a", "quota: the table is not taken over"));
}

TEST(Lss, OfAnotherKindOrDamagedIsRefused) {
    EXPECT_THAT(refusal(""), HasSubstr("is damaged at byte 0"));
    EXPECT_THAT(refusal("<document>"), HasSubstr("is damaged"));
    EXPECT_EQ(refusal("<document><LimeSurveyDocType>Label set</LimeSurveyDocType></document>"),
              "must be a survey of LimeSurvey (.lss)");
    EXPECT_EQ(refusal("<document><LimeSurveyDocType>Survey</LimeSurveyDocType></document>"),
              "must hold a question that can be taken over");
    EXPECT_EQ(refusal("<a>\xFF</a>"), "must be UTF-8");
}

TEST(Lss, NeverResolvesEntitiesOfItsOwn) {
    LssSurvey survey;
    survey.add({.code = "a", .type = "T"});
    std::string file = survey.file(false);
    file.insert(file.find("<document>"), "<!DOCTYPE d [<!ENTITY secret SYSTEM \"file:///etc/passwd\">]>");
    const std::string title = "<![CDATA[Survey]]>";
    file.replace(file.find(title), title.size(), "&secret;");
    EXPECT_EQ(questionnaire_from_lss(file).questionnaire.name.en, "&secret;");
}

TEST(PlainText, IsWhatPeopleRead) {
    EXPECT_EQ(plain_text("<p>Gibt es <b>eine</b>&nbsp;Sicherung?</p>\n<p>Ja&#44; oder&auml;</p>"),
              "Gibt es eine Sicherung?\nJa, oderä");
    EXPECT_EQ(plain_text("a < b & c > d"), "a < b & c > d");
    EXPECT_EQ(plain_text("x<script>alert('y')</script>z<!-- n -->"), "xz");
    EXPECT_EQ(plain_text("<br/><br>a<BR />b<"), "a\nb<");
    EXPECT_EQ(plain_text("&#xD800;&#1114112;&unknown;"), "&#xD800;&#1114112;&unknown;");
    EXPECT_TRUE(shows_more_than_text("<IMG src='x'>"));
    EXPECT_FALSE(shows_more_than_text("<p>a</p>"));
}

}  // namespace
}  // namespace resmon::exchange
