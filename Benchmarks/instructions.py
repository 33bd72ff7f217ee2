#!/usr/bin/env python3
"""Counts the instructions of small commands and holds them against the committed counts.

usage: instructions.py [--update] [--tessera FILE]

Time depends on the machine and on what else runs there, a count of instructions hardly does. Each
command works on one thread on a small input drawn from a seed, under valgrind. A count more than 10%
above the one in instructions.csv is an error: either mend what became slower, or, where it is meant,
write the new counts with --update and say why in the commit. A count more than 10% below is told, so
that the file can follow. Everything is in .build/benchmarks/instructions.
"""
import argparse
import csv
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import commands

COUNTS = pathlib.Path(__file__).with_suffix(".csv")
FOLDER = commands.TOP / ".build/benchmarks/instructions"
TOLERANCE = 0.10
ITEMS = ",".join(commands.BOXES[:5] + commands.SCALES[:5])
SEGMENT = ["segment", "200.csv", "--active", ITEMS, "--id", "id", "--json"]
JOBS = [
    ("latent classes", [*SEGMENT, "--segments", "2", "--stability", "2"]),
    ("k-means", [*SEGMENT, "--segments", "2-3", "--stability", "2", "--method", "kmeans"]),
    ("study", ["run", "bike/study.yaml", "--replicates", "20", "-o", "OUT", "--force"]),
    ("assign", ["assign", "--model", "model/segments.json", "5000.csv", "-o", "OUT.csv"]),
    ("csv to xlsx", ["convert", "2000.csv", "OUT.xlsx"]),
    ("xlsx to csv", ["convert", "2000.xlsx", "OUT.csv"]),
    ("sav to csv", ["convert", "2000.sav", "OUT.csv"]),
    ("draft", ["init", "2000.csv", "-o", "OUT.yaml", "--force"]),
]


def prepare(tessera):
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    for rows in (200, 2000, 5000):
        commands.draw(rows, FOLDER / f"{rows}.csv")
    (FOLDER / "bike").mkdir()
    data = commands.TOP / "datasets/bike-waves"
    study = (data / "study.yaml").read_text().replace("  count: 4", "  count: 2")
    (FOLDER / "bike/study.yaml").write_text(study)
    rows = (data / "wave1.csv").read_text().splitlines(keepends=True)
    (FOLDER / "bike/wave1.csv").write_text("".join(rows[:201]))
    # valgrind cannot read the debugging data that Swift writes.
    for program in (tessera, tessera.with_name("tessera-read")):
        shutil.copy(program, FOLDER / program.name)
        subprocess.run(["strip", FOLDER / program.name], check=True)
    for made in (["convert", "2000.csv", "2000.xlsx"], ["convert", "2000.csv", "2000.sav"],
                 [*SEGMENT[:-1], "--segments", "4", "--stability", "0", "-o", "model"]):
        subprocess.run(["./tessera", *made], cwd=FOLDER, check=True, capture_output=True)


def count(job, arguments):
    """Instructions of one command, its threads and the programs it calls together."""
    words = [word.replace("OUT", f"out-{job.replace(' ', '-')}") for word in arguments]
    if words[0] in ("segment", "run"):
        words += ["--threads", "1"]
    # A fixed kernel of OpenBLAS, and hashing without chance.
    environment = os.environ | {"OPENBLAS_CORETYPE": "Haswell", "OPENBLAS_NUM_THREADS": "1",
                                "SWIFT_DETERMINISTIC_HASHING": "1"}
    done = subprocess.run(
        ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--branch-sim=no",
         "--cachegrind-out-file=/dev/null", "--trace-children=yes", "./tessera", *words],
        cwd=FOLDER, env=environment, capture_output=True, text=True)
    found = re.findall(r"I\s+refs:\s+([\d,]+)", done.stderr)
    if done.returncode or not found:
        sys.exit(f"{job}: {done.stderr.strip()}")
    return sum(int(one.replace(",", "")) for one in found)


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--update", action="store_true")
    options.add_argument("--tessera", default=str(commands.TOP / ".build/release/tessera"))
    given = options.parse_args()
    prepare(pathlib.Path(given.tessera).resolve())
    known = {}
    if COUNTS.exists():
        with open(COUNTS) as file:
            known = {row["job"]: int(row["instructions"]) for row in csv.DictReader(file)}
    counts, worse = {}, []
    for job, arguments in JOBS:
        began = time.time()
        counts[job] = count(job, arguments)
        line = f"{job}: {counts[job] / 1e6:,.0f} million instructions"
        if job in known:
            change = counts[job] / known[job] - 1
            line += f", {change:+.1%}"
            if change > TOLERANCE:
                worse.append(job)
            elif change < -TOLERANCE:
                line += " (write it down with --update)"
        elif not given.update:
            worse.append(job)
        print(f"{line} ({time.time() - began:.0f} s)", flush=True)
    if given.update:
        with open(COUNTS, "w") as file:
            file.write("job,instructions\n" + "".join(f"{j},{n}\n" for j, n in counts.items()))
        print(f"{COUNTS.name} written")
    elif worse:
        sys.exit("More instructions than committed, or none committed: " + ", ".join(worse)
                 + ". Mend it, or write the new counts with --update and say why.")


if __name__ == "__main__":
    main()
