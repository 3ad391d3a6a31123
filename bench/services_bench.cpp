// The service stage for losses alone, eight courses at once, and what its work depends on: counters are means per
// evaluation of one provision in eight courses, for the counts in limits.py.
#include "engine/services.hpp"

#include "processor_time.hpp"
#include "replayed_case.hpp"

#include <benchmark/benchmark.h>

#include <utility>

namespace resmon::outage {
namespace {

constexpr std::uint32_t courses_in_turn = 512;

/// How often what happens in an evaluation; each name is a line of the table in limits.py.
struct Work {
    double evaluations = 0;
    double operands = 0, combinations = 0, parts = 0, part_exchanges = 0;  ///< of requirements
    double delays = 0, fallbacks = 0, ends = 0, helped = 0, helpers = 0;
    double instants = 0, instant_exchanges = 0, judgements = 0, stretches = 0;

    void add_requirement(const Program& program, const Expression& needs) {
        if (needs.is_latest) {
            parts += needs.count;
            return;
        }
        for (std::uint32_t place = needs.first; place < needs.first + needs.count; ++place) {
            const Operation& operation = program.operations[place];
            const double count = operation.value;
            switch (operation.kind) {
                case Operation::Kind::resource: ++operands; break;
                case Operation::Kind::all: ++combinations, parts += count; break;
                case Operation::Kind::any: ++combinations, parts += count - 1; break;
                case Operation::Kind::at_least:
                    ++combinations;
                    for (double ranked = 1; ranked <= operation.rank; ++ranked) part_exchanges += count - ranked;
                    break;
            }
        }
    }

    void add(const Program& program, const ProvisionPlan& plan, const ProvidedLanes& provided) {
        ++evaluations;
        add_requirement(program, plan.normal.needs);
        if (plan.normal.activation) ++delays;
        // All instants but the one at which it is normal again; without fallbacks only the disruption.
        const auto changes = static_cast<double>(provided.stretches - 1);
        instants += changes;
        instant_exchanges += changes > 2 ? (changes - 1) * (changes - 2) / 2 : 0;
        stretches += changes;
        if (!any(provided.back > 0.0)) return;
        judgements += changes * static_cast<double>(plan.fallbacks.size());
        for (const ModePlan& mode : plan.fallbacks) {
            ++fallbacks;
            add_requirement(program, mode.needs);
            if (mode.activation) ++delays;
            if (mode.has_end) ++ends;
            if (!mode.helpers.empty()) ++helped;
            helpers += static_cast<double>(mode.helpers.size());
        }
    }

    void tell(benchmark::State& state) const {
        const std::pair<const char*, double> all[] = {{"operands", operands},
                                                      {"combinations", combinations},
                                                      {"parts", parts},
                                                      {"part_exchanges", part_exchanges},
                                                      {"delays", delays},
                                                      {"fallbacks", fallbacks},
                                                      {"ends", ends},
                                                      {"helped", helped},
                                                      {"helpers", helpers},
                                                      {"instants", instants},
                                                      {"judgements", judgements},
                                                      {"instant_exchanges", instant_exchanges},
                                                      {"stretches", stretches}};
        for (const auto& [name, number] : all) state.counters[name] = number / evaluations;
        state.counters["evaluations"] = evaluations / (courses_in_turn / lane_count);
    }
};

/// Items are evaluations in eight courses.
void losses_of_services(benchmark::State& state) {
    const Compiled ready = compiled(forecast::replayed_case());
    const Program program = program_of(ready);
    Courses courses = courses_for(program, {.seed = 1, .replications = courses_in_turn});
    ProvidedLanes provided;
    std::uint32_t first = 0;
    for (auto _ : state) {
        begin_courses(program, first, courses);
        const double begin = processor_time();
        for (const ProvisionPlan& plan : program.provisions) {
            provide_lanes(program, courses, plan, Wanted::loss, provided);
            benchmark::DoNotOptimize(provided.lost_days);
        }
        state.SetIterationTime(processor_time() - begin);
        first = (first + lane_count) % courses_in_turn;
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(program.provisions.size()));

    Work work;
    for (first = 0; first < courses_in_turn; first += lane_count) {
        begin_courses(program, first, courses);
        for (const ProvisionPlan& plan : program.provisions) {
            provide_lanes(program, courses, plan, Wanted::loss, provided);
            work.add(program, plan, provided);
        }
    }
    work.tell(state);
}
BENCHMARK(losses_of_services)->UseManualTime()->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace resmon::outage
