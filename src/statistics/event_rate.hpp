// How often something happens, as far as counts and a prior tell.
#pragma once

namespace resmon::statistics {

/// Events per year as a gamma distribution, conjugate to Poisson counts: prior and counts add up, events to events and
/// years to years (Gelman et al., Bayesian Data Analysis, section 2.6).
struct EventRate {
    double events = 0;  ///< shape, > 0
    double years = 0;   ///< rate, > 0; of everything watched, together

    [[nodiscard]] double mean() const { return events / years; }
    [[nodiscard]] double quantile(double probability) const;
};

}  // namespace resmon::statistics
