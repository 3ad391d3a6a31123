// Daily curves of each body and of the whole, added up for eight courses at once, as Germany and sliders have them:
// what a tally of sums takes beyond courses and services. Counters are means per provision, for the counts in
// limits.py.
#include "engine/tally.hpp"

#include "processor_time.hpp"
#include "replayed_case.hpp"

#include <benchmark/benchmark.h>

#include <set>
#include <utility>

namespace resmon::outage {
namespace {

constexpr std::uint32_t courses_in_turn = 512;

/// How often what happens; each name is a line of the table in limits.py.
struct Work {
    double evaluations = 0;
    double later_stretches = 0, changes = 0, body_days = 0, bodies = 0, body_words = 0, days = 0;
    std::set<int> changed_days;  ///< of the body

    void add(const Provision& provision, const ProvidedLanes& provided, std::size_t horizon_days) {
        ++evaluations;
        Lanes before = provision.weight * smaller(provided.capacity[0], Lanes(1));
        for (std::size_t stretch = 1; stretch < provided.stretches; ++stretch) {
            ++later_stretches;
            const Lanes share = provision.weight * smaller(provided.capacity[stretch], Lanes(1));
            const Lanes more = share - before;
            before = share;
            if (!any(more != Lanes{})) continue;
            ++changes;
            const LaneInts day = day_index(provided.begin[stretch], horizon_days);
            for (std::size_t lane = 0; lane < lane_count; ++lane) changed_days.insert(day[lane]);
        }
    }

    void finish_body(std::size_t horizon_days) {
        constexpr std::size_t days_per_word = 64;
        ++bodies;
        body_words += static_cast<double>(horizon_days / days_per_word + 1);
        changed_days.insert(0);
        changed_days.erase(static_cast<int>(horizon_days));
        body_days += static_cast<double>(changed_days.size());
        changed_days.clear();
    }

    void tell(benchmark::State& state) const {
        const std::pair<const char*, double> all[] = {
            {"later_stretches", later_stretches}, {"changes", changes}, {"body_days", body_days}, {"bodies", bodies},
            {"body_words", body_words},           {"days", days}};
        for (const auto& [name, number] : all) state.counters[name] = number / evaluations;
        state.counters["evaluations"] = evaluations / (courses_in_turn / lane_count);
    }
};

Work work_of(const Program& program, Courses& courses) {
    const Case& outage = *program.compiled->outage;
    ProvidedLanes provided;
    Work work;
    for (std::uint32_t first = 0; first < courses_in_turn; first += lane_count) {
        begin_courses(program, first, courses);
        work.days += static_cast<double>(days_of(outage));
        for (std::size_t place = 0; place < program.provisions.size(); ++place) {
            const ProvisionPlan& plan = program.provisions[place];
            provide_lanes(program, courses, plan, Wanted::loss, provided);
            work.add(outage.provisions[plan.provision], provided, days_of(outage));
            const bool is_last =
                place + 1 == program.provisions.size() || program.provisions[place + 1].body != plan.body;
            if (is_last) work.finish_body(days_of(outage));
        }
    }
    return work;
}

/// Items are provisions in eight courses.
void curves_of_services(benchmark::State& state) {
    const Case& outage = forecast::replayed_case();
    const Compiled ready = compiled(outage);
    const Program program = program_of(ready);
    const Sampling sampling{.seed = 1, .replications = courses_in_turn};
    Courses courses = courses_for(program, sampling);
    ProvidedLanes provided;
    Samples samples{outage, courses_in_turn};
    samples.able.resize(courses_in_turn * days_of(outage));
    SharedCounts unused;
    Tally tally{program, sampling, Detail::sums, best_instructions(), unused, samples};
    std::uint32_t first = 0;
    for (auto _ : state) {
        const double begin = processor_time();
        begin_courses(program, first, courses);
        for (const ProvisionPlan& plan : program.provisions) {
            provide_lanes(program, courses, plan, Wanted::loss, provided);
            benchmark::DoNotOptimize(provided.lost_days);
        }
        const double middle = processor_time();
        tally.add(first, first + lane_count);
        const double end = processor_time();
        state.SetIterationTime((end - middle) - (middle - begin));
        first = (first + lane_count) % courses_in_turn;
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(program.provisions.size()));
    work_of(program, courses).tell(state);
}
BENCHMARK(curves_of_services)->UseManualTime()->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace resmon::outage
