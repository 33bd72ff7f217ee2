"""Every example of docs/python.md runs, and its numbers are those of other packages."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")


def run_blocks(kind: str) -> dict[str, Any]:
    """Runs the blocks of a kind one after another, and returns their variables."""
    names: dict[str, Any] = {}
    blocks = re.findall(rf"^```{kind}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert len(blocks) >= 3
    for block in blocks:
        exec(compile(block, "docs/python.md", "exec"), names)
    return names


def test_examples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.chdir(tmp_path)
    names = run_blocks("python")
    assert (tmp_path / "family-cars" / "report.html").exists()
    assert names["path"].exists() and names["row"].answer == "poor"
    shown = capsys.readouterr().out
    assert "did you mean 'income'?" in shown and "The room poor" in shown


def test_every_function_has_an_example() -> None:
    for name in ("inspect", "draft", "segment", "run", "assign", "fit", "whatif", "tables"):
        assert f"### {name}\n" in PAGE and f"tessera.{name}(" in PAGE


def test_numbers_beside_other_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    for package in ("stepmix", "kmodes", "sklearn"):
        pytest.importorskip(package)
    monkeypatch.chdir(ROOT)
    names = run_blocks("python peers")
    ours = names["numbers"]
    codes = names["codes"]
    theirs = names["theirs"].score(codes) * len(codes)
    assert ours["log_likelihood"] == pytest.approx(theirs, abs=1e-3)
    assert ours["bic"] == pytest.approx(names["theirs"].bic(codes), abs=2e-3)
    cost = names["ours_modes"].result_.document("segments")["criteria"]["cost"]
    assert cost <= names["theirs_modes"].cost_
    within = names["ours_means"].result_.document("segments")["criteria"]["within_ss"]
    assert within == pytest.approx(names["theirs_means"].inertia_, rel=1e-9)
    # The page's table says the same.
    for number in (ours["log_likelihood"], ours["bic"], within):
        assert f"{number:.2f}" in PAGE
    assert f"cost {names['theirs_modes'].cost_:.0f} | {cost:.0f} " in PAGE
