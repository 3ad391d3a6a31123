#include "outage/chain.hpp"

#include <algorithm>

namespace resmon::outage {

namespace {

/// Latest to finish; ties by the order of the steps, which is that of ids.
template <class Steps>
Index latest(const Steps& steps, const Schedule& schedule) {
    return *std::ranges::max_element(steps, [&](Index one, Index other) {
        return schedule.finish[one] < schedule.finish[other] || (schedule.finish[one] == schedule.finish[other] && other < one);
    });
}

}  // namespace

void chain_to_activity(const Compiled& compiled, const Schedule& schedule, Index activity, std::vector<Link>& links) {
    const Case& outage = *compiled.outage;
    Index step = compiled.final_step[activity];
    while (schedule.finish[step] > 0) {
        const Index worked = compiled.steps[step].activity;
        const double work = schedule.finish[step] - schedule.start[step];
        const double wait = schedule.start[step] - schedule.ready[step];
        if (work > 0) links.push_back({compiled.activity_label[worked], false, work});
        if (wait > 0) {
            const auto& pool = outage.activities[worked].pool;
            links.push_back({pool ? compiled.pool_label[*pool] : compiled.office_hours_label, true, wait});
        }
        if (compiled.steps[step].before.empty()) return;
        step = latest(compiled.steps[step].before, schedule);
    }
}

void chain_to(const Compiled& compiled, const Schedule& schedule, Index resource, std::vector<Link>& links) {
    const std::vector<Index>& restored_by = compiled.outage->resources[resource].restored_by;
    if (restored_by.empty()) return;
    const Index last = *std::ranges::max_element(restored_by, [&](Index one, Index other) {
        const double first = schedule.finish[compiled.final_step[one]];
        const double second = schedule.finish[compiled.final_step[other]];
        return first < second || (first == second && compiled.final_step[other] < compiled.final_step[one]);
    });
    chain_to_activity(compiled, schedule, last, links);
}

}  // namespace resmon::outage
