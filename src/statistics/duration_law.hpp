// Log-normal and Weibull laws of durations, fitted by maximum likelihood to what is known of them.
#pragma once

#include "statistics/duration.hpp"
#include "statistics/kaplan_meier.hpp"

#include <array>
#include <optional>
#include <span>

namespace resmon::statistics {

/// log(duration) = μ + σ·W with W standard normal (log-normal), or of the smallest extreme value (Weibull: scale
/// exp(μ), shape 1/σ).
enum class LawKind { log_normal, weibull };

/// A number with its standard error and 95 % interval.
struct FittedNumber {
    double value = 0;
    double standard_error = 0;
    double low = 0;
    double high = 0;
};

struct FittedLaw {
    LawKind kind = LawKind::log_normal;
    FittedNumber location;  ///< μ
    FittedNumber scale;     ///< σ; its standard error is that of log σ, its interval exp(log σ ± z·se)
    double covariance = 0;  ///< of μ and log σ
    double log_likelihood = 0;
    double akaike = 0;  ///< 2·2 − 2·log-likelihood
    DurationEstimate median;
    int steps = 0;  ///< of Newton's method

    /// The duration that this share does not outlast, with its 95 % interval (delta method on the logarithm).
    [[nodiscard]] DurationEstimate quantile(double probability) const;
};

/// In Olsen's parameters (μ/σ, 1/σ), in which the log-likelihood of these laws is concave also with censoring, by
/// Newton's method with exact derivatives; standard errors from the observed information. None where there is no
/// maximum: one time could be all of the durations, or all are censored on the right. Sources: Olsen, Econometrica 46
/// (1978); Burridge, JRSS B 43 (1981).
[[nodiscard]] std::optional<FittedLaw> fitted(LawKind kind, std::span<const ObservedDuration> durations);

/// The share that lasts longer than `time`.
[[nodiscard]] double survival(const FittedLaw& law, double time);

}  // namespace resmon::statistics
