"""The peer case "Region 72" (spec.md): its figures, as case.txt and as a model file of resmon, and the way between the two.

  region72.py case                               case.txt
  region72.py model [--rule list|ready]          a model file
  region72.py normals DRAWS OUT                  what `resmon simulate --draws-out DRAWS` wrote, as the peers read it
  region72.py outputs COURSES OUT                what `--courses-out COURSES` wrote, as the peers write it
  region72.py compare path|standard-errors A B   the largest difference of two such files, by output
"""
import array
import csv
import json
import math
import os
import sys

OUTPUTS = ["T50", "T80", "T100", "L", "Bpeak", "Warea", "A7", "A14", "A30", "A60", "A90", "A120"]
DAYS = (7, 14, 30, 60, 90, 120)
HORIZON = 730
CREWS = 12
CASE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "case.txt")
M64 = (1 << 64) - 1


def mix(x):
    """The finaliser of SplitMix64."""
    x = (x + 0x9E3779B97F4A7C15) & M64
    x = ((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9) & M64
    x = ((x ^ (x >> 27)) * 0x94D049BB133111EB) & M64
    return x ^ (x >> 31)


def h(a, b, c):
    return mix((mix((mix(a) + b) & M64) + c) & M64)


def case_text():
    """The format of spec.md §6."""
    nres, nmun, nsvc = 60, 72, 40
    out = [f"{nres} {CREWS} {nmun} {nsvc}"]
    out.append(" ".join(map(str, [1, 3, 2, 0] + list(range(4, nres)))))
    infrastructure = {0: (6, [2]), 1: (4, []), 2: (4, [1, 3]), 3: (5, [1])}
    for r in range(nres):
        if r in infrastructure:
            median, predecessors = infrastructure[r]
        else:
            median = 3 + h(1, r, 0) % 13
            predecessors = [0] if r < 32 else [0, 4 + h(11, r, 0) % 28]
        out.append(" ".join(map(str, [median, 0.6, len(predecessors)] + predecessors)))
    population = [5 + h(2, m, 0) % 60 for m in range(nmun)]
    for m in range(nmun):
        out.append(f"{population[m]} 2 {5 + h(3, m, 0) % 11}")
    for m in range(nmun):
        for s in range(nsvc):
            needed = 3 + h(4, m, s) % 4
            resources, j = [0, 4 + s], 0
            while len(resources) < needed:
                candidate = 4 + h(5, 64 * m + s, j) % 56
                j += 1
                if candidate not in resources:
                    resources.append(candidate)
            weight = population[m] * (8, 4, 2, 1)[h(6, s, 0) % 4]
            demand = population[m] * (1 + h(7, s, 0) % 20) / 10
            delay = (0.5, 1, 2, 3, 5, 10)[h(8, m, s) % 6]
            capacity = (0, 0.2, 0.3, 0.5, 0.7)[h(9, m, s) % 5]
            endurance = (20, 30, 60)[h(10, m, s) % 3]
            out.append(" ".join(map(str, [needed] + resources + [weight, demand, delay, capacity, endurance])))
    return "\n".join(out) + "\n"


def read_case(path=CASE):
    """crews; order of the list; (median, sigma, predecessors) by resource; (population, network, clients) by municipality;
    (resources, weight, demand, delay, capacity, endurance) by municipality and service; services of each."""
    with open(path) as file:
        tokens = iter(file.read().split())
    number, integer = (lambda: float(next(tokens))), (lambda: int(next(tokens)))
    nres, ncrew, nmun, nsvc = (integer() for _ in range(4))
    order = [integer() for _ in range(nres)]
    res = []
    for _ in range(nres):
        median, sigma = number(), number()
        res.append((median, sigma, [integer() for _ in range(integer())]))
    mun = [(number(), number(), number()) for _ in range(nmun)]
    svc = []
    for _ in range(nmun * nsvc):
        resources = [integer() for _ in range(integer())]
        svc.append((resources, number(), number(), number(), number(), number()))
    return dict(ncrew=ncrew, order=order, res=res, mun=mun, svc=svc, nsvc=nsvc)


def normals_per_course(case):
    return 3 + len(case["res"]) + 3 * len(case["mun"])


def model_text(rule, bodies=None):
    """Local tasks are gates: the one local crew of a municipality never has two of them to do. With `bodies` only the
    first so many."""
    case = read_case()
    if bodies is not None:
        case["mun"] = case["mun"][:bodies]
        case["svc"] = case["svc"][:bodies * case["nsvc"]]
    body = "body-{:02}".format
    task = "resource-{:02}".format
    out = ["format: resmon-model-1", f'title: "Region 72, rule {rule}"', f"horizon: {HORIZON}", "start: 2024-01-01",
           "priority: list", f"scheduling: {'serial' if rule == 'list' else 'parallel'}", "severity_share: 0.3",
           "owner_share: 0", "overtime: 0.2"]
    out += ["pools:", f"  - {{id: provider, crews: {case['ncrew']}}}"]
    out += ["gates:", "  - {id: containment, median: 3, sigma: 0.5}",
            "  - {id: release, median: 7, sigma: 0.6, after: [containment]}"]
    for m, (_, network, clients) in enumerate(case["mun"]):
        out.append(f"  - {{id: {body(m)}/network, median: {network:g}, sigma: 0.5, after: [release]}}")
        out.append(f"  - {{id: {body(m)}/clients, median: {clients:g}, sigma: 0.6, "
                   f"after: [{body(m)}/network, {task(1)}, {task(0)}]}}")
    out.append("tasks:")
    for r in case["order"]:
        median, sigma, predecessors = case["res"][r]
        after = ", ".join(["release"] + [task(p) for p in predecessors])
        out.append(f"  - {{id: {task(r)}, median: {median:g}, sigma: {sigma:g}, pool: provider, after: [{after}]}}")
    out.append("resources:")
    out += [f"  - {{id: {task(r)}, restored_by: [{task(r)}]}}" for r in range(len(case["res"]))]
    out += [f"  - {{id: {body(m)}/clients, restored_by: [{body(m)}/clients]}}" for m in range(len(case["mun"]))]
    out.append("bodies:")
    out += [f"  - {{key: {body(m)}, inhabitants: {1000 * people:g}}}" for m, (people, _, _) in enumerate(case["mun"])]
    out.append("services:")
    out += [f"  - {{id: service-{s:02}}}" for s in range(case["nsvc"])]
    out.append("provisions:")
    for i, (resources, weight, demand, delay, capacity, endurance) in enumerate(case["svc"]):
        m, s = divmod(i, case["nsvc"])
        needs = ", ".join([f"{body(m)}/clients"] + [task(r) for r in resources])
        out.append(f"  - {{body: {body(m)}, service: service-{s:02}, weight: {weight:.17g}, demand: {demand!r},\n"
                   f"     modes: {{normal: {{needs: [{needs}]}},\n"
                   f"       paper: {{delay: {{median: {delay:g}, sigma: 0.5, loadings: {{severity: 0, owner: 0}}}}, "
                   f"capacity: {capacity!r}, endurance: {endurance:g}, sustained: {capacity / 2!r}}}}}}}")
    return "\n".join(out) + "\n"


def peer_normals(draws):
    """From the columns of resmon to those of spec.md §3: rows of floats."""
    with open(draws + ".json") as file:
        about = json.load(file)
    place = {(c["of"], c.get("id", ""), c.get("attempt", 0)): k for k, c in enumerate(about["columns"])}
    case = read_case()
    of = lambda kind, name="": place[(kind, name, 0)]
    wanted = [of("severity"), of("duration", "containment"), of("duration", "release")]
    wanted += [of("duration", f"resource-{r:02}") for r in range(len(case["res"]))]
    for m in range(len(case["mun"])):
        wanted += [of("duration", f"body-{m:02}/network"), of("duration", f"body-{m:02}/clients"),
                   of("activation", f"body-{m:02}/paper")]
    values = array.array("d")
    with open(draws, "rb") as file:
        values.frombytes(file.read())
    width = len(about["columns"])
    assert len(values) == width * about["replications"], "the draws do not fit their description"
    return [[values[row + k] for k in wanted] for row in range(0, len(values), width)]


def read_rows(path):
    with open(path) as file:
        return [[float(value) for value in line.split()] for line in file]


def write_rows(path, rows):
    with open(path, "w") as file:
        for row in rows:
            file.write(" ".join(f"{value:.17g}" for value in row) + "\n")


def outputs_of_courses(path):
    names = ["services_half", "services_most", "services_all", "loss_days", "backlog_peak", "waiting_case_days"]
    with open(path, newline="") as file:
        return [[float(row[name]) for name in names + [f"ability_{day}" for day in DAYS]] for row in csv.DictReader(file)]


def path_differences(one, other):
    """By output, the largest relative difference of a course."""
    assert len(one) == len(other) > 0
    return [max(abs(p[k] - q[k]) / max(abs(p[k]), 1e-12) if p[k] != q[k] else 0 for p, q in zip(one, other))
            for k in range(len(OUTPUTS))]


def mean_and_error(values):
    mean = math.fsum(values) / len(values)
    return mean, math.sqrt(math.fsum((v - mean) ** 2 for v in values) / (len(values) - 1) / len(values))


def standard_errors(one, other):
    """By output: both means, and their difference in standard errors."""
    found = []
    for k in range(len(OUTPUTS)):
        (m1, e1), (m2, e2) = mean_and_error([row[k] for row in one]), mean_and_error([row[k] for row in other])
        error = math.hypot(e1, e2)
        found.append((m1, m2, abs(m1 - m2) / error if error > 0 else 0))
    return found


def main(words):
    if words[:1] == ["case"]:
        sys.stdout.write(case_text())
    elif words[:1] == ["model"]:
        sys.stdout.write(model_text(words[2] if words[1:2] == ["--rule"] else "list"))
    elif words[:1] == ["normals"] and len(words) == 3:
        with open(words[2], "wb") as file:
            for row in peer_normals(words[1]):
                array.array("d", row).tofile(file)
    elif words[:1] == ["outputs"] and len(words) == 3:
        write_rows(words[2], outputs_of_courses(words[1]))
    elif words[:2] == ["compare", "path"] and len(words) == 4:
        for name, value in zip(OUTPUTS, path_differences(read_rows(words[2]), read_rows(words[3]))):
            print(f"{name:6s} {value:.3e}")
    elif words[:2] == ["compare", "standard-errors"] and len(words) == 4:
        for name, (m1, m2, value) in zip(OUTPUTS, standard_errors(read_rows(words[2]), read_rows(words[3]))):
            print(f"{name:6s} {m1:16.6f} {m2:16.6f} {value:6.2f}")
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
