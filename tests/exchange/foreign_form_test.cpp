// Forms in the manner of other programs: what becomes of them, and what is not taken over.
#include "base/error.hpp"
#include "exchange/relevance.hpp"
#include "exchange/xlsform_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace resmon::exchange {
namespace {

using catalogue::Question;
using catalogue::QuestionType;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

using Lines = std::vector<std::vector<std::string>>;

spreadsheet::Table table(const char* name, const Lines& lines) {
    spreadsheet::Table made{.name = name, .rows = {}};
    for (const auto& line : lines) {
        spreadsheet::Row& row = made.rows.emplace_back();
        for (const std::string& cell : line)
            row.push_back(cell.empty() ? spreadsheet::Cell{} : spreadsheet::Cell{cell});
    }
    return made;
}

spreadsheet::Workbook form(const Lines& survey, const Lines& choices = {}, const Lines& settings = {}) {
    return {{table("survey", survey), table("choices", choices), table("settings", settings)}};
}

std::vector<std::string> told(const std::vector<Fault>& faults) {
    std::vector<std::string> lines;
    for (const Fault& fault : faults) lines.push_back(to_string(fault));
    return lines;
}

std::vector<std::string> refusal(const spreadsheet::Workbook& workbook) {
    try {
        (void)questionnaire_from_xlsform(workbook);
    } catch (const InputError& error) {
        return told(error.faults());
    }
    return {"taken over"};
}

/// `A1 single ${…} = '…'`: id, type and condition of every question.
std::vector<std::string> questions_of(const catalogue::Questionnaire& questionnaire) {
    std::vector<std::string> lines;
    for (const catalogue::Topic& topic : questionnaire.topics)
        for (const Question& question : topic.questions)
            lines.push_back(question.id.value + " " + std::string{to_string(question.type)} + " " +
                            relevance_of(question.when, questionnaire));
    return lines;
}

const Lines yes_no{{"list_name", "name", "label"}, {"yn", "Yes", "Yes"}, {"yn", "No", "No"}};

TEST(ForeignForm, OfTheSimplestKindBecomesOneTopic) {
    const TakenOver taken =
        questionnaire_from_xlsform(form({{"type", "name", "label"},
                                         {"text", "town", "Which town?"},
                                         {"integer", "people", "How many people?"},
                                         {"date", "day", "Since when?"}},
                                        {}, {{"form_title", "form_id"}, {"Town survey", "Town_Survey 2024"}}));
    EXPECT_EQ(taken.questionnaire.id.value, "town-survey-2024");
    EXPECT_EQ(taken.questionnaire.name.de, "Town survey");
    EXPECT_THAT(questions_of(taken.questionnaire), ElementsAre("A1 text ", "A2 number ", "A3 date "));
    EXPECT_EQ(taken.questionnaire.topics[0].questions[0].text, (Text{"Which town?", "Which town?"}));
    EXPECT_THAT(taken.left_out, IsEmpty());
}

TEST(ForeignForm, WithGroupsLanguagesAndConditionsKeepsThem) {
    const TakenOver taken = questionnaire_from_xlsform(
        form({{"type", "name", "label::English (en)", "label::Deutsch (de)", "hint::English (en)", "relevant"},
              {"begin_group", "backup", "Backup", "Sicherung"},
              {"select_one yn", "has_backup", "Is there a backup?", "Gibt es eine Sicherung?", "Ask the provider"},
              {"select_multiple media", "media", "Where?", "Wo?", "", "${has_backup} = 'Yes'"},
              {"end_group"},
              {"begin_group", "outage", "Outage", "Ausfall", "", "selected(${media}, 'tape_1')"},
              {"decimal", "hours", "Hours?", "Stunden?", "", "${has_backup}='Yes' or not(selected(${media},'disk'))"},
              {"end_group"}},
             {{"list_name", "name", "label::English (en)", "label::Deutsch (de)"},
              {"yn", "Yes", "Yes", "Ja"},
              {"yn", "No", "No", "Nein"},
              {"media", "tape_1", "Tape", "Band"},
              {"media", "disk", "Disk", "Platte"}}));
    EXPECT_THAT(questions_of(taken.questionnaire),
                ElementsAre("A1 single ", "A2 multiple ${A1} = 'yes'",
                            "B1 number selected(${A2}, 'tape-1') and (${A1} = 'yes' or not(selected(${A2}, 'disk')))"));
    EXPECT_EQ(taken.questionnaire.topics[1].name, (Text{"Ausfall", "Outage"}));
    EXPECT_EQ(taken.questionnaire.topics[0].questions[0].help.de, "Ask the provider");
    EXPECT_EQ(taken.questionnaire.topics[0].questions[1].choices[0].text, (Text{"Band", "Tape"}));
    EXPECT_THAT(taken.left_out, IsEmpty());
}

TEST(ForeignForm, TellsEveryRowThatIsNotTakenOverWithItsCell) {
    const TakenOver taken = questionnaire_from_xlsform(form({{"type", "name", "label", "calculation", "required"},
                                                             {"start", "start"},
                                                             {"geopoint", "place", "Where?"},
                                                             {"calculate", "double", "", "${n} * 2"},
                                                             {"integer", "n", "How many?", "", "yes"},
                                                             {"begin_repeat", "rooms", "Rooms"},
                                                             {"text", "room", "Name"},
                                                             {"end_repeat"},
                                                             {"image", "photo", "Photo"},
                                                             {"rank yn", "order", "Order"}},
                                                            yes_no));
    EXPECT_THAT(questions_of(taken.questionnaire), ElementsAre("A1 number "));
    EXPECT_THAT(told(taken.left_out),
                ElementsAre("survey!A2: start is not taken over", "survey!A3: geopoint is not taken over",
                            "survey!A4: calculate is not taken over",
                            "survey!A6: a part that is answered several times is not taken over",
                            "survey!A7: stands in a part that is answered several times: not taken over",
                            "survey!A9: image is not taken over", "survey!A10: rank is not taken over",
                            "survey!E5: the column required is not taken over"));
}

TEST(ForeignForm, OfAnOlderSpellingIsUnderstood) {
    const TakenOver taken = questionnaire_from_xlsform(
        form({{"type", "name", "label:English", "Relevance", "constraint"},
              {"begin group", "g", "Group"},
              {"note", "hello", "Welcome."},
              {"select one from yn", "q", "Yes?"},
              {"select all that apply from yn or_other", "r", "Which?", "${q}='No'"},
              {"int", "n", "How many?", "", ".>=0 and .<100"},
              {"string", "t", "What?", "", "regex(., 'x')"},
              {"end group"}},
             {{"list name", "name", "label:English"}, {"yn", "Yes", "Yes"}, {"yn", "No", "No"}}));
    EXPECT_THAT(questions_of(taken.questionnaire),
                ElementsAre("A1 single ", "A2 multiple ${A1} = 'no'", "A3 number ", "A4 text "));
    EXPECT_EQ(taken.questionnaire.topics[0].introduction.en, "Welcome.");
    EXPECT_EQ(taken.questionnaire.topics[0].questions[2].lowest, 0);
    EXPECT_EQ(taken.questionnaire.topics[0].questions[2].highest, 99);
    EXPECT_THAT(told(taken.left_out),
                ElementsAre("survey!A5: the answer of one's own words beside the choices is not taken over",
                            "survey!E7: the constraint is not taken over"));
}

TEST(ForeignForm, WithRangesAndGroupsWithinGroups) {
    const TakenOver taken = questionnaire_from_xlsform(form({{"type", "name", "label", "parameters", "relevant"},
                                                             {"begin_group", "outer", "Outer"},
                                                             {"range", "mood", "How sure?", "start=1 end=5 step=1"},
                                                             {"begin_group", "inner", "Inner", "", "${mood} >= 3"},
                                                             {"range", "fine", "How long?", "start=0 end=2 step=0.5"},
                                                             {"integer", "n", "How many?", "", "${mood} < 5"},
                                                             {"end_group"},
                                                             {"end_group"},
                                                             {"begin_group", "empty", "Empty"},
                                                             {"audio", "sound", "Sound"},
                                                             {"end_group"},
                                                             {"text", "loose", "Anything else?"}}));
    EXPECT_THAT(questions_of(taken.questionnaire),
                ElementsAre("A1 scale ", "A2 number ${A1} >= 3", "A3 number ${A1} >= 3 and ${A1} <= 4", "B1 text "));
    EXPECT_THAT(
        told(taken.left_out),
        ElementsAre("survey!A4: a group within a group: its questions are taken over, its heading is not",
                    "survey!D5: steps that are not 1 are not taken over: any number within the range is",
                    "survey!A10: audio is not taken over", "survey!A9: a group without a question that is taken over"));
}

TEST(ForeignForm, InAnotherLanguageStandsForBothAndSaysSo) {
    const TakenOver taken = questionnaire_from_xlsform(
        form({{"type", "name", "label::Français (fr)", "media::image"}, {"text", "ville", "Quelle ville ?", "v.png"}}));
    EXPECT_EQ(taken.questionnaire.topics[0].questions[0].text.de, "Quelle ville ?");
    EXPECT_THAT(
        told(taken.left_out),
        ElementsAre("survey!C2: the language of the column label::Français (fr) is taken over only where German "
                    "and English are both missing",
                    "survey!D2: the column media::image is not taken over"));
}

TEST(ForeignForm, WithAConditionThatCannotBeSaidIsRefusedWithEveryCell) {
    EXPECT_THAT(refusal(form({{"type", "name", "label", "relevant"},
                              {"select_one yn", "q", "Yes?"},
                              {"text", "a", "A?", "${q} = 'Maybe'"},
                              {"text", "b", "B?", "today() > '2024-01-01'"},
                              {"text", "c", "C?", "${later} = 1"},
                              {"select_one nowhere", "d", "D?"},
                              {"text", "a", "Twice?"},
                              {"end_group"},
                              {"begin_group", "open", "Open"}},
                             yes_no)),
                ElementsAre("survey!D3: compares with 'Maybe', which is no choice of the question: ${q} = 'Maybe'",
                            "survey!D4: uses today(), which no condition here can say: today() > '2024-01-01'",
                            "survey!D5: names later, which is no earlier question that was taken over: ${later} = 1",
                            "survey!A6: must name a list of the sheet choices, is nowhere",
                            "survey!B7: must stand once, a stands twice", "survey!A8: closes what was not opened",
                            "survey!A9: opens the group open, which is never closed"));
}

TEST(ForeignForm, WithoutWhatAFormNeedsIsRefused) {
    EXPECT_THAT(refusal({{table("Tabelle1", {{"a", "b"}})}}),
                ElementsAre("survey: must be a sheet whose first row names the columns type and name"));
    EXPECT_THAT(refusal(form({{"type", "name", "label"}, {"geopoint", "p", "Where?"}})),
                ElementsAre("survey!A1: must hold a question that can be taken over"));
    Lines many{{"type", "name", "label"}};
    for (int number = 0; number < 100; ++number) many.push_back({"text", "q" + std::to_string(number), "Q?"});
    EXPECT_THAT(refusal(form(many)), ElementsAre("survey!A101: must be one of at most 99 questions of a topic"));
    Lines groups{{"type", "name", "label"}};
    for (int number = 0; number < 27; ++number)
        for (const char* type : {"begin_group", "text", "end_group"})
            groups.push_back({type, std::string{type} + std::to_string(number), "Q?"});
    EXPECT_THAT(refusal(form(groups)), ElementsAre(HasSubstr("survey!A80: must be one of at most 26 topics")));
}

}  // namespace
}  // namespace resmon::exchange
