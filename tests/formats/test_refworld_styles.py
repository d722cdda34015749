"""The two styles: valid CSL 1.0.2, and right for records of any source."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import citeproc
import pytest
from lxml import etree

from refcite import Date, Name, Record
from refcite.csl import Processor
from tests.shared import ROOT

STYLES = sorted((ROOT / "styles").glob("refworld*.csl"))
SCHEMA = Path(citeproc.__file__).parent / "data" / "schema" / "schemas" / "styles" / "csl.rng"
LOHREY = Name(family="Lohrey", given="Cleo")
HOUSE = Name(literal="Freedom House")


@pytest.mark.parametrize("style", STYLES, ids=lambda path: path.name)
def test_a_style_is_valid(style: Path) -> None:
    schema = etree.RelaxNG(etree.parse(SCHEMA))
    schema.assertValid(etree.parse(style))


RECORDS = [
    (
        {"type": "article-newspaper", "container_title": "The Daily", "issued": "2017-01-18"},
        "The Daily, Title, 18 January 2017",
        "The Daily, Title, 18 January 2017",
    ),
    (
        {"type": "report", "author": (LOHREY,), "publisher": "UNHCR", "number": "X/1"},
        "UNHCR, Title, X/1",
        "Cleo Lohrey, Title, X/1, UNHCR",
    ),
    (
        {"type": "report", "author": (HOUSE,), "publisher": "Freedom House", "url": "https://a.b"},
        "Freedom House, Title, available at: https://a.b",
        "Freedom House, Title, https://a.b",
    ),
    (
        {"type": "report", "author": (HOUSE, LOHREY), "accessed": "2023-06-06"},
        "Freedom House, Cleo Lohrey, Title [accessed 6 June 2023]",
        "Freedom House, Cleo Lohrey, Title [accessed 06 June 2023]",
    ),
    (
        {"type": "legislation", "publisher": "Parliament", "jurisdiction": "Chad"},
        "Title [Chad]",
        "Parliament, Title",
    ),
    (
        {"type": "legislation", "authority": "Assembly", "number": "5 (I)", "issued": "1948-12"},
        "Assembly, Title, December 1948, 5 (I)",
        "Assembly, Title, 5 (I), December 1948",
    ),
    (
        {"type": "legal_case", "authority": "Court", "number": "No. 5", "issued": "2011-01-21"},
        "Title, No. 5, Court, 21 January 2011",
        "Title, No. 5, Court, 21 January 2011",
    ),
    (
        {"type": "legal_case", "author": (HOUSE,), "number": "No. 5", "issued": "2011"},
        "Freedom House, Title, 2011, No. 5",
        "Freedom House, Title, No. 5, 2011",
    ),
    ({"type": "book", "issued": "1950~"}, "Title, c. 1950", "Title, c. 1950"),
    ({"type": "book", "issued": "2004-21"}, "Title, Spring 2004", "Title, Spring 2004"),
    (
        {"type": "book", "issued": "2012-06-26/2012-06-27"},
        "Title, 26–27 June 2012",
        "Title, 26–27 June 2012",
    ),
    ({"type": "book", "issued": "undated"}, "Title, undated", "Title, undated"),
    ({"type": "book"}, "Title", "Title"),
]


def record_of(fields: dict[str, Any]) -> Record:
    given: dict[str, Any] = {"id": "x", "title": "Title", **fields}
    for name in ("issued", "accessed"):
        if name in given:
            given[name] = Date.parse(given[name])
    return Record(**given)


@pytest.mark.parametrize(("fields", "classic", "new"), RECORDS)
def test_both_forms(fields: dict[str, Any], classic: str, new: str) -> None:
    record = record_of(fields)
    assert record.cite_as() == classic
    assert record.cite_as("refworld-2023") == new


@pytest.mark.parametrize("locale", ["en-US", "fr-FR", "ar"])
def test_words_stay_english(locale: str) -> None:
    record = record_of(
        {"publisher": "UNHCR", "issued": "2017-01-18", "url": "https://a.b", "accessed": "2023-06"}
    )
    processor = Processor("refworld", locale=locale)
    assert processor.cite(record) == (
        "UNHCR, Title, 18 January 2017, available at: https://a.b [accessed June 2023]"
    )


def test_quotation_marks_stay_as_they_are() -> None:
    title = "Of \"those\" who 'speak', the children's “own” and ‘others’"
    assert record_of({"publisher": "UNHCR"}).replace(title=title).cite_as() == f"UNHCR, {title}"
