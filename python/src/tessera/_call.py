"""Runs the command, and turns its errors into exceptions."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, cast

from ._progress import meter

#: What is told of long work: the phase, the steps done, and the steps in all.
ProgressFunction = Callable[[str, int, int], None]
#: ``None`` for a bar in notebooks only, ``True`` or ``False``, or a function.
Progress = bool | ProgressFunction | None


class TesseraError(Exception):
    """What the command refused or could not do.

    The text is one line with the place, the reason and what to do about it.
    """

    def __init__(self, report: Mapping[str, Any], status: int = 70) -> None:
        #: Such as ``E0401``; ``tessera explain E0401`` tells more.
        self.code: str = report.get("code") or "E0000"
        #: What is wrong.
        self.message: str = report.get("message") or "the command failed"
        #: The file, as it was given; ``None`` where no file is concerned.
        self.file: str | None = report.get("file")
        #: Physical line of the file.
        self.row: int | None = report.get("row")
        #: Column, by its name.
        self.column: str | None = report.get("column")
        #: Cell of a workbook.
        self.cell: str | None = report.get("cell")
        #: What would help.
        self.hint: str | None = report.get("hint")
        #: Exit status of the command.
        self.status = status
        #: Further errors of the same call.
        self.others: list[TesseraError] = []
        super().__init__(self.code, self.message)

    @property
    def place(self) -> str | None:
        """Where it is wrong: the file with its line, the column or the cell."""
        parts = [self.file or ""]
        if self.row is not None:
            parts[0] += f":{self.row}"
        if self.cell or self.column:
            parts.append(f"({self.cell or self.column})")
        return " ".join(part for part in parts if part) or None

    def __str__(self) -> str:
        text = f"[{self.code}] " + (f"{self.place}: " if self.place else "") + self.message
        text += f"\n  hint: {self.hint}" if self.hint else ""
        return "\n".join([text, *map(str, self.others)])


class DataError(TesseraError, ValueError):
    """A :class:`TesseraError` that lies in the data or in the study."""


def program() -> str:
    """The command: ``TESSERA_COMMAND``, else the one in this package, else the one in ``PATH``."""
    named = os.environ.get("TESSERA_COMMAND")
    if named:
        return named
    own = Path(__file__).parent / "_command" / "tessera"
    if own.exists():
        return str(own)
    found = shutil.which("tessera")
    if found:
        return found
    raise TesseraError(
        {
            "code": "E0101",
            "message": "the command tessera is not here",
            "hint": "install the wheel for your system, or name the command in TESSERA_COMMAND",
        },
        status=66,
    )


def arguments(options: Mapping[str, object]) -> list[str]:
    """Options of Python as options of the command: ``minimum_cell=5`` is ``--minimum-cell 5``."""
    words: list[str] = []
    for name, value in options.items():
        option = "--" + name.strip("_").replace("_", "-")
        if value is None or value is False:
            continue
        if value is True:
            words.append(option)
        elif isinstance(value, (list, tuple)):
            words += [option, ",".join(map(str, value))]
        else:
            words += [option, str(value)]
    return words


def call(
    words: list[str],
    *,
    folder: Path | None = None,
    names: Mapping[str, str] | None = None,
    progress: Progress = None,
) -> dict[str, Any]:
    """Runs the command with ``--json``.

    ``folder`` is where it runs. ``names`` has what to call files in errors that the user does not
    know, such as that of a data frame.
    """
    # Errors are read by machine, so no colours; the terminal lets progress be told often.
    environment = {**os.environ, "NO_COLOR": "1", "TERM": "xterm"}
    environment.pop("CI", None)
    reading, writing = _messages()
    try:
        process = subprocess.Popen(
            [program(), *words, "--json"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=writing,
            cwd=folder,
            env=environment,
        )
    except OSError as error:
        os.close(reading)
        reason = f"the command could not be started: {error.strerror}"
        raise TesseraError({"message": reason, "file": error.filename}, 66) from error
    finally:
        os.close(writing)
    told: list[str] = []
    with meter(progress) as show:
        listener = threading.Thread(target=_listen, args=(reading, told, show), daemon=True)
        listener.start()
        try:
            answer, _ = process.communicate()
        except BaseException:
            process.terminate()
            process.wait()
            raise
        finally:
            listener.join(timeout=5)
    return _read(answer, process.returncode, told, names or {})


def _messages() -> tuple[int, int]:
    """Where the command tells its progress: a terminal if there may be one, else a pipe."""
    try:
        import pty

        return pty.openpty()
    except (ImportError, OSError):
        return os.pipe()


def _listen(reading: int, told: list[str], show: ProgressFunction | None) -> None:
    rest, last = b"", ""
    with os.fdopen(reading, "rb", buffering=0) as stream:
        while True:
            try:
                some = stream.read(4096)
            except OSError:  # how a terminal says that nobody writes any more
                some = b""
            *lines, rest = re.split(rb"[\r\n]+", rest + (some or b"\n"))
            for line in lines:
                text = line.decode(errors="replace").strip()
                if text == last:  # a terminal's line is drawn twice
                    continue
                last = text
                steps = re.match(r"(.+): (\d+) of (\d+)(?:,|$)", text)
                if steps is None:
                    told += [text] if text else []
                elif show is not None:
                    show(steps[1], int(steps[2]), int(steps[3]))
            if not some:
                return


def _read(answer: bytes, status: int, told: list[str], names: Mapping[str, str]) -> dict[str, Any]:
    try:
        document = json.loads(answer)
    except ValueError:
        what = f"the command ended with status {status}"
        if status < 0:
            what = f"the command was ended by signal {-status}"
        raise TesseraError({"message": ": ".join([what, *told[-3:]])}, status) from None
    if "error" not in document:
        return cast("dict[str, Any]", document)
    errors: list[TesseraError] = []
    for report in document.get("errors", [document["error"]]):
        for path, name in names.items():
            for key in ("file", "message", "hint"):
                report[key] = report[key] and report[key].replace(path, name)
        kind = DataError if status == 65 else TesseraError
        errors.append(kind(report, status))
    errors[0].others = errors[1:]
    raise errors[0]
