#include "statistics/paired.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace resmon::statistics {
namespace {

TEST(PairedDifference, IsWhatStudentsTestOfRSays) {
    // R: t.test(c(1, 2, 3, 4), c(0, 1, 1, 1), paired = TRUE): mean 1.75, 0.2265, 3.2735.
    const MeanInterval found = paired_difference(std::vector<double>{1, 2, 3, 4}, std::vector<double>{0, 1, 1, 1});
    EXPECT_DOUBLE_EQ(found.mean, 1.75);
    EXPECT_NEAR(found.low, 0.22652, 1e-5);
    EXPECT_NEAR(found.high, 3.27348, 1e-5);
    EXPECT_FALSE(found.may_be_zero());
}

TEST(PairedDifference, OfTheSameIsNothingForCertain) {
    const std::vector<double> values{3, 1, 4, 1, 5};
    const MeanInterval found = paired_difference(values, values);
    EXPECT_EQ(found.mean, 0);
    EXPECT_EQ(found.low, 0);
    EXPECT_EQ(found.high, 0);
    EXPECT_TRUE(found.may_be_zero());
}

}  // namespace
}  // namespace resmon::statistics
