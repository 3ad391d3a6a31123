#include "statistics/duration_law.hpp"

#include <boost/math/distributions/normal.hpp>

#include <algorithm>
#include <cassert>
#include <numbers>
#include <vector>

namespace resmon::statistics {

namespace {

constexpr double z95 = 1.959963984540054;
constexpr double infinity = std::numeric_limits<double>::infinity();

/// A term of the log-likelihood with its derivatives by z.
struct Term {
    double value = 0;
    double slope = 0;
    double curvature = 0;
};

/// log(F(b) − F(a)) with its derivatives by both ends.
struct IntervalTerm {
    double value = 0;
    double by_low = 0, by_high = 0;
    double low_low = 0, high_high = 0, low_high = 0;
};

struct Normal {
    static double log_density(double z) { return -z * z / 2 - std::log(2 * std::numbers::pi) / 2; }
    static double density(double z) { return std::exp(log_density(z)); }
    static double density_slope(double z) { return -z * density(z); }
    static Term exact(double z) { return {log_density(z), -z, -1}; }

    /// log P(Z > z). Beyond 30 the complement underflows: Abramowitz and Stegun 26.2.12.
    static double log_upper(double z) {
        if (z < 30) return std::log(std::erfc(z / std::numbers::sqrt2) / 2);
        const double square = z * z;
        return log_density(z) - std::log(z) + std::log1p(-1 / square + 3 / (square * square));
    }
    static Term right(double z) {
        const double value = log_upper(z);
        const double hazard = std::exp(log_density(z) - value);
        return {value, -hazard, -hazard * (hazard - z)};
    }
    static double log_lower(double z) { return log_upper(-z); }
    /// In the tail in which both lie nothing cancels.
    static double log_between(double low, double high) {
        if (low > 0) return log_between(-high, -low);
        const double upper = log_lower(high);
        const double lower = log_lower(low);
        return upper + std::log1p(-std::exp(lower - upper));
    }
    static double quantile(double probability) { return boost::math::quantile(boost::math::normal{}, probability); }
    static double upper(double z) { return std::erfc(z / std::numbers::sqrt2) / 2; }
};

/// The law of the logarithm of an exponential duration.
struct SmallestExtreme {
    static double log_density(double z) { return z - std::exp(z); }
    static double density(double z) { return std::exp(log_density(z)); }
    static double density_slope(double z) { return density(z) * (1 - std::exp(z)); }
    static Term exact(double z) {
        const double e = std::exp(z);
        return {z - e, 1 - e, -e};
    }
    static Term right(double z) {
        const double e = std::exp(z);
        return {-e, -e, -e};
    }
    static double log_lower(double z) { return std::log(-std::expm1(-std::exp(z))); }
    static double log_between(double low, double high) {
        const double less = std::exp(low);
        return -less + std::log(-std::expm1(less - std::exp(high)));
    }
    static double quantile(double probability) { return std::log(-std::log1p(-probability)); }
    static double upper(double z) { return std::exp(-std::exp(z)); }
};

template <class Law>
IntervalTerm between(double low, double high) {
    IntervalTerm term;
    if (low == -infinity) {
        term.value = Law::log_lower(high);
        const double weight = std::exp(Law::log_density(high) - term.value);
        term.by_high = weight;
        term.high_high = Law::density_slope(high) / std::exp(term.value) - weight * weight;
        return term;
    }
    term.value = Law::log_between(low, high);
    const double mass = std::exp(term.value);
    const double at_low = std::exp(Law::log_density(low) - term.value);
    const double at_high = std::exp(Law::log_density(high) - term.value);
    term.by_low = -at_low;
    term.by_high = at_high;
    term.low_low = -Law::density_slope(low) / mass - at_low * at_low;
    term.high_high = Law::density_slope(high) / mass - at_high * at_high;
    term.low_high = at_low * at_high;
    return term;
}

/// In δ = μ/σ and γ = 1/σ: z = γ·log(duration) − δ.
struct Olsen {
    double delta = 0;
    double gamma = 1;
};

/// Log-likelihood with gradient and Hessian by (δ, γ).
struct Surface {
    double value = 0;
    double by_delta = 0, by_gamma = 0;
    double delta_delta = 0, gamma_gamma = 0, delta_gamma = 0;

    void add(const Term& term, double log_time) {
        value += term.value;
        by_delta -= term.slope;
        by_gamma += term.slope * log_time;
        delta_delta += term.curvature;
        delta_gamma -= term.curvature * log_time;
        gamma_gamma += term.curvature * log_time * log_time;
    }
    void add(const IntervalTerm& term, double log_low, double log_high) {
        value += term.value;
        by_delta -= term.by_low + term.by_high;
        by_gamma += term.by_high * log_high;
        delta_delta += term.low_low + 2 * term.low_high + term.high_high;
        delta_gamma -= (term.high_high + term.low_high) * log_high;
        gamma_gamma += term.high_high * log_high * log_high;
        if (log_low == -infinity) return;
        by_gamma += term.by_low * log_low;
        delta_gamma -= (term.low_low + term.low_high) * log_low;
        gamma_gamma += term.low_low * log_low * log_low + 2 * term.low_high * log_low * log_high;
    }
};

/// A duration in logarithms.
struct Logged {
    double low = 0;
    double high = 0;
};

template <class Law>
Surface surface(const Olsen& at, std::span<const Logged> logged) {
    Surface sum;
    int exact = 0;
    for (const Logged& one : logged) {
        const double high = at.gamma * one.high - at.delta;
        if (one.low == one.high) {
            ++exact;
            sum.add(Law::exact(high), one.low);
            sum.value -= one.low;
        } else if (one.high == infinity) {
            sum.add(Law::right(at.gamma * one.low - at.delta), one.low);
        } else {
            const double low = one.low == -infinity ? -infinity : at.gamma * one.low - at.delta;
            sum.add(between<Law>(low, high), one.low, one.high);
        }
    }
    sum.value += exact * std::log(at.gamma);
    sum.by_gamma += exact / at.gamma;
    sum.gamma_gamma -= exact / (at.gamma * at.gamma);
    return sum;
}

/// Mean and spread of the logarithms as if nothing were censored: a start from which Newton's steps are few.
Olsen start(std::span<const Logged> logged) {
    double sum = 0;
    double squares = 0;
    for (const Logged& one : logged) {
        const double log_time = one.high == infinity   ? one.low
                                : one.low == -infinity ? one.high
                                                       : (one.low + one.high) / 2;
        sum += log_time;
        squares += log_time * log_time;
    }
    const auto count = static_cast<double>(logged.size());
    const double mean = sum / count;
    const double spread = std::sqrt(std::max(squares / count - mean * mean, 1e-4));
    return {mean / spread, 1 / spread};
}

struct Summit {
    Olsen at;
    Surface surface;
    int steps = 0;
};

template <class Law>
std::optional<Summit> summit(std::span<const Logged> logged) {
    Summit summit{start(logged), {}, 0};
    summit.surface = surface<Law>(summit.at, logged);
    constexpr int most_steps = 200;
    constexpr double close_enough = 1e-13;
    for (; summit.steps < most_steps; ++summit.steps) {
        const Surface& here = summit.surface;
        const double determinant = here.delta_delta * here.gamma_gamma - here.delta_gamma * here.delta_gamma;
        if (!(determinant > 0) || !std::isfinite(here.value)) return std::nullopt;
        const double delta = -(here.gamma_gamma * here.by_delta - here.delta_gamma * here.by_gamma) / determinant;
        const double gamma = -(here.delta_delta * here.by_gamma - here.delta_gamma * here.by_delta) / determinant;
        // Half the square of Newton's decrement: what the next step can still gain.
        const double gain = (here.by_delta * delta + here.by_gamma * gamma) / 2;
        if (gain < close_enough * static_cast<double>(logged.size())) return summit;
        double length = 1;
        while (summit.at.gamma + length * gamma <= 0) length /= 2;
        for (;;) {
            const Olsen next{summit.at.delta + length * delta, summit.at.gamma + length * gamma};
            const Surface there = surface<Law>(next, logged);
            if (there.value >= here.value) {
                summit.at = next;
                summit.surface = there;
                break;
            }
            if (length < 1e-10) return summit;
            length /= 2;
        }
        if (summit.at.gamma > 1e8) return std::nullopt;
    }
    return std::nullopt;
}

/// The information in (μ, log σ): at the summit the Hessian turns by the derivatives of (δ, γ) alone.
FittedLaw law_at(LawKind kind, const Summit& summit) {
    const double sigma = 1 / summit.at.gamma;
    const double mu = summit.at.delta * sigma;
    // δ = μ·exp(−τ), γ = exp(−τ) with τ = log σ.
    const double delta_mu = summit.at.gamma;
    const double delta_tau = -summit.at.delta;
    const double gamma_tau = -summit.at.gamma;
    const Surface& top = summit.surface;
    const double mu_mu = -top.delta_delta * delta_mu * delta_mu;
    const double mu_tau = -delta_mu * (top.delta_delta * delta_tau + top.delta_gamma * gamma_tau);
    const double tau_tau = -(top.delta_delta * delta_tau * delta_tau + 2 * top.delta_gamma * delta_tau * gamma_tau +
                             top.gamma_gamma * gamma_tau * gamma_tau);
    const double determinant = mu_mu * tau_tau - mu_tau * mu_tau;
    FittedLaw law;
    law.kind = kind;
    law.steps = summit.steps;
    const double mu_error = std::sqrt(tau_tau / determinant);
    const double tau_error = std::sqrt(mu_mu / determinant);
    law.location = {mu, mu_error, mu - z95 * mu_error, mu + z95 * mu_error};
    law.scale = {sigma, tau_error, sigma * std::exp(-z95 * tau_error), sigma * std::exp(z95 * tau_error)};
    law.covariance = -mu_tau / determinant;
    law.log_likelihood = top.value;
    law.akaike = 2 * 2 - 2 * top.value;
    law.median = law.quantile(0.5);
    return law;
}

/// If one time could be all of them, the likelihood only rises as the spread goes to 0.
bool has_maximum(std::span<const ObservedDuration> durations) {
    const double latest_low = std::ranges::max(durations, {}, &ObservedDuration::low).low;
    const double earliest_high = std::ranges::min(durations, {}, &ObservedDuration::high).high;
    return latest_low > earliest_high;
}

}  // namespace

DurationEstimate FittedLaw::quantile(double probability) const {
    const double z =
        kind == LawKind::log_normal ? Normal::quantile(probability) : SmallestExtreme::quantile(probability);
    const double log_time = location.value + scale.value * z;
    const double by_tau = scale.value * z;
    const double error = std::sqrt(location.standard_error * location.standard_error + 2 * by_tau * covariance +
                                   by_tau * by_tau * scale.standard_error * scale.standard_error);
    return {std::exp(log_time), std::exp(log_time - z95 * error), std::exp(log_time + z95 * error)};
}

std::optional<FittedLaw> fitted(LawKind kind, std::span<const ObservedDuration> durations) {
    if (durations.empty() || !has_maximum(durations)) return std::nullopt;
    std::vector<Logged> logged;
    logged.reserve(durations.size());
    for (const ObservedDuration& duration : durations) {
        const double low = std::log(duration.low);
        logged.push_back({low, duration.is_exact() ? low : std::log(duration.high)});
    }
    const auto found = kind == LawKind::log_normal ? summit<Normal>(logged) : summit<SmallestExtreme>(logged);
    if (!found) return std::nullopt;
    return law_at(kind, *found);
}

double survival(const FittedLaw& law, double time) {
    const double z = (std::log(time) - law.location.value) / law.scale.value;
    return law.kind == LawKind::log_normal ? Normal::upper(z) : SmallestExtreme::upper(z);
}

}  // namespace resmon::statistics
