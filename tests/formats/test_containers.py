"""Files that are not text: they are known by their content, and a damaged one is refused."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

import refcite
from refcite.formats.containers import container_format
from refcite.problems import RefciteError
from tests.formats.documents import (
    CASTLE,
    field,
    open_document,
    packed,
    reference_mark,
    word,
    zotero,
)
from tests.formats.zotero_databases import Item, write_database

WORD = word(f"<w:p>{field(zotero(CASTLE))}</w:p>")
TEXT = open_document(f"<text:p>{reference_mark(zotero(CASTLE))}</text:p>")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("zotero") / "zotero.sqlite"
    people = [("author", "Franz", "Kafka")]
    items = [Item("book", f"KEY{n}", people, tags=["a"], title=f"Book {n}") for n in range(20)]
    write_database(path, items).close()
    return path.read_bytes()


def test_a_container_is_known_by_its_content(database: bytes) -> None:
    files = (WORD, TEXT, database, packed({"xl/workbook.xml": "<w/>"}), packed({"a.bib": ""}))
    found = [container_format(one) for one in files]
    assert found == ["docx", "odt", "zotero", "xlsx", None]
    assert refcite.loads(WORD, file="thesis.zip")[0].title == "The Castle"
    assert refcite.loads(TEXT, file="thesis.bib")[0].title == "The Castle"


@pytest.mark.parametrize("kind", ["docx", "odt", "zotero"])
def test_a_damaged_container_is_read_or_refused(kind: str, database: bytes) -> None:
    whole = {"docx": WORD, "odt": TEXT, "zotero": database}[kind]
    chance = random.Random(kind)
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 20)):
            data[chance.randrange(16, len(data))] = chance.randrange(256)
        if chance.random() < 0.3:
            del data[chance.randrange(16, len(data)) :]
        try:
            library = refcite.loads(bytes(data))
        except RefciteError:
            continue
        assert len(library) or library.problems


def test_a_damaged_file_names_itself(tmp_path: Path) -> None:
    path = tmp_path / "thesis.docx"
    path.write_bytes(WORD[:-30])
    with pytest.raises(RefciteError, match=r"thesis\.docx: .*damaged"):
        refcite.load(path)
