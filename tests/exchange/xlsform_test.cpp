// XLSForm: out, and back as it was.
#include "base/error.hpp"
#include "exchange/any_questionnaire.hpp"
#include "exchange/questionnaire_yaml.hpp"
#include "exchange/xlsform_reader.hpp"
#include "exchange/xlsform_writer.hpp"
#include "spreadsheet/xlsx_reader.hpp"
#include "support/shipped.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace resmon::exchange {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

const catalogue::Questionnaire& shipped_questionnaire() {
    return catalogue::shipped().questionnaire({"resilienzmonitor"});
}

spreadsheet::Workbook exported(const catalogue::Questionnaire& questionnaire) {
    return spreadsheet::workbook_from_xlsx(spreadsheet::xlsx_from(xlsform_of(questionnaire, catalogue::shipped())));
}

/// Puts a text where a column's name and the name of a row meet.
void put(spreadsheet::Workbook& workbook, const char* sheet, const std::string& row, const char* column,
         spreadsheet::Cell value) {
    for (spreadsheet::Table& table : workbook.tables) {
        if (table.name != sheet) continue;
        const auto& heading = table.rows[0];
        const auto named = [](const char* name) { return spreadsheet::Cell{std::string{name}}; };
        const auto place = std::ranges::find(heading, named(column)) - heading.begin();
        const auto name = std::ranges::find(heading, named("name")) - heading.begin();
        for (spreadsheet::Row& one : table.rows) {
            if (spreadsheet::shown(one.size() > static_cast<std::size_t>(name) ? one[static_cast<std::size_t>(name)]
                                                                               : spreadsheet::Cell{}) != row)
                continue;
            one.resize(std::max(one.size(), static_cast<std::size_t>(place) + 1));
            one[static_cast<std::size_t>(place)] = std::move(value);
            return;
        }
    }
    FAIL() << sheet << " has no row " << row;
}

std::string refusal(const spreadsheet::Workbook& workbook) {
    try {
        (void)questionnaire_from_xlsform(workbook, &catalogue::shipped().services);
    } catch (const InputError& error) {
        return error.what();
    }
    return "taken over";
}

TEST(XlsForm, BringsTheShippedQuestionnaireBackAsItWas) {
    const TakenOver taken =
        questionnaire_from_xlsform(exported(shipped_questionnaire()), &catalogue::shipped().services);
    EXPECT_THAT(taken.left_out, IsEmpty());
    EXPECT_EQ(questionnaire_to_files(taken.questionnaire), questionnaire_to_files(shipped_questionnaire()));
}

TEST(XlsForm, LeavesTheMeaningOfEveryFileOfTheShippedQuestionnaire) {
    // The reader of the catalogue is the judge: every text, level, condition and limit.
    const auto read = catalogue::kept_questionnaire(questionnaire_to_files(shipped_questionnaire()));
    EXPECT_EQ(questionnaire_to_files(read), questionnaire_to_files(shipped_questionnaire()));
}

TEST(XlsForm, BringsAnyQuestionnaireBackAsItWas) {
    EXPECT_TRUE(rc::check("export, import: equal", [] {
        const catalogue::Questionnaire made = any_questionnaire();
        const TakenOver taken = questionnaire_from_xlsform(exported(made));
        for (const Fault& one : taken.left_out)
            RC_ASSERT(one.expectation ==
                      "the text of the question quotes another answer: it stands there as it is written");
        RC_ASSERT(questionnaire_to_files(taken.questionnaire) == questionnaire_to_files(made));
    }));
}

TEST(XlsForm, IsWrittenInTheLanguageOfOtherPrograms) {
    const spreadsheet::Workbook workbook = exported(shipped_questionnaire());
    const spreadsheet::Table& survey = *workbook.find("survey");
    EXPECT_EQ(spreadsheet::shown(survey.cell(1, 0)), "begin_group");
    EXPECT_EQ(spreadsheet::shown(survey.cell(0, 2)), "label::Deutsch (de)");
    EXPECT_NE(workbook.find("choices"), nullptr);
    EXPECT_EQ(spreadsheet::shown(workbook.find("settings")->cell(1, 1)), "resilienzmonitor");
    std::size_t groups = 0;
    std::size_t ends = 0;
    for (std::size_t row = 0; row < survey.rows.size(); ++row) {
        if (spreadsheet::shown(survey.cell(row, 0)) == "begin_group") ++groups;
        if (spreadsheet::shown(survey.cell(row, 0)) == "end_group") ++ends;
    }
    EXPECT_EQ(groups, ends);
    EXPECT_GE(groups, 14U);
}

TEST(XlsForm, TellsEveryFaultWithSheetAndCell) {
    spreadsheet::Workbook workbook = exported(shipped_questionnaire());
    put(workbook, "survey", "A4", "relevant", std::string{"pulldata('x')"});
    put(workbook, "survey", "B4", "resmon_type", std::string{"levels"});
    put(workbook, "survey", "C1", "resmon_sensitive", std::string{"perhaps"});
    put(workbook, "survey", "D5", "type", std::string{"select_one nowhere"});
    put(workbook, "survey", "E2", "resmon_asked_of", std::string{"planet"});
    workbook.tables.at(2).rows.at(1).at(2) = std::string{"two"};
    const std::string said = refusal(workbook);
    EXPECT_THAT(said, HasSubstr("uses pulldata(), which no condition here can say: pulldata('x')"));
    EXPECT_THAT(said, HasSubstr("must be one of single, multiple, ordinal"));
    EXPECT_THAT(said, HasSubstr("must be yes or no, is perhaps"));
    EXPECT_THAT(said, HasSubstr("must have the levels 0, 1, 2, 3, 4 as choices of nowhere"));
    EXPECT_THAT(said, HasSubstr("must be municipality or district, is planet"));
    EXPECT_THAT(said, testing::ContainsRegex("survey!G[0-9]+: uses pulldata"));
    EXPECT_THAT(said, HasSubstr("settings!C2: must be a whole number from 1"));
}

TEST(XlsForm, TellsWhatTheCheckRefusesAtTheRowOfTheQuestion) {
    spreadsheet::Workbook workbook = exported(shipped_questionnaire());
    put(workbook, "survey", "A4", "resmon_unit_de", std::string{"Stunden"});
    EXPECT_THAT(refusal(workbook),
                testing::ContainsRegex("survey!B[0-9]+: unit must not stand with a ordinal question"));
}

}  // namespace
}  // namespace resmon::exchange
