// Germany's sum: over providers, course by course.
#include "nationwide/nationwide.hpp"

#include "base/error.hpp"
#include "nationwide/small_country.hpp"
#include "outage/draw.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>
#include <string>
#include <vector>

namespace resmon::nationwide {
namespace {

TEST(Outlook, AddsTheLossesOfAllProvidersCourseByCourse) {
    const catalogue::Catalogue country = small_country();
    const outage::Sampling sampling{1, 12};
    const Outlook outlook = *nationwide::outlook(country, germany(), sampling);
    EXPECT_EQ(outlook.bodies.size(), 60U);
    ASSERT_EQ(outlook.providers.size(), 2U);
    EXPECT_TRUE(outlook.providers.front().is_assumed);

    std::vector<double> lost(sampling.replications, 0);
    double weight = 0;
    for (const forecast::RegionPart& part : forecast::parts_of(country, germany())) {
        const outage::Case outage = forecast::case_of(country, germany(), part);
        double of_part = 0;
        for (const outage::Provision& provision : outage.provisions) of_part += provision.weight;
        const std::vector<double> losses = outage::course_losses(outage, sampling);
        for (std::size_t course = 0; course < losses.size(); ++course) lost[course] += losses[course] * of_part;
        weight += of_part;
    }
    const double mean = std::accumulate(lost.begin(), lost.end(), 0.0) / weight / sampling.replications;
    EXPECT_NEAR(outlook.totals.loss_days.mean, mean, 1e-9 * mean);
}

TEST(Outlook, OfAStateIsThatOfItsProvidersAndOfAllStatesThatOfTheCountry) {
    const catalogue::Catalogue country = small_country();
    const outage::Sampling sampling{1, 12};
    const Outlook outlook = *nationwide::outlook(country, germany(), sampling);
    ASSERT_EQ(outlook.states.size(), 2U);
    const StateOutlook& bremen = outlook.states.front();
    const StateOutlook& saarland = outlook.states.back();
    EXPECT_EQ(bremen.state, State::bremen);
    EXPECT_EQ(bremen.bodies, 2U);
    EXPECT_EQ(bremen.assumed, 2U);
    EXPECT_EQ(saarland.bodies, 58U);

    const std::vector<forecast::RegionPart> parts = forecast::parts_of(country, germany());
    ASSERT_EQ(parts.front().region.provider.id.value, "assumed-bremen");
    const outage::Forecast alone = *outage::forecast(forecast::case_of(country, germany(), parts.front()), sampling);
    EXPECT_NEAR(bremen.totals.loss_days.mean, alone.loss_days.mean, 1e-9);
    // There told to the minute, here in whole days.
    EXPECT_NEAR(bremen.totals.ability_most.quantiles.p50, alone.ability_most.quantiles.p50, 1);
    EXPECT_GE(bremen.totals.ability_most.quantiles.p50, alone.ability_most.quantiles.p50);
    for (const std::size_t day : {0U, 30U, 200U}) {
        const auto between = std::minmax(bremen.totals.ability[day].p50, saarland.totals.ability[day].p50);
        EXPECT_LE(between.first - 0.1, outlook.totals.ability[day].p50) << day;
        EXPECT_GE(between.second + 0.1, outlook.totals.ability[day].p50) << day;
    }
}

/// Bremen and a district of the Saarland: two providers, few bodies.
const catalogue::Catalogue& two_providers() {
    static const catalogue::Catalogue country = small_country("10042");
    return country;
}

outage::Distribution loss_of(const outage::Sampling& sampling) {
    return nationwide::outlook(two_providers(), germany(), sampling)->totals.loss_days;
}

TEST(OutlookOfPoints, HasTheMeanOfPlainRandomNumbersWithASmallerError) {
    const outage::Distribution plain = loss_of({1, 2048});
    const outage::Distribution even = loss_of({2, 2048, 64});
    EXPECT_NEAR(even.mean, plain.mean, 4 * std::hypot(plain.standard_error, even.standard_error));
    EXPECT_LT(even.standard_error, 0.9 * plain.standard_error);
}

TEST(OutlookOfPoints, TellsAnHonestError) {
    constexpr double student_of_seven = 2.364624;  // 97.5 % of Student's t with 7 degrees of freedom
    constexpr int seeds = 80;
    std::vector<outage::Distribution> losses;
    double mean = 0;  // of all seeds, nine times as exact as one
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
        losses.push_back(loss_of({seed, 32, 4}));
        mean += losses.back().mean / seeds;
    }
    const auto covered = std::ranges::count_if(losses, [&](const outage::Distribution& loss) {
        return std::abs(loss.mean - mean) <= student_of_seven * loss.standard_error;
    });
    // 95 % of 80 are 76, with a standard deviation of 1.9.
    EXPECT_GE(covered, 76 - 6);
}

TEST(OutlookOfPoints, DrawsWhatProvidersShareAlikeForAll) {
    const outage::Sampling sampling{.seed = 3, .replications = 64, .points = 8};
    std::map<std::string, double> drawn;
    int shared = 0;
    const auto expect_alike = [&](const std::string& id, double value) {
        const auto [known, is_new] = drawn.try_emplace(id, value);
        shared += is_new ? 0 : 1;
        EXPECT_EQ(known->second, value) << id;
    };
    for (const forecast::RegionPart& part : forecast::parts_of(two_providers(), germany())) {
        const outage::Case outage = forecast::case_of(two_providers(), germany(), part);
        const outage::Compiled ready = outage::compiled(outage);
        outage::Draws draws;
        outage::draw(ready, sampling, 13, draws);
        expect_alike("severity", draws.severity);
        for (std::size_t place = 0; place < outage.owners.size(); ++place)
            expect_alike("owner " + outage.owners[place], draws.owners[place]);
        for (std::size_t place = 0; place < outage.estimates.size(); ++place)
            if (outage.estimates[place].factors.empty())
                expect_alike("figure " + outage.estimates[place].id, draws.estimates[place]);
    }
    EXPECT_GT(shared, 100);
}

TEST(OutlookOfPoints, IsRefusedUnlessTheyMakeWholeRandomisations) {
    EXPECT_THROW((void)nationwide::outlook(two_providers(), germany(), {1, 96, 48}), InputError);
}

TEST(Outlook, TellsItsProgressInCoursesAscendingToAll) {
    std::vector<std::uint32_t> told;
    (void)nationwide::outlook(small_country(), germany(), {1, 40},
                              {.threads = 1, .progress = [&](std::uint32_t done) { told.push_back(done); }});
    EXPECT_TRUE(std::ranges::is_sorted(told));
    EXPECT_GT(told.size(), 4U) << "within a provider too";
    EXPECT_EQ(told.back(), 40U);
}

TEST(Outlook, IsTheSameForAnyNumberOfThreads) {
    const catalogue::Catalogue country = small_country();
    const Outlook one = *nationwide::outlook(country, germany(), {1, 10}, {.threads = 1});
    const Outlook other = *nationwide::outlook(country, germany(), {1, 10}, {.threads = 7});
    EXPECT_EQ(one.totals.loss_days.mean, other.totals.loss_days.mean);
    for (std::size_t body = 0; body < one.bodies.size(); ++body) {
        EXPECT_EQ(one.bodies[body].loss_days.mean, other.bodies[body].loss_days.mean) << one.bodies[body].key;
        EXPECT_EQ(one.bodies[body].days_to_most.quantiles.p90, other.bodies[body].days_to_most.quantiles.p90);
    }
}

TEST(Outlook, EndsEarlyIfSomebodyWishesIt) {
    std::stop_source stop;
    stop.request_stop();
    EXPECT_FALSE(nationwide::outlook(small_country(), germany(), {1, 10}, {.stop = stop.get_token()}));
}

TEST(Outlook, OfOneProviderIsTheForecastOfItsRegion) {
    const catalogue::Catalogue country = small_country();
    const outage::Sampling sampling{1, 24};
    const std::vector<forecast::RegionPart> parts = forecast::parts_of(country, germany());
    const outage::Case outage = forecast::case_of(country, germany(), parts.front());
    const outage::Forecast region = *outage::forecast(outage, sampling);
    const outage::Contribution part = *outage::contribution(outage, sampling);
    for (std::size_t body = 0; body < region.bodies.size(); ++body) {
        EXPECT_EQ(part.bodies[body].key, region.bodies[body].key);
        EXPECT_NEAR(part.bodies[body].loss_days.mean, region.bodies[body].loss_days.mean, 1e-9);
        EXPECT_EQ(part.bodies[body].days_to_most.quantiles.p50, region.bodies[body].days_to_most.quantiles.p50);
    }
    const outage::DailyQuantiles ability = outage::ability_bands(part.able, part.weight, sampling.replications);
    for (std::size_t day = 0; day < ability.size(); ++day)
        EXPECT_NEAR(ability[day].p50, region.ability[day].p50, 0.0006) << day;  // told there in steps of 0.1 %
}

}  // namespace
}  // namespace resmon::nationwide
