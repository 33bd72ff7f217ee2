"""A notebook shows a bar while it works, and results with their charts afterwards."""

from __future__ import annotations

from typing import Any

import pytest

CELL = """
import tessera
result = tessera.segment(tessera.example(), segments="2-4", stability=50)
result
"""


def test_a_bar_and_a_result() -> None:
    nbclient = pytest.importorskip("nbclient")
    nbformat = pytest.importorskip("nbformat")
    pytest.importorskip("ipykernel")
    updates: list[str] = []

    class Client(nbclient.NotebookClient):  # type: ignore[name-defined, misc]
        def process_message(self, message: dict[str, Any], *rest: Any) -> Any:
            if message["msg_type"] == "update_display_data":
                updates.append(message["content"]["data"]["text/html"])
            return super().process_message(message, *rest)

    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CELL)])
    Client(notebook, timeout=300, kernel_name="python3").execute()
    assert any(one.startswith("<progress value=") for one in updates)
    assert updates[-1] == "", "the bar goes when the work is done"
    result = notebook.cells[0].outputs[-1]
    assert "<th>share</th>" in result["data"]["text/html"]
