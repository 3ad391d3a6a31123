#include "engine/services.hpp"

#include "base/random.hpp"
#include "lanes/elementary.hpp"
#include "lanes/philox.hpp"

#include <algorithm>
#include <cmath>

namespace resmon::outage {

namespace {

constexpr double normal_kind = static_cast<double>(ModeKind::normal);
constexpr double down_kind = static_cast<double>(ModeKind::down);

/// A fallback in eight courses.
struct Fallback {
    Lanes begin, end, capacity, sustained, reentry;
    double kind;
    bool has_end;
};

RESMON_LANES Lanes delayed(const Courses& courses, const ModePlan& mode, const Lanes& day) {
    if (!mode.activation) return day;
    return day + courses.shapes[mode.shape].delay * courses.activation[*mode.activation];
}

RESMON_LANES void begin_fallback(const Program& program, Courses& courses, const ProvisionPlan& plan,
                                 const ModePlan& mode, Fallback& fallback) {
    const Courses::Shape& shape = courses.shapes[mode.shape];
    const Lanes met = met_lanes(program, mode.needs, courses.up.data(), courses.stack.data());
    const Lanes begin = delayed(courses, mode, larger(met, courses.declared[plan.body]));
    fallback.begin = begin;
    fallback.end = mode.has_end ? begin + shape.endurance : Lanes(never);
    fallback.capacity = shape.capacity;
    fallback.sustained = shape.sustained;
    fallback.reentry = shape.reentry;
    fallback.kind = static_cast<double>(mode.kind);
    fallback.has_end = mode.has_end;
    if (mode.helpers.empty()) return;
    Lanes help{};
    for (const Index pool : mode.helpers) help = help + courses.helper_capacity[pool];
    const Lanes capacity = smaller(shape.stated, help);
    fallback.capacity = effective(capacity, shape.lawful);
    fallback.sustained = effective(smaller(capacity, shape.stated_sustained), shape.lawful);
}

/// The day since the start on which the working time is reached, for times within the table; others: infinity.
RESMON_LANES Lanes day_of(const WorkTable& days, const Lanes& start, const Lanes& origin, const Lanes& time) {
    if (days.is_continuous()) return time;
    const auto size = static_cast<double>(days.day_of().size());
    const Lanes total = time + origin;
    const auto is_inside = total < size;
    const Lanes inside = choose(is_inside, total, Lanes(0.5));
    // The earliest instant: a whole number of working days is reached at the end of the last of them.
    Lanes before = real(whole(inside));
    before = choose(before == inside, before - 1.0, before);
    const LaneInts row = whole(larger(before, Lanes{}));
    Lanes day{};
    for (std::size_t lane = 0; lane < lane_count; ++lane)
        day.put(lane, days.day_of()[static_cast<std::size_t>(row[lane])]);
    const Lanes reached = day + static_cast<double>(days.first_day()) + (inside - before) - start;
    return choose(is_inside, reached, Lanes(never));
}

/// Stretches of constant capacity before the return, the counting mode in each: at every instant the begun mode with
/// the largest effective capacity, at equal capacity the one of better quality.
RESMON_LANES void count_modes(const Fallback* fallbacks, std::size_t number, const Lanes& back, ProvidedLanes& result,
                              Lanes* reentry) {
    std::array<Lanes, most_stretches> changes;
    std::size_t count = 0;
    changes[count++] = Lanes{};
    for (std::size_t fallback = 0; fallback < number; ++fallback) {
        changes[count++] = fallbacks[fallback].begin;
        if (fallbacks[fallback].has_end) changes[count++] = fallbacks[fallback].end;
    }
    for (std::size_t last = 2; last < count; ++last)
        for (std::size_t place = last; place > 1; --place) {
            const Lanes less = smaller(changes[place], changes[place - 1]);
            changes[place] = larger(changes[place], changes[place - 1]);
            changes[place - 1] = less;
        }
    for (std::size_t change = 0; change < count; ++change) {
        Lanes best{};
        Lanes kind = Lanes(down_kind);
        Lanes again{};
        for (std::size_t number_of = 0; number_of < number; ++number_of) {
            const Fallback& mode = fallbacks[number_of];
            Lanes capacity = choose(changes[change] < mode.end, mode.capacity, mode.sustained);
            capacity = choose(mode.begin <= changes[change], capacity, Lanes{});
            const auto is_better = capacity > best;
            best = choose(is_better, capacity, best);
            kind = choose(is_better, Lanes(mode.kind), kind);
            again = choose(is_better, mode.reentry, again);
        }
        result.begin[change] = smaller(changes[change], back);
        result.capacity[change] = best;
        result.kind[change] = kind;
        reentry[change] = again;
    }
    result.begin[count] = back;
    result.capacity[count] = Lanes(1);
    result.kind[count] = Lanes(normal_kind);
    result.begin[count + 1] = Lanes(never);
    result.stretches = count + 1;
}

RESMON_LANES void lose_days(double horizon, ProvidedLanes& result) {
    result.first = result.back;
    result.lost_days = Lanes{};
    for (std::size_t stretch = result.stretches - 1; stretch-- > 0;) {
        const auto counts = (result.begin[stretch] < result.begin[stretch + 1]) & (result.capacity[stretch] > 0.0);
        result.first = choose(counts, result.begin[stretch], result.first);
    }
    for (std::size_t stretch = 0; stretch + 1 < result.stretches; ++stretch) {
        const Lanes from = smaller(result.begin[stretch], Lanes(horizon));
        const Lanes to = smaller(result.begin[stretch + 1], Lanes(horizon));
        result.lost_days = result.lost_days + (1.0 - smaller(result.capacity[stretch], Lanes(1))) * (to - from);
    }
}

/// A stretch of constant rate: of arrivals or of service.
struct Rate {
    Lanes from;
    Lanes rate;
    Lanes number;  ///< arrived or served until `from`
};

/// The queue of one provision: fluid, first come first served, in working time, demand 1 per working day.
struct Queue {
    std::array<Rate, most_stretches + 1> arrivals;
    std::array<Rate, 2 * most_stretches + 3> service;
    std::size_t arrival_count = 0;
    std::size_t service_count = 0;
    Lanes arrived{}, served{};
};

RESMON_LANES void bend(ProvidedLanes& result, const Lanes& at, const Lanes& day, const Lanes& slope) {
    result.bend_at[result.bends] = at;
    result.bend_day[result.bends] = day;
    result.bend_slope[result.bends++] = slope;
}

/// ∫ a(x) · 1{N(x) > S(x + D)} dx: an arrival is late if it is not served D after it came. For each stretch of arrivals
/// and each of service the difference is linear.
RESMON_LANES Lanes late_arrivals(const Queue& queue, double deadline, const Lanes& horizon) {
    // Rounding must not make those late who do not wait at all.
    constexpr double tolerance = 1e-9;
    const double limit = deadline + tolerance;
    Lanes late{};
    for (std::size_t arriving = 0; arriving < queue.arrival_count; ++arriving) {
        const Rate& here = queue.arrivals[arriving];
        const Lanes end =
            arriving + 1 < queue.arrival_count ? smaller(queue.arrivals[arriving + 1].from, horizon) : horizon;
        if (!any(here.from < end)) continue;
        for (std::size_t serving = 0; serving < queue.service_count; ++serving) {
            const Rate& there = queue.service[serving];
            const Lanes from = larger(here.from, there.from - limit);
            const Lanes to =
                serving + 1 < queue.service_count ? smaller(end, queue.service[serving + 1].from - limit) : end;
            const auto meet = from < to;
            if (!any(meet)) continue;
            const Lanes first = here.number + here.rate * (from - here.from) -
                                (there.number + there.rate * (from + limit - there.from));
            const Lanes last = first + (here.rate - there.rate) * (to - from);
            Lanes share = larger(first, last) / choose(first > last, first - last, last - first);
            share = choose(first == last, choose(first > 0.0, Lanes(1), Lanes{}),
                           smaller(larger(share, Lanes{}), Lanes(1)));
            late = late + choose(meet, here.rate * (to - from) * share, Lanes{});
        }
    }
    return late;
}

/// A count with a small mean as people see it: whole cases, by the inverse of the Poisson distribution at one uniform.
RESMON_LANES Lanes displayed_count(const Lanes& mean, const Lanes& uniform) {
    Lanes probability = exponential(-mean);
    Lanes cumulated = probability;
    Lanes count{};
    constexpr int most = 10'000;
    for (int next = 1; next <= most; ++next) {
        const auto goes_on = cumulated < uniform;
        if (!any(goes_on)) break;
        count = choose(goes_on, Lanes(next), count);
        probability = probability * (mean * (1.0 / next));
        cumulated = choose(goes_on, cumulated + probability, cumulated);
    }
    return count;
}

RESMON_LANES void show_whole_cases(const Program& program, const Courses& courses, const ProvisionPlan& plan,
                                   ProvidedLanes& result) {
    Lanes* const shown[] = {&result.late, &result.lost};
    for (std::uint32_t which = 0; which < 2; ++which)
        if (any(*shown[which] > 0.0))
            *shown[which] =
                displayed_count(*shown[which], uniform_lanes(courses.seed, courses.numbers,
                                                             program.compiled->provision_hash[plan.provision],
                                                             static_cast<std::uint32_t>(Purpose::count) + which));
}

/// `is_everything`: not only what Wanted::backlog names.
template <bool is_everything>
RESMON_LANES void run_queue(const Program& program, Courses& courses, const ProvisionPlan& plan, const Lanes* reentry,
                            ProvidedLanes& result) {
    const Case& outage = *program.compiled->outage;
    const Provision& provision = outage.provisions[plan.provision];
    const Service& service = outage.services[plan.service];
    const WorkTable& days = program.work[outage.bodies[plan.body].calendar];
    const Lanes far = Lanes(program.far);
    const Lanes origin = working(days, courses.start, Lanes{}, Lanes{});
    const Lanes horizon = working(days, courses.start, origin, Lanes(outage.horizon));
    const Lanes vanishing = service.vanishing ? courses.estimates[*service.vanishing] : Lanes{};
    const Lanes overtime = courses.estimates[outage.overtime];
    const auto was_out = result.back > 0.0;
    const auto returns = result.back < far;

    Queue queue;
    Lanes backlog{};
    Lanes peak{};
    Lanes waiting{};
    Lanes lost{};
    Lanes again{};
    Lanes last_gain{};
    Lanes from{};
    const std::size_t last = result.stretches - 1;
    for (std::size_t stretch = 0; stretch < last; ++stretch) {
        const Lanes to = working(days, courses.start, origin, smaller(result.begin[stretch + 1], far));
        const Lanes length = to - from;
        const Lanes capacity = result.capacity[stretch];
        const Lanes unserved = larger(Lanes{}, 1.0 - capacity);
        const Lanes arrivals = 1.0 - vanishing * unserved;
        const Lanes gain = capacity - arrivals;
        const auto drains = gain > 0.0;
        const Lanes emptying = backlog / gain;
        const Lanes drained = choose(drains, emptying, Lanes(never));
        const Lanes busy = smaller(length, drained);
        const auto empties = drained < length;
        if constexpr (is_everything) {
            queue.arrivals[queue.arrival_count++] = {from, arrivals, queue.arrived};
            queue.service[queue.service_count++] = {from, choose(busy > 0.0, capacity, arrivals), queue.served};
        }
        const Lanes slope = choose(busy > 0.0, -gain, Lanes{});
        bend(result, from, result.begin[stretch], slope);
        const auto splits = empties & (drained > 0.0);
        if (any(splits)) {
            const Lanes at = from + busy;
            if constexpr (is_everything)
                queue.service[queue.service_count++] = {at, arrivals, queue.served + capacity * busy};
            bend(result, at, choose(splits, day_of(days, courses.start, origin, at), Lanes(never)),
                 choose(splits, Lanes{}, slope));
        }
        if constexpr (is_everything) {
            const Lanes served = capacity * busy + arrivals * (length - busy);
            again = again + reentry[stretch] * served;
            lost = lost + vanishing * unserved * larger(Lanes{}, smaller(to, horizon) - smaller(from, horizon));
            queue.arrived = queue.arrived + arrivals * length;
            queue.served = queue.served + served;
        }
        const auto ends = result.begin[stretch + 1] < far;
        const Lanes unfinished = choose(empties, Lanes{}, backlog - gain * busy);
        const Lanes left = larger(Lanes{}, unfinished);
        waiting =
            waiting + choose(ends, (backlog + left) * 0.5 * busy, choose(drains, backlog * 0.5 * emptying, Lanes{}));
        backlog = left;
        const Lanes at_end = choose(ends, backlog, Lanes{});
        peak = larger(at_end, peak);
        last_gain = choose(length > 0.0, gain, last_gain);
        from = to;
    }
    // Never normal again: a queue that grows has no end, and who is in one that stays waits for ever.
    if (const auto stays_out = result.back >= far; any(stays_out)) {
        peak = choose(stays_out & (last_gain < 0.0), Lanes(never), peak);
        waiting = choose(stays_out & (last_gain <= 0.0) & (backlog > 0.0), Lanes(never), waiting);
    }

    // From the return on 1 + o while cases wait, then re-entry at rate o.
    const Lanes back = choose(returns, from, Lanes(never));
    const Lanes speed_up = choose(backlog > 0.0, overtime, Lanes{});
    const Lanes clearing = choose(backlog > 0.0, backlog / overtime, Lanes{});
    waiting = waiting + choose(returns, backlog * 0.5 * clearing, Lanes{});
    const Lanes done = back + clearing;
    bend(result, back, choose(returns, result.back, Lanes(never)), -speed_up);
    // Who never waited may have returned at the end of a working day before the disruption.
    bend(result, done, choose(clearing > 0.0, day_of(days, courses.start, origin, done), Lanes(never)), Lanes{});
    result.peak = peak * provision.demand;
    result.waiting = waiting * provision.demand;
    if constexpr (!is_everything) return;

    queue.arrivals[queue.arrival_count++] = {back, Lanes(1), queue.arrived};
    queue.service[queue.service_count++] = {back, 1.0 + speed_up, queue.served};
    queue.service[queue.service_count++] = {done, Lanes(1), queue.served + (1.0 + overtime) * (done - back)};
    const Lanes age = courses.estimates[outage.data_loss_days];
    const Lanes lost_data =
        courses.estimates[outage.data_loss_effort] * (origin - working(days, courses.start, Lanes{}, -age));
    // Re-entry begins with the return.
    again = choose(was_out & returns, again + lost_data, Lanes{});
    Lanes cleared = choose(again > 0.0, done + again / overtime, done);
    cleared = choose(cleared > 0.0, day_of(days, courses.start, origin, cleared), Lanes{});
    result.cleared = choose(was_out, choose(returns, cleared, Lanes(never)), Lanes{});

    result.reentry = again * provision.demand;
    result.lost = lost * provision.demand;
    result.late = std::isfinite(service.deadline) && any(from > service.deadline)
                      ? late_arrivals(queue, service.deadline, horizon) * provision.demand
                      : Lanes{};
    if (plan.is_rare) show_whole_cases(program, courses, plan, result);
}

/// How many due instants lie in stretches without capacity.
RESMON_LANES void miss_dates(const Case& outage, const Courses& courses, const ProvisionPlan& plan,
                             ProvidedLanes& result) {
    const std::vector<double>& instants = outage.services[plan.service].due_instants;
    result.missed = Lanes{};
    for (std::size_t lane = 0; lane < lane_count; ++lane) {
        const double start = courses.start[lane];
        std::size_t due = static_cast<std::size_t>(std::ranges::lower_bound(instants, start) - instants.begin());
        int missed = 0;
        for (std::size_t stretch = 0; stretch + 1 < result.stretches; ++stretch) {
            const double end = std::min(result.begin[stretch + 1][lane], outage.horizon);
            for (; due < instants.size() && instants[due] - start < end; ++due)
                missed += result.capacity[stretch][lane] > 0 ? 0 : 1;
        }
        result.missed.put(lane, missed);
    }
}

/// Hours of capacity 0 beyond the tolerable days, summed per contiguous stretch.
RESMON_LANES void stand_by(double tolerable_days, double horizon, ProvidedLanes& result) {
    Lanes without{};
    Lanes beyond{};
    for (std::size_t stretch = 0; stretch + 1 < result.stretches; ++stretch) {
        const Lanes length =
            smaller(result.begin[stretch + 1], Lanes(horizon)) - smaller(result.begin[stretch], Lanes(horizon));
        const auto is_zero = result.capacity[stretch] <= 0.0;
        const Lanes longer = choose(is_zero, without + length, choose(length > 0.0, Lanes{}, without));
        beyond = beyond + choose(is_zero,
                                 larger(Lanes{}, longer - tolerable_days) - larger(Lanes{}, without - tolerable_days),
                                 Lanes{});
        without = longer;
    }
    result.hours_beyond = beyond * 24.0;
}

RESMON_LANES void provide(const Program& program, Courses& courses, const ProvisionPlan& plan, Wanted wanted,
                          ProvidedLanes& result) {
    const Case& outage = *program.compiled->outage;
    const Lanes normal = met_lanes(program, plan.normal.needs, courses.up.data(), courses.stack.data());
    result.back = choose(normal > 0.0, delayed(courses, plan.normal, normal), Lanes{});
    result.bends = 0;
    std::array<Fallback, most_fallbacks> fallbacks;
    std::array<Lanes, most_stretches> reentry;
    std::size_t number = 0;
    // Whoever never left normal needs no fallback.
    if (any(result.back > 0.0))
        for (const ModePlan& mode : plan.fallbacks) begin_fallback(program, courses, plan, mode, fallbacks[number++]);
    count_modes(fallbacks.data(), number, result.back, result, reentry.data());
    lose_days(outage.horizon, result);
    if (wanted == Wanted::loss || (wanted == Wanted::backlog && plan.kind != ServiceKind::queue)) return;
    switch (plan.kind) {
        case ServiceKind::queue:
            if (wanted == Wanted::everything)
                run_queue<true>(program, courses, plan, reentry.data(), result);
            else
                run_queue<false>(program, courses, plan, reentry.data(), result);
            break;
        case ServiceKind::due_date: miss_dates(outage, courses, plan, result); break;
        case ServiceKind::standby:
            stand_by(outage.services[plan.service].tolerable_days, outage.horizon, result);
            break;
    }
}

void provide_baseline(const Program& program, Courses& courses, const ProvisionPlan& plan, Wanted wanted,
                      ProvidedLanes& result) {
    provide(program, courses, plan, wanted, result);
}
RESMON_FOR_AVX2 void provide_avx2(const Program& program, Courses& courses, const ProvisionPlan& plan, Wanted wanted,
                                  ProvidedLanes& result) {
    RESMON_LANES_OR_BASELINE(provide(program, courses, plan, wanted, result),
                             provide_baseline(program, courses, plan, wanted, result));
}
RESMON_FOR_AVX512 void provide_avx512(const Program& program, Courses& courses, const ProvisionPlan& plan,
                                      Wanted wanted, ProvidedLanes& result) {
    RESMON_LANES_OR_BASELINE(provide(program, courses, plan, wanted, result),
                             provide_baseline(program, courses, plan, wanted, result));
}

}  // namespace

void provide_lanes(const Program& program, Courses& courses, const ProvisionPlan& plan, Wanted wanted,
                   ProvidedLanes& result) {
    switch (courses.instructions) {
        case Instructions::avx512: provide_avx512(program, courses, plan, wanted, result); return;
        case Instructions::avx2: provide_avx2(program, courses, plan, wanted, result); return;
        case Instructions::baseline: provide_baseline(program, courses, plan, wanted, result); return;
    }
}

}  // namespace resmon::outage
