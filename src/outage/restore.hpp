// Restoration: who works on what, when, and what decided a return. Parallel schedule generation over all crew pools at
// once.
#pragma once

#include "outage/compile.hpp"

#include <span>
#include <vector>

namespace resmon::outage {

/// By step, in days since the disruption; infinity for what is never reached.
struct Schedule {
    std::vector<double> ready;  ///< everything before it is done
    std::vector<double> start;
    std::vector<double> finish;
};

/// The inputs of a schedule, by step (`priority` by activity).
struct Workload {
    double start = 0;  ///< instant of the disruption, for calendars
    std::span<const double> duration;
    const std::vector<bool>& needed;
    const std::vector<bool>& reached;
    std::span<const double> priority;  ///< smallest first; ties by id
};

/// At each instant completions come before starts; ready tasks are tried in order of priority and each that fits the
/// free crews starts, also past a larger one that does not fit. A slot takes no task that would start at or after its
/// end and finishes what it has. Nothing of a pool with a calendar starts outside its working days. Source: Kolisch
/// 1996, parallel scheduling scheme. Time steps × log steps.
/// With Scheduling::serial: each task in list order takes the crew that becomes free first, and starts when the crew is
/// free and everything before it is done. Source: Kolisch 1996, serial scheduling scheme with one list for all crews.
void schedule(const Compiled& compiled, const Workload& work, Schedule& result);

/// One link of a critical chain: which task, gate or wait held a return, and how long.
struct Link {
    Index label = 0;  ///< of Compiled::labels
    bool waiting = false;
    double days = 0;
};

/// From the return of the resource back to the disruption: the days of all links add up to `up` of the resource.
/// Last link first. Empty for a resource that did not fail.
void chain_to(const Compiled& compiled, const Schedule& schedule, Index resource, std::vector<Link>& links);

/// Of an activity's completion.
void chain_to_activity(const Compiled& compiled, const Schedule& schedule, Index activity, std::vector<Link>& links);

}  // namespace resmon::outage
