"""How precise few courses are: the spread of the mean loss over seeds, plain and with quasi-random points; how honest the
stated error is; and what pairing the courses of two variants gains. No time is measured. Run with /usr/bin/python3."""
import argparse
import csv
import json
import os
import statistics
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

from scaling import REGION, ROOT, Program, table, verdict
import region72

# Student's t with 7 degrees of freedom, 97.5 %: eight randomisations.
STUDENT_7 = 2.364624
MORE_CREWS = 14
MOST_PLAIN = 300  # seeds: enough for a spread within 4 %


def mean_loss(program, seed, replications, randomisations=0):
    """Mean and stated standard error, in days."""
    command = [program.path, "--data", program.file(f"data-{threading.get_ident()}"), "--quiet", "--format", "json", "--threads", "1",
               "--seed", str(seed), "--replications", str(replications)] + REGION
    points = ["--randomisations", str(randomisations)] if randomisations else []
    told = subprocess.run(command + points, check=True, stdout=subprocess.PIPE).stdout
    loss = json.loads(told)["loss_days"]
    return loss["mean"], loss["standard_error"]


def losses(program, crews, replications, seed):
    """By course, in days: region 72 with so many crews."""
    model, courses = program.file(f"{crews}.yaml"), program.file("courses.csv")
    text, wanted = region72.model_text("ready"), f"crews: {region72.CREWS}}}"
    assert text.count(wanted) == 1
    with open(model, "w") as file:
        file.write(text.replace(wanted, f"crews: {crews}}}"))
    command = [program.path, "--data", program.file("data"), "--quiet", "--format", "json", "--output", program.file("result.json"),
               "--seed", str(seed), "--replications", str(replications), "simulate", "--model", model, "--courses-out", courses]
    subprocess.run(command, check=True)
    with open(courses, newline="") as file:
        return [float(row["loss_days"]) for row in csv.DictReader(file)]


def rows_of_points(program, seeds, few, most):
    at_once = ThreadPoolExecutor(os.cpu_count())
    sample = lambda count, randomisations, some: list(at_once.map(
        lambda seed: mean_loss(program, seed, count, randomisations), range(1, some + 1)))
    means = lambda rows: [mean for mean, _ in rows]
    plain_seeds = min(seeds, MOST_PLAIN)
    plain, points = sample(few, 0, plain_seeds), sample(few, 8, seeds)
    truth = statistics.fmean(means(points))
    spread = lambda rows: statistics.stdev(means(rows)) / truth
    covered = sum(abs(mean - truth) <= STUDENT_7 * error for mean, error in points) / seeds
    rows = [["7", f"{few} courses, plain: standard error of the mean loss ({plain_seeds} seeds)", f"{spread(plain):.2%}", ""],
            ["7", f"8 × {few // 8} points: standard error of the mean loss", f"{spread(points):.2%}", f"≤ 1 %{verdict(spread(points) <= 0.01)}"],
            ["7", f"8 × {few // 8} points: 95 % interval holds the mean of all {seeds} seeds", f"{covered:.1%}",
             "93 to 97 %, of 2,000 seeds" + (verdict(0.93 <= covered <= 0.97) if seeds >= 2000 else "")]]
    if most >= 8192:
        gain = (spread(sample(8192, 0, plain_seeds)) / spread(sample(8192, 16, plain_seeds))) ** 2
        rows.append(["7", "8,192 plain courses beside 16 × 512 points: variance", f"{gain:.1f} × smaller", f"≥ 15 ×{verdict(gain >= 15)}"])
    return rows


def row_of_pairs(program, replications):
    few, more = (losses(program, crews, replications, 1) for crews in (region72.CREWS, MORE_CREWS))
    paired = statistics.variance([one - other for one, other in zip(few, more)])
    gain = (statistics.variance(few) + statistics.variance(more)) / paired
    return ["8", f"region 72, {region72.CREWS} crews beside {MORE_CREWS}, {replications:,} courses: variance of the difference",
            f"{gain:,.0f} × smaller when paired", f"≥ 225 ×{verdict(gain >= 225)}"]


def main():
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--program", default=os.path.join(ROOT, "build/release/resmon"))
    words.add_argument("--seeds", type=int, default=40)
    words.add_argument("--few", type=int, default=512, help="courses of a seed, eight times a power of two")
    words.add_argument("--most", type=int, default=8192, help="courses of a seed; fewer than 8,192: not as many")
    words.add_argument("--pairs", type=int, default=10_000, help="courses that are paired")
    wished = words.parse_args()
    program = Program(wished.program)
    rows = rows_of_points(program, wished.seeds, wished.few, wished.most) + [row_of_pairs(program, wished.pairs)]
    table(f"Precision: Südwestfalen, spread of {wished.seeds} seeds", ["number", "what", "measured", "goal"], rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
