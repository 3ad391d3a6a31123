#include "statistics/kaplan_meier.hpp"

#include <algorithm>
#include <cassert>

namespace resmon::statistics {

namespace {

constexpr double z95 = 1.959963984540054;

/// S^exp(±z·se(log(−log S))) with se = √(Greenwood's sum) / |log S|.
void set_interval(SurvivalStep& step, double greenwood) {
    if (step.survival <= 0) {
        step.standard_error = std::numeric_limits<double>::quiet_NaN();
        return;
    }
    step.standard_error = step.survival * std::sqrt(greenwood);
    const double spread = std::exp(z95 * std::sqrt(greenwood) / -std::log(step.survival));
    step.low = std::pow(step.survival, spread);
    step.high = std::pow(step.survival, 1 / spread);
}

/// As R's quantile.survfit: sums of many steps must not miss a half by rounding.
constexpr double rounding = 1e-8;

double crossing(std::span<const SurvivalStep> steps, double SurvivalStep::* curve) {
    const auto below = std::ranges::find_if(
        steps, [&](const SurvivalStep& step) { return step.survival > 0 && step.*curve <= 0.5 + rounding; });
    if (below == steps.end()) return std::numeric_limits<double>::infinity();
    const auto next = below + 1;
    if (std::abs((*below).*curve - 0.5) <= rounding && next != steps.end()) return (below->time + next->time) / 2;
    return below->time;
}

}  // namespace

std::vector<SurvivalStep> kaplan_meier(std::span<const ObservedDuration> durations) {
    std::vector<ObservedDuration> sorted{durations.begin(), durations.end()};
    std::ranges::sort(sorted, {}, &ObservedDuration::low);
    std::vector<SurvivalStep> steps;
    double survival = 1;
    double greenwood = 0;
    for (std::size_t first = 0; first < sorted.size();) {
        std::size_t after = first;
        int events = 0;
        for (; after < sorted.size() && sorted[after].low == sorted[first].low; ++after) {
            assert(sorted[after].is_exact() || sorted[after].is_right_censored());
            if (sorted[after].is_exact()) ++events;
        }
        const auto at_risk = static_cast<int>(sorted.size() - first);
        if (events > 0) {
            survival = events == at_risk ? 0 : survival * (1 - static_cast<double>(events) / at_risk);
            greenwood += static_cast<double>(events) / (static_cast<double>(at_risk) * (at_risk - events));
            SurvivalStep step{.time = sorted[first].low, .at_risk = at_risk, .events = events, .survival = survival};
            set_interval(step, greenwood);
            steps.push_back(step);
        }
        first = after;
    }
    return steps;
}

DurationEstimate median_of(std::span<const SurvivalStep> steps) {
    const auto at_half =
        std::ranges::find_if(steps, [](const SurvivalStep& step) { return step.survival <= 0.5 + rounding; });
    DurationEstimate median{.low = crossing(steps, &SurvivalStep::low), .high = crossing(steps, &SurvivalStep::high)};
    if (at_half == steps.end()) {
        median.value = std::numeric_limits<double>::infinity();
        return median;
    }
    const auto next = at_half + 1;
    const bool is_flat = std::abs(at_half->survival - 0.5) <= rounding && next != steps.end();
    median.value = is_flat ? (at_half->time + next->time) / 2 : at_half->time;
    return median;
}

}  // namespace resmon::statistics
