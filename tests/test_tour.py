"""The notebook in examples/ runs, and prints what it shows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from tests.waiting import HANG

NOTEBOOK = Path(__file__).resolve().parents[1] / "examples" / "tour.ipynb"


def _shown(notebook: Any) -> list[list[str]]:
    """Return what the outputs of each cell say; a `repr` may change, what is shown may not."""
    return [
        [
            str(output.get("text") or output.get("data", {}).get("text/html"))
            for output in cell.get("outputs", ())
        ]
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]


# A kernel on this machine's own address is no danger; its warning is for those who open it.
@pytest.mark.filterwarnings("ignore::RuntimeWarning", "ignore::DeprecationWarning")
def test_the_notebook_runs_and_shows_what_it_shows() -> None:
    stored = nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]  # it has none
    fresh = nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]  # it has none
    for cell in fresh.cells:
        if cell.cell_type == "code":
            cell.outputs = []
    NotebookClient(
        fresh, timeout=round(HANG), resources={"metadata": {"path": str(NOTEBOOK.parent)}}
    ).execute()
    assert _shown(fresh) == _shown(stored)
