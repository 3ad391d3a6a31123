"""Courses of region 72 per second: resmon's release program on one thread with a plain sample, its twelve outputs and its
whole forecast, beside SimPy 2, SimPy 3, NumPy and a C++ event queue with the twelve outputs, interleaved. First every peer must agree. Run with /usr/bin/python3."""
import argparse
import os
import statistics
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "peers"))
from courses import PEERS, ROOT, SERVICES, Courses

MOST_RELATIVE = 1e-9
OURS, WHOLE = "resmon, the twelve outputs", "resmon, the whole forecast"
REPLICATIONS = {OURS: 2000, "SimPy 2": 10, "SimPy 3": 10, "NumPy": 256, "event queue": 500}
GOALS = {"SimPy 2": 1000, "SimPy 3": 700, "NumPy": 30, "event queue": 15}


def main():
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--program", default=os.path.join(ROOT, "build/release/resmon"))
    words.add_argument("--rounds", type=int, default=5)
    words.add_argument("--rule", default="list", choices=["list", "ready"])
    words.add_argument("--share", type=float, default=1, help="of the usual numbers of replications")
    wished = words.parse_args()
    courses = Courses(os.path.abspath(wished.program))
    for peer in PEERS:
        for rule in ("list", "ready"):
            largest = courses.largest_difference(peer, rule)
            if largest > MOST_RELATIVE:
                print(f"{peer}, rule {rule}: with the same normals the outputs differ by {largest:.1e}; nothing is timed")
                return 1
    rates = {name: [] for name in (OURS, WHOLE, *GOALS)}
    for round_number in range(wished.rounds):
        for name, usual in REPLICATIONS.items():
            count = max(2, round(usual * wished.share))
            if name == OURS:
                outputs = courses.file("outputs-of-courses")
                whole, seconds = courses.ours(wished.rule, count, round_number + 1, courses=outputs)
                rates[WHOLE].append(count / whole)
            else:
                seconds = courses.peer(name, wished.rule, count, round_number + 1)
            rates[name].append(count / seconds)
    print(f"region 72, rule {wished.rule}, one core, {wished.rounds} interleaved rounds; a service evaluation is one "
          "service of one municipality in one course")
    print("| program | courses/s, median | best | ns per service evaluation, best | resmon (outputs) is, median | best | goal |")
    print("|---|---|---|---|---|---|---|")
    for name, found in rates.items():
        median, best = statistics.median(found), max(found)
        ratios = " | | "
        if name in GOALS:
            ratio = statistics.median(rates[OURS]) / median
            missed = ", **missed**" if ratio < GOALS[name] else ""
            ratios = f"{ratio:,.1f} × | {max(rates[OURS]) / best:,.1f} × | ≥ {GOALS[name]:,} ×{missed}"
        print(f"| {name} | {median:,.1f} | {best:,.1f} | {1e9 / best / SERVICES:,.1f} | {ratios} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
