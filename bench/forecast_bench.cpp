// The replay of Südwestfalen 2023 as a whole: reading, making the case, courses. Set-up: everything before the first
// course.
#include "engine/forecast.hpp"

#include "engine/courses.hpp"
#include "model_file/model_file.hpp"
#include "replayed_case.hpp"

#include <benchmark/benchmark.h>

#include <cstdio>
#include <memory>
#include <string>

namespace resmon::forecast {
namespace {

void read_shipped_catalogue(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(catalogue::catalogue_from(catalogue::shipped_catalogue_files()));
}
BENCHMARK(read_shipped_catalogue)->Unit(benchmark::kMillisecond);

void make_case(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(case_of(shipped_catalogue(), replay()));
}
BENCHMARK(make_case)->Unit(benchmark::kMillisecond);

/// Checked, compiled, laid out, with the memory of one thread.
void prepare(const outage::Case& outage) {
    const outage::Compiled ready = outage::compiled(outage);
    const outage::Program program = outage::program_of(ready);
    benchmark::DoNotOptimize(outage::courses_for(program, {.seed = 1, .replications = 1000}));
}

void set_up_region(benchmark::State& state) {
    for (auto _ : state) prepare(case_of(shipped_catalogue(), replay()));
}
BENCHMARK(set_up_region)->Unit(benchmark::kMillisecond);

/// With the counts of every service of every body.
void set_up_region_with_counts(benchmark::State& state) {
    for (auto _ : state) {
        const outage::Case outage = case_of(shipped_catalogue(), replay());
        const outage::Computed computed{outage, {.seed = 1, .replications = 1000}};
        benchmark::DoNotOptimize(&computed);
    }
}
BENCHMARK(set_up_region_with_counts)->Unit(benchmark::kMillisecond);

void set_up_germany(benchmark::State& state) {
    const CaseRequest request = completed(
        shipped_catalogue(), {.scenario = {"ransomware-shared-provider"}, .region = {std::string{germany_id}}});
    for (auto _ : state)
        for (const RegionPart& part : parts_of(shipped_catalogue(), request))
            prepare(case_of(shipped_catalogue(), request, part));
}
BENCHMARK(set_up_germany)->Unit(benchmark::kMillisecond);

/// What a command writes.
std::string said_by(const char* command) {
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> pipe{popen(command, "r"), &pclose};
    std::string text;
    for (int letter = 0; pipe && (letter = std::fgetc(pipe.get())) != EOF;) text += static_cast<char>(letter);
    return text;
}

/// The case that peers compute too; its file has been read.
void set_up_region_72(benchmark::State& state) {
    const std::string text = said_by("PYTHONDONTWRITEBYTECODE=1 /usr/bin/python3 bench/peers/region72.py model");
    if (text.empty()) {
        state.SkipWithError("to be started where bench/peers/region72.py is");
        return;
    }
    const model_file::Model model = model_file::model_from_yaml(text, "region72.yaml");
    for (auto _ : state) prepare(model.outage);
}
BENCHMARK(set_up_region_72)->Unit(benchmark::kMillisecond);

void courses_of_the_region(benchmark::State& state) {
    const outage::Case& outage = replayed_case();
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
