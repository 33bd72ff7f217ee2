#!/usr/bin/env python3
"""Assigns people drawn on a pipe, and prints what that cost: nothing is written to a disk.

usage: assign.py [--rows N] [--tessera FILE] [--bench FILE]

The model is fitted to the first 10,000 rows of the same table. Memory is looked at while the command
runs: it must not grow with the rows.
"""
import argparse
import os
import pathlib
import subprocess
import sys
import time

TOP = pathlib.Path(__file__).resolve().parent.parent
DATA = TOP / ".build/benchmarks/assign"
QUESTIONS = ",".join(f"q{number + 1}" for number in range(26))


def resident(process):
    """Memory of a process in MB; 0 if it has ended."""
    try:
        for line in pathlib.Path(f"/proc/{process}/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rows", type=int, default=50_000_000)
    options.add_argument("--tessera", default=str(TOP / ".build/release/tessera"))
    options.add_argument("--bench", default=str(TOP / ".build/release/tessera-bench"))
    given = options.parse_args()
    DATA.mkdir(parents=True, exist_ok=True)
    sample = DATA / "10000.csv"
    subprocess.run([given.bench, "table", "10000", str(sample)], check=True)
    subprocess.run(
        [given.tessera, "segment", str(sample), "--active", QUESTIONS, "--id", "id", "--segments",
         "8", "--stability", "0", "--force", "-o", str(DATA / "model")],
        check=True, capture_output=True)
    began = time.time()
    drawing = subprocess.Popen([given.bench, "table", str(given.rows), "-"],
                               stdout=subprocess.PIPE)
    assigning = subprocess.Popen(
        [given.tessera, "assign", "--model", str(DATA / "model/segments.json"), "-", "--quiet"],
        stdin=drawing.stdout, stdout=subprocess.DEVNULL)
    drawing.stdout.close()
    seen = []
    while True:
        ended, status, usage = os.wait4(assigning.pid, os.WNOHANG)
        if ended:
            break
        seen.append(resident(assigning.pid))
        time.sleep(0.25)
    drawing.wait()
    if status or drawing.returncode:
        sys.exit("the run failed")
    cost, wall = usage.ru_utime + usage.ru_stime, time.time() - began
    tenth = max(1, len(seen) // 10)
    print("| rows | CPU s | rows per CPU s | wall s | MB at most | MB in the first tenth | in the last |")
    print("|---:|---:|---:|---:|---:|---:|---:|")
    print(f"| {given.rows:,} | {cost:.1f} | {given.rows / cost:,.0f} | {wall:.1f} "
          f"| {usage.ru_maxrss / 1024:.0f} | {max(seen[:tenth]):.0f} | {max(seen[-tenth:]):.0f} |")


if __name__ == "__main__":
    main()
