"""Files of spreadsheets and statistics programs."""
import io
import os
import tempfile

from export import GRID, MULTI, OPTIONS, numbered


def xlsx(export):
    import openpyxl
    names, word = export.names(), export.word
    export.add(word["id"], lambda p: p["number"])
    export.add(word["weight"], lambda p: p["weight"])
    export.ask(lambda key: (word[key], ""), lambda key, place, option: (word[key], option),
               lambda key, place, item: (names[key], item), dict(open=(word["open"], "")),
               chosen=(word["yes"], word["no"]), ratings="codes")
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Study 2026"])
    sheet.append([])
    top = [name for name, _, _ in export.columns]
    sheet.append([name if i == 0 or top[i - 1] != name else None for i, name in enumerate(top)])
    sheet.append([label or None for _, label, _ in export.columns])
    start = 0
    for place in range(1, len(top) + 1):
        if place == len(top) or top[place] != top[start]:
            if place - start > 1:
                sheet.merge_cells(start_row=3, end_row=3, start_column=start + 1, end_column=place)
            start = place
    for row in zip(*[answers for _, _, answers in export.columns]):
        sheet.append([None if cell == "" else cell for cell in row])
    out = io.BytesIO()
    book.save(out)
    return "xlsx", out.getvalue()


def program(export, kind):
    import pandas
    import pyreadstat
    word, names = export.word, numbered(export, "v")
    export.add("nr", lambda p: p["number"], word["id"])
    export.add("w", lambda p: p["weight"], word["weight"])
    export.ask(names["single"], lambda key, place, option: (
        names["multi"](key, place, option)[0], f"{word[key]}: {option}"),
        lambda key, place, item: (names["grid"](key, place, item)[0], f"{word[key]}: {item}"),
        dict(open=names["name"]("open")), codes=True, chosen=(1, 0), ratings="codes")
    frame = pandas.DataFrame({
        name: answers if label == word["open"]
        else [None if answer == "" else float(answer) for answer in answers]
        for name, label, answers in export.columns})
    labels = {name: label for name, label, _ in export.columns}
    values = {names["single"](key)[0]: dict(enumerate(word[options], 1))
              for key, options in OPTIONS.items()}
    values[names["single"]("income")[0]][99] = word["refused"]
    for key, items, scale in GRID:
        for place, item in enumerate(word[items]):
            values[names["grid"](key, place, item)[0]] = dict(enumerate(word[scale], 1))
    for key, options in MULTI:
        for place, option in enumerate(word[options]):
            values[names["multi"](key, place, option)[0]] = {0: word["no"], 1: word["yes"]}
    path = os.path.join(tempfile.mkdtemp(), "made." + kind)
    if kind == "sav":
        pyreadstat.write_sav(frame, path, column_labels=labels, variable_value_labels=values,
                             missing_ranges={names["single"]("income")[0]: [99]})
    elif kind == "dta":
        pyreadstat.write_dta(frame, path, column_labels=labels, variable_value_labels=values)
    else:
        pyreadstat.write_xport(frame.rename(columns=str.upper), path, file_format_version=5,
                               column_labels={k.upper(): v[:40] for k, v in labels.items()})
    with open(path, "rb") as file:
        made = file.read()
    os.remove(path)
    return kind, made
