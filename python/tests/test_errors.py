"""Errors are exceptions with place, message and hint."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from tempfile import gettempdir
from typing import Any

import pytest

import tessera
from tessera import _call

Columns = dict[str, list[Any]]


def test_a_study_with_a_column_that_is_not_there(shoppers: Columns) -> None:
    with pytest.raises(tessera.TesseraError) as caught:
        tessera.run({"segments": {"active": ["often", "wehre"]}}, shoppers)
    error = caught.value
    assert error.code == "E0401" and error.status == 65
    assert error.place is not None and error.place.startswith("study:")
    assert "wehre" in error.message and error.hint == "did you mean 'where'?"
    assert "hint: did you mean 'where'?" in str(error) and gettempdir() not in str(error)


def test_a_damaged_file_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "broken.csv"
    path.write_text("a,b\n1,2\n3,4,5\n" + "1,2\n" * 30)
    with pytest.raises(tessera.TesseraError) as caught:
        tessera.inspect(path)
    assert caught.value.row == 3 and caught.value.file == str(path)
    assert f"{path}:3" in str(caught.value)


def test_a_file_that_is_not_there() -> None:
    with pytest.raises(tessera.TesseraError, match="no such file"):
        tessera.segment("not-here.csv")


def test_wrong_usage(shoppers: Columns) -> None:
    with pytest.raises(tessera.TesseraError, match="--nonsense"):
        tessera.segment(shoppers, nonsense=3)
    with pytest.raises(tessera.TesseraError, match="own survey"):
        tessera.run(tessera.example(), shoppers)


def test_several_errors_come_together(shoppers: Columns) -> None:
    study = {"segments": {"active": ["oftne", "wehre"]}}
    with pytest.raises(tessera.TesseraError) as caught:
        tessera.run(study, shoppers)
    assert "oftne" in str(caught.value) and "wehre" in str(caught.value)
    assert len(caught.value.others) == 1


def test_a_command_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TESSERA_COMMAND", "/not/here")
    with pytest.raises(tessera.TesseraError, match="could not be started"):
        tessera.inspect({"a": [1, 2]})


def test_a_command_that_dies(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    dying = tmp_path / "dying"
    dying.write_text("#!/bin/sh\necho 'out of luck' >&2\nkill -9 $$\n")
    dying.chmod(0o755)
    monkeypatch.setenv("TESSERA_COMMAND", str(dying))
    with pytest.raises(tessera.TesseraError, match="ended by signal 9: out of luck"):
        tessera.inspect({"a": [1, 2]})


def test_options_are_words_of_the_command() -> None:
    options = {
        "minimum_cell": 5,
        "evidence": True,
        "active": ["a", "b"],
        "seed": None,
        "sav": False,
    }
    assert _call.arguments(options) == ["--minimum-cell", "5", "--evidence", "--active", "a,b"]


def test_no_file_descriptor_is_left_open(shoppers: Columns) -> None:
    tessera.inspect(shoppers)
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(3):
        tessera.inspect(shoppers)
        with pytest.raises(tessera.TesseraError):
            tessera.inspect("not-here.csv")
    assert len(os.listdir("/proc/self/fd")) == before


def test_an_interrupt_ends_the_command_and_leaves_nothing(tmp_path: Path) -> None:
    program = (
        "import signal, tessera\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "tessera.run(tessera.example(), replicates=100000, progress=lambda *_: print('+', flush=True))"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    )
    assert process.stdout is not None and process.stdout.readline() == "+\n"
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert "KeyboardInterrupt" in told
    assert len(children) == 1 and not Path(f"/proc/{children[0]}").exists()
    assert list(tmp_path.iterdir()) == []
