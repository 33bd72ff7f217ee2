"""Makes the workbooks beside this file: one invented table, written by three programs.

Needs Python with openpyxl and xlsxwriter, and Gnumeric's ssconvert.
"""

import datetime
import pathlib
import subprocess

import openpyxl
import xlsxwriter

HERE = pathlib.Path(__file__).parent
HEADER = ["id", "name", "score", "day", "moment", "flag"]
ROWS = [
    [1, "Zo\u00eb", 0.1, datetime.date(2026, 1, 31), datetime.datetime(2026, 1, 31, 10, 30), True],
    [2, "=1+1", -2.5, datetime.date(1999, 12, 31), datetime.datetime(1999, 12, 31, 23, 59, 59), False],
    [3, None, None, None, None, None],
    [4, 'a <b> & "c"', 1000000, datetime.date(2024, 2, 29), datetime.datetime(2024, 2, 29), True],
]


def with_openpyxl(path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(HEADER)
    for row in ROWS:
        sheet.append(row)
    # A text that looks like a formula.
    sheet["B3"].data_type = "s"
    for row in sheet.iter_rows(min_row=2):
        row[3].number_format = "yyyy-mm-dd"
        row[4].number_format = "yyyy-mm-dd hh:mm:ss"
    book.save(path)


def with_xlsxwriter(path):
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Answers")
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    moment = book.add_format({"num_format": "d mmm yyyy hh:mm:ss"})
    for column, name in enumerate(HEADER):
        sheet.write_string(0, column, name)
    for place, row in enumerate(ROWS, 1):
        for column, value in enumerate(row):
            if value is None:
                continue
            if isinstance(value, bool):
                sheet.write_boolean(place, column, value)
            elif isinstance(value, str):
                sheet.write_string(place, column, value)
            elif column in (3, 4):
                sheet.write_datetime(place, column, value, day if column == 3 else moment)
            else:
                sheet.write_number(place, column, value)
    book.close()


with_openpyxl(HERE / "openpyxl.xlsx")
with_xlsxwriter(HERE / "xlsxwriter.xlsx")
subprocess.run(["ssconvert", HERE / "xlsxwriter.xlsx", HERE / "gnumeric.xlsx"], check=True)
