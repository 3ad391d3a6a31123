// Better answers do not make an outage longer; unknown ones make the forecast wider.
#include "preparedness/body_forecast.hpp"

#include "region/germany.hpp"
#include "region/region.hpp"
#include "support/shipped.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <random>

namespace resmon::preparedness {
namespace {

const BodyKey meschede{"059580032000"};

using catalogue::shipped;

outage::Case alone(const BodyKey& body) {
    return forecast::case_of(shipped(), {.scenario = {"ransomware-shared-provider"}, .alone = body});
}

/// A town of which nobody says publicly who runs its IT.
BodyKey own_house() {
    for (const catalogue::Body& body : shipped().bodies.bodies())
        if (body.kind == catalogue::BodyKind::municipality && body.population > 20'000 && body.population < 40'000 &&
            !forecast::known_provider(shipped(), body.key))
            return body.key;
    throw std::logic_error{"no town alone"};
}

std::vector<Reading> all_at(std::optional<int> level) {
    std::vector<Reading> readings;
    for (const catalogue::Effect& effect : shipped().preparedness.effects)
        readings.push_back(reading_at(effect, level));
    return readings;
}

/// As many crews as there is work: nothing waits for somebody else's task.
outage::Case with_unlimited_crews(outage::Case outage) {
    for (outage::Pool& pool : outage.pools) pool.slots.assign(500, {});
    return outage;
}

TEST(Levers, ThatAllStandAtOneLeaveTheCaseAsItWas) {
    std::vector<forecast::LeverSetting> neutral;
    for (std::size_t number = 0; number < catalogue::lever_names.size(); ++number)
        if (const auto lever = static_cast<catalogue::Lever>(number); !catalogue::is_probability(lever))
            neutral.push_back({.id = fmt::format("neutral/{}", number), .lever = lever});
    const outage::Case plain = alone(meschede);
    const auto before = outage::forecast(plain, {1, 50});
    const auto after = outage::forecast(forecast::with_levers(plain, neutral), {1, 50});
    EXPECT_DOUBLE_EQ(before->loss_days.quantiles.p50, after->loss_days.quantiles.p50);
    EXPECT_DOUBLE_EQ(before->loss_days.mean, after->loss_days.mean);
}

TEST(Levers, EachMoveSomethingOfTheCase) {
    const outage::Case plain = alone(meschede);
    for (std::size_t lever = 0; lever < catalogue::lever_names.size(); ++lever) {
        const forecast::LeverSetting worst{
            .id = "x", .lever = static_cast<catalogue::Lever>(lever), .low = 0.2, .central = 0.2, .high = 0.2};
        const auto before = outage::forecast(plain, {1, 50});
        const auto after = outage::forecast(forecast::with_levers(plain, {worst}), {1, 50});
        EXPECT_NE(before->loss_days.mean, after->loss_days.mean) << catalogue::lever_names.at(lever);
    }
}

TEST(Levers, LeaveToChanceInWhichOrderSystemsRestartButNotTheWorkplaces) {
    const outage::Case moved = forecast::with_levers(
        alone(own_house()),
        {{.id = "x", .lever = catalogue::Lever::restart_order, .low = 0.3, .central = 0.4, .high = 0.5}});
    std::set<std::string> by_lot;
    std::set<std::string> others;
    for (const outage::Pool& pool : moved.pools) (pool.by_lot ? by_lot : others).insert(pool.label);
    EXPECT_EQ(by_lot, (std::set<std::string>{"crew/application", "crew/external", "crew/platform"}));
    EXPECT_EQ(others, std::set<std::string>{"crew/local"});
}

/// The exact law of each course. Two levers are left to the law of the mean: a copy that survives may take longer to
/// restore than a rebuild in a single course (both are drawn), and a fallback that begins earlier tires earlier.
TEST(BetterAnswers, LengthenNoCourseWhereNobodyWaitsForACrew) {
    const outage::Case plain = with_unlimited_crews(alone(meschede));
    constexpr std::uint32_t courses = 40;
    for (const catalogue::Effect& effect : shipped().preparedness.effects) {
        using enum catalogue::Lever;
        if (effect.lever == backups_survive || effect.lever == fallback_delay || effect.lever == neighbour_delay ||
            effect.lever == declaration)
            continue;
        for (int level = 1; level <= catalogue::highest_level; ++level) {
            const auto worse = forecast::with_levers(plain, {reading_at(effect, level - 1).setting});
            const auto better = forecast::with_levers(plain, {reading_at(effect, level).setting});
            for (std::uint32_t number = 0; number < courses; ++number) {
                const double before = outage::course(worse, {1, courses}, number).loss_days.at(0);
                const double after = outage::course(better, {1, courses}, number).loss_days.at(0);
                EXPECT_LE(after, before + 1e-9) << effect.question.value << " level " << level << " course " << number;
            }
        }
    }
}

TEST(BetterAnswers, ShortenTheMeanOrLeaveItWithCrewsAsTheyAre) {
    const BodyCase plain = case_of_body(shipped(), own_house());
    for (const catalogue::Effect& effect : shipped().preparedness.effects) {
        const Estimate saved = paired_difference(plain, {reading_at(effect, 0).setting},
                                                 {reading_at(effect, catalogue::highest_level).setting}, {1, 200});
        std::printf("%s %s: %.2f days (%.2f to %.2f)\n", effect.question.value.c_str(),
                    std::string{catalogue::lever_names.at(static_cast<std::size_t>(effect.lever))}.c_str(), saved.mean,
                    saved.low, saved.high);
        EXPECT_GE(saved.high, 0) << effect.question.value;
    }
}

TEST(Forecasts, OfABodyThatDidEverythingAreShorterThanOfOneThatDidNothing) {
    const BodyForecast best = body_forecast(shipped(), own_house(), all_at(catalogue::highest_level), {1, 50});
    const BodyForecast worst = body_forecast(shipped(), own_house(), all_at(0), {1, 50});
    EXPECT_LT(best.answered.loss_days.quantiles.p90, worst.answered.loss_days.quantiles.p10 * 1.5);
    EXPECT_LT(best.answered.loss_days.mean, worst.answered.loss_days.mean);
    EXPECT_TRUE(best.gains().empty());
    EXPECT_EQ(best.known, best.asked);
    EXPECT_EQ(worst.gains().size(), shipped().preparedness.effects.size());
    EXPECT_TRUE(std::ranges::is_sorted(worst.gains(), std::ranges::greater{},
                                       [](const AnswerEffect* effect) { return effect->gain().mean; }));
}

TEST(Forecasts, AreTheSameEachTime) {
    const auto once = body_forecast(shipped(), own_house(), all_at(2), {7, 20});
    const auto again = body_forecast(shipped(), own_house(), all_at(2), {7, 20});
    EXPECT_EQ(once.answered.loss_days.mean, again.answered.loss_days.mean);
    EXPECT_EQ(once.gains().front()->gain().mean, again.gains().front()->gain().mean);
}

TEST(Effects, OfAnAnswerAreCountedFromTheAnswerAsItIs) {
    const auto effects = answer_effects(shipped(), own_house(), all_at(2), {{"E4"}}, {1, 50}).effects;
    ASSERT_EQ(effects.size(), 1U);
    EXPECT_EQ(effects[0].now.effect->question, QuestionId{"E4"});
    EXPECT_EQ(effects[0].saved.at(2).mean, 0);
    EXPECT_EQ(effects[0].worth_knowing, 0) << "it is known";
    EXPECT_GT(effects[0].saved.at(4).mean, 0);
    EXPECT_LT(effects[0].saved.at(0).mean, 0) << "a worse answer costs days";
    for (const Estimate& days : effects[0].saved) {
        EXPECT_LE(days.low, days.mean);
        EXPECT_GE(days.high, days.mean);
    }
}

/// The order in which it pays to find out: by how far apart the levels lie, which is what the worst and the best answer
/// tell already.
TEST(Effects, OfUnknownAnswersAreWorthKnowingByHowMuchTheyCouldMove) {
    std::vector<Reading> readings;
    for (const catalogue::Effect& effect : shipped().preparedness.effects)
        readings.push_back(reading_at(effect, std::nullopt));
    const BodyForecast forecast = body_forecast(shipped(), own_house(), readings, {1, 100});
    EXPECT_EQ(forecast.known, 0);
    const auto unknown = forecast.unknown();
    ASSERT_EQ(unknown.size(), readings.size());
    for (std::size_t place = 0; place < unknown.size(); ++place) {
        const AnswerEffect& effect = *unknown[place];
        if (place > 0) {
            EXPECT_GE(unknown[place - 1]->worth_knowing, effect.worth_knowing);
        }
        const double apart = effect.saved.back().mean - effect.saved.front().mean;
        // A standard deviation is at most half of the distance between the ends, if the levels lie in order.
        EXPECT_LE(effect.worth_knowing, std::abs(apart) / 2 + 0.5) << effect.now.effect->question.value;
    }
}

/// The quick check leaves questions open: over synthetic towns its forecasts are wider, beyond three standard errors of
/// the paired mean.
TEST(Forecasts, AfterTheQuickCheckAreWiderThanAfterTheWholeSet) {
    const catalogue::Questionnaire& questionnaire = shipped().questionnaire({"resilienzmonitor"});
    const std::set<QuestionId> quick{questionnaire.quick_check.begin(), questionnaire.quick_check.end()};
    std::mt19937 random{2026};
    std::vector<const catalogue::Body*> towns;
    for (const catalogue::Body& body : shipped().bodies.bodies())
        if (body.kind == catalogue::BodyKind::municipality && body.population > 5000) towns.push_back(&body);
    constexpr int count = 400;
    double sum = 0;
    double squares = 0;
    for (int number = 0; number < count; ++number) {
        const outage::Case plain = alone(towns[random() % towns.size()]->key);
        std::vector<forecast::LeverSetting> some, all;
        for (const catalogue::Effect& effect : shipped().preparedness.effects) {
            const auto level = static_cast<int>(random() % (catalogue::highest_level + 1));
            all.push_back(reading_at(effect, level).setting);
            some.push_back(quick.contains(effect.question) ? all.back() : reading_at(effect, std::nullopt).setting);
        }
        const auto width = [&](const std::vector<forecast::LeverSetting>& settings) {
            constexpr std::uint32_t courses = 100;
            // Each town its own courses: the chance of a hundred that all share would not show in the error.
            const outage::Sampling sampling{static_cast<std::uint64_t>(number) + 1, courses};
            std::vector<double> losses = outage::course_losses(forecast::with_levers(plain, settings), sampling);
            std::ranges::sort(losses);
            return losses[courses * 9 / 10] - losses[courses / 10];
        };
        const double wider = width(some) - width(all);
        sum += wider;
        squares += wider * wider;
    }
    const double mean = sum / count;
    const double error = std::sqrt((squares / count - mean * mean) / (count - 1));
    std::printf("the quick check's band is %.2f days wider, standard error %.2f\n", mean, error);
    EXPECT_GT(mean, 3 * error);
}

}  // namespace
}  // namespace resmon::preparedness
