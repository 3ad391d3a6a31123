// Germany's sum: over providers, course by course.
#include "nationwide/nationwide.hpp"

#include "reading/catalogue_reader.hpp"
#include "region/region.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <sstream>
#include <string>
#include <vector>

namespace resmon::nationwide {
namespace {

const catalogue::CatalogueFiles& files() {
    static const catalogue::CatalogueFiles read = catalogue::shipped_catalogue_files();
    return read;
}

/// A country of two states: Bremen with two towns, the Saarland with 52 and six districts, nobody's provider known.
catalogue::Catalogue small_country() {
    catalogue::Catalogue catalogue = catalogue::catalogue_from(files());
    std::istringstream lines{files().at("register/municipalities.csv")};
    std::string kept;
    for (std::string line; std::getline(lines, line);)
        if (kept.empty() || line.starts_with("04") || line.starts_with("10")) kept += line + "\n";
    catalogue.bodies = catalogue::Register::from_csv(kept, "register/municipalities.csv");
    catalogue.regions.clear();
    catalogue.germany->providers.clear();
    return catalogue;
}

forecast::CaseRequest germany() {
    return {.scenario = {"ransomware-shared-provider"}, .region = {std::string{forecast::germany_id}}, .overrides = {}};
}

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
    EXPECT_NEAR(outlook.loss_days.mean, mean, 1e-9 * mean);
}

TEST(Outlook, IsTheSameForAnyNumberOfThreads) {
    const catalogue::Catalogue country = small_country();
    const Outlook one = *nationwide::outlook(country, germany(), {1, 10}, {.threads = 1});
    const Outlook other = *nationwide::outlook(country, germany(), {1, 10}, {.threads = 7});
    EXPECT_EQ(one.loss_days.mean, other.loss_days.mean);
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
