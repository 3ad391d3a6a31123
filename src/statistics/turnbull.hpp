// How durations are distributed that are known between two visits only: Turnbull's estimate.
#pragma once

#include "statistics/duration.hpp"

#include <span>
#include <vector>

namespace resmon::statistics {

/// What the durations say: this share lies somewhere in (low, high], or at `low` if both are equal. Where inside, no
/// duration tells.
struct SupportInterval {
    double low = 0;
    double high = 0;  ///< ∞: beyond the last time at which somebody was seen
    double share = 0;
};

struct TurnbullEstimate {
    std::vector<SupportInterval> support;  ///< ascending, only those with a share
    double log_likelihood = 0;
    /// No redistribution of the shares raises the log-likelihood per duration by more than this (Gentleman and Geyer,
    /// Biometrika 81 (1994)): how far the estimate is from the maximum.
    double gap = 0;
};

/// The non-parametric maximum-likelihood estimate. Sources: Turnbull, JRSS B 38 (1976); computed by the iterative
/// convex minorant with self-consistency steps between (Wellner and Zhan, JASA 92 (1997)). For exact and right-censored
/// durations it is Kaplan and Meier's.
[[nodiscard]] TurnbullEstimate turnbull(std::span<const ObservedDuration> durations);

/// The interval in which the median lies.
[[nodiscard]] SupportInterval median_interval_of(std::span<const SupportInterval> support);

}  // namespace resmon::statistics
