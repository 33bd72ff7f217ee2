"""Answers of commands that leave no folder behind, and drafts."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from contextlib import ExitStack
from html import escape
from pathlib import Path
from typing import Any

from . import _html
from ._reading import pick
from ._rows import Assignment, Gain, Problem, Table, TableCell, Variable


class Assignments(Table[Assignment]):
    """New respondents with their segments, in the order of the data."""

    def __init__(self, rows: Table[Assignment], document: Mapping[str, Any], frame: Any) -> None:
        super().__init__(rows, Assignment)
        #: What the command tells of all: people and shares of each segment.
        self.data = document
        #: The same as a frame of the library that the data came in, with their index.
        self.frame = frame


class WhatIf:
    """What a change to a product would bring, in points of fit."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        #: All that the command told.
        self.data = document
        self.product: str = document["product"]
        #: Gain over everybody, with its 95% interval.
        self.gain: float | None = document["population_gain"]
        self.low: float | None = document["low"]
        self.high: float | None = document["high"]
        self.segments = Table([pick(Gain, one) for one in document["segments"]], Gain)

    def __repr__(self) -> str:
        return f"<WhatIf: {self.product} gains {self.gain} ({self.low} to {self.high})>"

    def _repr_html_(self) -> str:
        return self.segments._repr_html_()


class Tables:
    """Banner tables in long form."""

    def __init__(self, cells: Table[TableCell], document: Mapping[str, Any]) -> None:
        self.cells = cells
        #: All that the command told, with bases and tests.
        self.data = document

    @property
    def notes(self) -> list[str]:
        """How to read letters and bases."""
        return list(self.data["notes"])

    def __repr__(self) -> str:
        return f"<Tables: {len(self.data['tables'])} questions, {len(self.cells)} cells>"

    def _repr_html_(self) -> str:
        columns = {one.column: f"{one.column_label} ({one.letter})" for one in self.cells}
        rows: dict[tuple[str, str], dict[str, str]] = {}
        for one in self.cells:
            figure = "" if one.value is None else f"{one.value:.4g} {one.letters}"
            rows.setdefault((one.question_label, one.row_label), {})[one.column] = figure
        shown = [
            [question, answer, *(figures.get(name, "") for name in columns)]
            for (question, answer), figures in list(rows.items())[:60]
        ]
        return _html.table(["Question", "Answer", *columns.values()], shown)


class Inspection:
    """What is in an export."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        #: All that the command told.
        self.data = document
        self.respondents: int = document["respondents"]
        #: Respondents without a missing answer.
        self.completes: int = document["completes"]
        self.variables = Table(list(map(_variable, document["variables"])), Variable)
        self.problems = Table([pick(Problem, one) for one in document["problems"]], Problem)

    def __repr__(self) -> str:
        return f"<Inspection: {self.respondents} respondents, {len(self.variables)} variables>"

    def _repr_html_(self) -> str:
        columns = ["name", "label", "level", "role", "missing", "distinct"]
        rows = [[getattr(one, name) for name in columns] for one in self.variables]
        problems = _html.sentences([one.message for one in self.problems])
        heading = f"<p>{self.respondents} respondents, {self.completes} complete</p>"
        return heading + problems + _html.table(columns, rows)


class Draft:
    """A study file drafted from a survey, with a reason beside every guess."""

    def __init__(self, text: str, folder: Path, owned: ExitStack) -> None:
        self.text = text
        self._folder = folder
        self._owned = owned

    @property
    def path(self) -> Path:
        """The draft as a file, with the data beside it where they came as a frame."""
        return self._folder / "study.yaml"

    def save(self, folder: str | Path) -> Path:
        """Copies the draft, and the data that came as a frame, into a folder that is new."""
        return Path(shutil.copytree(self._folder, folder)) / "study.yaml"

    def __str__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return f"<pre>{escape(self.text)}</pre>"


def _variable(document: Mapping[str, Any]) -> Variable:
    answers = {str(one["code"]): one["label"] for one in document["categories"]}
    return pick(Variable, document, answers=answers)
