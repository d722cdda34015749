"""A folder with a library and documents, and an editor in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.lsp.editor import Editor

LIBRARY = """\
@book{kafka1926,
  author = {Kafka, Franz},
  title = {The Castle},
  publisher = {Kurt Wolff},
  address = {Munich},
  year = {1926}
}

@article{goedel1931,
  author = {G{\\"o}del, Kurt},
  title = {On formally undecidable propositions},
  journal = {Monatshefte},
  year = {1931},
  volume = {38},
  pages = {173--198}
}

@incollection{woolf1925,
  author = {Woolf, Virginia},
  title = {Modern Fiction},
  crossref = {reader1925}
}

@collection{reader1925,
  editor = {Woolf, Virginia},
  title = {The Common Reader},
  booktitle = {The Common Reader},
  publisher = {Hogarth},
  year = {1925}
}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a library."""
    (tmp_path / "refs.bib").write_text(LIBRARY, encoding="utf-8")
    return tmp_path


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """Return an editor that all tests of a module use; they do not change its library."""
    pytest.importorskip("pygls")
    folder = tmp_path_factory.mktemp("shared")
    (folder / "refs.bib").write_text(LIBRARY, encoding="utf-8")
    with Editor(folder) as made:
        yield made


@pytest.fixture
def own_editor(folder: Path) -> Iterator[Editor]:
    """Return an editor for one test, in its own folder."""
    pytest.importorskip("pygls")
    with Editor(folder) as made:
        yield made
