// Germany's sum: slices are what the whole is, and sums over providers are sums course by course.
#include "nationwide/nationwide.hpp"

#include "outage/compile.hpp"
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

TEST(Slice, OfACaseHappensExactlyAsInTheWhole) {
    const catalogue::Catalogue country = small_country();
    const std::vector<forecast::RegionPart> parts = forecast::parts_of(country, germany());
    const outage::Case whole = forecast::case_of(country, germany(), parts.back());
    ASSERT_EQ(whole.bodies.size(), 58U);
    const std::vector<outage::Index> bodies{3, 17, 40};
    const outage::Case slice = with_bodies(whole, outage::compiled(whole).priority, bodies);
    for (std::uint32_t number = 0; number < 5; ++number) {
        const outage::Course in_whole = outage::course(whole, {1, 5}, number);
        const outage::Course in_slice = outage::course(slice, {1, 5}, number);
        for (std::size_t body = 0; body < bodies.size(); ++body) {
            EXPECT_EQ(slice.bodies[body].key, whole.bodies[bodies[body]].key);
            EXPECT_EQ(in_slice.loss_days[body], in_whole.loss_days[bodies[body]]) << number;
        }
    }
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

TEST(Distribution, OfOneValuePerCourseHasMeanAndErrorOfTheTextbook) {
    // 1 … 9: mean 5, variance 7.5 (n − 1), standard error √(7.5 / 9); quantile at rank ⌈qn⌉.
    const outage::Distribution values = distribution_of({9, 1, 8, 2, 7, 3, 6, 4, 5});
    EXPECT_DOUBLE_EQ(values.mean, 5);
    EXPECT_DOUBLE_EQ(values.standard_error, std::sqrt(7.5 / 9));
    EXPECT_EQ(values.quantiles.p10, 1);
    EXPECT_EQ(values.quantiles.p50, 5);
    EXPECT_EQ(values.quantiles.p90, 9);
    EXPECT_EQ(values.share_never, 0);
    EXPECT_EQ(distribution_of({1, outage::never}).share_never, 0.5);
}

}  // namespace
}  // namespace resmon::nationwide
