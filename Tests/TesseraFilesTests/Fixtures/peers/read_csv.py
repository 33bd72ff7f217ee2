"""Reads delimited files with Python's csv module; prints a line of JSON for each file.

usage: read_csv.py ENCODING:DELIMITER:HEADERROWS:FILE...
A line is a list of columns {name, cells}, every cell a text.
"""
import csv
import json
import sys

csv.field_size_limit(1 << 26)
for word in sys.argv[1:]:
    encoding, delimiter, headers, path = word.split(":", 3)
    with open(path, newline="", encoding=encoding) as file:
        rows = [row for row in csv.reader(file, delimiter=delimiter.replace("tab", "\t")) if row]
    columns = zip(*rows[int(headers):])
    print(json.dumps([{"name": n, "cells": list(c)} for n, c in zip(rows[0], columns)]))
