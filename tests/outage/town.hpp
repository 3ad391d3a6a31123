// Small cases for tests: a town is built line by line.
#pragma once

#include "outage/case.hpp"
#include "outage/compile.hpp"
#include "outage/restore.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace resmon::outage {

/// Figures are certain, durations have no spread, every hour counts: what is random is added where a test needs it.
class Town {
public:
    Case outage;

    Town() {
        outage.priority = Priority::list;
        outage.start = 19'660;  // 2023-10-30, a Monday
        outage.severity_share = figure(0.3);
        outage.owner_share = figure(0.1);
        outage.overtime = figure(0.2);
        outage.data_loss_days = figure(0);
        outage.data_loss_effort = figure(0);
        outage.owners = {"owner"};
        outage.calendars = {WorkingCalendar::continuous()};
        outage.bodies.push_back({.key = "town", .inhabitants = 12'000});
    }

    Index figure(double value) { return uncertain(value, value, value); }
    Index uncertain(double low, double central, double high) {
        outage.estimates.push_back(
            {"figure-" + std::to_string(outage.estimates.size()), low, central, high, catalogue::Spread::uniform});
        return static_cast<Index>(outage.estimates.size() - 1);
    }

    Index crews(std::size_t number) {
        outage.pools.push_back(
            {.id = "pool-" + std::to_string(outage.pools.size()), .label = "crew", .slots = std::vector<Slot>(number)});
        return static_cast<Index>(outage.pools.size() - 1);
    }

    /// Tasks are tried in the order in which they are added.
    Index task(double days, Index pool, std::vector<Index> after = {}, int crews = 1, double sigma = 0) {
        const Index number = gate(days, std::move(after), sigma);
        outage.activities[number].pool = pool;
        outage.activities[number].crews = crews;
        return number;
    }

    Index gate(double days, std::vector<Index> after = {}, double sigma = 0) {
        const auto number = static_cast<Index>(outage.activities.size());
        const std::string id = "activity-" + std::to_string(1000 + number);
        outage.activities.push_back({.id = id,
                                     .label = id,
                                     .restore = {.median = figure(days), .sigma = figure(sigma)},
                                     .after = std::move(after),
                                     .rank = static_cast<double>(number)});
        return number;
    }

    /// Fails for certain and is back when the activity is done.
    Index resource(Index restored_by) {
        const auto number = static_cast<Index>(outage.resources.size());
        outage.resources.push_back(
            {.id = "resource-" + std::to_string(number), .fails = figure(1), .restored_by = {restored_by}});
        return number;
    }

    /// A service that needs the resource for its normal mode.
    Provision& service(Index resource, ServiceKind kind = ServiceKind::queue) {
        const auto number = static_cast<Index>(outage.services.size());
        outage.services.push_back({.id = "service-" + std::to_string(number), .kind = kind});
        Mode normal;
        normal.needs.kind = Requirement::Kind::resource;
        normal.needs.resource = resource;
        outage.provisions.push_back({.id = "town/service-" + std::to_string(number),
                                     .service = number,
                                     .weight = 1,
                                     .demand = 100,
                                     .modes = {normal}});
        return outage.provisions.back();
    }

    Mode fallback(ModeKind kind, double delay, double capacity) {
        Mode mode;
        mode.kind = kind;
        mode.delay = Duration{.median = figure(delay), .sigma = figure(0)};
        mode.capacity = figure(capacity);
        return mode;
    }
};

/// When every activity is done, by its position, with the durations of the case.
inline std::vector<double> finishes(const Case& outage, std::vector<double> durations = {}) {
    const Compiled ready = compiled(outage);
    std::vector<double> days;
    for (const Step& step : ready.steps)
        days.push_back(durations.empty() ? outage.estimates[outage.activities[step.activity].restore.median].central
                                         : durations[step.activity]);
    const std::vector<bool> all(days.size(), true);
    Schedule plan;
    schedule(ready, {*outage.start, days, all, all, ready.priority}, plan);
    std::vector<double> done;
    for (const Index step : ready.final_step) done.push_back(plan.finish[step]);
    return done;
}

inline double makespan(const Case& outage, const std::vector<double>& durations = {}) {
    return std::ranges::max(finishes(outage, durations));
}

}  // namespace resmon::outage
