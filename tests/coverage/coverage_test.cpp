// Scores against the integral they approximate, and shares that weigh each incident once.
#include "coverage/coverage.hpp"

#include <gtest/gtest.h>

#include <array>

namespace resmon::coverage {
namespace {

constexpr outage::Quantiles band{.p10 = 20, .p25 = 30, .p50 = 40, .p75 = 60, .p90 = 90};
constexpr double horizon = 730;

/// As Bracher et al. 2021 write it: (w₀·|y − m| + Σ wₖ·ISₖ) / (K + 1/2) with w₀ = 1/2, wₖ = αₖ/2.
double weighted_interval_score(const outage::Quantiles& of, double day) {
    const auto interval_score = [day](double alpha, double low, double high) {
        return high - low + 2 / alpha * std::max(0.0, low - day) + 2 / alpha * std::max(0.0, day - high);
    };
    return (0.5 * std::abs(day - of.p50) + 0.5 / 2 * interval_score(0.5, of.p25, of.p75) +
            0.2 / 2 * interval_score(0.2, of.p10, of.p90)) /
           2.5;
}

TEST(Score, OfAKnownDayIsTheWeightedIntervalScore) {
    for (const double day : {0.0, 20.0, 35.0, 40.0, 77.0, 400.0})
        EXPECT_NEAR(score_of(band, day, day, horizon), weighted_interval_score(band, day), 1e-12) << day;
}

TEST(Score, OfAnIntervalOfDaysIsItsMeanOverThem) {
    for (const auto& [earliest, latest] : {std::pair{0.0, 10.0}, {15.0, 95.0}, {35.0, 45.0}, {100.0, 150.0}}) {
        constexpr int steps = 20'000;
        double sum = 0;
        for (int step = 0; step < steps; ++step)
            sum += weighted_interval_score(band, earliest + (latest - earliest) * (step + 0.5) / steps);
        EXPECT_NEAR(score_of(band, earliest, latest, horizon), sum / steps, 1e-5) << earliest;
    }
}

TEST(Score, TakesTheHorizonForADayThatIsNotReached) {
    constexpr outage::Quantiles open{.p10 = 20, .p25 = 30, .p50 = 40, .p75 = outage::never, .p90 = outage::never};
    constexpr outage::Quantiles closed{.p10 = 20, .p25 = 30, .p50 = 40, .p75 = horizon, .p90 = horizon};
    EXPECT_EQ(score_of(open, 50, 60, horizon), score_of(closed, 50, 60, horizon));
}

/// Incidents by their hits: so many milestones, so many of them in both bands.
std::vector<IncidentReplay> replays_with(const std::vector<std::pair<int, int>>& hits_of) {
    static const catalogue::Milestone milestone{.day_earliest = 40, .day_latest = 40};
    std::vector<IncidentReplay> replays;
    for (const auto& [count, hits] : hits_of) {
        IncidentReplay replay;
        for (int one = 0; one < count; ++one)
            replay.milestones.push_back(
                {.milestone = &milestone, .day = {.quantiles = band}, .hit80 = one < hits, .hit50 = one < hits});
        replays.push_back(std::move(replay));
    }
    return replays;
}

TEST(Coverage, WeighsEachIncidentOnceWhateverTheNumberOfItsMilestones) {
    const Coverage coverage = coverage_of(replays_with({{12, 12}, {1, 0}, {2, 1}}), horizon);
    EXPECT_NEAR(coverage.hits80.value, (1 + 0 + 0.5) / 3, 1e-12);
    EXPECT_EQ(coverage.width80, 70);
    EXPECT_EQ(coverage.width50, 30);
}

TEST(Coverage, HasTheIntervalOfTheNumberOfIncidents) {
    // Twelve incidents, six of them hit: the resampled number of hits is binomial. R: qbinom(c(0.025, 0.975), 12, 0.5)
    // = 3, 9.
    std::vector<std::pair<int, int>> halves;
    for (int incident = 0; incident < 12; ++incident) halves.emplace_back(5, incident < 6 ? 5 : 0);
    const Coverage coverage = coverage_of(replays_with(halves), horizon);
    EXPECT_NEAR(coverage.hits50.low, 3.0 / 12, 1e-12);
    EXPECT_NEAR(coverage.hits50.high, 9.0 / 12, 1e-12);
}

}  // namespace
}  // namespace resmon::coverage
