#include "incidents/calibration.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <map>

namespace resmon::incidents {

using statistics::DurationEstimate;
using statistics::FittedLaw;
using statistics::LawKind;
using statistics::ObservedDuration;

namespace {

GroupCalibration one_group(std::optional<std::string> name, const std::vector<ObservedDuration>& durations,
                           const std::optional<Prior>& prior) {
    GroupCalibration group{.group = std::move(name), .count = static_cast<int>(durations.size())};
    group.exact = static_cast<int>(std::ranges::count_if(durations, &ObservedDuration::is_exact));
    group.not_over = static_cast<int>(std::ranges::count_if(durations, &ObservedDuration::is_right_censored));
    group.between = group.count - group.exact - group.not_over;
    if (group.between > 0) {
        group.between_visits = statistics::turnbull(durations);
    } else {
        group.curve = statistics::kaplan_meier(durations);
        group.median = statistics::median_of(group.curve);
    }
    group.log_normal = statistics::fitted(LawKind::log_normal, durations);
    group.weibull = statistics::fitted(LawKind::weibull, durations);
    if (prior && group.log_normal) group.updated_median = updated(*prior, *group.log_normal);
    return group;
}

}  // namespace

const FittedLaw* GroupCalibration::better_law() const {
    if (!log_normal) return weibull ? &*weibull : nullptr;
    return weibull && weibull->akaike < log_normal->akaike ? &*weibull : &*log_normal;
}

DurationEstimate updated(const Prior& prior, const FittedLaw& log_normal) {
    constexpr double z90 = 1.644853626951473;
    constexpr double z95 = 1.959963984540054;
    const double before = (std::log(prior.low) + std::log(prior.high)) / 2;
    const double spread = (std::log(prior.high) - std::log(prior.low)) / (2 * z90);
    const double prior_precision = 1 / (spread * spread);
    const double precision = 1 / (log_normal.location.standard_error * log_normal.location.standard_error);
    const double middle =
        (before * prior_precision + log_normal.location.value * precision) / (prior_precision + precision);
    const double error = 1 / std::sqrt(prior_precision + precision);
    return {std::exp(middle), std::exp(middle - z95 * error), std::exp(middle + z95 * error)};
}

std::vector<GroupCalibration> calibrated(const std::vector<DurationRow>& rows, const std::optional<Prior>& prior) {
    assert(!rows.empty());
    std::map<std::string, std::vector<ObservedDuration>> groups;
    std::vector<ObservedDuration> all;
    for (const DurationRow& row : rows) {
        groups[row.group].push_back(row.duration);
        all.push_back(row.duration);
    }
    std::vector<GroupCalibration> found;
    if (groups.size() > 1)
        for (const auto& [name, durations] : groups) found.push_back(one_group(name, durations, prior));
    found.push_back(one_group(std::nullopt, all, prior));
    return found;
}

}  // namespace resmon::incidents
