// Tables for spreadsheets: German and English notation, nothing that a spreadsheet would execute.
#include "forecast/forecast_csv.hpp"

#include "base/error.hpp"

#include <gtest/gtest.h>

namespace resmon::forecast {
namespace {

const std::string result = R"({
    "ability": [{"day": 0, "p10": 0.25, "p25": 0.3, "p50": 0.4, "p75": 0.5, "p90": null}],
    "milestones": [{"id": "m", "what": {"de": "=1+1; \"schön\"", "en": "first"}, "body": "region", "day_earliest": 1,
                    "day_latest": 2.5, "p10": 1, "p25": 1, "p50": 2, "p75": 3, "p90": 4, "hit": true}]})";

TEST(Csv, InGermanHasSemicolonsAndDecimalCommas) {
    EXPECT_EQ(table_csv("ability", result, Language::german),
              "\xEF\xBB\xBFTag;p10;p25;p50;p75;p90\r\n0;0,25;0,3;0,4;0,5;\r\n");
}

TEST(Csv, InEnglishHasCommasAndPoints) {
    EXPECT_EQ(table_csv("ability", result, Language::english),
              "\xEF\xBB\xBF"
              "Day,p10,p25,p50,p75,p90\r\n0,0.25,0.3,0.4,0.5,\r\n");
}

TEST(Csv, GuardsWhatLooksLikeAFormulaAndQuotesWhatNeedsIt) {
    const std::string csv = table_csv("milestones", result, Language::german);
    EXPECT_NE(csv.find("m;\"'=1+1; \"\"schön\"\"\";region;1;2,5;1;1;2;3;4;ja\r\n"), std::string::npos) << csv;
}

TEST(Csv, ATableThatTheResultLacksHasItsHeadingsOnly) {
    EXPECT_EQ(table_csv("modes", result, Language::english),
              "\xEF\xBB\xBF"
              "Day,Normal,Basic operation,Neighbour,Paper,Down\r\n");
}

TEST(Csv, AnUnknownTableIsNotFound) { EXPECT_THROW((void)table_csv("secrets", result, Language::german), NotFound); }

}  // namespace
}  // namespace resmon::forecast
