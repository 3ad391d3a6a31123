// What all courses have in common: counts that add in any order, so that threads cannot change a bit, and one value per
// course where exact quantiles are wanted.
#pragma once

#include "engine/forecast.hpp"
#include "outage/compile.hpp"
#include "statistics/histogram.hpp"

#include <array>
#include <cstdint>
#include <vector>

namespace resmon::outage {

/// One value per course, written by the course's own number: threads do not meet.
struct Samples {
    enum Service : std::size_t { first_mode, normal, backlog_peak, late, lost, missed, hours, service_count };
    std::vector<double> loss, ability_half, ability_most, ability_all, services_half, services_most, services_all;
    std::vector<double> late_cases, missed_dates, hours_beyond;
    std::vector<std::array<std::vector<double>, service_count>> services;  ///< by service of the case
    std::vector<std::array<std::vector<double>, 4>> bodies;                ///< loss, half, most, all
    std::vector<std::vector<double>> questions;
    std::vector<double> able;  ///< by course × day: Σ weight × ability; empty if nobody asks

    Samples(const Case& outage, std::uint32_t replications);
};

/// Counts of many courses; one per thread, added at the end.
struct Counts {
    /// Per day, by bins of `share_scale` and `case_scale`: changes from day to day (modulo 2³²), summed up at the end.
    std::vector<std::uint32_t> ability, services_normal, backlog;
    std::vector<std::uint32_t> body_ability;  ///< body × day × bin of percent_scale, likewise
    std::vector<std::int32_t> modes;          ///< provision × mode × day: changes, summed up at the end
    /// Provision × bins: first mode, normal, cleared by day_scale; peak, late, lost, re-entry, missed dates
    /// and hours by body_case_scale.
    std::vector<std::uint32_t> first_mode, normal, cleared, peak, late, lost, reentry, missed, hours;
    std::vector<std::uint32_t> capacity;  ///< provision × mode × bin of percent_scale, at the mode's first counting
    struct Chain {
        std::int64_t days = 0;  ///< in 2⁻²⁰ days
        std::uint32_t courses = 0;
        std::uint32_t decides = 0;

        Chain& operator+=(const Chain& more) {
            days += more.days;
            courses += more.courses;
            decides += more.decides;
            return *this;
        }
    };
    std::vector<Chain> chains;           ///< provision × label × waiting
    std::vector<std::uint32_t> returns;  ///< provision: courses that return within the horizon

    void prepare(const Compiled& compiled);
};

[[nodiscard]] const statistics::Scale& share_scale();       ///< steps of 0.1 %
[[nodiscard]] const statistics::Scale& percent_scale();     ///< steps of 1 %
[[nodiscard]] const statistics::Scale& case_scale();        ///< steps of 2 %
[[nodiscard]] const statistics::Scale& body_case_scale();   ///< steps of 5 %
[[nodiscard]] statistics::Scale day_scale(double horizon);  ///< whole days

/// The forecast of all courses.
[[nodiscard]] Forecast summarised(const Compiled& compiled, const Sampling& sampling, const Counts& counts,
                                  const Samples& samples);

}  // namespace resmon::outage
