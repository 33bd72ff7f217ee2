"""Rows out of files in long form, and out of documents."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from ._rows import Assignment, Table

Row = TypeVar("Row")


def read_rows(path: Path, kind: type[Row]) -> Table[Row]:
    """A file in long form; an empty cell is ``None``, or an empty text where there must be one."""
    hints = get_type_hints(kind)
    with path.open(encoding="utf-8", newline="") as stream:
        rows = [
            kind(**{name: _value(text, hints[name]) for name, text in record.items()})
            for record in csv.DictReader(stream)
        ]
    return Table(rows, kind)


def _value(text: str, hint: Any) -> Any:
    kinds = getattr(hint, "__args__", (hint,))
    if text == "" and type(None) in kinds:
        return None
    if bool in kinds:
        return text in ("1", "true")
    if float in kinds:
        return float(text)
    return int(text) if int in kinds else text


def pick(kind: type[Row], document: Mapping[str, Any], **others: Any) -> Row:
    """A row out of members of a document that are called like its columns."""
    values = {
        column.name: document.get(column.name)
        for column in fields(kind)  # type: ignore[arg-type]
        if column.default is MISSING
    }
    return kind(**{**values, **others})


def read_assignments(path: Path) -> Table[Assignment]:
    """Assignments as ``run`` and ``assign`` write them, as CSV."""
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        shares = [name for name in reader.fieldnames or [] if name.startswith("p_")]
        rows = [
            Assignment(
                id=record["id"],
                segment=record["segment"] or None,
                name=record["name"] or None,
                probability=_value(record["probability"], float | None),
                probabilities={one[2:]: _value(record[one], float | None) for one in shares},
            )
            for record in reader
        ]
    return Table(rows, Assignment)
