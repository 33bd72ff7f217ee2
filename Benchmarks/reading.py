#!/usr/bin/env python3
"""Reads tables with tessera-bench beside data.table, polars and haven, and prints the ratios.

usage: reading.py [--rounds N] [--only TASK[,TASK]] [--python FILE] [--long]

Every round runs each side once, in turn; medians are compared. Processor seconds on one thread,
wall-clock seconds on two. `--long` adds 5,000,000 rows. A package that is not installed is skipped
with a word. Ends with an error if two programs read different numbers.
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
TESSERA = TOP / ".build/release/tessera"
DATA = TOP / ".build/benchmarks"
POLARS = (
    "import sys, time, resource, json, polars as pl\n"
    "wall, cpu = time.time(), time.process_time()\n"
    "table = pl.read_csv(sys.argv[1])\n"
    "wall, cpu = time.time() - wall, time.process_time() - cpu\n"
    "peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024\n"
    "total = sum(float(c.sum()) for c in table if c.dtype.is_numeric())\n"
    "print(json.dumps({'cpu_s': cpu, 'wall_s': wall, 'rss_mb': peak,\n"
    "                  'table_mb': table.estimated_size('mb'), 'quality': {'sum': total}}))\n"
)

# Task, rows, columns, ending of the file, threads, and for each package the least ratio asked.
TASKS = [
    ("csv", 1_000_000, 34, ".csv", 1, [("data.table", 2.5), ("polars", None)]),
    ("csv-two-threads", 1_000_000, 34, ".csv", 2, [("data.table", None)]),
    ("csv-wide", 3_000, 10_000, ".csv", 1, [("data.table", None)]),
    ("sav", 200_000, 34, ".sav", 1, [("haven", 2)]),
    ("sav-packed", 200_000, 34, "-packed.sav", 1, [("haven", 2)]),
    ("zsav", 200_000, 34, ".zsav", 1, [("haven", 2)]),
]
LONG = ("csv-long", 5_000_000, 34, ".csv", 1, [("data.table", None)])


def say(*words):
    print(*words, file=sys.stderr, flush=True)


def line(command, threads):
    names = ("OMP_NUM_THREADS", "POLARS_MAX_THREADS")
    done = subprocess.run(
        [str(word) for word in command], cwd=TOP, text=True, capture_output=True,
        env=os.environ | {name: str(threads) for name in names})
    if done.returncode != 0:
        last = done.stderr.strip().splitlines()[-1:] or ["no message"]
        raise RuntimeError(last[0])
    return json.loads([text for text in done.stdout.splitlines() if text.startswith("{")][-1])


def table(rows, columns, ending):
    DATA.mkdir(parents=True, exist_ok=True)
    path = DATA / f"table_{rows}x{columns}.csv"
    if not path.exists():
        subprocess.run(
            [BENCH, "table", str(rows), path, "--columns", str(columns)], check=True)
    found = path.with_name(path.stem + ending)
    if not found.exists():
        if not shutil.which("Rscript"):
            raise RuntimeError("R is not installed, and writes the file")
        written = subprocess.run(["Rscript", HERE / "reading.R", "write", path])
        if written.returncode != 0:
            raise RuntimeError("haven could not write the file")
    return found


def inspect(path, rounds):
    """Seconds and peak memory of the command itself."""
    runs = []
    for _ in range(rounds):
        began = time.time()
        child = subprocess.Popen([TESSERA, "inspect", path], stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        if status:
            raise RuntimeError("tessera inspect failed")
        runs.append((usage.ru_utime + usage.ru_stime, time.time() - began, usage.ru_maxrss / 1024))
    cost, wall, peak = (statistics.median(run[place] for run in runs) for place in range(3))
    print(f"\n`tessera inspect` of {path.name}: {cost:.2f} CPU s, {wall:.2f} s, {peak:.0f} MB")


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--only", default="")
    options.add_argument("--python", default=str(TOP / ".build/peers/bin/python"))
    options.add_argument("--long", action="store_true")
    given = options.parse_args()
    wanted = [name for name in given.only.split(",") if name]
    failures = []
    print("| task | table | Tessera CPU s | wall s | MB over the table | package | CPU s | wall s "
          "| MB over its table | ratio | asked |")
    print("|---|---|---|---|---|---|---|---|---|---|---|")
    for task, rows, columns, ending, threads, packages in TASKS + [LONG] * given.long:
        if wanted and task not in wanted:
            continue
        try:
            path = table(rows, columns, ending)
        except RuntimeError as error:
            say(f"{task}: skipped, {error}")
            continue
        ours, theirs = [], {name: [] for name, _ in packages}
        for _ in range(given.rounds):
            ours.append(line([BENCH, "read", path, "--threads", threads], threads))
            for name, _ in packages:
                if name == "polars":
                    command = [given.python, "-c", POLARS, path]
                else:
                    command = ["Rscript", HERE / "reading.R", name, path, threads]
                try:
                    theirs[name].append(line(command, threads))
                except (RuntimeError, FileNotFoundError) as error:
                    say(f"{task} by {name}: skipped, {error}")
        middle = lambda runs, key: statistics.median(run[key] for run in runs)
        over = lambda runs: max(run["rss_mb"] - run["table_mb"] for run in runs)
        measure = "wall_s" if threads > 1 else "cpu_s"
        left = (f"| {task} | {rows:,} x {columns:,} | {middle(ours, 'cpu_s'):.3f} "
                f"| {middle(ours, 'wall_s'):.2f} | {over(ours):.0f} |")
        for name, asked in packages:
            runs = theirs[name]
            if not runs:
                print(f"{left} {name} | not run |||||")
                continue
            gap = abs(ours[0]["quality"]["sum"] / runs[0]["quality"]["sum"] - 1)
            if gap > 1e-9:
                failures.append(f"{task}: the sum of all numbers differs from {name}'s by {gap:.1e}")
            ratio = middle(runs, measure) / middle(ours, measure)
            print(f"{left} {name} | {middle(runs, 'cpu_s'):.3f} | {middle(runs, 'wall_s'):.2f} "
                  f"| {over(runs):.0f} | {ratio:.1f} | {asked or ''} |", flush=True)
    if TESSERA.exists() and (not wanted or "inspect" in wanted):
        inspect(table(1_000_000, 34, ".csv"), given.rounds)
    for failure in failures:
        say("wrong:", failure)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
