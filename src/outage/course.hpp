// One course of a case, from draws to modes: the model step by step. The engine computes many at once (engine/).
#pragma once

#include "outage/draw.hpp"
#include "outage/restore.hpp"
#include "outage/service_stage.hpp"

#include <cstdint>
#include <vector>

namespace resmon::outage {

/// One course in full, recomputed: what happened when. Same draws as in the forecast.
struct Course {
    double start = 0;                                     ///< instant of the disruption
    std::vector<double> activity_start, activity_finish;  ///< days since the disruption, by position in the case
    std::vector<double> resource_up;
    std::vector<std::vector<double>> mode_begin;  ///< by provision, by mode
    std::vector<double> loss_days;                ///< by body
};
[[nodiscard]] Course course(const Case& outage, const Sampling& sampling, std::uint32_t replication);

/// Memory that is kept from course to course.
struct Workspace {
    Draws draws;
    Schedule schedule;
    CourseStage stage;
    Provided provided;
};

/// Everything of a course up to the service stage.
void begin_course(const Compiled& compiled, const Sampling& sampling, std::uint32_t replication, Workspace& workspace);

}  // namespace resmon::outage
