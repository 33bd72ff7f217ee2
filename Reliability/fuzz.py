#!/usr/bin/env python3
"""make fuzz: damaged inputs of every kind; none may crash, hang, fail unexpectedly or be half read.

    Reliability/fuzz.py [--inputs N] [--seed S] [--minutes M] [--kinds csv,sav]
    Reliability/fuzz.py --case KIND:SEED:NUMBER [-o FOLDER]     one input again, with what became of it

An input is decided by kind, seed and number alone. Progress is kept in .build/reliability, so that a
run that was stopped goes on; --fresh begins anew. Faults: death by a signal, a status that is not
documented (70 among them), more than ten seconds, a traceback, and a file that was cut short and is
accepted all the same.

Where a build with -DTESSERA_FUZZ is there (make fuzz makes it in .build-fuzz), inputs are tried in one
process after another, which is ten times as fast; what ends badly is tried again by a process of its own.
"""

import argparse
import collections
import json
import multiprocessing
import os
import pathlib
import random
import select
import shutil
import sqlite3
import subprocess
import sys
import time

import mutate
import seeds
from harness import DOCUMENTED, ROOT, SECONDS, clear, run, workshop

# Shares of the inputs; formats that strangers send come first.
SHARES = {
    "csv": 33, "xlsx": 18, "sav": 18, "dta": 12, "sss": 10, "study": 4, "model": 4, "ledger": 0.7, "deck": 0.3}
TOGETHER = {"csv": 250, "xlsx": 150, "sav": 100, "dta": 100, "sss": 150}
# Files that say by themselves where they end.
BOUNDED = {"xlsx", "sav", "dta", "model", "deck"}
FAST = {"OPENBLAS_CORETYPE": os.environ.get("OPENBLAS_CORETYPE", "Haswell"), "OPENBLAS_NUM_THREADS": "1"}


class Input:
    """One damaged input: its files, and whether it was only cut short."""

    def __init__(self, kind, seed, number, whole):
        rng = random.Random("%s:%d:%d" % (kind, seed, number))
        self.kind, self.name = kind, "%s:%d:%d" % (kind, seed, number)
        self.rng, self.cut, self.files = rng, False, {}
        names = [name for name in sorted(whole) if not name.endswith(".asc")]
        name = rng.choice(names)
        data = whole[name]
        self.ending = "".join(pathlib.PurePath(name).suffixes[-1:])
        if (kind in BOUNDED or name.endswith(".xlsx")) and rng.random() < 0.06:
            self.cut = True
            damaged = data[: rng.randrange(len(data.rstrip()))]
        else:
            damaged = self.damaged(kind, data)
        self.main = "input" + self.ending
        self.files[self.main] = damaged
        if kind == "sss":
            beside = whole["wave.asc"]
            self.files["input.asc"] = mutate.of_bytes(rng, beside) if rng.random() < 0.4 else beside

    def damaged(self, kind, data):
        rng = self.rng
        if kind in ("xlsx", "deck") or (kind == "study" and self.ending == ".xlsx"):
            return mutate.of_archive(rng, data)
        if kind == "model":
            return mutate.of_model(rng, data)
        tokens = {"csv": mutate.CSV, "sss": mutate.XML, "study": mutate.YAML}.get(kind)
        if self.ending == ".json":
            tokens = mutate.JSON
        if tokens and rng.random() < 0.7:
            return mutate.of_text(rng, data, tokens)
        return mutate.of_bytes(rng, data)

    def write(self, folder, stem="input"):
        for name, data in self.files.items():
            (folder / name.replace("input", stem, 1)).write_bytes(data)

    def commands(self):
        """What is done with it when it is tried alone."""
        rng, main = random.Random(self.name), self.main
        if self.kind == "study":
            if rng.random() < 0.4:
                return [["run", main, "--replicates", "2", "-o", "out", "--force", "-q"]]
            return [["segment", main, "-o", "out", "--force", "-q"]]
        if self.kind == "model":
            return [["assign", "--model", main, "people.csv", "-o", "assigned.csv", "-q"]]
        if self.kind == "ledger":
            return [["batch", "status", "batch", "--json"], ["batch", "retry", "batch"]][: rng.choice([1, 1, 2])]
        if self.kind == "deck":
            return [["deck", "out", "--template", main, "-o", "made.pptx"]]
        if rng.random() < 0.3:
            return [["convert", main, "made" + rng.choice([".sav", ".csv", ".xlsx", ".dta"])]]
        return [["inspect", main, "--json"]]


def try_alone(case, folder, base):
    """What is wrong with how the command takes one input, or None."""
    lay(case, folder, base)
    for arguments in case.commands():
        ended = run(arguments, folder, environment=FAST)
        if ended.fault:
            return ended.fault, arguments, ended
        if case.cut and ended.status == 0:
            return "a cut file is accepted", arguments, ended
    return None


class Loop:
    """A process that runs the commands of one input after another."""

    COMMAND = os.environ.get("TESSERA_LOOP", str(ROOT / ".build-fuzz/release/tessera"))
    # What a process leaves behind in memory is given back now and then.
    MOST = 2000

    def __init__(self):
        self.process, self.tried = None, 0

    @classmethod
    def is_there(cls):
        return os.access(cls.COMMAND, os.X_OK)

    def start(self):
        read, write = os.pipe()
        self.process = subprocess.Popen(
            ["sh", "-c", 'exec "$0" fuzz-loop 3>&%d' % write, self.COMMAND], stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, pass_fds=(write,),
            env={**os.environ, **FAST})
        os.close(write)
        self.answers, self.tried = os.fdopen(read), 0

    def close(self):
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process.stdin.close()
            self.answers.close()
            self.process = None

    def statuses(self, folder, commands):
        """The exit statuses of commands run in a folder; None where the process died or stood still."""
        if self.process is None or self.tried >= self.MOST:
            self.close()
            self.start()
        self.tried += 1
        line = json.dumps({"folder": str(folder), "commands": commands}) + "\n"
        try:
            self.process.stdin.write(line.encode())
            self.process.stdin.flush()
            told = self.answers.readline() if select.select([self.answers], [], [], 6 * SECONDS)[0] else ""
        except BrokenPipeError:
            told = ""
        if not told:
            self.close()
            return None
        return [int(status) for status in told.split()]


def lay(case, folder, base):
    """Writes one input where its commands look for it."""
    case.write(folder)
    if case.kind == "ledger":
        clear(folder / "batch")
        shutil.copytree(base / "batch", folder / "batch")
        (folder / case.main).rename(folder / "batch/ledger.sqlite")


def try_within(cases, folder, base):
    """Tries inputs in one process; returns those to be tried alone."""
    loop, again = Loop(), []
    try:
        for case in cases:
            lay(case, folder, base)
            statuses = loop.statuses(folder, case.commands())
            if statuses is None or any(
                    status not in DOCUMENTED or (case.cut and status == 0) for status in statuses):
                again.append(case)
    finally:
        loop.close()
    return again


def try_together(cases, folder, base):
    """Places the people of many inputs by one command; returns those to be tried alone."""
    exports, out = folder / "exports", folder / "placed"
    clear(exports), clear(out)
    exports.mkdir()
    for place, case in enumerate(cases):
        case.write(exports, "i%04d" % place)
    ended = run(
        ["batch", "exports", "--model", str(base / "study/latent-class/segments.json"), "-o", "placed",
         "--jobs", "1", "-q"],
        folder, SECONDS + len(cases) * 0.2, FAST)
    if ended.fault or ended.status not in (0, 75):
        return cases
    ledger = sqlite3.connect(out / "ledger.sqlite")
    again = set()
    for name, state, status, reason in ledger.execute(
            "SELECT input, state, status, reason FROM jobs JOIN attempts ON job = key"):
        case = cases[int(pathlib.PurePath(name).name[1:5])]
        if (state == "done" and case.cut) or state not in ("done", "failed") or "E0799" in reason or (
                state == "failed" and status not in DOCUMENTED):
            again.add(case)
    ledger.close()
    return again


def chunk(task):
    """Tries a range of inputs of one kind; returns the faults."""
    kind, seed, start, end, base = task
    base = pathlib.Path(base)
    folder = workshop("fuzz-" + kind)
    faults = []
    try:
        whole = {path.name: path.read_bytes() for path in (base / "seeds" / kind).iterdir()}
        shutil.copytree(base / "study", folder, dirs_exist_ok=True)
        cases = [Input(kind, seed, number, whole) for number in range(start, end)]
        # One chunk in eight goes input by input through inspect and convert.
        is_alone = kind not in TOGETHER or (start // TOGETHER[kind]) % 8 == 7
        if not is_alone:
            cases = try_together(cases, folder, base)
        elif Loop.is_there():
            cases = try_within(cases, folder, base)
        for case in cases:
            found = try_alone(case, folder, base)
            if found:
                words, arguments, ended = found
                faults.append({
                    "case": case.name, "fault": words, "command": " ".join(arguments),
                    "said": (ended.errors + ended.output)[-300:].decode("utf-8", "replace")})
    finally:
        clear(folder)
    return kind, start, end - start, faults


def prepare(scratch):
    """Seeds on disk, for all processes and for --case."""
    whole = seeds.make(scratch)
    for kind, files in whole.items():
        (scratch / "seeds" / kind).mkdir(parents=True)
        for name, data in files.items():
            (scratch / "seeds" / kind / name).write_bytes(data)


def plan(inputs, kinds, seed, done, base):
    """Chunks still to be tried, kinds in turn, so that a stop leaves all of them tried."""
    total = sum(SHARES[kind] for kind in kinds)
    queues = {}
    for kind in kinds:
        count, size = round(inputs * SHARES[kind] / total), TOGETHER.get(kind, 25)
        starts = [start for start in range(0, count, size) if start not in done[kind]]
        queues[kind] = [(kind, seed, start, min(start + size, count), str(base)) for start in starts]
    while any(queues.values()):
        for kind in kinds:
            if queues[kind]:
                yield queues[kind].pop(0)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inputs", type=int, default=1_000_000, help="inputs in all, over all kinds")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=0, help="stop after so long; 0 for no limit")
    parser.add_argument("--kinds", default=",".join(SHARES))
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--fresh", action="store_true", help="forget what was done before")
    parser.add_argument("--case", help="one input again, as a fault names it")
    parser.add_argument("-o", "--output", default="fuzz-case", help="where --case leaves the input")
    options = parser.parse_args()
    base = workshop("fuzz")
    try:
        prepare(base)
        if options.case:
            return one(options, base)
        return many(options, base)
    finally:
        clear(base)


def one(options, base):
    kind, seed, number = options.case.split(":")
    folder = pathlib.Path(options.output)
    shutil.copytree(base / "study", folder, dirs_exist_ok=True)
    whole = {path.name: path.read_bytes() for path in (base / "seeds" / kind).iterdir()}
    case = Input(kind, int(seed), int(number), whole)
    found = try_alone(case, folder, base)
    print("input: %s, %d bytes%s" % (folder / case.main, len(case.files[case.main]), ", cut short" if case.cut else ""))
    print("command: " + " ; ".join("tessera " + " ".join(words) for words in case.commands()))
    print("fault: " + (found[0] if found else "none"))
    if found:
        sys.stdout.buffer.write(found[2].errors[-2000:] + b"\n")
    return bool(found)


def many(options, base):
    state_file = ROOT / ".build/reliability" / ("fuzz-%d.json" % options.seed)
    state_file.parent.mkdir(parents=True, exist_ok=True)
    if options.fresh:
        state_file.unlink(missing_ok=True)
    state = json.loads(state_file.read_text()) if state_file.exists() else {"chunks": [], "faults": []}
    done, tried = collections.defaultdict(set), collections.Counter()
    for kind, start, count in state["chunks"]:
        done[kind].add(start)
        tried[kind] += count
    begun, kinds, new = time.time(), options.kinds.split(","), 0
    with multiprocessing.Pool(options.jobs) as pool:
        tasks = plan(options.inputs, kinds, options.seed, done, base)
        for kind, start, count, faults in pool.imap_unordered(chunk, tasks):
            state["chunks"].append([kind, start, count])
            state["faults"] += faults
            tried[kind] += count
            new += count
            for fault in faults:
                print("FAULT %(case)s: %(fault)s: tessera %(command)s\n  %(said)r" % fault, flush=True)
            state_file.with_suffix(".new").write_text(json.dumps(state))
            state_file.with_suffix(".new").rename(state_file)
            if options.minutes and time.time() - begun > options.minutes * 60:
                pool.terminate()
                break
    seconds = time.time() - begun
    for kind in kinds:
        bad = sum(fault["case"].startswith(kind + ":") for fault in state["faults"])
        print("fuzz: %s: %d inputs, %d faults" % (kind, tried[kind], bad))
    print("fuzz: %d inputs in all (%d now, %.0f a second), %d faults" % (
        sum(tried.values()), new, new / max(seconds, 1e-9), len(state["faults"])))
    return bool(state["faults"])


if __name__ == "__main__":
    sys.exit(main())
