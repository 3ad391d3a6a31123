#include "statistics/histogram.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>

namespace resmon::statistics {

Scale Scale::even(double width, double most) {
    Scale scale;
    scale.width_ = width;
    scale.per_width_ = 1 / width;
    scale.bins_ = static_cast<std::size_t>(std::lround(most / width)) + 2;
    return scale;
}

Scale Scale::geometric(double least, double growth, double most) {
    Scale scale;
    scale.width_ = std::log(growth);
    scale.least_ = least;
    scale.per_width_ = 1 / scale.width_;
    scale.per_least_ = 1 / least;
    scale.bins_ = static_cast<std::size_t>(std::ceil(std::log(most / least) / scale.width_)) + 2;
    return scale;
}

std::size_t Scale::bin_of(double value) const {
    assert(value >= 0);
    if (std::isinf(value)) return bins_ - 1;
    const double position = least_ > 0
                                ? (value < least_ ? 0 : std::floor(1 + logarithm(value * per_least_) * per_width_))
                                : std::floor(value * per_width_ + 0.5);
    return std::min(static_cast<std::size_t>(position), bins_ - 2);
}

double Scale::value_of(std::size_t bin) const {
    assert(bin < bins_);
    if (bin == bins_ - 1) return std::numeric_limits<double>::infinity();
    if (least_ > 0) return bin == 0 ? 0 : least_ * std::exp((static_cast<double>(bin) - 0.5) * width_);
    return static_cast<double>(bin) * width_;
}

double value_at_rank(const Scale& scale, std::span<const std::uint32_t> counts, std::uint64_t rank) {
    assert(counts.size() == scale.bins());
    std::uint64_t below = 0;
    for (std::size_t bin = 0; bin < counts.size(); ++bin) {
        below += counts[bin];
        if (below >= rank) return scale.value_of(bin);
    }
    return scale.value_of(counts.size() - 1);
}

double quantile_of_counts(const Scale& scale, std::span<const std::uint32_t> counts, double probability) {
    const std::uint64_t total = std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
    assert(total > 0);
    const auto rank = static_cast<std::uint64_t>(std::ceil(probability * static_cast<double>(total)));
    return value_at_rank(scale, counts, std::max<std::uint64_t>(rank, 1));
}

}  // namespace resmon::statistics
