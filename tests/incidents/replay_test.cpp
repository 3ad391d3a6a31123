// Milestones against bands: closed intervals that meet.
#include "incidents/replay.hpp"

#include <gtest/gtest.h>

namespace resmon::incidents {
namespace {

catalogue::Incident incident_with(double day_earliest, double day_latest) {
    catalogue::Incident incident;
    incident.milestones.push_back({.id = "first", .day_earliest = day_earliest, .day_latest = day_latest});
    return incident;
}

outage::Forecast forecast_of(const outage::Quantiles& day) {
    outage::Forecast forecast;
    forecast.questions.push_back({"first", {.quantiles = day}});
    return forecast;
}

MilestoneForecast replayed(double day_earliest, double day_latest, const outage::Quantiles& day) {
    static catalogue::Incident incident;
    incident = incident_with(day_earliest, day_latest);
    return milestones_against(incident, forecast_of(day)).front();
}

constexpr outage::Quantiles band{.p10 = 20, .p25 = 30, .p50 = 40, .p75 = 60, .p90 = 90};

TEST(Replay, AMilestoneInsideTheInnerBandHitsBothBands) {
    EXPECT_TRUE(replayed(35, 45, band).hit80);
    EXPECT_TRUE(replayed(35, 45, band).hit50);
}

TEST(Replay, AMilestoneBetweenTheBandsHitsTheOuterOneOnly) {
    EXPECT_TRUE(replayed(70, 80, band).hit80);
    EXPECT_FALSE(replayed(70, 80, band).hit50);
}

TEST(Replay, TouchingTheEdgeIsAHit) {
    EXPECT_TRUE(replayed(0, 20, band).hit80);
    EXPECT_TRUE(replayed(90, 120, band).hit80);
    EXPECT_FALSE(replayed(0, 19, band).hit80);
    EXPECT_FALSE(replayed(90.1, 120, band).hit80);
}

TEST(Replay, WhatWasBackWithinADayIsHeldAgainstItsEndForAForecastSpeaksOfWholeDays) {
    constexpr outage::Quantiles hours{.p10 = 1, .p25 = 1, .p50 = 1, .p75 = 2, .p90 = 3};
    EXPECT_TRUE(replayed(0.11, 0.12, hours).hit50);
    EXPECT_FALSE(replayed(0, 0, hours).hit80) << "what never stopped is another thing";
    EXPECT_TRUE(replayed(18.2, 19.9, band).hit80) << "on day 20";
}

TEST(Replay, AnUpperQuantileThatIsNeverReachedLeavesTheBandOpen) {
    constexpr outage::Quantiles open{.p10 = 20, .p25 = 30, .p50 = 40, .p75 = outage::never, .p90 = outage::never};
    EXPECT_TRUE(replayed(600, 700, open).hit80);
    constexpr outage::Quantiles closed{outage::never, outage::never, outage::never, outage::never, outage::never};
    EXPECT_FALSE(replayed(600, 700, closed).hit80) << "never is no date";
}

TEST(Hits, CarryTheExactIntervalOfTheirShare) {
    // R: binom.test(8, 10)$conf.int
    std::vector<MilestoneForecast> milestones(10);
    for (int hit = 0; hit < 8; ++hit) milestones[static_cast<std::size_t>(hit)].hit80 = true;
    const Hits hits = hits_of(milestones);
    EXPECT_EQ(hits.hits, 8);
    EXPECT_EQ(hits.of, 10);
    EXPECT_NEAR(hits.low, 0.4439045, 1e-7);
    EXPECT_NEAR(hits.high, 0.9747893, 1e-7);
}

}  // namespace
}  // namespace resmon::incidents
