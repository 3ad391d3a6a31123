// Crews over eight courses at once: small groups, and what both ways of scheduling have in common.
#pragma once

#include "engine/courses.hpp"

namespace resmon::outage {

struct GateTimes {
    double begin = 0;
    double finish = 0;
};

/// Of a gate that could begin at `now`, in one course: it may have to wait for a working day or for people.
[[nodiscard]] GateTimes gate_passes(const Program& program, const Courses& courses, Index step, std::size_t lane,
                                    double now);

/// Days since the start at which work goes on, not before `now`.
[[nodiscard]] double next_working(const WorkTable& days, double start, double now);
/// Days since the start at which work of `duration` is done that begins at `begin`. No table = every hour counts.
[[nodiscard]] double finish_on(const WorkTable* days, double start, double begin, double duration);

/// The crew that was free first becomes free at another time.
RESMON_LANES void crew_moves(Rows& free, Lanes until) {
    for (std::size_t crew = 1; crew < free.size(); ++crew) {
        free[crew - 1] = smaller(until, free[crew]);
        until = larger(until, free[crew]);
    }
    free.back() = until;
}

/// Fills `ready`, `begin` and `finish` of the group's steps. false = it must go event after event: it is not small and
/// plain (Group::by_priority), or in one of the courses a task has no duration or tasks go by lot.
[[nodiscard]] bool schedule_together(const Program& program, const Group& group, Courses& courses);

}  // namespace resmon::outage
