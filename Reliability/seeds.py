"""Whole inputs of every kind that the fuzzer then damages; made by the command itself where it can."""

import gzip
import json
import random
import shutil
import sqlite3

from harness import ROOT, people, run, write_study

FIXTURES = ROOT / "Tests/TesseraFilesTests/Fixtures"

SSS = """<?xml version="1.0" encoding="ISO-8859-1"?>
<sss version="1.2"><survey><title>Simulated</title><record ident="A">
<variable ident="1" type="quantity" use="serial"><name>id</name><label>Number</label>
<position start="1" finish="3"/><values><range from="1" to="999"/></values></variable>
<variable ident="2" type="single"><name>job</name><label>Job</label><position start="4"/>
<values><value code="1">office</value><value code="2">craft</value></values></variable>
<variable ident="3" type="multiple"><name>does</name><label>Does</label><position start="5" finish="7"/>
<values><value code="1">Sport</value><value code="2">Opera</value><value code="4">Other</value></values></variable>
<variable ident="4" type="multiple"><name>likes</name><label>Likes</label><position start="8" finish="11"/>
<spread subfields="2" width="2"/><values><value code="1">A</value><value code="12">B</value></values></variable>
<variable ident="5" type="character"><name>why</name><label>Why</label><position start="12" finish="16"/>
<size>5</size></variable>
<variable ident="6" type="logical"><name>again</name><label>Again</label><position start="17"/></variable>
<variable ident="7" type="date"><name>day</name><label>Day</label><position start="18" finish="25"/></variable>
<variable ident="8" type="quantity" use="weight"><name>w</name><label>Weight</label>
<position start="26" finish="29"/><values><range from="0" to="9"/></values></variable>
</record></survey></sss>
"""


def triple_s(random):
    return "".join(
        "%03d%d%d%d%d%02d%02d%-5s%d20260%d1%d%.2f\r\n" % (
            row, random.randint(1, 2), random.randint(0, 1), random.randint(0, 1), random.randint(0, 1),
            random.choice([1, 12]), random.choice([0, 1]), random.choice(["nice", "", "long!"]),
            random.randint(0, 1), random.randint(1, 9), random.randint(0, 9), random.random() * 9)
        for row in range(1, 15)).encode()


def dialects(text):
    """The same survey as programs of several makes export it."""
    lines = text.splitlines()
    quoted = "\r\n".join(",".join('"%s"' % cell for cell in line.split(",")) for line in lines) + "\r\n"
    header = lines[0].split(",")
    imports = ",".join('"{""ImportId"":""QID%d""}"' % place for place in range(len(header)))
    qualtrics = "\n".join([lines[0], ",".join("Question %d?" % n for n in range(len(header))), imports, *lines[1:]])
    return {
        "plain.csv": text.encode(), "quoted.csv": quoted.encode(),
        "semicolon.csv": text.replace(";", "|").replace(",", ";").encode(),
        "tab.tsv": text.replace(",", "\t").encode(), "wide.csv": text.encode("utf-16"),
        "latin.csv": text.replace("craft", "m\xe9tier").encode("latin-1"),
        "packed.csv": gzip.compress(text.encode(), mtime=0), "qualtrics.csv": qualtrics.encode(),
        "cells.csv": text.replace("office", '"two\nlines, and ""quotes"""').encode(),
    }


def make(folder):
    """Makes all seeds in a folder, once; returns kind -> {name: bytes}."""
    rng = random.Random("seeds")
    study = folder / "study"
    write_study(study, rng, 60)
    (folder / "small").mkdir()
    text = people(rng, 14)
    (folder / "small/people.csv").write_text(text)
    for name in ("people.sav", "people.zsav", "people.dta", "people.xlsx"):
        done = run(["convert", "small/people.csv", "small/" + name], folder, 60)
        assert done.status == 0, done.errors
    work = [
        ["run", "study.yaml", "--replicates", "2", "-o", "out", "-q"],
        ["init", "study.yaml", "--excel", "study.xlsx"],
        ["deck", "out", "-o", "deck.pptx"],
    ] + [
        ["segment", "people.csv", "--active", active, "--segments", "2", "--stability", "0", "--id", "id",
         "--method", method, "-o", method, "-q"]
        for method, active in (
            ("latent-class", "age,job,mood,does_sport"), ("kmeans", "age,imp_room,imp_cheap"),
            ("pam", "age,job,mood"))
    ]
    for arguments in work:
        done = run(arguments, study, 60)
        assert done.status == 0, (arguments, done.errors)
    (folder / "exports").mkdir()
    for place in range(3):
        (folder / "exports" / ("e%d.csv" % place)).write_text(people(rng, 12))
    done = run(["batch", "exports", "--model", "study/latent-class/segments.json", "-o", "batch", "-q"], folder, 60)
    assert done.status == 0, done.errors

    def read(*paths):
        return {path.name: path.read_bytes() for path in paths}

    small, sav = folder / "small", FIXTURES / "sav"
    programs, malformed = FIXTURES / "programs", FIXTURES / "malformed"
    yaml = (study / "study.yaml").read_bytes()
    return {
        "csv": {**dialects(text), **read(*sorted(malformed.glob("0*.csv"))[::4])},
        "xlsx": read(small / "people.xlsx", programs / "libreoffice.xlsx", FIXTURES / "xlsx/gnumeric.xlsx"),
        "sav": read(
            small / "people.sav", small / "people.zsav", sav / "bytecode.sav", sav / "plain.sav",
            sav / "zlib.zsav", programs / "pspp.sav", *sorted((malformed / "sav").glob("22[3-9]*.sav"))),
        "dta": read(small / "people.dta", sav / "stata.dta", programs / "haven.dta"),
        "sss": {"wave.sss": SSS.encode(), "wave.asc": triple_s(rng)},
        "study": {
            "study.yaml": yaml, "study.json": study_json(), "study.xlsx": (study / "study.xlsx").read_bytes()},
        "model": {
            method + ".json": (study / method / "segments.json").read_bytes()
            for method in ("latent-class", "kmeans", "pam")},
        "ledger": read(folder / "batch/ledger.sqlite"),
        "deck": read(study / "deck.pptx"),
    }


def study_json():
    """The study of the harness with the same keys in JSON."""
    needs = {
        "room": {"importance": "imp_room", "satisfaction": "sat_room"}, "cheap": {"importance": "imp_cheap"}}
    return json.dumps({
        "title": "Simulated", "survey": {
            "file": "people.csv", "id": "id", "levels": {"age": "numeric", "mood": ["low", "fair", "good"]},
            "sets": {"does": {"columns": "does_*", "chosen": 1}}},
        "segments": {"active": ["age", "job", "mood", "does"], "count": 2, "stability": 0},
        "need_scale": [1, 5], "needs": needs,
        "features": {"seats": {"value": {"linear": [2, 7]}}, "price": {"value": {"linear": [40000, 10000]}}},
        "products": "products.csv", "relations": "relations.csv",
        "barriers": {"too_dear": {"violated_when": "price > top"}}, "channels": ["does_sport"],
    }, indent=1).encode()
