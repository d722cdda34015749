"""JATS: the article, its references in all their forms, and the tag set's DTD."""

from __future__ import annotations

from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from refcite import Date, Name, Record
from refcite.formats import guess_format
from refcite.formats.jats import mapping, read, write
from refcite.problems import UnknownFormatError
from refcite.vocabulary import ITEM_TYPES, VARIABLES, attribute_of
from tests.formats.jats_documents import ARTICLE, REFERENCES
from tests.formats.samples import sample
from tests.formats.schemas import schema_of
from tests.formats.strategies import WHEN, carried_records

XLINK: Final = 'xmlns:xlink="http://www.w3.org/1999/xlink"'


def of(citation: str, kind: str = "journal", tag: str = "element-citation") -> Record:
    text = f'<{tag} publication-type="{kind}">{citation}</{tag}>'
    (record,) = read(f"<ref-list {XLINK}><ref>{text}</ref></ref-list>")
    return record


# The article


def test_the_article_itself_is_the_first_record() -> None:
    article = read(ARTICLE)[0]
    assert article.type == "article-journal"
    assert article.variables() == {
        "title": "Tides in H<sub>2</sub>O: A model",
        "author": (
            Name(family="Quist", given="Anna B.", suffix="Jr."),
            Name(literal="Tide Group"),
        ),
        "editor": (Name(family="Roe", given="Carl"),),
        "container_title": "Annals of Ebb",
        "container_title_short": "Ann Ebb",
        "publisher": "Tide Press",
        "publisher_place": "Oslo",
        "issn": "0378-5955",
        "issued": Date.of(2022, 1),
        "available_date": Date.of(2021, 3, 5),
        "submitted": Date.of(2020, 9, 1),
        "volume": "12",
        "issue": "2",
        "number": "e7",
        "doi": "10.1000/ebb.7",
        "pmid": "30000001",
        "pmcid": "PMC2377243",
        "url": "https://tides.example/ebb-7",
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "abstract": "Tides are <i>long</i>.\nFjords are narrow.",
        "keyword": "tides, fjords",
        "language": "en",
    }
    assert article.extra == {
        "article-type": "review-article",
        "journal-id[journal-id-type=publisher-id]": "ebb",
        "pub-id[pub-id-type=publisher-id]": "ebb-7",
        "subject": "Oceans",
        "contrib": {
            "Quist, Jr., Anna B.": {
                "contrib-id[contrib-id-type=orcid]": "https://orcid.org/0000-0002-1825-0097"
            }
        },
        "history[date-type=accepted]": "2021-02-02",
        "copyright-statement": "© 2021 Quist",
        "abstract[abstract-type=teaser]": "Short.",
        "issn": "1878-5891",
    }


@pytest.mark.parametrize(
    ("dates", "issued", "available"),
    [
        ('<pub-date pub-type="collection"><year>2021</year></pub-date>'
         '<pub-date pub-type="epub"><day>5</day><month>3</month><year>2021</year></pub-date>',
         "2021-03-05", None),
        ('<pub-date pub-type="collection"><year>2022</year></pub-date>'
         '<pub-date date-type="pub" publication-format="electronic"><month>12</month>'
         "<year>2021</year></pub-date>", "2022", "2021-12"),
        ('<pub-date date-type="pub" publication-format="print"><season>Spring</season>'
         "<year>2021</year></pub-date>", "2021-21", None),
        ('<pub-date date-type="pub" iso-8601-date="2021-03-05"><year>2021</year></pub-date>',
         "2021-03-05", None),
    ],
)  # fmt: skip
def test_the_date_of_the_issue_precedes_that_of_the_electronic_publication(
    dates: str, issued: str, available: str | None
) -> None:
    meta = f"<article-title>T</article-title>{dates}"
    record = read(f"<article article-type='x'><front><article-meta>{meta}</article-meta></front>"
                  "</article>")[0]  # fmt: skip
    assert str(record.issued) == issued
    assert record.available_date == (Date.parse(available) if available else None)


# References


def test_references_in_all_their_forms() -> None:
    library = read(ARTICLE)
    _, journal, chapter, other, plain, data, paper, thesis, web = library
    assert [one.id for one in library][1:] == ["r1", "r2", "r3", "r4", "r5", "r6", "r7", "r7-2"]
    assert journal.author == (
        Name(family="Berg", given="A", non_dropping_particle="van den"),
        Name(literal="Ebb Study Group"),
    )
    assert journal.et_al == {"author"}
    assert (journal.title, journal.page) == ("On <i>E. coli</i> in fjords", "1318-1323")
    assert (journal.issued, journal.extra) == (Date.of(2010), {"trans-title": "Om fjorder"})
    assert (chapter.type, chapter.title) == ("chapter", "Low water")
    assert chapter.author == (Name(family="Hutt", given="A"),)
    assert [name.family for name in chapter.editor] == ["Haken", "Roe"]
    assert (chapter.container_title, chapter.page) == ("Encyclopedia of Tides", "1-3")
    assert not chapter.extra
    assert "Asia Regional Series" in other.extra["mixed-citation"]
    assert plain.extra == {"mixed-citation": "Roe A. A book on lamps. Oslo: Lux; 1982."}
    assert (data.type, data.title, data.container_title) == ("dataset", "Ebb data", "Tide Archive")
    assert (data.number, data.url) == ("TA 109", "https://tides.example/109")
    assert data.accessed == Date.of(2019, 5, 30)
    assert data.extra["mixed-citation"] == "ANDRADE, M. Ebb data, 2018."
    assert (paper.type, paper.event_title, paper.event_place) == (
        "paper-conference", "Ebb Days", "Bergen",
    )  # fmt: skip
    assert (paper.author, paper.page) == ((Name(family="Doe", given="Dan"),), "177-86")
    assert (thesis.type, thesis.title, thesis.publisher) == (
        "thesis", "Ebb and law", "Tide University",
    )  # fmt: skip
    assert (web.type, web.title, web.url) == ("webpage", "Tide tables", "https://tides.example/")


def test_text_that_no_element_contains_is_reported() -> None:
    unread = [one for one in read(ARTICLE).problems if one.code == "unread-text"]
    assert [problem.key for problem in unread] == ["r3", "r4"]
    assert "Asia Regional Series" in unread[0].message


@pytest.mark.parametrize(
    ("citation", "kind", "values"),
    [
        ("<source>J Ebb</source><year>in press</year>", "journal",
         {"status": "in press"}),
        ("<collab><contrib-group><contrib><name><surname>Roe</surname></name></contrib>"
         "</contrib-group></collab><source>J</source>", "journal",
         {"author": (Name(family="Roe"),)}),
        ("<source>J Ebb</source><year>2001</year>", "journal",
         {"container_title": "J Ebb", "title": None}),
        ("<source>Moorings</source>", "book", {"title": "Moorings", "type": "book"}),
        ("<chapter-title>A</chapter-title><source>B</source>", "book",
         {"title": "A", "container_title": "B", "type": "chapter"}),
        ("<article-title>A</article-title><source>B</source>", "book", {"type": "chapter"}),
        ("<article-title>A</article-title><source>B</source>", "", {"type": "article-journal"}),
        ("<article-title>A</article-title>", "preprint", {"type": "article"}),
        ("<article-title>A</article-title>", "database", {"type": "dataset"}),
        ("<article-title>A</article-title><source>bioRxiv</source>", "journal",
         {"type": "article", "publisher": "bioRxiv"}),
        ("<source>S</source><edition>2nd ed.</edition><isbn>978-0-8052-1106-4</isbn>"
         "<size units='page'>352 p.</size>", "book",
         {"edition": "2", "isbn": "978-0-8052-1106-4", "number_of_pages": "352"}),
        ("<source>S</source><series>Tracts</series><version>2.1</version>", "software",
         {"collection_title": "Tracts", "version": "2.1"}),
        ("<article-title>A</article-title><elocation-id>e12</elocation-id>", "journal",
         {"number": "e12"}),
        ("<source>S</source><pub-id pub-id-type='accession' xlink:href='https://a.example/1'>G1"
         "</pub-id>", "data", {"number": "G1", "url": "https://a.example/1"}),
        ("<source>S</source><patent country='US'>US 7</patent>", "patent", {"number": "US 7"}),
        ("<source>S</source><year>2019</year><month>March</month><day>5</day>", "book",
         {"issued": Date.of(2019, 3, 5)}),
        ("<source>S</source><date iso-8601-date='2019-03'><year>2019</year><month>3</month></date>",
         "book", {"issued": Date.of(2019, 3)}),
        ("<source>S</source><access-date>5 March 2019</access-date>", "web",
         {"accessed": Date.of(2019, 3, 5)}),
        ("<source>S</source><ext-link xlink:href='https://doi.org/10.1000/182'>x</ext-link>",
         "book", {"doi": "10.1000/182", "url": None}),
        ("<person-group person-group-type='editor'><name><surname>Roe</surname></name>"
         "</person-group><source>S</source>", "book",
         {"author": (), "editor": (Name(family="Roe"),)}),
    ],
)  # fmt: skip
def test_values(citation: str, kind: str, values: dict[str, Any]) -> None:
    record = of(citation, kind)
    assert {name: getattr(record, name) for name in values} == values
    again = read(write([record]))[0]
    assert {name: getattr(again, name) for name in values} == values


def test_names_before_editors_are_the_editors_of_a_book() -> None:
    record = of("<name><surname>Roe</surname></name>, editor. <source>Tides</source>. "
                "<year>2001</year>.", "book", "mixed-citation")  # fmt: skip
    assert (record.editor, record.author) == ((Name(family="Roe"),), ())
    assert not record.extra


def test_the_marks_for_more_names() -> None:
    record = of("<name><surname>Roe</surname></name> et al. <article-title>T</article-title>.",
                "journal", "mixed-citation")  # fmt: skip
    assert record.et_al == {"author"}


# Broken and foreign texts


def test_what_can_be_saved_of_a_broken_text_is_read() -> None:
    end = '</element-citation></ref>\n<ref id="r2">'
    broken = ARTICLE.replace(end, end.removeprefix("</element-citation>"))
    library = read(broken)
    assert {"r2", "r4", "r7"} <= set(library.ids)
    assert library[0].doi == "10.1000/ebb.7"
    assert "broken-xml" in [problem.code for problem in library.problems]


def test_entities_and_dtds_are_not_followed() -> None:
    text = '<!DOCTYPE article [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    reference = "<ref><element-citation publication-type='book'><source>&f;</source>"
    library = read(f"{text}<ref-list>{reference}</element-citation></ref></ref-list>")
    assert library[0].title == "&f;"


BOOK: Final = """<book xml:lang="no"><collection-meta><title-group><title>Tide Tracts</title>
</title-group><volume-in-collection><volume-number>7</volume-number></volume-in-collection>
</collection-meta><book-meta><book-id book-id-type="doi">10.1000/tides</book-id><book-title-group>
<book-title>Tides</book-title><subtitle>An Atlas</subtitle></book-title-group><contrib-group>
<contrib contrib-type="editor"><name><surname>Loe</surname></name></contrib></contrib-group>
<pub-date><year>2019</year></pub-date><publisher><publisher-name>Tide Press</publisher-name>
</publisher></book-meta><book-body><book-part book-part-type="chapter"><book-part-meta>
<book-part-id book-part-id-type="doi">10.1000/tides.1</book-part-id><title-group><title>Ebb</title>
</title-group><contrib-group><contrib contrib-type="author"><name><surname>Roe</surname></name>
</contrib></contrib-group><fpage>3</fpage><lpage>9</lpage></book-part-meta></book-part>
<book-part><book-part-meta><fpage>10</fpage></book-part-meta></book-part></book-body></book>"""


def test_a_book_and_its_parts_with_titles() -> None:
    book, chapter = library = read(BOOK)
    assert not library.problems
    shared = {
        "issued": Date.of(2019),
        "publisher": "Tide Press",
        "editor": (Name(family="Loe"),),
        "collection_title": "Tide Tracts",
        "collection_number": "7",
    }
    assert (book.type, chapter.type) == ("book", "chapter")
    assert book.variables() == shared | {
        "title": "Tides: An Atlas",
        "doi": "10.1000/tides",
        "language": "no",
    }
    assert chapter.variables() == shared | {
        "title": "Ebb",
        "author": (Name(family="Roe"),),
        "container_title": "Tides: An Atlas",
        "page": "3-9",
        "doi": "10.1000/tides.1",
    }


def test_a_text_about_one_part_of_a_book_has_one_record() -> None:
    text = BOOK.replace("book-body>", "_>").replace("<_>", "").replace("</_>", "")
    (chapter,) = read(
        text.replace("<book ", "<book-part-wrapper ").replace("/book>", "/book-part-wrapper>")
    )
    assert (chapter.title, chapter.container_title) == ("Ebb", "Tides: An Atlas")


@pytest.mark.parametrize("text", [ARTICLE, REFERENCES, BOOK, "<article-meta></article-meta>"])
def test_the_format_is_recognised(text: str) -> None:
    assert guess_format(text).name == "jats"
    assert guess_format(text, "article.xml").name == "jats"
    assert guess_format(text, "article.nxml").name == "jats"


def test_docbook_is_not_jats() -> None:
    text = '<?xml version="1.0"?><article xmlns="http://docbook.org/ns/docbook"><title/></article>'
    with pytest.raises(UnknownFormatError, match="in none of the known formats"):
        guess_format(text)


@pytest.mark.parametrize("unit", ["<ref>", "<front>", "<name>", "<", "et al ", "<mixed-citation>"])
def test_megabytes_of_one_thing_do_not_hang(unit: str) -> None:
    read(unit * 20_000)
    read(f"<ref-list><ref><mixed-citation>{unit * 20_000}</mixed-citation></ref></ref-list>")


# Writing

HEAD: Final = (
    f'<article {XLINK} article-type="other"><front><journal-meta><journal-id>x</journal-id>'
    "<issn>0378-5955</issn></journal-meta><article-meta><title-group><article-title>x"
    "</article-title></title-group><pub-date><year>2001</year></pub-date></article-meta></front>"
    "<back>"
)
END: Final = "</back></article>"


def _records() -> list[Record]:
    found = []
    for csl_type in ITEM_TYPES:
        values = {attribute_of(name): sample(name) for name in VARIABLES}
        found += [
            Record(id=f"whole-{csl_type}", type=csl_type, **values),  # type: ignore[arg-type]
            Record(id=f"bare-{csl_type}", type=csl_type),  # type: ignore[arg-type]
            Record(
                id=f"odd {csl_type}", type=csl_type, author=(Name(literal="UNESCO"), Name()),  # type: ignore[arg-type]
                et_al=frozenset({"author"}), editor=sample("editor"), language="Old Norse",
                issued=Date.of(2001, season=1), accessed=Date(literal="long ago"), page="A-1",
                url="not an address", title="On <i>E. <b>coli</b></i> & <x>",
                extra={"comment[content-type=shelf]": "B", "pub-id[pub-id-type=pii]": ["1", "2"]},
            ),
        ]  # fmt: skip
    return found


def test_what_is_written_is_valid() -> None:
    tag_set = "catalogs/jats-publishing-dtd-1.1/JATS-journalpublishing1.dtd"
    dtd = etree.DTD(str(schema_of("packtools", tag_set)))
    text = write(_records()).partition("\n")[2]
    dtd.assertValid(etree.fromstring(f"{HEAD}{text}{END}".encode()))


CITATION_TEXT: Final = """
    article-title chapter-title collab comment conf-date conf-loc conf-name data-title
    date-in-citation day edition elocation-id ext-link fpage isbn issn issue issue-title lpage month
    page-range patent person-group pub-id publisher-loc publisher-name season series size source std
    supplement version volume year
"""
CITATION: Final = frozenset(CITATION_TEXT.split())
"""The elements of a citation that are written; the tag set allows them in any order."""


def test_a_citation_has_only_elements_of_the_tag_set_and_is_never_empty() -> None:
    root = etree.fromstring(write(_records()).encode())
    for citation in root.iter("element-citation"):
        assert {str(one.tag) for one in citation} <= CITATION
        assert len(citation)
    kinds = {one.get("person-group-type") for one in root.iter("person-group")}
    assert kinds == {None, "author", "compiler", "curator", "director", "editor", "translator"}


def test_records_and_what_is_kept_come_back() -> None:
    wanted = _records()
    found = list(read(write(wanted)))
    assert [one.id for one in found] == [one.id for one in wanted]
    assert [one.extra for one in found] == [one.extra for one in wanted]
    assert [one.title for one in found] == [one.title for one in wanted]


TEXTS = {"title", "volume", "abstract", "publisher", "call_number", "genre", "url", "number"}
MORE = (*WHEN, "1950?", "199X", "-0043")


@settings(max_examples=100, deadline=None)
@given(carried_records(mapping(), TEXTS, dates=("issued", "original_date"), when=MORE))
def test_any_record_with_what_the_table_carries_comes_back(record: Record) -> None:
    assert list(read(write([record]))) == [record]


PIECES = st.sampled_from(
    [
        *"<>/&;\n ]'\"",
        *("<article-title>", "</article-title>", "<source>", "</source>", "<year>2001</year>"),
        *("<name><surname>Roe</surname></name>", "<etal/>", "a, b", "et al.", "<comment>"),
        *("</comment>", "<pub-id pub-id-type='doi'>10.1/x</pub-id>", "<fpage>1</fpage>", "eds."),
        *("<person-group>", "</person-group>", "<month>x</month>", "<collab>", "</collab>"),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join), st.sampled_from(["element", "mixed"]))
def test_any_text_is_read_and_what_was_read_comes_back(text: str, kind: str) -> None:
    library = read(f"<ref-list><ref><{kind}-citation>{text}</{kind}-citation></ref></ref-list>")
    again = read(write(library))
    assert [record.variables() for record in again] == [record.variables() for record in library]
