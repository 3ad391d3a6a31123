// A town at a shared provider moves what is its own, and only that.
#include "preparedness/body_case.hpp"

#include "engine/forecast.hpp"
#include "preparedness/body_forecast.hpp"
#include "support/shipped.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace resmon::preparedness {
namespace {

using catalogue::Lever;
using catalogue::shipped;

const BodyKey meschede{"059580032000"};             // Südwestfalen-IT, a region of the catalogue
const BodyKey bad_oldesloe{"010620004000"};         // IT-Verbund Stormarn, known as a part of Germany alone
const BodyKey siegen_wittgenstein{"059700000000"};  // a district among the customers

const BodyCase& at_provider() {
    static const BodyCase found = case_of_body(shipped(), meschede);
    return found;
}

std::vector<Reading> all_at(std::optional<int> level) {
    std::vector<Reading> readings;
    for (const catalogue::Effect& effect : shipped().preparedness.effects)
        readings.push_back(reading_at(effect, level));
    return readings;
}

TEST(ABodyAtASharedProvider, IsToldWhichOneIsAssumed) {
    const Assumption& assumed = at_provider().assumption;
    ASSERT_TRUE(assumed.provider);
    EXPECT_EQ(assumed.provider->name.de, "Südwestfalen-IT");
    EXPECT_EQ(assumed.provider->customers, 64U);  // citkomm.de, 31.01.2018, as in catalogue/regions
    EXPECT_EQ(assumed.scenario, ScenarioId{"ransomware-shared-provider"});
    EXPECT_EQ(case_of_body(shipped(), bad_oldesloe).assumption.provider->id, ProviderId{"it-verbund-stormarn"});
    EXPECT_EQ(case_of_body(shipped(), siegen_wittgenstein).assumption.provider->name.de, "Südwestfalen-IT");
}

/// The gates, tasks and backups of the shipped scenario are the provider's, but for declaration, acceptance and what
/// the local crews do.
TEST(ABodyAtASharedProvider, MovesItsOwnCrewsFallbacksAndDecisionsAlone) {
    using enum Lever;
    EXPECT_EQ(at_provider().levers,
              (std::set<Lever>{workplaces, declaration, reconnection, fallback_capacity, fallback_delay,
                               neighbour_delay, endurance, paydays, reachability}));
}

TEST(ABodyAtASharedProvider, LeavesWhatIsItsProvidersAsTheCatalogueHasIt) {
    const outage::Sampling sampling{1, 40};
    std::vector<forecast::LeverSetting> worst;
    for (const Reading& reading : all_at(0))
        if (!at_provider().levers.contains(reading.effect->lever)) worst.push_back(reading.setting);
    ASSERT_FALSE(worst.empty());
    EXPECT_EQ(outage::course_losses(at_provider().with(worst), sampling),
              outage::course_losses(at_provider().plain, sampling));
}

TEST(ABodyAtASharedProvider, CanMoveSomethingWithEachOfItsLevers) {
    const outage::Sampling sampling{1, 40};
    const std::vector<double> before = outage::course_losses(at_provider().plain, sampling);
    for (const Lever lever : at_provider().levers) {
        const forecast::LeverSetting low{.id = "x", .lever = lever, .low = 0.01, .central = 0.01, .high = 0.01};
        EXPECT_NE(outage::course_losses(at_provider().with({low}), sampling), before)
            << catalogue::lever_names.at(static_cast<std::size_t>(lever));
    }
}

/// 99 % of a normal mean lies within 2.576 standard errors, 95 % within 1.960.
double lower_99(const Estimate& saved) { return saved.mean - (saved.high - saved.mean) * 2.575829 / 1.959964; }
double upper_99(const Estimate& saved) { return 2 * saved.mean - lower_99(saved); }

class BetterAnswersOf : public testing::TestWithParam<const char*> {};

TEST_P(BetterAnswersOf, NeverLengthenTheMeanBeyondItsError) {
    const BodyCase body = case_of_body(shipped(), BodyKey{GetParam()});
    for (const catalogue::Effect& effect : shipped().preparedness.effects) {
        if (!body.levers.contains(effect.lever)) continue;
        for (int level = 1; level <= catalogue::highest_level; ++level) {
            const Estimate saved = paired_difference(body, {reading_at(effect, level - 1).setting},
                                                     {reading_at(effect, level).setting}, {1, 200});
            EXPECT_GE(upper_99(saved), 0) << effect.question.value << " level " << level;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(TownsAndADistrict, BetterAnswersOf,
                         testing::Values("059580032000", "010620004000", "059700000000"));

/// Of each course, as far as it holds: what begins a fallback earlier tires it earlier (docs/decisions/0021).
TEST(ABodyAtASharedProvider, LosesNoDayInAnyCourseByABetterAnswerThatOnlyShortensOrStrengthens) {
    constexpr std::uint32_t courses = 40;
    for (const catalogue::Effect& effect : shipped().preparedness.effects) {
        using enum Lever;
        if (effect.lever != fallback_capacity && effect.lever != endurance && effect.lever != paydays) continue;
        for (int level = 1; level <= catalogue::highest_level; ++level) {
            const auto worse =
                outage::course_losses(at_provider().with({reading_at(effect, level - 1).setting}), {1, courses});
            const auto better =
                outage::course_losses(at_provider().with({reading_at(effect, level).setting}), {1, courses});
            for (std::uint32_t number = 0; number < courses; ++number)
                EXPECT_LE(better[number], worse[number] + 1e-9) << effect.question.value << " course " << number;
        }
    }
}

TEST(AForecastAtASharedProvider, CountsOnlyQuestionsThatTheBodyMoves) {
    const BodyForecast found = body_forecast(shipped(), meschede, all_at(2), {1, 20});
    EXPECT_EQ(static_cast<std::size_t>(found.asked) + found.not_own.size(), shipped().preparedness.effects.size());
    EXPECT_EQ(found.effects.size(), static_cast<std::size_t>(found.asked));
    std::set<std::string> theirs;
    for (const Reading& reading : found.not_own) theirs.insert(reading.effect->question.value);
    EXPECT_THAT(theirs, testing::IsSupersetOf({"E2", "E4", "F1"}));
    EXPECT_FALSE(theirs.contains("C1"));
}

TEST(AForecastAtASharedProvider, TellsEffectsOfATopicWithTheQuestionsThatMoveNothing) {
    const AnswerEffects found = answer_effects(shipped(), meschede, all_at(2), {{"E2"}, {"B4"}}, {1, 20});
    ASSERT_EQ(found.effects.size(), 1U);
    EXPECT_EQ(found.effects[0].now.effect->question, QuestionId{"B4"});
    ASSERT_EQ(found.not_own.size(), 1U);
    EXPECT_EQ(found.not_own[0].effect->question, QuestionId{"E2"});
}

}  // namespace
}  // namespace resmon::preparedness
