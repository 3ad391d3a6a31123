// Outputs of courses computed eight at once are those of the model, course by course.
#include "model_file/course_outputs.hpp"
#include "engine/any_case.hpp"
#include "model_file/scalar_outputs.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <sstream>

namespace resmon::model_file {
namespace {

class Beside {
public:
    void compare(const char* what, double fast, double exact) {
        const double allowed = 1e-9 * std::max({1.0, std::abs(fast), std::abs(exact)});
        if (fast != exact && !(std::abs(fast - exact) <= allowed))
            told_ << what << ": " << fast << " and " << exact << '\n';
    }
    [[nodiscard]] std::string told() const { return told_.str(); }

private:
    std::ostringstream told_;
};

RC_GTEST_PROP(CourseOutputsOf, EightCoursesAreThoseOfEach, ()) {
    const outage::Case outage = outage::AnyCase{20}.made();
    const outage::Sampling sampling{.seed = 11, .replications = 19};
    constexpr std::array days{0.0, 7.5, 30.0, 150.0};
    const auto rows = course_outputs(outage, sampling, days, 2);
    const outage::Compiled ready = outage::compiled(outage);
    ScalarOutputs reference{ready, sampling, days};
    Beside beside;
    for (std::uint32_t course = 0; course < sampling.replications; ++course) {
        const CourseOutputs& fast = rows[course];
        const CourseOutputs exact = reference.outputs(course);
        beside.compare("half", fast.services_half, exact.services_half);
        beside.compare("most", fast.services_most, exact.services_most);
        beside.compare("all", fast.services_all, exact.services_all);
        beside.compare("loss", fast.loss_days, exact.loss_days);
        beside.compare("peak", fast.backlog_peak, exact.backlog_peak);
        beside.compare("waiting", fast.waiting_case_days, exact.waiting_case_days);
        for (std::size_t day = 0; day < days.size(); ++day)
            beside.compare("ability", fast.ability[day], exact.ability[day]);
    }
    if (!beside.told().empty()) RC_FAIL(beside.told());
}

}  // namespace
}  // namespace resmon::model_file
