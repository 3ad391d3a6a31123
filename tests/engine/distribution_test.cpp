// Distributions of samples and ranks among weighted values: by hand and by sorting.
#include "engine/courses.hpp"
#include "engine/thresholds.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

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

RC_GTEST_PROP(Distribution, HasTheValuesThatAreAtTheRanksAfterSorting, ()) {
    // Many equal values, a few far away, and some that never come.
    const auto value = rc::gen::weightedOneOf<double>(
        {{4, rc::gen::map(rc::gen::inRange(0, 5), [](int n) { return n * 1.0; })},
         {4, rc::gen::map(rc::gen::inRange(0, 1 << 20), [](int n) { return n / 1024.0; })},
         {1, rc::gen::just(1e12)},
         {1, rc::gen::just(never)}});
    auto values = *rc::gen::nonEmpty(rc::gen::container<std::vector<double>>(value));
    const Distribution found = distribution_of(values);
    std::ranges::sort(values);
    const auto at = [&](double probability) {
        return values[static_cast<std::size_t>(std::ceil(probability * static_cast<double>(values.size()))) - 1];
    };
    RC_ASSERT(found.quantiles.p10 == at(0.1));
    RC_ASSERT(found.quantiles.p25 == at(0.25));
    RC_ASSERT(found.quantiles.p50 == at(0.5));
    RC_ASSERT(found.quantiles.p75 == at(0.75));
    RC_ASSERT(found.quantiles.p90 == at(0.9));
}

/// The smallest value whose weight with all smaller ones is enough.
double value_at(double target, const std::map<double, double>& weight_of) {
    double weight = 0;
    for (const auto& [value, more] : weight_of)
        if (weight += more; value < never && weight >= target) return value;
    return never;
}

RC_GTEST_PROP(WeightedRank, IsTheSmallestValueAtWhichThoseNotLargerWeighEnough, ()) {
    // Few things, or so many that they are added up in more steps.
    const auto things =
        *rc::gen::oneOf(rc::gen::inRange<std::size_t>(1, 300), rc::gen::inRange<std::size_t>(513, 1'000));
    // Few different values, or many; whole weights, so that sums are exact.
    const int different = *rc::gen::element(1, 3, 100'000);
    // Places where nobody lives weigh nothing, perhaps all of them.
    const int heaviest = *rc::gen::element(0, 1, 999);
    Rows rows(things);
    std::vector<std::uint32_t> which(things);
    std::vector<double> weights;
    std::array<std::map<double, double>, lane_count> weight_of;
    for (std::size_t thing = 0; thing < things; ++thing) {
        which[thing] = static_cast<std::uint32_t>(things - 1 - thing);
        weights.push_back(*rc::gen::inRange(0, heaviest + 1));
        for (std::size_t lane = 0; lane < lane_count; ++lane) {
            const int drawn = *rc::gen::inRange(0, different + 1);
            const double value = drawn == different ? never : drawn * 0.37;
            rows[which[thing]].put(lane, value);
            weight_of[lane][value] += weights.back();
        }
    }
    const double all = std::accumulate(weights.begin(), weights.end(), 0.0);
    const std::array<double, 3> targets{std::ceil(all / 10), std::ceil(all / 2), all};
    // A single value is the answer, whatever is asked.
    RC_PRE(things > 1);
    WeightedRank rank;
    const auto found = rank.of<3>({rows.data(), which.data(), weights.data(), things}, targets);
    for (std::size_t target = 0; target < targets.size(); ++target)
        for (std::size_t lane = 0; lane < lane_count; ++lane)
            RC_ASSERT(found[target][lane] == value_at(targets[target], weight_of[lane]));
}

}  // namespace
}  // namespace resmon::outage
