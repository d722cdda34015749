"""Jupyter notebooks with citations."""

from __future__ import annotations

import json
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from refcite import Record, render
from refcite.documents.rendering import Rendered
from refcite.problems import InputError

WORKS = [
    Record(id="roe", type="book", title="Gold", author="Ann Roe", issued=2019),
    Record(id="kafka", type="book", title="The Castle", author="Franz Kafka", issued=1926),
]


def markdown(source: str | list[str], **metadata: Any) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": metadata, "source": source}


def code(source: str) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "execution_count": 1,
        "metadata": {},
        "outputs": [{"output_type": "stream", "text": ["é [@roe] 1.0\n"]}],
        "source": [source],
    }


def written(*cells: dict[str, Any], indent: int | None = 1, **metadata: Any) -> str:
    tree = {"cells": list(cells), "metadata": metadata, "nbformat": 4, "nbformat_minor": 4}
    return json.dumps(tree, indent=indent, ensure_ascii=False) + "\n"


def rendered(text: str, style: str | None = "apa") -> Rendered:
    return render(text, WORKS, style=style, syntax="notebook")


def sources(text: str) -> list[str]:
    return ["".join(cell["source"]) for cell in json.loads(text)["cells"]]


def test_the_cells_have_one_numbering_and_a_bibliography() -> None:
    text = written(
        markdown(["A [@kafka].\n", "B."]), code("x = '@roe'"), markdown("C [@roe; @kafka].")
    )
    done = rendered(text, "ieee")
    first, unchanged, second, last = sources(done.text)
    assert (first, unchanged, second) == ("A \\[1\\].\nB.", "x = '@roe'", "C \\[1\\], \\[2\\].")
    assert last.index("Kafka") < last.index("Roe")
    assert json.loads(done.text)["cells"][3]["metadata"]["tags"] == ["refcite-bibliography"]


def test_all_other_bytes_remain() -> None:
    cell = code("[@roe]")
    text = written(markdown("No citation: a@b.org"), cell, markdown(["[@roe]"]), last=1e5)
    done = rendered(text).text
    start = text.index('[@roe]"\n   ]\n  }\n ],')
    assert done.startswith(text[: text.rindex('"metadata": {}', 0, start)])
    assert done.endswith(text[text.index(' ],\n "metadata": {\n  "last"') :])


@pytest.mark.parametrize("indent", [None, 1, 4])
def test_a_rendered_notebook_can_be_rendered_again(indent: int | None) -> None:
    text = written(markdown("A [@kafka]."), markdown("B [@roe].\n\n"), indent=indent)
    once = rendered(text).text
    assert rendered(once).text == once
    other = rendered(once, "ieee").text
    assert other == rendered(text, "ieee").text
    assert len(sources(other)) == 3


def test_an_edited_cell_is_used_as_it_is() -> None:
    once = rendered(written(markdown("A [@kafka]."))).text
    edited = once.replace("A (Kafka, 1926).", "A new text [@roe].")
    assert sources(rendered(edited).text)[0] == "A new text (Roe, 2019)."


def test_the_bibliography_is_written_into_the_cell_with_its_tag() -> None:
    mine = markdown(["old"], tags=["refcite-bibliography"])
    done = rendered(written(mine, markdown("A [@kafka].")))
    bibliography, text = sources(done.text)
    assert "old" not in bibliography
    assert "Kafka, F. (1926)." in bibliography
    assert text == "A (Kafka, 1926)."


def test_notes_are_in_the_cell_of_their_citation() -> None:
    text = written(markdown("A [@kafka].\n"), markdown("B [@roe]. C.\n"))
    first, second, _ = sources(rendered(text, "chicago-notes-bibliography").text)
    assert first == "A.[^1]\n\n[^1]: Franz Kafka, *The Castle* (1926)."
    assert second == "B.[^2] C.\n\n[^2]: Ann Roe, *Gold* (2019)."


def test_settings_are_in_the_metadata_of_the_notebook_or_in_the_first_cell() -> None:
    done = rendered(written(markdown("A [@kafka]."), refcite={"csl": "ieee"}))
    assert sources(done.text)[0] == "A \\[1\\]."
    front = {"cell_type": "raw", "metadata": {}, "source": "---\ncsl: nature\n---\n"}
    done = rendered(written(front, markdown("A [@kafka]."), refcite={"csl": "ieee"}))
    assert sources(done.text)[:2] == ["---\ncsl: nature\n---\n", "A<sup>1</sup>."]


def test_problems_have_the_line_of_the_json() -> None:
    text = written(markdown("[@kafka]"), markdown(["One.\n", "\n", "Two [@kafak]."]))
    (problem,) = rendered(text).problems
    assert "[@kafak]" in text.split("\n")[(problem.line or 0) - 1]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"worksheets": []}', '{"cells": 1}'])
def test_other_files_are_explained(text: str) -> None:
    with pytest.raises(InputError, match="notebook"):
        rendered(text)


def test_odd_cells_are_kept() -> None:
    text = '{"cells": [[1, {"a": 2}], "x", {}, {"cell_type": "markdown", "source": "[@roe]"}]}'
    assert json.loads(rendered(text).text)["cells"][:3] == [[1, {"a": 2}], "x", {}]


@pytest.mark.skipif(find_spec("nbconvert") is None, reason="nbconvert is not installed")
def test_nbconvert_uses_the_preprocessor(tmp_path: Path) -> None:
    import subprocess

    (tmp_path / "refs.bib").write_text("@book{k, author={Franz Kafka}, year=1926}", "utf-8")
    text = written(markdown("A [@k]."), refcite={"bibliography": "refs.bib", "csl": "apa"})
    (tmp_path / "paper.ipynb").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "nbconvert", "paper.ipynb", "--to", "markdown", "--stdout",
               "--Exporter.preprocessors=refcite.nbconvert.RefcitePreprocessor"]  # fmt: skip
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True, text=True)
    assert "A (Kafka, 1926)." in done.stdout
    assert (tmp_path / "paper.ipynb").read_text(encoding="utf-8") == text
