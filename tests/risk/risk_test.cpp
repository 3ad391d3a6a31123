// Risk of places of the shipped catalogue: who shares what with whom.
#include "risk/risk.hpp"

#include "base/error.hpp"
#include "engine/forecast.hpp"
#include "region/region.hpp"
#include "support/shipped.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

namespace resmon::risk {
namespace {

using catalogue::shipped;

/// Two frequencies alone, so that little is computed.
catalogue::Catalogue with_two() {
    catalogue::Catalogue catalogue = shipped();
    std::erase_if(catalogue.frequencies, [](const catalogue::Frequency& frequency) {
        return frequency.scenario.value != "ransomware-town-hall" &&
               frequency.scenario.value != "ransomware-shared-provider";
    });
    return catalogue;
}

constexpr Wish few{.seed = 1, .replications = 10};

TEST(ShippedFrequencies, NameSourceAndScenarioAndCountNothingTwice) {
    ASSERT_GE(shipped().frequencies.size(), 5U);
    for (const catalogue::Frequency& frequency : shipped().frequencies) {
        EXPECT_FALSE(frequency.prior_source.empty()) << frequency.scenario.value;
        EXPECT_EQ(frequency.observed.empty(), frequency.observed_source.empty()) << frequency.scenario.value;
        EXPECT_GT(frequency.prior_years + frequency.observed_years, 0) << frequency.scenario.value;
    }
}

TEST(Risk, OfABodyTakesItsOwnLossesFromTheCourseThatHitsAllCustomers) {
    const catalogue::Catalogue catalogue = with_two();
    const BodyKey town{"059620032000"};
    const RiskReport report = risk_of(catalogue, {.body = town}, few);
    EXPECT_FALSE(report.is_own_provider);
    const outage::Case common =
        forecast::case_of(catalogue, {.scenario = {"ransomware-shared-provider"}, .region = {"suedwestfalen"}});
    std::size_t place = 0;
    while (common.bodies[place].key != town.text()) ++place;
    double sum = 0;
    for (std::uint32_t course = 0; course < few.replications; ++course)
        sum += outage::course(common, {few.seed, few.replications}, course).loss_days[place];
    const auto stream = std::ranges::find(report.loss.streams, "ransomware-shared-provider", &StreamLoss::scenario);
    ASSERT_NE(stream, report.loss.streams.end());
    EXPECT_NEAR(stream->days_each, sum / few.replications, 1e-9);
    EXPECT_NEAR(stream->incidents.value, 1.5 / 520, 1e-12) << "half an incident thought, one seen, in 520 years";
}

TEST(Risk, OfARegionCountsAProviderOnceAndEveryBodyByItself) {
    const RiskReport report = risk_of(with_two(), {.region = {"suedwestfalen"}}, few);
    EXPECT_EQ(report.bodies, 64);
    for (const StreamLoss& stream : report.loss.streams)
        EXPECT_NEAR(stream.incidents.value, stream.scenario == "ransomware-town-hall" ? 64 * 2.0 / 267 : 1.5 / 520,
                    1e-12)
            << stream.scenario;
}

TEST(Risk, OfABodyWithoutKnownProviderSaysThatItIsComputedAlone) {
    EXPECT_TRUE(risk_of(with_two(), {.body = BodyKey{"082260082000"}}, few).is_own_provider);
}

TEST(Risk, OfWhatNobodyKnowsIsRefused) {
    EXPECT_THROW((void)risk_of(with_two(), {.region = {"atlantis"}}, few), NotFound);
    catalogue::Catalogue without = shipped();
    without.frequencies.clear();
    EXPECT_THROW((void)risk_of(without, {.region = {"suedwestfalen"}}, few), InputError);
}

}  // namespace
}  // namespace resmon::risk
