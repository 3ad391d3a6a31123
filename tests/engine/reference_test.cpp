// The engine over lanes against the model course by course: the same figures for any case.
#include "engine/any_case.hpp"
#include "engine/forecast.hpp"
#include "engine/same_forecast.hpp"
#include "engine/scalar_forecast.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace resmon::outage {
namespace {

void agrees(const Case& outage, std::uint32_t replications) {
    constexpr double tolerance = 1e-9;
    const Sampling sampling{.seed = 7, .replications = replications};
    Differences differences{tolerance};
    differences.compare(scalar_forecast(outage, sampling), *forecast(outage, sampling, {.threads = 2}));
    if (!differences.text().empty()) RC_FAIL(differences.text());
}

RC_GTEST_PROP(Reference, AgreesWithEightCoursesAtOnceForAnySmallCase, ()) {
    const Case outage = AnyCase{12}.made();
    agrees(outage, 19);
}

RC_GTEST_PROP(Reference, AgreesForCasesOfManyTasks, ()) {
    const Case outage = AnyCase{200}.made();
    agrees(outage, 9);
}

}  // namespace
}  // namespace resmon::outage
