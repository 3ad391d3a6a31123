#include "explain/timetable.hpp"

#include "base/error.hpp"
#include "explain/town_tests.hpp"

#include <gtest/gtest.h>

namespace resmon::explain {
namespace {

TEST(Timetable, IsThePlanThatAHandDraws) {
    // One crew: containment 2 days, then the directory 4, then the registry 6; the printer waits for nobody.
    Town town;
    const Index crew = town.crews(1);
    const Index containment = town.gate(2);
    const Index directory = town.task(4, crew, {containment});
    const Index registry = town.task(6, crew, {directory});
    const Index printer = town.task(1, town.crews(1));
    const char* labels[] = {"containment", "directory/rebuild", "registry/core", "printer/repair"};
    for (const Index activity : {containment, directory, registry, printer})
        town.outage.activities[activity].label = labels[activity];
    town.service(town.resource(registry));
    town.service(town.resource(printer));

    const auto rows = timetable(town.outage, {1, 20});
    ASSERT_EQ(rows.size(), 4U);
    EXPECT_EQ(rows[0].label, "containment");
    EXPECT_TRUE(rows[0].is_gate);
    EXPECT_EQ(rows[1].label, "printer/repair");
    EXPECT_EQ(rows[2].label, "directory/rebuild");
    EXPECT_FALSE(rows[2].is_gate);
    EXPECT_EQ(rows[2].start.p50, 2);
    EXPECT_EQ(rows[2].finish.p10, 6);
    EXPECT_EQ(rows[2].finish.p90, 6);
    EXPECT_EQ(rows[3].start.p50, 6);
    EXPECT_EQ(rows[3].finish.p50, 12);
    // Two services of equal weight: each chain counts half.
    EXPECT_NEAR(rows[0].critical, 0.5, 1e-9);
    EXPECT_NEAR(rows[3].critical, 0.5, 1e-9);
    EXPECT_EQ(rows[1].slack.p50, 0) << "a service waits for the printer alone";

    const auto of_printer = timetable(town.outage, {1, 20}, "service-1");
    EXPECT_NEAR(of_printer[1].critical, 1, 1e-9);
    EXPECT_EQ(of_printer[0].critical, 0);
    EXPECT_EQ(of_printer[0].slack.p10, outage::never) << "this service does not wait for it";
    EXPECT_THROW((void)timetable(town.outage, {1, 20}, "no-service"), NotFound);
}

TEST(Timetable, LeavesOutWhatNeverFailsAndCountsInHowManyCoursesTheRestIsNeeded) {
    Town town;
    const Index crew = town.crews(2);
    named_resource(town, "town/printer", town.task(1, crew));
    named_resource(town, "town/telephony", town.task(3, crew));
    town.outage.resources[0].fails = town.figure(0);
    town.outage.resources[1].fails = town.figure(0.5);
    town.service(1);
    const auto rows = timetable(town.outage, {1, 400});
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_NEAR(rows[0].needed, 0.5, 4 * 0.5 / 20);
    EXPECT_EQ(rows[0].finish.p10, 3) << "courses in which it is not needed do not count";
}

TEST(Timetable, TakesTheMiddleOfManySites) {
    Town town;
    for (const double days : {1.0, 5.0, 40.0}) {
        const Index task = town.task(days, town.crews(1));
        town.outage.activities[task].label = "workplaces/reinstall";
        town.service(town.resource(task));
    }
    const auto rows = timetable(town.outage, {1, 20});
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].finish.p50, 5);
}

}  // namespace
}  // namespace resmon::explain
