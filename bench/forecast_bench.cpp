// The replay of Südwestfalen 2023 as a whole: reading, making the case, courses.
#include "engine/forecast.hpp"

#include "reading/catalogue_reader.hpp"
#include "region/region.hpp"

#include <benchmark/benchmark.h>

namespace resmon::forecast {
namespace {

const catalogue::Catalogue& shipped() {
    static const catalogue::Catalogue read = catalogue::catalogue_from(catalogue::shipped_catalogue_files());
    return read;
}

CaseRequest replay() { return completed(shipped(), {.incident = IncidentId{"suedwestfalen-2023"}}); }

void read_shipped_catalogue(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(catalogue::catalogue_from(catalogue::shipped_catalogue_files()));
}
BENCHMARK(read_shipped_catalogue)->Unit(benchmark::kMillisecond);

void make_case(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(case_of(shipped(), replay()));
}
BENCHMARK(make_case)->Unit(benchmark::kMillisecond);

void courses_of_the_region(benchmark::State& state) {
    const outage::Case outage = case_of(shipped(), replay());
    const auto courses = static_cast<std::uint32_t>(state.range(0));
    const auto threads = static_cast<unsigned>(state.range(1));
    for (auto _ : state) benchmark::DoNotOptimize(outage::forecast(outage, {1, courses}, {.threads = threads}));
    state.counters["courses/s"] =
        benchmark::Counter(static_cast<double>(courses * state.iterations()), benchmark::Counter::kIsRate);
    state.counters["service evaluations/s"] = benchmark::Counter(
        static_cast<double>(courses * outage.provisions.size()) * static_cast<double>(state.iterations()),
        benchmark::Counter::kIsRate);
}
BENCHMARK(courses_of_the_region)
    ->ArgNames({"courses", "threads"})
    ->Args({100, 1})
    ->Args({1000, 1})
    ->Args({1000, 2})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

}  // namespace
}  // namespace resmon::forecast
