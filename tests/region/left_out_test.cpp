// The case of an incident without what was learnt from it.
#include "region/left_out.hpp"

#include "base/error.hpp"
#include "support/shipped.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace resmon::forecast {
namespace {

using catalogue::shipped;

const outage::Estimate& estimate_of(const outage::Case& outage, const std::string& id) {
    return *std::ranges::find(outage.estimates, id, &outage::Estimate::id);
}

TEST(LeftOut, EveryIncidentWithMilestonesCanBeReplayedWithoutItself) {
    int replayed = 0;
    for (const catalogue::Incident& incident : shipped().incidents) {
        if (incident.milestones.empty()) continue;
        const LeftOutCase left_out = case_without(shipped(), {.incident = incident.id});
        EXPECT_EQ(left_out.outage.questions.size(), incident.milestones.size()) << incident.id.value;
        for (const outage::Question& question : left_out.outage.questions)
            EXPECT_FALSE(question.provisions.empty()) << incident.id.value << " " << question.id;
        ++replayed;
    }
    EXPECT_GE(replayed, 12);
}

TEST(LeftOut, AFigureOfTheIncidentTakesTheRangeOfItsSiblings) {
    const LeftOutCase left_out = case_without(shipped(), {.incident = IncidentId{"witten-2021"}});
    ASSERT_FALSE(left_out.replaced.empty());
    for (const catalogue::Figure& figure : left_out.replaced) {
        EXPECT_EQ(std::ranges::count(figure.derived_from, IncidentId{"witten-2021"}), 1) << figure.id;
        const auto estimate = std::ranges::find(left_out.outage.estimates, figure.id, &outage::Estimate::id);
        if (estimate == left_out.outage.estimates.end()) continue;  // the number of helpers
        EXPECT_LE(estimate->low, estimate->central);
        EXPECT_LE(estimate->central, estimate->high);
    }
    // Restoring what accompanies an application: 6 to 20 days after Witten and Anhalt-Bitterfeld. Others are shorter.
    const outage::Estimate& accompanying =
        estimate_of(left_out.outage, "resources/application-residents/tasks/accompanying/restore_days");
    EXPECT_LT(accompanying.low, 6);
}

TEST(LeftOut, WithoutAFigureOfTheIncidentNothingChanges) {
    const CaseRequest request{.incident = IncidentId{"suedwestfalen-2023"}};
    const LeftOutCase left_out = case_without(shipped(), request);
    EXPECT_TRUE(left_out.replaced.empty());
    const outage::Case usual = case_of(shipped(), request);
    ASSERT_EQ(left_out.outage.estimates.size(), usual.estimates.size());
    for (std::size_t place = 0; place < usual.estimates.size(); ++place) {
        EXPECT_EQ(left_out.outage.estimates[place].low, usual.estimates[place].low);
        EXPECT_EQ(left_out.outage.estimates[place].high, usual.estimates[place].high);
    }
}

TEST(LeftOut, WithoutSiblingTheReplayIsRefused) {
    catalogue::Catalogue circular = shipped();
    circular.model.overtime_share.derived_from.push_back(IncidentId{"suedwestfalen-2023"});
    EXPECT_THROW((void)case_without(circular, {.incident = IncidentId{"suedwestfalen-2023"}}), InputError);
}

TEST(Replay, OfOneBodyKnowsNoOtherPlace) {
    const CaseRequest request = completed(shipped(), {.incident = IncidentId{"witten-2021"}});
    EXPECT_EQ(place_of(request), "059540036000");
    EXPECT_THROW((void)completed(shipped(), {.incident = IncidentId{"witten-2021"}, .region = {"suedwestfalen"}}),
                 InputError);
}

}  // namespace
}  // namespace resmon::forecast
