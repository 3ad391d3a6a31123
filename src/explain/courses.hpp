// Every course of a case, one by one: what entered it and what came out. The only place here that knows the engine from
// inside.
#pragma once

#include "outage/draw.hpp"
#include "engine/forecast.hpp"

#include <cstdint>
#include <functional>

namespace resmon::explain {

struct SeenCourse {
    std::uint32_t number = 0;
    const outage::Compiled& compiled;
    const outage::Draws& draws;
    const outage::Course& course;
    double loss = 0;  ///< days, all bodies by weight, as outage::course_losses
};

/// Courses from `first` to before `end`, the same as outage::course gives. Calls `seen` from several threads at once,
/// each course once, in no order: what is kept must lie apart by the course's number. `threads`: 0 = all.
void each_course(const outage::Case& outage, std::uint64_t seed, std::uint32_t first, std::uint32_t end,
                 const std::function<void(const SeenCourse&)>& seen, unsigned threads = 0);

/// When each provision is back to normal: 0 = never left it, infinity = never.
[[nodiscard]] inline double back_to_normal(const outage::Course& course, std::size_t provision) {
    return course.mode_begin[provision].front();
}

/// The first day on which things with these days and weights (people) make up half of the weight; infinity if never.
/// Empty: 0.
[[nodiscard]] double day_of_half(std::vector<std::pair<double, double>> days);

}  // namespace resmon::explain
