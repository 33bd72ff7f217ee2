"""Segmentation behind the interface of scikit-learn."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from inspect import signature
from typing import TYPE_CHECKING, Any, TypeVar

from . import _frames
from ._answers import Assignments
from ._commands import assign, segment
from ._results import Segmentation

if TYPE_CHECKING:
    import numpy

_WEIGHT = "tessera_sample_weight"
Self = TypeVar("Self", bound="Segmenter")


class Segmenter:
    """Segments as an estimator: ``fit``, ``predict``, ``predict_proba``.

    ``X`` is a data frame, columns by name, or an array of two dimensions. Missing answers are
    allowed; the methods ``latent-class`` and ``mixture`` treat them as missing at random.

    Parameters:
        n_segments: A number, or a range such as ``"2-8"``, of which the best is chosen.
        method: Such as ``latent-class``, ``kmeans``, ``kmodes``; see ``tessera segment --help``.
        level: ``nominal``, ``ordinal`` or ``numeric`` for all columns, a mapping by column, or
            ``None`` to find out.
        prior: ``"none"`` for maximum likelihood.
        seed: Seed of all chance.
        options: Further options of ``tessera segment``, with ``_`` for ``-``.
    """

    #: What the segments are, with all that was found.
    result_: Segmentation
    #: Segment ids, in the order of the columns of :meth:`predict_proba`.
    classes_: numpy.ndarray[Any, Any]
    #: Segments of the data of :meth:`fit`, as numbers from 0.
    labels_: numpy.ndarray[Any, Any]
    #: How many segments there are.
    n_segments_: int
    feature_names_in_: numpy.ndarray[Any, Any]
    n_features_in_: int

    def __init__(
        self,
        n_segments: int | str = "2-8",
        method: str = "latent-class",
        level: str | Mapping[str, str] | None = None,
        prior: str | None = None,
        seed: int = 1,
        options: Mapping[str, object] | None = None,
    ) -> None:
        self.n_segments = n_segments
        self.method = method
        self.level = level
        self.prior = prior
        self.seed = seed
        self.options = options

    def fit(self: Self, X: Any, y: object = None, sample_weight: Any = None) -> Self:
        """Finds the segments; ``y`` is not used."""
        import numpy

        data = _columns(X)
        names = list(data)
        if len(data[names[0]].answers) == 1:
            raise ValueError("one sample cannot be divided into segments")
        if sample_weight is not None:
            data[_WEIGHT] = _frames.Column(_WEIGHT, _weights(sample_weight, data))
        self.result_ = segment(
            data,
            segments=self.n_segments,
            method=self.method,
            active=names,
            weight=None if sample_weight is None else _WEIGHT,
            nominal=self._of_level("nominal", names),
            ordinal=self._of_level("ordinal", names),
            numeric=self._of_level("numeric", names),
            seed=self.seed,
            **{"prior": self.prior, "stability": 0, **(self.options or {})},  # type: ignore[arg-type]
        )
        self.classes_ = numpy.array([one.segment for one in self.result_.segments])
        self.n_segments_ = len(self.classes_)
        self.feature_names_in_ = numpy.array(names, dtype=object)
        self.n_features_in_ = len(names)
        self.labels_ = self._numbers([one.segment for one in self.result_.assignments])
        return self

    def predict(self, X: Any) -> numpy.ndarray[Any, Any]:
        """Segments as numbers from 0, by place in ``classes_``; -1 where nothing was answered."""
        return self._numbers([one.segment for one in self._assign(X)])

    def predict_proba(self, X: Any) -> numpy.ndarray[Any, Any]:
        """One row per respondent with the probability of each segment."""
        import numpy

        rows = [[one.probabilities.get(name) for name in self.classes_] for one in self._assign(X)]
        return numpy.array(rows, dtype=float)

    def fit_predict(self, X: Any, y: object = None, sample_weight: Any = None) -> Any:
        """Finds the segments and returns those of the same data."""
        return self.fit(X, y, sample_weight).labels_

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """The settings by name."""
        return {name: getattr(self, name) for name in signature(type(self)).parameters}

    def set_params(self: Self, **settings: Any) -> Self:
        """Changes settings."""
        for name, value in settings.items():
            if name not in self.get_params():
                raise ValueError(f"{name} is no setting of {type(self).__name__}")
            setattr(self, name, value)
        return self

    def _of_level(self, level: str, names: list[str]) -> list[str] | None:
        levels = self.level if isinstance(self.level, Mapping) else dict.fromkeys(names, self.level)
        return [name for name in names if levels.get(name) == level] or None

    def _numbers(self, segments: list[str | None]) -> numpy.ndarray[Any, Any]:
        import numpy

        places = {name: place for place, name in enumerate(self.classes_)}
        return numpy.array([places.get(one, -1) for one in segments])

    def _assign(self, X: Any) -> Assignments:
        if not hasattr(self, "result_"):
            raise _not_fitted("this Segmenter is not fitted yet: call fit first")
        data = _columns(X)
        if len(data) != self.n_features_in_:
            expected = f"{type(self).__name__} is expecting {self.n_features_in_} features as input"
            raise ValueError(f"X has {len(data)} features, but {expected}")
        return assign(self.result_, data)

    def __repr__(self) -> str:
        settings = ", ".join(f"{name}={value!r}" for name, value in self.get_params().items())
        return f"{type(self).__name__}({settings})"

    def __sklearn_tags__(self) -> Any:
        from sklearn.utils import InputTags, Tags, TargetTags

        return Tags(
            estimator_type="clusterer",
            target_tags=TargetTags(required=False),
            input_tags=InputTags(allow_nan=True, categorical=True, string=True),
        )


def _columns(X: Any) -> dict[str, _frames.Column]:
    """Columns by name, of a frame or of an array of two dimensions."""
    import numpy

    if hasattr(X, "toarray"):
        raise TypeError("sparse data are not supported: use X.toarray()")
    if _frames.library(X) is None:
        rows = numpy.asarray(X)
        if numpy.iscomplexobj(rows):
            raise ValueError("Complex data not supported")
        if rows.ndim != 2:
            raise ValueError(
                f"Expected 2D array, got {rows.ndim}D array instead. Reshape your data, "
                "with array.reshape(-1, 1) for one question"
            )
        X = {f"x{place}": column for place, column in enumerate(rows.T)}
    data = {column.name: column for column in _frames.columns(X)}
    people = len(next(iter(data.values())).answers) if data else 0
    for count, what in ((len(data), f"feature(s) (shape=({people}, 0))"), (people, "sample(s)")):
        if count == 0:
            raise ValueError(f"0 {what} while a minimum of 1 is required.")
    return data


def _weights(weights: Any, data: Mapping[str, _frames.Column]) -> list[Any]:
    import numpy

    numbers = numpy.asarray(weights)
    people = len(next(iter(data.values())).answers)
    if not numbers.any():
        raise ValueError("every weight is zero")
    if numbers.shape != (people,):
        raise ValueError(f"sample_weight has the shape {numbers.shape}, and not ({people},)")
    return list(numbers.tolist())


def _not_fitted(message: str) -> Exception:
    """The error of scikit-learn where that is in use."""
    if "sklearn" in sys.modules:
        from sklearn.exceptions import NotFittedError

        error: Exception = NotFittedError(message)
        return error
    return ValueError(message)
