// What is random in a course: margins, common factors, events, the hour of the beginning.
#include "outage/draw.hpp"

#include "base/error.hpp"
#include "outage/course.hpp"
#include "outage/town.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>

namespace resmon::outage {
namespace {

constexpr std::uint32_t courses = 20'000;

/// Sums of a value that is drawn once per course.
class Moments {
public:
    void add(double value) {
        sum_ += value;
        squares_ += value * value;
        ++count_;
    }
    [[nodiscard]] double mean() const { return sum_ / count_; }
    [[nodiscard]] double variance() const { return squares_ / count_ - mean() * mean(); }
    [[nodiscard]] double standard_error() const { return std::sqrt(variance() / count_); }

private:
    double sum_ = 0;
    double squares_ = 0;
    double count_ = 0;
};

template <class Look>
void for_each_course(const Case& outage, Look look) {
    const Compiled ready = compiled(outage);
    Draws draws;
    for (std::uint32_t replication = 0; replication < courses; ++replication) {
        draw(ready, {20'231'030, courses}, replication, draws);
        look(ready, draws);
    }
}

TEST(Draw, TakesDurationsLogUniformAndSharesUniformWithinTheirRange) {
    Town town;
    const Index duration = town.uncertain(2, 4, 8);
    town.outage.estimates[duration].spread = catalogue::Spread::logarithmic;
    const Index from_zero = town.uncertain(0, 1, 4);
    town.outage.estimates[from_zero].spread = catalogue::Spread::logarithmic;
    const Index share = town.uncertain(0.2, 0.3, 0.6);
    const Index nothing = town.figure(0);
    Moments logarithm;
    Moments uniform;
    Moments shares;
    for_each_course(town.outage, [&](const Compiled&, const Draws& draws) {
        ASSERT_TRUE(2 <= draws.estimates[duration] && draws.estimates[duration] <= 8);
        ASSERT_EQ(draws.estimates[nothing], 0);
        logarithm.add(std::log(draws.estimates[duration]));
        uniform.add(draws.estimates[from_zero]);
        shares.add(draws.estimates[share]);
    });
    EXPECT_NEAR(logarithm.mean(), std::log(4.0), 4 * logarithm.standard_error());
    EXPECT_NEAR(logarithm.variance(), std::pow(std::log(4.0), 2) / 12, 0.01);
    EXPECT_NEAR(uniform.mean(), 2, 4 * uniform.standard_error()) << "uniform where the lower bound is 0";
    EXPECT_NEAR(shares.mean(), 0.4, 4 * shares.standard_error());
}

TEST(Draw, GivesTwoTasksTheCorrelationOfTheirCommonFactors) {
    // log X = log median + σ (√φ Z₀ + √φ' Z_owner + √(1 − φ − φ') Z): correlation φ + φ' with one owner, φ with two.
    Town town;
    town.outage.owners = {"one", "other"};
    const Index first = town.gate(10, {}, 0.5);
    const Index of_same = town.gate(3, {}, 0.5);
    const Index of_other = town.gate(7, {}, 0.5);
    town.outage.activities[of_other].owner = 1;
    Moments margin;
    Moments same;
    Moments other;
    for_each_course(town.outage, [&](const Compiled& ready, const Draws& draws) {
        const auto standardised = [&](Index activity, double median) {
            return std::log(draws.duration[ready.final_step[activity]] / median) / 0.5;
        };
        margin.add(standardised(first, 10));
        same.add(standardised(first, 10) * standardised(of_same, 3));
        other.add(standardised(first, 10) * standardised(of_other, 7));
    });
    EXPECT_NEAR(margin.mean(), 0, 4 * margin.standard_error());
    EXPECT_NEAR(margin.variance(), 1, 0.05);
    EXPECT_NEAR(same.mean(), 0.4, 4 * same.standard_error());
    EXPECT_NEAR(other.mean(), 0.3, 4 * other.standard_error());
}

TEST(Draw, OneUniformDecidesForAllTasksOfABackup) {
    Town town;
    town.outage.backups.push_back({.id = "provider", .survives = town.figure(0.7)});
    for (int task = 0; task < 2; ++task) {
        const Index number = town.gate(5);
        town.outage.activities[number].backup = 0;
        town.outage.activities[number].rebuild_median = town.figure(20);
    }
    Moments survive;
    for_each_course(town.outage, [&](const Compiled&, const Draws& draws) {
        ASSERT_EQ(draws.duration[0], draws.duration[1]);
        ASSERT_TRUE(draws.duration[0] == 5 || draws.duration[0] == 20);
        survive.add(draws.duration[0] == 5 ? 1 : 0);
    });
    EXPECT_NEAR(survive.mean(), 0.7, 4 * survive.standard_error());
}

TEST(Draw, ATaskOfAResourceThatDoesNotFailTakesNoTimeAndNoCrew) {
    Town town;
    const Index pool = town.crews(1);
    const Index task = town.task(5, pool);
    const Index resource = town.resource(task);
    town.outage.activities[task].resource = resource;
    town.outage.resources[resource].fails = town.figure(0.25);
    Moments fails;
    for_each_course(town.outage, [&](const Compiled&, const Draws& draws) {
        ASSERT_EQ(draws.needed[0], draws.fails[resource]);
        ASSERT_EQ(draws.duration[0], draws.fails[resource] ? 5 : 0);
        fails.add(draws.fails[resource] ? 1 : 0);
    });
    EXPECT_NEAR(fails.mean(), 0.25, 4 * fails.standard_error());
}

TEST(Draw, AStartThatIsLeftOpenIsEveryHourOfTheReferenceYear) {
    Town town;
    town.outage.start.reset();
    town.outage.reference_year = 2024;  // 366 days
    std::set<double> hours;
    Moments weekend;
    for_each_course(town.outage, [&](const Compiled&, const Draws& draws) {
        const double hour = (draws.start - 19'723) * 24;  // days from 1970-01-01 to 2024-01-01
        ASSERT_NEAR(hour, std::round(hour), 1e-6);
        ASSERT_TRUE(0 <= std::round(hour) && std::round(hour) < 366 * 24);
        hours.insert(std::round(hour));
        const int weekday = static_cast<int>(std::floor(draws.start) + 3) % 7;  // 1970-01-01 was a Thursday; 0 = Monday
        weekend.add(weekday >= 5 ? 1 : 0);
    });
    EXPECT_GT(hours.size(), 7'000U) << "20,000 draws reach nine of ten of 8,784 hours";
    EXPECT_NEAR(weekend.mean(), 104.0 / 366, 4 * weekend.standard_error());
}

TEST(Draw, AServiceOfTheSameBodyAndModeWaitsForTheSameActivation) {
    Town town;
    town.outage.bodies.push_back({.key = "village", .inhabitants = 3'000});
    const Duration delay{.median = town.figure(3), .sigma = town.figure(0.6)};
    const Mode paper{.kind = ModeKind::paper, .delay = delay};
    const Mode basic{.kind = ModeKind::basic_operation, .delay = delay};
    for_each_course(town.outage, [&](const Compiled& ready, const Draws& draws) {
        const double first = activation_delay(ready, draws, 0, paper);
        ASSERT_EQ(first, activation_delay(ready, draws, 0, paper)) << "another service, the same clerks";
        ASSERT_NE(first, activation_delay(ready, draws, 0, basic));
        ASSERT_NE(first, activation_delay(ready, draws, 1, paper));
    });
}

TEST(Draw, OneCrewTakesTheGateAndTheSumOfItsTasks) {
    // Independent log-normals (φ = φ' = 0): E X = m·e^{σ²/2}, Var X = m²·e^{σ²}(e^{σ²} − 1), both add up.
    constexpr double sigma = 0.6;
    Town town;
    town.outage.estimates[town.outage.severity_share] = {"severity", 0, 0, 0, catalogue::Spread::uniform};
    town.outage.estimates[town.outage.owner_share] = {"owner", 0, 0, 0, catalogue::Spread::uniform};
    const Index pool = town.crews(1);
    const Index gate = town.gate(7, {}, sigma);
    for (const double days : {4.0, 5.0, 6.0}) town.task(days, pool, {gate}, 1, sigma);
    Moments last;
    for_each_course(town.outage, [&](const Compiled& ready, const Draws& draws) {
        Schedule plan;
        schedule(ready, {draws.start, draws.duration, draws.needed, draws.reached, draws.priority}, plan);
        last.add(std::ranges::max(plan.finish));
    });
    const double growth = std::exp(sigma * sigma);
    const double variance = (49 + 16 + 25 + 36) * growth * (growth - 1);
    EXPECT_NEAR(last.mean(), (7 + 4 + 5 + 6) * std::sqrt(growth), 4 * last.standard_error());
    EXPECT_NEAR(last.variance(), variance, 0.06 * variance);
}

/// Days of one gate in many courses.
std::vector<double> days_of(const Margin& margin) {
    Town town;
    town.outage.activities[town.gate(1)].restore.margin = margin;
    std::vector<double> days;
    for (std::uint32_t number = 0; number < courses; ++number)
        days.push_back(course(town.outage, {1, courses}, number).activity_finish[0]);
    return days;
}

TEST(Margin, OfATriangleHasTheMeanAndVarianceOfTheTextbook) {
    const double a = 2;
    const double c = 3;
    const double b = 10;
    const double variance = (a * a + b * b + c * c - a * b - a * c - b * c) / 18;
    Moments days;
    for (const double day : days_of({.least = a, .likely = c, .most = b})) {
        EXPECT_TRUE(a <= day && day <= b);
        days.add(day);
    }
    EXPECT_NEAR(days.mean(), (a + b + c) / 3, 4 * days.standard_error());
    EXPECT_NEAR(days.variance(), variance, 0.03 * variance);
}

TEST(Margin, OfEquallyLikelyValuesTakesEachAsOften) {
    std::map<double, int> times;
    for (const double day : days_of({.values = {1, 4, 4.5, 30}})) ++times[day];
    ASSERT_EQ(times.size(), 4U);
    for (const auto& [day, often] : times)
        EXPECT_NEAR(often, courses / 4.0, 4 * std::sqrt(courses * 0.25 * 0.75)) << day;
}

TEST(Margin, KeepsTheOrderThatTheCommonFactorGives) {
    Town town;
    for (const double most : {6.0, 60.0}) {
        Activity& gate = town.outage.activities[town.gate(1)];
        gate.restore.margin = Margin{.least = 1, .likely = 2, .most = most};
        gate.restore.loadings = Loadings{.severity = 1, .owner = 0};
    }
    for (std::uint32_t number = 0; number < 200; ++number) {
        const Course one = course(town.outage, {1, 200}, number);
        // The share of the way through each triangle is the same.
        const auto share = [](double day, double most) {
            return day <= 2 ? (day - 1) * (day - 1) / (most - 1)
                            : 1 - (most - day) * (most - day) / ((most - 1) * (most - 2));
        };
        EXPECT_NEAR(share(one.activity_finish[0], 6), share(one.activity_finish[1], 60), 1e-9);
    }
}

TEST(Margin, WithImpossibleDaysOrARebuildIsRefused) {
    Town town;
    Activity& gate = town.outage.activities[town.gate(1)];
    gate.restore.margin = Margin{.least = 3, .likely = 2, .most = 5};
    gate.rebuild_median = 0;
    EXPECT_THROW((void)compiled(town.outage), InputError);
    town.outage.activities[0].rebuild_median.reset();
    EXPECT_THROW((void)compiled(town.outage), InputError);
    town.outage.activities[0].restore.margin = Margin{.values = {2, 1}};
    EXPECT_THROW((void)compiled(town.outage), InputError);
    town.outage.activities[0].restore.margin = Margin{.values = {1, 2}};
    EXPECT_NO_THROW((void)compiled(town.outage));
}

}  // namespace
}  // namespace resmon::outage
