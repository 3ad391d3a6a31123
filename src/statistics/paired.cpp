#include "statistics/paired.hpp"

#include <boost/math/distributions/students_t.hpp>

#include <cassert>
#include <cmath>

namespace resmon::statistics {

MeanInterval paired_difference(std::span<const double> one, std::span<const double> other) {
    assert(one.size() == other.size() && one.size() > 1);
    const auto count = static_cast<double>(one.size());
    double mean = 0;
    for (std::size_t pair = 0; pair < one.size(); ++pair) mean += (one[pair] - other[pair]) / count;
    double squares = 0;
    for (std::size_t pair = 0; pair < one.size(); ++pair) {
        const double off = one[pair] - other[pair] - mean;
        squares += off * off;
    }
    const boost::math::students_t_distribution<> student{count - 1};
    const double half = boost::math::quantile(student, 0.975) * std::sqrt(squares / (count - 1) / count);
    return {mean, mean - half, mean + half};
}

}  // namespace resmon::statistics
