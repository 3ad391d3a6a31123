// Quasi-random points in the engine: the same courses as one by one, honest errors, fewer courses.
#include "engine/any_case.hpp"
#include "engine/courses.hpp"
#include "engine/distribution.hpp"
#include "engine/forecast.hpp"
#include "outage/town.hpp"

#include "base/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <numeric>

namespace resmon::outage {
namespace {

RC_GTEST_PROP(Points, GiveTheSameCoursesEightAtOnceAsOneByOne, ()) {
    const Case outage = AnyCase{30}.made();
    const Compiled ready = compiled(outage);
    const Program program = program_of(ready);
    const Sampling sampling{.seed = 7, .replications = 64, .points = 16};
    Courses courses = courses_for(program, sampling);
    begin_courses(program, 24, courses);
    for (std::uint32_t lane = 0; lane < lane_count; ++lane) {
        const Course one = course(outage, sampling, 24 + lane);
        for (std::size_t resource = 0; resource < outage.resources.size(); ++resource) {
            const double up = courses.up[resource][lane];
            RC_ASSERT(one.resource_up[resource] == up ||
                      std::abs(one.resource_up[resource] - up) <= 1e-9 * std::max(1.0, std::abs(up)));
        }
    }
}

/// One service behind three log-normal gates in a row, each with a chance of its own.
Case three_gates() {
    Town town;
    town.outage.estimates[town.outage.severity_share] = {"severity", 0, 0, 0, catalogue::Spread::uniform};
    town.outage.estimates[town.outage.owner_share] = {"owner", 0, 0, 0, catalogue::Spread::uniform};
    const Index first = town.gate(4, {}, 0.5);
    const Index second = town.gate(6, {first}, 0.4);
    town.service(town.resource(town.gate(5, {second}, 0.6)));
    return town.outage;
}

double mean(const std::vector<double>& values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double variance(const std::vector<double>& values) {
    const double middle = mean(values);
    double sum = 0;
    for (const double value : values) sum += (value - middle) * (value - middle);
    return sum / static_cast<double>(values.size() - 1);
}

/// The mean of a log-normal duration is median · exp(σ²/2); expectations of a sum add up.
const double expected_loss = 4 * std::exp(0.5 * 0.5 / 2) + 6 * std::exp(0.4 * 0.4 / 2) + 5 * std::exp(0.6 * 0.6 / 2);

TEST(Points, TellTheMeanWithAFifteenthOfTheVariance) {
    const Case outage = three_gates();
    constexpr int seeds = 60;
    std::vector<double> plain;
    std::vector<double> even;
    for (int seed = 1; seed <= seeds; ++seed) {
        Sampling sampling{.seed = static_cast<std::uint64_t>(seed), .replications = 16 * 256};
        plain.push_back(mean(course_losses(outage, sampling, 1)));
        sampling.points = 256;
        even.push_back(mean(course_losses(outage, sampling, 1)));
    }
    EXPECT_GT(variance(plain) / variance(even), 15);
    EXPECT_NEAR(mean(even), expected_loss, 4 * std::sqrt(variance(even) / seeds));
}

TEST(Points, TellAnHonestErrorOfTheMean) {
    const Case outage = three_gates();
    constexpr double student_of_fifteen = 2.131450;  // 97.5 % of Student's t with 15 degrees of freedom
    constexpr int seeds = 600;
    int covered = 0;
    for (int seed = 1; seed <= seeds; ++seed) {
        const Sampling sampling{.seed = static_cast<std::uint64_t>(seed), .replications = 512, .points = 32};
        const Distribution loss = Ranks{sampling}.of_sample(course_losses(outage, sampling, 1));
        covered += std::abs(loss.mean - expected_loss) <= student_of_fifteen * loss.standard_error ? 1 : 0;
    }
    // 95 % of 600 are 570, with a standard deviation of 5.3.
    EXPECT_GE(covered, 570 - 16);
    EXPECT_LE(covered, 570 + 16);
}

TEST(Points, AnotherBodyChangesNoDraw) {
    Town town;
    town.service(town.resource(town.gate(4, {}, 0.5)));
    const Case alone = town.outage;
    town.outage.bodies.push_back({.key = "other", .inhabitants = 500});
    town.outage.owners.push_back("other");
    town.outage.backups.push_back({.id = "other", .survives = town.figure(0.5)});
    town.outage.activities[town.gate(100, {}, 2)].owner = 1;
    const Sampling sampling{.seed = 2, .replications = 32, .points = 8};
    for (std::uint32_t number = 0; number < 32; ++number)
        EXPECT_EQ(course(alone, sampling, number).resource_up, course(town.outage, sampling, number).resource_up);
}

/// Whatever else the cases have, what stands in both is drawn alike in both.
TEST(Points, OfSummedCasesLeaveToEachThingItsDrawInAllOfThem) {
    Town one;
    one.service(one.resource(one.gate(4, {}, 0.5)));
    one.outage.is_summed = true;
    Town other = one;
    other.outage.owners.insert(other.outage.owners.begin(), "another");
    other.outage.activities.front().owner = 1;
    other.outage.activities[other.gate(100, {}, 2)].owner = 0;
    other.outage.backups.push_back({.id = "backup", .survives = other.uncertain(0.1, 0.5, 0.9)});
    for (const std::uint32_t points : {0U, 8U}) {
        const Sampling sampling{.seed = 2, .replications = 32, .points = points};
        for (std::uint32_t number = 0; number < 32; ++number)
            EXPECT_EQ(course(one.outage, sampling, number).resource_up,
                      course(other.outage, sampling, number).resource_up);
    }
    const Dimensions dimensions = compiled(one.outage).dimensions;
    EXPECT_THAT(dimensions.steps, testing::Each(Dimensions::none));
    EXPECT_THAT(dimensions.owners, testing::Each(Dimensions::none));
}

TEST(Points, AreRefusedUnlessTheyMakeWholeRandomisations) {
    const Case outage = three_gates();
    for (const Sampling wrong : {Sampling{1, 96, 48}, Sampling{1, 64, 64}, Sampling{1, 100, 32}})
        EXPECT_THROW((void)forecast(outage, wrong), InputError);
    EXPECT_TRUE(forecast(outage, {1, 64, 32}));
}

TEST(Enough, DoublesUntilTheErrorIsSmallEnough) {
    const Case outage = three_gates();
    const Sampling found = *enough(outage, {.seed = 1, .replications = 64}, {0.01, 1 << 20});
    const auto error = [&](const Sampling& sampling) {
        const Distribution loss = Ranks{sampling}.of_sample(course_losses(outage, sampling));
        return loss.standard_error / loss.mean;
    };
    EXPECT_LE(error(found), 0.01);
    EXPECT_GT(error({.seed = 1, .replications = found.replications / 2}), 0.01);
    EXPECT_EQ(enough(outage, {.seed = 1, .replications = 64}, {1e-9, 200})->replications, 128U)
        << "never above the limit";
    const Sampling even = *enough(outage, {.seed = 1, .replications = 64, .points = 4}, {0.01, 1 << 20});
    EXPECT_EQ(even.randomisations(), 16U);
    EXPECT_LT(even.replications, found.replications);
}

TEST(Enough, EndsEarlyIfSomebodyWishesIt) {
    std::stop_source stop;
    stop.request_stop();
    EXPECT_FALSE(enough(three_gates(), {.seed = 1, .replications = 64}, {1e-9, 1 << 20}, {.stop = stop.get_token()}));
}

TEST(RelativeError, IsNothingWhereNothingIsLost) {
    EXPECT_EQ(relative_error(distribution_of({0, 0, 0})), 0);
    EXPECT_DOUBLE_EQ(relative_error(distribution_of({1, 3})), 0.5);
}

}  // namespace
}  // namespace resmon::outage
