"""PubMed's XML: every element of its DTD has its place, and broken files give what they contain."""

from __future__ import annotations

from pathlib import Path

import pytest

from refcite import Record, load, loads, stream
from refcite.formats import get_format, guess_format
from refcite.formats.nbib import read as read_nbib
from tests.formats.exports import PUBMED_ARTICLE as ARTICLE
from tests.formats.exports import PUBMED_CHAPTER as CHAPTER
from tests.formats.exports import PUBMED_HEAD as HEAD

END = "</PubmedArticleSet>\n"


def one(text: str) -> Record:
    """Return the only record of a text."""
    library = loads(f"{HEAD}{text}{END}", "pubmed-xml")
    assert [problem.code for problem in library.problems] in ([], ["second-value"])
    assert len(library) == 1
    return library[0]


def test_an_article() -> None:
    record = one(ARTICLE)
    assert (record.id, record.pmid, record.pmcid) == ("30000001", "30000001", "PMC77")
    assert record.title == "Ebb of <i>E. coli</i> in H<sub>2</sub>O: x < 5"
    assert (record.original_title, record.type, record.genre) == (
        "Om ebbe", "article-journal", "Letter"
    )  # fmt: skip
    assert [str(name) for name in record.author or ()] == [
        "van der Quist, Jr, Anna B", "{Ebb Study Group}"
    ]  # fmt: skip
    assert "author" in record.et_al
    assert (record.container_title, record.container_title_short) == ("Annals of ebb", "Ann Ebb")
    assert (record.volume, record.issue, record.page) == ("12", "3 Suppl 1", "101-109")
    assert (str(record.issued), str(record.available_date)) == ("2019-21", "2019-01-05")
    assert str(record.submitted) == "2018-12-01"
    assert (record.doi, record.issn, record.language) == ("10.1000/ebb", "1555-2217", "no")
    assert record.abstract == "BACKGROUND: One. METHODS: Two <sup>3</sup>."
    assert record.keyword == "ebb, low water"
    extra = dict(record.extra)
    assert extra["CommentsCorrections"] == "RetractionIn: Ann Ebb. 2020;13:1 PMID: 30000009"
    assert extra["PublicationType"] == "Retracted Publication"
    assert extra["MeshHeading"] == ["Tides/*history", "Humans"]
    assert extra["Affiliation"] == [["Tide Univ."], []]
    assert extra["Identifier"] == [["ORCID: 0000-0001"], []]
    assert extra["Reference"] == "Poe B. Tides. 2001. pubmed:7"
    assert extra["Title"] == "Annals of ebb (Oslo, Norway)"
    assert extra["CopyrightInformation"] == "Copyright 2019 Tide."
    assert (extra["DateRevised"], extra["History"]) == ("2020-02-03", "pubmed 2019-1-6")


def test_a_chapter_and_its_book() -> None:
    record = one(CHAPTER)
    assert (record.type, record.title, record.container_title) == (
        "chapter", "Low Water", "The Book of Tides"
    )  # fmt: skip
    for names, expected in (
        (record.author, "Quist, Anna"),
        (record.editor, "Roe, Ann"),
        (record.container_author, "Doe, D E"),
    ):
        assert [str(name) for name in names or ()] == [expected]
    assert (record.publisher, record.publisher_place) == ("Tide Press", "Oslo")
    assert (record.edition, record.collection_title) == ("2", "Ebb Series")
    assert (record.isbn, record.chapter_number) == ("9780306406157", "7")
    assert record.url == "https://www.ncbi.nlm.nih.gov/books/NBK1/"
    assert record.extra["SectionTitle"] == "First"


def test_a_whole_book() -> None:
    whole = CHAPTER.replace('<ArticleTitle book="ebb" part="c7">Low Water.</ArticleTitle>', "")
    record = one(whole)
    assert (record.type, record.title, record.container_title) == (
        "book", "The Book of Tides", None
    )  # fmt: skip
    assert [str(name) for name in record.author or ()] == ["Doe, D E", "Quist, Anna"]


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("<MedlineDate>2010 Sep-Oct</MedlineDate>", "2010-09/2010-10"),
        ("<MedlineDate>1998 Dec-1999 Jan</MedlineDate>", "1998-12/1999-01"),
        ("<Year>2008</Year><Month>Feb</Month><Day>9</Day>", "2008-02-09"),
        ("<Year>2008</Year>", "2008"),
    ],
)
def test_dates(date: str, expected: str) -> None:
    text = ARTICLE.replace("<Year>2019</Year><Season>Spring</Season>", date)
    assert str(one(text).issued) == expected


def test_a_number_in_place_of_pages_and_a_preprint() -> None:
    start, _, rest = ARTICLE.partition("<Pagination>")
    _, _, rest = rest.partition("</Pagination>")
    number = (start + rest).replace(">S1<", ">e123<")
    assert (one(number).page, one(number).number) == (None, "e123")
    preprint = (start + rest).replace(">S1<", ">arXiv:2304.02112v2<")
    preprint = preprint.replace(">Letter<", ">Preprint<").replace(
        "Annals of ebb (Oslo, Norway)", "ArXiv"
    )
    record = one(preprint)
    assert (record.type, record.publisher, record.number) == (
        "article", "arXiv", "arXiv:2304.02112v2"
    )  # fmt: skip


def test_the_same_article_in_medlines_tags_is_the_same_work() -> None:
    tagged = read_nbib(
        "PMID- 30000001\nTI  - Low water.\nFAU - Quist, Anna B\nJT  - Ebb\nTA  - Ebb\n"
        "DP  - 2008 Feb\nVI  - 4\nPG  - 132-42\nLID - 10.1000/x [doi]\nPT  - Journal Article\n"
    )[0]
    marked = one(
        "<PubmedArticle><MedlineCitation><PMID>30000001</PMID><Article><Journal><JournalIssue>"
        "<Volume>4</Volume><PubDate><Year>2008</Year><Month>Feb</Month></PubDate></JournalIssue>"
        "<Title>Ebb</Title><ISOAbbreviation>Ebb</ISOAbbreviation></Journal>"
        "<ArticleTitle>Low water.</ArticleTitle><Pagination><MedlinePgn>132-42</MedlinePgn>"
        '</Pagination><ELocationID EIdType="doi">10.1000/x</ELocationID><AuthorList><Author>'
        "<LastName>Quist</LastName><ForeName>Anna B</ForeName></Author></AuthorList>"
        "<PublicationTypeList><PublicationType>Journal Article</PublicationType>"
        "</PublicationTypeList></Article></MedlineCitation></PubmedArticle>"
    )
    assert marked.replace(extra={}) == tagged.replace(extra={})


def test_broken_records_leave_the_others() -> None:
    broken = CHAPTER.replace("</BookTitle>", "")
    library = loads(f"{HEAD}{ARTICLE}{broken}{ARTICLE.replace('30000001', '3')}{END}", "pubmed-xml")
    assert [record.id for record in library] == ["30000001", "30000002", "3"]
    assert [problem.code for problem in library.problems] == ["broken-xml"]
    cut = loads(f"{HEAD}{ARTICLE}{ARTICLE[:2000]}", "pubmed-xml")
    assert len(cut) == 2
    assert "broken-xml" in {problem.code for problem in cut.problems}
    twice = loads(f"{HEAD}{ARTICLE}{END}{HEAD}{CHAPTER}{END}", "pubmed-xml")
    assert [record.id for record in twice] == ["30000001", "30000002"]


def test_the_line_of_a_problem_is_that_of_the_file() -> None:
    broken = CHAPTER.replace("</BookTitle>", "")
    library = loads(f"{HEAD}{ARTICLE}{broken}{END}", "pubmed-xml")
    (problem,) = library.problems
    first = (HEAD + ARTICLE).count("\n") + 1
    assert first <= (problem.line or 0) <= first + broken.count("\n")


@pytest.mark.parametrize("size", [1, 7, 100, 100_000])
def test_pieces_of_any_size_give_the_same_records(size: int) -> None:
    text = f"{HEAD}{ARTICLE}{CHAPTER}{END}"
    blocks = [text[start : start + size] for start in range(0, len(text), size)]
    found = list(get_format("pubmed-xml").read_stream(blocks))
    assert found == list(loads(text, "pubmed-xml"))


def test_files_are_recognised_and_streamed(tmp_path: Path) -> None:
    path = tmp_path / "pubmed25n0001.xml"
    path.write_text(f"{HEAD}{ARTICLE}{CHAPTER}{END}", encoding="utf-8")
    assert guess_format(file=path, text=HEAD).name == "pubmed-xml"
    assert load(path).ids == ("30000001", "30000002")
    assert [record.id for record in stream(path) if isinstance(record, Record)] == [
        "30000001", "30000002"
    ]  # fmt: skip


def test_an_old_baseline_has_no_data_of_pubmed() -> None:
    start, end = ARTICLE.index("<MedlineCitation"), ARTICLE.index("<PubmedData>")
    citation = ARTICLE[start:end]
    text = f"<MedlineCitationSet>{citation}{citation.replace('30000001', '2')}</MedlineCitationSet>"
    assert guess_format(text).name == "pubmed-xml"
    assert loads(text).ids == ("30000001", "2")


def test_entities_are_not_read_from_files() -> None:
    text = (
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><PubmedArticleSet><PubmedArticle>'
        "<MedlineCitation><PMID>1</PMID><Article><ArticleTitle>A &e; b</ArticleTitle></Article>"
        "</MedlineCitation></PubmedArticle></PubmedArticleSet>"
    )
    titles = [record.title for record in loads(text, "pubmed-xml")]
    assert len(titles) == 1
    assert (titles[0] or "").startswith("A ")
    assert (titles[0] or "").endswith(" b")
