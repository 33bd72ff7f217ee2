"""Reads a deck back with python-pptx and holds it against fit.json and segments.json.

Usage: check.py DECK FOLDER. Prints what is wrong, a line each; nothing if all is right.
"""

import io
import json
import sys
import zipfile

from pptx import Presentation
from pptx.util import Emu

PREFIX = "tessera:"


def main(deck, folder):
    with open(f"{folder}/segments.json") as file:
        segments = json.load(file)["segments"]
    try:
        with open(f"{folder}/fit.json") as file:
            fit = json.load(file)
    except FileNotFoundError:
        fit = {"cells": [], "improvements": [], "mismatches": [], "opportunities": []}
    presentation = Presentation(deck)
    shapes = {}
    for number, slide in enumerate(presentation.slides, 1):
        if not slide.has_notes_slide or not slide.notes_slide.notes_text_frame.text:
            print(f"slide {number} has no notes")
        if slide.shapes.title is None or not slide.shapes.title.text:
            print(f"slide {number} has no title")
        for shape in slide.shapes:
            if shape.name.startswith(PREFIX):
                shapes[shape.name[len(PREFIX):]] = shape
            if shape.left is not None and (
                shape.left < 0
                or shape.top < 0
                or shape.left + shape.width > presentation.slide_width + Emu(1)
                or shape.top + shape.height > presentation.slide_height + Emu(1)
            ):
                print(f"slide {number}: {shape.name} reaches beyond the slide")
            if shape.has_chart:
                check_workbook(shape)

    def values(finding):
        return [list(one.values) for one in shapes[finding].chart.plots[0].series]

    def expect(what, found, wanted):
        if found != wanted:
            print(f"{what}: {found}, not {wanted}")

    expect(
        "answer.shares", values("answer.shares")[0], [rounded(s["share"], 4) for s in segments])
    cells = {(one["product"], one["segment"]): one["fit"] for one in fit["cells"]}
    if "fit.heat" in shapes:
        rows = list(shapes["fit.heat"].table.rows)
        order = [one["id"] for one in fit["segments"]]
        for row, product in zip(rows[1:], fit["products"]):
            shown = [cell.text.removesuffix(" ★") for cell in row.cells][1:]
            wanted = [text(cells[product["name"], segment]) for segment in order]
            expect(f"fit of {product['name']}", shown, wanted)
    if "change.gains" in shapes and fit["improvements"]:
        # By gain, or by gain for its cost where every change has one.
        by_cost = all(one["cost"] for one in fit["improvements"])
        ranked = sorted(
            fit["improvements"],
            key=lambda one: -one["gain"] / (one["cost"] if by_cost else 1))[:8]
        expect(
            "change.gains", values("change.gains")[0],
            [rounded(one["gain"], 1) for one in ranked])
    if "mismatches.points" in shapes:
        # The largest of one product and segment, or of all.
        shown = values("mismatches.points")[0]
        groups = {}
        for one in fit["mismatches"]:
            for key in [None, (one["product"], one["segment"])]:
                groups.setdefault(key, []).append(one["points"])
        wanted = [
            [rounded(one, 1) for one in sorted(points, reverse=True)[:8]]
            for points in groups.values()]
        if shown not in wanted:
            print(f"mismatches.points: {shown} is no list of losses")
    for segment in segments:
        finding = f"segment:{segment['id']}.needs"
        if finding not in shapes:
            continue
        known = [
            one for one in fit["opportunities"]
            if one["segment"] == segment["id"] and one["importance"] is not None
            and one["satisfaction"] is not None
        ]
        pairs = {(rounded(one["importance"], 4), rounded(one["satisfaction"], 4)) for one in known}
        for pair in zip(*values(finding)):
            if pair not in pairs:
                print(f"{finding}: {pair} is no importance and satisfaction")


def check_workbook(shape):
    """The numbers in the workbook of a chart are those that it draws."""
    blob = shape.chart.part.chart_workbook.xlsx_part.blob
    with zipfile.ZipFile(io.BytesIO(blob)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    if "<f>" in sheet:
        print(f"{shape.name}: the workbook holds a formula")
    for series in shape.chart.plots[0].series:
        for value in series.values:
            if value is not None and f"<v>{value:.16g}</v>" not in sheet:
                print(f"{shape.name}: {value} is not in its workbook")


def rounded(value, decimals):
    """Half away from zero, as the deck rounds."""
    scale = 10**decimals
    return int(abs(value) * scale + 0.5) / scale * (1 if value >= 0 else -1)


def text(value):
    return "–" if value is None else str(int(rounded(value, 0))).replace("-", "−")


main(*sys.argv[1:3])
