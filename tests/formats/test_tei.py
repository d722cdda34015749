"""TEI: structured references and references of prose, GROBID's documents, and the schema."""

from __future__ import annotations

from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from refcite import Date, Name, Record, loads
from refcite.formats import guess_format
from refcite.formats.tei import mapping, read, write
from refcite.vocabulary import ITEM_TYPES, VARIABLES, attribute_of
from tests.formats.samples import sample
from tests.formats.schemas import schema_of
from tests.formats.strategies import WHEN, carried_records
from tests.formats.tei_documents import EDITION, PDF

NAMESPACE: Final = 'xmlns="http://www.tei-c.org/ns/1.0"'


def of(*elements: str, tag: str = "biblStruct", attributes: str = "") -> Record:
    text = f"<listBibl {NAMESPACE}><{tag} {attributes}>{''.join(elements)}</{tag}></listBibl>"
    (record,) = read(text)
    return record


def codes_of(text: str) -> list[str]:
    return [problem.code for problem in read(f"<listBibl {NAMESPACE}>{text}</listBibl>").problems]


# Documents


def test_a_document_of_grobid_gives_the_article_and_the_works_that_it_cites() -> None:
    library = read(PDF)
    article, paper, book, thesis, preprint, unread = library
    assert article.variables() == {
        "title": "Tides in narrow fjords: A model",
        "author": (Name(family="Quist", given="Anna B"), Name(family="Roe", given="Carl")),
        "container_title": "Annals of Ebb",
        "publisher": "Tide Press",
        "issued": Date.of(2021, 3, 5),
        "doi": "10.1000/ebb.7",
        "issn": "0378-5955",
        "abstract": "Tides are long.\nFjords are narrow.",
        "keyword": "tides, fjords",
        "license": "Open access",
    }
    assert article.type == "article-journal"
    assert article.extra["author"]["Quist, Anna B"] == {
        "affiliation": ["Tide University Oslo Norway"],
        "idno[type=ORCID]": ["0000-0002-1825-0097"],
        "email": ["quist@tide.example"],
    }
    assert (paper.id, paper.type) == ("b0", "paper-conference")
    assert paper.container_title == "Proceedings of the Ebb Days"
    assert (paper.event_title, paper.event_place) == ("Ebb Days", "Bergen, Norway")
    assert (paper.page, paper.volume, paper.issued) == ("5-9", "2", Date.of(2018, 6))
    assert (book.type, book.title, book.publisher_place) == ("book", "Moorings", "Oslo")
    assert (thesis.type, thesis.genre) == ("thesis", "PhD thesis")
    assert (preprint.type, preprint.number) == ("article", "arXiv:1706.03762")
    assert unread.extra["note[type=raw_reference]"] == "Anon., a pamphlet on ebb"
    assert not any(problem.code == "broken-xml" for problem in library.problems)


def test_an_edition_gives_its_references_of_prose() -> None:
    library = read(EDITION)
    wilde, castle, plain, article = library
    assert (wilde.id, wilde.type) == ("w1", "chapter")
    assert (wilde.title, wilde.container_title) == ("The Importance", "Plays and Poems")
    assert wilde.author == (Name(family="Wilde", given="Oscar"),)
    assert wilde.editor == (Name(family="Ellmann", given="Richard"),)
    assert (wilde.publisher, wilde.publisher_place, wilde.page) == ("Everyman", "London", "450–509")
    assert (castle.type, castle.title) == ("book", "The <i>Castle</i>")
    assert castle.translator == (Name(family="Muir", given="Willa"),)
    assert castle.issued == Date.parse("1926~")
    assert plain.extra["bibl"] == "Ann Roe, On Lamps (Oslo 1982)."
    assert (article.type, article.container_title) == ("article-journal", "Annals of Ebb")
    assert "author" in article.et_al
    assert [problem.code for problem in library.problems] == ["unknown-type", "unread-text"]


def test_an_empty_reference_is_none() -> None:
    text = "<biblStruct><analytic/><monogr><imprint><date/></imprint></monogr></biblStruct>"
    assert codes_of(text) == ["no-entries"]


# Values


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("<author>Chesnutt, David</author>", Name(family="Chesnutt", given="David")),
        ("<author>David Chesnutt</author>", Name(family="Chesnutt", given="David")),
        ("<author><name>University of Oslo</name></author>", Name(literal="University of Oslo")),
        ("<author><orgName>UNESCO</orgName></author>", Name(literal="UNESCO")),
        ("<author><name type='org'>Ann Lee</name></author>", Name(literal="Ann Lee")),
        ("<author><forename>Ann</forename> <surname>Lee</surname></author>",
         Name(family="Lee", given="Ann")),
        ("<author><persName><surname>Berg</surname><nameLink>van den</nameLink>"
         "<forename type='first'>A</forename><forename type='middle'>B</forename>"
         "<genName>Jr.</genName></persName></author>",
         Name(family="Berg", given="A B", non_dropping_particle="van den", suffix="Jr.")),
    ],
)  # fmt: skip
def test_names(author: str, name: Name) -> None:
    assert of(f"<monogr>{author}<title>T</title></monogr>").author == (name,)


@pytest.mark.parametrize(
    ("element", "variable"),
    [
        ("<editor role='translator'>Muir, Willa</editor>", "translator"),
        ("<editor role='ill.'>Muir, Willa</editor>", "illustrator"),
        ("<editor>Muir, Willa</editor>", "editor"),
        ("<respStmt><resp>translated by</resp><name>Muir, Willa</name></respStmt>", "translator"),
        ("<respStmt><resp>Hrsg.</resp><persName>Willa Muir</persName></respStmt>", "editor"),
        ("<respStmt><resp>Hg. von</resp><persName>Willa Muir</persName></respStmt>", "editor"),
        ("<respStmt><resp>edited by</resp><persName>Willa Muir</persName></respStmt>", "editor"),
    ],
)
def test_roles(element: str, variable: str) -> None:
    record = of(f"<monogr><title>T</title>{element}</monogr>")
    assert getattr(record, variable) == (Name(family="Muir", given="Willa"),)


def test_a_role_that_csl_does_not_have_is_kept() -> None:
    record = of(
        "<monogr><title>T</title><editor role='funder'>Roe, Ann</editor>"
        "<respStmt><resp>proofreading</resp><name>B. Poe</name></respStmt></monogr>"
    )
    assert record.extra == {"editor[role=funder]": "Roe, Ann", "respStmt": "proofreading B. Poe"}


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("<date when='1991-12'>(December, 1991):</date>", "1991-12"),
        ("<date when='2018-10-03'>Wednesday, October 3, 2018</date>", "2018-10-03"),
        ("<date when='1950'>ca. 1950</date>", "1950~"),
        ("<date>1955</date>", "1955"),
        ("<date from='1998' to='2001'>1998–2001</date>", "1998/2001"),
        ("<date notBefore='1998' notAfter='2001'/>", "1998/2001"),
        ("<date from='1998'/>", "1998/.."),
        ("<date when='2019-04-01T10:00:00Z'/>", "2019-04-01"),
    ],
)
def test_dates(date: str, expected: str) -> None:
    record = of(f"<monogr><title>T</title><imprint>{date}</imprint></monogr>")
    assert str(record.issued) == expected


@pytest.mark.parametrize(
    ("elements", "values"),
    [
        ("<monogr><title>T</title><imprint><biblScope type='vol'>vol. 7</biblScope>"
         "<biblScope type='pp'>pp. 3-5</biblScope></imprint></monogr>",
         {"volume": "7", "page": "3-5"}),
        ("<monogr><title>T</title><imprint/><biblScope unit='issue'>58,104</biblScope>"
         "<biblScope unit='article'>e7</biblScope></monogr>", {"issue": "58,104", "number": "e7"}),
        ("<monogr><title type='main'>T</title><title type='sub'>S</title></monogr>",
         {"title": "T: S"}),
        ("<monogr><title type='uniform'>U</title></monogr>", {"title": "U"}),
        ("<monogr><title>T</title><respStmt><orgName>University of Oslo</orgName></respStmt>"
         "<imprint><note type='url'>https://a.example/2</note></imprint></monogr>",
         {"publisher": "University of Oslo", "url": "https://a.example/2"}),
        ("<monogr><title>T</title><edition>Second edition</edition><imprint/>"
         "<extent>352 pp.</extent></monogr>", {"edition": "2", "number_of_pages": "352"}),
        ("<monogr><title>T</title></monogr><series><title level='s'>S</title>"
         "<biblScope unit='volume'>vol. 4</biblScope></series>",
         {"collection_title": "S", "collection_number": "4"}),
        ("<monogr><title>T</title><idno>10.1000/182</idno><idno type='isbn'>978-0-8052-1106-4"
         "</idno></monogr>", {"doi": "10.1000/182", "isbn": "978-0-8052-1106-4"}),
        ("<monogr><title>T</title></monogr><ref target='https://doi.org/10.1000/182'>here</ref>"
         "<ptr target='https://a.example/1'/>",
         {"doi": "10.1000/182", "url": "https://a.example/1"}),
        ("<monogr><title>T</title><textLang mainLang='deu'>German</textLang></monogr>",
         {"language": "de"}),
        ("<monogr><title>T</title></monogr><note type='tags'><note type='tag'>law</note>"
         "<note type='tag'>war</note></note>", {"keyword": "law, war"}),
    ],
)  # fmt: skip
def test_values(elements: str, values: dict[str, Any]) -> None:
    record = of(elements)
    assert {name: getattr(record, name) for name in values} == values
    again = read(write([record]))[0]
    assert {name: getattr(again, name) for name in values} == values


@pytest.mark.parametrize(
    ("attributes", "elements", "csl_type"),
    [
        ("type='journalArticle'", "<analytic><title>T</title></analytic><monogr/>",
         "article-journal"),
        ("type='article'", "<monogr><title level='j'>J</title></monogr>", "article-journal"),
        ("type='newspaperArticle'", "<monogr/>", "article-newspaper"),
        ("", "<monogr><title level='j'>J</title></monogr>", "periodical"),
        ("", "<monogr><title level='j'>J</title><author>A B</author></monogr>", "article-journal"),
        ("", "<monogr><title level='u'>Diary</title></monogr>", "manuscript"),
        ("", "<analytic><title>A</title></analytic><monogr><title level='m'>B</title><meeting>"
         "<address><addrLine>Oslo</addrLine></address></meeting><imprint/></monogr>",
         "paper-conference"),
        ("", "<monogr><title>Site</title></monogr><ptr target='http://a.example'/>", "webpage"),
        ("", "<analytic><title>A</title></analytic><monogr><title level='m'>B</title></monogr>",
         "chapter"),
    ],
)  # fmt: skip
def test_types(attributes: str, elements: str, csl_type: str) -> None:
    assert of(elements, attributes=attributes).type == csl_type


def test_what_has_no_variable_is_kept_under_its_path_and_written_back() -> None:
    record = of("<monogr><title>T</title><idno type='OCLC'>7</idno><sponsor>A Fund</sponsor>"
                "<imprint><date when='1926'/><date type='printed'>1925</date></imprint></monogr>"
                "<note type='shelf'>B 2</note><citedRange>p. 5</citedRange>",
                attributes="type='book' xml:id='a'")  # fmt: skip
    assert record.extra == {
        "idno[type=OCLC]": "7", "sponsor": "A Fund", "imprint/date[type=printed]": "1925",
        "note[type=shelf]": "B 2", "citedRange": "p. 5",
    }  # fmt: skip
    again = read(write([record]))[0].extra
    assert again == {
        key: text for key, text in record.extra.items() if key not in ("sponsor", "citedRange")
    }


def test_the_names_of_an_article_without_a_title_are_its_own() -> None:
    record = of("<monogr><title level='j'>J</title><author>Roe, Ann</author></monogr>")
    assert (record.author, record.container_title) == ((Name(family="Roe", given="Ann"),), "J")


def test_a_pointer_in_the_project_is_no_address() -> None:
    record = of("<title>T</title><ptr target='genres.xml#g1'/>", tag="bibl")
    assert (record.url, record.extra) == (None, {"ptr": "genres.xml#g1"})


def test_the_doi_of_a_book_is_not_that_of_its_chapter() -> None:
    record = of("<analytic><title>A</title></analytic><monogr><title level='m'>B</title>"
                "<idno type='DOI'>10.1000/book</idno></monogr>")  # fmt: skip
    assert (record.doi, record.extra) == (None, {"monogr/idno[type=DOI]": "10.1000/book"})


# Broken and foreign texts


def test_the_references_of_a_broken_text_are_saved() -> None:
    one = "<biblStruct type='book'><monogr><title>{}</title></monogr></biblStruct>"
    text = f"<TEI {NAMESPACE}><text>{one.format('A')}<biblStruct type='book'><monogr><title>B</mono"
    library = read(f"{text}{one.format('C')}")
    assert [record.title for record in library][::2] == ["A", "C"]
    assert "broken-xml" in [problem.code for problem in library.problems]


def test_entities_are_not_followed() -> None:
    text = f"<listBibl {NAMESPACE}><bibl><title>&f;</title></bibl></listBibl>"
    library = read(f'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>{text}')
    assert library[0].title == "&f;"


@pytest.mark.parametrize("text", [PDF, EDITION, f"<listBibl {NAMESPACE}/>", "<TEI.2></TEI.2>"])
def test_the_format_is_recognised(text: str) -> None:
    assert guess_format(text).name == "tei"
    assert guess_format(text, "refs.xml").name == "tei"


@pytest.mark.parametrize("unit", ["<bibl>", "<biblStruct>", "<title>", "<", "</bibl>", "et al. "])
def test_megabytes_of_one_thing_do_not_hang(unit: str) -> None:
    read(unit * 20_000)
    read(f"<listBibl {NAMESPACE}><bibl>{unit * 20_000}</bibl></listBibl>")


# Writing

HEAD: Final = (
    f"<TEI {NAMESPACE}><teiHeader><fileDesc><titleStmt><title/></titleStmt>"
    "<publicationStmt><p/></publicationStmt><sourceDesc>"
)
END: Final = "</sourceDesc></fileDesc></teiHeader><text><body><p/></body></text></TEI>"


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
                issued=Date.parse("1998/2001"), accessed=Date(literal="long ago"), page="A-1",
                event_title="Days", collection_number="3", url="not an address",
                extra={"note[type=shelf]": "B", "idno[type=OCLC]": ["1", "2"], "other": "x"},
            ),
        ]  # fmt: skip
    return found


def test_what_is_written_is_valid() -> None:
    schema = etree.RelaxNG(etree.parse(schema_of("HookTest", "resources/tei.rng")))
    text = write(_records()).partition("\n")[2]
    schema.assertValid(etree.fromstring(f"{HEAD}{text}{END}".encode()))


SEQUENCES: Final = {
    "biblStruct": ("analytic", "monogr", "series", "note", "ptr"),
    "monogr": (
        "title", "idno", "textLang", "author", "editor", "meeting", "availability", "edition",
        "imprint", "extent",
    ),
    "series": ("title", "editor", "biblScope"),
}  # fmt: skip
"""The sequences of the schema, for the elements that are written."""


def test_elements_are_in_the_order_of_the_schema() -> None:
    root = etree.fromstring(write(_records()).encode())
    for element in root.iter():
        order = SEQUENCES.get(etree.QName(element).localname)
        if order:
            tags = [etree.QName(one).localname for one in element]
            places = [order.index(tag) for tag in tags]
            assert places == sorted(places), tags
    for monogr in root.iter("{*}monogr"):
        tags = [etree.QName(one).localname for one in monogr]
        assert "imprint" in tags
        assert {"title", "idno"} & set(tags) or not {"author", "editor", "meeting"} & set(tags)


def test_markup_and_an_id_that_is_no_name_come_back() -> None:
    record = Record(id="2 b", type="book", title="On <i>E. <b>coli</b></i> in H<sub>2</sub>O & <x>")
    text = write([record, record])
    assert '<hi rend="italic">E. <hi rend="bold">coli</hi></hi>' in text
    assert list(read(text)) == [record, record]


TEXTS = {"title", "volume", "abstract", "publisher", "call_number", "genre", "url", "number"}
MORE = (*WHEN, "1950?", "199X", "-0043")


@settings(max_examples=100, deadline=None)
@given(carried_records(mapping(), TEXTS, dates=("issued", "original_date"), when=MORE))
def test_any_record_with_what_the_table_carries_comes_back(record: Record) -> None:
    assert list(read(write([record]))) == [record]


PIECES = st.sampled_from(
    [
        *"<>/&;\n ]'\"",
        *("<analytic>", "</analytic>", "<monogr>", "</monogr>", "<title level='j'>", "</title>"),
        *("<author>", "</author>", "<persName><surname>Roe</surname></persName>", "<imprint>"),
        *("<date when='2001'/>", "<biblScope unit='page' from='1'/>", "a, b", "<note type='x'>n"),
        *("</note>", "<idno type='DOI'>10.1/x</idno>", "<bibl>", "</bibl>", "et al.", "<series>"),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join), st.sampled_from(["bibl", "biblStruct"]))
def test_any_text_is_read_and_what_was_read_comes_back(text: str, tag: str) -> None:
    library = read(f"<listBibl {NAMESPACE}><{tag}>{text}</{tag}></listBibl>")
    again = loads(write(library), "tei")
    assert [record.variables() for record in again] == [record.variables() for record in library]


def test_a_second_date_is_kept_as_text() -> None:
    dates = '<date>2004</date><date when="2004-07-03"/><date from="2001" to="2002"/>'
    record = of(f"<monogr><title>One</title><imprint>{dates}</imprint></monogr>")
    assert record.extra == {"imprint/date": ["2004-07-03", "2001/2002"]}
