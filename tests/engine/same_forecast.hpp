// Two forecasts compared figure by figure.
#pragma once

#include "engine/forecast.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace resmon::outage {

/// Collects where two forecasts differ by more than the relative tolerance.
class Differences {
public:
    explicit Differences(double tolerance) : tolerance_{tolerance} {}

    [[nodiscard]] std::string text() const { return text_; }

    void compare(const Forecast& one, const Forecast& other) {
        for (std::size_t day = 0; day < one.ability.size(); ++day) {
            quantiles(fmt::format("ability {}", day), one.ability[day], other.ability[day], 0.0011);
            quantiles(fmt::format("services {}", day), one.services_normal[day], other.services_normal[day], 0.0011);
            quantiles(fmt::format("backlog {}", day), one.backlog[day], other.backlog[day]);
            for (std::size_t mode = 0; mode < mode_count; ++mode)
                value(fmt::format("mode {} {}", day, mode), one.mode_shares[day][mode], other.mode_shares[day][mode]);
        }
        distribution("loss", one.loss_days, other.loss_days);
        distribution("ability half", one.ability_half, other.ability_half);
        distribution("ability most", one.ability_most, other.ability_most);
        distribution("ability all", one.ability_all, other.ability_all);
        distribution("services half", one.services_half, other.services_half);
        distribution("services most", one.services_most, other.services_most);
        distribution("services all", one.services_all, other.services_all);
        distribution("late", one.late_cases, other.late_cases);
        distribution("missed", one.missed_dates, other.missed_dates);
        distribution("hours", one.hours_beyond, other.hours_beyond);
        for (std::size_t question = 0; question < one.questions.size(); ++question)
            distribution("question", one.questions[question].day, other.questions[question].day);
        value("services", static_cast<double>(one.services.size()), static_cast<double>(other.services.size()));
        for (std::size_t place = 0; place < std::min(one.services.size(), other.services.size()); ++place)
            service(one.services[place], other.services[place]);
        for (std::size_t place = 0; place < one.bodies.size(); ++place) body(one.bodies[place], other.bodies[place]);
        chain("chain", one.chain, other.chain);
    }

    void compare(const Forecast& one, const Curve& other) {
        constexpr double step = 0.001;
        for (std::size_t day = 0; day < one.ability.size(); ++day)
            quantiles(fmt::format("ability {}", day), one.ability[day], other.ability[day], step);
        distribution("loss", one.loss_days, other.loss_days);
        distribution("ability half", one.ability_half, other.ability_half);
        distribution("ability most", one.ability_most, other.ability_most);
        distribution("ability all", one.ability_all, other.ability_all);
    }

private:
    /// `bin`: how far a figure that is told in bins moves if rounding puts a value on the border into the next one.
    void value(const std::string& what, double one, double other, double bin = 0) {
        if (one == other) return;
        if (std::abs(one - other) <= bin + tolerance_ * std::max(1.0, std::abs(one))) return;
        if (text_.size() < 2000) text_ += fmt::format("{}: {} and {}\n", what, one, other);
    }

    void quantiles(const std::string& what, const Quantiles& one, const Quantiles& other, double bin = 0) {
        value(what + " p10", one.p10, other.p10, bin);
        value(what + " p25", one.p25, other.p25, bin);
        value(what + " p50", one.p50, other.p50, bin);
        value(what + " p75", one.p75, other.p75, bin);
        value(what + " p90", one.p90, other.p90, bin);
    }

    void distribution(const std::string& what, const Distribution& one, const Distribution& other) {
        quantiles(what, one.quantiles, other.quantiles);
        quantiles(what + " low", one.error_low, other.error_low);
        quantiles(what + " high", one.error_high, other.error_high);
        value(what + " mean", one.mean, other.mean);
        // A difference of nearly equal squares: what rounding leaves of it is noise, about √ε of the mean.
        const double noise = 1e-7 * std::abs(one.mean);
        value(what + " error", one.standard_error, other.standard_error, std::max(1e-6, noise));
        value(what + " never", one.share_never, other.share_never);
    }

    void chain(const std::string& what, const std::vector<ChainLink>& one, const std::vector<ChainLink>& other) {
        value(what + " links", static_cast<double>(one.size()), static_cast<double>(other.size()));
        for (const ChainLink& link : one) {
            const auto same = std::ranges::find_if(other, [&](const ChainLink& candidate) {
                return candidate.label == link.label && candidate.waiting == link.waiting;
            });
            if (same == other.end()) {
                text_ += what + " lacks " + link.label + "\n";
                continue;
            }
            value(what + " " + link.label + " days", link.mean_days, same->mean_days);
            value(what + " " + link.label + " share", link.share, same->share);
            value(what + " " + link.label + " decides", link.decides, same->decides);
        }
    }

    void service(const ServiceForecast& one, const ServiceForecast& other) {
        distribution(one.id + " first", one.days_to_first_mode, other.days_to_first_mode);
        distribution(one.id + " normal", one.days_to_normal, other.days_to_normal);
        distribution(one.id + " peak", one.backlog_peak, other.backlog_peak);
        distribution(one.id + " late", one.late_cases, other.late_cases);
        distribution(one.id + " lost", one.lost_cases, other.lost_cases);
        distribution(one.id + " missed", one.missed_dates, other.missed_dates);
        distribution(one.id + " hours", one.hours_beyond, other.hours_beyond);
        chain(one.id, one.chain, other.chain);
    }

    void body(const BodyForecast& one, const BodyForecast& other) {
        distribution(one.key + " loss", one.loss_days, other.loss_days);
        distribution(one.key + " half", one.days_to_half, other.days_to_half);
        distribution(one.key + " most", one.days_to_most, other.days_to_most);
        distribution(one.key + " all", one.days_to_all, other.days_to_all);
        for (std::size_t day = 0; day < one.ability.size(); ++day)
            quantiles(fmt::format("{} ability {}", one.key, day), one.ability[day], other.ability[day], 0.011);
        for (std::size_t place = 0; place < one.provisions.size(); ++place) {
            const ProvisionForecast& here = one.provisions[place];
            const ProvisionForecast& there = other.provisions[place];
            const std::string name = one.key + "/" + here.service;
            distribution(name + " first", here.days_to_first_mode, there.days_to_first_mode);
            distribution(name + " normal", here.days_to_normal, there.days_to_normal);
            distribution(name + " peak", here.backlog_peak, there.backlog_peak);
            distribution(name + " cleared", here.backlog_cleared, there.backlog_cleared);
            distribution(name + " late", here.late_cases, there.late_cases);
            distribution(name + " lost", here.lost_cases, there.lost_cases);
            distribution(name + " reentry", here.reentry_cases, there.reentry_cases);
            distribution(name + " missed", here.missed_dates, there.missed_dates);
            distribution(name + " hours", here.hours_beyond, there.hours_beyond);
            value(name + " stretches", static_cast<double>(here.typical.size()),
                  static_cast<double>(there.typical.size()));
            chain(name, here.chain, there.chain);
        }
    }

    double tolerance_;
    std::string text_;
};

}  // namespace resmon::outage
