"""Results say what the files of a run say."""

from __future__ import annotations

import csv
import gc
import json
from pathlib import Path
from typing import Any

import pytest

import tessera
from tessera._rows import flat


def same(rows: tessera.Table[Any], path: Path) -> None:
    """Holds every value of every row against a CSV file in long form."""
    with path.open(encoding="utf-8", newline="") as stream:
        records = list(csv.DictReader(stream))
    assert len(rows) == len(records) > 0
    for row, record in zip(rows, records):
        for name, text in record.items():
            value = flat(row)[name]
            if value is None or value == "":
                assert text == "", name
            elif isinstance(value, bool):
                assert text == str(value).lower(), name
            elif isinstance(value, str):
                assert text == value, name
            else:
                assert float(text) == value, name


def test_tables_equal_the_csv_files_of_the_run(run: tessera.Run) -> None:
    same(run.segments, run.folder / "segments.csv")
    same(run.profiles, run.folder / "profiles.csv")
    same(run.cells, run.folder / "fit.csv")
    same(run.assignments, run.folder / "assignments.csv")


def test_words_are_those_of_the_run(run: tessera.Run) -> None:
    document = json.loads((run.folder / "run.json").read_text())
    assert run.findings == document["findings"] and len(run.findings) > 2
    assert run.warnings == document["warnings"]
    assert run.verdict == document["verdict"]["words"]
    assert run.report.read_text(encoding="utf-8").startswith("<!")


def test_fit_by_the_model_of_a_run_has_the_fits_of_the_run(run: tessera.Run) -> None:
    fit = tessera.fit(tessera.example(), model=run, replicates=50)
    ours = {(one.segment, one.product): one.fit for one in fit.cells}
    theirs = {(one.segment, one.product): one.fit for one in run.cells}
    assert ours.keys() == theirs.keys()
    for place, value in theirs.items():
        assert ours[place] == pytest.approx(value, abs=1e-9)


def test_the_survey_of_a_run_is_assigned_as_in_the_run(run: tessera.Run) -> None:
    assigned = tessera.assign(run, tessera.example().parent / "respondents.csv")
    assert [one.segment for one in assigned] == [one.segment for one in run.assignments]
    assert assigned.data["respondents"] == len(assigned) == 2348


def test_whatif_tells_the_gain_in_every_segment(run: tessera.Run) -> None:
    answer = tessera.whatif(run, "coupe", {"seats": 4, "price": 39000})
    assert answer.data["set"] == {"seats": 4, "price": 39000}
    today = {one.segment: one.fit for one in run.cells.where(product="coupe")}
    assert len(answer.segments) == len(today)
    for one in answer.segments:
        before = today[one.segment]
        assert one.fit is not None and one.gain is not None and before is not None
        assert one.fit == pytest.approx(before + one.gain, abs=1e-9)
    assert answer.gain is not None and answer.low is not None and answer.high is not None
    assert answer.low < answer.gain < answer.high


def test_tables_have_letters_and_bases(run: tessera.Run) -> None:
    tables = tessera.tables(run, banner=["gender"], stub=["age", "newspaper"])
    assert {one.question for one in tables.cells} == {"age", "newspaper"}
    total = tables.cells.where(question="age", kind="mean", column="total")[0]
    document = [
        one
        for one in tables.data["cells"]
        if (one["question"], one["kind"], one["column"]) == ("age", "mean", "total")
    ]
    assert total.value == document[0]["mean"] and total.base == 2341
    assert any(one.letters for one in tables.cells)
    assert "Age in years" in tables._repr_html_()


def test_notebooks_see_findings_fit_and_charts(run: tessera.Run) -> None:
    page = run._repr_html_()
    assert page.count("data:image/svg+xml;base64,") == 4
    assert (
        '<td style="text-align:left">S1 Families</td>' in page
        and "The coupe does not suit Families" in page
    )
    assert run.chart("fit")._repr_html_().startswith("<img")
    assert set(run.charts) >= {"shares", "fit", "map", "profile"}


def test_a_private_folder_goes_with_its_result(shoppers: dict[str, list[Any]]) -> None:
    active = ["often", "where", "card"]
    result = tessera.segment(shoppers, active=active, segments=2, stability=0)
    folder = result.folder
    assert folder.exists() and folder.parent.stat().st_mode & 0o077 == 0
    result.close()
    assert not folder.parent.exists()
    second = tessera.segment(shoppers, active=active, segments=2, stability=0)
    folder = second.folder
    del second
    gc.collect()
    assert not folder.parent.exists()


def test_a_named_folder_stays_and_can_be_opened(run: tessera.Run, tmp_path: Path) -> None:
    again = tessera.open_run(run.save(tmp_path / "kept"))
    again.close()
    assert [one.name for one in again.segments] == [one.name for one in run.segments]
    with pytest.raises(tessera.TesseraError, match="no finished run"):
        tessera.open_run(tmp_path)


def test_progress_is_told_to_a_function(shoppers: dict[str, list[Any]]) -> None:
    told: list[tuple[str, int, int]] = []
    # Long enough that something is told.
    many = {name: values * 30 for name, values in shoppers.items() if name != "id"}
    tessera.segment(
        many,
        active=["often", "where", "card", "spend"],
        segments="2-6",
        stability=300,
        progress=lambda *step: told.append(step),
    )
    assert told and all(done <= total for _, done, total in told)
    # A terminal's line is drawn twice, and told once.
    assert all(one != two for one, two in zip(told, told[1:]))
