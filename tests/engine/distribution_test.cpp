// Distributions of samples: by hand.
#include "engine/forecast.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace resmon::outage {
namespace {

TEST(Distribution, OfOneValuePerCourseHasMeanAndErrorOfTheTextbook) {
    // 1 … 9: mean 5, variance 7.5 (n − 1), standard error √(7.5 / 9); quantile at rank ⌈qn⌉.
    const Distribution values = distribution_of({9, 1, 8, 2, 7, 3, 6, 4, 5});
    EXPECT_DOUBLE_EQ(values.mean, 5);
    EXPECT_DOUBLE_EQ(values.standard_error, std::sqrt(7.5 / 9));
    EXPECT_EQ(values.quantiles.p10, 1);
    EXPECT_EQ(values.quantiles.p50, 5);
    EXPECT_EQ(values.quantiles.p90, 9);
    EXPECT_EQ(values.share_never, 0);
    EXPECT_EQ(distribution_of({1, never}).share_never, 0.5);
}

}  // namespace
}  // namespace resmon::outage
