// Who works on what, when: one schedule of a chain-linked plan, by the number of tasks.
#include "outage/town.hpp"

#include <benchmark/benchmark.h>

namespace resmon::outage {
namespace {

void schedule_of_tasks(benchmark::State& state) {
    Town town;
    const Index pool = town.crews(12);
    for (Index task = 0; task < state.range(0); ++task)
        town.task(1 + task % 7, pool, task < 4 ? std::vector<Index>{} : std::vector<Index>{task / 4});
    const Compiled ready = compiled(town.outage);
    std::vector<double> days;
    for (const Step& step : ready.steps) days.push_back(1 + step.activity % 7);
    const std::vector<bool> needed(days.size(), true);
    Schedule plan;
    for (auto _ : state) {
        schedule(ready, {*town.outage.start, days, needed, needed, ready.priority}, plan);
        benchmark::DoNotOptimize(plan.finish.data());
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(schedule_of_tasks)->Arg(60)->Arg(600)->Arg(3000);

}  // namespace
}  // namespace resmon::outage
