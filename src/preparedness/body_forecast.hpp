// The forecast of one body from its answers, and what each answer does to it.
#pragma once

#include "catalogue/catalogue.hpp"
#include "outage/forecast.hpp"
#include "preparedness/settings.hpp"

#include <cstdint>
#include <vector>

namespace resmon::preparedness {

/// A mean with its 95 % interval.
struct Estimate {
    double mean = 0;
    double low = 0;
    double high = 0;
};

/// What the best answer to a question would save. Paired: both sides have the same draws.
struct Gain {
    Reading now;
    Estimate days;  ///< of loss, full days without any service, weighted; positive = shorter
};

struct BodyForecast {
    outage::Forecast answered;    ///< with the answers
    outage::Forecast unanswered;  ///< as if nothing were known: every lever over its whole range
    std::vector<Gain> gains;      ///< by mean, largest first; of answers that could be better
    int known = 0;                ///< questions that move the forecast and are answered
    int asked = 0;                ///< questions that move the forecast
};

/// Ransomware at the body's own IT. `replications` are split into ten batches, whose means give the intervals
/// (t distribution with nine degrees of freedom). Pure.
[[nodiscard]] BodyForecast body_forecast(const catalogue::Catalogue& catalogue, const BodyKey& body,
                                         const std::vector<Reading>& readings, const outage::Sampling& sampling);

/// Mean and interval of what one setting of the levers loses more than another, on the same draws.
[[nodiscard]] Estimate paired_difference(const outage::Case& plain, const std::vector<forecast::LeverSetting>& one,
                                         const std::vector<forecast::LeverSetting>& other,
                                         const outage::Sampling& sampling);

}  // namespace resmon::preparedness
