#include "explain/comparison.hpp"

#include "explain/courses.hpp"
#include "explain/town_tests.hpp"

#include <gtest/gtest.h>

#include <mutex>

namespace resmon::explain {
namespace {

TEST(EachCourse, IsTheCourseAndTheLossThatTheEngineGives) {
    Town town;
    const Index pool = town.crews(1);
    town.service(town.resource(town.task(4, pool, {}, 1, 0.5)));
    town.service(town.resource(town.task(6, pool, {}, 1, 0.5)));
    const outage::Sampling sampling{7, 40};
    const auto losses = outage::course_losses(town.outage, sampling);
    std::mutex mutex;
    std::vector<int> times(40, 0);
    each_course(town.outage, 7, 10, 40, [&](const SeenCourse& seen) {
        const std::lock_guard lock{mutex};
        ++times[seen.number()];
        EXPECT_EQ(seen.loss(), losses[seen.number()]);
        const outage::Course course = outage::course(town.outage, sampling, seen.number());
        for (Index number = 0; number < 2; ++number) {
            EXPECT_NEAR(seen.started(number), course.activity_start[number], 1e-9);
            EXPECT_NEAR(seen.finished(number), course.activity_finish[number], 1e-9);
            EXPECT_NEAR(seen.up(number), course.resource_up[number], 1e-9);
            EXPECT_NEAR(seen.back(number), course.mode_begin[number].front(), 1e-9);
        }
    });
    for (std::size_t number = 0; number < times.size(); ++number) EXPECT_EQ(times[number], number < 10 ? 0 : 1);
}

TEST(Comparison, TellsExactlyWhatACertainDelayCosts) {
    Town town;
    town.service(town.resource(town.task(4, town.crews(1), {}, 1, 0.8)));
    Town later = town;
    later.outage.activities[0].after = {later.gate(3)};
    const auto found = compared({{"now", town.outage}, {"later", later.outage}}, {1, 100});
    ASSERT_EQ(found.size(), 2U);
    EXPECT_FALSE(found[0].more_lost);
    // Three days later in every course, whatever the task draws: the difference has no spread.
    EXPECT_NEAR(found[1].more_lost->mean, 3, 1e-9);
    EXPECT_NEAR(found[1].more_lost->high - found[1].more_lost->low, 0, 1e-9);
}

TEST(Autonomy, LeavesUndoneWhatContractorsOrTheProviderWouldDo) {
    Town town;
    const Index own = town.crews(1);
    const Index external = town.crews(1);
    town.outage.pools[external].label = "crew/external";
    town.service(named_resource(town, "town/workplaces", town.task(2, own)));
    town.service(named_resource(town, "town/emergency", town.task(3, external)));
    const Index directory = town.task(5, own);
    town.service(named_resource(town, "house-it/nord/directory", directory));
    town.service(named_resource(town, "town/printer", town.task(1, own, {directory})));

    const auto variants = autonomy(town.outage, {"house-it"});
    const auto back = [&](std::size_t variant, std::size_t service) {
        return outage::course(variants[variant].outage, {1, 1}, 0).mode_begin[service].front();
    };
    ASSERT_EQ(variants.size(), 3U);
    EXPECT_EQ(back(0, 0), 2);
    EXPECT_EQ(back(0, 1), 3);
    EXPECT_EQ(back(0, 2), 7);
    EXPECT_EQ(back(1, 0), 2) << "what the own people do is done";
    EXPECT_EQ(back(1, 1), outage::never);
    EXPECT_EQ(back(1, 2), 7);
    EXPECT_EQ(back(2, 1), 3);
    EXPECT_EQ(back(2, 2), outage::never);
    EXPECT_EQ(back(2, 3), outage::never) << "it waits for what never comes";
}

TEST(Autonomy, TakesNoTimeFromWhatTheProviderDidNotLose) {
    Town town;
    const Index directory = town.task(5, town.crews(1));
    town.service(named_resource(town, "house-it/nord/directory", directory));
    town.outage.resources[0].fails = town.figure(0);
    const auto variants = autonomy(town.outage, {"house-it"});
    EXPECT_EQ(outage::course(variants[2].outage, {1, 1}, 0).mode_begin[0].front(), 0);
}

}  // namespace
}  // namespace resmon::explain
