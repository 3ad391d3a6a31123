"""Event-driven peer of spec.md on SimPy 2 (Debian's python3-simpy) or SimPy 3 (python3-simpy3): run with /usr/bin/python3.

Everything is a process: gates, tasks, municipalities, services, a daily monitor. The state of the region (backlog,
capacity) is integrated between events.
"""
import argparse
import heapq
import math
import random
import struct
import time

from region72 import CASE, DAYS, HORIZON, normals_per_course, read_case, write_rows

OVERTIME = 0.2


class Region:
    """Running integrals of the fluid state; rates change only at events."""

    def __init__(self, case):
        self.last = self.backlog = self.area = self.loss = self.capacity = 0.0
        self.slope = sum(s[2] for s in case["svc"])
        self.weight = sum(s[1] for s in case["svc"])
        self.up = []
        self.peak = 0.0
        self.ability = {}

    def advance(self, now):
        dt = now - self.last
        self.area += dt * (self.backlog + 0.5 * self.slope * dt)
        self.backlog += self.slope * dt
        self.loss += dt * (1 - self.capacity / self.weight)
        self.last = now

    def change(self, now, slope, capacity):
        self.advance(now)
        self.slope += slope
        self.capacity += capacity

    def observe(self, day):
        self.advance(float(day))
        self.peak = max(self.peak, self.backlog)
        if day in DAYS:
            self.ability[day] = self.capacity / self.weight

    def outputs(self):
        up = sorted(self.up)
        back = [up[-(-len(up) * percent // 100) - 1] for percent in (50, 80, 100)]
        return back + [self.loss, self.peak, self.area] + [self.ability[day] for day in DAYS]


class Fallback:
    """Of one service: what it can do now, since when, and since when only half of it."""

    def __init__(self, spec):
        self.spec = spec
        self.capacity = 0.0
        self.start = self.half = None
        self.over = False

    def begin(self, region, now):
        _, weight, demand, _, capacity, _ = self.spec
        region.change(now, -demand * capacity, weight * capacity)
        self.capacity, self.start = capacity, now

    def tire(self, region, now):
        _, weight, demand, _, capacity, _ = self.spec
        region.change(now, demand * capacity / 2, -weight * capacity / 2)
        self.capacity, self.half = capacity / 2, now

    def give_way(self, region, now):
        """To normal; returns the backlog in days of demand."""
        _, weight, demand, _, capacity, _ = self.spec
        self.over = True
        done = 0.0
        if self.half is not None:
            done = capacity * (self.half - self.start) + capacity / 2 * (now - self.half)
        elif self.start is not None:
            done = capacity * (now - self.start)
        region.change(now, demand * (self.capacity - 1 - OVERTIME), weight * (1 - self.capacity))
        region.up.append(now)
        return now - done


def durations(case, z):
    def mixed(median, sigma, k):
        return median * math.exp(sigma * (math.sqrt(0.3) * z[0] + math.sqrt(0.7) * z[k]))

    gate = mixed(3, 0.5, 1) + mixed(7, 0.6, 2)
    tasks = [mixed(median, sigma, 3 + r) for r, (median, sigma, _) in enumerate(case["res"])]
    local = [(mixed(network, 0.5, 63 + 3 * m), mixed(clients, 0.6, 64 + 3 * m), math.exp(0.5 * z[65 + 3 * m]))
             for m, (_, network, clients) in enumerate(case["mun"])]
    return gate, tasks, local


class ReadyQueue:
    """Rule "ready": a free crew takes the first task of the list whose predecessors are finished."""

    def __init__(self, case, start):
        self.start, self.free, self.ready = start, case["ncrew"], []
        self.order, self.place = case["order"], {r: i for i, r in enumerate(case["order"])}
        self.missing = [len(predecessors) for _, _, predecessors in case["res"]]
        self.successors = [[] for _ in case["res"]]
        for r, (_, _, predecessors) in enumerate(case["res"]):
            for p in predecessors:
                self.successors[p].append(r)
        for r, missing in enumerate(self.missing):
            if not missing:
                heapq.heappush(self.ready, self.place[r])

    def finished(self, r):
        for s in self.successors[r]:
            self.missing[s] -= 1
            if not self.missing[s]:
                heapq.heappush(self.ready, self.place[s])
        self.free += 1
        self.dispatch()

    def dispatch(self):
        while self.free and self.ready:
            self.free -= 1
            self.start(self.order[heapq.heappop(self.ready)])


def course_simpy2(case, z, rule):
    from SimPy.Simulation import Process, Resource, SimEvent, Simulation, hold, release, request, waitevent

    gate, tasks, local = durations(case, z)
    sim = Simulation()
    sim.initialize()
    region = Region(case)
    done = [False] * len(tasks)
    events = [SimEvent(sim=sim) for _ in tasks]
    local_done = [False] * len(local)
    local_events = [SimEvent(sim=sim) for _ in local]
    crews = Resource(capacity=case["ncrew"], sim=sim)

    class Actor(Process):
        def task_of_list(self, r):
            yield request, self, crews
            for p in case["res"][r][2]:
                if not done[p]:
                    yield waitevent, self, events[p]
            yield hold, self, tasks[r]
            done[r] = True
            events[r].signal()
            yield release, self, crews

        def ready_task(self, r):
            yield hold, self, tasks[r]
            done[r] = True
            events[r].signal()
            queue.finished(r)

        def provider(self):
            yield hold, self, gate
            queue.dispatch()

        def municipality(self, m):
            yield hold, self, gate + local[m][0]
            for p in (1, 0):
                if not done[p]:
                    yield waitevent, self, events[p]
            yield hold, self, local[m][1]
            local_done[m] = True
            local_events[m].signal()

        def service(self, m, fallback):
            for r in fallback.spec[0]:
                if not done[r]:
                    yield waitevent, self, events[r]
            if not local_done[m]:
                yield waitevent, self, local_events[m]
            backlog = fallback.give_way(region, sim.now())
            yield hold, self, backlog / OVERTIME
            region.change(sim.now(), fallback.spec[2] * OVERTIME, 0)

        def paper(self, fallback, delay):
            yield hold, self, delay
            if fallback.over:
                return
            fallback.begin(region, sim.now())
            yield hold, self, fallback.spec[5]
            if not fallback.over:
                fallback.tire(region, sim.now())

        def monitor(self):
            for day in range(HORIZON + 1):
                region.observe(day)
                yield hold, self, 1.0

    def go(method, *args, at=0):
        actor = Actor(sim=sim)
        sim.activate(actor, getattr(actor, method)(*args), at=at)

    if rule == "list":
        for r in case["order"]:
            go("task_of_list", r, at=gate)
    else:
        queue = ReadyQueue(case, lambda r: go("ready_task", r, at=sim.now()))
        go("provider")
    for m in range(len(local)):
        go("municipality", m)
        for spec in case["svc"][m * case["nsvc"]:(m + 1) * case["nsvc"]]:
            fallback = Fallback(spec)
            go("service", m, fallback)
            go("paper", fallback, spec[3] * local[m][2])
    go("monitor")
    sim.simulate(until=1e9)
    return region.outputs()


def course_simpy3(case, z, rule):
    import simpy

    gate, tasks, local = durations(case, z)
    env = simpy.Environment()
    region = Region(case)
    events = [env.event() for _ in tasks]
    local_events = [env.event() for _ in local]
    crews = simpy.Resource(env, case["ncrew"])

    def task_of_list(r, wish):
        yield wish
        for p in case["res"][r][2]:
            if not events[p].processed:
                yield events[p]
        yield env.timeout(tasks[r])
        events[r].succeed()
        crews.release(wish)

    def ready_task(r):
        yield env.timeout(tasks[r])
        events[r].succeed()
        queue.finished(r)

    def provider():
        yield env.timeout(gate)
        if rule == "list":
            for r in case["order"]:
                env.process(task_of_list(r, crews.request()))
        else:
            queue.dispatch()

    def municipality(m):
        yield env.timeout(gate + local[m][0])
        for p in (1, 0):
            if not events[p].processed:
                yield events[p]
        yield env.timeout(local[m][1])
        local_events[m].succeed()

    def service(m, fallback):
        for r in fallback.spec[0]:
            if not events[r].processed:
                yield events[r]
        if not local_events[m].processed:
            yield local_events[m]
        backlog = fallback.give_way(region, env.now)
        yield env.timeout(backlog / OVERTIME)
        region.change(env.now, fallback.spec[2] * OVERTIME, 0)

    def paper(fallback, delay):
        yield env.timeout(delay)
        if fallback.over:
            return
        fallback.begin(region, env.now)
        yield env.timeout(fallback.spec[5])
        if not fallback.over:
            fallback.tire(region, env.now)

    def monitor():
        for day in range(HORIZON + 1):
            region.observe(day)
            yield env.timeout(1.0)

    queue = ReadyQueue(case, lambda r: env.process(ready_task(r)))
    env.process(provider())
    for m in range(len(local)):
        env.process(municipality(m))
        for spec in case["svc"][m * case["nsvc"]:(m + 1) * case["nsvc"]]:
            fallback = Fallback(spec)
            env.process(service(m, fallback))
            env.process(paper(fallback, spec[3] * local[m][2]))
    env.process(monitor())
    env.run()
    return region.outputs()


def main():
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--replications", type=int, default=20)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--rule", default="list", choices=["list", "ready"])
    words.add_argument("--draws", help="normals as spec.md §6 has them; without it they are drawn")
    words.add_argument("--out", help="twelve outputs per course")
    words.add_argument("--api", default="2", choices=["2", "3"])
    wished = words.parse_args()
    case = read_case(CASE)
    course = course_simpy3 if wished.api == "3" else course_simpy2
    width = normals_per_course(case)
    rng = random.Random(wished.seed)
    draws = open(wished.draws, "rb") if wished.draws else None
    rows = []
    begin = time.perf_counter()
    for _ in range(wished.replications):
        z = struct.unpack(f"{width}d", draws.read(8 * width)) if draws else [rng.gauss(0, 1) for _ in range(width)]
        rows.append(course(case, z, wished.rule))
    seconds = time.perf_counter() - begin
    if wished.out:
        write_rows(wished.out, rows)
    print(f"# SimPy {wished.api}, rule {wished.rule}: {wished.replications} replications in {seconds:.4f} s")


if __name__ == "__main__":
    main()
