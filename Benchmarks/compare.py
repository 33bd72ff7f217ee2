#!/usr/bin/env python3
"""Runs tessera-bench beside other packages and prints the ratios as a Markdown table.

usage: compare.py [--only TASK[,TASK]] [--packages NAME[,NAME]] [--rounds N] [--slow N]
                  [--minutes N] [--python FILE]

Every round runs each side once, in turn, on one thread, so that a busy machine burdens both alike;
medians of the processor seconds are compared, for k-prototypes those of one start. Packages that take half a minute and more run
`--slow` rounds (1), the others `--rounds` (5); the table says how many. After `--minutes` (30) no
further round is begun. A package that is not there, or wants more memory than there is, is skipped
with a word. Ends with an error if a result of ours is worse than another package's.
"""
import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import time

TOP = pathlib.Path(__file__).resolve().parent.parent
HERE = TOP / "Benchmarks"
BENCH = TOP / ".build/release/tessera-bench"
DATA = TOP / ".build/benchmarks"


class Package:
    """A package to compare with: how it is run, the least ratio asked, what it needs."""

    def __init__(self, name, language, asked, slow=False, gigabytes=0):
        self.name = name
        self.language = language
        self.asked = asked
        self.slow = slow
        self.gigabytes = gigabytes


# Starts of ours over which the cost of one start of k-prototypes is averaged.
STARTS = 10

# Task, rows, our arguments, packages. Without packages, the processor seconds that are asked for.
TASKS = [
    ("lca", 20_000, ["lca"], [
        Package("polca", "python", 40), Package("stepmix", "python", 250, slow=True)]),
    ("lca-large", 200_000, ["lca"], [
        Package("polca", "python", 40, slow=True),
        Package("stepmix", "python", 250, slow=True)]),
    ("lca-tight", 2_000, ["lca-tight"], [Package("polca", "python", 100, slow=True)]),
    ("kmeans", 200_000, ["kmeans"], [
        Package("faiss", "python", 5), Package("scikit-learn", "python", 8),
        Package("Hartigan-Wong", "R", 20, slow=True)]),
    ("kprototypes", 20_000, ["kprototypes", "--starts", str(STARTS)], [
        Package("kmodes", "python", 500, slow=True)]),
    ("famd", 200_000, ["famd"], [
        Package("prince", "python", 15), Package("FactoMineR", "R", 40, slow=True, gigabytes=3)]),
    ("mca", 200_000, ["mca"], [
        Package("prince", "python", 15, gigabytes=3),
        Package("FactoMineR", "R", 40, slow=True, gigabytes=6)]),
    ("gower-pam", 20_000, ["gower-pam"], [
        Package("cluster", "R", 15, slow=True, gigabytes=15)]),
    ("stability", 2_000, ["stability"], 4.0),
    ("stability-lca", 2_000, ["stability-lca"], 4.0),
]


def say(*words):
    print(*words, file=sys.stderr, flush=True)


def line(command):
    threads = {name: "1" for name in (
        "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "POLARS_MAX_THREADS")}
    done = subprocess.run(
        command, cwd=TOP, env=os.environ | threads, text=True, capture_output=True)
    if done.returncode != 0:
        last = done.stderr.strip().splitlines()[-1:] or ["no message"]
        raise RuntimeError(last[0])
    return json.loads([text for text in done.stdout.splitlines() if text.startswith("{")][-1])


def survey(rows):
    DATA.mkdir(parents=True, exist_ok=True)
    path = DATA / f"survey_{rows}.csv"
    if not path.exists():
        subprocess.run([BENCH, "survey", str(rows), path], check=True)
    return path


def quality_problem(task, ours, theirs):
    """What is worse in our result than in theirs; None if nothing is."""
    if "loglik" in ours:
        short = theirs["loglik"] - ours["loglik"]
        if short > 1e-6 * abs(theirs["loglik"]):
            return f"log-likelihood {short:.2f} below"
    if "inertia" in ours and ours["inertia"] > 1.0002 * theirs["inertia"]:
        return f"inertia {ours['inertia'] / theirs['inertia']:.5f} times"
    if task in ("famd", "mca"):
        apart = max(
            abs(ours[key] / theirs[key] - 1) for key in theirs if key.startswith("eigenvalue"))
        if apart > 1e-6:
            # Randomised decompositions stop short; only the exact one is a standard to meet.
            return f"eigenvalues differ by {apart:.1e}"
    return None


def advantage(ours, theirs):
    """How the results compare, where ours is no worse."""
    for key, word in (("loglik", "log-likelihood"), ("inertia", "inertia"), ("ari", "Rand index")):
        if key in ours and key in theirs:
            return f"{word} {ours[key]:.8g}, theirs {theirs[key]:.8g}"
    if "eigenvalue_1" in ours:
        return "eigenvalues agree"
    return "not compared"


def command(package, python):
    """How a package is run, or None with the reason."""
    if package.language == "R":
        tool = shutil.which("Rscript")
        if tool is None:
            return None, "R is not installed"
        script = HERE / "peers.R"
    else:
        tool = python if pathlib.Path(python).exists() else None
        if tool is None:
            return None, "run Benchmarks/install-peers first"
        script = HERE / "peers.py"
    free = available()
    if free < package.gigabytes:
        return None, f"needs {package.gigabytes} GB of memory, {free:.0f} are free"
    return [tool, script], None


def available():
    """Gigabytes of memory that are free; without bounds where the system does not tell."""
    try:
        for text in open("/proc/meminfo"):
            if text.startswith("MemAvailable:"):
                return int(text.split()[1]) / 2**20
    except OSError:
        pass
    return float("inf")


def compare(task, rows, arguments, packages, given, late):
    """Runs all sides in turn; our runs, and the others' by name."""
    path = survey(rows)
    ours, theirs, reasons = [], {}, {}
    for number in range(max(given.rounds, given.slow)):
        if number > 0 and late():
            say(f"{task}: stopped after {number} rounds, the time is up")
            break
        ours.append(line([BENCH, "time", *arguments, "--rows", str(rows)]))
        for package in packages:
            rounds = given.slow if package.slow else given.rounds
            if number >= rounds or package.name in reasons:
                continue
            base, reason = command(package, given.python)
            if reason is None:
                try:
                    theirs.setdefault(package.name, []).append(
                        line([*base, task, package.name, path]))
                except RuntimeError as error:
                    reason = str(error)
            if reason is not None:
                reasons[package.name] = reason
                say(f"{task} by {package.name}: skipped, {reason}")
    return ours, theirs, reasons


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--slow", type=int, default=1)
    options.add_argument("--only", default="")
    options.add_argument("--packages", default="")
    options.add_argument("--minutes", type=float, default=30)
    options.add_argument("--python", default=str(TOP / ".build/peers/bin/python"))
    given = options.parse_args()
    wanted = [name for name in given.only.split(",") if name]
    named = [name for name in given.packages.split(",") if name]
    began = time.monotonic()

    def late():
        return time.monotonic() - began > 60 * given.minutes

    failures = []
    print("| task | n | Tessera CPU s (runs) | MB | package | CPU s (runs) | MB | ratio | asked "
          "| quality |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for task, rows, arguments, packages in TASKS:
        if wanted and task not in wanted:
            continue
        if late():
            say(f"{task}: not run, the time is up")
            continue
        limit = packages if isinstance(packages, float) else None
        others = [] if limit else [p for p in packages if not named or p.name in named]
        ours, theirs, reasons = compare(task, rows, arguments, others, given, late)
        own = statistics.median(run["cpu_s"] for run in ours)
        if task == "kprototypes":
            own /= STARTS
        peak = max(run["rss_mb"] for run in ours)
        start = f"| {task} | {rows:,} | {own:.3f} ({len(ours)}) | {peak:.0f} "
        if limit:
            print(f"{start}| | | | | under {limit:g} s | |", flush=True)
        for package in others:
            runs = theirs.get(package.name, [])
            if not runs:
                reason = reasons.get(package.name, "no time left")
                print(f"{start}| {package.name} | skipped: {reason} | | | | |", flush=True)
                continue
            cost = statistics.median(run["cpu_s"] for run in runs)
            memory = max(run["rss_mb"] for run in runs)
            problem = quality_problem(task, ours[0]["quality"], runs[0]["quality"])
            # prince's eigenvalues are approximate by design; FactoMineR's are what ours must equal.
            if problem and package.name != "prince":
                failures.append(f"{task} against {package.name}: {problem}")
            scale = runs[0]["scale"]
            scaled = "" if scale == 1 else f", times {scale:g}"
            print(
                f"{start}| {package.name} | {cost:.2f} ({len(runs)}{scaled}) | {memory:.0f} "
                f"| {cost / own:.1f} | {package.asked} "
                f"| {problem or advantage(ours[0]['quality'], runs[0]['quality'])} |", flush=True)
    for failure in failures:
        say("worse:", failure)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
