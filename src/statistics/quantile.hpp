// Quantiles of a sample, and how far the sample lets them be known.
#pragma once

#include <cstddef>
#include <span>

namespace resmon::statistics {

/// The value at rank ⌈qn⌉ (from 1) of a sample sorted ascending: an observed value, also where some are infinite.
/// 0 < probability ≤ 1, the sample is not empty.
[[nodiscard]] double quantile(std::span<const double> sorted, double probability);

/// Ranks from 1 of the order statistics between which the true quantile lies with at least the confidence, whatever the
/// distribution. Source: David and Nagaraja, Order Statistics, 3rd edition, section 7.1 (binomial coverage).
struct RankInterval {
    std::size_t low = 1;
    std::size_t high = 1;
};
[[nodiscard]] RankInterval quantile_ranks(std::size_t sample_size, double probability, double confidence = 0.95);

}  // namespace resmon::statistics
