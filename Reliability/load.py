#!/usr/bin/env python3
"""make load: studies at the edge of what can be asked; an answer or a refusal with a reason, in time.

    Reliability/load.py [--only NAME,NAME] [--quick]

Prints a table for docs/reliability.md: what was asked, how it ended, processor seconds, megabytes,
first words. A fault is a signal, a status that is not documented (70 among them), a traceback, an end
without words, a not-a-number in an output, or more than ten minutes of processor time.
"""

import argparse
import json
import os
import random
import re
import resource
import subprocess
import sys
import time

from harness import DOCUMENTED, PRODUCTS, RELATIONS, STUDY, clear, people, tessera, used, workshop

LIMIT = 600


def survey(rng, count, change=None):
    lines = people(rng, count).splitlines()
    rows = [dict(zip(lines[0].split(","), line.split(","))) for line in lines[1:]]
    for place, row in enumerate(rows):
        if change:
            change(place, row)
    return "\n".join([",".join(rows[0])] + [",".join(row.values()) for row in rows]) + "\n"


def plain(rng, count=300, change=None, study=STUDY, **more):
    return {
        "people.csv": survey(rng, count, change), "study.yaml": study, "products.csv": PRODUCTS,
        "relations.csv": RELATIONS, **more}


def products(rng, count):
    rows = ["p%d,%d,%d" % (place, rng.randint(2, 7), rng.randint(9000, 50000)) for place in range(count)]
    return plain(
        rng, **{"products.csv": "product,seats,price\n" + "\n".join(rows) + "\n"},
        study=STUDY.replace("product: coupe", "product: p0"))


def columns(rng, count):
    text = survey(rng, 200).splitlines()
    extra = ["x%d" % place for place in range(count)]
    lines = [text[0] + "," + ",".join(extra)] + [
        line + "," + ",".join(str(rng.randint(1, 5)) for _ in extra) for line in text[1:]]
    return {**plain(rng), "people.csv": "\n".join(lines) + "\n"}


def active(rng, count):
    files = columns(rng, count)
    listed = ", ".join("x%d" % place for place in range(count))
    files["study.yaml"] = STUDY.replace("active: [age, job, mood, does]", "active: [%s]" % listed)
    return files


def categories(rng, count):
    def change(place, row):
        row["region"] = row["job"] = "k%d" % (place % count)

    return plain(rng, 4 * count, change)


def needs(rng, count):
    names = ["n%d" % place for place in range(count)]
    text = survey(rng, 300).splitlines()
    lines = [text[0] + "," + ",".join(names)] + [
        line + "," + ",".join(str(rng.randint(1, 5)) for _ in names) for line in text[1:]]
    asked = "".join("  %s: { importance: %s }\n" % (name, name) for name in names)
    study = re.sub(r"needs:\n(  .*\n)+", "needs:\n" + asked, STUDY, count=1)
    relations = "need,seats,price\n" + "".join(
        "%s,%s,%s\n" % (name, rng.choice(["9", "3", ""]), rng.choice(["9", "1", "3"])) for name in names)
    return {**plain(rng, study=study), "people.csv": "\n".join(lines) + "\n", "relations.csv": relations}


def same(place, row):
    row.update(age="40", job="office", mood="fair", does_sport="1", does_opera="0", region="north",
               imp_room="4", sat_room="3", imp_cheap="2", top="30000", stops="seats")


def blank(place, row):
    row.update({name: "" for name in row if name != "id"})


def weighted(rng, weights):
    def change(place, row):
        row["w"] = weights[place % len(weights)]

    return plain(rng, 300, change, STUDY.replace("  id: id\n", "  id: id\n  weight: w\n"))


CASES = {
    "10,000 products": lambda rng: products(rng, 10_000),
    "1,000 products": lambda rng: products(rng, 1_000),
    "5,000 columns, 4 of them active": lambda rng: columns(rng, 5_000),
    "5,000 active columns": lambda rng: active(rng, 5_000),
    "500 categories in two questions": lambda rng: categories(rng, 500),
    "200 needs": lambda rng: needs(rng, 200),
    "one respondent": lambda rng: plain(rng, 1),
    "all alike": lambda rng: plain(rng, 300, same),
    "all blank": lambda rng: plain(rng, 300, blank),
    "weights of 1e-9": lambda rng: weighted(rng, ["1e-9"]),
    "weights of 1e9": lambda rng: weighted(rng, ["1e9"]),
    "weights of 1e-9 and 1e9": lambda rng: weighted(rng, ["1e-9", "1", "1e9"]),
    "weights of 1e308": lambda rng: weighted(rng, ["1e308", "1"]),
}
QUICK = ["one respondent", "all alike", "all blank", "weights of 1e-9 and 1e9", "weights of 1e308"]


def attempt(name):
    folder = workshop("load")
    try:
        for file, text in CASES[name](random.Random(name)).items():
            (folder / file).write_text(text)
        with open(folder / "said", "wb") as said:
            process = subprocess.Popen(
                [tessera(), "run", "study.yaml", "--replicates", "20", "-o", "out", "-q"], cwd=folder,
                stdin=subprocess.DEVNULL, stdout=said, stderr=said)
            status, cost = None, None
            while status is None and used(process.pid) < LIMIT:
                pid, code, cost = os.wait4(process.pid, os.WNOHANG)
                status = os.waitstatus_to_exitcode(code) if pid else None
                time.sleep(0.02)
            if status is None:
                process.kill()
                _, _, cost = os.wait4(process.pid, 0)
        process.returncode = status
        seconds = cost.ru_utime + cost.ru_stime
        words = (folder / "said").read_text("utf-8", "replace")
        fault = None
        if status is None:
            fault = "no end within %d s" % LIMIT
        elif status not in DOCUMENTED:
            fault = "status %d" % status
        elif "Fatal error" in words or not words.strip():
            fault = "no words" if not words.strip() else "traceback"
        else:
            for path in (folder / "out").glob("*.json"):
                json.loads(path.read_text(), parse_constant=lambda word: sys.exit("%s in %s" % (word, path)))
                if re.search(r"\bnan\b", path.read_text()):
                    fault = "nan in " + path.name
        return status, seconds, cost.ru_maxrss / 1024, words, fault
    finally:
        clear(folder)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="")
    parser.add_argument("--quick", action="store_true", help="only what ends within seconds")
    options = parser.parse_args()
    names = options.only.split(";") if options.only else QUICK if options.quick else list(CASES)
    print("| what | ends with | CPU s | MB | first words |\n|---|---|---|---|---|")
    faults = 0
    for name in names:
        status, seconds, megabytes, words, fault = attempt(name)
        faults += bool(fault)
        first = re.sub(r"\s+", " ", words).strip()[:110].replace("|", "/")
        print("| %s | %s | %.1f | %d | %s |" % (
            name, fault.upper() if fault else "an answer" if status == 0 else "a refusal (%d)" % status, seconds,
            megabytes, first), flush=True)
    print("load: %d cases, %d faults" % (len(names), faults))
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
