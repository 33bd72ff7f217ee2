"""The functions of this package, one for each command."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from . import _frames, _study
from ._answers import Assignments, Draft, Inspection, Tables, WhatIf
from ._call import Progress, TesseraError, arguments, call
from ._reading import read_assignments, read_rows
from ._results import Fit, Run, Segmentation
from ._rows import TableCell

#: A survey: a file, or a data frame of pandas or polars, or columns by name.
Survey = Any
#: A study: a file, a mapping with the keys of a study file, or a draft.
Study = str | Path | Mapping[str, Any] | Draft


class _Desk:
    """A private folder for what a call hands over, and what to call its files in errors."""

    def __init__(self) -> None:
        self.owned = ExitStack()
        self.folder = Path(self.owned.enter_context(TemporaryDirectory(prefix="tessera-")))
        self.names: dict[str, str] = {}

    def survey(
        self,
        data: Survey,
        labels: _frames.Labels | None = None,
        value_labels: _frames.ValueLabels | None = None,
    ) -> tuple[str, list[str]]:
        """The file of a survey, and the columns of a frame whose answers have an order."""
        if _frames.library(data) is None:
            return str(Path(data).absolute()), []
        file = _frames.write(data, self.folder, "survey", labels, value_labels)
        self._name()
        return str(file.path), file.ordered

    def study(
        self,
        study: Study,
        data: Survey = None,
        labels: _frames.Labels | None = None,
        value_labels: _frames.ValueLabels | None = None,
    ) -> str:
        """The file of a study."""
        if isinstance(study, Mapping):
            path = _study.write(study, self.folder, data, labels, value_labels)
            self._name()
            return str(path)
        if data is not None:
            hint = "give the study as a mapping, or name the survey in its file"
            raise TesseraError({"message": "a study file has its own survey", "hint": hint}, 64)
        return str(study.path if isinstance(study, Draft) else Path(study).absolute())

    def _name(self) -> None:
        for file, name in (("survey.csv", "data"), ("survey.sss", "data"), ("study.json", "study")):
            self.names[str(self.folder / file)] = name
        self.names[f"{self.folder}/"] = ""

    def call(self, words: list[str], progress: Progress = False) -> dict[str, Any]:
        return call(words, names=self.names, progress=progress)


def inspect(
    data: Survey,
    *,
    labels: _frames.Labels | None = None,
    value_labels: _frames.ValueLabels | None = None,
    **options: object,
) -> Inspection:
    """What is in a survey: variables, levels, labels, missing answers, problems."""
    desk = _Desk()
    with desk.owned:
        file, _ = desk.survey(data, labels, value_labels)
        return Inspection(desk.call(["inspect", file, *arguments(options)]))


def draft(
    data: Survey,
    *,
    title: str | None = None,
    labels: _frames.Labels | None = None,
    value_labels: _frames.ValueLabels | None = None,
    **options: object,
) -> Draft:
    """A study file drafted from a survey; it runs as it is."""
    desk = _Desk()
    file, _ = desk.survey(data, labels, value_labels)
    path = Path(file)
    # Beside a frame's file the draft names it without its folder, so both can be moved.
    words = ["init", path.name if path.parent == desk.folder else file, "-o", "study.yaml"]
    words += arguments({"title": title, **options})
    answer = call(words, folder=desk.folder, names=desk.names)
    return Draft(answer["study"], desk.folder, desk.owned)


def segment(
    data: Survey | Study,
    *,
    segments: int | str | None = None,
    method: str | None = None,
    active: list[str] | None = None,
    passive: list[str] | None = None,
    nominal: list[str] | None = None,
    ordinal: list[str] | None = None,
    numeric: list[str] | None = None,
    weight: str | None = None,
    id: str | None = None,
    labels: _frames.Labels | None = None,
    value_labels: _frames.ValueLabels | None = None,
    seed: int = 1,
    folder: str | Path | None = None,
    progress: Progress = None,
    **options: object,
) -> Segmentation:
    """Segments of a survey, or of a study without its products.

    ``segments`` is a number or a range such as ``"2-8"``. What is left out is guessed as by
    ``tessera segment``, whose further options may be given too, with ``_`` for ``-``.
    """
    desk = _Desk()
    ordered: list[str] = []
    if isinstance(data, (Draft, Mapping)) and _frames.library(data) is None:
        file = desk.study(data, None, labels, value_labels)
    else:
        file, ordered = desk.survey(data, labels, value_labels)
    choices = {
        "segments": segments,
        "method": method,
        "active": active,
        "passive": passive,
        "nominal": nominal,
        "ordinal": [*(ordinal or []), *ordered] or None,
        "numeric": numeric,
        "weight": weight,
        "id": id,
        "seed": seed,
    }
    target = _target(desk, folder)
    desk.call(["segment", file, "-o", target, *arguments({**choices, **options})], progress)
    return Segmentation(Path(target), desk.owned)


def run(
    study: Study,
    data: Survey = None,
    *,
    labels: _frames.Labels | None = None,
    value_labels: _frames.ValueLabels | None = None,
    seed: int = 1,
    folder: str | Path | None = None,
    progress: Progress = None,
    **options: object,
) -> Run:
    """The whole study: segments, profiles, fit, charts and report.

    ``data`` is the survey where ``study`` is a mapping that does not name one. Without ``folder``
    the files are in a private folder that goes with the result.
    """
    desk = _Desk()
    file = desk.study(study, data, labels, value_labels)
    target = _target(desk, folder)
    desk.call(["run", file, "-o", target, *arguments({"seed": seed, **options})], progress)
    return Run(Path(target), desk.owned)


def open_run(folder: str | Path) -> Run:
    """A run that is there already."""
    path = Path(folder)
    if not (path / "run.json").exists():
        message = "there is no finished run"
        raise TesseraError({"code": "E0101", "message": message, "file": str(folder)}, 66)
    return Run(path)


def assign(
    model: Segmentation | str | Path,
    data: Survey,
    *,
    labels: _frames.Labels | None = None,
    value_labels: _frames.ValueLabels | None = None,
    **options: object,
) -> Assignments:
    """Segments and probabilities of new respondents, by a model or a finished run."""
    desk = _Desk()
    with desk.owned:
        file, _ = desk.survey(data, labels, value_labels)
        target = desk.folder / "assigned.csv"
        words = ["assign", "--model", _model(model), file, "-o", str(target)]
        answer = desk.call(words + arguments(options))
        rows = read_assignments(target)
    return Assignments(rows, answer, _frames.like(data, rows.to_dict()))


def fit(
    study: Study,
    data: Survey = None,
    *,
    model: Segmentation | str | Path | None = None,
    labels: _frames.Labels | None = None,
    value_labels: _frames.ValueLabels | None = None,
    seed: int = 1,
    progress: Progress = None,
    **options: object,
) -> Fit:
    """The fit of every product with every segment, which a model may give."""
    desk = _Desk()
    with desk.owned:
        file = desk.study(study, data, labels, value_labels)
        choices = {"model": None if model is None else _model(model), "seed": seed}
        return Fit(desk.call(["fit", file, *arguments({**choices, **options})], progress))


def whatif(
    run: Run | str | Path,
    product: str,
    changes: Mapping[str, object],
    **options: object,
) -> WhatIf:
    """What a change to a product would bring: ``whatif(run, "coupe", {"seats": 4})``."""
    words = ["whatif", _folder(run), "--product", product]
    for feature, level in changes.items():
        words += ["--set", f"{feature}={level}"]
    return WhatIf(call(words + arguments(options)))


def tables(
    subject: Run | Survey,
    *,
    banner: list[str] | None = None,
    stub: list[str] | None = None,
    labels: _frames.Labels | None = None,
    value_labels: _frames.ValueLabels | None = None,
    **options: object,
) -> Tables:
    """Banner tables with significance letters, of a finished run, a study or a survey."""
    desk = _Desk()
    with desk.owned:
        if isinstance(subject, Segmentation):
            file = str(subject.folder.absolute())
        else:
            file, _ = desk.survey(subject, labels, value_labels)
        target = desk.folder / "tables.csv"
        words = ["tables", file, "-o", str(target)]
        answer = desk.call(words + arguments({"banner": banner, "stub": stub, **options}))
        return Tables(read_rows(target, TableCell), answer)


def example() -> Path:
    """The study that comes with this package: real people, cars, and simulated needs."""
    path = Path("datasets", "family-cars", "study.yaml")
    for folder in (Path(__file__).parent / "_command", *Path(__file__).parents):
        if (folder / path).exists():
            return folder / path
    raise TesseraError({"code": "E0101", "message": "the example is not here"}, 66)


def _target(desk: _Desk, folder: str | Path | None) -> str:
    return str(desk.folder / "results" if folder is None else Path(folder).absolute())


def _model(model: Segmentation | str | Path) -> str:
    return str((model.model if isinstance(model, Segmentation) else Path(model)).absolute())


def _folder(run: Run | str | Path) -> str:
    return str((run.folder if isinstance(run, Segmentation) else Path(run)).absolute())
