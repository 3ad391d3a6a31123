#include "statistics/quantile.hpp"

#include <boost/math/distributions/binomial.hpp>

#include <algorithm>
#include <cassert>
#include <cmath>

namespace resmon::statistics {

double quantile(std::span<const double> sorted, double probability) {
    assert(!sorted.empty() && probability > 0 && probability <= 1);
    const auto rank = static_cast<std::size_t>(std::ceil(probability * static_cast<double>(sorted.size())));
    return sorted[std::clamp<std::size_t>(rank, 1, sorted.size()) - 1];
}

RankInterval quantile_ranks(std::size_t sample_size, double probability, double confidence) {
    // The number of observations below the quantile is binomial; its quantile is the smallest count that reaches a
    // probability.
    using SmallestCount = boost::math::policies::policy<
        boost::math::policies::discrete_quantile<boost::math::policies::integer_round_up>>;
    const boost::math::binomial_distribution<double, SmallestCount> below{static_cast<double>(sample_size),
                                                                          probability};
    const double tail = (1 - confidence) / 2;
    const auto low = static_cast<std::size_t>(boost::math::quantile(below, tail));
    const auto high = static_cast<std::size_t>(boost::math::quantile(boost::math::complement(below, tail))) + 1;
    return {std::max<std::size_t>(low, 1), std::min(high, sample_size)};
}

}  // namespace resmon::statistics
