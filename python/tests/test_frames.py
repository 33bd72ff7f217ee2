"""Frames of pandas and polars go to the command and come back, labels kept."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pandas
import polars
import pytest

import tessera
from tessera import _frames

Columns = dict[str, list[Any]]


def test_libraries_give_the_same_file(shoppers: Columns, tmp_path: Path) -> None:
    made = []
    for place, data in enumerate(
        (shoppers, pandas.DataFrame(shoppers), polars.DataFrame(shoppers))
    ):
        folder = tmp_path / str(place)
        folder.mkdir()
        made.append(_frames.write(data, folder).path.read_text())
    assert made[0] == made[1] == made[2]
    # Numbers with gaps are floats in pandas, and still whole.
    assert made[1].splitlines()[1].startswith("p0,1,")


def test_what_is_missing_stays_missing() -> None:
    frame = pandas.DataFrame(
        {
            "a": pandas.array([1, None, 3, 1], dtype="Int64"),
            "b": ["x", None, "y", "x"],
            "c": [1.5, float("nan"), 2.5, 2.5],
            "d": [date(2026, 1, 31), None, date(2026, 2, 1), date(2026, 2, 1)],
        }
    )
    found = {one.name: one for one in tessera.inspect(frame).variables}
    assert {name: one.missing for name, one in found.items()} == dict.fromkeys("abcd", 1)
    polar = polars.DataFrame({"a": [1, None], "b": ["x", None], "c": [1.5, float("nan")]})
    assert [one.missing for one in tessera.inspect(polar).variables] == [1, 1, 1]


def test_labels_of_columns_and_answers_are_kept(shoppers: Columns) -> None:
    labels = {"often": 'How often do you "shop" <weekly> & more?'}
    answers = {"often": {1: "rarely", 3: "always"}, "where": {"web": "On the Web"}}
    result = tessera.segment(
        pandas.DataFrame(shoppers),
        active=["often", "where", "card"],
        segments=3,
        stability=0,
        labels=labels,
        value_labels=answers,
    )
    often = result.profiles.where(variable="often", segment="S1")
    assert [one.answer for one in often] == ["rarely", "2", "always"]
    assert often[0].label == labels["often"]
    where = result.profiles.where(variable="where", segment="S1")
    assert {one.answer for one in where} == {"On the Web", "market", "mall"}


def test_labels_in_attrs_are_taken(shoppers: Columns) -> None:
    frame = pandas.DataFrame(shoppers)
    frame.attrs = {"labels": {"card": "Has our card"}}
    named = {one.name: one.label for one in tessera.inspect(frame).variables}
    assert named["card"] == "Has our card"


@pytest.mark.parametrize("kind", ["pandas", "polars"])
def test_ordered_categories_keep_their_order(shoppers: Columns, kind: str) -> None:
    words = [
        None if one is None else ["seldom", "at times", "often"][one - 1]
        for one in shoppers["often"]
    ]
    order = ["seldom", "at times", "often"]
    frame: Any
    if kind == "pandas":
        frame = pandas.DataFrame({"often": pandas.Categorical(words, order, ordered=True)})
    else:
        frame = polars.DataFrame({"often": words}, schema={"often": polars.Enum(order)})
    variable = tessera.inspect(frame).variables[0]
    assert list(variable.answers.values()) == order
    result = tessera.segment(frame, active=["often"], segments=2, stability=0)
    rows = result.profiles.where(segment="S1")
    assert [one.answer for one in rows] == order and rows[0].level == "ordinal"


def test_answers_meet_the_model_by_their_labels(shoppers: Columns) -> None:
    """New data may list categories in another order."""
    names = ["market", "web", "mall"]
    active = ["where", "often", "card"]

    def frame(order: list[str]) -> pandas.DataFrame:
        where = pandas.Categorical(shoppers["where"], order, ordered=True)
        return pandas.DataFrame({**shoppers, "where": where})

    result = tessera.segment(frame(names), active=active, segments=2, stability=0)
    turned = tessera.assign(result, frame(names[::-1]))
    assert [one.segment for one in turned] == [one.segment for one in result.assignments]


def test_frames_come_back_in_kind(shoppers: Columns) -> None:
    pandas_frame = pandas.DataFrame(shoppers, index=range(1000, 1600))
    result = tessera.segment(
        pandas_frame, active=["often", "where", "card"], segments=3, stability=0
    )
    ours = tessera.assign(result, pandas_frame).frame
    assert isinstance(ours, pandas.DataFrame) and list(ours.index[:2]) == [1000, 1001]
    assert ours[["p_S1", "p_S2", "p_S3"]].sum(axis=1).round(6).eq(1).all()
    polar = tessera.assign(result, polars.DataFrame(shoppers)).frame
    assert isinstance(polar, polars.DataFrame)
    assert polar["segment"].to_list() == ours["segment"].tolist()
    assert result.profiles.to_polars().rows() == list(
        result.profiles.to_pandas()
        .astype(object)
        .where(lambda x: x.notna(), None)
        .itertuples(index=False, name=None)
    )


def test_weights_and_missing_answers_count_as_they_should(shoppers: Columns) -> None:
    result = tessera.segment(
        shoppers, active=["often", "where", "card"], segments=3, weight="weight", stability=0
    )
    given = [(a, w) for a, w in zip(shoppers["card"], shoppers["weight"]) if a is not None]
    share = sum(w for a, w in given if a == "yes") / sum(w for _, w in given)
    row = result.profiles.where(variable="card", answer="yes", segment="S1")[0]
    # Shares are told to four digits.
    assert row.total_share == pytest.approx(share, abs=5.1e-5)
    assert sum(one.share or 0 for one in result.segments) == pytest.approx(1, abs=1e-9)
    assert result.document("segments")["weighted_respondents"] == pytest.approx(
        sum(shoppers["weight"])
    )


def test_a_study_may_hold_frames(shoppers: Columns) -> None:
    products = pandas.DataFrame({"product": ["shop", "site"], "parking": [1, 0], "hours": [10, 24]})
    relations = polars.DataFrame({"need": ["easy"], "parking": [9], "hours": [3]})
    study = {
        "survey": {"file": pandas.DataFrame({**shoppers, "easy": shoppers["often"]}), "id": "id"},
        "segments": {"active": ["where", "card"], "count": 2},
        "need_scale": [1, 3],
        "needs": {"easy": {"importance": "easy"}},
        "features": {
            "parking": {"value": {"linear": [0, 1]}},
            "hours": {"value": {"linear": [0, 24]}},
        },
        "products": products,
        "relations": relations,
    }
    fit = tessera.fit(study, replicates=20)
    assert {one.product for one in fit.cells} == {"shop", "site"}
    # 9 of 12 for parking in full and 3 of 12 for 10 of 24 hours; and only the 24 hours.
    assert fit.cells.where(product="shop")[0].fit == pytest.approx(
        100 * (9 + 3 * 10 / 24) / 12, abs=1e-6
    )
    assert fit.cells.where(product="site")[0].fit == pytest.approx(25, abs=1e-6)


def test_a_draft_of_a_frame_runs(shoppers: Columns, tmp_path: Path) -> None:
    draft = tessera.draft(pandas.DataFrame(shoppers), title="Shoppers")
    assert "title: Shoppers" in draft.text and "file: survey.csv" in draft.text.replace('"', "")
    saved = draft.save(tmp_path / "study")
    assert saved.read_text() == draft.text
    result = tessera.segment(draft, segments=2, stability=0)
    assert len(result.segments) == 2
