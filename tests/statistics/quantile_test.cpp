// Quantiles and intervals against published values.
#include "statistics/quantile.hpp"
#include "statistics/event_rate.hpp"
#include "statistics/intervals.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <limits>
#include <vector>

namespace resmon::statistics {
namespace {

TEST(Quantile, IsTheObservedValueAtItsRank) {
    const std::vector<double> sample{1, 2, 3, 4, 5, 6, 7, 8, 9, std::numeric_limits<double>::infinity()};
    EXPECT_EQ(quantile(sample, 0.1), 1);
    EXPECT_EQ(quantile(sample, 0.5), 5);
    EXPECT_EQ(quantile(sample, 0.51), 6);
    EXPECT_EQ(quantile(sample, 0.9), 9);
    EXPECT_EQ(quantile(sample, 1), std::numeric_limits<double>::infinity());
    EXPECT_EQ(quantile(std::vector<double>{7}, 0.5), 7);
}

TEST(QuantileRanks, CoverTheMedianOfAHundredBetweenThe40thAnd61st) {
    // Conover, Practical Nonparametric Statistics, section 3.2: R's qbinom(c(0.025, 0.975), 100, 0.5) = 40, 60.
    const RankInterval ranks = quantile_ranks(100, 0.5);
    EXPECT_EQ(ranks.low, 40U);
    EXPECT_EQ(ranks.high, 61U);
}

RC_GTEST_PROP(QuantileRanks, StandAroundTheirQuantile, ()) {
    const auto size = *rc::gen::inRange<std::size_t>(1, 5000);
    const double probability = *rc::gen::inRange(1, 100) / 100.0;
    const RankInterval ranks = quantile_ranks(size, probability);
    RC_ASSERT(1 <= ranks.low && ranks.low <= ranks.high && ranks.high <= size);
    const double rank = std::max(1.0, probability * static_cast<double>(size));
    RC_ASSERT(static_cast<double>(ranks.low) <= rank + 1);
    RC_ASSERT(static_cast<double>(ranks.high) >= rank - 1);
}

TEST(ClopperPearson, AgreesWithRsBinomTest) {
    // R 4.2.2: binom.test(8, 10)$conf.int; binom.test(0, 10)$conf.int; binom.test(10, 10)$conf.int
    EXPECT_NEAR(clopper_pearson(8, 10).low, 0.4439045, 1e-7);
    EXPECT_NEAR(clopper_pearson(8, 10).high, 0.9747893, 1e-7);
    EXPECT_EQ(clopper_pearson(0, 10).low, 0);
    EXPECT_NEAR(clopper_pearson(0, 10).high, 0.3084971, 1e-7);
    EXPECT_NEAR(clopper_pearson(10, 10).low, 0.6915029, 1e-7);
    EXPECT_EQ(clopper_pearson(10, 10).high, 1);
}

TEST(ClopperPearson, KnowsNothingWithoutTrials) {
    EXPECT_EQ(clopper_pearson(0, 0).low, 0);
    EXPECT_EQ(clopper_pearson(0, 0).high, 1);
}

TEST(EventRate, HasTheQuantilesOfTheGammaDistribution) {
    // R: qgamma(c(0.025, 0.5, 0.975), shape = 1.5, rate = 520)
    const EventRate rate{1.5, 520};
    EXPECT_NEAR(rate.mean(), 1.5 / 520, 1e-12);
    EXPECT_NEAR(rate.quantile(0.025), 0.000207495464061, 1e-9);
    EXPECT_NEAR(rate.quantile(0.5), 0.00227497488882, 1e-9);
    EXPECT_NEAR(rate.quantile(0.975), 0.00898884961971, 1e-9);
}

}  // namespace
}  // namespace resmon::statistics
