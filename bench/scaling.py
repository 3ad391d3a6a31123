"""How the engine's time grows: with threads, ranks, courses and bodies; what it takes before the first course, and how much
memory. Everything in turn, median of the rounds, in tables with the goals. Run with /usr/bin/python3."""
import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "peers"))
from courses import ROOT
import region72

REGION = ["simulate", "--scenario", "ransomware-shared-provider", "--region", "suedwestfalen"]
GERMANY = ["simulate", "--scenario", "ransomware-shared-provider", "--region", "deutschland"]
FEWEST = 16  # what is subtracted where only the courses count
CORES = 2
MEGABYTE = 1e6


class Program:
    def __init__(self, path):
        self.path = os.path.abspath(path)
        self.folder = tempfile.TemporaryDirectory(prefix="resmon-scaling-")
        # mpirun refuses root unless told twice.
        self.environment = dict(os.environ, OMPI_ALLOW_RUN_AS_ROOT="1", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1")

    def file(self, name):
        return os.path.join(self.folder.name, name)

    def model(self, bodies):
        path = self.file(f"{bodies}.yaml")
        with open(path, "w") as file:
            file.write(region72.model_text("list", bodies))
        return ["simulate", "--model", path]

    def run(self, words, replications, threads=0, ranks=1):
        """Seconds by the clock of the forecast alone, of all processors with starting and reading, and the most memory."""
        out = self.file("result.json")
        command = [self.path, "--data", self.file("data"), "--quiet", "--format", "json", "--output", out, "--threads",
                   str(threads), "--replications", str(replications)] + words
        if ranks > 1:
            command = ["mpirun", "--oversubscribe", "--bind-to", "none", "-n", str(ranks)] + command
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=True, env=self.environment)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        with open(out) as file:
            said = json.load(file)
        about = said["about"]
        processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return {"seconds": about["seconds"], "processor": processor, "bytes": about["peak_bytes"]}


class Benchmarks:
    """Of resmon_bench: what a second thread brings a loop that only computes, and the time before the first course."""

    def __init__(self, path):
        self.path = os.path.abspath(path)

    def found(self, names):
        command = [self.path, f"--benchmark_filter=^({names})(/.*)?$", "--benchmark_format=json"]
        said = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout
        return {row["name"]: row for row in json.loads(said)["benchmarks"]}

    def gain_of_threads(self):
        rows = self.found("threads_of_sums").values()
        one, two = (next(row["items_per_second"] for row in rows if row["threads"] == threads) for threads in (1, 2))
        return {"gain": two / one}

    def set_up(self):
        """Milliseconds of processor time by name."""
        rows = self.found("set_up_.*")
        for row in rows.values():
            if row.get("error_occurred"):
                sys.exit(f"{row['name']}: {row['error_message']}")
        return {name: row["cpu_time"] for name, row in rows.items()}


def measurements(program, benchmarks, wished):
    """What is measured in each round, by name, in this order."""
    courses = wished.courses
    all_of_it = {}
    if benchmarks:
        all_of_it["loop"] = benchmarks.gain_of_threads
        all_of_it["set-up"] = benchmarks.set_up
    for threads in (1, 2):
        all_of_it["threads", threads] = lambda threads=threads: program.run(REGION, courses, threads)
    for ranks in (1, 2, 4):
        all_of_it["ranks", ranks] = lambda ranks=ranks: program.run(REGION, courses, 1, ranks)
        all_of_it["start", ranks] = lambda ranks=ranks: program.run(REGION, FEWEST, 1, ranks)
    for count in wished.counts:
        all_of_it["courses", count] = lambda count=count: program.run(REGION, count)
    for bodies in (1, 8, 64):
        words = program.model(bodies)
        all_of_it["bodies", bodies] = lambda words=words: program.run(words, courses, 1)
    if wished.germany:
        all_of_it["germany"] = lambda: program.run(GERMANY, 1000)
    if wished.goals:
        whole, single = program.model(72), program.model(1)
        all_of_it["goal 1"] = lambda: program.run(whole, 10000, CORES)
        all_of_it["goal 2"] = lambda: program.run(single, 10000, 1)
    return all_of_it


def medians(rounds):
    """Over the rounds, of each number of each measurement."""
    return {name: {key: statistics.median(each[name][key] for each in rounds) for key in rounds[0][name]} for name in rounds[0]}


def verdict(reached):
    return "" if reached else ", **missed**"


def of_rounds(rounds, ratio):
    return statistics.median(ratio(each) for each in rounds)


def straightness(points):
    """R² of a straight line through the points, by least squares."""
    count = len(points)
    mean_x, mean_y = (sum(point[axis] for point in points) / count for axis in (0, 1))
    covariance = sum((x - mean_x) * (y - mean_y) for x, y in points)
    spread_x, spread_y = (sum((point[axis] - mean) ** 2 for point in points) for axis, mean in ((0, mean_x), (1, mean_y)))
    return covariance ** 2 / (spread_x * spread_y)


def table(title, heads, rows):
    print(f"\n{title}\n\n| " + " | ".join(heads) + " |\n|" + "---|" * len(heads))
    for row in rows:
        print("| " + " | ".join(row) + " |")


def show_threads(rounds, found, courses):
    gain = of_rounds(rounds, lambda each: each["threads", 1]["seconds"] / each["threads", 2]["seconds"])
    rows = [["1", f"{found['threads', 1]['seconds']:.2f} s", f"{found['threads', 1]['processor']:.2f} s", "", "", ""]]
    second = ["2", f"{found['threads', 2]['seconds']:.2f} s", f"{found['threads', 2]['processor']:.2f} s", f"{gain:.2f} ×"]
    if "loop" in found:
        share = of_rounds(rounds, lambda each: each["threads", 1]["seconds"] / each["threads", 2]["seconds"] / each["loop"]["gain"])
        second += [f"{found['loop']['gain']:.2f} ×", f"{share:.2f} (≥ 0.9{verdict(share >= 0.9)})"]
    else:
        second += ["", ""]
    table(f"Threads: Südwestfalen × {courses:,} courses", ["threads", "clock", "all processors, with starting", "speed-up",
          "of a loop that only computes", "share (goal)"], rows + [second])


def show_ranks(rounds, found, courses):
    net = lambda each, ranks: each["ranks", ranks]["processor"] - each["start", ranks]["processor"]
    rows = []
    for ranks in (1, 2, 4):
        more = of_rounds(rounds, lambda each: net(each, ranks) / net(each, 1))
        goal = f" (≤ 1.1{verdict(more <= 1.1)})" if ranks > 1 else ""
        rows.append([str(ranks), f"{found['ranks', ranks]['seconds']:.2f} s", f"{found['ranks', ranks]['processor']:.2f} s",
                     f"{found['start', ranks]['processor']:.2f} s", f"{more:.2f} ×{goal}",
                     f"{found['ranks', ranks]['bytes'] / MEGABYTE:.0f} MB"])
    table(f"Ranks of one thread: Südwestfalen × {courses:,} courses", ["ranks", "clock", "all processors", f"of it with {FEWEST} courses",
          "the rest beside one rank (goal)", "memory of the first"], rows)


def show_courses(found, counts):
    points = [(count, found["courses", count]["seconds"]) for count in counts]
    rows = [[f"{count:,}", f"{seconds:.3f} s", f"{count / seconds:,.0f}", f"{found['courses', count]['bytes'] / MEGABYTE:.0f} MB"]
            for count, seconds in points]
    fit = ""
    if len(points) > 2:
        straight = straightness(points)
        fit = f"; a straight line has R² = {straight:.5f} (goal ≥ 0.999{verdict(straight >= 0.999)})"
    table(f"Courses: Südwestfalen, all threads{fit}", ["courses", "clock", "courses/s", "memory"], rows)


def show_bodies(found, courses):
    services = 40
    rows = []
    for bodies in (1, 8, 64):
        one = found["bodies", bodies]
        rows.append([f"{bodies}", f"{one['seconds']:.3f} s", f"{1e9 * one['seconds'] / courses / bodies / services:.0f} ns",
                     f"{one['bytes'] / MEGABYTE:.0f} MB"])
    table(f"Bodies: region 72 cut, {services} services each, × {courses:,} courses, one thread",
          ["bodies", "clock", "per service and course", "memory"], rows)


def show_goals(found):
    rows = []
    if "goal 1" in found:
        seconds = found["goal 1"]["seconds"]
        rows.append(["1", "region 72 × 40 × 10,000, everything, two threads", f"{seconds:.2f} s", f"≤ 1.0 s{verdict(seconds <= 1)}"])
        milliseconds = 1000 * found["goal 2"]["seconds"]
        rows.append(["2", "one body × 40 × 10,000, everything, one thread", f"{milliseconds:.0f} ms",
                     f"45 services in ≤ 15 ms{verdict(milliseconds * 45 / 40 <= 15)}"])
    if "germany" in found:
        germany = found["germany"]
        rows.append(["3", "Germany × 1,000, all threads", f"{germany['seconds']:.1f} s, {germany['bytes'] / MEGABYTE:.0f} MB",
                     f"≤ 15 s, ≤ 500 MB{verdict(germany['seconds'] <= 15 and germany['bytes'] <= 500 * MEGABYTE)}"])
    limits = {"set_up_region_72": ("region 72, after reading its file", 2), "set_up_germany": ("Germany, part after part", 1000),
              "set_up_region": ("Südwestfalen", None), "set_up_region_with_counts": ("Südwestfalen, with the counts of everything", None)}
    for name, (what, most) in limits.items():
        if "set-up" in found:
            took = found["set-up"][name]
            goal = f"≤ {most:,} ms{verdict(took <= most)}" if most else ""
            rows.append(["12", f"before the first course: {what}", f"{took:.1f} ms", goal])
    table("Goals", ["number", "what", "measured", "goal"], rows)


def main():
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--program", default=os.path.join(ROOT, "build/release/resmon"))
    words.add_argument("--bench", default=os.path.join(ROOT, "build/release/bench/resmon_bench"), help='"" leaves it out')
    words.add_argument("--rounds", type=int, default=5)
    words.add_argument("--courses", type=int, default=4000, help="for threads, ranks and bodies")
    words.add_argument("--most", type=int, default=100_000, help="courses, from 100 on in powers of ten")
    words.add_argument("--long", action="store_true", help="up to a million courses")
    words.add_argument("--no-germany", dest="germany", action="store_false")
    words.add_argument("--no-goals", dest="goals", action="store_false", help="without the 10,000 courses of goals 1 and 2")
    wished = words.parse_args()
    most = 1_000_000 if wished.long else wished.most
    wished.counts = [count for count in (100, 1000, 10_000, 100_000, 1_000_000) if count <= most]
    program = Program(wished.program)
    all_of_it = measurements(program, Benchmarks(wished.bench) if wished.bench else None, wished)
    load = os.getloadavg()[0]
    rounds = [{name: measure() for name, measure in all_of_it.items()} for _ in range(wished.rounds)]
    found = medians(rounds)
    print(f"scaling: median of {wished.rounds} rounds, everything in turn; load average before {load:.1f}, after {os.getloadavg()[0]:.1f}")
    show_threads(rounds, found, wished.courses)
    show_ranks(rounds, found, wished.courses)
    show_courses(found, wished.counts)
    show_bodies(found, wished.courses)
    show_goals(found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
