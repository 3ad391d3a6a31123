// From the shipped catalogue to a case: who is hit, what is overridden, and that no replay proves itself.
#include "region/region.hpp"

#include "base/error.hpp"
#include "incidents/replay.hpp"
#include "outage/forecast.hpp"
#include "reading/catalogue_reader.hpp"
#include "region/case_builder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace resmon::forecast {
namespace {

const catalogue::Catalogue& shipped() {
    static const catalogue::Catalogue read = catalogue::catalogue_from(catalogue::shipped_catalogue_files());
    return read;
}

CaseRequest replay() { return {.incident = IncidentId{"suedwestfalen-2023"}}; }

TEST(Suedwestfalen, Has64BodiesWithTheirPeople) {
    const outage::Case outage = case_of(shipped(), replay());
    EXPECT_EQ(outage.bodies.size(), 64U);
    // DOMAIN facts: Hochsauerlandkreis, Märkischer Kreis, Olpe, Siegen-Wittgenstein, Soest.
    double people = 0;
    for (const outage::Body& body : outage.bodies)
        if (body.key.ends_with("0000000")) people += body.inhabitants;
    EXPECT_EQ(people, 259'777 + 410'222 + 133'955 + 276'944 + 301'785);
}

TEST(Suedwestfalen, UsesNoFigureThatWasReadOffTheOutageItself) {
    for (const catalogue::Figure& figure : figures_used(shipped(), completed(shipped(), replay())))
        EXPECT_EQ(std::ranges::count(figure.derived_from, IncidentId{"suedwestfalen-2023"}), 0) << figure.id;
}

TEST(Suedwestfalen, AReplayWithAFigureOfItsOwnOutageIsRefused) {
    catalogue::Catalogue circular = shipped();
    circular.scenarios.front().backups_survive.derived_from.push_back(IncidentId{"suedwestfalen-2023"});
    EXPECT_THAT(
        [&] { (void)case_of(circular, replay()); },
        testing::ThrowsMessage<InputError>(testing::HasSubstr(
            "backups_survive: must not be derived from suedwestfalen-2023: a replay of it would prove itself")));
}

TEST(Suedwestfalen, EveryMilestoneIsAskedAndTellsItsBand) {
    const outage::Case outage = case_of(shipped(), replay());
    const outage::Forecast forecast = *outage::forecast(outage, {1, 100});
    const auto milestones = incidents::milestones_against(shipped().incident({"suedwestfalen-2023"}), forecast);
    ASSERT_EQ(milestones.size(), shipped().incident({"suedwestfalen-2023"}).milestones.size());
    for (const incidents::MilestoneForecast& milestone : milestones) {
        const outage::Quantiles& day = milestone.day.quantiles;
        EXPECT_LE(day.p10, day.p90);
        // Coverage is told, not demanded: a miss is a finding.
        std::cout << milestone.milestone->id << ": " << milestone.milestone->day_earliest << "–"
                  << milestone.milestone->day_latest << ", forecast " << day.p10 << " | " << day.p50 << " | " << day.p90
                  << (milestone.hit80 ? " hit" : " MISS") << '\n';
    }
}

TEST(Overrides, ShareCrewsOutInProportionAndKeepTheirSum) {
    CaseRequest request = replay();
    request.overrides.crews[catalogue::CrewKind::application] = 30;
    const outage::Case outage = case_of(shipped(), request);
    std::size_t crews = 0;
    for (const outage::Pool& pool : outage.pools)
        if (pool.label == "crew/application") crews += pool.slots.size();
    EXPECT_EQ(crews, 30U);
}

TEST(Overrides, TakeFallbacksAway) {
    CaseRequest request = replay();
    request.overrides.without_modes = {catalogue::ModeKind::paper, catalogue::ModeKind::neighbour};
    for (const outage::Provision& provision : case_of(shipped(), request).provisions)
        for (const outage::Mode& mode : provision.modes)
            EXPECT_TRUE(mode.kind == catalogue::ModeKind::normal || mode.kind == catalogue::ModeKind::basic_operation);
}

TEST(Overrides, MoreCrewsShortenAndFewerFallbacksLengthenTheLossOnTheSameDraws) {
    const auto loss = [](const CaseRequest& request) {
        return outage::forecast(case_of(shipped(), request), {1, 60})->loss_days.mean;
    };
    CaseRequest more = replay();
    more.overrides.crews[catalogue::CrewKind::application] = 200;
    CaseRequest fewer = replay();
    fewer.overrides.without_modes = {catalogue::ModeKind::basic_operation, catalogue::ModeKind::neighbour,
                                     catalogue::ModeKind::paper};
    const double usual = loss(replay());
    EXPECT_LT(loss(more), usual);
    EXPECT_GT(loss(fewer), usual);
}

TEST(CaseRequest, MustNotContradictTheIncident) {
    CaseRequest request = replay();
    request.region = {"nowhere"};
    EXPECT_THAT([&] { (void)completed(shipped(), request); },
                testing::ThrowsMessage<InputError>("/region: must be suedwestfalen as in the incident, is nowhere"));
    EXPECT_THAT([] { (void)completed(shipped(), {}); },
                testing::ThrowsMessage<InputError>("/scenario: is missing\n/region: is missing"));
    EXPECT_THROW((void)completed(shipped(), {.incident = IncidentId{"atlantis"}}), NotFound);
}

TEST(CaseRequest, AnIncidentWithoutMilestonesCannotBeReplayed) {
    EXPECT_THROW((void)completed(shipped(), {.incident = IncidentId{"witten-2021"}}), InputError);
}

TEST(Simulation, WithoutAnIncidentLeavesTheStartOpen) {
    const outage::Case outage =
        case_of(shipped(), {.scenario = {"ransomware-shared-provider"}, .region = {"suedwestfalen"}});
    EXPECT_FALSE(outage.start.has_value());
    EXPECT_TRUE(outage.questions.empty());
}

}  // namespace
}  // namespace resmon::forecast
