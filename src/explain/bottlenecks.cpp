#include "explain/bottlenecks.hpp"

#include "explain/courses.hpp"

#include <algorithm>
#include <map>

namespace resmon::explain {

using outage::Case;
using outage::Index;
using outage::Pool;

namespace {

std::map<std::string, std::vector<Index>> pools_by_label(const Case& outage) {
    std::map<std::string, std::vector<Index>> found;
    for (Index pool = 0; pool < outage.pools.size(); ++pool) found[outage.pools[pool].label].push_back(pool);
    return found;
}

Case with_one_more(Case outage, const std::vector<Index>& pools) {
    for (const Index pool : pools) outage.pools[pool].slots.emplace_back();
    return outage;
}

/// Crew-days by pool, in one course.
struct Spent {
    double worked = 0;
    double last = 0;  ///< day on which the last task is done
};

std::vector<Spent> spent_in(const Case& outage, const SeenCourse& course) {
    std::vector<Spent> spent(outage.pools.size());
    for (Index number = 0; number < course.compiled().steps.size(); ++number) {
        const outage::Activity& task = outage.activities[course.compiled().steps[number].activity];
        const double done = course.step_finish(number);
        if (!task.pool || !course.is_needed(number) || done >= outage::never) continue;
        spent[*task.pool].worked += task.crews * (done - course.step_start(number));
        spent[*task.pool].last = std::max(spent[*task.pool].last, done);
    }
    return spent;
}

double crew_days(const Pool& pool, double until) {
    double days = 0;
    for (const outage::Slot& slot : pool.slots) days += std::max(0.0, std::min(slot.to, until) - slot.from);
    return days;
}

}  // namespace

std::vector<Bottleneck> bottlenecks(const Case& outage, const outage::Sampling& sampling) {
    const auto labels = pools_by_label(outage);
    const auto losses = outage::course_losses(outage, sampling);
    const auto forecast = outage::forecast(outage, sampling);
    std::vector<std::vector<Spent>> spent(sampling.replications);
    each_course(outage, sampling.seed, 0, sampling.replications,
                [&](const SeenCourse& course) { spent[course.number()] = spent_in(outage, course); });

    std::vector<Bottleneck> rows;
    for (const auto& [label, pools] : labels) {
        Bottleneck row{.label = label, .sites = pools.size()};
        double worked = 0;
        double there = 0;
        for (const Index pool : pools) {
            row.crews += outage.pools[pool].slots.size();
            for (const std::vector<Spent>& course : spent) {
                worked += course[pool].worked;
                there += crew_days(outage.pools[pool], course[pool].last);
            }
        }
        if (worked == 0) continue;
        row.busy = worked / there;
        for (const outage::ChainLink& link : forecast->chain)
            if (link.waiting && link.label == label) {
                row.critical = link.share;
                row.waiting_days = link.mean_days;
            }
        row.gained =
            statistics::paired_difference(losses, outage::course_losses(with_one_more(outage, pools), sampling));
        rows.push_back(std::move(row));
    }
    std::ranges::stable_sort(rows, std::ranges::greater{}, [](const Bottleneck& row) { return row.gained.mean; });
    return rows;
}

}  // namespace resmon::explain
