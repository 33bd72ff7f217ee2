"""The commands that make faults fails, with what each has made before and would make now."""

import json
import os
import random
import re
import shutil
import time
import zipfile
import zlib

from harness import checksums, clear, people, run, write_study

FAST = {"OPENBLAS_CORETYPE": os.environ.get("OPENBLAS_CORETYPE", "Haswell"), "OPENBLAS_NUM_THREADS": "1"}
RUN = ["run", "study.yaml", "--replicates", "2", "-q", "-o", "out"]
SEGMENT = ["segment", "study.yaml", "-q", "-o", "out"]
MODEL = "model/segments.json"
SUBJECTS = {  # command, what else it is started with to make the old output, outputs
    "run": (RUN, ["--seed", "2"], "out"),
    "segment": (SEGMENT, ["--seed", "2"], "out"),
    "assign": (["assign", "--model", MODEL, "people.csv", "-q", "-o", "out/placed.csv"], [], "out"),
    "convert": (["convert", "people.csv", "out/people.sav", "-q"], [], "out"),
    "convert-xlsx": (["convert", "people.csv", "out/people.xlsx", "-q"], [], "out"),
    "batch": (["batch", "exports", "--study", "study.yaml", "--replicates", "2", "--all", "-q", "-o", "out"],
              ["--seed", "2"], "out"),
}
# Read again before the old outputs are made, so that these differ where no seed decides.
OTHER_PEOPLE = {"assign", "convert", "convert-xlsx"}
TEMPORARY = ("tessera-tmp", "tessera-part", "tessera-aside", "-journal")
# Kept by a batch beside its outputs, and changed as it goes on.
DIARY = ("ledger.", "index.html")


def parts(path):
    """What a workbook says, part by part; the first line of an XML part may be missing."""
    try:
        with zipfile.ZipFile(path) as archive:
            return {name: re.sub(rb"^<\?xml[^>]*\?>\s*", b"", archive.read(name)) for name in archive.namelist()}
    except (zipfile.BadZipFile, zlib.error):
        return "no workbook"


def content(folder):
    """Checksums of outputs; what a record says of its own time and place is left out."""
    found = checksums(folder)
    for name in list(found):
        if os.path.basename(name).startswith(DIARY):
            del found[name]
        elif name.endswith(".xlsx"):
            found[name] = parts(folder / name)
        elif os.path.basename(name) == "run.json":
            try:
                record = json.loads((folder / name).read_text())
            except ValueError:
                continue
            for key in ("timings_seconds", "inputs", "version", "checksums", "invocation"):
                record.pop(key, None)
            found[name] = json.dumps(record, sort_keys=True)
    return found


class Subject:
    """A command, its outputs before and after, and a folder to fail in."""

    def __init__(self, name, folder):
        self.name, self.folder = name, folder
        self.command, other, self.output = SUBJECTS[name]
        self.environment = {**FAST, "TMPDIR": str(folder / "temporary")}
        rng = random.Random("faults")
        write_study(folder, rng, 60)
        (folder / "exports").mkdir()
        (folder / "temporary").mkdir()
        for place in range(3):
            (folder / "exports" / ("e%d.csv" % place)).write_text(people(rng, 50))
        (folder / "out").mkdir()
        if name in ("run", "segment", "batch"):
            (folder / "out").rmdir()
        if name == "assign":
            self.expect(["segment", "study.yaml", "-q", "-o", "model"])
        new_people = (folder / "people.csv").read_text()
        if name in OTHER_PEOPLE:
            (folder / "people.csv").write_text(people(random.Random("before"), 40))
        self.expect(self.command + other)
        (folder / "out").rename(folder / "kept")
        if name in OTHER_PEOPLE:
            (folder / "people.csv").write_text(new_people)
        shutil.copytree(folder / "kept", folder / "out")
        start = time.time()
        self.expect(self.command)
        self.seconds = time.time() - start
        self.old, self.new = content(folder / "kept"), content(folder / "out")
        assert self.old != self.new, name

    def expect(self, command):
        ended = run(command, self.folder, 120, self.environment)
        assert ended.status == 0, (command, ended.errors)

    def reset(self):
        clear(self.folder / "out")
        shutil.copytree(self.folder / "kept", self.folder / "out", symlinks=True)

    def state(self):
        """Whether the outputs are old, new, of both, or torn; and what is temporary."""
        now = content(self.folder / "out")
        temporary = [name for name in now if any(word in name for word in TEMPORARY)]
        now = {name: value for name, value in now.items() if name not in temporary}
        temporary += sorted(os.listdir(self.folder / "temporary"))
        if self.name == "batch":
            # Each export is a run of its own.
            kinds = {self.one(now, "e%d/" % place) for place in range(3)}
            return ("torn" if "torn" in kinds else "mixed" if "mixed" in kinds else "new" if kinds == {"new"}
                    else "old"), temporary
        return self.one(now, ""), temporary

    def one(self, now, prefix):
        def part(files):
            return {name: value for name, value in files.items() if name.startswith(prefix)}

        now, old, new = part(now), part(self.old), part(self.new)
        if now == new:
            return "new"
        if now == old:
            return "old"
        if now.get("deck.previous.pptx") == old.get("deck.pptx"):
            # A deck that could not be compared counts as its reader's own: it is filled anew, and kept.
            now, new = ({name: value for name, value in files.items() if not name.startswith("deck.")}
                        for files in (now, new))
            if now == new:
                return "new"
        whole = all(value in (old.get(name), new.get(name)) for name, value in now.items())
        return "mixed" if whole else "torn"

    def judge(self, ended, mark=""):
        """What is wrong after a fault; empty if nothing is."""
        state, _ = self.state()
        wrong = [ended.fault] if ended.fault else []
        if state == "torn":
            wrong.append("a torn output")
        if state == "mixed" and not self.refuses_mixed():
            wrong.append("outputs of two runs")
        if ended.status == 0 and state != "new":
            wrong.append("status 0 without the outputs")
        return wrong

    def refuses_mixed(self):
        """Where a folder holds parts of two runs, the commands that read it must say so."""
        if self.name not in ("run", "segment"):
            return False
        return run(["notes", "out"], self.folder, 20, self.environment).status not in (0, None)

    def recovers(self):
        """What is wrong after the next start; empty if all is new and nothing temporary is left."""
        ended = run(self.command, self.folder, 60, self.environment)
        state, temporary = self.state()
        if self.name == "batch":
            temporary = [name for name in temporary if "journal" not in name]
        wrong = [] if ended.status == 0 else ["the next start ends with %s" % ended.status]
        if state != "new":
            wrong.append("the next start leaves %s outputs" % state)
        return wrong + (["temporary files stay: %s" % temporary[:2]] if temporary else [])
