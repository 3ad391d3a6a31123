// Draws: fixed by what they are for, with the distribution they claim.
#include "base/random.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace resmon {
namespace {

TEST(NormalQuantile, AgreesWithPublishedValues) {
    // R 4.2.2: print(qnorm(c(0.975, 0.5, 1e-10, 0.1)), digits = 16)
    EXPECT_DOUBLE_EQ(normal_quantile(0.975), 1.959963984540054);
    EXPECT_EQ(normal_quantile(0.5), 0);
    EXPECT_NEAR(normal_quantile(1e-10), -6.361340902404056, 1e-14);
    EXPECT_NEAR(normal_quantile(0.1), -1.2815515655446004, 1e-15);
}

TEST(NormalQuantile, IsTheInverseOfTheDistributionFunction) {
    for (double probability = 0.0005; probability < 1; probability += 0.0005)
        EXPECT_NEAR(normal_probability(normal_quantile(probability)), probability, 1e-15) << probability;
}

TEST(EntityHash, SpreadsShortIdsOverAllBits) {
    EXPECT_NE(entity_hash("a"), entity_hash("b"));
    EXPECT_NE(entity_hash("a") >> 40, entity_hash("b") >> 40);
    EXPECT_NE(entity_hash(""), 0U);
}

TEST(UniformDraw, DependsOnEveryPartOfItsPurpose) {
    const double drawn = uniform_draw(1, 0, 7, Purpose::duration);
    EXPECT_EQ(drawn, uniform_draw(1, 0, 7, Purpose::duration));
    EXPECT_NE(drawn, uniform_draw(2, 0, 7, Purpose::duration));
    EXPECT_NE(drawn, uniform_draw(1, 1, 7, Purpose::duration));
    EXPECT_NE(drawn, uniform_draw(1, 0, 8, Purpose::duration));
    EXPECT_NE(drawn, uniform_draw(1, 0, 7ULL << 32, Purpose::duration));
    EXPECT_NE(drawn, uniform_draw(1, 0, 7, Purpose::estimate));
    EXPECT_NE(drawn, uniform_draw(1, 0, 7, Purpose::duration, 1));
}

TEST(UniformDraw, HasTheMomentsOfAUniformAndOfANormal) {
    constexpr std::uint32_t replications = 200'000;
    double sum = 0;
    double squares = 0;
    double normal_sum = 0;
    double normal_squares = 0;
    for (std::uint32_t replication = 0; replication < replications; ++replication) {
        const double uniform = uniform_draw(20231030, replication, entity_hash("directory"), Purpose::duration);
        ASSERT_GT(uniform, 0);
        ASSERT_LT(uniform, 1);
        sum += uniform;
        squares += uniform * uniform;
        const double normal = normal_draw(20231030, replication, entity_hash("network"), Purpose::duration);
        normal_sum += normal;
        normal_squares += normal * normal;
    }
    const double standard_error = 1 / std::sqrt(double{replications});
    EXPECT_NEAR(sum / replications, 0.5, 4 * standard_error * std::sqrt(1.0 / 12));
    EXPECT_NEAR(squares / replications, 1.0 / 3, 4 * standard_error * std::sqrt(4.0 / 45));
    EXPECT_NEAR(normal_sum / replications, 0, 4 * standard_error);
    EXPECT_NEAR(normal_squares / replications, 1, 4 * standard_error * std::numbers::sqrt2);
}

}  // namespace
}  // namespace resmon
