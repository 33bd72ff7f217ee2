"""A study as a file: paths in it hold from the current folder, frames in it become files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from . import _frames

#: Keys whose texts are files, wherever they stand.
_FILES = {"file"}
#: Keys at the top of a study whose texts are files.
_TOP_FILES = {"products", "relations", "choices"}


def write(
    study: Mapping[str, Any],
    folder: Path,
    data: object = None,
    labels: _frames.Labels | None = None,
    value_labels: _frames.ValueLabels | None = None,
) -> Path:
    """Writes a study into a folder, with the frames that it holds.

    ``data`` is the survey, where the study does not name one.
    """
    survey = _survey(study)
    if data is None and _is_frame(survey.get("file")):
        data = survey["file"]
    if data is not None:
        file = _frames.write(data, folder, "survey", labels, value_labels)
        levels = dict.fromkeys(file.ordered, "ordinal") | survey.get("levels", {})
        survey |= {"file": file.path} | ({"levels": levels} if levels else {})
    document = {**study, "survey": survey}
    path = folder / "study.json"
    plain = {
        name: _plain(part, folder, name, isinstance(part, str) and name in _TOP_FILES)
        for name, part in document.items()
    }
    path.write_text(json.dumps(plain, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def _survey(document: Mapping[str, Any]) -> dict[str, Any]:
    survey = document.get("survey", {})
    return dict(survey) if isinstance(survey, Mapping) else {"file": survey}


def _plain(part: Any, folder: Path, name: str, is_file: bool) -> Any:
    if isinstance(part, Path):
        return str(part.absolute())
    if _is_frame(part):
        return str(_frames.write(part, folder, f"{name}-{len(list(folder.iterdir()))}").path)
    if isinstance(part, Mapping):
        return {
            str(key): _plain(value, folder, str(key), key in _FILES) for key, value in part.items()
        }
    if isinstance(part, (list, tuple)):
        return [_plain(value, folder, name, is_file) for value in part]
    if is_file:
        return str(Path(part).absolute())
    return part.item() if hasattr(part, "item") else part


def _is_frame(part: object) -> bool:
    return _frames.library(part) in ("pandas", "polars")
