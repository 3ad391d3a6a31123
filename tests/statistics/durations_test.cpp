// Kaplan–Meier, Turnbull and fitted laws against R's survival package, against each other, and in simulated recovery.
// r/expected.csv was printed by r/expected.R with R 4.2.2 and survival 3.5; r/durations.csv is simulated.
#include "statistics/duration_law.hpp"
#include "statistics/turnbull.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <numbers>
#include <random>
#include <sstream>
#include <string>

namespace resmon::statistics {
namespace {

using Words = std::vector<std::string>;

std::vector<Words> lines_of(const std::string& path) {
    std::ifstream file{path};
    EXPECT_TRUE(file) << path;
    std::vector<Words> lines;
    for (std::string line; std::getline(file, line);) {
        Words words;
        std::istringstream rest{line};
        for (std::string word; std::getline(rest, word, ',');) words.push_back(word);
        lines.push_back(std::move(words));
    }
    return lines;
}

double number(const std::string& word) {
    return word == "Inf" || word == "NA" ? std::numeric_limits<double>::infinity() : std::stod(word);
}

using Groups = std::map<std::string, std::vector<ObservedDuration>>;

Groups groups_from_r() {
    Groups groups;
    for (const Words& words : lines_of("tests/statistics/r/durations.csv"))
        if (words.at(0) != "group") groups[words.at(0)].push_back({number(words.at(1)), number(words.at(2))});
    return groups;
}

/// Of a group and a kind of line, with the numbers after both.
std::vector<std::vector<double>> expected(const std::string& group, const std::string& kind) {
    std::vector<std::vector<double>> rows;
    for (const Words& words : lines_of("tests/statistics/r/expected.csv")) {
        const std::string kinds =
            words.size() > 2 && words.at(1) != "km" && words.at(1) != "km-median" && words.at(1) != "turnbull"
                ? words.at(1) + "/" + words.at(2)
                : words.at(1);
        if (words.at(0) != group || kinds != kind) continue;
        std::vector<double> numbers;
        for (std::size_t word = kinds == words.at(1) ? 2 : 3; word < words.size(); ++word)
            numbers.push_back(number(words[word]));
        rows.push_back(std::move(numbers));
    }
    EXPECT_FALSE(rows.empty()) << group << " " << kind;
    return rows;
}

constexpr double agreement = 1e-6;  // relative, as the goal has it

void expect_close(double ours, double theirs, const std::string& what) {
    EXPECT_NEAR(ours, theirs, agreement * std::max(1.0, std::abs(theirs))) << what;
}

TEST(FittedLaw, IsTheOneOfRsSurvregWithRightAndIntervalCensoring) {
    for (const auto& [group, durations] : groups_from_r())
        for (const auto& [kind, name] :
             {std::pair{LawKind::log_normal, std::string{"lognormal"}}, {LawKind::weibull, std::string{"weibull"}}}) {
            const std::string what = group + " " + name;
            const auto law = fitted(kind, durations);
            ASSERT_TRUE(law) << what;
            const auto location = expected(group, name + "/location").front();
            expect_close(law->location.value, location.at(0), what);
            expect_close(law->location.standard_error, location.at(1), what);
            const auto scale = expected(group, name + "/scale").front();
            expect_close(law->scale.value, scale.at(0), what);
            expect_close(law->scale.standard_error, scale.at(1), what);
            const auto fit = expected(group, name + "/fit").front();
            expect_close(law->log_likelihood, fit.at(0), what);
            expect_close(law->akaike, fit.at(1), what);
            const auto median = expected(group, name + "/median").front();
            expect_close(law->median.value, median.at(0), what);
            expect_close(law->median.low, median.at(1), what);
            expect_close(law->median.high, median.at(2), what);
        }
}

TEST(KaplanMeier, IsTheCurveOfRsSurvfitWithGreenwoodAndLogLogIntervals) {
    for (const std::string group : {"right", "tied"}) {
        const std::vector<SurvivalStep> steps = kaplan_meier(groups_from_r().at(group));
        const auto rows = expected(group, "km");
        ASSERT_EQ(steps.size(), rows.size());
        for (std::size_t row = 0; row < rows.size(); ++row) {
            const SurvivalStep& step = steps[row];
            const std::string what = group + " at " + std::to_string(step.time);
            EXPECT_EQ(step.time, rows[row].at(0)) << what;
            EXPECT_EQ(step.at_risk, rows[row].at(1)) << what;
            EXPECT_EQ(step.events, rows[row].at(2)) << what;
            expect_close(step.survival, rows[row].at(3), what);
            if (step.survival == 0) continue;
            expect_close(step.standard_error, rows[row].at(4), what);
            expect_close(step.low, rows[row].at(5), what);
            expect_close(step.high, rows[row].at(6), what);
        }
        const DurationEstimate median = median_of(steps);
        const auto theirs = expected(group, "km-median").front();
        EXPECT_EQ(median.value, theirs.at(0)) << group;
        EXPECT_EQ(median.low, theirs.at(1)) << group;
        EXPECT_EQ(median.high, theirs.at(2)) << group;
    }
}

TEST(KaplanMeier, HasAMedianInTheMiddleOfAStretchAtExactlyAHalf) {
    // R: quantile(survfit(Surv(1:4, rep(1, 4)) ~ 1), 0.5)$quantile is 2.5
    const std::vector<ObservedDuration> four{{1, 1}, {2, 2}, {3, 3}, {4, 4}};
    EXPECT_EQ(median_of(kaplan_meier(four)).value, 2.5);
}

TEST(KaplanMeier, KnowsNoMedianIfMostAreNotOver) {
    const std::vector<ObservedDuration> three{{1, 1}, {2}, {3}};
    EXPECT_TRUE(std::isinf(median_of(kaplan_meier(three)).value));
}

TEST(Turnbull, AgreesWithSelfConsistencyIteratedInR) {
    const auto rows = expected("visits", "turnbull");
    const TurnbullEstimate estimate = turnbull(groups_from_r().at("visits"));
    std::map<double, double> shares;
    for (const SupportInterval& interval : estimate.support) shares[interval.high] = interval.share;
    for (const std::vector<double>& row : rows) EXPECT_NEAR(shares[row.at(1)], row.at(2), agreement) << row.at(1);
}

TEST(Turnbull, OfExactAndRightCensoredDurationsIsKaplanAndMeier) {
    for (const std::string group : {"right", "tied"}) {
        const auto durations = groups_from_r().at(group);
        const std::vector<SurvivalStep> steps = kaplan_meier(durations);
        double below = 0;
        std::size_t step = 0;
        for (const SupportInterval& interval : turnbull(durations).support) {
            if (std::isinf(interval.high)) continue;
            below += interval.share;
            ASSERT_LT(step, steps.size());
            EXPECT_EQ(interval.low, steps[step].time);
            EXPECT_EQ(interval.high, steps[step].time);
            EXPECT_NEAR(1 - below, steps[step].survival, agreement);
            ++step;
        }
        EXPECT_EQ(step, steps.size());
    }
}

std::vector<ObservedDuration> any_durations() {
    return *rc::gen::container<std::vector<ObservedDuration>>(
        rc::gen::map(rc::gen::tuple(rc::gen::inRange(0, 20), rc::gen::inRange(0, 9)), [](const auto& drawn) {
            const auto low = static_cast<double>(std::get<0>(drawn));
            if (std::get<1>(drawn) == 8) return ObservedDuration{low};
            const double width = std::get<1>(drawn);
            return ObservedDuration{low + (width == 0 ? 1 : 0), low + (width == 0 ? 1 : width)};
        }));
}

// Gentleman and Geyer 1994: where the pull of no interval exceeds the number of durations, the maximum is reached.
RC_GTEST_PROP(Turnbull, ReachesTheMaximum, ()) {
    const auto durations = any_durations();
    RC_PRE(!durations.empty());
    const TurnbullEstimate estimate = turnbull(durations);
    RC_ASSERT(estimate.gap < 1e-8);
    double total = 0;
    for (const SupportInterval& interval : estimate.support) total += interval.share;
    RC_ASSERT(std::abs(total - 1) < 1e-6);
}

RC_GTEST_PROP(FittedLaw, StretchesWithTheUnitOfTime, ()) {
    auto durations = any_durations();
    const auto law = fitted(LawKind::weibull, durations);
    RC_PRE(law.has_value());
    constexpr double hours = 24;
    for (ObservedDuration& duration : durations) duration = {duration.low * hours, duration.high * hours};
    const auto in_hours = fitted(LawKind::weibull, durations);
    RC_ASSERT(in_hours.has_value());
    RC_ASSERT(std::abs(in_hours->location.value - law->location.value - std::log(hours)) < 1e-4);
    RC_ASSERT(std::abs(in_hours->scale.value - law->scale.value) < 1e-4 * std::max(1.0, law->scale.value));
}

TEST(FittedLaw, DoesNotExistIfOneTimeCouldBeAllDurations) {
    EXPECT_FALSE(fitted(LawKind::log_normal, std::vector<ObservedDuration>{}));
    EXPECT_FALSE(fitted(LawKind::log_normal, std::vector<ObservedDuration>{{5, 5}, {5, 5}, {3}}));
    EXPECT_FALSE(fitted(LawKind::weibull, std::vector<ObservedDuration>{{1, 4}, {3, 6}, {2}}));
    EXPECT_FALSE(fitted(LawKind::weibull, std::vector<ObservedDuration>{{3}, {7}})) << "nothing is over";
    EXPECT_TRUE(fitted(LawKind::weibull, std::vector<ObservedDuration>{{3, 3}, {7}}));
}

TEST(FittedLaw, HasItsMedianWhereHalfLastLonger) {
    const std::vector<ObservedDuration> durations{{3, 3}, {7, 9}, {0, 2}, {11}, {6, 6}};
    for (const LawKind kind : {LawKind::log_normal, LawKind::weibull}) {
        const auto law = fitted(kind, durations);
        ASSERT_TRUE(law);
        EXPECT_NEAR(survival(*law, law->median.value), 0.5, 1e-12);
    }
}

/// 60 % are censored on the right: the censoring time has the law of the duration with its median moved, so that the
/// difference of the logarithms is normal with a known probability to be negative.
TEST(FittedLaw, RecoversWhatWasSimulatedWithSixtyPercentCensored) {
    constexpr double mu = 3;
    constexpr double sigma = 0.8;
    // P(log C < log X) = Φ((mu − mu_c) / (σ√2)) = 0.6; R: qnorm(0.6) = 0.2533471
    const double censoring_mu = mu - 0.2533471 * sigma * std::numbers::sqrt2;
    std::mt19937_64 random{20231030};
    std::normal_distribution<double> normal;
    constexpr int trials = 2000;
    constexpr int size = 200;
    int covered_mu = 0;
    int covered_sigma = 0;
    int covered_median = 0;
    long censored = 0;
    std::vector<ObservedDuration> durations(size);
    for (int trial = 0; trial < trials; ++trial) {
        for (ObservedDuration& duration : durations) {
            const double lasted = std::exp(mu + sigma * normal(random));
            const double watched = std::exp(censoring_mu + sigma * normal(random));
            duration = lasted <= watched ? ObservedDuration{lasted, lasted} : ObservedDuration{watched};
            if (watched < lasted) ++censored;
        }
        const auto law = fitted(LawKind::log_normal, durations);
        ASSERT_TRUE(law);
        if (law->location.low <= mu && mu <= law->location.high) ++covered_mu;
        if (law->scale.low <= sigma && sigma <= law->scale.high) ++covered_sigma;
        if (law->median.low <= std::exp(mu) && std::exp(mu) <= law->median.high) ++covered_median;
    }
    EXPECT_NEAR(static_cast<double>(censored) / (trials * size), 0.6, 0.005);
    for (const int covered : {covered_mu, covered_sigma, covered_median}) {
        EXPECT_GE(covered, 0.93 * trials);
        EXPECT_LE(covered, 0.97 * trials);
    }
}

}  // namespace
}  // namespace resmon::statistics
