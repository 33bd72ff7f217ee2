"""Data frames as survey files, with labels kept, and files as data frames.

A frame without labels becomes CSV. Labels and ordered categories need a format that holds them:
Triple-S, which is a description in XML beside the CSV file.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

#: Labels of columns by name.
Labels = Mapping[str, str]
#: Labels of answers by column and code.
ValueLabels = Mapping[str, Mapping[Any, str]]


def library(data: object) -> str | None:
    """Which library a frame is of; ``columns`` for a mapping of columns, ``None`` for no frame."""
    name = type(data).__module__.partition(".")[0]
    if name in ("pandas", "polars") and hasattr(data, "columns"):
        return name
    if isinstance(data, Mapping) and "survey" not in data:
        return "columns"
    return None


@dataclass
class Column:
    """A column: its answers, and the categories where it has some."""

    name: str
    answers: list[Any]
    categories: list[Any] | None = None
    is_ordered: bool = False
    #: Labels by code, once the column is described.
    codes: dict[int, str] | None = None


@dataclass
class SurveyFile:
    """A file that a frame was written to."""

    path: Path
    ordered: list[str]


def columns(frame: Any) -> list[Column]:
    """The columns of a frame, with ``None`` for each missing answer."""
    kind = library(frame)
    if kind == "pandas":
        return [_pandas(str(name), frame.iloc[:, i]) for i, name in enumerate(frame.columns)]
    if kind == "polars":
        lazy = hasattr(frame, "collect")
        return [_polars(series) for series in (frame.collect() if lazy else frame).get_columns()]
    return [
        part if isinstance(part, Column) else Column(str(name), _clean(part))
        for name, part in frame.items()
    ]


def _pandas(name: str, series: Any) -> Column:
    missing = series.isna().tolist()
    answers = [None if gone else one for one, gone in zip(series.tolist(), missing)]
    if not hasattr(series, "cat"):
        return Column(name, answers)
    return Column(name, answers, series.cat.categories.tolist(), bool(series.cat.ordered))


def _polars(series: Any) -> Column:
    answers = _clean(series.to_list())
    if not hasattr(series.dtype, "categories") or type(series.dtype).__name__ != "Enum":
        return Column(series.name, answers)
    return Column(series.name, answers, series.dtype.categories.to_list(), is_ordered=True)


def _clean(answers: Any) -> list[Any]:
    values = answers.tolist() if hasattr(answers, "tolist") else list(answers)
    return [None if one is None or one != one else one for one in values]


def write(
    frame: Any,
    folder: Path,
    name: str = "survey",
    labels: Labels | None = None,
    value_labels: ValueLabels | None = None,
) -> SurveyFile:
    """Writes a frame into a folder.

    Labels that are not given are taken from the frame's ``attrs``, where pandas keeps such things.
    """
    kept: Mapping[str, Any] = getattr(frame, "attrs", None) or {}
    labels = labels if labels is not None else kept.get("labels") or {}
    value_labels = value_labels if value_labels is not None else kept.get("value_labels") or {}
    data = columns(frame)
    ordered = [column.name for column in data if column.is_ordered]
    described = bool(labels or value_labels or ordered)
    for column in data if described else []:
        _encode(column, value_labels.get(column.name))
    path = folder / f"{name}.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow([column.name for column in data])
        writer.writerows(zip(*map(_texts, data)))
    if not described:
        return SurveyFile(path, [])
    description = folder / f"{name}.sss"
    description.write_text(_triple_s(data, labels, path.name), encoding="utf-8")
    return SurveyFile(description, ordered)


def _encode(column: Column, labels: Mapping[Any, str] | None) -> None:
    """Gives a column with labels its codes: numbers stay, texts and categories are numbered."""
    if labels and all(isinstance(code, int) for code in labels) and _whole(column.answers):
        found = {int(one) for one in column.answers if one is not None}
        column.codes = {code: labels.get(code, str(code)) for code in sorted({*labels, *found})}
        return
    if labels:
        column.answers = [labels.get(one, one) for one in column.answers]
        others = [one for one in column.answers if one is not None]
        column.categories = list(dict.fromkeys([*labels.values(), *others]))
    if column.categories:
        numbers = {one: place for place, one in enumerate(column.categories, 1)}
        column.answers = [None if one is None else numbers[one] for one in column.answers]
        column.codes = {place: str(one) for one, place in numbers.items()}


def _whole(answers: Sequence[Any]) -> bool:
    """Whether all answers are whole numbers, as those of a pandas column with gaps are at heart."""
    return all(
        one is None or isinstance(one, int) or isinstance(one, float) and one.is_integer()
        for one in answers
    )


def _texts(column: Column) -> list[str]:
    if _whole(column.answers):
        return ["" if one is None else str(int(one)) for one in column.answers]
    return ["" if one is None else _text(one) for one in column.answers]


def _text(answer: Any) -> str:
    if isinstance(answer, datetime) and not any((answer.hour, answer.minute, answer.second)):
        answer = answer.date()
    if isinstance(answer, date):
        return answer.isoformat()
    if isinstance(answer, bool):
        return str(int(answer))
    return repr(answer) if isinstance(answer, float) else str(answer)


def _triple_s(data: list[Column], labels: Labels, file: str) -> str:
    variables = "\n".join(
        f'<variable ident="{place}" type="{kind}"><name>{escape(column.name)}</name>'
        f"<label>{escape(labels.get(column.name, ''))}</label>"
        f'<position start="{place}"/>{rest}</variable>'
        for place, column in enumerate(data, 1)
        for kind, rest in [_kind(column)]
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<sss version="2.0"><survey>'
        f'<record ident="A" format="csv" href={quoteattr(file)} skip="1">\n'
        f"{variables}\n</record></survey></sss>\n"
    )


def _kind(column: Column) -> tuple[str, str]:
    if column.codes:
        values = "".join(
            f'<value code="{code}">{escape(label)}</value>' for code, label in column.codes.items()
        )
        return "single", f"<values>{values}</values>"
    known = [one for one in column.answers if one is not None]
    if known and all(isinstance(one, (int, float)) for one in known):
        low, high = (_text(end) for end in (min(known), max(known)))
        return "quantity", f'<values><range from="{low}" to="{high}"/></values>'
    size = max((len(_text(one).encode()) for one in known), default=1)
    return "character", f"<size>{max(size, 1)}</size>"


def like(data: object, table: dict[str, list[Any]]) -> Any:
    """Columns as a frame of the library that other data are of; as they are for other data."""
    kind = library(data)
    if kind == "pandas":
        import pandas

        return pandas.DataFrame(table, index=getattr(data, "index", None))
    if kind == "polars":
        import polars

        return polars.DataFrame(table, infer_schema_length=None, strict=False)
    return table
