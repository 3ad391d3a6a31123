// Durations of which some are not over: fitted laws, Kaplan and Meier, Turnbull, by the number of durations.
#include "statistics/duration_law.hpp"
#include "statistics/turnbull.hpp"

#include <benchmark/benchmark.h>

#include <random>

namespace resmon::statistics {
namespace {

/// Log-normal, 60 % not over when last seen.
std::vector<ObservedDuration> right_censored(std::int64_t count) {
    std::mt19937_64 random{1};
    std::normal_distribution<double> normal;
    std::vector<ObservedDuration> durations;
    for (std::int64_t row = 0; row < count; ++row) {
        const double lasted = std::exp(3 + 0.8 * normal(random));
        const double watched = std::exp(2.7134 + 0.8 * normal(random));
        durations.push_back(lasted <= watched ? ObservedDuration{lasted, lasted} : ObservedDuration{watched});
    }
    return durations;
}

/// Seen every few days only, a year long.
std::vector<ObservedDuration> visited(std::int64_t count) {
    std::mt19937_64 random{2};
    std::normal_distribution<double> normal;
    std::uniform_int_distribution<int> every{2, 14};
    std::vector<ObservedDuration> durations;
    for (std::int64_t row = 0; row < count; ++row) {
        const double lasted = std::exp(3 + 0.8 * normal(random));
        const double step = every(random);
        const double visit = std::floor(lasted / step) * step;
        durations.push_back(visit < 365 ? ObservedDuration{visit, visit + step} : ObservedDuration{365});
    }
    return durations;
}

void log_normal_and_weibull(benchmark::State& state) {
    const auto durations = right_censored(state.range(0));
    for (auto _ : state) {
        benchmark::DoNotOptimize(fitted(LawKind::log_normal, durations));
        benchmark::DoNotOptimize(fitted(LawKind::weibull, durations));
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(log_normal_and_weibull)->Arg(1'000)->Arg(10'000)->Arg(100'000)->Unit(benchmark::kMillisecond);

void laws_between_visits(benchmark::State& state) {
    const auto durations = visited(state.range(0));
    for (auto _ : state) {
        benchmark::DoNotOptimize(fitted(LawKind::log_normal, durations));
        benchmark::DoNotOptimize(fitted(LawKind::weibull, durations));
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(laws_between_visits)->Arg(10'000)->Unit(benchmark::kMillisecond);

void kaplan_meier_curve(benchmark::State& state) {
    const auto durations = right_censored(state.range(0));
    for (auto _ : state) benchmark::DoNotOptimize(kaplan_meier(durations));
    state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(kaplan_meier_curve)->Arg(10'000)->Unit(benchmark::kMillisecond);

void turnbull_estimate(benchmark::State& state) {
    const auto durations = visited(state.range(0));
    for (auto _ : state) benchmark::DoNotOptimize(turnbull(durations));
    state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(turnbull_estimate)->Arg(1'000)->Arg(10'000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace resmon::statistics
