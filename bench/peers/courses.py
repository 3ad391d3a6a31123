"""Courses of region 72 by resmon and by each peer: started as processes, read back, with the seconds that they name."""
import array
import json
import os
import random
import re
import subprocess
import tempfile

import region72

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
PYTHON = "/usr/bin/python3"  # Debian's own has SimPy 2, SimPy 3 and NumPy
PEERS = {"SimPy 2": "simpy2", "SimPy 3": "simpy3", "NumPy": "numpy", "event queue": "events"}
SERVICES = 2880


class Courses:
    """A folder for files, removed at the end, and the event queue compiled for this machine."""

    def __init__(self, program):
        self.program = program
        self.folder = tempfile.TemporaryDirectory(prefix="resmon-region72-")
        self.events = self.file("peer_events")
        compiler = ["g++", "-std=c++20", "-O3", "-march=native", "-w", "-o", self.events, "peer_events.cpp"]
        subprocess.run(compiler, cwd=HERE, check=True)
        for rule in ("list", "ready"):
            with open(self.file(f"{rule}.yaml"), "w") as file:
                file.write(region72.model_text(rule))

    def file(self, name):
        return os.path.join(self.folder.name, name)

    def ours(self, rule, replications, seed, draws=None, courses=None, threads=1):
        """Seconds of the forecast alone, and of the outputs of the courses where they are written; reading and writing
        files is not among them, as with the peers."""
        command = [self.program, "--data", self.file("data"), "--quiet", "--seed", str(seed), "--threads", str(threads),
                   "--replications", str(replications), "--format", "json", "--output", self.file("result.json"),
                   "simulate", "--model", self.file(f"{rule}.yaml")]
        if draws:
            command += ["--draws-out", draws]
        if courses:
            command += ["--courses-out", courses]
        subprocess.run(command, check=True)
        with open(self.file("result.json")) as file:
            about = json.load(file)["about"]
        return about["seconds"], about.get("courses_seconds")

    def peer(self, name, rule, replications, seed, draws=None, out=None):
        """Seconds of the courses alone. Without `draws` the numbers are its own; the event queue gets random ones."""
        if name == "event queue":
            draws = draws or self.random_normals(replications, seed)
            command = [self.events, draws, str(replications), rule] + ([out] if out else [])
        else:
            program = ["peer_numpy.py"] if name == "NumPy" else ["peer_simpy.py", "--api", name[-1]]
            command = [PYTHON] + program + ["--rule", rule, "--replications", str(replications), "--seed", str(seed)]
            command += (["--draws", draws] if draws else []) + (["--out", out] if out else [])
        environment = dict(os.environ, PYTHONDONTWRITEBYTECODE="1")
        said = subprocess.run(command, cwd=HERE, check=True, capture_output=True, text=True, env=environment).stdout
        return float(re.search(r"replications in ([0-9.]+) s", said).group(1))

    def random_normals(self, replications, seed):
        path = self.file(f"normals-{replications}-{seed}")
        if not os.path.exists(path):
            rng = random.Random(seed)
            width = region72.normals_per_course(region72.read_case())
            with open(path, "wb") as file:
                for _ in range(replications):
                    array.array("d", [rng.gauss(0, 1) for _ in range(width)]).tofile(file)
        return path

    def our_normals(self, rule, replications, seed):
        """Our courses, and the file of their normals in the peers' order."""
        draws, courses, normals = self.file("draws"), self.file("courses.csv"), self.file("normals")
        self.ours(rule, replications, seed, draws, courses)
        with open(normals, "wb") as file:
            for row in region72.peer_normals(draws):
                array.array("d", row).tofile(file)
        return region72.outputs_of_courses(courses), normals

    def largest_difference(self, name, rule, replications=4, seed=20231030):
        """With the same normals, over all outputs of all courses, relative."""
        rows, normals = self.our_normals(rule, replications, seed)
        out = self.file("outputs")
        self.peer(name, rule, replications, seed, normals, out)
        return max(region72.path_differences(region72.read_rows(out), rows))
