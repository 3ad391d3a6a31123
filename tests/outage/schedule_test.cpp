// Who works on what, when: instances with known solutions.
#include "outage/town.hpp"

#include "base/random.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <numeric>

namespace resmon::outage {
namespace {

/// Graham, Bounds on multiprocessing timing anomalies (1969): task 1 before 9, task 4 before 5 to 8.
double graham(std::size_t crews, double shorter, bool without_two_precedences = false) {
    Town town;
    const Index pool = town.crews(crews);
    const std::vector<double> durations{3, 2, 2, 2, 4, 4, 4, 4, 9};
    for (Index task = 0; task < durations.size(); ++task) {
        std::vector<Index> after;
        if (task == 8) after = {0};
        if (task >= 4 && task <= 7 && !(without_two_precedences && task <= 5)) after = {3};
        town.task(durations[task] - shorter, pool, after);
    }
    return makespan(town.outage);
}

TEST(Schedule, ReproducesGrahamsAnomalies) {
    EXPECT_EQ(graham(3, 0), 12);
    EXPECT_EQ(graham(4, 0), 15) << "a fourth crew takes longer";
    EXPECT_EQ(graham(3, 1), 13) << "shorter tasks take longer";
    EXPECT_EQ(graham(3, 0, true), 16) << "fewer precedences take longer";
}

TEST(Schedule, OneCrewWorksOneAfterTheOther) {
    Town town;
    const Index pool = town.crews(1);
    for (const double days : {4.0, 6.0, 1.5}) town.task(days, pool);
    EXPECT_EQ(finishes(town.outage), (std::vector<double>{4, 10, 11.5}));
}

TEST(Schedule, GatesHoldTheirSuccessorsAndNeedNoCrew) {
    Town town;
    const Index pool = town.crews(1);
    const Index gate = town.gate(7);
    town.task(2, pool, {gate});
    town.task(3, pool);
    EXPECT_EQ(finishes(town.outage), (std::vector<double>{7, 9, 3}));
}

TEST(Schedule, ASmallTaskStartsPastALargerOneThatDoesNotFit) {
    Town town;
    const Index pool = town.crews(3);
    town.task(5, pool, {}, 2);
    town.task(1, pool, {}, 2);
    town.task(2, pool, {}, 1);
    EXPECT_EQ(finishes(town.outage), (std::vector<double>{5, 6, 2}));
}

TEST(Schedule, CompletionsComeBeforeStarts) {
    // At day 2 the crew is free and the successor, first on the list, is ready: it goes before the waiting third task.
    Town town;
    const Index pool = town.crews(1);
    const Index gate = town.gate(2);
    town.task(1, pool, {gate});
    town.task(2, pool);
    town.task(1, pool);
    EXPECT_EQ(finishes(town.outage), (std::vector<double>{2, 3, 2, 4}));
}

TEST(Schedule, ReinforcementArrivesAndLeaves) {
    Town town;
    const Index pool = town.crews(1);
    town.outage.pools[pool].slots = {{0, 3}, {5, 8}};
    town.task(4, pool);
    town.task(1, pool);
    town.task(4, pool);
    town.task(1, pool);
    const std::vector<double> done = finishes(town.outage);
    EXPECT_EQ(done[0], 4) << "what was begun is finished after the end";
    EXPECT_EQ(done[1], 6);
    EXPECT_EQ(done[2], 10);
    EXPECT_EQ(done[3], never) << "nobody is left at day 10";
}

TEST(Schedule, CrewsWithACalendarRestAtTheWeekend) {
    Town town;
    town.outage.calendars.push_back(WorkingCalendar::of({}, State::nordrhein_westfalen, 2023, 2024));
    const Index pool = town.crews(1);
    town.outage.pools[pool].calendar = 1;
    town.task(4, pool);
    town.task(2, pool);
    EXPECT_EQ(finishes(town.outage), (std::vector<double>{4, 8}))
        << "Monday to Thursday, then Friday and the next Monday";
}

RC_GTEST_PROP(Schedule, WithACrewForEveryTaskTakesTheLongestPath, ()) {
    Town town;
    const auto size = *rc::gen::inRange<Index>(1, 12);
    const Index pool = town.crews(size);
    std::vector<double> longest;
    for (Index task = 0; task < size; ++task) {
        std::vector<Index> after;
        double begin = 0;
        for (Index before = 0; before < task; ++before)
            if (*rc::gen::inRange(0, 3) == 0) {
                after.push_back(before);
                begin = std::max(begin, longest[before]);
            }
        const double days = *rc::gen::inRange(1, 100);
        town.task(days, pool, after);
        longest.push_back(begin + days);
    }
    RC_ASSERT(finishes(town.outage) == longest);
}

/// Mean and standard error over the courses of a town whose durations are exponential with mean 1.
struct Estimated {
    double mean = 0;
    double standard_error = 0;
};

template <class OfDone>
Estimated over_exponential_courses(const Town& town, std::size_t tasks, OfDone of_done) {
    constexpr std::uint32_t replications = 4000;
    double sum = 0;
    double squares = 0;
    for (std::uint32_t replication = 0; replication < replications; ++replication) {
        std::vector<double> durations;
        for (std::uint64_t task = 0; task < tasks; ++task)
            durations.push_back(-std::log(uniform_draw(7, replication, task, Purpose::duration)));
        const double days = of_done(finishes(town.outage, durations));
        sum += days;
        squares += days * days;
    }
    const double mean = sum / replications;
    return {mean, std::sqrt((squares / replications - mean * mean) / replications)};
}

TEST(Schedule, ManyExponentialTasksTakeTheirKnownMeanTime) {
    // c crews, n tasks, no precedence: E[makespan] = (n − c)/(cλ) + H_c/λ.
    constexpr std::size_t crews = 3;
    constexpr std::size_t tasks = 12;
    Town town;
    const Index pool = town.crews(crews);
    for (std::size_t task = 0; task < tasks; ++task) town.task(1, pool);
    const Estimated last =
        over_exponential_courses(town, tasks, [](const std::vector<double>& done) { return std::ranges::max(done); });
    const double expected = (tasks - crews) / static_cast<double>(crews) + (1 + 1 / 2.0 + 1 / 3.0);
    EXPECT_NEAR(last.mean, expected, 4 * last.standard_error);
}

TEST(Schedule, ExponentialTasksSideBySideAreDoneOneByOneAsOrderStatisticsSay) {
    // Rényi 1953: the k-th smallest of n exponentials has the mean Σ_{j<k} 1/((n − j)λ); for k = n that is H_n/λ.
    constexpr std::size_t tasks = 8;
    Town town;
    const Index pool = town.crews(tasks);
    for (std::size_t task = 0; task < tasks; ++task) town.task(1, pool);
    double expected = 0;
    for (std::size_t k = 1; k <= tasks; ++k) {
        expected += 1 / static_cast<double>(tasks - k + 1);
        const Estimated kth = over_exponential_courses(town, tasks, [k](std::vector<double> done) {
            std::ranges::sort(done);
            return done[k - 1];
        });
        EXPECT_NEAR(kth.mean, expected, 4 * kth.standard_error) << k << " of " << tasks;
    }
}

TEST(Schedule, OfThreeCrewsIsTheGanttChartDrawnByHand) {
    // a 3 | b 2 | c 4 start at once; at 2 the crew of b takes d (needs b) until 7; at 3 that of a takes e until 4;
    // at 4 the crews of c and e are free for f (needs a and c, two crews) until 6; g (needs e) gets a crew at 6.
    Town town;
    const Index pool = town.crews(3);
    const Index a = town.task(3, pool);
    const Index b = town.task(2, pool);
    const Index c = town.task(4, pool);
    town.task(5, pool, {b});
    const Index e = town.task(1, pool);
    town.task(2, pool, {a, c}, 2);
    town.task(1, pool, {e});
    EXPECT_EQ(finishes(town.outage), (std::vector<double>{3, 2, 4, 7, 4, 6, 7}));
}

}  // namespace
}  // namespace resmon::outage
