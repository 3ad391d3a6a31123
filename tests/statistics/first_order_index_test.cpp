#include "statistics/first_order_index.hpp"

#include "base/random.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <string>

namespace resmon::statistics {
namespace {

constexpr double pi = std::numbers::pi;
using Columns = std::vector<std::vector<double>>;

/// Uniform inputs between −π and π.
Columns uniform_inputs(std::size_t inputs, std::uint32_t courses, std::uint64_t seed) {
    Columns columns(inputs, std::vector<double>(courses));
    for (std::size_t input = 0; input < inputs; ++input)
        for (std::uint32_t course = 0; course < courses; ++course)
            columns[input][course] =
                pi * (2 * uniform_draw(seed, course, entity_hash("x" + std::to_string(input)), Purpose::estimate) - 1);
    return columns;
}

/// sin x₁ + 7 sin² x₂ + 0.1 x₃⁴ sin x₁ (Ishigami and Homma 1990).
std::vector<double> ishigami(const Columns& x) {
    std::vector<double> y;
    for (std::size_t course = 0; course < x[0].size(); ++course)
        y.push_back(std::sin(x[0][course]) + 7 * std::pow(std::sin(x[1][course]), 2) +
                    0.1 * std::pow(x[2][course], 4) * std::sin(x[0][course]));
    return y;
}

// The analytic variances of Ishigami's function with a = 7, b = 0.1.
const double all = 49.0 / 8 + 0.1 * std::pow(pi, 4) / 5 + 0.01 * std::pow(pi, 8) / 18 + 0.5;
const double of_first = 0.5 * std::pow(1 + 0.1 * std::pow(pi, 4) / 5, 2) / all;
const double of_second = 49.0 / 8 / all;

TEST(FirstOrderIndices, AreThoseOfIshigamisFunction) {
    const Columns inputs = uniform_inputs(4, 10'000, 1);
    const auto found = first_order_indices(inputs, ishigami(inputs));
    ASSERT_EQ(found.size(), 4U);
    EXPECT_NEAR(found[0].index, of_first, 0.015);
    EXPECT_NEAR(found[1].index, of_second, 0.015);
    for (const std::size_t without : {2U, 3U}) {
        EXPECT_NEAR(found[without].index, 0, 0.01) << "x3 acts only together with x1, x4 not at all";
        EXPECT_FALSE(found[without].is_distinguishable);
    }
    EXPECT_TRUE(found[0].is_distinguishable);
    EXPECT_TRUE(found[1].is_distinguishable);
}

TEST(FirstOrderIndices, HaveIntervalsThatCoverTheTruthAboutAsOftenAsTheySay) {
    int covered = 0;
    constexpr int trials = 60;
    for (int trial = 0; trial < trials; ++trial) {
        const Columns inputs = uniform_inputs(2, 1000, 100 + static_cast<std::uint64_t>(trial));
        std::vector<double> sum;
        for (std::size_t course = 0; course < 1000; ++course) sum.push_back(inputs[0][course] + 2 * inputs[1][course]);
        // Var(x1) / (Var(x1) + 4 Var(x2)) = 1/5.
        const auto found = first_order_indices(inputs, sum, {.resamples = 100});
        covered += found[0].low <= 0.2 && 0.2 <= found[0].high ? 1 : 0;
    }
    EXPECT_GE(covered, trials * 85 / 100);
}

TEST(FirstOrderIndices, LookAtTheOrderOfValuesAlone) {
    Columns inputs = uniform_inputs(2, 500, 3);
    const std::vector<double> output = inputs[0];
    const auto before = first_order_indices(inputs, output);
    for (double& value : inputs[0]) value = std::exp(value);
    const auto after = first_order_indices(inputs, output);
    EXPECT_EQ(before[0].index, after[0].index);
    EXPECT_EQ(before[0].low, after[0].low);
}

TEST(FirstOrderIndices, KeepEqualValuesTogether) {
    // Half of the courses 0, half 1, and the output is that value: all of its variance is explained, in two bins.
    Columns inputs{std::vector<double>(400), std::vector<double>(400, 7.0)};
    for (std::size_t course = 0; course < 400; course += 2) inputs[0][course] = 1;
    const auto found = first_order_indices(inputs, inputs[0]);
    EXPECT_NEAR(found[0].index, 1, 1e-12);
    EXPECT_EQ(found[1].index, 0) << "what never varies explains nothing";
}

TEST(FirstOrderIndices, AreTheSameBitsForAnyNumberOfThreads) {
    const Columns inputs = uniform_inputs(3, 800, 5);
    const auto one = first_order_indices(inputs, ishigami(inputs), {.threads = 1});
    const auto seven = first_order_indices(inputs, ishigami(inputs), {.threads = 7});
    for (std::size_t input = 0; input < one.size(); ++input) {
        EXPECT_EQ(one[input].index, seven[input].index);
        EXPECT_EQ(one[input].low, seven[input].low);
        EXPECT_EQ(one[input].high, seven[input].high);
    }
}

}  // namespace
}  // namespace resmon::statistics
