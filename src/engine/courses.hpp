// Eight courses at once, up to the moment at which every resource is back: draws, gates, crews.
#pragma once

#include "engine/crews.hpp"
#include "engine/forecast.hpp"
#include "engine/program.hpp"
#include "lanes/instructions.hpp"
#include "lanes/lanes.hpp"

#include <cstdint>
#include <vector>

namespace resmon::outage {

using Rows = std::vector<Lanes>;        ///< one row of eight courses per thing
using LaneBits = std::uint8_t;          ///< one bit per course
using BitRows = std::vector<LaneBits>;  ///< one byte per thing

/// Rows by position in the case, those of steps by position in Compiled::steps.
struct Courses {
    Instructions instructions = Instructions::baseline;
    std::uint64_t seed = 0;
    std::uint32_t points = 0;  ///< as Sampling::points
    std::uint32_t first = 0;   ///< number of the first of the eight
    LaneWords numbers{};
    Lanes start{};  ///< instant of the disruption
    Rows estimates;
    Lanes severity{}, severity_loading{}, owner_loading{}, own_loading{};
    Rows owners, bodies;
    BitRows fails, survives;
    BitRows by_lot;  ///< of pools
    Rows duration;
    BitRows needed, reached;
    Rows ready, begin, finish;  ///< of steps, days since the disruption
    Rows up;                    ///< of resources; 0 if it did not fail
    Rows declared;              ///< by body
    Rows activation;            ///< by Program::activations
    struct Shape {
        Lanes capacity, sustained;  ///< effective
        Lanes endurance, reentry, delay;
        Lanes stated, lawful, stated_sustained;
    };
    std::vector<Shape> shapes;
    Rows helper_capacity;             ///< by helper pool
    Rows shared_normal;               ///< by provision of Program::shared_first: its normal requirement
    std::vector<Index> shared_place;  ///< by provision: place in shared_normal
    Rows stack;                       ///< for expressions
    CrewDesk desk;
};

/// Memory for courses of the program, with what never changes.
[[nodiscard]] Courses courses_for(const Program& program, const Sampling& sampling,
                                  Instructions instructions = best_instructions());

/// The eight courses from number `first` on, multiple of eight or not.
void begin_courses(const Program& program, std::uint32_t first, Courses& courses);

RESMON_LANES LaneMask mask_of(LaneBits bits) {
    const LaneMask::Half low{1, 2, 4, 8};
    const LaneMask::Half high = low << 4;
    const LaneMask::Half all = LaneMask::Half{} + bits;
    return {(all & low) != 0 ? lanes_detail::all : lanes_detail::none,
            (all & high) != 0 ? lanes_detail::all : lanes_detail::none};
}

/// min(k, ℓ·max(1, k)): the share of case variants that the law allows caps what the mode can do.
RESMON_LANES Lanes effective(const Lanes& capacity, const Lanes& lawful) {
    return smaller(capacity, lawful * larger(Lanes(1), capacity));
}

/// Working time since the start, of days since the start that are at most Program::far.
RESMON_LANES Lanes working(const WorkTable& days, const Lanes& start, const Lanes& origin, const Lanes& day) {
    if (days.is_continuous()) return day;
    const std::int32_t* before = days.before().data();
    const Lanes instant = start + day;
    const LaneInts row = whole(instant) - static_cast<std::int32_t>(days.first_day());
    Lanes from{};
    Lanes to{};
    for (std::size_t lane = 0; lane < lane_count; ++lane) {
        from.put(lane, before[row[lane]]);
        to.put(lane, before[row[lane] + 1]);
    }
    const Lanes part = instant - real(whole(instant));
    return from + choose(to > from, part, Lanes{}) - origin;
}

/// When the requirement is met, by course. A row of `courses.up` per resource.
RESMON_LANES Lanes met_lanes(const Program& program, const Expression& expression, const Lanes* up, Lanes* stack) {
    std::size_t top = 0;
    const Operation* operation = program.operations.data() + expression.first;
    const Operation* const end = operation + expression.count;
    if (expression.is_latest) {
        Lanes latest{};
        for (; operation != end; ++operation) latest = larger(up[operation->value], latest);
        return latest;
    }
    for (; operation != end; ++operation) {
        if (operation->kind == Operation::Kind::resource) {
            stack[top++] = up[operation->value];
            continue;
        }
        Lanes* const parts = stack + (top - operation->value);
        const std::size_t count = operation->value;
        top -= count;
        if (operation->kind == Operation::Kind::all) {
            Lanes latest{};
            for (std::size_t part = 0; part < count; ++part) latest = larger(parts[part], latest);
            stack[top++] = latest;
        } else if (operation->kind == Operation::Kind::any) {
            Lanes earliest = parts[0];
            for (std::size_t part = 1; part < count; ++part) earliest = smaller(parts[part], earliest);
            stack[top++] = earliest;
        } else {
            // The rank smallest in order, by exchanging neighbours.
            for (std::size_t place = 0; place < operation->rank; ++place)
                for (std::size_t part = count - 1; part > place; --part) {
                    const Lanes less = smaller(parts[part], parts[part - 1]);
                    parts[part] = larger(parts[part], parts[part - 1]);
                    parts[part - 1] = less;
                }
            const Lanes found = parts[operation->rank - 1];
            stack[top++] = found;
        }
    }
    return stack[0];
}

}  // namespace resmon::outage
