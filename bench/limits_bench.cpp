// What this machine can do at best, one thing at a time, with the instructions and the strict rules of the engine: no
// fused multiply-add, no unsafe mathematics. Items are operations over eight numbers at once unless "number" is said.
// limits.py holds the engine against them.
#include "lanes/instructions.hpp"
#include "lanes/lanes.hpp"

#include <benchmark/benchmark.h>

#include <array>
#include <vector>

namespace resmon {
namespace {

/// As many independent chains as hide the latency and fit into the registers of the instructions.
constexpr std::size_t chains_of(Instructions instructions) {
    switch (instructions) {
        case Instructions::avx512: return 24;
        case Instructions::avx2: return 6;
        case Instructions::baseline: return 3;
    }
    return 0;
}

template <class Loop, class... Arguments>
void baseline(Arguments&... arguments) {
    Loop::template run<chains_of(Instructions::baseline)>(arguments...);
}
template <class Loop, class... Arguments>
RESMON_FOR_AVX2 void avx2(Arguments&... arguments) {
    Loop::template run<chains_of(Instructions::avx2)>(arguments...);
}
template <class Loop, class... Arguments>
RESMON_FOR_AVX512 void avx512(Arguments&... arguments) {
    Loop::template run<chains_of(Instructions::avx512)>(arguments...);
}
/// The loop with the best instructions of this machine.
template <class Loop, class... Arguments>
void run_best(Arguments&... arguments) {
    switch (best_instructions()) {
        case Instructions::avx512: avx512<Loop>(arguments...); return;
        case Instructions::avx2: avx2<Loop>(arguments...); return;
        case Instructions::baseline: baseline<Loop>(arguments...); return;
    }
}

struct Sums {
    static constexpr int operations = 2;
    RESMON_LANES static Lanes step(const Lanes& x, const Lanes& a, const Lanes& b) { return x * a + b; }
};
struct Extremes {
    static constexpr int operations = 2;
    RESMON_LANES static Lanes step(const Lanes& x, const Lanes& a, const Lanes& b) { return larger(smaller(x, a), b); }
};
/// A comparison and a choice by it.
struct Choices {
    static constexpr int operations = 2;
    RESMON_LANES static Lanes step(const Lanes& x, const Lanes& a, const Lanes& b) { return choose(x < a, b, x); }
};
struct Divisions {
    static constexpr int operations = 1;
    RESMON_LANES static Lanes step(const Lanes& x, const Lanes& a, const Lanes&) { return a / x; }
};

constexpr int turns = 1000;

template <class Step>
struct InChains {
    template <std::size_t chains>
    RESMON_LANES static void run(Lanes& value, const Lanes& a, const Lanes& b) {
        std::array<Lanes, chains> values;
        values.fill(value);
        // Else all chains are one.
        benchmark::DoNotOptimize(values);
        std::array<Lanes, chains> held = values;
        for (int turn = 0; turn < turns; ++turn)
#pragma GCC unroll 32
            for (std::size_t chain = 0; chain < chains; ++chain) held[chain] = Step::step(held[chain], a, b);
        values = held;
        benchmark::DoNotOptimize(values);
    }
};

template <class Step>
void arithmetic(benchmark::State& state) {
    Lanes value = Lanes(1.5);
    Lanes a = Lanes(0.75);
    Lanes b = Lanes(0.5);
    for (auto _ : state) {
        benchmark::DoNotOptimize(a);
        benchmark::DoNotOptimize(b);
        run_best<InChains<Step>>(value, a, b);
    }
    const auto chains = static_cast<std::int64_t>(chains_of(best_instructions()));
    state.SetItemsProcessed(state.iterations() * turns * chains * Step::operations);
}
BENCHMARK(arithmetic<Sums>)->Name("sums");
/// What a second thread brings here at all (scaling.py).
BENCHMARK(arithmetic<Sums>)->Name("threads_of_sums")->Threads(1)->Threads(2)->UseRealTime();
BENCHMARK(arithmetic<Extremes>)->Name("extremes");
BENCHMARK(arithmetic<Choices>)->Name("choices");
BENCHMARK(arithmetic<Divisions>)->Name("divisions");

using Words = std::vector<LaneWords>;
constexpr std::size_t together = 8;

struct ReadAll {
    template <std::size_t>
    RESMON_LANES static void run(const Words& rows, LaneWords& all) {
        LaneWords one{};
        LaneWords other{};
        for (std::size_t row = 0; row < rows.size(); row += together)
#pragma GCC unroll 8
            for (std::size_t next = 0; next < together; next += 2) {
                one = one | rows[row + next];
                other = other | rows[row + next + 1];
            }
        all = one | other;
    }
};
struct WriteAll {
    template <std::size_t>
    RESMON_LANES static void run(Words& rows, const LaneWords& value) {
        LaneWords* const row = rows.data();
        const std::size_t size = rows.size();
        const LaneWords held = value;
        for (std::size_t place = 0; place < size; place += together)
#pragma GCC unroll 8
            for (std::size_t next = 0; next < together; ++next) row[place + next] = held;
    }
};

/// Rows that take so many kB.
Words rows_of(const benchmark::State& state) {
    constexpr std::size_t kilobyte = 1024;
    return Words(static_cast<std::size_t>(state.range(0)) * kilobyte / sizeof(LaneWords), LaneWords{1});
}

void loads(benchmark::State& state) {
    const Words rows = rows_of(state);
    LaneWords all{};
    for (auto _ : state) {
        run_best<ReadAll>(rows, all);
        benchmark::DoNotOptimize(all);
        benchmark::ClobberMemory();
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(rows.size()));
}

void stores(benchmark::State& state) {
    Words rows = rows_of(state);
    LaneWords value{3};
    for (auto _ : state) {
        benchmark::DoNotOptimize(value);
        run_best<WriteAll>(rows, value);
        benchmark::ClobberMemory();
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(rows.size()));
}

constexpr std::int64_t first_cache = 16, second_cache = 512, memory = 256 * 1024;  ///< kB; more than any cache
BENCHMARK(loads)->ArgName("kB")->Arg(first_cache)->Arg(second_cache)->Arg(memory);
BENCHMARK(stores)->ArgName("kB")->Arg(first_cache)->Arg(second_cache)->Arg(memory);

// One number at a time, as where each course has a row of its own. Volatile: the compiler must not take eight at once.
constexpr std::size_t numbers_at_once = 1024;

void number_loads(benchmark::State& state) {
    std::array<double, numbers_at_once> numbers{};
    volatile double* const all = numbers.data();
    for (auto _ : state)
#pragma GCC unroll 16
        for (std::size_t place = 0; place < numbers_at_once; ++place) (void)all[place];
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(numbers_at_once));
}
BENCHMARK(number_loads);

void number_stores(benchmark::State& state) {
    std::array<double, numbers_at_once> numbers{};
    volatile double* const all = numbers.data();
    for (auto _ : state)
#pragma GCC unroll 16
        for (std::size_t place = 0; place < numbers_at_once; ++place) all[place] = 1;
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(numbers_at_once));
}
BENCHMARK(number_stores);

}  // namespace
}  // namespace resmon
