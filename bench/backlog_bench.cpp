// The queue in closed form, as often as a region asks for it: once per service, body and course.
#include "outage/backlog.hpp"

#include <benchmark/benchmark.h>

namespace resmon::outage {
namespace {

void queue_with_pieces(benchmark::State& state) {
    std::vector<CapacityStretch> stretches;
    for (int piece = 0; piece < state.range(0); ++piece) stretches.push_back({10.0 * piece, 0.2 * (piece % 5), 0.1});
    const QueueInput input{.stretches = stretches,
                           .back = 10.0 * static_cast<double>(state.range(0)),
                           .overtime = 0.2,
                           .vanishing = 0.1,
                           .deadline = 10,
                           .arrivals_until = 500};
    for (auto _ : state) benchmark::DoNotOptimize(queue(input));
}
BENCHMARK(queue_with_pieces)->Arg(1)->Arg(3)->Arg(9);

}  // namespace
}  // namespace resmon::outage
