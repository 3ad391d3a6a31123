"""What the promise of the same bits costs (goal 5): the program as it is beside one whose engine the compiler may reorder and
fuse (`cmake --preset release -B build/any-bits -DRESMON_ANY_BITS=ON`), in turn. Infinity keeps its meaning in both: without it
neither computes. Run with /usr/bin/python3."""
import argparse
import os
import statistics
import sys

from scaling import REGION, ROOT, Program, table, verdict

MOST = 0.05
SAME, ANY = "the same bits", "any bits"


def main():
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--program", default=os.path.join(ROOT, "build/release/resmon"))
    words.add_argument("--any-bits", default=os.path.join(ROOT, "build/any-bits/resmon"))
    words.add_argument("--rounds", type=int, default=5)
    wished = words.parse_args()
    programs = {SAME: Program(wished.program), ANY: Program(wished.any_bits)}
    cases = {
        "region 72 × 40 × 10,000": lambda program: program.run(program.model(72), 10_000, 1),
        "one body × 40 × 10,000": lambda program: program.run(program.model(1), 10_000, 1),
        "Südwestfalen × 4,000": lambda program: program.run(REGION, 4000, 1),
    }
    load = os.getloadavg()[0]
    rounds = []
    for number in range(wished.rounds):
        # Whoever comes first finds another machine: they take turns at that too.
        order = [SAME, ANY] if number % 2 == 0 else [ANY, SAME]
        rounds.append({what: {name: case(programs[name])["seconds"] for name in order} for what, case in cases.items()})
    rows = []
    for what in cases:
        seconds = {name: statistics.median(each[what][name] for each in rounds) for name in (SAME, ANY)}
        cost = statistics.median(each[what][SAME] / each[what][ANY] for each in rounds) - 1
        rows.append([what, f"{seconds[SAME]:.3f} s", f"{seconds[ANY]:.3f} s", f"{cost:+.1%} (≤ {MOST:.0%}{verdict(cost <= MOST)})"])
    print(f"same bits: median of {wished.rounds} rounds, one thread; load average before {load:.1f}, after {os.getloadavg()[0]:.1f}")
    table("Everything of a forecast", ["case", SAME, ANY, "cost of the same bits (goal)"], rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
