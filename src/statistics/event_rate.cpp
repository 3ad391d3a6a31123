#include "statistics/event_rate.hpp"

#include <boost/math/distributions/gamma.hpp>

namespace resmon::statistics {

double EventRate::quantile(double probability) const {
    return boost::math::quantile(boost::math::gamma_distribution<>{events, 1 / years}, probability);
}

}  // namespace resmon::statistics
