#!/usr/bin/env python3
"""make faults: every way in which a disk, a pipe or a power switch can fail, against what must stay whole.

    Reliability/faults.py [--calls 200] [--kills 100] [--subjects run,batch] [--parts calls,kills,disk,pipes]

Each subject is a command with an output that was made before ("old") and would be made now ("new").
After every fault each output must be one or the other, whole; the status must be documented and not
0 where the output is old; and after the next start without a fault everything is new and nothing
temporary is left.
"""

import argparse
import collections
import errno
import multiprocessing
import os
import pathlib
import random
import resource
import signal
import subprocess
import sys
import time

from harness import DOCUMENTED, ROOT, checksums, clear, run, tessera, workshop
from subjects import SUBJECTS, TEMPORARY, Subject

ERRORS = {
    "write": errno.ENOSPC, "fsync": errno.EIO, "rename": errno.EIO, "open": errno.EMFILE, "read": errno.EIO}
def calls(subject, tally, most, library):
    """Fails the n-th call of each kind."""
    for call, number in ERRORS.items():
        unreached = 0
        step = max(1, 200 // most)
        for place in range(1, 201, step):
            subject.reset()
            mark = subject.folder / "mark"
            mark.unlink(missing_ok=True)
            ended = run(subject.command, subject.folder, 30, {
                **subject.environment, "LD_PRELOAD": str(library), "FAIL_CALL": call, "FAIL_AT": str(place),
                "FAIL_ERRNO": str(number), "FAIL_MARK": str(mark)})
            if not mark.exists():
                unreached += 1
                if unreached > 2:
                    break
                continue
            unreached = 0
            wrong = subject.judge(ended)
            if ended.status != 0 or wrong:
                wrong += subject.recovers()
            tally.count(subject, "call", "%s %d" % (call, place), ended, wrong)


def kills(subject, tally, most):
    """Ends the command at random moments."""
    rng = random.Random("kills " + subject.name)
    for place in range(most):
        subject.reset()
        sign = rng.choice([signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
        process = subprocess.Popen(
            [tessera(), *subject.command], cwd=subject.folder, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, **subject.environment})
        time.sleep(subject.seconds * rng.uniform(0.05, 1.02))
        process.send_signal(sign)
        start = time.time()
        process.wait(30)
        late = time.time() - start
        state, temporary = subject.state()
        wrong = []
        if state == "torn":
            wrong.append("a torn output")
        if state == "mixed" and not subject.refuses_mixed():
            wrong.append("outputs of two runs")
        if sign != signal.SIGKILL:
            # Before it listens to signals the command has touched nothing.
            early = process.returncode == -sign and state == "old"
            if process.returncode not in (0, 130, 143) and not early:
                wrong.append("status %d" % process.returncode)
            if temporary:
                wrong.append("temporary files stay: %s" % temporary[:2])
            if late > 1:
                wrong.append("%.1f s to end" % late)
        tally.count(subject, "kill", "%s %d" % (sign.name, place), None, wrong + subject.recovers())


def disk(subject, tally, sizes):
    """Fills the disk: files may not grow beyond a size, as where a quota or the disk is full."""
    largest = max(path.stat().st_size for path in (subject.folder / "out").rglob("*") if path.is_file())
    for part in range(1, sizes + 1):
        size = largest * part // (sizes + 1)
        subject.reset()
        ended = run(subject.command, subject.folder, 30, subject.environment, [(resource.RLIMIT_FSIZE, size)])
        wrong = subject.judge(ended)
        tally.count(subject, "disk", "files up to %d bytes" % size, ended, wrong + subject.recovers())
    tiny = subject.folder / "tiny"
    tiny.mkdir(exist_ok=True)
    for size in ("4k", "40k", "400k"):
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", str(tiny)],
                          capture_output=True).returncode != 0:
            return
        try:
            for place, environment in (("temporary", {"TMPDIR": str(tiny)}), ("output", {})):
                subject.reset()
                output = subject.folder / "out"
                if place == "output":
                    output.rename(subject.folder / "beside")
                    output.symlink_to(tiny)
                ended = run(subject.command, subject.folder, 30, {**subject.environment, **environment})
                if place == "output":
                    wrong = [ended.fault] if ended.fault else []
                    left = [name for name in checksums(tiny) if any(word in name for word in TEMPORARY[:3])]
                    wrong += ["temporary files stay: %s" % left[:2]] if left else []
                    output.unlink()
                    clear(subject.folder / "beside")
                else:
                    wrong = subject.judge(ended)
                tally.count(subject, "disk", "%s disk of %s" % (place, size), ended, wrong)
        finally:
            subprocess.run(["umount", str(tiny)])


def pipes(subject, tally):
    """Standard output that is closed, full, or read by nobody."""
    command = [word for word in subject.command if word != "-q"] + ["--json"]
    words = " ".join([tessera(), *command])
    for name, line in (
        ("closed", words + " >&-"), ("full", words + " >/dev/full"), ("unread", words + " | true"),
        ("head", words + " | head -c 1 >/dev/null"), ("no errors", words + " 2>&- >&-"),
    ):
        subject.reset()
        done = subprocess.run(
            ["bash", "-c", "set -o pipefail; " + line], cwd=subject.folder, capture_output=True,
            stdin=subprocess.DEVNULL, timeout=60, env={**os.environ, **subject.environment})
        state, _ = subject.state()
        wrong = [] if done.returncode in DOCUMENTED else ["status %d" % done.returncode]
        if name == "full" and done.returncode != 74:
            wrong.append("status %d where 74 is due" % done.returncode)
        if state in ("torn", "mixed"):
            wrong.append(state + " outputs")
        tally.count(subject, "pipe", name, None, wrong)


class Tally:
    """What was tried, and what went wrong."""

    def __init__(self):
        self.tried, self.faults = collections.Counter(), []

    def count(self, subject, kind, what, ended, wrong):
        self.tried[subject.name, kind] += 1
        if wrong:
            said = ended.errors[-200:].decode("utf-8", "replace") if ended else ""
            self.faults.append((subject.name, kind))
            print("FAULT %s, %s: %s\n  %r" % (subject.name, what, "; ".join(wrong), said), flush=True)


def work(task):
    name, options, library = task
    folder, tally = workshop("faults"), Tally()
    try:
        subject = Subject(name, folder)
        if "calls" in options.parts:
            calls(subject, tally, options.calls, library)
        if "kills" in options.parts:
            kills(subject, tally, options.kills)
        if "disk" in options.parts:
            disk(subject, tally, options.sizes)
        if "pipes" in options.parts:
            pipes(subject, tally)
    finally:
        clear(folder)
    return tally


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--calls", type=int, default=200, help="how many of the first 200 calls of a kind fail")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--sizes", type=int, default=10, help="sizes of a full disk")
    parser.add_argument("--subjects", default=",".join(SUBJECTS))
    parser.add_argument("--parts", default="calls,kills,disk,pipes")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    options = parser.parse_args()
    library = ROOT / ".build/reliability/failing.so"
    library.parent.mkdir(parents=True, exist_ok=True)
    source = pathlib.Path(__file__).with_name("failing.c")
    subprocess.run(["cc", "-O1", "-Wall", "-shared", "-fPIC", "-o", library, source, "-ldl"], check=True)
    begun, tried, faults = time.time(), collections.Counter(), collections.Counter()
    with multiprocessing.Pool(options.jobs) as pool:
        tasks = [(name, options, library) for name in options.subjects.split(",")]
        for tally in pool.imap_unordered(work, tasks):
            tried += tally.tried
            faults.update(tally.faults)
    for key in sorted(tried):
        print("faults: %s, %s: %d tried, %d wrong" % (*key, tried[key], faults[key]))
    print("faults: %d in all, %d wrong, %.0f s" % (
        sum(tried.values()), sum(faults.values()), time.time() - begun))
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
