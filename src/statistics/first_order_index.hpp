// Which input moves an output, told from courses that were drawn for another purpose: no run of the model is added.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace resmon::statistics {

/// First-order Sobol' index of one input: the share of the output's variance that knowing this input alone would remove
/// on average.
struct FirstOrderIndex {
    double index = 0;  ///< corrected for its bias, hence possibly slightly below 0
    double low = 0;    ///< 95 % interval
    double high = 0;
    /// Above 0 even if all inputs are asked at once: the lower bound at a confidence of 1 − 0.05 / number of inputs
    /// (Bonferroni). Of hundred inputs without influence, some would look as if they had one.
    bool is_distinguishable = false;
};

struct Bootstrap {
    std::uint64_t seed = 1;
    std::uint32_t resamples = 200;
    unsigned threads = 0;  ///< 0 = all; changes no bit
};

/// One index per input. `inputs[i]` has one value per course, as has `output`; at least 20 courses. Only the order of
/// an input's values counts, so a monotone change of it changes nothing; equal values stay in one bin. Bins of equal
/// size in each input, variance between their means over the whole variance (Plischke 2012, correlation ratio), less
/// what chance alone would put between them (Kelley 1935, unbiased correlation ratio). Interval: normal, with the
/// standard error of a bootstrap over courses whose resamples are counter-based draws common to all inputs. An input or
/// output that never varies has index 0.
[[nodiscard]] std::vector<FirstOrderIndex> first_order_indices(std::span<const std::vector<double>> inputs,
                                                               std::span<const double> output,
                                                               const Bootstrap& bootstrap = {});

}  // namespace resmon::statistics
