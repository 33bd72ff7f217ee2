"""Progress of long work: a bar in notebooks, a function of the user's, or nothing."""

from __future__ import annotations

import html
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any


def is_notebook() -> bool:
    """Whether this runs in a notebook, where bars can be drawn."""
    ipython = sys.modules.get("IPython")
    shell: Any = ipython.get_ipython() if ipython is not None else None
    return shell is not None and hasattr(shell, "kernel")


@contextmanager
def meter(
    progress: bool | Callable[[str, int, int], None] | None,
) -> Iterator[Callable[[str, int, int], None] | None]:
    """What is called with each step that the command tells."""
    if callable(progress):
        yield progress
    elif progress is False or progress is None and not is_notebook():
        yield None
    elif is_notebook():
        yield from _notebook_bar()
    else:
        yield _line
        print(file=sys.stderr)


def _line(phase: str, done: int, total: int) -> None:
    print(f"\r{phase}: {done} of {total}".ljust(60), end="", file=sys.stderr, flush=True)


def _notebook_bar() -> Iterator[Callable[[str, int, int], None]]:
    shown: Any = import_module("IPython.display")
    handle = shown.display(shown.HTML(""), display_id=True)

    def show(phase: str, done: int, total: int) -> None:
        label = html.escape(f"{phase}: {done} of {total}")
        handle.update(
            shown.HTML(f'<progress value="{done}" max="{total}"></progress> <small>{label}</small>')
        )

    try:
        yield show
    finally:
        handle.update(shown.HTML(""))
