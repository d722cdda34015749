"""Tables that databases and programs export, each with its own columns, types and names."""

from __future__ import annotations

import re

import pytest

from refcite.dates import Date
from refcite.formats import loads
from refcite.formats.csv import read
from refcite.formats.csv.databases import DATABASES, database_of
from refcite.library import Library
from refcite.names import Name
from refcite.record import Record

EBB = ("Quist, A.", "van der Roe, B.C.")


def people(record: Record) -> tuple[str, ...]:
    return tuple(map(str, record.author))


def codes(library: Library) -> list[str]:
    return [problem.code for problem in library.problems]


def table(columns: str, *rows: str) -> str:
    return "\n".join((columns, *rows)) + "\n"


def one(columns: str, row: str) -> Record:
    (record,) = library = read(table(columns, row))
    assert not library.problems
    return record


SCOPUS = "Authors,Author full names,Title,Year,Source title,Art. No.,Page start,Page end,Link,\
Document Type,Source,EID"


@pytest.mark.parametrize("authors", ["Quist A.; van der Roe B.C.", "Quist A., van der Roe B.C."])
def test_scopus(authors: str) -> None:
    record = one(
        SCOPUS,
        f'"{authors}","Quist, Ann (12345678900); van der Roe, Bob C. (12345678901)",On ebb,2019,'
        "Annals of Tides,,11,19,https://a.example/1,Article,Scopus,2-s2.0-1",
    )
    assert people(record) == EBB
    assert (record.type, record.issued, record.page) == ("article-journal", Date.of(2019), "11-19")
    assert (record.container_title, record.source) == ("Annals of Tides", "Scopus")
    assert record.publisher is None
    assert "(12345678900)" in record.extra["Author full names"]


def test_scopus_names_that_are_no_persons() -> None:
    authors = "Jalil N.-E.; Harbour Group; Ivanov Yu.A.; Smith J.R., Jr."
    record = one(SCOPUS, f'"{authors}",,One,2019,J,e12,,,,Letter,,1')
    assert record.author == (
        Name(family="Jalil", given="N.-E."),
        Name(literal="Harbour Group"),
        Name(family="Ivanov", given="Yu.A."),
        Name(family="Smith", given="J.R.", suffix="Jr."),
    )
    assert (record.type, record.number, record.genre) == (
        "article-journal",
        "e12",
        "Letter",
    )
    nobody = one(SCOPUS, "[No author name available],,Two,2019,J,,,,,Erratum,Scopus,2")
    assert nobody.author == ()


def test_the_works_that_an_article_cites_are_no_part_of_its_reference() -> None:
    record = one(
        f"{SCOPUS},References", "Quist A.,,Ebb,2019,J,,1,2,,Article,Scopus,2,Roe B.; Doe J."
    )
    assert record.references is None
    assert record.extra["References"] == "Roe B.; Doe J."


def test_headers_of_scopus_without_its_numbers_leave_the_names_a_guess() -> None:
    library = read(table("Authors,Title,Year,Source title", '"Quist A.B., Roe C.D.",One,2019,J'))
    assert people(library[0]) == ("Quist, A.B.", "Roe, C.D.")
    assert (library[0].type, codes(library)) == ("article-journal", ["guessed-names"])


PUBMED = (
    "PMID,Title,Authors,Citation,First Author,Journal/Book,Publication Year,Create Date,PMCID,DOI"
)


def test_pubmed() -> None:
    record = one(
        PUBMED,
        '31209238,On ebb.,"Quist A, Roe BC Jr, van der Berg J.",Ann Tides. 2019 Jun 3;12(4):5-19.'
        " doi: 10.1000/q. Epub 2019 Jan 1.,Quist A,Ann Tides,2019,2019/06/18,PMC12,10.1000/q",
    )
    assert people(record) == ("Quist, A", "Roe, Jr, B C", "van der Berg, J")
    assert (record.title, record.issued) == ("On ebb", Date.of(2019, 6, 3))
    assert (record.volume, record.issue, record.page) == ("12", "4", "5-19")
    assert (record.container_title, record.pmid, record.pmcid) == ("Ann Tides", "31209238", "PMC12")
    assert record.type == "article-journal"
    groups = one(PUBMED, '2,T,"Quist A, Roe B, WHO; Ebb Study Group.",,,J,2019,,,')
    assert people(groups) == ("Quist, A", "Roe, B", "{WHO}", "{Ebb Study Group}")


RAYYAN = "key,title,year,month,day,journal,issn,volume,issue,pages,authors,url,language,publisher,\
location,abstract,notes,doi,keywords,pubmed_id,pmc_id"


def test_rayyan() -> None:
    row = 'rayyan-1,On ebb,2019,6,3,Annals,1234-5678,12,3,5-9,"{}",,,,Lund,,,10.1000/q,,31209238,'
    record = one(RAYYAN, row.format("Quist, A. and van der Roe, B.C. and Centre for Waves and Ebb"))
    assert people(record) == (*EBB, "{Centre for Waves and Ebb}")
    assert (record.issued, record.pmid) == (Date.of(2019, 6, 3), "31209238")
    assert (record.publisher_place, record.type) == ("Lund", "article-journal")
    # What came from elsewhere stands there as it was.
    for authors in ("Quist A, Roe BC", "Ann Quist and Bob Roe"):
        library = read(table(RAYYAN, row.format(authors)))
        assert [name.family for name in library[0].author] == ["Quist", "Roe"]
        assert set(codes(library)) == {"guessed-names"}


LENS = "Lens ID,Title,Date Published,Publication Year,Publication Type,Source Title,ISSNs,\
Author/s,Volume,Issue Number,Start Page,End Page,External URL,DOI"


def test_lens() -> None:
    record = one(
        LENS,
        "001-002,On ebb,2019-06-03,2019,journal article,Annals of Tides,12345678; 87654321,"
        "Ann Quist; B. C. van der Roe; World Tide Organization,12,3,5,9,https://a.example,10.1000/q",
    )
    assert people(record) == ("Quist, Ann", "van der Roe, B. C.", "{World Tide Organization}")
    assert (record.type, record.issued, record.page) == (
        "article-journal",
        Date.of(2019, 6, 3),
        "5-9",
    )
    assert (record.issn, record.extra["Lens ID"]) == ("12345678, 87654321", "001-002")
    chapter = one(LENS, "001,One,2019,2019,book chapter,Tides,,Ann Quist,,,,,,")
    assert (chapter.type, chapter.container_title) == ("chapter", "Tides")


def test_openalex() -> None:
    record = one(
        "id,doi,display_name,publication_year,publication_date,type,ids.pmid,"
        "primary_location.source.display_name,authorships.author.display_name,biblio.volume,"
        "biblio.first_page,biblio.last_page",
        "https://openalex.org/W1,https://doi.org/10.1000/q,On ebb,2019,2019-06-03,article,"
        "https://pubmed.ncbi.nlm.nih.gov/31209238,Annals of Tides,Ann Quist|Bob van der Roe,12,5,9",
    )
    assert people(record) == ("Quist, Ann", "van der Roe, Bob")
    assert (record.title, record.doi, record.pmid) == ("On ebb", "10.1000/q", "31209238")
    assert (record.type, record.container_title) == ("article-journal", "Annals of Tides")
    assert (record.issued, record.page) == (Date.of(2019, 6, 3), "5-9")


def test_refworks() -> None:
    record = one(
        "Reference Type\tReference Id\tAuthors, Primary\tTitle Primary\tPeriodical Full\tPub Year\t"
        "Pub Date Free From\tStart Page\tOther Pages\tISSN/ISBN\tURL\tDOI\t",
        "Journal Article\t7\tvan den Quist,null;Roe,Ann B.;van Doe,Joris,D.\tOn ebb\tAnnals\t2019\t"
        "06/03\t5\t9\t1234-5678\thttps://a.example/1 https://b.example/2\t10.1000/q\t",
    )
    assert people(record) == ("van den Quist", "Roe, Ann B.", "van Doe, Joris D.")
    assert (record.title, record.container_title) == ("On ebb", "Annals")
    assert (record.issued, record.page, record.issn) == (Date.of(2019, 6, 3), "5-9", "1234-5678")
    assert (record.url, record.extra["links"]) == ("https://a.example/1", "https://b.example/2")


WOS = "PT\tAU\tBE\tAF\tTI\tSO\tDT\tPU\tSN\tEI\tPD\tPY\tBP\tEP\tDI\tUT"


@pytest.mark.parametrize(
    ("kind", "document", "expected"),
    [
        ("J", "Article; Proceedings Paper", "article-journal"),
        ("J", "Editorial Material", "article-journal"),
        ("J", "Book Review", "review-book"),
        ("C", "Proceedings Paper", "paper-conference"),
        ("S", "Article; Book Chapter", "chapter"),
        ("B", "Book", "book"),
        ("B", "", "book"),
    ],
)
def test_web_of_science(kind: str, document: str, expected: str) -> None:
    record = one(
        WOS,
        f'{kind}\tQuist, A; Roe, BC\tDoe, C\tQuist, Ann; Roe, Bob C.\t"On ebb" and flow\tTIDES\t'
        f"{document}\tTIDE PRESS\t1234-5678\t8765-4321\tSEP 22\t2019\t5\t9\t10.1000/q\tWOS:0001",
    )
    assert people(record) == ("Quist, A", "Roe, BC")
    assert (record.type, record.title) == (expected, '"On ebb" and flow')
    assert (record.issued, record.page) == (Date.of(2019, 9, 22), "5-9")
    assert (record.publisher, record.extra["UT"]) == ("TIDE PRESS", "WOS:0001")


def test_web_of_science_with_columns_in_full() -> None:
    record = one(
        "Publication Type,Authors,Author Full Names,Article Title,Source Title,Document Type,"
        "Publication Date,Publication Year,DOI,DOI Link,UT (Unique WOS ID)",
        'J,"Quist, A","Quist, Ann",On ebb,TIDES,Review,JAN-FEB,2019,10.1000/q,'
        "http://dx.doi.org/10.1000/q,WOS:0001",
    )
    assert (people(record), record.title) == (("Quist, A",), "On ebb")
    assert (record.type, str(record.issued)) == ("article-journal", "2019-01/2019-02")
    assert record.archive is record.publisher is record.genre is None


EMBASE = "Title,Author Names,Source,Source title,Publication Year,First Page,Date of Publication,\
Publication Type,ISSN,Book Publisher,Medline PMID,PUI,DOI"


def test_embase_with_its_query_before_the_header() -> None:
    row = (
        'On ebb,"Quist A., van der Roe B.C.","Annals (2019) 12:3 Article Number: e12. Date: 2019",'
        'Annals,2019,,3 Jun 2019,Conference Abstract,"1234-5678 (electronic),8765-4321",Press,'
        "31209238,L1,10.1000/q"
    )
    library = loads(table('"SEARCH QUERY","ebb:ti"', "", EMBASE, row))
    (record,) = library
    assert people(record) == EBB
    assert (record.type, record.issued) == ("paper-conference", Date.of(2019, 6, 3))
    assert (record.issn, record.number) == ("1234-5678, 8765-4321", "e12")
    assert (record.pmid, record.source) == ("31209238", None)
    assert [(p.code, p.line) for p in library.problems] == [("text-outside-entry", 1)]


def test_embase_with_a_row_for_each_field() -> None:
    text = table(
        '"TITLE","On ebb"',
        '"AUTHOR NAMES","Quist A.","van der Roe B.C."',
        '"SOURCE TITLE","Annals"',
        '"PUBLICATION YEAR","2019"',
        '"DOI","10.1000/q"',
        "",
        '"TITLE","On flow"',
        '"PUBLICATION YEAR","2020"',
    )
    first, second = library = read(text)
    assert not library.problems
    assert (people(first), first.doi, first.container_title) == (EBB, "10.1000/q", "Annals")
    assert (second.title, second.issued, second.doi) == ("On flow", Date.of(2020), None)


def test_cochrane() -> None:
    record = one(
        '"Cochrane ID","Author(s)","Title","Source","Year","DOI","Publication Type"',
        '"CN-01","Quist, A.; van der Roe, B.C.","On ebb","Annals",2019,10.1000/q,"Journal article"',
    )
    assert people(record) == EBB
    assert (record.container_title, record.source, record.type) == (
        "Annals",
        None,
        "article-journal",
    )


def test_covidence() -> None:
    record = one(
        "Title,Authors,Published Year,Published Month,Journal,DOI,Covidence #,Study",
        'On ebb,"Quist, A.; van der Roe, B.C.",2019,6,Annals,10.1000/q,#1,Quist 2019',
    )
    assert people(record) == EBB
    assert (record.issued, record.type) == (Date.of(2019, 6), "article-journal")


def test_dimensions_with_a_line_before_the_header() -> None:
    text = table(
        '"About the data: Exported on Jun 03, 2019."',
        "Rank,Publication ID,DOI,Title,Source title,Anthology title,Publication date,PubYear,"
        "Pagination,Publication Type,Authors,Source Linkout,Dimensions URL",
        '1,pub.1,10.1000/q,On ebb,,Tides,2019-06-03,2019,5-9,Chapter,"Quist, A.; '
        'van der Roe, B.C.",'
        "https://a.example,https://b.example",
    )
    (record,) = loads(text)
    assert people(record) == EBB
    assert (record.type, record.container_title, record.page) == ("chapter", "Tides", "5-9")
    assert (record.issued, record.url) == (Date.of(2019, 6, 3), "https://a.example")


@pytest.mark.parametrize(
    "authors",
    [
        "Quist, Ann and van der Roe, Bob",
        "Ann Quist and Bob van der Roe",
        "Quist, Ann;Bob van der Roe",
    ],
)
def test_jabref(authors: str) -> None:
    record = one(
        '"Identifier","BibliographyType","Author","Booktitle","Journal","Number","Title","Year"',
        f'"quist","6","{authors}","Tides 2019","","","On ebb","2019"',
    )
    assert people(record) == ("Quist, Ann", "van der Roe, Bob")
    assert (record.id, record.type, record.container_title) == (
        "quist",
        "paper-conference",
        "Tides 2019",
    )


@pytest.mark.parametrize(
    ("publication", "expected"),
    [("Annals", "article-journal"), ("Proceedings of Ebb", "paper-conference"), ("", "book")],
)
def test_google_scholar(publication: str, expected: str) -> None:
    record = one(
        "Authors,Title,Publication,Volume,Number,Pages,Year,Publisher",
        f'"Quist, Ann B; van der Roe, Bob; ",On ebb,{publication},12,3,5-9,2019,Press',
    )
    assert people(record) == ("Quist, Ann B", "van der Roe, Bob")
    assert (record.type, record.volume, record.issue) == (expected, "12", "3")


def test_eppi_reviewer() -> None:
    columns = "ItemId,Title,Authors,Parent Title,Item Type,Year"
    record = one(columns, '7,On ebb,"Quist A ; van der Roe B C;",Annals,"Journal, Article",2019')
    assert people(record) == ("Quist, A", "van der Roe, B C")
    assert (record.id, record.type, record.container_title) == ("7", "article-journal", "Annals")
    joined = columns.replace("Parent Title", "ParentTitle")
    assert (
        one(joined, '7,On ebb,Quist A;,Annals,"Journal, Article",2019').container_title == "Annals"
    )
    library = read(table(columns, '7,On ebb,van der Roe Bob Carl,,"Book, Whole",2019'))
    assert people(library[0]) == ("van der Roe, Bob Carl",)
    assert (library[0].type, codes(library)) == ("book", ["guessed-names"])


def test_ieee_xplore_and_publish_or_perish() -> None:
    record = one(
        '"Document Title",Authors,Publication Title,Publication Year,IEEE Terms,'
        "Document Identifier",
        "On ebb,A. Quist; B. C. van der Roe,Proc. Ebb,2019,Tides,IEEE Conferences",
    )
    assert people(record) == ("Quist, A.", "van der Roe, B. C.")
    assert record.type == "paper-conference"
    record = one(
        "Cites,Authors,Title,Year,Source,Publisher,ArticleURL,CitesURL,GSRank",
        '1,"A Quist, B van der Roe",On ebb,2019,Annals,Press,https://a.example,https://b.example,1',
    )
    assert people(record) == ("Quist, A", "van der Roe, B")
    assert (record.container_title, record.url) == ("Annals", "https://a.example")


@pytest.mark.parametrize(
    ("authors", "families"),
    [
        ("Quist A, Roe BC, van der Doe J.", ["Quist", "Roe", "Doe"]),
        ("A. Quist, B. Roe", ["Quist", "Roe"]),
        ("Ann Quist | Bob Roe", ["Quist", "Roe"]),
        ("Quist, Ann\nRoe, Bob", ["Quist", "Roe"]),
        ("Quist, A., Roe, B., & Doe, C.", ["Quist", "Roe", "Doe"]),
        ("Quist A.; Roe B.", ["Quist", "Roe"]),
    ],
)
def test_names_of_a_table_that_is_unknown_are_guessed_and_that_is_said(
    authors: str, families: list[str]
) -> None:
    library = read(table("Title,Authors,Year", f'One,"{authors}",2019'))
    assert [name.family for name in library[0].author] == families
    assert set(codes(library)) == {"guessed-names"}


def test_what_refcite_writes_is_the_table_of_no_database() -> None:
    assert database_of(["id", "type", "author", "Lens ID", "EID", "Covidence #"]) == (None, None)


@pytest.mark.parametrize(
    ("group", "name"),
    [(group, known.name) for known in DATABASES for group in (*known.signs, *known.weak_signs)],
)
def test_the_headers_of_a_database_tell_no_other(group: str, name: str) -> None:
    found, _ = database_of(re.split("; ", group))
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    ("columns", "row"),
    [
        ("TY,AU,TI,JO,PY", 'JOUR,"Quist, A.; van der Roe, B.C.",On ebb,Annals of Tides,2019'),
        ("A1\tT1\tJF\tYR", "Quist, A.; van der Roe, B.C.\tOn ebb\tAnnals of Tides\t2019"),
        ("AU\tTI\tSO\tPY", "Quist, A.; van der Roe, B.C.\tOn ebb\tAnnals of Tides\t2019"),
    ],
)
def test_tags_as_columns(columns: str, row: str) -> None:
    record = one(columns, row)
    assert people(record) == EBB
    assert (record.type, record.title) == ("article-journal", "On ebb")
    assert (record.container_title, record.issued) == ("Annals of Tides", Date.of(2019))


@pytest.mark.parametrize(
    ("cells", "type_", "reporter"),
    [("case,Roe v. Doe,Tide Rep.,", "legal_case", "Tide Rep."), ("statute,Ebb Act,,Stat.",
     "legislation", "Stat.")],
)  # fmt: skip
def test_zotero_s_reporters_and_codes_contain_the_law(
    cells: str, type_: str, reporter: str
) -> None:
    columns = "Item Type,Title,Reporter,Code,Publication Title,Library Catalog,Key"
    record = one(columns, f"{cells},,,K1")
    assert (record.id, record.type, record.container_title) == ("K1", type_, reporter)
    assert not record.extra


def test_the_kind_of_an_article_that_a_citation_names() -> None:
    row = "Quist A.,,On ebb,2019,Annals of Tides,,11,19,,Editorial,Scopus,2-s2.0-1"
    record = one(SCOPUS, row)
    assert (record.type, record.genre) == ("article-journal", "Editorial")
