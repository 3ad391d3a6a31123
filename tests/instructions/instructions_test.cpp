// The same bits for every kind of vector instructions and any number of threads; compiled as the program is, without
// sanitizers.
#include "engine/any_case.hpp"
#include "engine/forecast.hpp"
#include "engine/same_forecast.hpp"

#include "base/random.hpp"
#include "lanes/elementary.hpp"
#include "lanes/instructions.hpp"
#include "lanes/philox.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <vector>

namespace resmon {
namespace {

std::vector<Instructions> instructions_here() {
    std::vector<Instructions> here{Instructions::baseline};
    if (best_instructions() != Instructions::baseline) here.push_back(Instructions::avx2);
    if (best_instructions() == Instructions::avx512) here.push_back(Instructions::avx512);
    return here;
}

RC_GTEST_PROP(Instructions, ChangeNoBitOfAForecast, ()) {
    const outage::Case outage = outage::AnyCase{30}.made();
    const outage::Sampling sampling{.seed = 11, .replications = 27};
    const outage::Forecast first =
        *outage::forecast(outage, sampling, {.threads = 1, .instructions = Instructions::baseline});
    for (const Instructions instructions : instructions_here())
        for (const unsigned threads : {1U, 2U, 7U}) {
            outage::Differences differences{0};
            differences.compare(
                first, *outage::forecast(outage, sampling, {.threads = threads, .instructions = instructions}));
            if (!differences.text().empty()) RC_FAIL(differences.text());
        }
}

TEST(Elementary, ExponentialAndLogarithmAreThoseOfTheLibraryToTheLastDigits) {
    for (double x = -40; x < 40; x += 0.0013) {
        EXPECT_NEAR(exponential(x) / std::exp(x), 1, 5e-16) << x;
        const double value = std::exp(x);
        EXPECT_NEAR(logarithm(value), std::log(value), 4e-16 * std::max(1.0, std::abs(x))) << x;
    }
}

TEST(Elementary, NormalQuantileGivesBackTheProbability) {
    for (double probability = 1e-9; probability < 1; probability += 0.00037)
        EXPECT_NEAR(normal_probability(normal_quantile_of(probability)), probability, 1e-15) << probability;
}

TEST(Elementary, NormalProbabilityIsThatOfTheCLibrary) {
    for (double value = -38; value <= 38; value += 0.0173) {
        const double expected = normal_probability(value);
        const double found = normal_probability_of(value);
        EXPECT_NEAR(found, expected, 2e-15) << value;
        if (value < -5 && value > -37) {
            EXPECT_NEAR(found / expected, 1, 1e-12) << value;
        }
        EXPECT_EQ(normal_probability_of(Lanes(value))[3], found);
    }
}

TEST(Philox, OfEightCoursesIsWhatEachCourseDraws) {
    LaneWords courses{};
    for (std::size_t lane = 0; lane < lane_count; ++lane) courses.put(lane, 4'294'967'280U + lane);
    const Lanes drawn = uniform_lanes(0x123456789abcdef, courses, entity_hash("severity"), 16);
    for (std::size_t lane = 0; lane < lane_count; ++lane)
        EXPECT_EQ(drawn[lane], uniform_draw(0x123456789abcdef, static_cast<std::uint32_t>(courses[lane]),
                                            entity_hash("severity"), Purpose::duration));
}

}  // namespace
}  // namespace resmon
