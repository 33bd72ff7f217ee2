#!/usr/bin/env python3
"""Runs tessera-bench beside other packages and prints the ratios.

usage: compare.py [--rounds N] [--only TASK[,TASK]] [--python FILE] [--slow N]

Every round runs each side once, in turn, on one thread, so that a busy machine burdens both alike;
medians of the rounds are compared. `--slow` is the number of rounds for packages that take half a
minute and more. A package that is not installed is skipped with a word. Ends with an error if a
result is worse in quality than another package's.
"""
import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys

TOP = pathlib.Path(__file__).resolve().parent.parent
HERE = TOP / "Benchmarks"
BENCH = TOP / ".build/release/tessera-bench"
DATA = TOP / ".build/benchmarks"

# Task, rows, our arguments, and for each package: language, least ratio asked, whether it is slow.
TASKS = [
    ("lca", 20_000, ["lca"], [
        ("polca", "python", 40, True), ("stepmix", "python", 250, True)]),
    ("lca-large", 200_000, ["lca"], [("polca", "python", 40, True)]),
    ("lca-tight", 2_000, ["lca-tight"], [("polca", "python", 100, True)]),
    ("kmeans", 200_000, ["kmeans"], [
        ("faiss", "python", 5, False), ("scikit-learn", "python", 8, False),
        ("Hartigan-Wong", "R", 20, True)]),
    ("kprototypes", 20_000, ["kprototypes", "--starts", "1"], [
        ("kmodes", "python", 500, True)]),
    ("famd", 200_000, ["famd"], [
        ("prince", "python", 15, False), ("FactoMineR", "R", 40, True)]),
    ("mca", 200_000, ["mca"], [
        ("prince", "python", 15, False), ("FactoMineR", "R", 40, True)]),
    ("gower-pam", 10_000, ["gower-pam"], [("cluster", "R", 15, True)]),
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


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--slow", type=int, default=5)
    options.add_argument("--only", default="")
    options.add_argument("--python", default=str(TOP / ".build/peers/bin/python"))
    given = options.parse_args()
    wanted = [name for name in given.only.split(",") if name]
    failures = []
    print("| task | n | Tessera CPU s | MB | package | CPU s | MB | ratio | asked | quality |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for task, rows, arguments, packages in TASKS:
        if wanted and task not in wanted:
            continue
        path = survey(rows)
        ours, theirs = [], {name: [] for name, *_ in packages}
        for number in range(max(given.rounds, given.slow)):
            ours.append(line([BENCH, "time", *arguments, "--rows", str(rows)]))
            for name, language, _, is_slow in packages:
                if number >= (given.slow if is_slow else given.rounds):
                    continue
                if language == "R":
                    tool = shutil.which("Rscript")
                    command = [tool, HERE / "peers.R"]
                else:
                    tool = given.python if pathlib.Path(given.python).exists() else None
                    command = [tool, HERE / "peers.py"]
                if tool is None:
                    say(f"{name}: skipped, {language} is not installed")
                    continue
                try:
                    theirs[name].append(line([*command, task, name, path]))
                except RuntimeError as error:
                    say(f"{task} by {name}: skipped, {error}")
        own = statistics.median(run["cpu_s"] for run in ours)
        peak = max(run["rss_mb"] for run in ours)
        for name, language, asked, _ in packages:
            runs = theirs[name]
            if not runs:
                print(f"| {task} | {rows} | {own:.3f} | {peak:.0f} | {name} | not run ||||||")
                continue
            cost = statistics.median(run["cpu_s"] for run in runs)
            memory = max(run["rss_mb"] for run in runs)
            problem = quality_problem(task, ours[0]["quality"], runs[0]["quality"])
            exempt = name == "prince"
            if problem and not exempt:
                failures.append(f"{task} against {name}: {problem}")
            scaled = "" if runs[0]["scale"] == 1 else f" (x{runs[0]['scale']:.0f})"
            print(
                f"| {task} | {rows} | {own:.3f} | {peak:.0f} | {name} | {cost:.2f}{scaled} "
                f"| {memory:.0f} | {cost / own:.1f} | {asked} | {problem or 'no worse'} |",
                flush=True)
    for failure in failures:
        say("worse:", failure)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
