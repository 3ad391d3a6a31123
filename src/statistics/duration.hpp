// What is known of how long something took: exactly, at least so long, or between two visits.
#pragma once

#include <cmath>
#include <limits>

namespace resmon::statistics {

/// The duration lies in (low, high], or is `low` itself if both are equal. 0 ≤ low ≤ high, 0 < high; high = ∞: not over
/// when it was last seen (censored on the right); low = 0: over when it was first looked at.
struct ObservedDuration {
    double low = 0;
    double high = std::numeric_limits<double>::infinity();

    [[nodiscard]] bool is_exact() const { return low == high; }
    [[nodiscard]] bool is_right_censored() const { return std::isinf(high); }
    bool operator==(const ObservedDuration&) const = default;
};

}  // namespace resmon::statistics
