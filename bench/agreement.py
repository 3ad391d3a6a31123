"""Do resmon and the independent programs of bench/peers agree? With the same normals course by course, and with
independent ones in the means of all twelve outputs, in standard errors. Exit 1 if not. Run with /usr/bin/python3."""
import argparse
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "peers"))
from courses import PEERS, ROOT, Courses
import region72

MOST_RELATIVE = 1e-9
MOST_STANDARD_ERRORS = 4
REPLICATIONS = {"SimPy 2": 200, "SimPy 3": 200, "NumPy": 2000, "event queue": 10000}


def main():
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--program", default=os.path.join(ROOT, "build/release/resmon"))
    words.add_argument("--replications", type=int, default=10000, help="of resmon")
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--share", type=float, default=1, help="of the peers' usual numbers of replications")
    words.add_argument("--peers", nargs="*", default=list(PEERS), choices=list(PEERS))
    words.add_argument("--rules", nargs="*", default=["list", "ready"], choices=["list", "ready"])
    wished = words.parse_args()
    courses = Courses(os.path.abspath(wished.program))
    agrees = True
    for rule in wished.rules:
        path = courses.file("ours.csv")
        courses.ours(rule, wished.replications, wished.seed, courses=path, threads=0)
        ours = region72.outputs_of_courses(path)
        for peer in wished.peers:
            largest = courses.largest_difference(peer, rule)
            agrees &= largest <= MOST_RELATIVE
            count = max(2, round(REPLICATIONS[peer] * wished.share))
            out = courses.file("theirs")
            courses.peer(peer, rule, count, wished.seed + 1000, out=out)
            found = region72.standard_errors(ours, region72.read_rows(out))
            worst = max(errors for _, _, errors in found)
            agrees &= worst < MOST_STANDARD_ERRORS
            print(f"\nrule {rule}, {peer}: same normals {largest:.1e} relative; independent ones, {wished.replications} and "
                  f"{count} courses:")
            for name, (mine, theirs, errors) in zip(region72.OUTPUTS, found):
                print(f"  {name:6s} {mine:16.5f} {theirs:16.5f} {errors:6.2f} standard errors")
            print(f"  largest {worst:.2f}", flush=True)
    print("\nagreement" if agrees else "\nNO AGREEMENT")
    return 0 if agrees else 1


if __name__ == "__main__":
    sys.exit(main())
