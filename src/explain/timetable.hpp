// When each task and gate begins and ends, over all courses, and whether it decides the return: the plan as bands.
#pragma once

#include "engine/forecast.hpp"

#include <string>
#include <vector>

namespace resmon::explain {

/// 10, 50 and 90 % over the courses in which it is needed; infinity = not by then in that share of them.
struct Band {
    double p10 = 0, p50 = 0, p90 = 0;
};

/// All activities of one label: `directory/rebuild`, `containment`. Many sites share one; their middle is taken in each
/// course (half have begun, half are done).
struct TimetableRow {
    std::string label;
    bool is_gate = false;  ///< takes no crew
    double needed = 0;     ///< share of courses in which it has to be done at all
    Band start, finish;    ///< days since the disruption
    double critical = 0;   ///< share of courses in which it lies on the chain to a return, all services by weight
    double mean_days = 0;  ///< that it holds the return, over all courses
    /// Days by which it could end later without a service returning later (explain/slack.hpp); the middle site.
    Band slack;
};

/// By the median of their beginning, ties by label; only what is needed in some course. The chain is of one service if
/// it is named, else of all. Throws NotFound for a service that is not in the case, else as outage::forecast.
[[nodiscard]] std::vector<TimetableRow> timetable(const outage::Case& outage, const outage::Sampling& sampling,
                                                  const std::string& service = {});

}  // namespace resmon::explain
