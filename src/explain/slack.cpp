#include "explain/slack.hpp"

#include "outage/service_stage.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>
#include <utility>

namespace resmon::explain {

using outage::Case;
using outage::Index;
using outage::never;
using outage::Requirement;

namespace {

/// The requirement must be met by `limit`: until when each of its resources must be back for that.
void allow(const Requirement& needs, double limit, std::span<const double> up, std::span<const Index> rank,
           std::vector<double>& latest) {
    if (needs.kind == Requirement::Kind::resource) {
        latest[needs.resource] = std::min(latest[needs.resource], limit);
        return;
    }
    // What comes later than the limit is not needed. Of parts that return together one might do, but they may wait for
    // the same: none of them has more time.
    for (const Requirement& part : needs.of)
        if (outage::met(part, up, rank).day <= limit) allow(part, limit, up, rank, latest);
}

}  // namespace

Slack::Slack(const outage::Compiled& compiled, std::vector<Index> provisions)
    : compiled_{compiled}, provisions_{std::move(provisions)}, place_(compiled.steps.size()),
      of_pool_(compiled.outage->pools.size()) {
    std::vector<std::size_t> missing(compiled.steps.size());
    std::vector<Index> open;
    for (Index step = 0; step < compiled.steps.size(); ++step) {
        if (missing[step] = compiled.steps[step].before.size(); missing[step] == 0) open.push_back(step);
        if (const auto& pool = compiled.outage->activities[compiled.steps[step].activity].pool)
            of_pool_[*pool].push_back(step);
    }
    for (std::size_t next = 0; next < open.size(); ++next) {
        place_[open[next]] = static_cast<Index>(next);
        for (const Index after : compiled.steps[open[next]].after)
            if (--missing[after] == 0) open.push_back(after);
    }
}

/// By resource: the latest that changes no return to normal.
std::vector<double> Slack::latest_returns(const SeenCourse& course) const {
    const Case& outage = *compiled_.outage;
    std::vector<double> up(outage.resources.size());
    for (Index resource = 0; resource < up.size(); ++resource) up[resource] = course.up(resource);
    std::vector<double> latest(up.size(), never);
    for (const Index number : provisions_) {
        const Requirement& needs = outage.provisions[number].modes.front().needs;
        if (const double back = outage::met(needs, up, compiled_.resource_rank).day; back > 0)
            allow(needs, back, up, compiled_.resource_rank, latest);
    }
    return latest;
}

/// By step: the steps that waited for its crew, and for nothing else when they began.
std::vector<std::vector<Index>> Slack::taken_up_after(const SeenCourse& course) const {
    const Case& outage = *compiled_.outage;
    std::vector<std::vector<Index>> found(compiled_.steps.size());
    for (std::size_t number = 0; number < of_pool_.size(); ++number) {
        const auto& calendar = outage.pools[number].calendar;
        const auto works_from = [&](double day) {
            const double instant = course.start() + day;
            return calendar ? outage.calendars[*calendar].next_working(instant) : instant;
        };
        for (const Index later : of_pool_[number]) {
            const double begun = course.step_start(later);
            if (!course.is_needed(later) || begun >= never || begun <= course.step_ready(later)) continue;
            for (const Index earlier : of_pool_[number]) {
                const double done = course.step_finish(earlier);
                const bool is_work = course.is_needed(earlier) && course.step_start(earlier) < done;
                if (is_work && done <= begun + microsecond && works_from(done) >= course.start() + begun - microsecond)
                    found[earlier].push_back(later);
            }
        }
    }
    return found;
}

std::vector<double> Slack::in(const SeenCourse& course) const {
    const Case& outage = *compiled_.outage;
    const std::vector<double> latest_up = latest_returns(course);
    const auto next_of_crew = taken_up_after(course);
    std::vector<double> latest(compiled_.steps.size(), never);  // finish, by step
    for (Index resource = 0; resource < outage.resources.size(); ++resource)
        for (const Index activity : outage.resources[resource].restored_by)
            if (course.fails(resource)) {
                double& finish = latest[compiled_.final_step[activity]];
                finish = std::min(finish, latest_up[resource]);
            }

    std::vector<Index> order(compiled_.steps.size());
    std::iota(order.begin(), order.end(), Index{0});
    std::ranges::sort(order, [&](Index one, Index other) {
        return std::pair{course.step_start(one), place_[one]} > std::pair{course.step_start(other), place_[other]};
    });
    for (const Index step : order) {
        const auto leaves = [&](const std::vector<Index>& later) {
            for (const Index next : later) {
                const double wait = course.step_start(next) - course.step_finish(step);
                const double spare = latest[next] - course.step_finish(next);
                if (course.step_finish(step) < never && latest[next] < never)
                    latest[step] = std::min(latest[step], course.step_finish(step) + wait + spare);
            }
        };
        leaves(compiled_.steps[step].after);
        leaves(next_of_crew[step]);
    }

    std::vector<double> days(outage.activities.size(), never);
    for (Index activity = 0; activity < days.size(); ++activity)
        if (const Index step = compiled_.final_step[activity]; latest[step] < never)
            days[activity] = std::max(0.0, latest[step] - course.step_finish(step));
    return days;
}

}  // namespace resmon::explain
