#include "engine/crews_together.hpp"

#include <algorithm>

namespace resmon::outage {

namespace {

/// A group with Group::by_priority in all courses at once: what needs no crew passes when what is before it is done;
/// then, in each course, the most important of the tasks that are ready when a crew becomes free takes it.
class Together {
public:
    RESMON_LANES Together(const Program& program, const Group& group, Courses& courses)
        : program_{program}, group_{group}, courses_{courses}, free_{courses.desk.free}, done_{courses.desk.done},
          waits_{courses.desk.waits} {
        const Pool& pool = program.compiled->outage->pools[group.pools.front()];
        if (pool.calendar) days_ = &program.work[*pool.calendar];
        if (days_ != nullptr && days_->is_continuous()) days_ = nullptr;
        // More crews than tasks have nothing to do.
        free_.assign(std::min(pool.slots.size(), group.by_priority.size()), Lanes{});
        done_.assign(group.members.size(), LaneMask{});
        waits_.assign(group.members.size(), LaneMask{});
        for (const Group::Member& member : group.members)
            courses.ready[member.step] = courses.begin[member.step] = courses.finish[member.step] = Lanes(never);
    }

    RESMON_LANES void run() {
        if (free_.empty()) return pass();
        do pass();
        while (start_one());
    }

private:
    RESMON_LANES void pass() {
        for (const std::uint32_t number : group_.in_order) {
            const Group::Member& member = group_.members[number];
            LaneMask arrives = ~(done_[number] | waits_[number]);
            for (const std::uint32_t earlier : member.inner_before) arrives = arrives & done_[earlier];
            if (!any(arrives)) continue;
            Lanes ready{};
            for (const std::uint32_t earlier : member.inner_before)
                ready = larger(courses_.finish[group_.members[earlier].step], ready);
            for (const Index earlier : member.outer_before) ready = larger(courses_.finish[earlier], ready);
            courses_.ready[member.step] = choose(arrives, ready, courses_.ready[member.step]);
            const LaneMask needed = mask_of(courses_.needed[member.step]);
            LaneMask passes = arrives & ~needed;
            if (member.pool == Group::no_pool)
                pass_gate(number, arrives & needed, ready), passes = arrives;
            else
                waits_[number] = waits_[number] | (arrives & needed);
            const LaneMask at_once = passes & ~needed;
            courses_.begin[member.step] = choose(at_once, ready, courses_.begin[member.step]);
            courses_.finish[member.step] = choose(at_once, ready, courses_.finish[member.step]);
            done_[number] = done_[number] | passes;
        }
    }

    RESMON_LANES void pass_gate(std::uint32_t number, const LaneMask& where, const Lanes& ready) {
        const Index step = group_.members[number].step;
        for (std::size_t lane = 0; lane < lane_count; ++lane) {
            if (!where[lane]) continue;
            const GateTimes times = gate_passes(program_, courses_, step, lane, ready[lane]);
            courses_.begin[step].put(lane, times.begin);
            courses_.finish[step].put(lane, times.finish);
        }
    }

    /// One task in each course. false = nothing waits that can ever start.
    RESMON_LANES bool start_one() {
        Lanes earliest = Lanes(never);
        for (const std::uint32_t number : group_.by_priority)
            earliest =
                smaller(choose(waits_[number], courses_.ready[group_.members[number].step], Lanes(never)), earliest);
        Lanes now = larger(earliest, free_.front());
        LaneMask open = now < never;
        if (!any(open)) return false;
        if (days_ != nullptr)
            for (std::size_t lane = 0; lane < lane_count; ++lane)
                now.put(lane, next_working(*days_, courses_.start[lane], now[lane]));
        Lanes moved = free_.front();
        for (const std::uint32_t number : group_.by_priority) {
            const Index step = group_.members[number].step;
            const LaneMask takes = open & waits_[number] & (courses_.ready[step] <= now);
            if (!any(takes)) continue;
            Lanes finish = now + courses_.duration[step];
            if (days_ != nullptr)
                for (std::size_t lane = 0; lane < lane_count; ++lane)
                    if (takes[lane])
                        finish.put(lane,
                                   finish_on(days_, courses_.start[lane], now[lane], courses_.duration[step][lane]));
            courses_.begin[step] = choose(takes, now, courses_.begin[step]);
            courses_.finish[step] = choose(takes, finish, courses_.finish[step]);
            moved = choose(takes, finish, moved);
            waits_[number] = waits_[number] & ~takes;
            done_[number] = done_[number] | takes;
            open = open & ~takes;
        }
        crew_moves(free_, moved);
        return true;
    }

    const Program& program_;
    const Group& group_;
    Courses& courses_;
    Rows& free_;
    std::vector<LaneMask>&done_, &waits_;
    const WorkTable* days_ = nullptr;  ///< of the pool
};

RESMON_LANES void all(const Program& program, const Group& group, Courses& courses) {
    Together{program, group, courses}.run();
}

void together_baseline(const Program& program, const Group& group, Courses& courses) { all(program, group, courses); }
RESMON_FOR_AVX512 void together_avx512(const Program& program, const Group& group, Courses& courses) {
    RESMON_LANES_OR_BASELINE(all(program, group, courses), together_baseline(program, group, courses));
}
RESMON_FOR_AVX2 void together_avx2(const Program& program, const Group& group, Courses& courses) {
    RESMON_LANES_OR_BASELINE(all(program, group, courses), together_baseline(program, group, courses));
}

/// A task without duration frees its crew at the instant at which it takes it: only event after event is exact then.
bool has_instant_task(const Group& group, const Courses& courses) {
    return std::ranges::any_of(group.by_priority, [&](std::uint32_t number) {
        const Index step = group.members[number].step;
        return any(mask_of(courses.needed[step]) & (courses.duration[step] <= 0.0));
    });
}

}  // namespace

double next_working(const WorkTable& days, double start, double now) {
    // `now` came from an instant and loses its last bits on the way: within a microsecond of midnight it is midnight.
    if (days.is_continuous() || now == never) return now;
    const double next = days.next_working(start + now);
    if (next <= start + now) return now;
    return days.next_working(start + now + microsecond) <= start + now + microsecond ? now : next - start;
}

double finish_on(const WorkTable* days, double start, double begin, double duration) {
    if (days == nullptr || days->is_continuous() || begin == never) return begin + duration;
    return std::max(days->instant_of(days->working_time(start + begin) + duration) - start, begin);
}

GateTimes gate_passes(const Program& program, const Courses& courses, Index step, std::size_t lane, double now) {
    const Case& outage = *program.compiled->outage;
    const Activity& gate = outage.activities[program.compiled->steps[step].activity];
    const double start = courses.start[lane];
    const double duration = courses.duration[step][lane];
    if (gate.calendar) {
        const WorkTable& days = program.work[*gate.calendar];
        const double begin = next_working(days, start, now);
        return {begin, finish_on(&days, start, begin, duration)};
    }
    if (!gate.reachability || (courses.reached[step] >> lane & 1) != 0) return {now, now + duration};
    const double open = next_open(program.work[gate.reachability->calendar], outage.office_hours, start + now);
    const double begin = open > start + now ? std::max(now, open - start) : now;
    return {begin, begin + duration};
}

bool schedule_together(const Program& program, const Group& group, Courses& courses) {
    if (group.by_priority.empty() || courses.by_lot[group.pools.front()] != 0 || has_instant_task(group, courses))
        return false;
    switch (courses.instructions) {
        case Instructions::avx512: together_avx512(program, group, courses); break;
        case Instructions::avx2: together_avx2(program, group, courses); break;
        case Instructions::baseline: together_baseline(program, group, courses); break;
    }
    return true;
}

}  // namespace resmon::outage
