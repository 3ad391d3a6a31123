// The queue of a service in closed form: fluid, first come first served, in working time. docs/model.md, backlog.
#pragma once

#include "outage/case.hpp"

#include <span>
#include <vector>

namespace resmon::outage {

/// A stretch of constant capacity in working days since the disruption; the last one lasts for ever.
struct CapacityStretch {
    double begin = 0;
    double capacity = 0;
    double reentry = 0;
};

/// Demand is 1 per working day: every case figure below is in days of normal demand.
struct QueueInput {
    std::span<const CapacityStretch> stretches;  ///< before the return; empty if it never failed
    double back = never;                         ///< working day of the return to normal
    double overtime = 0;                         ///< o: capacity above demand while cases wait or re-entry is left
    double vanishing = 0;                        ///< q: of the arrivals beyond capacity
    double deadline = never;                     ///< working days
    double lost_data = 0;                        ///< re-entry work for lost data, days of demand
    double arrivals_until = never;               ///< the horizon: later arrivals are not counted
};

/// Where the slope of the backlog changes.
struct Bend {
    double at = 0;
    double slope = 0;  ///< from here on
};

struct QueueResult {
    double peak = 0;
    double cleared = 0;  ///< queue empty and re-entry done; infinity if never
    double waiting = 0;  ///< ∫ backlog: case-days
    double lost = 0;
    double late = 0;
    double reentry = 0;  ///< cases' worth of work
    double arrived = 0;  ///< up to the return: arrived = served + backlog at the return + lost
    double served = 0;
    double backlog_at_return = 0;
    std::vector<Bend> bends;
};

[[nodiscard]] QueueResult queue(const QueueInput& input);

}  // namespace resmon::outage
