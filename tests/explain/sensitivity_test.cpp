#include "explain/sensitivity.hpp"

#include "explain/town_tests.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace resmon::explain {
namespace {

double index_of(const Sensitivity& found, InputKind kind, const std::string& id = {}) {
    const auto one = std::ranges::find_if(
        found.influences, [&](const Influence& influence) { return influence.kind == kind && influence.id == id; });
    return one == found.influences.end() ? -1 : one->share.index;
}

TEST(Sensitivity, FollowsTheSharesOfVarianceThatTheModelStates) {
    // One task, little spread: the loss is linear in σ·(√0.3 Z₀ + √0.1 Z_owner + √0.6 Z_j), so the first-order indices
    // are the three shares themselves (MODEL §2).
    Town town;
    const Index task = town.task(10, town.crews(1), {}, 1, 0.05);
    town.outage.activities[task].label = "directory/rebuild";
    town.service(town.resource(task));
    const Sensitivity found = sensitivity(town.outage, {1, 4000});
    EXPECT_NEAR(index_of(found, InputKind::severity), 0.3, 0.03);
    EXPECT_NEAR(index_of(found, InputKind::owner, "owner"), 0.1, 0.03);
    EXPECT_NEAR(index_of(found, InputKind::task, "directory/rebuild"), 0.6, 0.03);
    EXPECT_NEAR(found.explained, 1, 0.1);
    EXPECT_EQ(found.influences.front().kind, InputKind::task);
    EXPECT_TRUE(found.influences.front().share.is_distinguishable);
}

TEST(Sensitivity, TellsAFigureFromAFailureAndLeavesOutWhatIsCertain) {
    // The loss is 0 or the figure, each in half of the courses: with X uniform in [10, 14] and a fair coin B,
    // Var(B·X) = E[X²]/2 − E[X]²/4, of the coin 12²/4, of the figure Var(X)/4.
    Town town;
    const Index task = town.task(10, town.crews(1));
    town.outage.activities[task].restore.median = town.uncertain(10, 12, 14);
    named_resource(town, "town/telephony", task);
    town.outage.resources[0].fails = town.figure(0.5);
    town.service(0);
    const Sensitivity found = sensitivity(town.outage, {1, 4000});
    const double variance_of_figure = 16.0 / 12;
    const double all = (144 + variance_of_figure) / 2 - 36;
    const std::string figure = town.outage.estimates[town.outage.activities[task].restore.median].id;
    EXPECT_NEAR(index_of(found, InputKind::failure, "telephony"), 36 / all, 0.02);
    EXPECT_NEAR(index_of(found, InputKind::estimate, figure), variance_of_figure / 4 / all, 0.02);
    EXPECT_EQ(index_of(found, InputKind::start), -1) << "the town's outage begins at a known hour";
}

}  // namespace
}  // namespace resmon::explain
