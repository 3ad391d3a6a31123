// The queue in closed form against triangles and cases computed by hand.
#include "outage/backlog.hpp"

#include "base/random.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

namespace resmon::outage {
namespace {

TEST(Backlog, OfAPlainOutageIsATriangle) {
    // Down U days, then 1 + o: peak U, cleared at U(1 + 1/o), area U²/2 · (1 + 1/o).
    const std::vector<CapacityStretch> down{{0, 0, 0}};
    const QueueResult result = queue({.stretches = down, .back = 10, .overtime = 0.2});
    EXPECT_DOUBLE_EQ(result.peak, 10);
    EXPECT_DOUBLE_EQ(result.cleared, 60);
    EXPECT_DOUBLE_EQ(result.waiting, 300);
    EXPECT_DOUBLE_EQ(result.lost, 0);
}

TEST(Backlog, PaperAtHalfCapacityLeavesNobodyLateWithinFiveDays) {
    const std::vector<CapacityStretch> paper{{0, 0.5, 0}};
    EXPECT_DOUBLE_EQ(queue({.stretches = paper, .back = 10, .overtime = 0.2, .deadline = 5}).late, 0);
}

TEST(Backlog, LateCasesLieInTwoPiecesWhenTheQueueIsServedInBetween) {
    // q = 0.8; down 0–30, 0.5 on 30–36, 0 to 50, then 1.2; D = 28: late are the arrivals of (0, 10/3) and (15, 23.4),
    // at 0.2 a day.
    const std::vector<CapacityStretch> stretches{{0, 0, 0}, {30, 0.5, 0}, {36, 0, 0}};
    const QueueResult result =
        queue({.stretches = stretches, .back = 50, .overtime = 0.2, .vanishing = 0.8, .deadline = 28});
    EXPECT_NEAR(result.late, 0.2 * (10.0 / 3 + 8.4), 1e-9);
    EXPECT_NEAR(result.lost, 0.8 * 44 + 0.4 * 6, 1e-12);
    EXPECT_NEAR(result.peak, 12.4 - 3, 1e-12);
}

TEST(Backlog, AFallbackAboveDemandEmptiesTheQueueBeforeTheReturn) {
    const std::vector<CapacityStretch> stretches{{0, 0, 0}, {4, 1.5, 0}};
    const QueueResult result = queue({.stretches = stretches, .back = 20, .overtime = 0.2});
    EXPECT_DOUBLE_EQ(result.peak, 4);
    EXPECT_DOUBLE_EQ(result.backlog_at_return, 0) << "empty at day 12";
    EXPECT_DOUBLE_EQ(result.cleared, 20);
    EXPECT_DOUBLE_EQ(result.waiting, 4 * 4 / 2.0 + 4 * 8 / 2.0);
}

TEST(Backlog, ReentryComesAfterTheQueueAtTheRateOfOvertime) {
    // Paper serves everybody for 10 days, a fifth of a case each to enter again: 2 days of work at 0.2 a day.
    const std::vector<CapacityStretch> paper{{0, 1, 0.2}};
    const QueueResult result = queue({.stretches = paper, .back = 10, .overtime = 0.2, .lost_data = 1});
    EXPECT_DOUBLE_EQ(result.reentry, 3);
    EXPECT_DOUBLE_EQ(result.cleared, 25);
}

TEST(Backlog, WithoutOvertimeIsNeverCleared) {
    const std::vector<CapacityStretch> down{{0, 0, 0}};
    EXPECT_EQ(queue({.stretches = down, .back = 1, .overtime = 0}).cleared, never);
    EXPECT_EQ(queue({.stretches = {}, .back = 0, .overtime = 0}).cleared, 0)
        << "what never failed has nothing to clear";
}

TEST(Backlog, WhoIsNeverServedIsLate) {
    const std::vector<CapacityStretch> down{{0, 0, 0}};
    const QueueResult result =
        queue({.stretches = down, .back = never, .overtime = 0.2, .deadline = 5, .arrivals_until = 730});
    EXPECT_DOUBLE_EQ(result.late, 730);
    EXPECT_EQ(result.cleared, never);
}

/// peer-case/spec.md §4.4 (all in days of demand): capacity 0 on [0, F), c on [F, F + E), c/2 on [F + E, U).
struct PaperThatTires {
    double begins, capacity, endurance, back;

    [[nodiscard]] double between(double from, double to) const { return std::max(0.0, std::min(back, to) - from); }
    [[nodiscard]] double peak() const {
        return back - capacity * between(begins, begins + endurance) -
               capacity / 2 * std::max(0.0, back - begins - endurance);
    }
    /// Sum of trapezoids between 0, F, F + E, U and V.
    [[nodiscard]] double area(double overtime) const {
        const double first = std::min(begins, back);
        const double second = std::min(begins + endurance, back);
        const double at_second = first + (1 - capacity) * (second - first);
        return first * first / 2 + (first + at_second) / 2 * (second - first) +
               (at_second + peak()) / 2 * (back - second) + peak() * peak() / overtime / 2;
    }
};

RC_GTEST_PROP(Backlog, WithPaperThatTiresIsTheClosedFormOfThePeerCase, ()) {
    const PaperThatTires paper{.begins = *rc::gen::inRange(0, 200) / 8.0,
                               .capacity = *rc::gen::inRange(0, 10) / 10.0,
                               .endurance = *rc::gen::inRange(1, 400) / 8.0,
                               .back = *rc::gen::inRange(1, 1200) / 8.0};
    std::vector<CapacityStretch> stretches{{0, 0, 0}};
    if (paper.begins < paper.back) stretches.push_back({paper.begins, paper.capacity, 0});
    if (paper.begins + paper.endurance < paper.back)
        stretches.push_back({paper.begins + paper.endurance, paper.capacity / 2, 0});
    const QueueResult result = queue({.stretches = stretches, .back = paper.back, .overtime = 0.2});
    RC_ASSERT(std::abs(result.peak - paper.peak()) < 1e-9);
    RC_ASSERT(std::abs(result.cleared - (paper.back + paper.peak() / 0.2)) < 1e-9);
    RC_ASSERT(std::abs(result.waiting - paper.area(0.2)) < 1e-9 * std::max(1.0, paper.area(0.2)));
}

/// Mean over the courses of ∫ backlog dt, with Poisson arrivals (exponential gaps) served one by one in the order of
/// their coming: nobody before `back`, then one every 1/(1.2·demand) day. Case-days, in days of demand.
double waiting_of_poisson_arrivals(double demand, double back, std::uint32_t courses) {
    double waiting = 0;
    for (std::uint32_t one = 0; one < courses; ++one) {
        std::uint64_t number = 0;
        double arrival = 0;
        double free = back;
        while (true) {
            arrival -= std::log(uniform_draw(3, one, ++number, Purpose::count)) / demand;
            // The busy time ends with the first case that finds no queue.
            if (arrival >= free) break;
            waiting += free - arrival;
            free += 1 / (1.2 * demand);
        }
    }
    return waiting / courses / demand;
}

TEST(Backlog, OfFiftyCasesADayIsWhatSingleCasesWaitFor) {
    // The fluid is the limit of many cases: 50 a day are enough for 1 %, one a fortnight is not.
    const std::vector<CapacityStretch> down{{0, 0, 0}};
    const double fluid = queue({.stretches = down, .back = 20, .overtime = 0.2}).waiting;
    EXPECT_NEAR(waiting_of_poisson_arrivals(50, 20, 4'000) / fluid, 1, 0.01);
    EXPECT_GT(std::abs(waiting_of_poisson_arrivals(1.0 / 14, 20, 20'000) / fluid - 1), 0.01)
        << "below one case a week the page shows whole cases";
}

RC_GTEST_PROP(Backlog, NoCaseIsLostFromSight, ()) {
    std::vector<CapacityStretch> stretches;
    double at = 0;
    for (int stretch = *rc::gen::inRange(1, 6); stretch > 0; --stretch) {
        stretches.push_back({at, *rc::gen::inRange(0, 20) / 10.0, 0.1});
        at += *rc::gen::inRange(1, 40) / 4.0;
    }
    const double vanishing = *rc::gen::inRange(0, 10) / 10.0;
    const QueueResult result =
        queue({.stretches = stretches, .back = at, .overtime = 0.2, .vanishing = vanishing, .deadline = 3});
    RC_ASSERT(std::abs(result.arrived - (result.served + result.backlog_at_return + result.lost)) < 1e-12 * at);
    RC_ASSERT(std::abs(result.arrived - at) < 1e-12 * at);
    RC_ASSERT(result.peak >= result.backlog_at_return - 1e-12);
    RC_ASSERT(result.late >= 0 && result.late <= at + result.backlog_at_return / 0.2 + 1e-9);
}

/// The same by brute force: S and N in steps, every arrival asked for its wait.
RC_GTEST_PROP(Backlog, LateCasesAgreeWithAStepwiseCount, ()) {
    std::vector<CapacityStretch> stretches;
    double at = 0;
    for (int stretch = *rc::gen::inRange(1, 5); stretch > 0; --stretch) {
        stretches.push_back({at, *rc::gen::inRange(0, 12) / 10.0, 0});
        at += *rc::gen::inRange(2, 20);
    }
    const double vanishing = *rc::gen::inRange(0, 9) / 10.0;
    const double deadline = *rc::gen::inRange(1, 30) + 0.5;
    const QueueResult exact =
        queue({.stretches = stretches, .back = at, .overtime = 0.25, .vanishing = vanishing, .deadline = deadline});

    constexpr double step = 1.0 / 256;
    const double end = exact.cleared + deadline + 1;
    std::vector<double> arrived{0};
    std::vector<double> served{0};
    double backlog = 0;
    for (double time = 0; time < end; time += step) {
        double capacity = 1.25;
        if (time < at)
            for (const CapacityStretch& stretch : stretches)
                if (stretch.begin <= time) capacity = stretch.capacity;
        const double arrivals = (1 - vanishing * std::max(0.0, 1 - capacity)) * step;
        const double service = std::min(backlog + arrivals, capacity * step);
        backlog += arrivals - service;
        arrived.push_back(arrived.back() + arrivals);
        served.push_back(served.back() + service);
    }
    double late = 0;
    std::size_t leaves = 0;
    for (std::size_t place = 0; place + 1 < arrived.size(); ++place) {
        while (leaves + 1 < served.size() && served[leaves] < arrived[place] - 1e-9) ++leaves;
        if ((static_cast<double>(leaves) - static_cast<double>(place)) * step > deadline + step)
            late += arrived[place + 1] - arrived[place];
    }
    RC_ASSERT(std::abs(late - exact.late) < 0.1);
}

}  // namespace
}  // namespace resmon::outage
