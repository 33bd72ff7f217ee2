#!/usr/bin/env python3
"""Runs whole commands, as users run them, and prints what they cost as a Markdown table.

usage: commands.py [--only JOB[,JOB]] [--rounds N] [--tessera FILE] [--python FILE] [--no-packages]

A row is one process from start to end: reading, the work, and writing. Medians of `--rounds` (5) runs;
another package that does the whole job runs in turn with ours and is skipped with a word where it is
not installed. Inputs are drawn from a seed and kept in .build/benchmarks.
"""
import argparse
import os
import pathlib
import random
import shutil
import statistics
import subprocess
import sys
import time

TOP = pathlib.Path(__file__).resolve().parent.parent
DATA = TOP / ".build/benchmarks/commands"
OUT = DATA / "out"
BOXES = [f"box_{i + 1}" for i in range(16)]
SCALES = [f"scale_{i + 1}" for i in range(16)]
ITEMS = ",".join(BOXES + SCALES)
SEGMENTS = 8

# Job, command, asked CPU seconds, asked wall seconds, package for the whole job.
JOBS = [
    ("flagship", ["demo", "-o", "OUT", "--force"], None, 3.5, None),
    ("study, 2,000 people", ["run", "study.yaml", "--replicates", "1000", "-o", "OUT", "--force"],
     None, 5, None),
    ("latent classes, 200,000", ["segment", "200000.csv", "--active", ITEMS, "--id", "id",
                                 "--segments", "8", "--json"], 2, None, None),
    ("k-means, 200,000", ["segment", "200000.csv", "--active", ITEMS, "--id", "id", "--segments",
                          "8", "--method", "kmeans", "--json"], 1.6, None, "kmeans"),
    ("assign, 1,000,000", ["assign", "--model", "model/segments.json", "1000000.csv", "-o",
                           "OUT.csv"], 0.9, None, None),
    ("xlsx to csv, 200,000", ["convert", "200000.xlsx", "OUT.csv"], 2.5, None, "xlsx"),
    ("sav to csv, 200,000", ["convert", "200000.sav", "OUT.csv"], 0.5, None, "sav"),
    ("Ward, 10,000", ["segment", "10000.csv", "--active", ITEMS, "--id", "id", "--segments", "8",
                      "--method", "ward", "--stability", "0", "--json"], 2.5, None, "ward"),
]


def say(*words):
    print(*words, file=sys.stderr, flush=True)


def draw(rows, path):
    """Sixteen yes/no questions and as many five-point scales of eight segments, 5% unanswered."""
    chance = random.Random(20261123)
    yes = [[chance.choice([0.1, 0.3, 0.7, 0.9]) for _ in BOXES] for _ in range(SEGMENTS)]
    mean = [[chance.uniform(1.5, 4.5) for _ in SCALES] for _ in range(SEGMENTS)]
    uniform = chance.random
    with open(path, "w") as file:
        file.write("id," + ITEMS + "\n")
        for row in range(rows):
            segment = min(SEGMENTS - 1, int(SEGMENTS * uniform() ** 1.3))
            cells = [str(row + 1)]
            cells += ["" if uniform() < 0.05 else "1" if uniform() < p else "0" for p in yes[segment]]
            cells += ["" if uniform() < 0.05 else
                      str(min(5, max(1, int(m + 2.4 * (uniform() - 0.5) + 0.5))))
                      for m in mean[segment]]
            file.write(",".join(cells) + "\n")


def prepare(tessera):
    DATA.mkdir(parents=True, exist_ok=True)
    for rows in (2_000, 10_000, 200_000, 1_000_000):
        path = DATA / f"{rows}.csv"
        if not path.exists():
            say(f"drawing {rows:,} respondents")
            draw(rows, path.with_suffix(".part"))
            path.with_suffix(".part").rename(path)

    def make(name, *command):
        if not (DATA / name).exists():
            say("making", name)
            subprocess.run([tessera, *command], cwd=DATA, check=True, capture_output=True)

    make("200000.xlsx", "convert", "200000.csv", "200000.xlsx")
    make("200000.sav", "convert", "200000.csv", "200000.sav")
    make("model/segments.json", "segment", "10000.csv", "--active", ITEMS, "--id", "id",
         "--segments", "8", "--stability", "0", "-o", "model")
    (DATA / "study.yaml").write_text(
        "title: Two thousand people\nsurvey:\n  file: 2000.csv\n  id: id\n"
        f"segments:\n  active: [{ITEMS}]\n  count: 2-8\n")


def clear():
    for path in (OUT, OUT.with_suffix(".csv")):
        shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)


def run(command, folder):
    """CPU seconds, wall seconds and peak memory in MB of a process and its children."""
    clear()
    began = time.time()
    child = subprocess.Popen(
        [str(word) for word in command], cwd=folder, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE)
    words = child.stderr.read().decode(errors="replace").strip()
    _, status, usage = os.wait4(child.pid, 0)
    if status:
        raise RuntimeError(words.splitlines()[-1] if words else "no message")
    return usage.ru_utime + usage.ru_stime, time.time() - began, usage.ru_maxrss / 1024


def verdict(cost, wall, asked_cost, asked_wall):
    if asked_cost is None and asked_wall is None:
        return ""
    is_met = cost <= asked_cost if asked_cost is not None else wall <= asked_wall
    asked = f"{asked_cost} CPU s" if asked_cost is not None else f"{asked_wall} s"
    return f"{asked}: {'met' if is_met else 'missed'}"


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--only", default="", help="beginnings of the names of jobs")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--tessera", default=str(TOP / ".build/release/tessera"))
    options.add_argument("--python", default=str(TOP / ".build/peers/bin/python"))
    options.add_argument("--no-packages", action="store_true")
    given = options.parse_args()
    tessera = pathlib.Path(given.tessera).resolve()
    wanted = [name for name in given.only.split(",") if name]
    prepare(tessera)
    print("| job | CPU s | wall s | MB | asked | package | its CPU s | ratio |")
    print("|---|---|---|---|---|---|---|---|")
    is_wrong = False
    for job, arguments, asked_cost, asked_wall, package in JOBS:
        if wanted and not any(job.startswith(name) for name in wanted):
            continue
        folder = TOP if arguments[0] == "demo" else DATA
        command = [tessera] + [word.replace("OUT", str(OUT)) for word in arguments]
        ours, theirs = [], []
        if given.no_packages:
            package = None
        try:
            for _ in range(given.rounds):
                ours.append(run(command, folder))
                if package is None:
                    continue
                try:
                    theirs.append(
                        run([given.python, TOP / "Benchmarks/commands-peers.py", package], DATA))
                except (RuntimeError, FileNotFoundError) as error:
                    say(f"{job} by another package: skipped, {error}")
                    package = None
        except RuntimeError as error:
            say(f"{job}: {error}")
            is_wrong = True
            continue
        cost, wall, peak = (statistics.median(row[place] for row in ours) for place in range(3))
        beside = "| | | |"
        if theirs:
            other = statistics.median(row[0] for row in theirs)
            beside = f"| {PACKAGES[package]} | {other:.2f} | {other / cost:.1f} |"
        print(f"| {job} | {cost:.2f} | {wall:.2f} | {peak:.0f} "
              f"| {verdict(cost, wall, asked_cost, asked_wall)} {beside}", flush=True)
    clear()
    sys.exit(is_wrong)


PACKAGES = {"kmeans": "polars, scikit-learn", "xlsx": "python-calamine, polars",
            "sav": "pyreadstat", "ward": "polars, fastcluster"}

if __name__ == "__main__":
    main()
