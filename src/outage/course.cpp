#include "outage/course.hpp"

#include <functional>

namespace resmon::outage {

namespace {

/// By body, in the order of the case.
struct BodyLosses {
    std::vector<double> weighted;
    std::vector<double> weight;
};

/// Calls `seen` with each provision once it stands in `work.provided`.
BodyLosses provide_all(const Compiled& ready, Workspace& work, const std::function<void(Index)>& seen) {
    const Case& outage = *ready.outage;
    BodyLosses losses{std::vector<double>(outage.bodies.size(), 0), std::vector<double>(outage.bodies.size(), 0)};
    for (const Index number : ready.by_id) {
        const Provision& provision = outage.provisions[number];
        provide(ready, work.draws, work.stage, number, work.provided);
        if (seen) seen(number);
        losses.weighted[provision.body] += provision.weight * work.provided.lost_days;
        losses.weight[provision.body] += provision.weight;
    }
    return losses;
}

}  // namespace

void begin_course(const Compiled& compiled, const Sampling& sampling, std::uint32_t replication, Workspace& workspace) {
    draw(compiled, sampling, replication, workspace.draws);
    schedule(compiled,
             {workspace.draws.start, workspace.draws.duration, workspace.draws.needed, workspace.draws.reached,
              workspace.draws.priority},
             workspace.schedule);
    prepare(compiled, workspace.draws, workspace.schedule, workspace.stage);
}

Course course(const Case& outage, const Sampling& sampling, std::uint32_t replication) {
    const Compiled ready = compiled(outage);
    Workspace work;
    begin_course(ready, sampling, replication, work);
    Course result{.start = work.draws.start, .resource_up = work.stage.up};
    for (const Index step : ready.final_step) {
        result.activity_start.push_back(work.schedule.start[step]);
        result.activity_finish.push_back(work.schedule.finish[step]);
    }
    result.mode_begin.resize(outage.provisions.size());
    const BodyLosses losses = provide_all(ready, work, [&](Index number) {
        for (const BegunMode& mode : work.provided.modes) result.mode_begin[number].push_back(mode.begin);
    });
    for (std::size_t body = 0; body < outage.bodies.size(); ++body)
        result.loss_days.push_back(losses.weight[body] > 0 ? losses.weighted[body] / losses.weight[body] : 0);
    return result;
}

}  // namespace resmon::outage
