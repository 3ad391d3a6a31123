// Who is served first when crews are short: by weight, by list, in the order of readiness, by lot.
#include "base/error.hpp"
#include "engine/forecast.hpp"
#include "outage/course.hpp"
#include "outage/draw.hpp"
#include "outage/town.hpp"

#include <gtest/gtest.h>

#include <map>

namespace resmon::outage {
namespace {

/// One crew; each task brings back a resource that one service needs.
Town queue_for_one_crew(const std::vector<std::pair<double, double>>& days_and_weights) {
    Town town;
    const Index pool = town.crews(1);
    for (const auto& [days, weight] : days_and_weights)
        town.service(town.resource(town.task(days, pool))).weight = weight;
    return town;
}

TEST(Priority, ByWeightTakesTheMostWeightPerCrewDayFirst) {
    // Smith 1956, weighted completion times on one machine: 8/4 = 2 before 9/6 = 1.5 before 1/2 = 0.5.
    Town town = queue_for_one_crew({{2, 1}, {6, 9}, {4, 8}});
    town.outage.priority = Priority::by_weight;
    EXPECT_EQ(course(town.outage, {1, 10}, 0).resource_up, (std::vector<double>{12, 10, 4}));
}

TEST(Priority, ByWeightCountsEveryServiceThatWaitsAlsoThroughGatesAndOtherTasks) {
    // The directory (3 days) alone serves nobody; behind a gate stands a task that 20 wait for: 20/3 beats 5/1.
    Town town = queue_for_one_crew({{1, 5}});
    town.outage.priority = Priority::by_weight;
    const Index directory = town.task(3, 0);
    const Index gate = town.gate(2, {directory});
    const Index application = town.task(1, 0, {gate});
    town.service(town.resource(application)).weight = 20;
    EXPECT_EQ(course(town.outage, {1, 10}, 0).activity_finish, (std::vector<double>{4, 3, 5, 6}));
}

TEST(Priority, ByWeightDividesByTheCrewsThatATaskBinds) {
    // Two crews: 6 for 2 days with both of them is 1.5 a crew-day, 4 for 2 days with one is 2.
    Town town;
    town.outage.priority = Priority::by_weight;
    const Index pool = town.crews(2);
    town.service(town.resource(town.task(2, pool, {}, 2))).weight = 6;
    town.service(town.resource(town.task(2, pool))).weight = 4;
    EXPECT_EQ(course(town.outage, {1, 10}, 0).resource_up, (std::vector<double>{4, 2}));
}

TEST(Priority, ByWeightTakesTheRebuildWhereBackupsMoreOftenFailThanSurvive) {
    // 12/2 days restored beats 10/2, 12/8 days rebuilt does not.
    for (const double survives : {0.6, 0.4}) {
        Town town = queue_for_one_crew({{2, 12}, {2, 10}});
        town.outage.priority = Priority::by_weight;
        town.outage.backups.push_back({.id = "provider", .survives = town.figure(survives)});
        town.outage.activities[0].backup = 0;
        town.outage.activities[0].rebuild_median = town.figure(8);
        const Course one = course(town.outage, {1, 10}, 0);
        const bool first_goes_first = one.resource_up[0] < one.resource_up[1];
        EXPECT_EQ(first_goes_first, survives > 0.5) << survives;
    }
}

TEST(Priority, FirstComeServesInTheOrderOfReadinessAndTiesById) {
    Town town;
    town.outage.priority = Priority::first_come;
    const Index pool = town.crews(1);
    const Index late = town.gate(2);
    town.task(1, pool, {late});
    town.task(3, pool);
    town.task(2, pool);
    EXPECT_EQ(course(town.outage, {1, 10}, 0).activity_finish, (std::vector<double>{2, 6, 3, 5}))
        << "of two that are ready at 0 the smaller id goes first; the third was ready on day 2";
}

TEST(Priority, ByLotEveryOrderIsEquallyLikely) {
    Town town = queue_for_one_crew({{1, 1}, {1, 1}, {1, 1}});
    town.outage.priority = Priority::by_lot;
    constexpr std::uint32_t courses = 6'000;
    std::map<std::vector<double>, int> orders;
    for (std::uint32_t one = 0; one < courses; ++one) ++orders[course(town.outage, {3, courses}, one).resource_up];
    ASSERT_EQ(orders.size(), 6U);
    double chi_square = 0;
    for (const auto& [order, count] : orders) chi_square += (count - 1000.0) * (count - 1000.0) / 1000;
    EXPECT_LT(chi_square, 20.5) << "99.9 % quantile of χ² with 5 degrees of freedom";
}

TEST(Priority, IsLeftToTheLotInAsManyCoursesAsThePoolSays) {
    Town town = queue_for_one_crew({{1, 1}, {1, 1}});
    town.outage.pools.front().by_lot = town.figure(0.6);
    constexpr std::uint32_t courses = 6'000;
    int turned = 0;
    for (std::uint32_t one = 0; one < courses; ++one)
        if (course(town.outage, {3, courses}, one).resource_up.front() > 1) ++turned;
    // Half of the lots turn the list round: 0.3 with a standard error of √(0.3 · 0.7 / 6000).
    EXPECT_NEAR(static_cast<double>(turned) / courses, 0.3, 4 * 0.0059);
}

/// Of fixed length and different weight: only the order moves the loss.
TEST(Priority, LeftToTheLotForCertainIsByLotAndNeverIsThePlan) {
    const auto losses = [](Priority priority, std::optional<double> by_lot) {
        Town town = queue_for_one_crew({{9, 1}, {4, 1}, {2, 3}, {1, 8}});
        town.outage.priority = priority;
        if (by_lot) town.outage.pools.front().by_lot = town.figure(*by_lot);
        return course_losses(town.outage, {7, 64});
    };
    const auto by_lot = losses(Priority::by_lot, {});
    const auto by_weight = losses(Priority::by_weight, {});
    EXPECT_EQ(losses(Priority::by_weight, 1), by_lot);
    EXPECT_EQ(losses(Priority::list, 1), by_lot);
    EXPECT_EQ(losses(Priority::by_weight, 0), by_weight);
    const auto sometimes = losses(Priority::by_weight, 0.5);
    EXPECT_NE(sometimes, by_lot);
    EXPECT_NE(sometimes, by_weight);
    for (std::size_t one = 0; one < sometimes.size(); ++one) {
        EXPECT_TRUE(sometimes[one] == by_lot[one] || sometimes[one] == by_weight[one]) << one;
        // Smith 1956: with one crew no order loses less than that by weight per crew-day, if all are ready at once.
        EXPECT_LE(by_weight[one], by_lot[one] + 1e-9) << one;
    }
}

TEST(Priority, IsLeftToTheLotInAllPoolsOfAFigureOrInNone) {
    Town town;
    const Index platform = town.crews(1);
    const Index applications = town.crews(1);
    const Index others = town.crews(1);
    for (const Index pool : {platform, applications, others}) town.resource(town.task(1, pool));
    const Index figure = town.uncertain(0.3, 0.5, 0.7);
    town.outage.pools[platform].by_lot = figure;
    town.outage.pools[applications].by_lot = figure;
    town.outage.pools[others].by_lot = town.figure(0.5);
    const Compiled ready = compiled(town.outage);
    Draws draws;
    int alike = 0;
    for (std::uint32_t one = 0; one < 1'000; ++one) {
        draw(ready, {3, 1'000}, one, draws);
        EXPECT_EQ(draws.by_lot[platform], draws.by_lot[applications]) << one;
        if (draws.by_lot[platform] == draws.by_lot[others]) ++alike;
    }
    EXPECT_NEAR(alike, 500, 4 * 15.9) << "two coins: standard deviation √(1000/4)";
}

TEST(Priority, CannotBeLeftToTheLotWhereThereIsNoOrder) {
    Town town = queue_for_one_crew({{1, 1}});
    town.outage.pools.front().by_lot = town.figure(0.5);
    for (const Priority priority : {Priority::first_come, Priority::by_lot}) {
        town.outage.priority = priority;
        EXPECT_THROW((void)compiled(town.outage), InputError) << static_cast<int>(priority);
    }
    town.outage.priority = Priority::list;
    EXPECT_NO_THROW((void)compiled(town.outage));
    town.outage.scheduling = Scheduling::serial;
    EXPECT_THROW((void)compiled(town.outage), InputError);
}

}  // namespace
}  // namespace resmon::outage
