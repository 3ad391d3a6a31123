// The difference of two things seen under the same chance: what pairing saves must not be thrown away.
#pragma once

#include <span>

namespace resmon::statistics {

/// A mean with its 95 % interval.
struct MeanInterval {
    double mean = 0;
    double low = 0;
    double high = 0;

    [[nodiscard]] bool may_be_zero() const { return low <= 0 && 0 <= high; }
};

/// Of `one[i] − other[i]`, whose pairs are independent of each other: Student's interval of a mean with n − 1 degrees
/// of freedom. Both are finite and equally long, at least two.
[[nodiscard]] MeanInterval paired_difference(std::span<const double> one, std::span<const double> other);

}  // namespace resmon::statistics
