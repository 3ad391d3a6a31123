// The service stage over eight courses: when each mode of a service counts, the queue behind it in closed form, and
// what that means for people. Formulas: docs/model.md, modes of a service and backlog.
#pragma once

#include "engine/courses.hpp"
#include "engine/thresholds.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <vector>

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
    Lanes waiting{};                          ///< of queues, case days, without horizon
    Lanes cleared{};                          ///< day
    Lanes missed{};                           ///< of due dates: how many
    Lanes hours_beyond{};                     ///< of services that stand by
    /// Where the backlog bends, in working time since the disruption, with its slope from there on (days of demand).
    std::size_t bends = 0;
    std::array<Lanes, 2 * most_stretches + 2> bend_at, bend_slope, bend_day;
};

/// What `provide_lanes` is asked for beside the loss.
enum class Wanted {
    loss,
    backlog,  ///< also where it bends, its peak and the waiting
    everything
};

void provide_lanes(const Program& program, Courses& courses, const ProvisionPlan& plan, Wanted wanted,
                   ProvidedLanes& result);

/// Backlogs of provisions with one calendar added up: how the slope changes on each day. Days from the horizon on are
/// left out.
class BacklogSum {
public:
    explicit BacklogSum(std::size_t days) : days_{days}, changes_(days + 1) {}

    [[nodiscard]] bool is_empty() const { return !is_used_; }

    /// Precondition: the first bend is at the disruption, as after `provide_lanes`.
    RESMON_LANES void add(const ProvidedLanes& provided, double demand) {
        Lanes before = provided.bend_slope[0];
        if (any(before != Lanes{})) {
            first_slope_ = first_slope_ + before * demand;
            is_used_ = true;
        }
        for (std::size_t bend = 1; bend < provided.bends; ++bend) {
            const Lanes more = (provided.bend_slope[bend] - before) * demand;
            before = provided.bend_slope[bend];
            if (!any(more != Lanes{})) continue;
            is_used_ = true;
            const LaneInts day = day_index(provided.bend_day[bend], days_);
            const Lanes known = real(day);
            last_ = larger(last_, choose(known < static_cast<double>(days_), known, Lanes{}));
            const Change change{more, more * provided.bend_at[bend]};
            for (std::size_t lane = 0; lane < lane_count; ++lane) {
                Change::Pair& cell = changes_[static_cast<std::size_t>(day[lane])].pairs[lane];
                cell = cell + change.pairs[lane];
            }
        }
    }

    /// Calls `see` with each day and its cases, until nothing waits, and forgets them. `working_on` tells the working
    /// time from the disruption to a day. Returns how many days were seen.
    template <class WorkingOn, class See>
    RESMON_LANES std::size_t each(WorkingOn working_on, See see) {
        Lanes slope = first_slope_;
        Lanes offset{};
        std::size_t used = 0;
        for (std::size_t lane = 0; is_used_ && lane < lane_count; ++lane)
            used = std::max(used, static_cast<std::size_t>(last_[lane]) + 1);
        // What never ends goes on to the horizon.
        std::size_t until = used;
        for (std::size_t day = 0; day < until; ++day) {
            if (day < used) changes_[day].take(slope, offset);
            // What rounding leaves of a backlog is none: else a course would hear how long those beside it last.
            const Lanes goes_on = choose(larger(slope, -slope) > rounding, slope, Lanes{});
            Lanes cases = goes_on * working_on(day) - offset;
            cases = choose(cases > rounding, cases, Lanes{});
            if (day + 1 == used && (any(cases > 0.0) || any(goes_on != Lanes{}))) until = days_;
            see(day, cases);
        }
        is_used_ = false;
        last_ = first_slope_ = Lanes{};
        return until;
    }

private:
    /// Of the slope, and slope × working time; side by side, because both change at once.
    struct alignas(64) Change {
        using Pair [[gnu::vector_size(16)]] = double;
        Pair pairs[lane_count] = {};

        Change() = default;
        RESMON_LANES Change(const Lanes& slope, const Lanes& offset) {
            const Lanes::Half quarters[4] = {__builtin_shufflevector(slope.low, offset.low, 0, 4, 1, 5),
                                             __builtin_shufflevector(slope.low, offset.low, 2, 6, 3, 7),
                                             __builtin_shufflevector(slope.high, offset.high, 0, 4, 1, 5),
                                             __builtin_shufflevector(slope.high, offset.high, 2, 6, 3, 7)};
            std::memcpy(pairs, quarters, sizeof quarters);
        }

        RESMON_LANES void take(Lanes& slope, Lanes& offset) {
            Lanes::Half quarters[4];
            std::memcpy(quarters, pairs, sizeof quarters);
            slope = slope + Lanes{__builtin_shufflevector(quarters[0], quarters[1], 0, 2, 4, 6),
                                  __builtin_shufflevector(quarters[2], quarters[3], 0, 2, 4, 6)};
            offset = offset + Lanes{__builtin_shufflevector(quarters[0], quarters[1], 1, 3, 5, 7),
                                    __builtin_shufflevector(quarters[2], quarters[3], 1, 3, 5, 7)};
            const Lanes::Half zero{};
            for (std::size_t quarter = 0; quarter < 4; ++quarter) std::memcpy(&pairs[quarter * 2], &zero, sizeof zero);
        }
    };

    std::size_t days_;
    bool is_used_ = false;
    Lanes last_{};                 ///< by course: the last day of a change within the horizon
    Lanes first_slope_{};          ///< from the disruption on
    std::vector<Change> changes_;  ///< the last is of no day: what is left out
};

}  // namespace resmon::outage
