#include "explain/bottlenecks.hpp"

#include "explain/town_tests.hpp"

#include <gtest/gtest.h>

namespace resmon::explain {
namespace {

/// Four days, then six by the same crew; another crew of its own kind has one day to do.
Town town_with_two_kinds() {
    Town town;
    const Index busy = town.crews(1);
    const Index idle = town.crews(1);
    town.outage.pools[busy].label = "crew/platform";
    town.outage.pools[idle].label = "crew/local";
    outage::Requirement all{.kind = outage::Requirement::Kind::all};
    for (const double days : {4.0, 6.0}) all.of.push_back(needs(town.resource(town.task(days, busy))));
    all.of.push_back(needs(town.resource(town.task(1, idle))));
    town.service(0).modes.front().needs = all;
    return town;
}

TEST(Bottlenecks, AreTheCrewsThatTheReturnWaitsFor) {
    const auto rows = bottlenecks(town_with_two_kinds().outage, {1, 20});
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].label, "crew/platform");
    EXPECT_EQ(rows[0].crews, 1U);
    EXPECT_EQ(rows[0].sites, 1U);
    EXPECT_NEAR(rows[0].busy, 1, 1e-9) << "from the first hour to the last task";
    EXPECT_NEAR(rows[0].critical, 1, 1e-9);
    EXPECT_NEAR(rows[0].waiting_days, 4, 1e-6);
    // Ten days with one crew, six with two.
    EXPECT_NEAR(rows[0].gained.mean, 4, 1e-9);
    EXPECT_NEAR(rows[1].gained.mean, 0, 1e-9);
    EXPECT_EQ(rows[1].critical, 0);
}

TEST(Bottlenecks, CountReinforcementFromTheDayOnWhichItComes) {
    Town town = town_with_two_kinds();
    town.outage.pools[0].slots.push_back({.from = 5});
    const auto rows = bottlenecks(town.outage, {1, 20});
    EXPECT_EQ(rows[0].crews, 2U);
    // The second task waits until day 4 for the first crew; the other comes later. Ten days of work in 10 + 5
    // crew-days.
    EXPECT_NEAR(rows[0].busy, 10.0 / 15, 1e-9);
}

TEST(Bottlenecks, LeaveOutCrewsWithoutWork) {
    Town town = town_with_two_kinds();
    town.outage.pools[town.crews(3)].label = "crew/external";
    EXPECT_EQ(bottlenecks(town.outage, {1, 20}).size(), 2U);
}

}  // namespace
}  // namespace resmon::explain
