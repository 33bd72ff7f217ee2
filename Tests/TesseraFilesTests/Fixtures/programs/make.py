"""Makes the files of this folder with PSPP, haven, openpyxl and LibreOffice, and facts.json with
what those programs read in them.

usage: python3 make.py [pspp] [haven] [workbook], in this folder; all three if none is named. Needs
pspp, R with haven and jsonlite, openpyxl, and LibreOffice. facts.json maps a file to its columns {name, label, labels, cells}; null is a missing
answer, a code declared missing stands as itself, days and times as the file counts them.
"""
import csv
import datetime
import json
import os
import re
import subprocess
import sys

import openpyxl

facts = {}


def run(*words):
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout


def table(path, header=0):
    """Columns of a CSV; what reads as a number is one."""
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))[header:]

    def cell(text):
        if text.strip() in ("", "."):
            return None
        # PSPP shows moments; the file counts seconds since 14 October 1582.
        moment = re.fullmatch(r"(?:(\d\d)/(\d\d)/(\d{4}) ?)?(?:(\d+):(\d\d):(\d\d))?", text)
        if moment:
            month, day, year, *clock = moment.groups()
            days = (datetime.date(int(year), int(month), int(day)) - datetime.date(1582, 10, 14)
                    ).days if year else 0
            hour, minute, second = [int(part or 0) for part in clock]
            return float(days * 86400 + hour * 3600 + minute * 60 + second)
        try:
            return float(text)
        except ValueError:
            return text
    return [{"name": name, "label": "", "labels": {}, "cells": [cell(row[i]) for row in rows[1:]]}
            for i, name in enumerate(rows[0])]


def pspp():
    run("pspp", "-o", "/dev/null", "pspp.sps")
    facts["pspp.sav"] = facts["pspp.zsav"] = table("pspp.csv")
    facts["pspp.por"] = table("pspp-por.csv")
    for column in facts["pspp.por"]:
        column["name"] = column["name"].upper()[:8]
    run("pspp", "--syntax-encoding=UTF-8", "-o", "/dev/null", "pspp1252.sps")
    facts["pspp1252.sav"] = table("pspp1252.csv")
    run("rm", "pspp.csv", "pspp-por.csv", "pspp1252.csv")


def haven():
    names = ["haven.sav", "haven.zsav", "haven.dta", "haven.xpt"]
    run("Rscript", "haven.R", "write")
    for name, line in zip(names, run("Rscript", "haven.R", "read", *names).splitlines()):
        facts[name] = json.loads(line)


def workbook():
    """A workbook with all that sheets have: LibreOffice computes and writes it anew."""
    book = openpyxl.Workbook()
    hidden = book.active
    hidden.title = "Notes"
    hidden["A1"] = "not the data"
    hidden.sheet_state = "hidden"
    sheet = book.create_sheet("Answers")
    head = ["id", "when", "at", "share", "sum", "agreed", "wrong", "How important is", "", "", "words"]
    below = ["", "", "", "", "", "", "", "price", "room", "style", ""]
    sheet.append(head)
    sheet.append(below)
    sheet.merge_cells("H1:J1")
    for row in range(8):
        line = row + 3
        sheet.append([
            row + 1, datetime.date(2026, 1, 28) + datetime.timedelta(days=row),
            datetime.datetime(2026, 1, 31, 23, 59, row), row / 7 if row else None,
            f"=A{line}*2", bool(row % 2), "=1/0" if row == 3 else row, 1 + row % 5,
            1 + row * 3 % 5, None if row == 6 else 1 + row * 2 % 5,
            ["Zürich", "=not a formula", " blanks ", "two\nlines", "漢字", "<&>", "", "1e5"][row] or None])
        sheet.cell(line, 11).data_type = "s" if row != 6 else "n"
        sheet.cell(line, 2).number_format = "yyyy-mm-dd"
        sheet.cell(line, 4).number_format = "0.00%"
    book.save("made.xlsx")
    run("soffice", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", "out",
        "made.xlsx")
    run("mv", "out/made.xlsx", "libreoffice.xlsx")
    run("soffice", "--headless", "--convert-to",
        "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,2", "--outdir",
        "out", "libreoffice.xlsx")
    with open("out/libreoffice-Answers.csv", encoding="utf-8") as file:
        print(file.read())
    read = openpyxl.load_workbook("libreoffice.xlsx", data_only=True)["Answers"]
    columns = []
    for column in read.iter_cols():
        # Below merged cells stand names of their own.
        name = column[1].value or column[0].value
        cells = []
        for cell in column[2:]:
            value = cell.value
            if isinstance(value, bool):
                value = "TRUE" if value else "FALSE"
            elif isinstance(value, datetime.datetime):
                is_day = name == "when"
                value = value.strftime("%Y-%m-%d" if is_day else "%Y-%m-%d %H:%M:%S")
            elif value == "#DIV/0!":
                value = None
            cells.append(float(value) if isinstance(value, int) else value)
        columns.append({"name": name, "label": "", "labels": {}, "cells": cells})
    facts["libreoffice.xlsx"] = columns
    run("rm", "-r", "out", "made.xlsx")


if os.path.exists("facts.json"):
    with open("facts.json", encoding="utf-8") as file:
        facts = json.load(file)
steps = {"pspp": pspp, "haven": haven, "workbook": workbook}
for step in sys.argv[1:] or steps:
    steps[step]()
with open("facts.json", "w", encoding="utf-8") as file:
    json.dump(facts, file, ensure_ascii=False, indent=1)
    file.write("\n")
