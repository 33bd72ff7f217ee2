"""What the reliability harnesses share: the command under test, how a process ended, seeded studies."""

import hashlib
import os
import pathlib
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
DOCUMENTED = {0, 1, 64, 65, 66, 73, 74, 75, 130, 141, 143}
SECONDS = 10


def tessera():
    """The command: TESSERA if set, else the release build, else the debug build."""
    places = [os.environ.get("TESSERA", "")] + [
        str(ROOT / ".build" / kind / "tessera") for kind in ("release", "debug")
    ]
    for place in places:
        if place and os.access(place, os.X_OK):
            return place
    sys.exit("no tessera: build it (make build), or name it with TESSERA=PATH")


class Ended:
    """How a process ended, and what it said."""

    def __init__(self, status, output, errors, seconds):
        self.status, self.output, self.errors, self.seconds = status, output, errors, seconds

    @property
    def fault(self):
        """Why this end is a fault of Tessera, or None."""
        said = self.errors + self.output[:4000]
        if self.status is None:
            return "over %d s" % SECONDS
        if self.status < 0:
            return "signal %d" % -self.status
        if 128 < self.status < 160 and self.status not in DOCUMENTED:
            return "signal %d" % (self.status - 128)
        if self.status not in DOCUMENTED:
            return "status %d" % self.status
        for word in (b"Fatal error", b"*** Program crashed", b"terminate called", b"Thread 0 crashed"):
            if word in said:
                return "traceback"
        return None


def used(pid):
    """Processor seconds of a process and of its children that have ended."""
    try:
        with open("/proc/%d/stat" % pid) as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
    except (OSError, IndexError):
        return 0


def run(arguments, folder, seconds=SECONDS, environment=None, limits=()):
    """Runs the command in a folder.

    A process is killed after so many processor seconds, or where it stands still for thirty times as
    long: on a machine that has other work to do, time on the clock says nothing.
    """

    def limit():
        for kind, value in limits:
            resource.setrlimit(kind, (value, value))

    start, told, status = time.time(), None, None
    process = subprocess.Popen(
        [tessera(), *arguments], cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, env={**os.environ, **(environment or {})}, process_group=0,
        preexec_fn=limit if limits else None)
    while told is None:
        try:
            told = process.communicate(timeout=seconds)
            status = process.returncode
        except subprocess.TimeoutExpired:
            if used(process.pid) < seconds and time.time() - start < 30 * seconds:
                continue
            os.killpg(process.pid, signal.SIGKILL)
            told = process.communicate()
    return Ended(status, told[0] or b"", told[1] or b"", time.time() - start)


def checksums(folder):
    """SHA-256 of every file below a folder, by its path in it."""
    result = {}
    for place, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(place, name)
            with open(path, "rb") as file:
                result[os.path.relpath(path, folder)] = hashlib.sha256(file.read()).hexdigest()
    return result


def workshop(name):
    """An empty folder for one harness, in memory where there is room."""
    base = os.environ.get("TESSERA_SCRATCH") or ("/dev/shm" if os.access("/dev/shm", os.W_OK) else None)
    return pathlib.Path(tempfile.mkdtemp(prefix="tessera-%s-" % name, dir=base))


def clear(folder):
    shutil.rmtree(folder, ignore_errors=True)


PRODUCTS = "product,seats,price\ncoupe,2,35000\nvan,7,30000\nmini,4,15000\n"
RELATIONS = "need,seats,price\nroom,9,\ncheap,,9\n"
STUDY = """title: Simulated study
survey:
  file: people.csv
  id: id
  levels: { age: numeric, job: nominal, mood: [low, fair, good] }
  sets: { does: { columns: "does_*", chosen: 1 }, stops: { column: stops, separator: ";" } }
segments: { active: [age, job, mood, does], passive: [region], count: 2, stability: 0 }
need_scale: [1, 5]
needs:
  room: { label: Room for all, importance: imp_room, satisfaction: sat_room }
  cheap: { importance: imp_cheap }
features:
  seats: { value: { linear: [2, 7] } }
  price: { unit: EUR, value: { linear: [40000, 10000] } }
products: products.csv
relations: relations.csv
barriers:
  too_few: { violated_when: "seats < 4", held_by: "stops includes seats" }
  too_dear: { violated_when: "price > top" }
edits: { roomy: { product: coupe, set: { seats: 4 }, cost: 400 } }
channels: [does_sport, does_opera]
"""


def people(random, count):
    """A survey of two kinds of simulated people, as CSV."""
    lines = ["id,age,job,mood,does_sport,does_opera,region,imp_room,sat_room,imp_cheap,top,stops"]
    for row in range(count):
        family = random.random() < 0.55
        lines.append(",".join(str(cell) for cell in (
            "p%d" % row, random.randint(30, 50) if family else random.randint(18, 34),
            random.choice(["office", "craft"] if family else ["student", "office"]),
            random.choice(["low", "fair"] if family else ["fair", "good"]),
            int(random.random() < (0.2 if family else 0.8)),
            int(random.random() < (0.6 if family else 0.2)),
            random.choice(["north", "south", "east"]),
            random.randint(3, 5) if family else random.randint(1, 3), random.randint(1, 5),
            random.randint(1, 5), random.choice([20000, 30000, 40000]),
            random.choice(["", "seats", "seats;looks", "looks"]))))
    return "\n".join(lines) + "\n"


def write_study(folder, random, count):
    """A whole small study in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (
        ("people.csv", people(random, count)), ("products.csv", PRODUCTS),
        ("relations.csv", RELATIONS), ("study.yaml", STUDY),
    ):
        (folder / name).write_text(text)
