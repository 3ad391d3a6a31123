#include "explain/slack.hpp"

#include "explain/town_tests.hpp"
#include "outage/course.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <numeric>

namespace resmon::explain {
namespace {

using outage::never;
using outage::Requirement;

/// In the first course; every service counts.
std::vector<double> slack_of(const outage::Case& outage) {
    const outage::Compiled ready = outage::compiled(outage);
    std::vector<Index> all(outage.provisions.size());
    std::iota(all.begin(), all.end(), Index{0});
    const Slack slack{ready, all};
    std::vector<double> days;
    each_course(outage, 1, 0, 1, [&](const SeenCourse& course) { days = slack.in(course); });
    return days;
}

Requirement of(Requirement::Kind kind, const std::vector<Index>& resources, std::size_t count = 0) {
    Requirement made{.kind = kind, .count = count};
    for (const Index resource : resources) made.of.push_back(needs(resource));
    return made;
}

/// Three gates of 2, 5 and 9 days, each with its resource, and one service.
std::vector<double> slack_of_three(Requirement::Kind kind, std::size_t count = 0) {
    Town town;
    std::vector<Index> resources;
    for (const double days : {2.0, 5.0, 9.0}) resources.push_back(town.resource(town.gate(days)));
    town.service(0).modes.front().needs = of(kind, resources, count);
    return slack_of(town.outage);
}

TEST(Slack, IsWhatARequirementLeaves) {
    EXPECT_EQ(slack_of_three(Requirement::Kind::all), (std::vector{7.0, 4.0, 0.0}));
    EXPECT_EQ(slack_of_three(Requirement::Kind::any), (std::vector{0.0, never, never}));
    EXPECT_EQ(slack_of_three(Requirement::Kind::at_least, 2), (std::vector{3.0, 0.0, never}));
}

TEST(Slack, IsUsedUpByWhatTheCrewTakesUpNext) {
    for (const std::size_t crews : {1U, 2U}) {
        Town town;
        const Index pool = town.crews(crews);
        const Index first = town.resource(town.task(3, pool));
        const Index second = town.resource(town.task(5, pool));
        town.service(0).modes.front().needs = of(Requirement::Kind::all, {first, second});
        EXPECT_EQ(slack_of(town.outage), crews == 1 ? (std::vector{0.0, 0.0}) : (std::vector{2.0, 0.0}));
    }
}

TEST(Slack, PassesThroughWhatWaits) {
    // Two days, then a gate until day 4; beside it a task of 9 days.
    Town town;
    const Index work = town.task(2, town.crews(1));
    const Index release = town.gate(2, {work});
    const Index longest = town.task(9, town.crews(1));
    town.service(0).modes.front().needs = of(Requirement::Kind::all, {town.resource(release), town.resource(longest)});
    EXPECT_EQ(slack_of(town.outage), (std::vector{5.0, 5.0, 0.0}));
}

TEST(Slack, IsNoneForWhatTwoThatStandInForEachOtherBothWaitFor) {
    Town town;
    const Index first = town.gate(2);
    const Index one = town.resource(town.gate(3, {first}));
    const Index other = town.resource(town.gate(3, {first}));
    town.service(0).modes.front().needs = of(Requirement::Kind::any, {one, other});
    EXPECT_EQ(slack_of(town.outage)[first], 0);
}

/// Work without crews, each behind some of what was before it, and services that need some of it.
Town any_network() {
    Town town;
    const int gates = *rc::gen::inRange(1, 12);
    for (int number = 0; number < gates; ++number) {
        std::vector<Index> after;
        for (int earlier = 0; earlier < number; ++earlier)
            if (*rc::gen::inRange(0, 3) == 0) after.push_back(static_cast<Index>(earlier));
        // No two sums of durations are equal, and all are exact.
        const double own = std::ldexp(1.0, -number - 8);
        town.resource(town.gate(*rc::gen::inRange(1, 100) / 8.0 + own, after));
    }
    const int services = *rc::gen::inRange(1, 4);
    for (int service = 0; service < services; ++service) {
        std::vector<Index> some;
        for (int resource = 0; resource < gates; ++resource)
            if (*rc::gen::arbitrary<bool>()) some.push_back(static_cast<Index>(resource));
        if (some.empty()) some.push_back(0);
        const std::size_t count = *rc::gen::inRange<std::size_t>(1, some.size() + 1);
        town.service(0).modes.front().needs = of(Requirement::Kind::at_least, some, count);
    }
    return town;
}

std::vector<double> returns(const outage::Case& outage) {
    std::vector<double> days;
    for (const auto& modes : outage::course(outage, {1, 1}, 0).mode_begin) days.push_back(modes.front());
    return days;
}

RC_GTEST_PROP(Slack, IsTheMostThatWorkCanTakeLongerWithoutALaterReturn, ()) {
    const Town town = any_network();
    const std::vector<double> slack = slack_of(town.outage);
    const std::vector<double> before = returns(town.outage);
    for (Index activity = 0; activity < slack.size(); ++activity) {
        const auto returns_with = [&](double more) {
            Town longer = town;
            outage::Activity& changed = longer.outage.activities[activity];
            changed.restore.median = longer.figure(longer.outage.estimates[changed.restore.median].central + more);
            return returns(longer.outage);
        };
        constexpr double little = 1e-6;
        const std::vector<double> within = returns_with(slack[activity] < never ? slack[activity] : 1'000);
        for (std::size_t service = 0; service < before.size(); ++service)
            RC_ASSERT(within[service] <= before[service] + little / 2);
        if (slack[activity] < never) {
            const std::vector<double> beyond = returns_with(slack[activity] + little);
            bool is_later = false;
            for (std::size_t service = 0; service < before.size(); ++service)
                is_later = is_later || beyond[service] > before[service] + little / 2;
            RC_ASSERT(is_later);
        }
    }
}

}  // namespace
}  // namespace resmon::explain
