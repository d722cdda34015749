"""RefWorks' tagged format: every tag has its place, in all reference types."""

from __future__ import annotations

import pytest

from refcite import Record, loads
from refcite.formats import guess_format
from tests.formats.exports import REFWORKS_ARTICLE as ARTICLE
from tests.formats.exports import REFWORKS_LEGEND as LEGEND


def one(fields: str) -> Record:
    """Return the record of the tags of one reference."""
    library = loads(fields, "refworks")
    assert len(library) == 1
    return library[0]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("start", ["", LEGEND, "\ufeff"])
def test_an_export_is_recognised_and_read(start: str, end: str) -> None:
    text = (start + ARTICLE).replace("\n", end)
    assert guess_format(text).name == "refworks"
    library = loads(text)
    (record,) = library
    assert not library.problems
    assert [str(name) for name in record.author or ()] == ["Quist, Anna", "van der Roe, Carl"]
    assert (record.title, record.container_title) == ("On ebb & flow", "Annals of Ebb")
    assert (record.container_title_short, str(record.issued)) == ("Ann. Ebb", "2003-03-05")
    assert (record.volume, record.issue, record.page) == ("29", "2", "337-367")
    assert (record.keyword, record.doi) == ("tides, ebb", "10.1000/ebb")
    assert (record.abstract or "").split() == [
        "One.",
        "DNA",
        "is",
        "no",
        "tag,",
        "nor",
        "IN",
        "THIS",
        "line.",
    ]
    assert (record.note, record.issn, record.language) == ("Read it.", "0028-0836", "de")
    assert (record.url, record.source) == ("https://example.org/ebb", "Ebb Index")
    assert dict(record.extra) == {"SR": "Electronic(1)", "ID": "12", "U5": "mine"}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (
            "RT Book, Section\nA1 Roe,A\nA2 Poe,B\nA3 Doe,C\nT1 A\nT2 B\nT3 S\nSN 0306406152 (pbk)",
            {"type": "chapter", "editor": "Poe, B", "collection_editor": "Doe, C", "title": "A",
             "container_title": "B", "collection_title": "S", "isbn": "0306406152"},
        ),
        (
            "RT Book, Edited\nA1 Roe,A\nT1 A\nT2 S\nSP 304\nED 2nd ed.\nPB Tide\nPP Oslo",
            {"type": "book", "editor": "Roe, A", "author": "", "collection_title": "S",
             "number_of_pages": "304", "edition": "2", "publisher": "Tide",
             "publisher_place": "Oslo"},
        ),
        (
            "RT Dissertation/Thesis\nA1 Roe,A\nT1 A\nPB U Oslo\nYR 1999",
            {"type": "thesis", "publisher": "U Oslo", "issued": "1999"},
        ),
        (
            "RT Web Page\nT1 A\nWT Site\nUL https://a.example\nRD Jan 5, 2010\nWP 2009",
            {"type": "webpage", "container_title": "Site", "url": "https://a.example",
             "accessed": "2010-01-05", "available_date": "2009"},
        ),
        (
            "RT Motion Picture\nA1 Roe,A\nA2 Poe,B\nT1 A",
            {"type": "motion_picture", "director": "Roe, A", "producer": "Poe, B"},
        ),
        ("RT Report\nT1 A\nIS 12", {"type": "report", "number": "12"}),
        ("RT Case/Court Decisions\nT1 A v B\nPB High Court", {"authority": "High Court"}),
        ("RT Newspaper Article\nT1 A\nJF News\nYR 2001\nFD May 3", {"issued": "2001-05-03"}),
    ],
)  # fmt: skip
def test_tags_have_the_meaning_of_the_type(fields: str, expected: dict[str, str]) -> None:
    record = one(fields)
    for attribute, value in expected.items():
        found = getattr(record, attribute) or ""
        found = str(found[0]) if isinstance(found, tuple) else str(found)
        assert (attribute, found) == (attribute, value)


def test_an_unknown_type_is_kept_and_reported() -> None:
    library = loads("RT Scroll\nT1 A\n", "refworks")
    assert (library[0].type, library[0].extra["type"]) == ("document", "Scroll")
    assert [problem.code for problem in library.problems] == ["unknown-type"]


def test_text_before_the_references_is_reported_once() -> None:
    library = loads("Hello\nthere\nRT Map\nT1 A\n", "refworks")
    assert len(library) == 1
    assert [(problem.code, problem.line) for problem in library.problems] == [
        ("text-outside-entry", 1)
    ]
