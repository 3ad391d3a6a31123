// Intervals of shares.
#pragma once

namespace resmon::statistics {

struct Interval {
    double low = 0;
    double high = 1;
};

/// Exact interval of a binomial share. Source: Clopper and Pearson, Biometrika 26 (1934). [0, 1] for `of` = 0.
[[nodiscard]] Interval clopper_pearson(int hits, int of, double confidence = 0.95);

}  // namespace resmon::statistics
