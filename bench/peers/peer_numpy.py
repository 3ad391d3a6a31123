"""Vectorised peer of spec.md on NumPy: arrays over replications; the daily curve by bincount. Run with /usr/bin/python3."""
import argparse
import time

import numpy as np

from region72 import CASE, DAYS, HORIZON, normals_per_course, read_case, write_rows

OVERTIME = 0.2
BLOCK = 64


def finishes_of_list(case, gate, duration):
    """Serial: the next task of the list takes the crew that becomes free first."""
    rows = np.arange(len(gate))
    free = np.repeat(gate[:, None], case["ncrew"], 1)
    finish = [None] * len(case["res"])
    for r in case["order"]:
        crew = free.argmin(1)
        start = free[rows, crew]
        for p in case["res"][r][2]:
            start = np.maximum(start, finish[p])
        finish[r] = free[rows, crew] = start + duration[r]
    return finish


def finishes_when_ready(case, gate, duration):
    """Parallel: at the first instant with a free crew and a ready task, the first such task of the list starts."""
    count, courses = len(case["res"]), len(gate)
    rows = np.arange(courses)
    order = case["order"]
    place = {r: i for i, r in enumerate(order)}
    successors = [[] for _ in order]
    missing = np.zeros((count, courses), int)
    for r, (_, _, predecessors) in enumerate(case["res"]):
        missing[place[r]] = len(predecessors)
        for p in predecessors:
            successors[place[p]].append(place[r])
    follows = np.zeros((count, count), bool)
    for p, after in enumerate(successors):
        follows[p, after] = True
    days = np.stack([duration[r] for r in order])
    latest = np.repeat(gate[None, :], count, 0)  # of the predecessors that have been started
    ready = np.where(missing == 0, latest, np.inf)
    free = np.repeat(gate[:, None], case["ncrew"], 1)
    finish = np.empty((count, courses))
    for _ in range(count):
        crew = free.argmin(1)
        now = np.maximum(free[rows, crew], ready.min(0))
        task = (ready <= now).argmax(0)
        end = now + days[task, rows]
        finish[task, rows] = free[rows, crew] = end
        ready[task, rows] = np.inf
        behind = follows[task].T
        latest = np.where(behind, np.maximum(latest, end), latest)
        missing -= behind
        opened = behind & (missing == 0)
        ready = np.where(opened, latest, ready)
    return [finish[place[r]] for r in range(count)]


def courses(case, z, rule):
    def mixed(median, sigma, k):
        return median * np.exp(sigma * (np.sqrt(.3) * z[:, 0] + np.sqrt(.7) * z[:, k]))

    svc, nsvc, res = case["svc"], case["nsvc"], case["res"]
    weights, demand = sum(s[1] for s in svc), sum(s[2] for s in svc)
    count = len(z)
    rows = np.arange(count)
    gate = mixed(3, .5, 1) + mixed(7, .6, 2)
    duration = [mixed(median, sigma, 3 + r) for r, (median, sigma, _) in enumerate(res)]
    finish = (finishes_of_list if rule == "list" else finishes_when_ready)(case, gate, duration)
    up = np.empty((len(svc), count))
    loss, area = np.zeros(count), np.zeros(count)
    slopes, offsets, capacities = (np.zeros((HORIZON + 2) * count) for _ in range(3))
    for m, (_, network, clients) in enumerate(case["mun"]):
        local = np.maximum(gate + mixed(network, .5, 63 + 3 * m), np.maximum(finish[1], finish[0]))
        local = local + mixed(clients, .6, 64 + 3 * m)
        factor = np.exp(.5 * z[:, 65 + 3 * m])
        days, slope, offset, capacity = [], [], [], []
        for i in range(m * nsvc, (m + 1) * nsvc):
            needed, w, d, a, c, e = svc[i]
            back = local
            for r in needed:
                back = np.maximum(back, finish[r])
            up[i] = back
            begin = np.minimum(a * factor, back)
            tired = np.minimum(begin + e, back)
            full, half = tired - begin, back - tired
            after_full = begin + (1 - c) * full
            peak = after_full + (1 - c / 2) * half
            loss += w * peak
            area += d * (begin * begin + (begin + after_full) * full + (after_full + peak) * half
                         + peak * peak / OVERTIME) / 2
            on = np.where(begin < back, c, 0)
            less = np.where((begin < back) & (tired < back), c / 2, 0)
            now = on - less
            for t, change, able in ((begin, -d * on, w * on), (tired, d * less, -w * less),
                                    (back, d * (now - 1 - OVERTIME), w * (1 - now)),
                                    (back + peak / OVERTIME, np.full(count, d * OVERTIME), np.zeros(count))):
                n = np.minimum(np.ceil(t), HORIZON + 1)
                days.append(n.astype(np.int64) * count + rows)
                slope.append(change)
                offset.append(change * (n - t))
                capacity.append(able)
        bins = np.concatenate(days)
        for total, values in ((slopes, slope), (offsets, offset), (capacities, capacity)):
            total += np.bincount(bins, np.concatenate(values), (HORIZON + 2) * count)
    slopes, offsets, capacities = (x.reshape(HORIZON + 2, count) for x in (slopes, offsets, capacities))
    daily = demand + np.vstack([np.zeros(count), np.cumsum(slopes, 0)[:-1]])
    daily[0] = 0
    backlog = np.cumsum(daily + offsets, 0)[:HORIZON + 1]
    ability = np.cumsum(capacities, 0) / weights
    ranks = [-(-len(svc) * percent // 100) - 1 for percent in (50, 80, 100)]
    parted = np.partition(up, ranks, axis=0)
    return np.stack([parted[k] for k in ranks] + [loss / weights, backlog.max(0), area] + [ability[d] for d in DAYS], 1)


def main():
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--replications", type=int, default=256)
    words.add_argument("--seed", type=int, default=3)
    words.add_argument("--rule", default="list", choices=["list", "ready"])
    words.add_argument("--draws", help="normals as spec.md §6 has them; without it they are drawn")
    words.add_argument("--out", help="twelve outputs per course")
    wished = words.parse_args()
    case = read_case(CASE)
    width = normals_per_course(case)
    rng = np.random.default_rng(wished.seed)
    begin = time.perf_counter()
    rows = []
    for first in range(0, wished.replications, BLOCK):
        count = min(BLOCK, wished.replications - first)
        if wished.draws:
            z = np.fromfile(wished.draws, offset=8 * width * first, count=width * count).reshape(count, width)
        else:
            z = rng.standard_normal((count, width))
        rows.append(courses(case, z, wished.rule))
    seconds = time.perf_counter() - begin
    if wished.out:
        write_rows(wished.out, np.vstack(rows))
    print(f"# NumPy, rule {wished.rule}: {wished.replications} replications in {seconds:.4f} s")


if __name__ == "__main__":
    main()
