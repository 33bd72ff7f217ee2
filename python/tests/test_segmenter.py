"""The estimator behaves as scikit-learn's do."""

from __future__ import annotations

from typing import Any

import numpy
import pandas
import pytest

import tessera

Columns = dict[str, list[Any]]
ACTIVE = ["often", "where", "card"]


def test_fit_predict_and_probabilities_agree(shoppers: Columns) -> None:
    X = pandas.DataFrame(shoppers)[ACTIVE]
    model = tessera.Segmenter(n_segments=3, level="nominal").fit(X)
    shares = model.predict_proba(X)
    assert shares.shape == (600, 3) and model.n_segments_ == 3
    numpy.testing.assert_allclose(shares.sum(axis=1), 1, atol=1e-9)
    numpy.testing.assert_array_equal(model.predict(X), model.labels_)
    numpy.testing.assert_array_equal(shares.argmax(axis=1), model.labels_)
    # The kinds of the simulation are found: each segment is mostly one of them.
    kinds = numpy.arange(600) % 3
    pure = sum(numpy.bincount(kinds[model.labels_ == one], minlength=3).max() for one in range(3))
    assert pure / 600 > 0.8
    assert list(model.feature_names_in_) == ACTIVE


def test_the_same_as_the_command_says(shoppers: Columns) -> None:
    model = tessera.Segmenter(n_segments=3, level="nominal").fit(pandas.DataFrame(shoppers)[ACTIVE])
    result = tessera.segment(shoppers, active=ACTIVE, nominal=ACTIVE, segments=3, stability=0)
    found = [one.segment for one in result.assignments]
    assert [model.classes_[one] for one in model.labels_] == found


def test_arrays_and_weights() -> None:
    chance = numpy.random.default_rng(3)
    X = numpy.vstack([chance.normal(centre, 1, (80, 2)) for centre in (0, 8)])
    plain = tessera.Segmenter(n_segments=2, method="kmeans", level="numeric").fit(X)
    assert sorted(numpy.bincount(plain.labels_)) == [80, 80]
    weights = numpy.where(numpy.arange(160) < 80, 3.0, 1.0)
    weighted = tessera.Segmenter(n_segments=2, level="numeric").fit(X, sample_weight=weights)
    assert weighted.result_.segments[0].share == pytest.approx(0.75, abs=0.01)
    assert (weighted.labels_ == 0).sum() == 80


def test_settings_can_be_read_changed_and_cloned() -> None:
    sklearn = pytest.importorskip("sklearn.base")
    model = tessera.Segmenter(n_segments=4, seed=7)
    copy = sklearn.clone(model)
    assert copy.get_params() == model.get_params() and copy is not model
    assert copy.set_params(n_segments=5).n_segments == 5
    with pytest.raises(ValueError, match="no setting"):
        model.set_params(colour="red")
    with pytest.raises(ValueError, match="call fit first"):
        model.predict([[1]])


def test_a_pipeline_takes_it() -> None:
    pipeline = pytest.importorskip("sklearn.pipeline")
    preprocessing = pytest.importorskip("sklearn.preprocessing")
    chance = numpy.random.default_rng(5)
    X = numpy.vstack([chance.normal(centre, 1, (60, 3)) for centre in (0, 6)])
    steps = pipeline.make_pipeline(
        preprocessing.StandardScaler(), tessera.Segmenter(n_segments=2, level="numeric")
    )
    labels = steps.fit_predict(X)
    assert len(set(labels[:60])) == len(set(labels[60:])) == 1 and labels[0] != labels[60]


@pytest.mark.filterwarnings("ignore")
def test_scikit_learns_own_checks_pass() -> None:
    checks = pytest.importorskip("sklearn.utils.estimator_checks")
    model = tessera.Segmenter(n_segments=2, method="kmeans", level="numeric")
    results = checks.check_estimator(model, on_fail=None)
    failed = {one["check_name"]: one["exception"] for one in results if one["status"] == "failed"}
    assert failed == {}
    assert sum(one["status"] == "passed" for one in results) > 40
