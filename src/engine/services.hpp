// The service stage over eight courses: when each mode of a service counts, the queue behind it in closed form, and
// what that means for people. Formulas: docs/model.md, modes of a service and backlog.
#pragma once

#include "engine/courses.hpp"

#include <array>
#include <cstddef>

namespace resmon::outage {

/// The most stretches of constant capacity: each fallback begins and ends, before them nothing, after them normal.
inline constexpr std::size_t most_stretches = 2 * most_fallbacks + 2;

/// One provision in eight courses. The last stretch is normal; stretches may be empty.
struct ProvidedLanes {
    std::size_t stretches = 0;
    std::array<Lanes, most_stretches + 1> begin;  ///< days, ascending; after the last: infinity
    std::array<Lanes, most_stretches> capacity;
    std::array<Lanes, most_stretches> kind;   ///< of mode, as a number
    Lanes first{};                            ///< day of the first capacity
    Lanes back{};                             ///< day of normal
    Lanes lost_days{};                        ///< up to the horizon
    Lanes peak{}, late{}, lost{}, reentry{};  ///< of queues, in cases
    Lanes cleared{};                          ///< day
    Lanes missed{};                           ///< of due dates: how many
    Lanes hours_beyond{};                     ///< of services that stand by
    /// Where the backlog bends, in working time since the disruption, with its slope from there on (days of demand).
    std::size_t bends = 0;
    std::array<Lanes, 2 * most_stretches + 2> bend_at, bend_slope, bend_day;
};

/// What `provide_lanes` is asked for beside the loss.
enum class Wanted { loss, everything };

void provide_lanes(const Program& program, Courses& courses, const ProvisionPlan& plan, Wanted wanted,
                   ProvidedLanes& result);

}  // namespace resmon::outage
