// Draws and crews of eight courses at once against one course.
#include "engine/courses.hpp"

#include "engine/any_case.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

namespace resmon::outage {
namespace {

bool are_equal(double one, double other) {
    return one == other || std::abs(one - other) <= 1e-9 * std::max(1.0, std::abs(one));
}

RC_GTEST_PROP(Courses, FinishEveryActivityAndReturnEveryResourceAsOneCourseDoes, ()) {
    const Case outage = AnyCase{60}.made();
    const Compiled ready = compiled(outage);
    const Program program = program_of(ready);
    const Sampling sampling{.seed = 7, .replications = 8};
    Courses courses = courses_for(program, sampling);
    begin_courses(program, 0, courses);
    for (std::uint32_t lane = 0; lane < lane_count; ++lane) {
        const Course one = course(outage, sampling, lane);
        for (std::size_t activity = 0; activity < outage.activities.size(); ++activity) {
            const Index step = ready.final_step[activity];
            if (!are_equal(one.activity_finish[activity], courses.finish[step][lane]))
                RC_FAIL(fmt::format("lane {} {} finishes {} and {} (ready {} starts {} and {})", lane,
                                    outage.activities[activity].id, one.activity_finish[activity],
                                    courses.finish[step][lane], courses.ready[step][lane], one.activity_start[activity],
                                    courses.begin[step][lane]));
        }
        for (std::size_t resource = 0; resource < outage.resources.size(); ++resource)
            RC_ASSERT(are_equal(one.resource_up[resource], courses.up[resource][lane]));
    }
}

}  // namespace
}  // namespace resmon::outage
