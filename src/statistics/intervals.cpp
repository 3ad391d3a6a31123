#include "statistics/intervals.hpp"

#include <boost/math/distributions/binomial.hpp>

#include <cassert>

namespace resmon::statistics {

Interval clopper_pearson(int hits, int of, double confidence) {
    assert(0 <= hits && hits <= of);
    if (of == 0) return {};
    using Binomial = boost::math::binomial_distribution<>;
    const double tail = (1 - confidence) / 2;
    return {hits == 0 ? 0 : Binomial::find_lower_bound_on_p(of, hits, tail),
            hits == of ? 1 : Binomial::find_upper_bound_on_p(of, hits, tail)};
}

}  // namespace resmon::statistics
