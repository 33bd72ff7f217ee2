"""A notebook shows a bar while it works, and results with their charts afterwards."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

CARS = Path(__file__).parents[2] / "notebooks" / "cars.ipynb"

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


def test_the_cells_of_the_notebook_run(capsys: Any) -> None:
    pytest.importorskip("pandas")
    notebook = json.loads(CARS.read_text(encoding="utf-8"))
    cells = ["".join(one["source"]) for one in notebook["cells"] if one["cell_type"] == "code"]
    assert len(cells) >= 5
    names: dict[str, Any] = {}
    for cell in cells:
        exec(compile(cell, CARS.name, "exec"), names)
    assert names["both"].gain > names["seats"].gain > 0
    assert len(names["placed"]) == 200
    assert "4 seats for 39,000: +" in capsys.readouterr().out


def test_the_notebook_runs_in_a_kernel() -> None:
    nbclient = pytest.importorskip("nbclient")
    nbformat = pytest.importorskip("nbformat")
    pytest.importorskip("ipykernel")
    notebook = nbformat.read(CARS, as_version=4)
    nbformat.validate(notebook)
    nbclient.NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
    shown = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    pages = [output.get("data", {}).get("text/html", "") for output in shown]
    pictures = [page for page in pages if "data:image/svg+xml" in page]
    assert len(pictures) >= 2, "the run and the chart are shown as pictures"
