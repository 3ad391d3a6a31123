// Courses computed in parts, sent as bytes, added up.
#include "engine/any_case.hpp"
#include "engine/forecast.hpp"
#include "engine/same_forecast.hpp"

#include "base/error.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace resmon::outage {
namespace {

RC_GTEST_PROP(Computed, InPartsAndInAnyOrderGivesTheSameForecast, ()) {
    const Case outage = AnyCase{20}.made();
    const Sampling sampling{.seed = 3, .replications = 40};
    const Forecast whole = *forecast(outage, sampling, {.threads = 1});

    Computed late{outage, sampling};
    RC_ASSERT(late.compute(24, 40));
    Computed early{outage, sampling};
    // Not by eights: who is computed beside a course changes nothing of it.
    RC_ASSERT(early.compute(0, 5));
    RC_ASSERT(early.compute(5, 24));
    early.add(late.bytes());

    Differences differences{0};
    differences.compare(whole, early.forecast());
    if (!differences.text().empty()) RC_FAIL(differences.text());
}

RC_GTEST_PROP(Curve, IsThatOfTheWholeForecast, ()) {
    const Case outage = AnyCase{20}.made();
    const Sampling sampling{.seed = 5, .replications = 33};
    Differences differences{1e-9};
    differences.compare(*forecast(outage, sampling, {.threads = 2}), *curve(outage, sampling, {.threads = 2}));
    if (!differences.text().empty()) RC_FAIL(differences.text());
}

TEST(Computed, RefusesBytesOfAnotherSize) {
    rc::check([] {
        const Case outage = AnyCase{3}.made();
        Computed courses{outage, {.seed = 1, .replications = 8}};
        RC_ASSERT_THROWS_AS(courses.add("too short"), InputError);
    });
}

}  // namespace
}  // namespace resmon::outage
