// Risk per year against closed forms: Poisson, compound Poisson, gamma–Poisson.
#include "risk/annual_loss.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <numeric>

namespace resmon::risk {
namespace {

TEST(CompoundPoisson, OfEqualJumpsIsAPoissonNumberOfThem) {
    // R: ppois(0:3, 0.7, lower.tail = FALSE)
    const std::vector<double> exceedance = compound_poisson_exceedance(0.7, {0, 1, 0, 0, 0, 0});
    EXPECT_NEAR(exceedance[0], 0.503414696209, 1e-9);
    EXPECT_NEAR(exceedance[1], 0.155804983555, 1e-9);
    EXPECT_NEAR(exceedance[2], 0.0341415841257, 1e-9);
    EXPECT_NEAR(exceedance[3], 0.0057534575923, 1e-9);
}

TEST(CompoundPoisson, OfTwoKindsOfJumpsIsTheSumOfTwoPoissonNumbers) {
    // Jumps of 1 at rate 0.3 and of 3 at rate 0.2, independent: P(sum = 0) = e^−0.5, P(1) = 0.3·P(0),
    // P(2) = 0.3²/2·P(0), P(3) = (0.3³/6 + 0.2)·P(0).
    const std::vector<double> exceedance = compound_poisson_exceedance(0.5, {0, 0.6, 0, 0.4, 0, 0, 0, 0});
    const double none = std::exp(-0.5);
    EXPECT_NEAR(exceedance[0], 1 - none, 1e-12);
    EXPECT_NEAR(exceedance[1], 1 - none * 1.3, 1e-12);
    EXPECT_NEAR(exceedance[2], 1 - none * (1.3 + 0.045), 1e-12);
    EXPECT_NEAR(exceedance[3], 1 - none * (1.3 + 0.045 + 0.0045 + 0.2), 1e-12);
}

RC_GTEST_PROP(CompoundPoisson, FallsFromLessThanOneTowardsZero, ()) {
    auto masses = *rc::gen::container<std::vector<double>>(
        20, rc::gen::map(rc::gen::inRange(0, 100), [](int part) { return part + 0.01; }));
    const double total = std::accumulate(masses.begin(), masses.end(), 0.0);
    for (double& mass : masses) mass /= total;
    const double rate = *rc::gen::inRange(1, 500) / 100.0;
    const std::vector<double> exceedance = compound_poisson_exceedance(rate, masses);
    RC_ASSERT(std::abs(exceedance[0] - (1 - std::exp(-rate * (1 - masses[0])))) < 1e-12);
    for (std::size_t place = 1; place < exceedance.size(); ++place)
        RC_ASSERT(exceedance[place] <= exceedance[place - 1] + 1e-12);
}

AnnualLoss of_one_body() {
    return annual_loss({{.scenario = "a", .rate = {2, 200}, .targets = {{1, {10, 30}}}},
                        {.scenario = "b", .rate = {1, 10}, .targets = {{1, {2}}}}});
}

TEST(AnnualLoss, ExpectsFrequencyTimesMeanLoss) {
    const AnnualLoss loss = of_one_body();
    EXPECT_NEAR(loss.days.value, 0.01 * 20 + 0.1 * 2, 1e-12);
    EXPECT_NEAR(loss.streams[0].incidents.value, 0.01, 1e-12);
    EXPECT_NEAR(loss.streams[0].days_each, 20, 1e-12);
    EXPECT_LT(loss.days.low, loss.days.value);
    EXPECT_GT(loss.days.high, loss.days.value);
}

TEST(AnnualLoss, IsExceededAsTheNegativeBinomialSays) {
    // A gamma mixture of Poisson numbers is negative binomial: P(none) = (years / (years + 1))^incidents.
    const AnnualLoss loss = of_one_body();
    const double any = 1 - std::pow(200.0 / 201, 2) * std::pow(10.0 / 11, 1);
    EXPECT_NEAR(loss.any.value, any, 0.004) << "2,000 fixed draws of the rates";
    for (const Exceedance& point : loss.curve)
        if (point.days == 14) {
            EXPECT_NEAR(point.probability.value, 0.01 / 2, 0.0015) << "nearly only the 30 days of a";
        }
}

TEST(AnnualLoss, OfManyBodiesIsTheSameOnAverageWhetherTheyAreHitApartOrTogether) {
    const std::vector<double> losses{5, 10, 40};
    const Stream together{.scenario = "provider", .rate = {1, 50}, .targets = {{1, losses}}};
    Stream apart{.scenario = "provider", .rate = {1, 50}, .targets = {}};
    for (int body = 0; body < 20; ++body) apart.targets.push_back({1.0 / 20, losses});
    const AnnualLoss common = annual_loss({together});
    const AnnualLoss single = annual_loss({apart});
    EXPECT_NEAR(common.days.value, single.days.value, 1e-12);
    const auto beyond = [](const AnnualLoss& loss, double days) {
        // Where the curve has ended nothing is left.
        double probability = 0;
        for (const Exceedance& point : loss.curve)
            if (point.days == days) probability = point.probability.value;
        return probability;
    };
    EXPECT_GT(beyond(common, 5), 5 * beyond(single, 5) + 1e-4) << "a common provider makes the bad years";
}

TEST(AnnualLoss, IsTheSameWhicheverStreamComesFirst) {
    const Stream one{.scenario = "a", .rate = {2, 200}, .targets = {{1, {10, 30}}}};
    const Stream other{.scenario = "b", .rate = {1, 10}, .targets = {{1, {2}}}};
    const AnnualLoss first = annual_loss({one, other});
    const AnnualLoss second = annual_loss({other, one});
    EXPECT_NEAR(first.days.low, second.days.low, 1e-12);
    EXPECT_NEAR(first.curve.at(3).probability.value, second.curve.at(3).probability.value, 1e-12);
}

TEST(AnnualLoss, HasNoCurveWhereNothingIsEverLost) {
    EXPECT_TRUE(annual_loss({{.scenario = "a", .rate = {1, 10}, .targets = {{1, {0, 0}}}}}).curve.empty());
}

}  // namespace
}  // namespace resmon::risk
