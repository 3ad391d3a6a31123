// The shipped scenarios: what each lets fail, changes in the work and in the crews, and how long it lasts.
#include "base/error.hpp"
#include "engine/forecast.hpp"
#include "region/region.hpp"
#include "support/shipped.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

namespace resmon::forecast {
namespace {

using catalogue::shipped;

outage::Case case_in(const std::string& scenario, const std::string& place) {
    CaseRequest request{.scenario = {scenario}, .region = {}, .overrides = {}};
    set_place(request, place);
    return case_of(shipped(), request);
}

const std::string village = "083275001004", small_town = "055580020000", city = "051120000000",
                  district = "059580000000", joint_administration = "073405001000";

const outage::Activity& activity(const outage::Case& outage, const std::string& id) {
    return *std::ranges::find(outage.activities, id, &outage::Activity::id);
}

const outage::Resource& resource(const outage::Case& outage, const std::string& id) {
    return *std::ranges::find(outage.resources, id, &outage::Resource::id);
}

const outage::Pool& pool(const outage::Case& outage, const std::string& id) {
    return *std::ranges::find(outage.pools, id, &outage::Pool::id);
}

TEST(Scenarios, AreThoseThatTownsHaveToExpect) {
    std::set<std::string> ids;
    for (const catalogue::Scenario& scenario : shipped().scenarios) ids.insert(scenario.id.value);
    EXPECT_EQ(ids,
              (std::set<std::string>{"ransomware-shared-provider", "ransomware-town-hall", "directory-and-backups-lost",
                                     "storage-failure", "provider-insolvency", "state-network-refusal",
                                     "power-cut-48-hours", "data-centre-fire", "telephony-and-internet-cut",
                                     "faulty-update", "denial-of-service-election-day", "loss-of-key-staff",
                                     "precautionary-disconnection", "power-cut-hours"}));
}

TEST(Scenarios, ARestartIsNoReinstallationAndNeedsNoCrewWhereItHappensByItself) {
    const outage::Case outage = case_in("power-cut-48-hours", "suedwestfalen");
    const outage::Activity& directory = activity(outage, "suedwestfalen-it/nord/directory/rebuild");
    ASSERT_EQ(directory.restore.multipliers.size(), 1U);
    EXPECT_EQ(outage.estimates[directory.restore.multipliers.front()].id,
              "scenarios/power-cut-48-hours/durations/ordered-restart/factor");
    EXPECT_LT(outage.estimates[directory.restore.multipliers.front()].high, 0.2);
    EXPECT_TRUE(directory.pool);
    EXPECT_FALSE(activity(outage, "059620032000/telephony/restore").pool);
}

TEST(Scenarios, WhatFailsTogetherIsDecidedByOneDrawAgainstOneProbability) {
    const outage::Case outage = case_in("power-cut-48-hours", "suedwestfalen");
    const outage::Resource& centre = resource(outage, "suedwestfalen-it/nord/data-centre");
    const outage::Resource& directory = resource(outage, "suedwestfalen-it/nord/directory");
    const outage::Resource& other_part = resource(outage, "suedwestfalen-it/sued/directory");
    EXPECT_FALSE(centre.fails_with.empty());
    EXPECT_EQ(centre.fails_with, directory.fails_with);
    EXPECT_EQ(centre.fails, directory.fails);
    EXPECT_NE(directory.fails_with, other_part.fails_with);
}

TEST(Scenarios, FewerCrewsAreThereUnlessAPersonSaysHowMany) {
    // Nord has 10 and 14 crews; 40 % and 50 % are left.
    const outage::Case outage = case_in("loss-of-key-staff", "suedwestfalen");
    EXPECT_EQ(pool(outage, "suedwestfalen-it/nord/crew/platform").slots.size(), 4U);
    EXPECT_EQ(pool(outage, "suedwestfalen-it/nord/crew/application").slots.size(), 7U);

    CaseRequest wished{.scenario = {"loss-of-key-staff"}, .region = {"suedwestfalen"}, .overrides = {}};
    wished.overrides.crews[catalogue::CrewKind::platform] = 15;
    const outage::Case with_wish = case_of(shipped(), wished);
    EXPECT_EQ(pool(with_wish, "suedwestfalen-it/nord/crew/platform").slots.size() +
                  pool(with_wish, "suedwestfalen-it/sued/crew/platform").slots.size(),
              15U);
}

TEST(Scenarios, OneThatHitsTheHouseLeavesTheSharedProviderStandingButNotTheHousesOwn) {
    const outage::Case region = case_in("ransomware-town-hall", "suedwestfalen");
    EXPECT_FALSE(resource(region, "suedwestfalen-it/nord/directory").fails);
    EXPECT_TRUE(resource(region, "059620032000/body-network").fails);
    EXPECT_TRUE(resource(case_in("ransomware-town-hall", city), "own/house/directory").fails);
    EXPECT_TRUE(resource(case_in("data-centre-fire", "suedwestfalen"), "suedwestfalen-it/nord/directory").fails);
}

TEST(Scenarios, OneCanBeginAtAFixedHour) {
    // 20.09.2026 is 20,716 days after 01.01.1970 (date -u -d 2026-09-20 +%s / 86,400).
    EXPECT_EQ(case_in("denial-of-service-election-day", city).start, 20'716 + 8.0 / 24);
    EXPECT_FALSE(case_in("storage-failure", city).start);
}

TEST(Scenarios, AHouseThatIsItsOwnProviderHasWorkByItsSize) {
    const auto factors = [](const std::string& place) {
        const outage::Case outage = case_in("storage-failure", place);
        std::set<std::string> ids;
        for (const outage::Index factor : activity(outage, "own/house/storage/check").restore.multipliers)
            ids.insert(outage.estimates[factor].id);
        return ids;
    };
    const std::string replacement = "scenarios/storage-failure/durations/replacement/factor";
    EXPECT_EQ(factors(small_town), (std::set<std::string>{replacement, "preparedness/own_work/from-10000"}));
    EXPECT_EQ(factors(city), (std::set<std::string>{replacement, "preparedness/own_work/from-100000"}));
}

struct Span {
    const char* scenario;
    double earliest, latest;  ///< of the median day on which 80 % of the ability are back
};

/// What an expert would call possible at all, in days: cable, power, hardware, update hours to days, ransomware in a
/// town weeks to months (docs/model.md, scenarios); not a calibration.
constexpr Span spans[]{{"telephony-and-internet-cut", 0, 4},
                       {"faulty-update", 0, 4},
                       {"denial-of-service-election-day", 0, 3},
                       {"power-cut-hours", 0, 4},
                       {"power-cut-48-hours", 2, 12},
                       {"precautionary-disconnection", 2, 60},
                       {"storage-failure", 2, 45},
                       {"loss-of-key-staff", 2, 60},
                       {"state-network-refusal", 0, 60},
                       {"data-centre-fire", 15, 150},
                       {"provider-insolvency", 20, 200},
                       {"ransomware-town-hall", 10, 150},
                       {"ransomware-shared-provider", 20, 250},
                       {"directory-and-backups-lost", 40, 365}};

TEST(Scenarios, EveryOneGivesAUsableForecastForEveryKindOfBody) {
    for (const std::string& place : {village, small_town, city, district, joint_administration})
        for (const Span& span : spans) {
            const outage::Forecast forecast = *outage::forecast(case_in(span.scenario, place), {1, 40});
            EXPECT_GE(forecast.ability_most.quantiles.p50, span.earliest) << span.scenario << " at " << place;
            EXPECT_LE(forecast.ability_most.quantiles.p50, span.latest) << span.scenario << " at " << place;
            EXPECT_LE(forecast.ability_most.share_never, 0.1) << span.scenario << " at " << place;
            EXPECT_GT(forecast.loss_days.mean, 0) << span.scenario << " at " << place;
        }
}

TEST(Scenarios, LosingTheBackupsTooCostsMoreThanRansomwareAloneOnTheSameCrews) {
    const auto loss = [](const char* scenario) {
        return outage::forecast(case_in(scenario, "suedwestfalen"), {1, 40})->loss_days.mean;
    };
    EXPECT_LT(loss("ransomware-shared-provider"), loss("directory-and-backups-lost"));
}

TEST(Services, ElectionsAreDueWhereAStateVotesTwentyOneDaysAndOneDayBefore) {
    const auto due_in = [](const std::string& place) {
        const outage::Case outage = case_in("storage-failure", place);
        return std::ranges::find(outage.services, "elections", &outage::Service::id)->due_instants;
    };
    // Days since 01.01.1970 of the polling days, `date -u -d 2026-03-08 +%s` / 86,400: 26.09.2021, 09.06.2024 and
    // 23.02.2025 everywhere; 08.03.2026 in Baden-Württemberg, 22.03.2026 in Rhineland-Palatinate.
    const auto noons_before = [](std::initializer_list<int> polling_days) {
        std::vector<double> noons;
        for (const int day : polling_days) noons.insert(noons.end(), {day - 21 + 0.5, day - 1 + 0.5});
        return noons;
    };
    EXPECT_EQ(due_in(village), noons_before({18'896, 19'883, 20'142, 20'520}));
    EXPECT_EQ(due_in(joint_administration), noons_before({18'896, 19'883, 20'142, 20'534}));
}

TEST(Services, AllFortySixSayWhatIsAskedByWhenAndWhichFallbackIsLawful) {
    EXPECT_GE(shipped().services.size(), 46U);
    for (const catalogue::Service& service : shipped().services) {
        EXPECT_FALSE(service.demand_per_1000.source.empty()) << service.id.value;
        EXPECT_FALSE(service.maximum_tolerable_outage_days.source.empty()) << service.id.value;
        for (const catalogue::Mode& mode : service.modes) {
            if (mode.kind == catalogue::ModeKind::normal) continue;
            ASSERT_TRUE(mode.lawful_share) << service.id.value;
            EXPECT_FALSE(mode.lawful_share->source.empty()) << service.id.value;
            EXPECT_FALSE(mode.how.de.empty() || mode.how.en.empty()) << service.id.value;
        }
    }
}

}  // namespace
}  // namespace resmon::forecast
