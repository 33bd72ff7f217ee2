"""Rows of results, and tables of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from ._html import table as html_table

if TYPE_CHECKING:
    import pandas
    import polars


@dataclass(frozen=True)
class Segment:
    """A segment; shares run from 0 to 1, ``None`` is hidden or was not asked for."""

    segment: str
    name: str
    share: float | None
    share_low: float | None
    share_high: float | None
    #: Members, unweighted.
    respondents: int | None
    #: Overlap with the same segment in bootstrap samples, 0 to 1.
    found_again: float | None


@dataclass(frozen=True)
class ProfileRow:
    """An answer in a segment, or a mean; the columns are those of ``profiles.csv``."""

    segment: str
    variable: str
    label: str
    level: str
    role: str
    code: str | None
    answer: str | None
    share: float | None
    total_share: float | None
    #: 100 times share by total share.
    index: float | None
    mean: float | None
    total_mean: float | None
    base: int
    small_base: bool
    #: Why there is no share: ``base`` or ``rare``.
    hidden: str | None


@dataclass(frozen=True)
class Cell:
    """The fit of a product with a segment, 0 to 100; the columns are those of ``fit.csv``."""

    segment: str
    product: str
    label: str
    fit: float | None
    low: float | None
    high: float | None
    se: float | None
    fit_min: float | None
    fit_max: float | None
    acceptance: float | None
    quality: float | None
    may_be_first: bool
    base: int | None


@dataclass(frozen=True)
class Assignment:
    """A respondent's segment with all probabilities."""

    id: str
    segment: str | None
    name: str | None
    probability: float | None
    #: By segment.
    probabilities: Mapping[str, float | None] = field(repr=False)


@dataclass(frozen=True)
class Variable:
    """A column of a survey, as it was understood."""

    name: str
    label: str
    level: str
    role: str
    role_reason: str
    missing: int
    distinct: int
    mean: float | None
    standard_deviation: float | None
    #: Labels by code, where the answers are on offer.
    answers: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True)
class Problem:
    """Something in a survey to look at first."""

    row: int | None
    column: str | None
    message: str


@dataclass(frozen=True)
class Gain:
    """What a change to a product brings in a segment, in points of fit."""

    segment: str
    fit: float | None
    gain: float | None
    se: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class TableCell:
    """A figure of a banner table; the columns are those of ``tables.csv``."""

    question: str
    question_label: str
    row: str
    row_label: str
    kind: str
    group: str
    column: str
    column_label: str
    letter: str
    base: float | None
    weighted_base: float | None
    effective_base: float | None
    small_base: bool
    value: float | None
    value_low: float | None
    value_high: float | None
    row_share: float | None
    index: float | None
    count: float | None
    #: Letters of the columns that this figure is significantly higher than.
    letters: str
    hidden: str | None
    table_p: float | None


Row = TypeVar("Row")


def flat(row: Any) -> dict[str, Any]:
    """A row by column; a mapping in it becomes columns of its own."""
    cells: dict[str, Any] = {}
    for name, value in asdict(row).items():
        if isinstance(row, Assignment) and name == "probabilities":
            cells |= {f"p_{segment}": share for segment, share in value.items()}
        else:
            cells[name] = value
    return cells


class Table(Sequence[Row], Generic[Row]):
    """Rows of one kind, which can be read as they are or turned into a data frame."""

    def __init__(self, rows: Sequence[Row], kind: type[Row]) -> None:
        self._rows = list(rows)
        self._kind = kind

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> Table[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | Table[Row]:
        if isinstance(place, slice):
            return Table(self._rows[place], self._kind)
        return self._rows[place]

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)

    def where(self, test: Callable[[Row], bool] | None = None, **equals: object) -> Table[Row]:
        """The rows that pass a test, or whose columns have certain values.

        ``cells.where(segment="S1", product="coupe")``
        """
        rows = [
            row
            for row in self._rows
            if (test is None or test(row))
            and all(getattr(row, name) == value for name, value in equals.items())
        ]
        return Table(rows, self._kind)

    @property
    def columns(self) -> list[str]:
        """Names of the columns."""
        if self._rows:
            return list(flat(self._rows[0]))
        return [column.name for column in fields(self._kind)]  # type: ignore[arg-type]

    def to_dict(self) -> dict[str, list[Any]]:
        """The columns by name."""
        rows = [flat(row) for row in self._rows]
        return {name: [row[name] for row in rows] for name in self.columns}

    def to_pandas(self) -> pandas.DataFrame:
        """The table as a data frame of pandas."""
        import pandas

        return pandas.DataFrame(self.to_dict())

    def to_polars(self) -> polars.DataFrame:
        """The table as a data frame of polars."""
        import polars

        return polars.DataFrame(self.to_dict(), infer_schema_length=None, strict=False)

    def __repr__(self) -> str:
        return f"<{len(self)} rows of {self._kind.__name__}: {', '.join(self.columns)}>"

    def _repr_html_(self) -> str:
        shown = [list(flat(row).values()) for row in self._rows[:30]]
        more = f"<p>{len(self) - 30} more rows</p>" if len(self) > 30 else ""
        return html_table(self.columns, shown) + more
