// A table of durations: read as people write it, refused with line and column, fitted per group, with a prior.
#include "incidents/calibration_json.hpp"

#include "base/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace resmon::incidents {
namespace {

using statistics::ObservedDuration;
using testing::ElementsAre;

std::vector<ObservedDuration> read(std::string_view csv) {
    std::vector<ObservedDuration> durations;
    for (const DurationRow& row : durations_from_csv(csv, "outages.csv")) durations.push_back(row.duration);
    return durations;
}

std::vector<std::string> faults_of(std::string_view csv) {
    std::vector<std::string> told;
    try {
        (void)durations_from_csv(csv, "outages.csv");
    } catch (const InputError& error) {
        for (const Fault& fault : error.faults()) told.push_back(to_string(fault));
    }
    return told;
}

TEST(DurationTable, IsReadAsGermanSpreadsheetsWriteIt) {
    const auto rows = durations_from_csv(
        "\xEF\xBB\xBFGruppe;Dauer;Ereignis;Notiz\r\nKreis;12,5;ja;x\r\nStadt;300;nein;\r\n;;;\r\n", "outages.csv");
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].group, "Kreis");
    EXPECT_EQ(rows[0].duration, (ObservedDuration{12.5, 12.5}));
    EXPECT_EQ(rows[1].duration, (ObservedDuration{300}));
}

TEST(DurationTable, TakesCensoredInPlaceOfEvent) {
    EXPECT_THAT(read("duration,censored\n3.5,0\n9,1\n"), ElementsAre(ObservedDuration{3.5, 3.5}, ObservedDuration{9}));
}

TEST(DurationTable, KnowsDurationsBetweenTwoDays) {
    EXPECT_THAT(
        read("duration_low,duration_high\n3,5\n,4\n9,\n7,7\n"),
        ElementsAre(ObservedDuration{3, 5}, ObservedDuration{0, 4}, ObservedDuration{9}, ObservedDuration{7, 7}));
}

TEST(DurationTable, TellsEveryFaultWithLineAndColumn) {
    EXPECT_THAT(faults_of("duration,event\nlong,1\n-3,2\n0,1\n,1\n"),
                ElementsAre("outages.csv:2: duration: must be a number ≥ 0, is long",
                            "outages.csv:3: duration: must be a number ≥ 0, is -3",
                            "outages.csv:3: event: must be 1 or 0, is 2",
                            "outages.csv:4: duration: must be above 0 if it is over: give it as a part of a day",
                            "outages.csv:5: duration: must be a number ≥ 0, is empty"));
    EXPECT_THAT(faults_of("duration_low,duration_high\n5,3\n0,0\n"),
                ElementsAre("outages.csv:2: duration_high: must be at least duration_low 5, is 3",
                            "outages.csv:3: duration_high: must be above 0"));
}

TEST(DurationTable, RefusesColumnsThatContradictEachOther) {
    EXPECT_THAT(faults_of("days\n3\n"),
                ElementsAre("outages.csv:1: must have a column duration, or duration_low and duration_high"));
    EXPECT_THAT(faults_of("duration,event,censored\n3,1,0\n"),
                ElementsAre("outages.csv:1: event: must not stand beside censored"));
    EXPECT_THAT(faults_of("duration,dauer\n3,3\n"), ElementsAre("outages.csv:1: dauer: must stand once"));
    EXPECT_THAT(faults_of("duration\n"), ElementsAre("outages.csv: must have at least one duration"));
    EXPECT_THAT(faults_of(""), testing::Not(testing::IsEmpty()));
}

std::vector<DurationRow> two_groups() {
    return durations_from_csv("group,duration,event\nb,3,1\nb,8,1\na,5,1\na,20,0\na,9,1\n", "outages.csv");
}

TEST(Calibration, TellsEveryGroupByNameAndThenAllTogether) {
    const auto groups = calibrated(two_groups());
    ASSERT_EQ(groups.size(), 3U);
    EXPECT_EQ(groups[0].group, "a");
    EXPECT_EQ(groups[1].group, "b");
    EXPECT_FALSE(groups[2].group);
    EXPECT_EQ(groups[2].count, 5);
    EXPECT_EQ(groups[2].not_over, 1);
    EXPECT_EQ(calibration_to_json(groups)["groups"].size(), 3U);
}

TEST(Calibration, PutsTheMedianBetweenPriorAndDurations) {
    // Two normals of equal precision meet in the middle: a prior whose 90 % interval has the width that matches the
    // standard error of the durations' logarithm.
    const auto law = calibrated(two_groups()).back().log_normal;
    ASSERT_TRUE(law);
    const double half = 1.644853626951473 * law->location.standard_error;
    const double centre = law->location.value + 1;
    const statistics::DurationEstimate median = updated({std::exp(centre - half), std::exp(centre + half)}, *law);
    EXPECT_NEAR(std::log(median.value), law->location.value + 0.5, 1e-12);
    EXPECT_NEAR(std::log(median.high / median.low), 2 * 1.959963984540054 * law->location.standard_error / std::sqrt(2),
                1e-12);
}

}  // namespace
}  // namespace resmon::incidents
