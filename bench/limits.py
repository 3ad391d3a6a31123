"""How far the engine is from what this machine can do: the time that the loads, stores and arithmetic of one evaluation
take in loops that do nothing else, beside the measured time, in processor time of the same run. Operations are counted in
the source, here, over eight numbers at once (one per course). Run with /usr/bin/python3."""
import argparse
import collections
import json
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

# Sums: + − × and conversions. Extremes: smaller, larger. Choices: comparisons, choose, and, any. The last two are of one
# number each: what is written to another row for each course.
Cost = collections.namedtuple("Cost", "sums extremes choices divisions loads stores number_loads number_stores",
                              defaults=[0] * 8)

# src/engine/services.cpp, provide() without the queue. How often each thing happens is counted by services_bench.cpp.
SERVICES = {
    "evaluations": (Cost(choices=4, loads=1, stores=7),
                    "back: > and choose; any(back > 0); the requirement read; back, the last stretch, first, lost_days written"),
    "operands": (Cost(loads=1, stores=1), "met_lanes: a day of return, to the stack; not if all of some resources are needed and no more"),
    "combinations": (Cost(stores=1), "met_lanes: the result of all, any, at least, to the stack"),
    "parts": (Cost(extremes=1, loads=1), "met_lanes: larger or smaller"),
    "part_exchanges": (Cost(extremes=2, loads=2, stores=2), "met_lanes: at least k, two neighbours in order"),
    "delays": (Cost(sums=2, loads=2), "delayed: day + delay × activation"),
    "fallbacks": (Cost(extremes=1, loads=6, stores=5),
                  "begin_fallback: after the declaration; requirement, declaration, three of the shape read; five written; begin read"),
    "ends": (Cost(sums=1, loads=2), "begin_fallback: begin + endurance; the end read"),
    "helped": (Cost(sums=2, extremes=6, loads=3), "begin_fallback: two capacities limited by what is stated and by law"),
    "helpers": (Cost(sums=1, loads=1), "begin_fallback: capacity of a pool of helpers"),
    "instants": (Cost(extremes=1, loads=1, stores=5), "count_modes: noted; not after the return; a stretch of four rows written"),
    "instant_exchanges": (Cost(extremes=2, loads=2, stores=2), "count_modes: two neighbours in order"),
    "judgements": (Cost(choices=8, loads=5), "count_modes: a mode at an instant: three comparisons, five choices"),
    "stretches": (Cost(sums=4, extremes=2, choices=4, loads=4),
                  "lose_days: first capacity (two comparisons, and, choose); (1 − capacity) × length"),
}

# src/engine/tally_lanes.cpp with Detail::sums. How often each thing happens is counted by tally_bench.cpp.
CURVES = {
    "evaluations": (Cost(sums=4, extremes=1, loads=3, stores=1),
                    "add_body: weight × lost days; add_curve: ability of day 0"),
    "later_stretches": (Cost(sums=6, extremes=2, choices=4, loads=2),
                        "add_curve: day_index (three conversions, +); weight × capacity, difference; any"),
    "changes": (Cost(sums=8, stores=2, number_loads=24, number_stores=16),
                "add_curve: day and difference out of the lanes; eight times: both read, a number read, changed, written; a "
                "mark in the set of days"),
    "body_days": (Cost(sums=2, extremes=2, choices=9, divisions=1, loads=2, stores=2),
                  "finish_body: two sums, their rows read and written; share of the weight; three thresholds"),
    "bodies": (Cost(sums=1, choices=3, divisions=1, loads=2, stores=6, number_loads=32, number_stores=32),
               "finish_body: four figures out of the lanes, to each course"),
    "body_words": (Cost(loads=2, stores=2, number_loads=8),
                   "finish_body: the set of days, by 64 days: walked by eight, united, cleared"),
    "days": (Cost(sums=1, loads=1, stores=2, number_loads=8, number_stores=8), "finish_sums: a day out of the lanes, to each course"),
}

LANES = 8
STAGES = [("service core", "losses_of_services", SERVICES, 0.8), ("daily curves", "curves_of_services", CURVES, 0.6)]
LOOPS = {"sums": "sums", "extremes": "extremes", "choices": "choices", "divisions": "divisions", "loads": "loads/kB:16",
         "stores": "stores/kB:16", "number_loads": "number_loads", "number_stores": "number_stores"}
LIMITS = {"arithmetic": ("sums", "extremes", "choices", "divisions"), "loads": ("loads", "number_loads"),
          "stores": ("stores", "number_stores")}


def measured(program, rounds, seconds):
    """Median by name, in interleaved rounds: of each benchmark, what Google Benchmark says."""
    wanted = "^(sums|extremes|choices|divisions|loads|stores|number_loads|number_stores|losses_of_services|curves_of_services)(/.*)?$"
    command = [program, f"--benchmark_filter={wanted}", f"--benchmark_repetitions={rounds}", f"--benchmark_min_time={seconds}",
               "--benchmark_enable_random_interleaving=true", "--benchmark_report_aggregates_only=true",
               "--benchmark_format=json"]
    said = json.loads(subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout)
    return {row["run_name"].removesuffix("/manual_time"): row for row in said["benchmarks"] if row["aggregate_name"] == "median"}


def nanoseconds(row):
    return 1e9 / row["items_per_second"]


def counted(table, row):
    """Operations of one evaluation in eight courses."""
    times = {thing: 1 if thing == "evaluations" else row[thing] for thing in table}
    return Cost(*(sum(times[thing] * getattr(cost, kind) for thing, (cost, _) in table.items()) for kind in Cost._fields))


def print_loops(found):
    print("| loop | ns per operation |\n|---|---|")
    for name in list(LOOPS.values()) + [loop for loop in found if "/kB:" in loop and loop not in LOOPS.values()]:
        print(f"| {name} | {nanoseconds(found[name]):.3f} |")


def print_counts(stage, table, row):
    heads = [kind.replace("_", " ") for kind in Cost._fields]
    print(f"\n{stage}, operations over eight courses, by what happens in one evaluation:\n")
    print("| what | times | " + " | ".join(heads) + " | why |\n|" + "---|" * (len(heads) + 3))
    for thing, (cost, why) in table.items():
        times = 1 if thing == "evaluations" else row[thing]
        print(f"| {thing.replace('_', ' ')} | {times:.2f} | " + " | ".join(str(n) if n else "" for n in cost) + f" | {why} |")
    print("| **one evaluation** | | " + " | ".join(f"{number:.1f}" for number in counted(table, row)) + " | |")


def main():
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--program", default=os.path.join(ROOT, "build/release/bench/resmon_bench"))
    words.add_argument("--rounds", type=int, default=5)
    words.add_argument("--seconds", type=float, default=0.3, help="of each loop in each round")
    wished = words.parse_args()
    found = measured(os.path.abspath(wished.program), wished.rounds, wished.seconds)
    need = {kind: nanoseconds(found[loop]) for kind, loop in LOOPS.items()}
    print(f"limits: one thread, median of {wished.rounds} interleaved rounds; multiplication and addition apart, for nothing is "
          "fused (-ffp-contract=off); loads and stores by the kB that they walk through\n")
    print_loops(found)
    for stage, bench, table, _ in STAGES:
        print_counts(stage, table, found[bench])
    print("\nns per service and course:\n")
    print("| stage | measured | " + " | ".join(LIMITS) + " | binds | share | goal |\n|---|---|" + "---|" * (len(LIMITS) + 3))
    for stage, bench, table, goal in STAGES:
        work = counted(table, found[bench])
        least = {limit: sum(getattr(work, kind) * need[kind] for kind in kinds) / LANES for limit, kinds in LIMITS.items()}
        spent = nanoseconds(found[bench]) / LANES
        binds = max(least, key=least.get)
        share = least[binds] / spent
        print(f"| {stage} | {spent:.2f} | " + " | ".join(f"{ns:.2f}" for ns in least.values()) +
              f" | {binds} | {share:.0%} | ≥ {goal:.0%}{'' if share >= goal else ', **missed**'} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
