// One body among many: its courses are those of the whole, at a fraction of the work.
#include "region/one_body.hpp"

#include "engine/forecast.hpp"
#include "outage/course.hpp"
#include "region/germany.hpp"
#include "support/shipped.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace resmon::forecast {
namespace {

using catalogue::shipped;

const BodyKey meschede{"059580032000"};
const BodyKey siegen_wittgenstein{"059700000000"};

/// The model's own courses, step by step over all 64 bodies, say what one of them loses.
TEST(ABodyAmongOthers, LosesInEveryCourseWhatItLosesInTheWhole) {
    const RegionPart part = *known_provider(shipped(), meschede);
    for (const char* scenario : {"ransomware-shared-provider", "ransomware-town-hall", "data-centre-fire"}) {
        const outage::Case whole = case_at(shipped(), {scenario}, part);
        for (const BodyKey& body : {meschede, siegen_wittgenstein}) {
            const auto place = std::ranges::find(whole.bodies, body.text(), &outage::Body::key) - whole.bodies.begin();
            const outage::Sampling sampling{.seed = 3, .replications = 12};
            const std::vector<double> losses = outage::course_losses(seen_by(whole, body), sampling);
            for (std::uint32_t course = 0; course < sampling.replications; ++course)
                EXPECT_NEAR(losses[course],
                            outage::course(whole, sampling, course).loss_days.at(static_cast<std::size_t>(place)), 1e-9)
                    << scenario << ", " << body.text() << ", course " << course;
        }
    }
}

TEST(ABodyAmongOthers, KeepsOnlyItsOwnServicesAndThoseThatAskForTheSameHelp) {
    const outage::Case whole = case_at(shipped(), {"ransomware-shared-provider"}, *known_provider(shipped(), meschede));
    const outage::Case seen = seen_by(whole, meschede);
    const auto is_own = [&](const outage::Provision& provision) { return provision.id.starts_with(meschede.text()); };
    ASSERT_EQ(seen.bodies.size(), 1U);
    EXPECT_EQ(seen.bodies.front().key, meschede.text());
    EXPECT_LT(seen.provisions.size(), whole.provisions.size() / 2);
    EXPECT_LT(seen.activities.size(), whole.activities.size() / 2);
    EXPECT_EQ(std::ranges::count_if(seen.provisions, is_own), std::ranges::count_if(whole.provisions, is_own));
    for (const outage::Provision& provision : seen.provisions)
        EXPECT_TRUE(is_own(provision) || provision.weight == 0) << provision.id;
}

TEST(AProvider, IsKnownOnlyWhereTheCatalogueSaysSo) {
    EXPECT_EQ(known_provider(shipped(), meschede)->region.provider.id, ProviderId{"suedwestfalen-it"});
    const RegionPart stormarn = *known_provider(shipped(), BodyKey{"010620004000"});
    EXPECT_EQ(stormarn.region.provider.id, ProviderId{"it-verbund-stormarn"});
    EXPECT_FALSE(stormarn.are_all_others_hit) << "the neighbours can help";
    // Who is known by region and as part of Germany is the same body of customers.
    for (const RegionPart& part : germany_parts(shipped())) {
        const BodyKey& first = part.region.provider.parts.front().bodies.front();
        EXPECT_EQ(known_provider(shipped(), first).has_value(), !part.is_assumed) << part.region.provider.id.value;
    }
}

}  // namespace
}  // namespace resmon::forecast
