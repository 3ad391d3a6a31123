#include "engine/crews.hpp"

#include "base/random.hpp"
#include "engine/courses.hpp"
#include "engine/crews_together.hpp"

#include <algorithm>
#include <cmath>

namespace resmon::outage {

namespace {

/// One group in one course.
class Scheduler {
public:
    Scheduler(const Program& program, const Group& group, std::size_t lane, Courses& courses)
        : program_{program}, case_{*program.compiled->outage}, group_{group}, lane_{lane}, courses_{courses},
          desk_{courses.desk}, start_{courses.start[lane]} {
        desk_.events.clear();
        if (desk_.crews.size() < group.pools.size()) desk_.crews.resize(group.pools.size());
        if (desk_.missing.size() < group.members.size()) {
            desk_.missing.resize(group.members.size());
            desk_.slots.resize(group.members.size());
        }
    }

    void run() {
        open_pools();
        for (std::uint32_t member = 0; member < group_.members.size(); ++member) await(member);
        while (!desk_.events.empty()) {
            const double now = desk_.events.front().at;
            // A task without duration is done at the instant of its start: its successors compete at that instant too.
            while (!desk_.events.empty() && desk_.events.front().at <= now) {
                while (!desk_.events.empty() && desk_.events.front().at <= now) happen(pop(), now);
                for (std::size_t pool = 0; pool < group_.pools.size(); ++pool)
                    if (!desk_.crews[pool].waiting.empty()) dispatch(pool, now);
            }
        }
    }

private:
    enum class What : std::uint32_t { done = 0, arrived = 1, wake = 2 };
    static constexpr std::uint32_t kinds = 4;

    void push(double at, What what, std::uint32_t member) {
        desk_.events.push_back({at, member * kinds + static_cast<std::uint32_t>(what)});
        std::ranges::push_heap(desk_.events, later);
    }

    CrewDesk::Event pop() {
        std::ranges::pop_heap(desk_.events, later);
        const CrewDesk::Event next = desk_.events.back();
        desk_.events.pop_back();
        return next;
    }

    static bool later(const CrewDesk::Event& one, const CrewDesk::Event& other) {
        return one.at > other.at || (one.at == other.at && one.what > other.what);
    }

    void open_pools() {
        for (std::size_t number = 0; number < group_.pools.size(); ++number) {
            const Pool& pool = case_.pools[group_.pools[number]];
            CrewDesk::Crew& crew = desk_.crews[number];
            crew.waiting.clear();
            crew.free = static_cast<std::uint32_t>(pool.slots.size());
            crew.is_plain =
                std::ranges::all_of(pool.slots, [](const Slot& slot) { return slot.from <= 0 && slot.to == never; });
            if (crew.is_plain) continue;
            crew.busy.assign(pool.slots.size(), false);
            for (const Slot& slot : pool.slots)
                if (slot.from > 0 && slot.from < never) push(slot.from, What::wake, 0);
        }
    }

    /// What earlier groups decided counts as one more predecessor, done at the latest of their times.
    void await(std::uint32_t number) {
        const Group::Member& member = group_.members[number];
        courses_.ready[member.step].put(lane_, never);
        courses_.begin[member.step].put(lane_, never);
        courses_.finish[member.step].put(lane_, never);
        desk_.missing[number] = static_cast<std::uint32_t>(member.inner_before.size());
        desk_.slots[number].clear();
        if (!member.inner_before.empty() && member.outer_before.empty()) return;
        double at = 0;
        for (const Index earlier : member.outer_before) at = std::max(at, courses_.finish[earlier][lane_]);
        ++desk_.missing[number];
        if (at < never) push(at, What::arrived, number);
    }

    void happen(CrewDesk::Event event, double now) {
        const std::uint32_t number = event.what / kinds;
        switch (static_cast<What>(event.what % kinds)) {
            case What::wake: return;
            case What::arrived: arrive(number, now); return;
            case What::done: break;
        }
        release(number);
        for (const std::uint32_t next : group_.members[number].inner_after) arrive(next, now);
    }

    void release(std::uint32_t number) {
        const Group::Member& member = group_.members[number];
        if (member.pool == Group::no_pool) return;
        CrewDesk::Crew& crew = desk_.crews[member.pool];
        for (const std::uint32_t slot : desk_.slots[number]) {
            if (crew.is_plain)
                crew.free += slot;  // how many it had
            else
                crew.busy[slot] = false;
        }
        desk_.slots[number].clear();
    }

    void arrive(std::uint32_t number, double now) {
        if (--desk_.missing[number] > 0) return;
        const Group::Member& member = group_.members[number];
        courses_.ready[member.step].put(lane_, now);
        if ((courses_.needed[member.step] >> lane_ & 1) == 0) {
            start(number, now, now);
            return;
        }
        if (member.pool != Group::no_pool) {
            auto& waiting = desk_.crews[member.pool].waiting;
            const std::pair entry{key_of(member, now), number};
            waiting.insert(std::ranges::upper_bound(waiting, entry), entry);
            return;
        }
        const auto [begin, finish] = gate_passes(program_, courses_, member.step, lane_, now);
        start(number, begin, finish);
    }

    /// Members are in the byte order of ids: their number breaks ties.
    [[nodiscard]] double key_of(const Group::Member& member, double now) const {
        if (case_.priority == Priority::first_come) return now;
        if ((courses_.by_lot[group_.pools[member.pool]] >> lane_ & 1) != 0)
            return uniform_draw(courses_.seed, courses_.first + static_cast<std::uint32_t>(lane_),
                                program_.compiled->activity_hash[member.activity], Purpose::lot);
        return program_.compiled->priority[member.activity];
    }

    void start(std::uint32_t number, double begin, double finish) {
        const Index step = group_.members[number].step;
        courses_.begin[step].put(lane_, begin);
        courses_.finish[step].put(lane_, finish);
        if (finish < never) push(finish, What::done, number);
    }

    [[nodiscard]] std::uint32_t free_slots(const Pool& pool, const CrewDesk::Crew& crew, double now) const {
        if (crew.is_plain) return crew.free;
        std::uint32_t free = 0;
        for (std::size_t slot = 0; slot < pool.slots.size(); ++slot) free += is_free(pool, crew, slot, now) ? 1U : 0U;
        return free;
    }

    [[nodiscard]] static bool is_free(const Pool& pool, const CrewDesk::Crew& crew, std::size_t slot, double now) {
        return !crew.busy[slot] && pool.slots[slot].from <= now && now < pool.slots[slot].to;
    }

    void dispatch(std::size_t number, double now) {
        const Pool& pool = case_.pools[group_.pools[number]];
        CrewDesk::Crew& crew = desk_.crews[number];
        std::uint32_t free = free_slots(pool, crew, now);
        if (free == 0) return;
        const WorkTable* days = pool.calendar ? &program_.work[*pool.calendar] : nullptr;
        if (days != nullptr) {
            const double working = next_working(*days, start_, now);
            if (working > now) {
                if (working < never) push(working, What::wake, 0);
                return;
            }
        }
        for (std::size_t place = 0; free > 0 && place < crew.waiting.size();) {
            const std::uint32_t next = crew.waiting[place].second;
            const Group::Member& member = group_.members[next];
            if (member.crews > free) {
                ++place;
                continue;
            }
            take_slots(pool, crew, next, now);
            free -= member.crews;
            start(next, now, finish_on(days, start_, now, courses_.duration[member.step][lane_]));
            crew.waiting.erase(crew.waiting.begin() + static_cast<std::ptrdiff_t>(place));
        }
    }

    void take_slots(const Pool& pool, CrewDesk::Crew& crew, std::uint32_t number, double now) {
        const std::uint32_t crews = group_.members[number].crews;
        if (crew.is_plain) {
            crew.free -= crews;
            desk_.slots[number].push_back(crews);
            return;
        }
        for (std::uint32_t slot = 0; desk_.slots[number].size() < crews; ++slot)
            if (is_free(pool, crew, slot, now)) {
                crew.busy[slot] = true;
                desk_.slots[number].push_back(slot);
            }
    }

    const Program& program_;
    const Case& case_;
    const Group& group_;
    std::size_t lane_;
    Courses& courses_;
    CrewDesk& desk_;
    double start_;
};

/// A step without crew, in all courses at once.
void pass_gate(const Program& program, const Group::Member& gate, Courses& courses) {
    Lanes ready{};
    for (const Index earlier : gate.outer_before) ready = larger(courses.finish[earlier], ready);
    Lanes begin = ready;
    Lanes finish = ready;
    for (std::size_t lane = 0; lane < lane_count; ++lane) {
        if ((courses.needed[gate.step] >> lane & 1) == 0) continue;
        if (gate.has_hours) {
            const GateTimes times = gate_passes(program, courses, gate.step, lane, ready[lane]);
            begin.put(lane, times.begin);
            finish.put(lane, times.finish);
        } else {
            finish.put(lane, ready[lane] + courses.duration[gate.step][lane]);
        }
    }
    courses.ready[gate.step] = ready;
    courses.begin[gate.step] = begin;
    courses.finish[gate.step] = finish;
}

/// Each task in list order takes the crew that becomes free first, in all courses at once.
void schedule_serially(const Program& program, Courses& courses) {
    const Compiled& compiled = *program.compiled;
    const Case& outage = *compiled.outage;
    std::vector<Rows> free(outage.pools.size());  // when crews become free, earliest first
    for (std::size_t pool = 0; pool < free.size(); ++pool) {
        for (const Slot& slot : outage.pools[pool].slots) free[pool].emplace_back(std::max(0.0, slot.from));
        std::ranges::sort(free[pool], {}, [](const Lanes& crew) { return crew[0]; });
    }
    for (const Index step : program.serial_order) {
        const Activity& activity = outage.activities[compiled.steps[step].activity];
        Lanes ready{};
        for (const Index earlier : compiled.steps[step].before) ready = larger(courses.finish[earlier], ready);
        const LaneMask needed = mask_of(courses.needed[step]);
        Lanes begin = ready;
        Lanes finish{};
        if (activity.pool) {
            Rows& crews = free[*activity.pool];
            begin = choose(needed, larger(crews.front(), ready), ready);
            finish = choose(needed, begin + courses.duration[step], ready);
            crew_moves(crews, choose(needed, finish, crews.front()));
        } else {
            for (std::size_t lane = 0; lane < lane_count; ++lane) {
                const bool is_needed = (courses.needed[step] >> lane & 1) != 0;
                const GateTimes times = is_needed ? gate_passes(program, courses, step, lane, ready[lane])
                                                  : GateTimes{ready[lane], ready[lane]};
                begin.put(lane, times.begin);
                finish.put(lane, times.finish);
            }
        }
        courses.ready[step] = ready;
        courses.begin[step] = begin;
        courses.finish[step] = finish;
    }
}

}  // namespace

void schedule_crews(const Program& program, Courses& courses) {
    if (program.compiled->outage->scheduling == Scheduling::serial) {
        schedule_serially(program, courses);
        return;
    }
    for (const Group& group : program.groups) {
        if (group.pools.empty() && group.members.size() == 1) {
            pass_gate(program, group.members.front(), courses);
            continue;
        }
        if (schedule_together(program, group, courses)) continue;
        for (std::size_t lane = 0; lane < lane_count; ++lane) Scheduler{program, group, lane, courses}.run();
    }
}

}  // namespace resmon::outage
