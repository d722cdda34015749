"""Ovid's labelled text: each database has its own fields and its own form of the source."""

from __future__ import annotations

from typing import Any

import pytest

from refcite import Record, loads
from refcite.formats import guess_format
from refcite.formats.ovid.source import parts_of_source
from tests.formats.exports import OVID_BIOSIS as BIOSIS
from tests.formats.exports import OVID_BOOK as BOOK
from tests.formats.exports import OVID_CHAPTER as CHAPTER
from tests.formats.exports import OVID_EMBASE as EMBASE
from tests.formats.exports import OVID_LABELLED as LABELLED
from tests.formats.exports import OVID_MEDLINE as MEDLINE
from tests.formats.exports import OVID_PSYCINFO as PSYCINFO


def one(fields: str) -> Record:
    """Return the record of the fields of one record."""
    library = loads(f"<1. >\nVN  - Ovid Technologies\n{fields}\n", "ovid")
    assert len(library) == 1
    return library[0]


def shown(record: Record, names: dict[str, Any]) -> dict[str, Any]:
    """Return the values of a record as text, those of the same attributes."""
    values = {}
    for name in names:
        value = getattr(record, name)
        people = isinstance(value, tuple)
        values[name] = [str(person) for person in value] if people else value and str(value)
    return values


@pytest.mark.parametrize(
    ("source", "field", "event", "place"),
    [
        ("Ebb Days, ED 2014. Oslo Norway. Conference Start: 20140611", "", "Ebb Days, ED 2014",
            "Oslo Norway"),
        ("Ebb Days. Oslo Norway. Conference Start: 20140611", "CF  - Conference: Days of Ebb.\n",
            "Days of Ebb", "Oslo Norway"),
        ("4th Ebb Days 2014", "", "4th Ebb Days 2014", None),
    ],
)  # fmt: skip
def test_the_conference_in_the_source(
    source: str, field: str, event: str, place: str | None
) -> None:
    source = f"SO  - Annals of Ebb. Conference: {source}. Conference Publication: (var.pagings). "
    source += "12 (SUPPL. 1) (pp S12), 2014.\n"
    record = one(f"DB  - Embase\nTI  - On ebb.\n{source}{field}PT  - Conference Abstract")
    assert (record.event_title, record.event_place) == (event, place)
    assert (record.container_title, record.page, str(record.issued)) == (
        "Annals of Ebb", "S12", "2014",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (MEDLINE, {"type": "article-journal", "author": ["Quist, Anna B", "van der Roe, Carl"],
            "title": "On ebb and flow", "container_title": "Annals of Ebb", "volume": "12",
            "issue": "3", "page": "123-129", "issued": "2014-01-15", "pmid": "30000001",
            "doi": "10.1000/ebb", "issn": "1234-5679", "language": "en", "editor": [],
            "available_date": "2014-01-02", "abstract": "One. Two."}),
        (EMBASE, {"type": "paper-conference", "author": ["Quist, A.B.", "van der Roe, C."],
            "title": "On ebb", "container_title": "Annals of Ebb", "volume": "12",
            "issue": "SUPPL. 1", "page": "S12-S13", "issued": "2014-06", "publisher": "Tide Ltd",
            "event_title": "Ebb Days", "keyword": "tide, ebb", "pmid": None}),
        (PSYCINFO, {"type": "article-journal", "container_title": "Annals of Ebb", "volume": "12",
            "issue": "3", "page": "123-129", "issued": "2014-01", "publisher": "Tide Society",
            "keyword": "tides, ebb"}),
        (CHAPTER, {"type": "chapter", "container_title": "The handbook of tides",
            "editor": ["Roe, Ann", "Poe, Bob"], "page": "1-20", "issued": "2014",
            "publisher": "Guild Press", "publisher_place": "New York, NY, US",
            "isbn": "9780306406157"}),
        (BIOSIS, {"type": "chapter", "author": ["Quist, Anna"], "editor": ["Roe, Ann", "Poe, Bob"],
            "container_title": "Methods of tides", "page": "371-397", "issued": "2004",
            "collection_title": "Principles of Ebb", "publisher": "Tide GmbH & Co. KG"}),
        (BOOK, {"type": "book", "editor": ["Quist, Anna", "Roe, Carl"], "title": "Tides, The",
            "edition": "2", "publisher": "Tide Press", "publisher_place": "London, UK",
            "isbn": "9780306406157", "issued": "2024"}),
        ("DB  - ERIC\nAU  - Roe, A\nTI  - A\nSO  - Ebb. v43 n1 p12-20 Jan-Feb 2014\n"
         "PT  - Journal Articles; Reports - Research", {"type": "article-journal",
            "container_title": "Ebb", "volume": "43", "issue": "1", "page": "12-20",
            "issued": "2014-01/2014-02"}),
        ("DB  - APA PsycInfo\nTI  - A\nPT  - Dissertation Abstract\nIN  - Roe, A: U Oslo, Norway\n"
         "SO  - Ebb Abstracts: Section B. Vol.75(1-B(E)),2014, pp. No Pagination Specified.",
            {"type": "thesis", "publisher": "U Oslo, Norway", "volume": "75", "page": None,
             "issued": "2014"}),
        ("DB  - BIOSIS\nAU  - Roe, Ann [Inventor]\nTI  - A\nPT  - Patent\nPN  - US 1\n"
         "SO  - Gazette. 1288(3), Nov. 16, 2004.\nDG  - November 16, 2004", {"type": "patent",
            "number": "US 1", "issued": "2004-11-16", "author": ["Roe, Ann"]}),
        ('DB  - Journals@Ovid\nAU  - Roe, Ann Y. MD, MPH 1\nTI  - "On Ebb".  [Article]\n'
         "SO  - Annals Of Ebb: A Journal June 2015;58(6):688-696\nLG  - English.",
            {"type": "article-journal", "author": ["Roe, Ann Y."], "title": "On Ebb",
             "container_title": "Annals Of Ebb: A Journal", "volume": "58", "page": "688-696",
             "issued": "2015-06", "language": "en"}),
    ],
)  # fmt: skip
def test_each_database_is_read(fields: str, expected: dict[str, Any]) -> None:
    assert shown(one(fields), expected) == expected


def test_fields_without_a_variable_are_kept() -> None:
    extra = dict(one(EMBASE).extra)
    assert (extra["AN"], extra["PT"]) == ("2014345678", "Journal: Conference Abstract")
    assert extra["PB"] == "Tide Ltd (Quay 1, Oslo OX5 1GB, Norway)"
    assert dict(one(MEDLINE).extra)["SH"] == "*Tides"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_labels_in_words_mean_the_same(end: str) -> None:
    text = LABELLED.replace("\n", end)
    assert guess_format(text).name == "ovid"
    first, second = loads(text)
    assert [str(name) for name in first.author or ()] == ["Quist, A B", "van der Roe, C"]
    assert (first.title, first.pmid, first.page) == (
        "On ebb: a title of two lines", "30000001", "123-129"
    )  # fmt: skip
    assert first.extra["Colour"] == "blue"
    assert [str(name) for name in second.author or ()] == ["Roe, A.", "Poe, B."]
    assert (second.volume, second.issue, second.page, second.number) == ("12", "3", None, "e7")


@pytest.mark.parametrize(
    ("source", "journal", "page"),
    [
        ("Ebb. 201(2-3):327-334, November 15, 2004.", "Ebb", "327-334"),
        ("Ebb. 12 (3) (pp 5-9), 2014. Date of Publication: 1 June 2014.", "Ebb", "5-9"),
        ("Ebb: Tides. Vol 12(3), 2014, 5-9.", "Ebb: Tides", "5-9"),
        ("Ebb (Oslo, Norway). 12:5, 2014.", "Ebb (Oslo, Norway)", "5"),
        ("Ebb; 2014. 12(3):5-9. 20 ref.", "Ebb", "5-9"),
        ("Ebb; 2014. (12):5-9. many ref.", "Ebb", "5-9"),
        ("Nothing of the kind", None, None),
    ],
)
def test_the_source_has_a_form_for_each_database(
    source: str, journal: str | None, page: str | None
) -> None:
    parts = parts_of_source(source)
    assert (parts.get("journal"), parts.get("page")) == (journal, page)


def test_other_tagged_formats_are_not_ovids() -> None:
    nbib = "PMID- 1\nOWN - NLM\nTI  - A.\nJT  - Ebb\n"
    assert guess_format(nbib).name == "nbib"
    assert guess_format(f"VN  - Ovid Technologies\n{nbib}").name == "ovid"
    assert guess_format("TY  - JOUR\nTI  - A\nER  - \n", "a.ovd").name == "ris"


def test_records_without_numbers_start_with_their_first_field() -> None:
    library = loads("DB  - Embase\nTI  - A\nSO  - E. 1:2, 2014.\n\nDB  - Embase\nTI  - B\n", "ovid")
    assert [record.title for record in library] == ["A", "B"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Roe, Ann B. Poe, Bob. van Lind, Carl.", ["Roe, Ann B", "Poe, Bob", "van Lind, Carl"]),
        ("St. Poe, Ann. St. Roe, B. C.", ["St. Poe, Ann", "St. Roe, B. C"]),
        ("Roe, Ann B. MD, MPH", ["Roe, Ann B."]),
    ],
)
def test_full_names_may_have_full_stops_between_them(text: str, names: list[str]) -> None:
    assert [str(name) for name in one(f"FA  - {text}\nTI  - A").author or ()] == names


def test_a_publisher_may_start_with_its_country() -> None:
    record = one("TI  - A\nPB  - Norway : Tide Press")
    assert (record.publisher, record.publisher_place) == ("Tide Press", "Norway")


def test_a_dissertation_has_its_university_as_publisher() -> None:
    record = one("PT  - Dissertation Abstract\nTI  - A\nIN  - Roe, A: U Ebb\nPB  - ProQuest; US")
    assert (record.type, record.publisher, record.extra["PB"]) == (
        "thesis",
        "U Ebb",
        "ProQuest; US",
    )


def test_a_report_of_eric_has_no_journal() -> None:
    fields = "DB  - ERIC\nTI  - A\nPT  - Reports - Research\n"
    assert one(f"{fields}SO  - Online Submission. 45 pp.").type == "report"
    assert one(f"{fields}SO  - Ebb. v12 n3 p5-9 Jan 2014").type == "article-journal"
