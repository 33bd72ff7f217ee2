"""Reads SPSS, Stata and SAS files with pyreadstat; prints a line of JSON for each file.

usage: read_stat.py FILE...
A line is a list of columns {name, label, labels, cells}; null where pyreadstat refuses the file.
"""
import json
import math
import sys

import pyreadstat

READERS = {
    "sav": pyreadstat.read_sav, "zsav": pyreadstat.read_sav, "por": pyreadstat.read_por,
    "dta": pyreadstat.read_dta, "sas7bdat": pyreadstat.read_sas7bdat, "xpt": pyreadstat.read_xport,
}


def code(value):
    return "%g" % value if isinstance(value, (int, float)) else value


def cell(value):
    if isinstance(value, bytes):
        value = value.decode()
    if value is None or value == "" or (isinstance(value, float) and math.isnan(value)):
        return None
    return value if isinstance(value, str) else float(value)


def table(path):
    kind = path.rsplit(".", 1)[1]
    options = {"disable_datetime_conversion": True}
    if kind in ("sav", "zsav", "dta", "sas7bdat"):
        options["user_missing"] = True
    frame, meta = READERS[kind](path, **options)
    return [
        {
            "name": name,
            "label": meta.column_names_to_labels.get(name) or "",
            "labels": {code(k): v for k, v in meta.variable_value_labels.get(name, {}).items()},
            "cells": [cell(v) for v in frame[name].tolist()],
        }
        for name in frame.columns
    ]


for path in sys.argv[1:]:
    try:
        print(json.dumps(table(path)))
    except Exception:
        print("null")
