// Which mode counts when, and what follows from it.
#include "outage/timeline.hpp"
#include "outage/service_stage.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace resmon::outage {
namespace {

double loss_with_paper_from(double day) {
    // MODEL, laws: basic operation 0.6 on days 3–8, paper 0.5 for 10 days, then nothing; normal at day 20.
    const std::vector<BegunMode> modes{
        {ModeKind::normal, 20}, {ModeKind::basic_operation, 3, 8, 0.6}, {ModeKind::paper, day, day + 10, 0.5}};
    return lost_days(counting_modes(modes), 730);
}

TEST(CountingModes, AFallbackThatBeginsEarlierCanLoseMoreWhenItTires) {
    EXPECT_DOUBLE_EQ(loss_with_paper_from(0), 14.5);
    EXPECT_DOUBLE_EQ(loss_with_paper_from(6), 13.0);
}

TEST(CountingModes, TheLargestCapacityCountsAndAtEqualCapacityTheBetterQuality) {
    const std::vector<BegunMode> modes{
        {ModeKind::normal, 30}, {ModeKind::neighbour, 5, never, 0.4}, {ModeKind::paper, 2, never, 0.4}};
    const auto counting = counting_modes(modes);
    ASSERT_EQ(counting.size(), 4U);
    EXPECT_EQ(counting[0].kind, ModeKind::down);
    EXPECT_EQ(counting[1].kind, ModeKind::paper);
    EXPECT_EQ(counting[2].kind, ModeKind::neighbour);
    EXPECT_EQ(counting[2].begin, 5);
    EXPECT_EQ(counting[3].kind, ModeKind::normal);
}

TEST(CountingModes, OnceNormalHasBegunItCountsWhateverTheOthersCanDo) {
    const std::vector<BegunMode> modes{{ModeKind::normal, 3}, {ModeKind::neighbour, 0, never, 1.5}};
    EXPECT_EQ(counting_modes(modes).back().kind, ModeKind::normal);
    EXPECT_EQ(counting_modes(modes).back().begin, 3);
}

TEST(CountingModes, AServiceThatNeverFailedIsNormalFromTheBeginning) {
    const std::vector<BegunMode> modes{{ModeKind::normal, 0}, {ModeKind::paper, 0, never, 0.5}};
    ASSERT_EQ(counting_modes(modes).size(), 1U);
    EXPECT_EQ(lost_days(counting_modes(modes), 730), 0);
}

TEST(EffectiveCapacity, IsCappedByWhatTheLawAllows) {
    EXPECT_DOUBLE_EQ(effective_capacity(0.5, 0.3), 0.3);
    EXPECT_DOUBLE_EQ(effective_capacity(0.2, 0.3), 0.2);
    EXPECT_DOUBLE_EQ(effective_capacity(1.5, 0.8), 1.2);
}

TEST(HoursBeyond, CountEachStretchWithoutCapacityOnItsOwn) {
    const std::vector<BegunMode> modes{{ModeKind::normal, 10}, {ModeKind::paper, 3, 5, 0.5}};
    EXPECT_DOUBLE_EQ(hours_beyond(counting_modes(modes), 1, 730), (2 + 4) * 24);
    EXPECT_DOUBLE_EQ(hours_beyond(counting_modes(modes), 1, 8), (2 + 2) * 24) << "the horizon cuts";
}

TEST(MissedDates, AreThoseThatFindNoCapacity) {
    const std::vector<BegunMode> modes{{ModeKind::normal, 60}, {ModeKind::paper, 20, 40, 0.1}};
    const std::vector<double> dates{1, 31, 61};
    EXPECT_EQ(missed_dates(counting_modes(modes), dates), 1);
}

Requirement resource(Index number) { return {.kind = Requirement::Kind::resource, .resource = number}; }

TEST(Requirement, IsMetOnTheDayTheLastNeededResourceReturns) {
    const std::vector<double> up{9, 4, 30, never};
    const auto met_day = [&](Requirement::Kind kind, std::size_t count, std::vector<Requirement> of) {
        return met({.kind = kind, .count = count, .of = std::move(of)}, up, std::vector<Index>{0, 1, 2, 3});
    };
    const std::vector<Requirement> three{resource(0), resource(1), resource(2)};
    EXPECT_EQ(met_day(Requirement::Kind::any, 0, three).day, 4);
    EXPECT_EQ(met_day(Requirement::Kind::at_least, 2, three).day, 9);
    EXPECT_EQ(met_day(Requirement::Kind::all, 0, three).day, 30);
    EXPECT_EQ(met_day(Requirement::Kind::all, 0, three).resource, 2U) << "who decided";
    EXPECT_EQ(met_day(Requirement::Kind::all, 0, {resource(3), resource(0)}).day, never);
    EXPECT_EQ(met_day(Requirement::Kind::all, 0, {}).day, 0) << "nothing is needed";
}

TEST(Requirement, OfTwoThatReturnTogetherNamesTheOneWithTheSmallerId) {
    const std::vector<double> up{9, 9, 4};
    const std::vector<Index> rank{2, 1, 0};
    for (const auto& parts :
         {std::vector{resource(0), resource(1), resource(2)}, std::vector{resource(2), resource(1), resource(0)}}) {
        EXPECT_EQ(met({.kind = Requirement::Kind::all, .of = parts}, up, rank).resource, 1U);
        EXPECT_EQ(met({.kind = Requirement::Kind::at_least, .count = 2, .of = parts}, up, rank).resource, 1U);
    }
}

RC_GTEST_PROP(LostDays, NeverGrowWithAnotherFallbackThatDoesNotTire, ()) {
    const auto mode = [](ModeKind kind) {
        const double begin = *rc::gen::inRange(0, 200) / 4.0;
        return BegunMode{kind, begin, never, *rc::gen::inRange(0, 15) / 10.0};
    };
    std::vector<BegunMode> modes{{ModeKind::normal, *rc::gen::inRange(0, 400) / 4.0}, mode(ModeKind::paper)};
    const double before = lost_days(counting_modes(modes), 730);
    modes.push_back(mode(ModeKind::basic_operation));
    RC_ASSERT(lost_days(counting_modes(modes), 730) <= before + 1e-9);
}

RC_GTEST_PROP(LostDays, NeverGrowWhenNormalReturnsEarlier, ()) {
    const double back = *rc::gen::inRange(0, 400) / 4.0;
    const double earlier = back - *rc::gen::inRange(0, 40) / 4.0;
    std::vector<BegunMode> modes{{ModeKind::normal, back},
                                 {ModeKind::paper, *rc::gen::inRange(0, 100) / 4.0, never, 0.5}};
    const double before = lost_days(counting_modes(modes), 730);
    modes[0].begin = std::max(0.0, earlier);
    RC_ASSERT(lost_days(counting_modes(modes), 730) <= before + 1e-9);
}

}  // namespace
}  // namespace resmon::outage
