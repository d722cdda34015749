"""The comparison with Zotero's import tests: its rules, and its result if the tests are present."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from refcite import Date, Name, Record
from tests.imports.compare import compared, faults, folder
from tests.imports.rules import equal, has_tags
from tests.imports.zotero import item_of

LEAST = 0.93


def test_zoteros_files_are_read_as_zotero_reads_them() -> None:
    base = folder()
    if base is None:
        pytest.skip("the import tests were not found: set REFCITE_IMPORTS or REFCITE_SHARED")
    results = {name: one for name, one in compared(base).items() if one.values}
    assert not faults(base, results)
    assert all(one.items == one.items_expected for one in results.values())
    assert sum(one.equal for one in results.values()) >= LEAST * sum(
        one.values for one in results.values()
    )
    assert {name for name, one in results.items() if one.unrecognised} == set()


def test_a_record_has_the_fields_of_zoteros_item() -> None:
    item = item_of(
        Record(type="thesis", title="A", publisher="U Oslo", issued=Date.of(2019, 3),
               author=(Name(family="Roe", given="Ann"),))
    )  # fmt: skip
    assert (item["itemType"], item["publisher"]) == ("thesis", "U Oslo")
    assert item["creators"] == [("Roe, Ann", "author")]


@pytest.mark.parametrize(
    ("field", "found", "expected", "is_equal"),
    [
        ("date", Date.of(2004, 11, 15), "2004 November", True),
        ("date", Date.of(2004), "2004 November", False),
        ("date", Date.of(2005, 11), "2004 November", False),
        ("language", "en", "English.", True),
        ("pages", "5–9", "5-9", True),
        ("pages", "5-8", "5-9", False),
        ("publicationTitle", "Annals of ebb", "Annals of Ebb", True),
        ("title", "On ebb", "On flow", False),
        ("ISSN", "0378-5955", "0378-5955, 1878-5891", True),
        ("journalAbbreviation", "Ann. Ebb", "Ann Ebb", True),
        ("rights", None, "Copyright Tide 2004.", True),
        ("volume", None, "12", False),
    ],
)
def test_rules(field: str, found: Any, expected: str, is_equal: bool) -> None:
    record = Record(type="book", extra={"RO": "Copyright Tide 2004.", "VL": "12"})
    assert equal(field, found, expected, record) is is_equal


def test_tags_are_keywords_or_headings() -> None:
    record = Record(type="book", keyword="ebb; low water", extra={"MeshHeading": ["*Tides"]})
    assert has_tags(record, ["ebb", {"tag": "Tides"}])
    assert not has_tags(record, ["flow"])


def test_what_is_lost_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "wos-00.input").write_text("PT J\nTI On ebb\nPY 2019\nER\n", encoding="utf-8")
    item = {"itemType": "journalArticle", "title": "On ebb", "date": "2018", "tags": [],
        "creators": [{"lastName": "Roe", "firstName": "A", "creatorType": "author"}]}  # fmt: skip
    (tmp_path / "wos-00.expected.json").write_text(json.dumps([item]), encoding="utf-8")
    monkeypatch.setenv("REFCITE_IMPORTS", str(tmp_path))
    base = folder()
    assert base == tmp_path
    result = compared(base)["wos"]
    assert [one.place for one in result.differences] == ["wos-00/0/creators/0", "wos-00/0/date"]
    assert (result.equal, result.values, result.items) == (2, 4, 1)
