// The engine as a whole: laws that every forecast keeps.
#include "engine/forecast.hpp"

#include "base/error.hpp"
#include "base/random.hpp"
#include "outage/town.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

namespace resmon::outage {
namespace {

/// Two crews, a gate with a set-back, four resources in a chain and beside it, three kinds of service, fallbacks.
Town random_town() {
    Town town;
    const Index pool = town.crews(2);
    const Index gate = town.gate(5, {}, 0.6);
    std::vector<Index> tasks;
    for (const double days : {4.0, 6.0, 3.0, 9.0})
        tasks.push_back(town.task(days, pool, {tasks.empty() ? gate : tasks.front()}, 1, 0.5));
    town.outage.activities[gate].setback =
        Setback{.probability = town.figure(0.4), .share = town.figure(0.5), .repeats = {tasks[0]}};
    // The gate waits for what it repeats, so the chain begins with its own gate.
    const Index second_gate = town.gate(2, {tasks[0]}, 0.4);
    std::swap(town.outage.activities[gate].setback, town.outage.activities[second_gate].setback);
    town.outage.activities[tasks[3]].after.push_back(second_gate);
    for (const Index task : tasks) town.resource(task);
    town.outage.services.reserve(4);
    for (const ServiceKind kind :
         {ServiceKind::queue, ServiceKind::queue, ServiceKind::due_date, ServiceKind::standby}) {
        Provision& provision = town.service(static_cast<Index>(town.outage.provisions.size()), kind);
        provision.weight = 1 + static_cast<double>(town.outage.provisions.size());
        provision.modes.push_back(
            town.fallback(ModeKind::paper, 1 + static_cast<double>(town.outage.provisions.size()), 0.4));
        Service& service = town.outage.services.back();
        service.tolerable_days = 1;
        service.deadline = 6;
        for (double date = 19'660; date < 21'000; date += 30) service.due_instants.push_back(date);
    }
    town.outage.questions.push_back({.id = "all normal", .provisions = {0, 1, 2, 3}, .threshold = 1});
    return town;
}

std::vector<double> bits_of(const Forecast& forecast) {
    std::vector<double> bits;
    const auto add = [&bits](const Distribution& values) {
        const Quantiles& q = values.quantiles;
        bits.insert(bits.end(),
                    {q.p10, q.p25, q.p50, q.p75, q.p90, values.mean, values.standard_error, values.share_never});
    };
    for (const auto* days : {&forecast.ability, &forecast.services_normal, &forecast.backlog})
        for (const Quantiles& day : *days) bits.insert(bits.end(), {day.p10, day.p25, day.p50, day.p75, day.p90});
    for (const auto& day : forecast.mode_shares) bits.insert(bits.end(), day.begin(), day.end());
    add(forecast.loss_days);
    add(forecast.ability_most);
    for (const ServiceForecast& service : forecast.services)
        for (const auto* values : {&service.days_to_normal, &service.backlog_peak, &service.late_cases,
                                   &service.missed_dates, &service.hours_beyond})
            add(*values);
    for (const ChainLink& link : forecast.chain) bits.push_back(link.mean_days);
    for (const QuestionForecast& question : forecast.questions) add(question.day);
    return bits;
}

TEST(Forecast, HasTheSameBitsForAnyNumberOfThreads) {
    const Town town = random_town();
    const std::vector<double> one = bits_of(*forecast(town.outage, {5, 300}, {.threads = 1}));
    EXPECT_EQ(one, bits_of(*forecast(town.outage, {5, 300}, {.threads = 2})));
    EXPECT_EQ(one, bits_of(*forecast(town.outage, {5, 300}, {.threads = 7})));
    EXPECT_NE(one, bits_of(*forecast(town.outage, {6, 300}, {.threads = 2}))) << "another seed";
}

TEST(Forecast, TheFirstCoursesOfALongerRunAreTheSame) {
    const Town town = random_town();
    const Course of_short = course(town.outage, {5, 10}, 7);
    const Course of_long = course(town.outage, {5, 1000}, 7);
    EXPECT_EQ(of_short.activity_finish, of_long.activity_finish);
    EXPECT_EQ(of_short.mode_begin, of_long.mode_begin);
}

TEST(Forecast, DoesNotDependOnTheOrderOfServicesInTheCase) {
    const Town town = random_town();
    Case permuted = town.outage;
    std::ranges::reverse(permuted.provisions);
    std::ranges::reverse(permuted.services);
    for (Provision& provision : permuted.provisions) provision.service = 3 - provision.service;
    EXPECT_EQ(bits_of(*forecast(town.outage, {5, 200})), bits_of(*forecast(permuted, {5, 200})));
}

TEST(Forecast, DoesNotDependOnTheOrderOfResourcesInTheCase) {
    const Town town = random_town();
    Case permuted = town.outage;
    std::ranges::reverse(permuted.resources);
    for (Provision& provision : permuted.provisions)
        provision.modes.front().needs.resource = 3 - provision.modes.front().needs.resource;
    EXPECT_EQ(bits_of(*forecast(town.outage, {5, 200})), bits_of(*forecast(permuted, {5, 200})));
}

TEST(Forecast, AnotherActivityThatNobodyWaitsForChangesNoDraw) {
    const Town town = random_town();
    Town with_more = random_town();
    with_more.gate(100, {}, 1);
    EXPECT_EQ(course(town.outage, {5, 100}, 3).resource_up, course(with_more.outage, {5, 100}, 3).resource_up);
}

TEST(Forecast, StaysWithinItsBoundsAndItsBandsNest) {
    const Forecast result = *forecast(random_town().outage, {5, 300});
    const auto nests = [](const Quantiles& q) {
        return q.p10 <= q.p25 && q.p25 <= q.p50 && q.p50 <= q.p75 && q.p75 <= q.p90;
    };
    for (const Quantiles& day : result.ability) {
        EXPECT_TRUE(nests(day));
        EXPECT_GE(day.p10, 0);
        EXPECT_LE(day.p90, 1);
    }
    for (const Quantiles& day : result.backlog) EXPECT_TRUE(nests(day) && day.p10 >= 0);
    for (const auto& day : result.mode_shares) EXPECT_NEAR(std::accumulate(day.begin(), day.end(), 0.0), 1, 1e-9);
    EXPECT_TRUE(nests(result.loss_days.quantiles));
}

TEST(Forecast, TheLinksOfAChainAddUpToTheMeanReturn) {
    const Forecast result = *forecast(random_town().outage, {5, 300});
    for (const ServiceForecast& service : result.services) {
        double sum = 0;
        for (const ChainLink& link : service.chain) sum += link.mean_days;
        EXPECT_NEAR(sum, service.days_to_normal.mean, 1e-4) << service.id;
        double decides = 0;
        for (const ChainLink& link : service.chain) decides += link.decides;
        EXPECT_NEAR(decides, 1, 1e-9);
    }
}

TEST(Forecast, LosesInEachCourseWhatTheLossesAloneSay) {
    const Case outage = random_town().outage;
    constexpr Sampling sampling{.seed = 7, .replications = 60};
    const std::vector<double> losses = course_losses(outage, sampling, 2);
    ASSERT_EQ(losses.size(), sampling.replications);
    for (std::uint32_t number = 0; number < sampling.replications; ++number)
        EXPECT_DOUBLE_EQ(losses[number], course(outage, sampling, number).loss_days.at(0)) << number;
    const double mean = std::accumulate(losses.begin(), losses.end(), 0.0) / sampling.replications;
    EXPECT_NEAR(mean, forecast(outage, sampling)->loss_days.mean, 1e-12 * mean);
}

TEST(Forecast, EndsWithoutAResultWhenItIsStopped) {
    std::stop_source stop;
    std::uint32_t told = 0;
    const auto result =
        forecast(random_town().outage, {5, 5000}, {.stop = stop.get_token(), .progress = [&](std::uint32_t done) {
                                                       EXPECT_GT(done, told) << "progress ascends";
                                                       told = done;
                                                       stop.request_stop();
                                                   }});
    EXPECT_FALSE(result.has_value());
    EXPECT_LT(told, 5000U);
}

TEST(Forecast, OfAPlainOutageIsWhatTheHandComputes) {
    // One crew, two tasks of 4 and 6 days: services back on days 4 and 10; paper at 0.5 for the second from day 2.
    Town town;
    const Index pool = town.crews(1);
    const Index first = town.resource(town.task(4, pool));
    const Index second = town.resource(town.task(6, pool));
    town.service(first);
    town.service(second).modes.push_back(town.fallback(ModeKind::paper, 2, 0.5));
    const Forecast result = *forecast(town.outage, {1, 20});
    EXPECT_EQ(result.services[0].days_to_normal.quantiles.p50, 4);
    EXPECT_EQ(result.services[1].days_to_normal.quantiles.p50, 10);
    EXPECT_EQ(result.services[1].days_to_first_mode.quantiles.p50, 2);
    EXPECT_DOUBLE_EQ(result.loss_days.mean, (4 + 2 + 0.5 * 8) / 2) << "two services of equal weight";
    EXPECT_EQ(result.ability[3].p50, 0.25);
    EXPECT_EQ(result.ability[4].p50, 0.75);
    EXPECT_EQ(result.ability[10].p50, 1);
    EXPECT_EQ(result.ability_all.quantiles.p50, 10);
}

TEST(Forecast, RefusesACaseThatContradictsItselfWithEveryFault) {
    Town town;
    const Index pool = town.crews(1);
    const Index one = town.task(1, pool);
    const Index other = town.task(1, pool, {one}, 2);
    town.outage.activities[one].after = {other};
    town.outage.estimates[town.outage.severity_share].high = 0.95;
    try {
        (void)forecast(town.outage, {1, 10});
        FAIL() << "must be refused";
    } catch (const InputError& error) {
        EXPECT_THAT(error.what(),
                    testing::HasSubstr("severity_share: must be at most 0.9 together with owner_share, is 1.05"));
        EXPECT_THAT(error.what(), testing::HasSubstr("activity-1001: must take between 1 and 1 crews, takes 2"));
    }
}

TEST(Forecast, RefusesACycleAndNamesItsMembers) {
    Town town;
    const Index one = town.gate(1);
    const Index other = town.gate(1, {one});
    town.outage.activities[one].after = {other};
    EXPECT_THAT([&] { (void)forecast(town.outage, {1, 10}); },
                testing::ThrowsMessage<InputError>(
                    "activity-1000: must not wait for itself: activity-1000 → activity-1001 → activity-1000"));
}

TEST(Forecast, TwoOfAKindAreRefused) {
    Town town;
    town.gate(1);
    town.gate(1);
    town.outage.activities[1].id = town.outage.activities[0].id;
    EXPECT_THAT([&] { (void)forecast(town.outage, {1, 10}); },
                testing::ThrowsMessage<InputError>("activity-1000: must be the only activity of that id"));
}

/// ∫ P(Z ≤ (x − √φ z)/√(1 − φ))^k φ(z) dz by Simpson's rule over ±8: the one-factor Gaussian copula (Vasicek 1987).
double all_done_by(double standardised, double loading_squared, int tasks) {
    constexpr int intervals = 2000;
    constexpr double width = 16.0 / intervals;
    double sum = 0;
    for (int place = 0; place <= intervals; ++place) {
        const double z = -8 + place * width;
        const double one =
            normal_probability((standardised - std::sqrt(loading_squared) * z) / std::sqrt(1 - loading_squared));
        const double density = std::exp(-z * z / 2) / std::sqrt(2 * std::acos(-1.0));
        sum += std::pow(one, tasks) * density * (place == 0 || place == intervals ? 1 : place % 2 == 1 ? 4 : 2);
    }
    return sum * width / 3;
}

TEST(CommonFactors, MakeFiveTasksOfOneOwnerFinishTogetherAsTheCopulaSays) {
    // φ = 0.3 and φ' = 0.1 of one owner load on the same courses: together 0.4.
    constexpr std::uint32_t replications = 6000;
    constexpr double median = 10;
    constexpr double sigma = 0.6;
    Town town;
    for (int task = 0; task < 5; ++task) town.gate(median, {}, sigma);
    for (const double limit : {8.0, 12.0, 18.0}) {
        std::uint32_t together = 0;
        for (std::uint32_t replication = 0; replication < replications; ++replication) {
            const Course one = course(town.outage, {11, replications}, replication);
            together += std::ranges::max(one.activity_finish) <= limit ? 1U : 0U;
        }
        const double expected = all_done_by(std::log(limit / median) / sigma, 0.4, 5);
        const double standard_error = std::sqrt(expected * (1 - expected) / replications);
        EXPECT_NEAR(static_cast<double>(together) / replications, expected, 4 * standard_error) << limit;
    }
}

TEST(Setback, RepeatsItsTasksUntilTheThirdAttemptHolds) {
    // p = 1: both attempts fail. Gate 2, then twice a copy of half of 4 days and the gate again: 4 + 2 + (2 + 2) + (2 +
    // 2).
    Town town;
    const Index pool = town.crews(1);
    const Index task = town.task(4, pool);
    const Index gate = town.gate(2, {task});
    town.outage.activities[gate].setback =
        Setback{.probability = town.figure(1), .share = town.figure(0.5), .repeats = {task}};
    const Index back = town.resource(gate);
    town.service(back);
    town.resource(task);
    const Course one = course(town.outage, {1, 10}, 0);
    EXPECT_DOUBLE_EQ(one.resource_up[0], 14);
    EXPECT_DOUBLE_EQ(one.resource_up[1], 4) << "a copy takes no resource down";
}

/// It fails on a Friday at 20:00; paper waits for the emergency to be declared, an hour after somebody is there.
Town town_on_friday_evening(double reached) {
    Town town;
    Case& outage = town.outage;
    outage.calendars.push_back(WorkingCalendar::of({}, State::nordrhein_westfalen, 2023, 2026));
    outage.start = 19'664 + 20 / 24.0;
    outage.office_hours = {.from = 7 / 24.0, .to = 17 / 24.0};
    const Index declaration = town.gate(1 / 24.0);
    outage.activities[declaration].reachability = Reachability{.probability = town.figure(reached), .calendar = 1};
    outage.bodies.front().declaration = declaration;
    town.service(town.resource(town.gate(30))).modes.push_back(town.fallback(ModeKind::paper, 0, 0.5));
    return town;
}

TEST(Reachability, LetsADeclarationWaitForMondayMorningIfNobodyIsThere) {
    const double until_monday = 4 / 24.0 + 2 + 7 / 24.0;
    const auto paper_begins = [](double reached) {
        return course(town_on_friday_evening(reached).outage, {1, 10}, 0).mode_begin[0][1];
    };
    EXPECT_NEAR(paper_begins(1), 1 / 24.0, 1e-9);
    EXPECT_NEAR(paper_begins(0), until_monday + 1 / 24.0, 1e-9);
    // Half of what is not served is lost: until paper begins all of it.
    EXPECT_NEAR(forecast(town_on_friday_evening(0).outage, {1, 10})->loss_days.mean -
                    forecast(town_on_friday_evening(1).outage, {1, 10})->loss_days.mean,
                until_monday / 2, 1e-6);
}

TEST(Reachability, IsDrawnWithItsProbability) {
    constexpr std::uint32_t courses = 10'000;
    constexpr double reached = 0.3;
    const Town town = town_on_friday_evening(reached);
    const double all = forecast(town_on_friday_evening(0).outage, {1, 10})->loss_days.mean;
    const double none = forecast(town_on_friday_evening(1).outage, {1, 10})->loss_days.mean;
    const double mean = forecast(town.outage, {1, courses})->loss_days.mean;
    EXPECT_NEAR((all - mean) / (all - none), reached, 4 * std::sqrt(reached * (1 - reached) / courses));
}

TEST(Reachability, MattersOnlyOutsideOfficeHours) {
    Town town = town_on_friday_evening(0);
    town.outage.start = 19'664 + 10 / 24.0;
    EXPECT_NEAR(course(town.outage, {1, 10}, 0).mode_begin[0][1], 1 / 24.0, 1e-9);
}

TEST(Reachability, OfATaskOrOfImpossibleHoursIsRefused) {
    Town town = town_on_friday_evening(0.5);
    town.outage.office_hours = {.from = 0.8, .to = 0.3};
    town.outage.activities[0].calendar = 0;
    try {
        (void)forecast(town.outage, {1, 10});
        FAIL();
    } catch (const InputError& error) {
        EXPECT_EQ(error.faults().size(), 2);
    }
}

TEST(Neighbours, ShareTheSpareOfAHelperAmongThoseWhoAreHit) {
    Town town;
    town.outage.bodies.push_back({.key = "village", .inhabitants = 3'000});
    const Index failed = town.resource(town.gate(50));
    for (Index body : {0U, 1U}) {
        Provision& provision = town.service(failed);
        provision.service = 0;
        provision.body = body;
        provision.id = town.outage.bodies[body].key + "/service-0";
        provision.demand = body == 0 ? 30 : 10;
        Mode help;
        help.kind = ModeKind::neighbour;
        help.helpers = {{.body = "helper", .spare = 20}};
        provision.modes.push_back(help);
    }
    town.outage.services.pop_back();
    const Forecast result = *forecast(town.outage, {1, 10});
    // 20 cases a day for a demand of 40: half of the ability for both, from the first day.
    EXPECT_NEAR(result.ability[1].p50, 0.5, 1e-9);
    EXPECT_NEAR(result.loss_days.mean, 25, 1e-9);
}

}  // namespace
}  // namespace resmon::outage
