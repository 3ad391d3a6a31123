#include "engine/courses.hpp"

#include "base/random.hpp"
#include "lanes/elementary.hpp"
#include "lanes/philox.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace resmon::outage {

namespace {

RESMON_LANES LaneBits bits_of(const LaneMask& holds) {
    unsigned bits = 0;
    for (std::size_t lane = 0; lane < lane_count; ++lane) bits |= (holds[lane] ? 1U : 0U) << lane;
    return static_cast<LaneBits>(bits);
}

RESMON_LANES Lanes uniform(const Courses& courses, std::uint64_t entity, Purpose purpose, std::uint32_t attempt = 0) {
    return uniform_lanes(courses.seed, courses.numbers, entity, static_cast<std::uint32_t>(purpose) + attempt);
}

/// A draw that has its dimension among quasi-random points, if there are any.
RESMON_LANES Lanes uniform_in(const Courses& courses, std::uint8_t dimension, std::uint64_t entity, Purpose purpose,
                              std::uint32_t attempt = 0) {
    if (courses.points == 0 || dimension == Dimensions::none) return uniform(courses, entity, purpose, attempt);
    return quasi_random_lanes(courses.seed, courses.numbers, courses.points, dimension, entity,
                              static_cast<std::uint32_t>(purpose) + attempt,
                              static_cast<std::uint32_t>(Purpose::shift));
}

RESMON_LANES Lanes normal(const Courses& courses, std::uint64_t entity, Purpose purpose,
                          std::uint8_t dimension = Dimensions::none, std::uint32_t attempt = 0) {
    return normal_quantile_of(uniform_in(courses, dimension, entity, purpose, attempt));
}

RESMON_LANES Lanes within(double low, double high, catalogue::Spread spread, const Lanes& part) {
    const bool is_logarithmic = spread == catalogue::Spread::logarithmic && low > 0;
    if (!is_logarithmic) return low + part * (high - low);
    return low * exponential(part * logarithm(high / low));
}

RESMON_LANES void draw_estimates(const Program& program, Courses& courses) {
    const Case& outage = *program.compiled->outage;
    for (const Index figure : program.drawn) {
        const Estimate& estimate = outage.estimates[figure];
        courses.estimates[figure] = within(estimate.low, estimate.high, estimate.spread,
                                           uniform_in(courses, program.compiled->dimensions.estimates[figure],
                                                      program.compiled->estimate_hash[figure], Purpose::estimate));
    }
    for (const Index figure : program.mixed) {
        const Estimate& estimate = outage.estimates[figure];
        const Lanes part = uniform_in(courses, program.compiled->dimensions.estimates[figure],
                                      program.compiled->estimate_hash[figure], Purpose::estimate);
        const auto ranges = static_cast<double>(estimate.one_of.size());
        const Lanes place = part * ranges;
        const Lanes which = real(whole(smaller(place, Lanes(ranges - 1))));
        Lanes value{};
        for (std::size_t range = 0; range < estimate.one_of.size(); ++range)
            value = choose(
                which == static_cast<double>(range),
                within(estimate.one_of[range].low, estimate.one_of[range].high, estimate.spread, place - which), value);
        courses.estimates[figure] = value;
    }
    for (const Index figure : program.multiplied) {
        const Estimate& estimate = outage.estimates[figure];
        Lanes value = estimate.low == estimate.high ? Lanes(estimate.central) : courses.estimates[figure];
        for (const Index factor : estimate.factors) value = value * courses.estimates[factor];
        courses.estimates[figure] = smaller(value, Lanes(estimate.most));
    }
}

RESMON_LANES void draw_start(const Case& outage, Courses& courses) {
    using namespace std::chrono;
    if (outage.start) {
        courses.start = Lanes(*outage.start);
        return;
    }
    const sys_days first = year{outage.reference_year} / January / 1;
    const sys_days end = year{outage.reference_year + 1} / January / 1;
    const double hours = static_cast<double>((end - first).count()) * 24;
    const Lanes hour = real(whole(uniform(courses, entity_hash("start"), Purpose::start) * hours));
    courses.start = static_cast<double>(first.time_since_epoch().count()) + hour / 24.0;
}

/// √φ Z₀ + √φ' Z_owner + √(1 − φ − φ') Z_j
RESMON_LANES Lanes normal_sum(const Courses& courses, const std::optional<Loadings>& given, const Lanes& owner,
                              const Lanes& own) {
    Lanes severity_loading = courses.severity_loading;
    Lanes owner_loading = courses.owner_loading;
    Lanes own_loading = courses.own_loading;
    if (given) {
        severity_loading = Lanes(std::sqrt(given->severity));
        owner_loading = Lanes(std::sqrt(given->owner));
        own_loading = Lanes(std::sqrt(1 - given->severity - given->owner));
    }
    return severity_loading * courses.severity + owner_loading * owner + own_loading * own;
}

/// F⁻¹(Φ(sum)), as outage::quantile_at.
RESMON_LANES Lanes quantile_lanes(const Margin& margin, const Lanes& sum) {
    const Lanes below = normal_probability_of(sum);
    if (!margin.values.empty()) {
        const auto count = static_cast<double>(margin.values.size());
        Lanes days{};
        for (std::size_t lane = 0; lane < lane_count; ++lane) {
            const double rank = std::clamp(std::ceil(below[lane] * count), 1.0, count);
            days.put(lane, margin.values[static_cast<std::size_t>(rank) - 1]);
        }
        return days;
    }
    const double width = margin.most - margin.least;
    const double early = margin.likely - margin.least;
    const double late = margin.most - margin.likely;
    const Lanes above = normal_probability_of(Lanes(-sum));
    return choose(below * width <= Lanes(early), margin.least + elementary::square_root(Lanes(below * width * early)),
                  margin.most - elementary::square_root(Lanes(above * width * late)));
}

RESMON_LANES Lanes spread_factor(const Courses& courses, Index sigma, const Lanes& sum) {
    return exponential(courses.estimates[sigma] * sum);
}

RESMON_LANES void draw_factors(const Program& program, Courses& courses) {
    const Case& outage = *program.compiled->outage;
    const Lanes severity_share = courses.estimates[outage.severity_share];
    const Lanes owner_share = courses.estimates[outage.owner_share];
    courses.severity = normal(courses, entity_hash("severity"), Purpose::severity, Dimensions::severity);
    courses.severity_loading = elementary::square_root(severity_share);
    courses.owner_loading = elementary::square_root(owner_share);
    courses.own_loading = elementary::square_root(1.0 - severity_share - owner_share);
    for (std::size_t owner = 0; owner < outage.owners.size(); ++owner)
        courses.owners[owner] = normal(courses, program.compiled->owner_hash[owner], Purpose::owner,
                                       program.compiled->dimensions.owners[owner]);
    for (std::size_t body = 0; body < outage.bodies.size(); ++body)
        courses.bodies[body] = normal(courses, program.compiled->body_hash[body], Purpose::owner);
}

RESMON_LANES void draw_events(const Program& program, Courses& courses) {
    const Case& outage = *program.compiled->outage;
    for (const Index resource : program.failing) {
        const Index probability = *outage.resources[resource].fails;
        // A draw in (0, 1) is below 1 and not below 0: what is certain needs none.
        const Estimate& estimate = outage.estimates[probability];
        const bool is_certain = estimate.factors.empty() && estimate.low == estimate.high &&
                                (estimate.central >= 1 || estimate.central <= 0);
        courses.fails[resource] = is_certain ? (estimate.central >= 1 ? LaneBits{0xff} : LaneBits{0})
                                             : bits_of(uniform(courses, program.compiled->resource_hash[resource],
                                                               Purpose::failure) < courses.estimates[probability]);
    }
    for (std::size_t backup = 0; backup < outage.backups.size(); ++backup)
        courses.survives[backup] = bits_of(uniform_in(courses, program.compiled->dimensions.backups[backup],
                                                      program.compiled->backup_hash[backup], Purpose::backup_survives) <
                                           courses.estimates[outage.backups[backup].survives]);
    for (std::size_t pool = 0; pool < outage.pools.size(); ++pool)
        if (const auto& probability = outage.pools[pool].by_lot)
            courses.by_lot[pool] = bits_of(uniform(courses, program.compiled->estimate_hash[*probability],
                                                   Purpose::order) < courses.estimates[*probability]);
}

RESMON_LANES LaneBits attempts_fail(const Program& program, const Courses& courses, Index gate,
                                    std::uint32_t attempts) {
    const Lanes probability = courses.estimates[program.compiled->outage->activities[gate].setback->probability];
    LaneBits fail = 0xff;
    for (std::uint32_t attempt = 0; attempt < attempts && fail != 0; ++attempt)
        fail = static_cast<LaneBits>(fail & bits_of(uniform(courses, program.compiled->activity_hash[gate],
                                                            Purpose::gate_fails, attempt) < probability));
    return fail;
}

/// Nobody has to be reached for most steps: their row is never asked for.
RESMON_LANES LaneBits reached(const Program& program, const Courses& courses, const Step& step) {
    const auto& reachability = program.compiled->outage->activities[step.activity].reachability;
    if (!reachability) return 0;
    return bits_of(uniform(courses, program.compiled->activity_hash[step.activity], Purpose::reached, step.attempt) <
                   courses.estimates[reachability->probability]);
}

RESMON_LANES void draw_steps(const Program& program, Courses& courses) {
    const Compiled& compiled = *program.compiled;
    const Case& outage = *compiled.outage;
    for (std::size_t number = 0; number < compiled.steps.size(); ++number) {
        const Step& step = compiled.steps[number];
        const Activity& activity = outage.activities[step.activity];
        LaneBits needed = activity.resource ? courses.fails[*activity.resource] : LaneBits{0xff};
        if (needed != 0 && step.repeated_by)
            needed = static_cast<LaneBits>(needed &
                                           attempts_fail(program, courses, *step.repeated_by, step.failures_needed));
        courses.needed[number] = needed;
        if (needed == 0) continue;
        courses.reached[number] = reached(program, courses, step);
        Lanes median = courses.estimates[activity.restore.median];
        if (activity.backup && activity.rebuild_median)
            median = choose(mask_of(courses.survives[*activity.backup]), median,
                            courses.estimates[*activity.rebuild_median]);
        if (activity.restore.margin) median = Lanes(1);
        for (const Index multiplier : activity.restore.multipliers) median = median * courses.estimates[multiplier];
        const Lanes own = normal(courses, compiled.activity_hash[step.activity], Purpose::duration,
                                 compiled.dimensions.steps[number], step.attempt);
        const Lanes sum = normal_sum(courses, activity.restore.loadings, courses.owners[activity.owner], own);
        Lanes days = median * (activity.restore.margin ? quantile_lanes(*activity.restore.margin, sum)
                                                       : spread_factor(courses, activity.restore.sigma, sum));
        if (step.is_copy) days = days * courses.estimates[outage.activities[*step.repeated_by].setback->share];
        courses.duration[number] = days;
    }
}

RESMON_LANES Lanes figure(const Courses& courses, const std::optional<Index>& which, double otherwise) {
    return which ? courses.estimates[*which] : Lanes(otherwise);
}

RESMON_LANES void draw_modes(const Program& program, Courses& courses) {
    for (std::size_t number = 0; number < program.shapes.size(); ++number) {
        const ModeShape& shape = program.shapes[number];
        Courses::Shape& row = courses.shapes[number];
        row.stated = figure(courses, shape.capacity, 1);
        row.lawful = figure(courses, shape.lawful_share, 1);
        row.stated_sustained = figure(courses, shape.sustained, 0);
        row.endurance = figure(courses, shape.endurance, never);
        row.reentry = figure(courses, shape.reentry, 0);
        row.capacity = effective(row.stated, row.lawful);
        row.sustained = effective(smaller(row.stated, row.stated_sustained), row.lawful);
        row.delay = Lanes{};
        if (!shape.delay_median) continue;
        row.delay = courses.estimates[*shape.delay_median];
        for (const Index multiplier : shape.delay_multipliers) row.delay = row.delay * courses.estimates[multiplier];
    }
    for (std::size_t number = 0; number < program.activations.size(); ++number) {
        const Activation& activation = program.activations[number];
        courses.activation[number] =
            spread_factor(courses, activation.sigma,
                          normal_sum(courses, activation.loadings, courses.bodies[activation.body],
                                     normal(courses, activation.hash, Purpose::activation)));
    }
}

RESMON_LANES void draw_all(const Program& program, Courses& courses) {
    draw_estimates(program, courses);
    draw_start(*program.compiled->outage, courses);
    draw_factors(program, courses);
    draw_events(program, courses);
    draw_steps(program, courses);
    draw_modes(program, courses);
}

void draw_baseline(const Program& program, Courses& courses) { draw_all(program, courses); }
RESMON_FOR_AVX512 void draw_avx512(const Program& program, Courses& courses) {
    RESMON_LANES_OR_BASELINE(draw_all(program, courses), draw_baseline(program, courses));
}
RESMON_FOR_AVX2 void draw_avx2(const Program& program, Courses& courses) {
    RESMON_LANES_OR_BASELINE(draw_all(program, courses), draw_baseline(program, courses));
}

void return_resources(const Program& program, Courses& courses) {
    const Compiled& compiled = *program.compiled;
    const Case& outage = *compiled.outage;
    for (const Index resource : program.failing) {
        Lanes up{};
        if (courses.fails[resource] != 0) {
            const auto& restored_by = outage.resources[resource].restored_by;
            if (restored_by.empty()) up = Lanes(never);
            for (const Index activity : restored_by) up = larger(courses.finish[compiled.final_step[activity]], up);
            up = choose(mask_of(courses.fails[resource]), up, Lanes{});
        }
        courses.up[resource] = up;
    }
    for (std::size_t body = 0; body < outage.bodies.size(); ++body)
        if (const auto& declaration = outage.bodies[body].declaration)
            courses.declared[body] = courses.finish[compiled.final_step[*declaration]];
}

void share_helpers(const Program& program, Courses& courses) {
    const Compiled& compiled = *program.compiled;
    const Case& outage = *compiled.outage;
    for (std::size_t place = 0; place < program.shared_first.size(); ++place) {
        const ProvisionPlan& plan = program.provisions[program.plan_of[program.shared_first[place]]];
        courses.shared_normal[place] = met_lanes(program, plan.normal.needs, courses.up.data(), courses.stack.data());
    }
    for (std::size_t number = 0; number < compiled.helper_pools.size(); ++number) {
        const HelperPool& pool = compiled.helper_pools[number];
        Lanes demand{};
        for (const Index hit : pool.named_by)
            demand = demand + choose(courses.shared_normal[courses.shared_place[hit]] > 0.0,
                                     Lanes(outage.provisions[hit].demand), Lanes{});
        Lanes capacity = choose(demand > 0.0, pool.spare / demand, Lanes{});
        if (pool.provision)
            capacity = choose(courses.shared_normal[courses.shared_place[*pool.provision]] > 0.0, Lanes{}, capacity);
        courses.helper_capacity[number] = capacity;
    }
}

}  // namespace

Courses courses_for(const Program& program, const Sampling& sampling, Instructions instructions) {
    const Compiled& compiled = *program.compiled;
    const Case& outage = *compiled.outage;
    const std::size_t steps = compiled.steps.size();
    Courses courses;
    courses.instructions = instructions;
    courses.seed = sampling.seed;
    courses.points = sampling.points;
    courses.estimates.resize(outage.estimates.size());
    for (const Index figure : program.certain) courses.estimates[figure] = Lanes(outage.estimates[figure].central);
    courses.owners.resize(outage.owners.size());
    courses.bodies.resize(outage.bodies.size());
    courses.fails.resize(outage.resources.size());
    courses.survives.resize(outage.backups.size());
    courses.by_lot.assign(outage.pools.size(), outage.priority == Priority::by_lot ? LaneBits{0xff} : LaneBits{0});
    courses.duration.resize(steps);
    courses.needed.resize(steps);
    courses.reached.resize(steps);
    courses.ready.resize(steps);
    courses.begin.resize(steps);
    courses.finish.resize(steps);
    courses.up.resize(outage.resources.size());
    courses.declared.resize(outage.bodies.size());
    courses.activation.resize(program.activations.size());
    courses.shapes.resize(program.shapes.size());
    courses.helper_capacity.resize(compiled.helper_pools.size());
    courses.shared_normal.resize(program.shared_first.size());
    courses.shared_place.resize(outage.provisions.size());
    for (Index place = 0; place < program.shared_first.size(); ++place)
        courses.shared_place[program.shared_first[place]] = place;
    courses.stack.resize(program.deepest);
    return courses;
}

void begin_courses(const Program& program, std::uint32_t first, Courses& courses) {
    courses.first = first;
    for (std::size_t lane = 0; lane < lane_count; ++lane) courses.numbers.put(lane, first + lane);
    switch (courses.instructions) {
        case Instructions::avx512: draw_avx512(program, courses); break;
        case Instructions::avx2: draw_avx2(program, courses); break;
        case Instructions::baseline: draw_baseline(program, courses); break;
    }
    schedule_crews(program, courses);
    return_resources(program, courses);
    share_helpers(program, courses);
}

}  // namespace resmon::outage
