// The service stage of one course: when each mode of each service begins, and what that means for people.
#pragma once

#include "outage/backlog.hpp"
#include "outage/draw.hpp"
#include "outage/restore.hpp"
#include "outage/timeline.hpp"

#include <optional>
#include <span>
#include <vector>

namespace resmon::outage {

/// The day on which it is met (0 = from the beginning, infinity = never), and the resource whose return met it, if one
/// did.
struct Met {
    double day = 0;
    std::optional<Index> resource;
};

/// all = latest, any = earliest, at_least(k) = k-th smallest. `up` by resource; of resources that return together the
/// one with the smallest `rank` counts.
[[nodiscard]] Met met(const Requirement& needs, std::span<const double> up, std::span<const Index> rank);

/// What every provision of a course needs, computed once.
struct CourseStage {
    std::vector<double> up;        ///< by resource, day of return; 0 if it did not fail
    std::vector<double> declared;  ///< by body, day of the declaration
    std::vector<Met> normal;       ///< by provision: its normal requirement
    std::vector<double>
        helper_capacity;  ///< by helper pool: spare / demand of those who name it and are hit; 0 if it is hit itself
};

void prepare(const Compiled& compiled, const Draws& draws, const Schedule& schedule, CourseStage& stage);

/// One provision in one course.
struct Provided {
    std::vector<BegunMode> modes;  ///< in the order of the case
    std::vector<CountingMode> counting;
    double back = 0;                ///< day of normal; 0 = never left it, infinity = never
    double lost_days = 0;           ///< up to the horizon
    QueueResult queue;              ///< of kind queue, in days of demand
    std::vector<double> bend_days;  ///< by bend of the queue: its day since the disruption
    int missed_dates = 0;
    double hours_beyond = 0;
};

void provide(const Compiled& compiled, const Draws& draws, const CourseStage& stage, Index provision, Provided& result);

}  // namespace resmon::outage
