#!/usr/bin/env python3
"""Holds `tessera sql` against `tessera assign` on real engines.

People are simulated: categories by code and by label, ratings, numbers, counts, several answers in one
column and in many, gaps and answers that no model knows. Each model is fitted on some of them and places
all of them by `tessera assign` and by the statement in each engine that is there: SQLite (of Python),
PostgreSQL (a cluster of its own on a free loopback port), DuckDB (its command), Apache Spark (pyspark,
local mode). The statements for Snowflake and BigQuery are parsed by sqlglot, translated and run by DuckDB.
Segments must be equal in every row and probabilities within 1e-9.
"""
import argparse
import csv
import json
import os
import random
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
options.add_argument("tessera", type=Path, help="the command")
options.add_argument("--people", type=int, default=200_000)
options.add_argument("--engines", default="sqlite,postgresql,duckdb,spark,snowflake,bigquery")
options.add_argument("--need", default="sqlite", help="engines that must be there")
options.add_argument("--report", type=Path, help="file for the table of rows per second")
given = options.parse_args()
TESSERA = given.tessera.resolve()
FITTED = 1500
TABLE = "people"


def run(*words, **more):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, **more)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, words))[:500]}\n{done.stderr}")
    return done.stdout


def tessera(*words):
    done = subprocess.run([str(TESSERA), *map(str, words)], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"tessera {' '.join(map(str, words))}\n{done.stderr}")
    return done.stdout


# People ------------------------------------------------------------------------------------------
CHANNELS = ["tv", "web", "print", "radio; local", "out of home"]
COLUMNS = (
    ["id", "home", "car", "price", "media", "age", "visits", "trips"]
    + [f"act_{n}" for n in range(1, 6)] + [f"r{n}" for n in range(1, 6)] + ["region", "spend"]
)


def person(number, chance):
    kind = chance.choices([0, 1, 2], [0.5, 0.3, 0.2])[0]

    def pick(values, likeliest):
        return values[likeliest] if chance.random() < 0.7 else chance.choice(values)

    row = {
        "id": f"p{number}",
        "home": pick(["Own house", "Rents, shared", "It's \"other\""], kind),
        "car": pick(["1", "2", "3"], kind),
        "price": pick(["low", "middle", "high"], kind),
        "media": ";".join(c for n, c in enumerate(CHANNELS) if n != 3 and chance.random() < (0.7 if n % 3 == kind else 0.2)),
        "age": f"{max(18, chance.gauss(30 + 18 * kind, 7)):.1f}",
        "visits": str(min(40, int(chance.expovariate(1 / (1 + 5 * kind))))),
        "trips": "0" if chance.random() < 0.3 else str(int(chance.expovariate(1 / (2 + 3 * kind)))),
        "region": chance.choice(["North", "South", "East"]),
        "spend": f"{chance.uniform(0, 10) + 4 * kind:.2f}",
    }
    for n in range(1, 6):
        row[f"act_{n}"] = "1" if chance.random() < (0.75 if n % 3 == kind else 0.2) else "0"
        row[f"r{n}"] = str(max(1, min(5, round(chance.gauss(2 + kind, 0.9)))))
    return row


def spoil(row, chance, number):
    """Gaps, answers that no model knows, another spelling."""
    for name in COLUMNS[1:]:
        draw = chance.random()
        if draw < 0.08:
            row[name] = ""
        elif draw < 0.10:
            row[name] = {"home": "Boat", "car": "8", "price": "free", "region": "West"}.get(name, row[name])
        elif draw < 0.14 and name in ("home", "price", "region"):
            row[name] = row[name].upper() if draw < 0.12 else f" {row[name]} "
    if number % 500 == 0:
        for name in COLUMNS[1:]:
            row[name] = ""
    return row


def write(path, count, seed, spoiled):
    chance = random.Random(seed)
    with open(path, "w", newline="") as file:
        table = csv.DictWriter(file, COLUMNS)
        table.writeheader()
        for number in range(count):
            row = person(number, chance)
            table.writerow(spoil(row, chance, number) if spoiled else row)


STUDIES = {
    "classes": "active: [home, car, price, media, age, visits, act, r1, r2], count: 3",
    "covariates": "active: [home, car, r1, r2, r3, r4], covariates: [region, spend], count: 3",
    "kmeans": "method: kmeans, active: [home, age, r1, r2, r3, r4, r5, act], count: 3",
    "kmodes": "method: kmodes, active: [home, car, price, r1, r2, r3], count: 3",
    "gaps": "active: [home, car, r1, act], gaps: modelled, direct_effects: [[home, car]], count: 2",
    "prototypes": "method: kprototypes, active: [home, car, age, spend, r1], count: 3",
}


def models(folder):
    """A model a study, a short list of one, and a bridge to columns that customers have too."""
    write(folder / "survey.csv", FITTED, 5, False)
    made = {}
    for name, segments in STUDIES.items():
        study = folder / f"{name}.yaml"
        study.write_text(
            f"title: {name}\n"
            "survey:\n  file: survey.csv\n  id: id\n"
            "  levels: { car: nominal, visits: count, spend: numeric, age: numeric,"
            " r1: ordinal, r2: ordinal, r3: ordinal, r4: ordinal, r5: ordinal }\n"
            "  sets:\n    media: { column: media, separator: \";\" }\n    act: { columns: [act_*] }\n"
            f"segments: {{ {segments}, starts: 10, stability: 0 }}\n")
        out = folder / name
        tessera("run", study, "-o", out)
        made[name] = out / "segments.json"
    typing = folder / "typing.json"
    tessera("typing", folder / "classes", "-o", typing, "--questions", 4, "--threshold", 0.6)
    made["typing"] = typing
    bridge = folder / "bridge.json"
    tessera("bridge", "--model", folder / "classes", "--from", "region,spend,age", "-o", bridge)
    made["bridge"] = bridge
    return made


# Engines -----------------------------------------------------------------------------------------
def statements(sql):
    """The proof and the query of a file of tessera sql."""
    parts = [part for part in sql.split(";\n") if part.strip()]
    assert len(parts) == 2, len(parts)
    return parts


class SQLite:
    name = dialect = "sqlite"

    def __init__(self, folder):
        self.base = sqlite3.connect(folder / "people.sqlite")

    def load(self, people):
        self.base.execute(f"CREATE TABLE {TABLE} ({', '.join(f'{c} TEXT' for c in COLUMNS)})")
        with open(people, newline="") as file:
            rows = ([cell or None for cell in row] for row in list(csv.reader(file))[1:])
            self.base.executemany(f"INSERT INTO {TABLE} VALUES ({','.join('?' * len(COLUMNS))})", rows)
        self.base.commit()

    def ask(self, query):
        return self.base.execute(query).fetchall()

    def close(self):
        self.base.close()


class PostgreSQL:
    name = dialect = "postgresql"

    def __init__(self, folder):
        binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
        if not binaries:
            raise FileNotFoundError("PostgreSQL's server is not installed")
        self.bin = binaries[-1]
        self.folder = Path(tempfile.mkdtemp(prefix="tessera-pg-"))
        self.user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        if self.user:
            shutil.chown(self.folder, "postgres")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        data = self.folder / "data"
        run(*self.user, self.bin / "initdb", "-D", data, "-A", "trust", "-U", "postgres", cwd="/")
        run(*self.user, self.bin / "pg_ctl", "-D", data, "-w", "-l", self.folder / "log", "-o",
            f"-p {self.port} -c listen_addresses=127.0.0.1 -c fsync=off -k {self.folder}", "start", cwd="/")

    def psql(self, *words, text=None):
        return run("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", self.port,
                   "-U", "postgres", "-d", "postgres", *words, input=text)

    def load(self, people):
        columns = ", ".join(f"{c} {'integer' if c.startswith('act_') else 'double precision' if c in ('spend', 'age') else 'text'}" for c in COLUMNS)
        self.psql("-c", f"CREATE TABLE {TABLE} ({columns})")
        self.psql("-c", f"\\copy {TABLE} FROM '{people}' WITH (FORMAT csv, HEADER)")

    def ask(self, query):
        out = self.psql("-c", f"\\copy ({' '.join(strip(query).split(chr(10)))}) TO STDOUT WITH (FORMAT csv)")
        return [[cell or None for cell in row] for row in csv.reader(out.splitlines())]

    def close(self):
        run(*self.user, self.bin / "pg_ctl", "-D", self.folder / "data", "-m", "immediate", "stop", cwd="/")
        shutil.rmtree(self.folder, ignore_errors=True)


def strip(query):
    """Without comments, which end with their line."""
    return "\n".join(line for line in query.splitlines() if not line.lstrip().startswith("--"))


class DuckDB:
    name = dialect = "duckdb"

    def __init__(self, folder):
        if not shutil.which("duckdb"):
            raise FileNotFoundError("the command duckdb is not installed")
        self.base = folder / "duckdb.duckdb"

    def load(self, people):
        run("duckdb", self.base, f"CREATE TABLE {TABLE} AS SELECT * FROM read_csv('{people}', header=true, all_varchar=false, sample_size=-1)")

    def ask(self, query):
        out = self.base.with_suffix(".csv")
        script = self.base.with_suffix(".sql")
        script.write_text(f"COPY ({strip(query)}) TO '{out}' (FORMAT csv, HEADER false);\n")
        run("duckdb", self.base, "-init", "/dev/null", "-f", script)
        with open(out, newline="") as file:
            return [[cell or None for cell in row] for row in csv.reader(file)]

    def close(self):
        pass


class Translated(DuckDB):
    """An engine that is not to be had here: its SQL is parsed, translated, and run by DuckDB."""

    def __init__(self, folder, dialect):
        super().__init__(folder)
        import sqlglot
        self.sqlglot = sqlglot
        self.name = self.dialect = dialect
        self.base = folder / f"{dialect}.duckdb"

    def ask(self, query):
        [made] = self.sqlglot.transpile(query, read=self.dialect, write="duckdb", comments=False)
        return super().ask(made)


class Spark:
    name = dialect = "spark"

    def __init__(self, folder):
        from pyspark.sql import SparkSession
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        self.spark = (
            SparkSession.builder.master("local[2]").appName("tessera")
            .config("spark.ui.enabled", "false").config("spark.sql.codegen.hugeMethodLimit", "8000")
            .config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.host", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", "2").config("spark.driver.memory", "3g")
            .config("spark.local.dir", str(folder)).getOrCreate())
        self.spark.sparkContext.setLogLevel("ERROR")

    def load(self, people):
        self.spark.read.csv(str(people), header=True, inferSchema=True).createOrReplaceTempView(TABLE)
        self.spark.sql(f"CACHE TABLE {TABLE}")

    def ask(self, query):
        return [list(row) for row in self.spark.sql(query).collect()]

    def close(self):
        self.spark.stop()


ENGINES = {
    "sqlite": SQLite, "postgresql": PostgreSQL, "duckdb": DuckDB, "spark": Spark,
    "snowflake": lambda folder: Translated(folder, "snowflake"),
    "bigquery": lambda folder: Translated(folder, "bigquery"),
}


# The comparison ----------------------------------------------------------------------------------
def assigned(path):
    with open(path, newline="") as file:
        rows = list(csv.DictReader(file))
    return {row["id"]: row for row in rows}, [name for name in rows[0] if name.startswith("p_")]


def differences(found, expected, chances):
    worst, wrong = 0.0, 0
    if len(found) != len(expected):
        return float("inf"), abs(len(found) - len(expected))
    for row in found:
        own = expected[row[0]]
        if (row[1] or "") != own["segment"]:
            wrong += 1
        for place, name in enumerate(chances):
            told, known = row[4 + place], own[name]
            if (told is None) != (known == ""):
                wrong += 1
            elif told is not None:
                worst = max(worst, abs(float(told) - float(known)))
    return worst, wrong


def main():
    failed = False
    figures = []
    with tempfile.TemporaryDirectory(prefix="tessera-warehouse-") as place:
        folder = Path(place)
        made = models(folder)
        people = folder / "people.csv"
        write(people, given.people, 11, True)
        expected = {}
        for name, model in made.items():
            out = folder / f"{name}.csv"
            begun = time.perf_counter()
            tessera("assign", "--model", model, people, "-o", out)
            figures.append(("tessera assign", name, time.perf_counter() - begun))
            expected[name] = assigned(out)
        for wanted in given.engines.split(","):
            try:
                engine = ENGINES[wanted](folder)
            except (ImportError, FileNotFoundError) as missing:
                print(f"{wanted}: not there ({missing})")
                failed = failed or wanted in given.need.split(",")
                continue
            try:
                engine.load(people)
                for name, model in made.items():
                    text = tessera("sql", "--model", model, "--dialect", engine.dialect, "--table", TABLE, "--id", "id")
                    proof, query = statements(text)
                    [(drawn, mismatches)] = engine.ask(proof)
                    begun = time.perf_counter()
                    found = engine.ask(query)
                    seconds = time.perf_counter() - begun
                    worst, wrong = differences(found, *expected[name])
                    good = int(drawn) == 50 and int(mismatches) == 0 and wrong == 0 and worst <= 1e-9
                    failed = failed or not good
                    figures.append((wanted, name, seconds))
                    print(
                        f"{wanted} {name}: {len(found)} people, {wrong} other segments, probabilities within {worst:.1e}, "
                        f"proof {mismatches} of {drawn}, {seconds:.2f} s{'' if good else '  FAILED'}", flush=True)
            finally:
                engine.close()
    if given.report:
        with open(given.report, "w") as file:
            for engine, name, seconds in figures:
                file.write(f"{engine},{name},{seconds:.3f},{given.people / seconds:.0f}\n")
    sys.exit(1 if failed else 0)


main()
