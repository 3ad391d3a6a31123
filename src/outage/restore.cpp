#include "outage/restore.hpp"

#include <algorithm>
#include <functional>
#include <queue>
#include <utility>

namespace resmon::outage {

namespace {

double next_working(const Case& outage, const Workload& work, Index calendar, double now) {
    // `now` came from an instant and loses its last bits on the way: within a microsecond of midnight it is midnight.
    const WorkingCalendar& days = outage.calendars[calendar];
    if (days.is_working(work.start + now) || days.is_working(work.start + now + microsecond)) return now;
    return days.next_working(work.start + now) - work.start;
}

double finish_on(const Case& outage, const Workload& work, const std::optional<Index>& calendar, double start,
                 double duration) {
    if (!calendar || start == never) return start + duration;
    const WorkingCalendar& days = outage.calendars[*calendar];
    const double finish = days.instant_of(days.working_time(work.start + start) + duration) - work.start;
    return std::max(finish, start);
}

/// When a gate begins that could from `now` on.
double gate_begins(const Case& outage, const Workload& work, const Activity& gate, Index step, double now) {
    if (gate.calendar) return next_working(outage, work, *gate.calendar, now);
    if (!gate.reachability || work.reached[step]) return now;
    const double instant = work.start + now;
    const double open = next_open(outage.calendars[gate.reachability->calendar], outage.office_hours, instant);
    return open > instant ? std::max(now, open - work.start) : now;
}

class Scheduler {
public:
    Scheduler(const Compiled& compiled, const Workload& work, Schedule& result)
        : compiled_{compiled}, case_{*compiled.outage}, work_{work}, result_{result}, waiting_(case_.pools.size()),
          busy_(case_.pools.size()), slots_of_(compiled.steps.size()), missing_(compiled.steps.size()) {
        const std::size_t steps = compiled.steps.size();
        result_.ready.assign(steps, never);
        result_.start.assign(steps, never);
        result_.finish.assign(steps, never);
        for (std::size_t pool = 0; pool < case_.pools.size(); ++pool) {
            busy_[pool].assign(case_.pools[pool].slots.size(), false);
            for (const Slot& slot : case_.pools[pool].slots)
                if (slot.from > 0 && slot.from < never) wakes_.push(slot.from);
        }
    }

    void run() {
        for (Index step = 0; step < compiled_.steps.size(); ++step) {
            missing_[step] = compiled_.steps[step].before.size();
            if (missing_[step] == 0) become_ready(step, 0);
        }
        wakes_.push(0);
        while (!completions_.empty() || !wakes_.empty()) {
            const double now = std::min(completions_.empty() ? never : completions_.top().first,
                                        wakes_.empty() ? never : wakes_.top());
            while (!wakes_.empty() && wakes_.top() <= now) wakes_.pop();
            complete_all(now);
            dispatch(now);
            // A task without duration is done at the instant of its start: its successors compete at that instant too.
            while (!completions_.empty() && completions_.top().first <= now) {
                complete_all(now);
                dispatch(now);
            }
        }
    }

private:
    using Completion = std::pair<double, Index>;

    void complete_all(double now) {
        while (!completions_.empty() && completions_.top().first <= now) {
            const Index step = completions_.top().second;
            completions_.pop();
            release(step);
            for (const Index next : compiled_.steps[step].after)
                if (--missing_[next] == 0) become_ready(next, now);
        }
    }

    void release(Index step) {
        const auto& pool = case_.activities[compiled_.steps[step].activity].pool;
        for (const Index slot : slots_of_[step]) busy_[*pool][slot] = false;
        slots_of_[step].clear();
    }

    void become_ready(Index step, double now) {
        const Activity& activity = case_.activities[compiled_.steps[step].activity];
        result_.ready[step] = now;
        if (!work_.needed[step]) {
            begin(step, now, now);
            return;
        }
        if (activity.pool) {
            auto& waiting = waiting_[*activity.pool];
            const double key =
                case_.priority == Priority::first_come ? now : work_.priority[compiled_.steps[step].activity];
            // Steps are in the byte order of ids: the position breaks ties.
            waiting.insert(std::ranges::upper_bound(waiting, std::pair{key, step}), {key, step});
            return;
        }
        const double start = gate_begins(case_, work_, activity, step, now);
        begin(step, start, finish_on(case_, work_, activity.calendar, start, work_.duration[step]));
    }

    void begin(Index step, double start, double finish) {
        result_.start[step] = start;
        result_.finish[step] = finish;
        if (finish < never) completions_.emplace(finish, step);
    }

    void dispatch(double now) {
        for (std::size_t pool = 0; pool < waiting_.size(); ++pool)
            if (!waiting_[pool].empty()) dispatch(case_.pools[pool], pool, now);
    }

    void dispatch(const Pool& pool, std::size_t number, double now) {
        if (pool.calendar) {
            const double working = next_working(case_, work_, *pool.calendar, now);
            if (working > now) {
                if (working < never) wakes_.push(working);
                return;
            }
        }
        std::size_t free = 0;
        for (std::size_t slot = 0; slot < pool.slots.size(); ++slot) free += is_free(pool, number, slot, now) ? 1U : 0U;
        auto& waiting = waiting_[number];
        for (auto next = waiting.begin(); free > 0 && next != waiting.end();) {
            const Index step = next->second;
            const auto crews = static_cast<std::size_t>(case_.activities[compiled_.steps[step].activity].crews);
            if (crews > free) {
                ++next;
                continue;
            }
            for (Index slot = 0; slots_of_[step].size() < crews; ++slot)
                if (is_free(pool, number, slot, now)) {
                    busy_[number][slot] = true;
                    slots_of_[step].push_back(slot);
                }
            free -= crews;
            begin(step, now, finish_on(case_, work_, pool.calendar, now, work_.duration[step]));
            next = waiting.erase(next);
        }
    }

    [[nodiscard]] bool is_free(const Pool& pool, std::size_t number, std::size_t slot, double now) const {
        return !busy_[number][slot] && pool.slots[slot].from <= now && now < pool.slots[slot].to;
    }

    const Compiled& compiled_;
    const Case& case_;
    const Workload& work_;
    Schedule& result_;
    std::priority_queue<Completion, std::vector<Completion>, std::greater<>> completions_;
    std::priority_queue<double, std::vector<double>, std::greater<>> wakes_;
    std::vector<std::vector<std::pair<double, Index>>> waiting_;  ///< by pool, in order of priority
    std::vector<std::vector<bool>> busy_;                         ///< by pool, by slot
    std::vector<std::vector<Index>> slots_of_;                    ///< by step
    std::vector<std::size_t> missing_;                            ///< by step: predecessors not done
};

/// Latest to finish; ties by the order of the steps, which is that of ids.
template <class Steps>
Index latest(const Steps& steps, const Schedule& schedule) {
    return *std::ranges::max_element(steps, [&](Index one, Index other) {
        return schedule.finish[one] < schedule.finish[other] ||
               (schedule.finish[one] == schedule.finish[other] && other < one);
    });
}

/// The checker has seen to it that all before a task in precedence is before it in the list, so that taking whatever is
/// ready, gates first, takes the tasks in the order of the list.
void schedule_serially(const Compiled& compiled, const Workload& work, Schedule& result) {
    const Case& outage = *compiled.outage;
    const std::size_t steps = compiled.steps.size();
    result.ready.assign(steps, 0);
    result.start.assign(steps, never);
    result.finish.assign(steps, never);
    std::vector<std::vector<double>> free(outage.pools.size());
    for (std::size_t pool = 0; pool < free.size(); ++pool)
        for (const Slot& slot : outage.pools[pool].slots) free[pool].push_back(std::max(0.0, slot.from));

    using Place = std::pair<double, Index>;
    std::priority_queue<Place, std::vector<Place>, std::greater<>> open;
    std::vector<std::size_t> missing(steps);
    const auto add = [&](Index step) {
        const Index activity = compiled.steps[step].activity;
        open.emplace(outage.activities[activity].pool ? work.priority[activity] : -never, step);
    };
    for (Index step = 0; step < steps; ++step)
        if (missing[step] = compiled.steps[step].before.size(); missing[step] == 0) add(step);
    while (!open.empty()) {
        const Index step = open.top().second;
        open.pop();
        const Activity& activity = outage.activities[compiled.steps[step].activity];
        double& start = result.start[step] = result.ready[step];
        double& finish = result.finish[step];
        if (!work.needed[step]) {
            finish = start;
        } else if (activity.pool) {
            double& crew = *std::ranges::min_element(free[*activity.pool]);
            start = std::max(start, crew);
            finish = crew = start + work.duration[step];
        } else {
            start = gate_begins(outage, work, activity, step, start);
            finish = finish_on(outage, work, activity.calendar, start, work.duration[step]);
        }
        for (const Index next : compiled.steps[step].after) {
            result.ready[next] = std::max(result.ready[next], finish);
            if (--missing[next] == 0) add(next);
        }
    }
}

}  // namespace

void schedule(const Compiled& compiled, const Workload& work, Schedule& result) {
    switch (compiled.outage->scheduling) {
        case Scheduling::parallel: Scheduler{compiled, work, result}.run(); break;
        case Scheduling::serial: schedule_serially(compiled, work, result); break;
    }
}

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
