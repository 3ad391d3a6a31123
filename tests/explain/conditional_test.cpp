#include "explain/conditional.hpp"

#include "base/error.hpp"
#include "base/random.hpp"
#include "explain/town_tests.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace resmon::explain {
namespace {

/// A directory of log-normal duration with median 10 and σ 0.5; a registry that takes 5 days more.
Town two_tasks() {
    Town town;
    const Index directory = town.task(10, town.crews(1), {}, 1, 0.5);
    const Index registry = town.task(5, town.crews(1), {directory});
    named_resource(town, "it/directory", directory);
    town.service(named_resource(town, "it/registry", registry));
    return town;
}

double quantile_of_task(double probability) { return 10 * std::exp(0.5 * normal_quantile(probability)); }

TEST(Conditional, IsTheTruncatedDistributionOfWhatIsStillToCome) {
    // Not back on day 12: of the log-normal only what lies above 12 is left; its middle is at F⁻¹(F(12) + (1 −
    // F(12))/2).
    const Conditional found = conditional(two_tasks().outage, 1, {.day = 12, .back = {}, .not_back = {"directory"}},
                                          {.batch = 2000, .enough = 4000, .limit = 20'000});
    ASSERT_TRUE(found.is_enough());
    const double before = normal_probability(std::log(12.0 / 10) / 0.5);
    EXPECT_NEAR(found.facts[0].share, 1 - before, 4 * std::sqrt(before * (1 - before) / found.looked_at));
    EXPECT_NEAR(found.services[0].given.p50, 5 + quantile_of_task(before + (1 - before) / 2), 0.5);
    EXPECT_NEAR(found.services[0].given.p90, 5 + quantile_of_task(before + (1 - before) * 0.9), 1.5);
    EXPECT_NEAR(found.services[0].before.p50, 5 + 10, 0.4);
    EXPECT_EQ(found.services_normal[16].p50, 0) << "nothing can be back before day 17";
    EXPECT_GE(found.fitting, 4000U);
}

TEST(Conditional, FitsOnlyCoursesInWhichAllFactsHold) {
    const Conditional found =
        conditional(two_tasks().outage, 1, {.day = 12, .back = {"directory"}, .not_back = {"service-0"}});
    ASSERT_TRUE(found.is_enough());
    EXPECT_GT(found.services[0].given.p10, 12);
    EXPECT_LE(found.services[0].given.p90, 17) << "the directory was back by day 12, five days are left";
}

TEST(Conditional, SaysThatTooFewCoursesFitInsteadOfGuessing) {
    // Three standard deviations and more: some 13 of 10,000 courses.
    const Conditional found = conditional(two_tasks().outage, 1, {.day = 45, .back = {}, .not_back = {"directory"}});
    EXPECT_FALSE(found.is_enough());
    EXPECT_EQ(found.looked_at, 10'000U);
    EXPECT_TRUE(found.services.empty());
    EXPECT_THROW(refuse_too_few(found), InputError);
}

TEST(Conditional, NamesWhatIsUnknownOrContradictsItself) {
    const auto refusal = [](const Known& known) {
        try {
            (void)conditional(two_tasks().outage, 1, known);
        } catch (const InputError& error) {
            return std::string{error.what()};
        }
        return std::string{};
    };
    EXPECT_EQ(refusal({.day = 3, .back = {"moon"}, .not_back = {}}),
              "/back: must name resources or services, moon is none");
    EXPECT_EQ(refusal({.day = 3, .back = {"directory"}, .not_back = {"directory"}}),
              "/not_back: must name directory only once");
    EXPECT_EQ(refusal({.day = 3, .back = {}, .not_back = {}}), "/back: must name something that is known");
}

}  // namespace
}  // namespace resmon::explain
