"""What the command found, read from the files it wrote."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from functools import cached_property
from html import escape
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from . import _html
from ._reading import pick, read_assignments
from ._rows import (
    Assignment,
    Cell,
    ProfileRow,
    Segment,
    Table,
)

Self = TypeVar("Self", bound="Segmentation")


class Segmentation:
    """Segments with their profiles and assignments.

    A folder that nobody named is private and removed with this object, or by :meth:`close`.
    """

    def __init__(self, folder: Path, owned: ExitStack | None = None) -> None:
        #: Where the files are; see docs/outputs.md for what they hold.
        self.folder = folder
        self._owned = owned

    def document(self, name: str) -> dict[str, Any]:
        """A JSON file of the folder with all that it holds: ``segments``, ``fit`` and so on."""
        path = self.folder / f"{name}.json"
        document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return document

    @cached_property
    def _segments(self) -> dict[str, Any]:
        return self.document("segments")

    @cached_property
    def segments(self) -> Table[Segment]:
        """The segments, largest first."""
        found = (self._segments.get("stability") or {}).get("segments") or []
        overlaps = {one["id"]: one["jaccard"] for one in found}
        rows = []
        for one in self._segments["segments"]:
            ends = one.get("share_interval") or {}
            row = pick(
                Segment,
                one,
                segment=one["id"],
                share_low=ends.get("low"),
                share_high=ends.get("high"),
                found_again=overlaps.get(one["id"]),
            )
            rows.append(row)
        return Table(rows, Segment)

    @cached_property
    def profiles(self) -> Table[ProfileRow]:
        """Every answer in every segment, as in ``profiles.csv``."""
        return Table(list(_profile_rows(self.document("profiles"))), ProfileRow)

    @cached_property
    def assignments(self) -> Table[Assignment]:
        """Everybody's segment."""
        return read_assignments(self.folder / "assignments.csv")

    @property
    def verdict(self) -> str:
        """What the segments are, in words."""
        words: str = (self._segments.get("verdict") or {}).get("words") or ""
        return words

    @property
    def warnings(self) -> list[str]:
        """What to read before using the numbers."""
        return list(self._segments.get("warnings") or [])

    @property
    def model(self) -> Path:
        """The file by which new respondents are assigned."""
        return self.folder / "segments.json"

    def save(self, folder: str | Path) -> Path:
        """Copies all files into a folder that is new."""
        return Path(shutil.copytree(self.folder, folder))

    def close(self) -> None:
        """Removes the folder, if nobody named it."""
        if self._owned is not None:
            self._owned.close()

    def __enter__(self: Self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {len(self.segments)} segments in {self.folder}>"

    def _repr_html_(self) -> str:
        return f"<p>{escape(self.verdict)}</p>" + self.segments._repr_html_()


class Fit:
    """How products fit segments."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        #: All that ``fit.json`` holds.
        self.data = document

    @cached_property
    def cells(self) -> Table[Cell]:
        """Every segment with every product, as in ``fit.csv``."""
        labels = {one["name"]: one["label"] for one in self.data["products"]}
        bases = {one["id"]: one["base"] for one in self.data["segments"]}
        best = {(one["segment"], one["product"]) for one in self.data["ranks"] if one["best"] == 1}
        rows = [
            pick(
                Cell,
                one,
                label=labels[one["product"]],
                base=bases[one["segment"]],
                may_be_first=(one["segment"], one["product"]) in best,
            )
            for one in self.data["cells"]
            if one["segment"] is not None
        ]
        return Table(rows, Cell)

    @property
    def warnings(self) -> list[str]:
        """What to read before using the numbers."""
        return list(self.data.get("warnings") or [])

    def __repr__(self) -> str:
        return f"<Fit: {len(self.cells)} cells>"

    def _repr_html_(self) -> str:
        return fit_grid(self.cells, {one["id"]: one["name"] for one in self.data["segments"]})


class Run(Segmentation):
    """A finished run: segments, profiles, fit, charts and report."""

    @cached_property
    def fit(self) -> Fit | None:
        """The fit; ``None`` for a study without products."""
        has_fit = (self.folder / "fit.json").exists()
        return Fit(self.document("fit")) if has_fit else None

    @property
    def cells(self) -> Table[Cell]:
        """Every segment with every product; empty for a study without products."""
        return self.fit.cells if self.fit else Table([], Cell)

    @property
    def findings(self) -> list[str]:
        """The answer, in sentences."""
        return list(self.document("run").get("findings") or [])

    @property
    def warnings(self) -> list[str]:
        """What to read before using the numbers."""
        return list(self.document("run").get("warnings") or [])

    @property
    def report(self) -> Path:
        """The report, a page for a browser."""
        return self.folder / "report.html"

    @property
    def charts(self) -> dict[str, Path]:
        """The charts as SVG files, by name."""
        return {path.stem: path for path in sorted((self.folder / "charts").glob("*.svg"))}

    def chart(self, name: str) -> Chart:
        """A chart that a notebook shows."""
        return Chart(self.charts[name])

    def _repr_html_(self) -> str:
        charts = self.charts
        shown = [charts[name] for name in ("shares", "profile", "map", "fit") if name in charts]
        parts = [_html.sentences(self.findings)]
        if self.cells:
            parts.append(fit_grid(self.cells, {one.segment: one.name for one in self.segments}))
        return "".join(parts) + "".join(map(_html.picture, shown))


class Chart:
    """A chart of a run."""

    def __init__(self, path: Path) -> None:
        #: The SVG file.
        self.path = path

    def _repr_html_(self) -> str:
        return _html.picture(self.path)


def fit_grid(cells: Table[Cell], names: Mapping[str, str]) -> str:
    """Fit as a grid of segments and products, with 95% intervals."""
    products = {one.product: one.label for one in cells}
    fits = {(one.segment, one.product): one for one in cells}
    rows = []
    for segment in dict.fromkeys(one.segment for one in cells):
        row: list[object] = [f"{segment} {names[segment]}"]
        for product in products:
            one = fits[segment, product]
            row.append("" if one.fit is None else _with_interval(one))
        rows.append(row)
    return _html.table(["Fit, 0 to 100", *products.values()], rows)


def _with_interval(cell: Cell) -> str:
    ends = "" if cell.low is None or cell.high is None else f" ({cell.low:.0f} to {cell.high:.0f})"
    return f"{cell.fit:.0f}{ends}"


def _profile_rows(document: Mapping[str, Any]) -> Iterator[ProfileRow]:
    for segment in document["segments"]:
        for variable in segment["variables"]:
            head = {
                "segment": segment["id"],
                "variable": variable["name"],
                **{name: variable[name] for name in ("label", "level", "role", "base")},
                "small_base": variable["small_base"],
            }
            for one in variable.get("categories") or []:
                yield pick(ProfileRow, one, **head, answer=one["label"])
            if not variable.get("categories"):
                yield pick(ProfileRow, variable, **head)
