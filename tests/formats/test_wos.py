"""The tagged text of Web of Science: every tag has its place, in all types of works."""

from __future__ import annotations

from pathlib import Path

import pytest

from refcite import Date, load, loads
from refcite.formats import guess_format
from refcite.record import Record
from tests.formats.exports import WOS_ARTICLE as ARTICLE


def one(fields: str) -> Record:
    """Return the record of the fields of one work."""
    library = loads(f"{fields}\nER\n\nEF\n", "wos")
    assert len(library) == 1
    return library[0]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("file", ["savedrecs.ciw", "savedrecs.isi", "a.txt", "a.ris", "a.csv"])
def test_an_export_is_recognised_and_read(tmp_path: Path, file: str, end: str) -> None:
    path = tmp_path / file
    path.write_bytes(ARTICLE.replace("\n", end).encode("utf-8-sig"))
    library = load(path)
    article, paper = library
    assert [str(name) for name in article.author or ()] == [
        "Quist, Anna B.", "van der Roe, Carl", "{Ebb Study Grp}"
    ]  # fmt: skip
    assert (article.title, article.container_title) == (
        "On ebb & flow in H<sub>2</sub>O",
        "ANNALS OF EBB",
    )
    assert (article.type, article.page, article.doi) == ("article-journal", "5-9", "10.1000/ebb")
    assert article.issued == Date.of(2019, 3, 5)
    assert article.event_date == Date.parse("2018-06-12/2018-06-15")
    assert (article.language, article.keyword) == ("de", "ebb, flow, low water")
    assert (article.container_title_short, article.issn) == ("Ann. Ebb", "0378-5955")
    assert (article.supplement_number, article.pmid) == ("S1", "30000001")
    assert article.available_date == Date.of(2019, 1)
    assert article.source == "Clarivate Analytics Web of Science"
    extra = dict(article.extra)
    assert extra["UT"] == "WOS:000000000000001"
    assert extra["C1"] == [
        "[Quist, AB] Tide Univ, Oslo, Norway.",
        "[van der Roe, C] Ebb Inst, Bergen, Norway.",
    ]
    assert extra["ID"] == "SEA-LEVEL; TIDES"
    assert (paper.type, paper.event_title) == ("paper-conference", "Ebb Days")
    assert [(problem.code, problem.line) for problem in library.problems] == [
        ("text-outside-entry", ARTICLE.splitlines().index("a stray line") + 1)
    ]


@pytest.mark.parametrize(
    ("fields", "csl_type", "title", "container"),
    [
        ("PT J\nTI A\nSO B", "article-journal", "A", "B"),
        ("PT J\nTI A\nSO B\nDT Book Review", "review-book", "A", "B"),
        ("PT J\nTI A\nSO B\nDT Proceedings Paper", "article-journal", "A", "B"),
        ("PT B\nTI On A.\nSO On A", "book", "On A.", None),
        ("PT B\nTI On A\nSO ALL ON A\nDT Book", "book", "On A", None),
        ("PT B\nTI A\nSO B", "chapter", "A", "B"),
        ("PT B\nTI A\nSO B\nDT Article; Book Chapter", "chapter", "A", "B"),
        ("PT B\nTI A\nSO B\nCT Days", "paper-conference", "A", "B"),
        ("PT S\nTI A\nSO B", "chapter", "A", "B"),
        ("PT S\nTI A\nSO B\nDT Proceedings Paper\nCT Days", "paper-conference", "A", "B"),
        ("PT C\nTI A\nSO B", "paper-conference", "A", "B"),
        ("PT P\nTI A\nPN US1-A1\n   WO2-A1", "patent", "A", None),
        ("PT J\nTI A\nSO Diss.\nDT Dissertation/Thesis", "thesis", "A", "Diss."),
        ("PT Journal\nTI A\nSO B", "article-journal", "A", "B"),
    ],
)
def test_the_type_comes_from_the_publication_and_the_document(
    fields: str, csl_type: str, title: str, container: str | None
) -> None:
    record = one(fields)
    assert (record.type, record.title, record.container_title) == (csl_type, title, container)


def test_books_have_authors_and_editors_of_their_own() -> None:
    chapter = one("PT S\nAU Roe, A\nBA Poe, B\nBF Poe, Bob\nBE Doe, D\nGP IEEE\nTI A\nSO B\nSE S")
    assert [str(name) for name in chapter.container_author or ()] == ["Poe, Bob", "{IEEE}"]
    assert str((chapter.editor or ())[0]) == "Doe, D"
    assert chapter.collection_title == "S"
    book = one("PT B\nBA Poe, B\nTI A\nSO A\nBN 978-0-306-40615-7 (hbk)\nPG 200\nD2 10.1000/b")
    assert (str((book.author or ())[0]), book.doi) == ("Poe, B", "10.1000/b")
    assert (book.isbn, book.number_of_pages) == ("978-0-306-40615-7", "200")


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ("PD FEB\nPY 2011", "2011-02"),
        ("PD FEB 2011\nPY 2011", "2011-02"),
        ("PD JAN-FEB\nPY 2013", "2013-01/2013-02"),
        ("PD WIN\nPY 2013", "2013-24"),
        ("PY 2013", "2013"),
        ("PD 1998, thesis publ. 1997\nPY 1998", "1998"),
    ],
)
def test_the_year_is_in_a_field_of_its_own(fields: str, date: str) -> None:
    assert str(one(f"PT J\nTI A\n{fields}").issued) == date


def test_lines_that_are_not_indented_continue_too() -> None:
    record = one(
        "PT J\nAU Roe, Ann (ann@x.org)\nPoe, Bob\nTI The\nEU and\nits tides\nSO J\nAB It\nIS 3"
    )
    assert [str(name) for name in record.author or ()] == ["Roe, Ann", "Poe, Bob"]
    assert (record.title, record.abstract, record.issue) == ("The EU and its tides", "It", "3")


def test_other_numbers_and_kinds() -> None:
    record = one("PT J\nAU [Anonymous]\nTI A\n   B\nAR e12\nDT Letter\nUT MEDLINE:123\nQ9 x")
    assert (record.number, record.genre, record.pmid) == ("e12", "Letter", "123")
    assert record.author in (None, ())
    assert record.extra["Q9"] == "x"


@pytest.mark.parametrize(
    "text",
    ["FN ISI Export Format\nVR 1.0\nPT J\n", "PT J\nUT WOS:1\n", "FN Derwent\r\nVR 1.0\r\n"],
)
def test_the_format_is_known_by_its_first_lines(text: str) -> None:
    assert guess_format(text).name == "wos"


def test_a_work_without_its_end_is_kept() -> None:
    library = loads("PT J\nTI One\nPT J\nTI Two", "wos")
    assert [record.title for record in library] == ["One", "Two"]


def test_a_text_without_works_is_an_error() -> None:
    assert [problem.code for problem in loads("FN Clarivate\nVR 1.0\nEF\n", "wos").problems] == [
        "no-entries"
    ]


def test_a_patent_of_derwent() -> None:
    record = one(
        "PT P\nPN WO2011123456-A1; US2013000001-A1\nTI Tide meter\nAU QUIST A\n   ROE C D\n"
        "AE TIDE AS\nPD WO2011123456-A1   06 Oct 2011   G01F-023/00   201172   English\nUT DIIDW:1"
    )
    assert [str(name) for name in record.author or ()] == ["QUIST, A", "ROE, C D"]
    assert (record.number, str(record.issued)) == ("WO2011123456-A1", "2011-10-06")
    assert record.extra["PN"] == "WO2011123456-A1; US2013000001-A1"
    assert record.extra["AE"] == "TIDE AS"


def test_a_date_of_medline() -> None:
    record = one("PT J\nTI A\n   b\nPD 2011 Jan (Epub 2010 Dec 01)\nPY 2011")
    assert str(record.issued) == "2011-01"
    assert record.extra["PD"] == "2011 Jan (Epub 2010 Dec 01)"


@pytest.mark.parametrize("number", ["17", "ARTN 17", "UNSP 17"])
def test_the_number_of_an_article_has_no_word_before_it(number: str) -> None:
    assert one(f"PT J\nTI A\nAR {number}").number == "17"
