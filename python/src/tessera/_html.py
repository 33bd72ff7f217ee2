"""Small pieces of HTML for notebooks."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from html import escape
from pathlib import Path


def cell(value: object) -> str:
    """A value as a reader sees it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.4g}"
    return escape(str(value))


def table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A table with a heading."""
    head = "".join(f"<th>{escape(name)}</th>" for name in columns)
    body = "".join(
        "<tr>"
        + "".join(
            f'<td style="text-align:{"right" if is_number(value) else "left"}">{cell(value)}</td>'
            for value in row
        )
        + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def is_number(value: object) -> bool:
    """Whether a value stands at the right of its cell."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def sentences(words: Sequence[str]) -> str:
    """A list of sentences."""
    return "<ul>" + "".join(f"<li>{escape(text)}</li>" for text in words) + "</ul>"


def picture(chart: Path) -> str:
    """A chart as an image of its own, so that its styles and ids meet no others."""
    data = base64.b64encode(chart.read_bytes()).decode()
    name = escape(chart.stem.replace("-", " "))
    return f'<img alt="{name}" style="max-width:100%" src="data:image/svg+xml;base64,{data}">'
