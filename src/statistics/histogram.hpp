// Counts per bin: what many courses have in common, in memory that does not grow with them. Counts add in any order.
#pragma once

#include "lanes/elementary.hpp"
#include "lanes/lanes.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace resmon::statistics {

/// Maps values to bins and bins back to values; the last bin is infinity.
class Scale {
public:
    /// Bins of `width` around 0, width, … up to `most`; what is larger but finite counts in the last finite bin.
    [[nodiscard]] static Scale even(double width, double most);
    /// Bin 0 is what is below `least`; then bins whose bounds grow by the factor `growth`, up to `most`.
    [[nodiscard]] static Scale geometric(double least, double growth, double most);

    [[nodiscard]] std::size_t bins() const noexcept { return bins_; }
    [[nodiscard]] std::size_t bin_of(double value) const;  ///< value ≥ 0
    /// The same for eight values.
    [[nodiscard]] RESMON_LANES LaneInts bins_of(const Lanes& value) const {
        const Lanes most_finite = Lanes(std::numeric_limits<double>::max());
        const Lanes last_finite = Lanes(static_cast<double>(bins_ - 2));
        const LaneInts is_infinite = ones_of(value > most_finite);
        const Lanes finite = smaller(value, Lanes(1e300));
        if (least_ == 0) return whole(smaller(finite * per_width_ + 0.5, last_finite)) + is_infinite;
        const Lanes steps = logarithm(larger(finite, Lanes(least_)) * per_least_) * per_width_;
        const LaneInts is_below = ones_of(finite < least_);
        return whole(smaller(1.0 + larger(steps, Lanes{}), last_finite)) + is_infinite - is_below;
    }
    [[nodiscard]] double value_of(
        std::size_t bin) const;  ///< the middle of an even bin, the geometric mean of a geometric one

private:
    double width_ = 1;                      ///< even: of a bin; geometric: logarithm of the factor
    double least_ = 0;                      ///< geometric if > 0
    double per_width_ = 1, per_least_ = 0;  ///< their reciprocals
    std::size_t bins_ = 2;
};

/// The value whose bin holds rank ⌈qn⌉. `counts` has scale.bins() entries and is not all zero.
[[nodiscard]] double quantile_of_counts(const Scale& scale, std::span<const std::uint32_t> counts, double probability);
/// The value whose bin holds that rank, from 1.
[[nodiscard]] double value_at_rank(const Scale& scale, std::span<const std::uint32_t> counts, std::uint64_t rank);

}  // namespace resmon::statistics
