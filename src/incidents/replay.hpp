// History against forecast: does a milestone's interval of dates meet the band?
#pragma once

#include "catalogue/incident.hpp"
#include "engine/forecast.hpp"

#include <string>
#include <vector>

namespace resmon::incidents {

struct MilestoneForecast {
    const catalogue::Milestone* milestone = nullptr;
    outage::Distribution day;
    bool hit80 = false;  ///< its whole days meet [p10, p90]
    bool hit50 = false;  ///< … [p25, p75]
};

struct DaysBetween {
    double earliest = 0;
    double latest = 0;
};

/// When it happened, as a forecast would say it: that names the first whole day on which something holds, so what was
/// back after three hours was back on day 1.
[[nodiscard]] DaysBetween whole_days_of(const catalogue::Milestone& milestone);

/// Hits of a number, with the 95 % Clopper–Pearson interval of their share. Milestones of one incident depend on each
/// other, so the interval is too narrow: coverage over incidents comes with the calibration.
struct Hits {
    int of = 0;
    int hits = 0;
    double low = 0;
    double high = 1;
};

/// In the order of the incident's milestones, whose questions the forecast answered under their ids.
[[nodiscard]] std::vector<MilestoneForecast> milestones_against(const catalogue::Incident& incident,
                                                                const outage::Forecast& forecast);

[[nodiscard]] Hits hits_of(const std::vector<MilestoneForecast>& milestones);

}  // namespace resmon::incidents
