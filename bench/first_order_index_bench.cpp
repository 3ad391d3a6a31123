// Sensitivity from courses that exist: first-order indices with bootstrap intervals, by inputs and courses.
#include "statistics/first_order_index.hpp"

#include "base/random.hpp"

#include <benchmark/benchmark.h>

#include <string>

namespace resmon::statistics {
namespace {

void first_order(benchmark::State& state) {
    const auto inputs = static_cast<std::size_t>(state.range(0));
    const auto courses = static_cast<std::uint32_t>(state.range(1));
    std::vector<std::vector<double>> columns(inputs, std::vector<double>(courses));
    std::vector<double> output(courses, 0);
    for (std::size_t input = 0; input < inputs; ++input)
        for (std::uint32_t course = 0; course < courses; ++course) {
            columns[input][course] =
                uniform_draw(1, course, entity_hash("x" + std::to_string(input)), Purpose::estimate);
            output[course] += columns[input][course] / static_cast<double>(input + 1);
        }
    for (auto _ : state) {
        const auto found = first_order_indices(columns, output, {.threads = static_cast<unsigned>(state.range(2))});
        benchmark::DoNotOptimize(found.data());
    }
}
BENCHMARK(first_order)->Args({100, 10'000, 1})->Args({100, 10'000, 2})->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace resmon::statistics
