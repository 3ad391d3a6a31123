// One row of results per course, in general words, for programs that compare courses one by one.
#pragma once

#include "engine/forecast.hpp"

#include <span>
#include <vector>

namespace resmon::model_file {

struct CourseOutputs {
    /// Day from which half, four fifths, all of the services of all bodies (by count) are back in normal mode; infinity
    /// if never.
    double services_half = 0, services_most = 0, services_all = 0;
    double loss_days = 0;          ///< up to the horizon, by weight
    double backlog_peak = 0;       ///< cases of all queues together, at the worst midnight up to the horizon
    double waiting_case_days = 0;  ///< without horizon
    std::vector<double> ability;   ///< on each of the days asked for, by weight; what begins at that instant counts
};

/// Row i is course i of `forecast` with the same sampling. Throws as `forecast`. threads: 0 = all.
[[nodiscard]] std::vector<CourseOutputs> course_outputs(const outage::Case& outage, const outage::Sampling& sampling,
                                                        std::span<const double> days, unsigned threads = 0);

}  // namespace resmon::model_file
