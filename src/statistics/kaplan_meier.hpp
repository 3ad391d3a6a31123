// How many last longer than a day, from durations some of which are not over: Kaplan and Meier.
#pragma once

#include "statistics/duration.hpp"

#include <span>
#include <vector>

namespace resmon::statistics {

/// The curve after the events of one time.
struct SurvivalStep {
    double time = 0;
    int at_risk = 0;  ///< just before
    int events = 0;
    double survival = 1;        ///< share that lasts longer
    double standard_error = 0;  ///< Greenwood 1926; not a number once nobody is left
    double low = 0;             ///< 95 % interval on the scale of log(−log S); 0 … 1 once nobody is left
    double high = 1;
};

/// A duration with the ends of its interval; infinity = not known from above.
struct DurationEstimate {
    double value = 0;
    double low = 0;
    double high = 0;
};

/// One step per time with an event, ascending. Every duration is exact or censored on the right; censored at the same
/// time counts as at risk. Source: Kaplan and Meier, JASA 53 (1958); interval: Kalbfleisch and Prentice, The
/// Statistical Analysis of Failure Time Data, section 1.4.
[[nodiscard]] std::vector<SurvivalStep> kaplan_meier(std::span<const ObservedDuration> durations);

/// First time from which at most half last longer, the middle of the flat stretch if the curve lies exactly at a half;
/// its interval is where the curve's interval crosses a half (Brookmeyer and Crowley, Biometrics 38 (1982)).
[[nodiscard]] DurationEstimate median_of(std::span<const SurvivalStep> steps);

}  // namespace resmon::statistics
