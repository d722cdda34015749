"""Zotero's data folder, its database and its JSON."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

import refcite
from refcite import Library
from refcite.formats import guess_format, stream
from refcite.problems import FormatError, InputError
from tests.formats.zotero_databases import Item, write_database

KAFKA = [("author", "Franz", "Kafka"), ("translator", "Willa", "Muir")]
CASTLE = Item(
    "book",
    "CASTLE01",
    KAFKA,
    tags=["novel", "law"],
    inside=[2],
    title="The Castle",
    date="1930-00-00 1930",
    publisher="Secker",
    place="London",
    accessDate="2020-05-04 10:11:12",
    extra="Citation Key: kafkaCastle1930\noriginal-date: 1926\nread in the summer",
)
PAPER = Item(
    "journalArticle",
    "PAPER002",
    [("author", "", "Office of Lamps"), ("author", "Jan", "van Dijk")],
    inside=[1],
    title="Lamps",
    publicationTitle="J. of Light",
    date="2021-02-01 01/02/2021",
    pages="5-9",
    DOI="10.5555/lamps",
)
COLLECTIONS = [(1, "Thesis", None), (2, "Chapter 1", 1), (3, "Other", None)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    base = write_database(
        tmp_path / "zotero.sqlite",
        [
            CASTLE,
            PAPER,
            Item("attachment", "PDF00003", parent=1, path="storage:castle.pdf", title="PDF"),
            Item("attachment", "PDF00004", parent=1, path="/books/castle 2.pdf", mode=2),
            Item("note", "NOTE0005", parent=1, note="<p>Read again</p>"),
            Item("case", "TRASH006", deleted=True, caseName="In the trash"),
            Item("attachment", "PDF00007", path="storage:alone.pdf"),
            Item("map", "GROUP008", library=2, title="Of the group"),
            Item("patent", "PATENT09", [("inventor", "Ada", "Ferran")], inside=[3],
                 title="A lamp", patentNumber="US 7", assignee="Lamps Ltd"),
            Item("note", "NOTE0010", parent=6, note="<p>Of a work in the trash</p>"),
            Item("annotation", "NOTE0011", parent=3),
        ],
        collections=COLLECTIONS,
        groups={2: "Cartographers"},
    )  # fmt: skip
    base.close()
    return tmp_path


def test_the_items_of_a_data_folder(folder: Path) -> None:
    library = refcite.load(folder)
    assert library.ids == ("kafkaCastle1930", "PAPER002", "PATENT09")
    castle, paper, patent = library
    assert (castle.type, castle.publisher, castle.publisher_place) == ("book", "Secker", "London")
    assert [str(name) for name in castle.translator] == ["Muir, Willa"]
    assert (str(castle.issued), str(castle.original_date)) == ("1930", "1926")
    assert (castle.note, castle.keyword) == ("read in the summer", "novel, law")
    assert str(castle.accessed) == "2020-05-04"
    assert castle.extra == {
        "itemKey": "CASTLE01",
        "collections": ["Thesis/Chapter 1"],
        "dateAdded": "2024-01-02 03:04:05",
        "file": f"{folder}/storage/PDF00003/castle.pdf;/books/castle 2.pdf",
        "notes": ["<p>Read again</p>"],
    }
    assert paper.author[0].literal == "Office of Lamps"
    assert (paper.author[1].non_dropping_particle, paper.author[1].family) == ("van", "Dijk")
    assert (paper.container_title, str(paper.issued)) == ("J. of Light", "2021-02-01")
    assert (patent.author[0].family, patent.number) == ("Ferran", "US 7")
    assert patent.extra["assignee"] == "Lamps Ltd"
    assert [one.message.split(";")[0] for one in library.problems] == [
        "the group library 'Cartographers' (1 work) is not read",
        "1 attachment or note belongs to no work and is not read",
        "1 annotation in attached files is not read",
    ]


def test_a_database_is_read_as_a_path_as_bytes_and_as_a_stream(folder: Path) -> None:
    path = folder / "zotero.sqlite"
    ids = refcite.load(folder).ids
    assert refcite.load(path).ids == ids
    assert refcite.loads(path.read_bytes()).ids == ids
    for source in (folder, path):
        assert tuple(one.id for one in stream(source) if isinstance(one, refcite.Record)) == ids
    assert guess_format(file="zotero.sqlite").name == "zotero"
    assert sorted(one.name for one in folder.iterdir()) == ["zotero.sqlite"]


def test_a_collection_is_read_with_its_subcollections(folder: Path) -> None:
    def ids(name: str) -> tuple[str, ...]:
        return refcite.load(folder, collection=name).ids

    assert ids("Thesis") == ("kafkaCastle1930", "PAPER002")
    assert ids("Thesis/Chapter 1") == ids("Chapter 1") == ("kafkaCastle1930",)
    with pytest.raises(FormatError, match=r"no collection 'Thesi'; known: Thesis, .*mean 'Thesis'"):
        ids("Thesi")


def test_a_group_library_is_read_if_it_is_named(folder: Path) -> None:
    assert refcite.load(folder, group="Cartographers").ids == ("GROUP008",)
    with pytest.raises(FormatError, match="no group library 'Carto'"):
        refcite.load(folder, group="Carto")


@pytest.mark.parametrize("mode", ["WAL", "DELETE"])
def test_a_database_in_use_is_read_with_its_last_changes(tmp_path: Path, mode: str) -> None:
    base = write_database(tmp_path / "zotero.sqlite", [CASTLE, PAPER])
    base.execute(f"PRAGMA journal_mode = {mode}")
    base.execute("PRAGMA locking_mode = EXCLUSIVE")
    base.execute("UPDATE itemDataValues SET value = 'Lanterns' WHERE value = 'Lamps'")
    base.commit()
    base.execute("UPDATE itemDataValues SET value = 'not committed' WHERE value = 'Lanterns'")
    assert refcite.load(tmp_path)["PAPER002"].title == "Lanterns"
    base.close()


def test_a_database_of_zotero_4(tmp_path: Path) -> None:
    attached = Item("attachment", "PDF00003", parent=1, path="storage:castle.pdf")
    base = write_database(
        tmp_path / "zotero.sqlite", [CASTLE, PAPER, attached], collections=COLLECTIONS, is_old=True
    )
    base.close()
    castle, paper = refcite.load(tmp_path)
    assert castle.extra["file"] == str(tmp_path / "storage/PDF00003/castle.pdf")
    assert castle.author[0].family == "Kafka"
    assert paper.extra["collections"] == ["Thesis"]


def keys_of_better_bibtex(path: Path, script: str) -> None:
    base = sqlite3.connect(path)
    base.executescript(script)
    base.close()


@pytest.mark.parametrize(
    ("name", "script"),
    [
        (
            "better-bibtex.sqlite",
            "CREATE TABLE citationkey (itemID INT, itemKey TEXT, libraryID INT, citationKey TEXT);"
            "INSERT INTO citationkey VALUES (2, 'PAPER002', 1, 'dijkLamps');",
        ),
        (
            "better-bibtex-search.sqlite",
            "CREATE TABLE citekeys (itemID INT, libraryID INT, itemKey TEXT, citekey TEXT);"
            "INSERT INTO citekeys VALUES (2, 1, 'PAPER002', 'dijkLamps');",
        ),
        (
            "better-bibtex.sqlite",
            'CREATE TABLE "better-bibtex" (name TEXT, data TEXT);'
            'INSERT INTO "better-bibtex" VALUES (\'better-bibtex.citekey\', \'{"data": [{"itemID":'
            ' 2, "itemKey": "PAPER002", "citekey": "dijkLamps"}]}\');',
        ),
    ],
    ids=["table", "search", "json"],
)
def test_the_keys_of_better_bibtex(folder: Path, name: str, script: str) -> None:
    keys_of_better_bibtex(folder / name, script)
    assert refcite.load(folder).ids == ("kafkaCastle1930", "dijkLamps", "PATENT09")


def test_a_broken_database_of_better_bibtex_is_reported(folder: Path) -> None:
    (folder / "better-bibtex.sqlite").write_bytes(b"nothing" * 100)
    library = refcite.load(folder)
    assert library.ids[1] == "PAPER002"
    assert "better-bibtex.sqlite" in library.problems[0].message


def test_the_json_of_the_web_api_and_of_better_bibtex() -> None:
    data = {
        "itemType": "bookSection",
        "title": "On ebb",
        "bookTitle": "Tides",
        "citationKey": "roeEbb",
        "date": "Spring 2020",
        "creators": [{"creatorType": "editor", "name": "Tide Board"}],
        "tags": [{"tag": "sea", "type": 1}],
        "collections": ["K2VT5RB8"],
    }
    api = [{"key": "AAAA1111", "version": 3, "library": {"type": "user", "id": 1}, "data": data}]
    export = {"config": {"id": "x"}, "items": [{**data, "itemKey": "AAAA1111"}]}
    for library in (refcite.loads(json.dumps(api)), refcite.loads(json.dumps(export))):
        record = library["roeEbb"]
        assert (record.type, record.container_title, record.keyword) == ("chapter", "Tides", "sea")
        assert (str(record.issued), record.editor[0].literal) == ("2020-21", "Tide Board")
        assert not library.problems
    assert refcite.loads(api, "zotero").ids == ("roeEbb",)


def test_other_files_are_refused_with_what_to_do(tmp_path: Path) -> None:
    base = sqlite3.connect(tmp_path / "places.sqlite")
    base.executescript("CREATE TABLE moz_places (id INT)")
    base.close()
    with pytest.raises(InputError, match=r"not that of Zotero; name zotero\.sqlite"):
        refcite.load(tmp_path / "places.sqlite")
    with pytest.raises(InputError, match=r"a folder without zotero\.sqlite; name a file"):
        refcite.load(tmp_path)
    with pytest.raises(InputError, match="cannot be read"):
        refcite.loads(b"SQLite format 3\0" + b"\1" * 500)


def test_a_view_in_the_place_of_a_table_is_not_run(tmp_path: Path) -> None:
    base = write_database(tmp_path / "zotero.sqlite", [PAPER])
    base.executescript(
        "DROP TABLE itemData; CREATE VIEW itemData AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL"
        " SELECT x + 1 FROM n) SELECT x AS itemID, x AS fieldID, x AS valueID FROM n"
    )
    base.close()
    with pytest.raises(InputError, match="not that of Zotero"):
        refcite.load(tmp_path)


def test_collections_inside_each_other_end(tmp_path: Path) -> None:
    base = write_database(
        tmp_path / "zotero.sqlite", [PAPER], collections=[(1, "A", 2), (2, "B", 1)]
    )
    base.close()
    assert refcite.load(tmp_path)[0].extra["collections"] == ["B/A"]


def test_an_empty_library_is_an_error(tmp_path: Path) -> None:
    write_database(tmp_path / "zotero.sqlite", []).close()
    library: Library = refcite.load(tmp_path)
    assert [one.code for one in library.problems] == ["no-entries"]
