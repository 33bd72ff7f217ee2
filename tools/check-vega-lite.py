#!/usr/bin/env python3
"""Checks the Vega-Lite specifications of a finished folder against the schema that altair carries, and
draws each with vl-convert. Usage: pip install altair vl-convert-python; tools/check-vega-lite.py FOLDER"""
import json
import sys
from pathlib import Path

import altair
import vl_convert

faults = 0
files = sorted(Path(sys.argv[1], "charts").glob("*.json"))
for file in files:
    specification = json.loads(file.read_text())
    try:
        altair.Chart.from_dict(specification, validate=True)
        picture = vl_convert.vegalite_to_svg(specification)
        assert "<svg" in picture
    except Exception as fault:
        faults += 1
        print(f"{file.name}: {str(fault)[:300]}")
print(f"{len(files)} specifications, {faults} faulty")
sys.exit(1 if faults or not files else 0)
