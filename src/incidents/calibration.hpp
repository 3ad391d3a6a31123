// What a table of durations says: curve, fitted laws, medians with intervals, per group and overall.
#pragma once

#include "incidents/duration_table.hpp"
#include "statistics/duration_law.hpp"
#include "statistics/turnbull.hpp"

#include <optional>
#include <string>
#include <vector>

namespace resmon::incidents {

/// What was thought of the median before, in days: log-normal, nine in ten within [low, high]. 0 < low < high.
struct Prior {
    double low = 0;
    double high = 0;
};

struct GroupCalibration {
    std::optional<std::string> group;  ///< none = all together
    int count = 0;
    int exact = 0;
    int between = 0;                              ///< known between two days only
    int not_over = 0;                             ///< censored on the right
    std::vector<statistics::SurvivalStep> curve;  ///< Kaplan and Meier; empty if some are known between two days only
    std::optional<statistics::DurationEstimate> median;          ///< of the curve
    std::optional<statistics::TurnbullEstimate> between_visits;  ///< Turnbull, instead of the curve
    std::optional<statistics::FittedLaw> log_normal;             ///< none = has no maximum
    std::optional<statistics::FittedLaw> weibull;
    std::optional<statistics::DurationEstimate> updated_median;  ///< if there is a prior and a log-normal law

    /// Of the fitted laws, the one with the smaller Akaike criterion; null if there is none.
    [[nodiscard]] const statistics::FittedLaw* better_law() const;
};

/// Groups by name, then all together; with one group alone, only all together. `rows` is not empty. Pure.
[[nodiscard]] std::vector<GroupCalibration> calibrated(const std::vector<DurationRow>& rows,
                                                       const std::optional<Prior>& prior = {});

/// Median after the durations: prior and likelihood of the logarithm as normal, weighted by their precision (Gelman et
/// al., Bayesian Data Analysis, section 2.5), with its 95 % interval.
[[nodiscard]] statistics::DurationEstimate updated(const Prior& prior, const statistics::FittedLaw& log_normal);

}  // namespace resmon::incidents
