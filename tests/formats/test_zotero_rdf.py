"""Zotero's RDF: items of every type, and what they refer to elsewhere in the file."""

from __future__ import annotations

import pytest

from refcite import Date, Name, loads
from refcite.formats import get_format, guess_format
from refcite.formats.zotero_rdf import mapping, read
from tests.formats.exports import ZOTERO_RDF

HEAD, END = ZOTERO_RDF.partition("<bib:Article")[0], "</rdf:RDF>"


def rdf(*elements: str) -> str:
    return "".join((HEAD, *elements, END))


def item(zotero_type: str, *elements: str) -> str:
    return (
        f'<rdf:Description rdf:about="#i"><z:itemType>{zotero_type}</z:itemType>'
        f"{''.join(elements)}</rdf:Description>"
    )


def test_an_article_has_the_data_of_its_journal_notes_and_attachments() -> None:
    article = loads(ZOTERO_RDF)[0]
    assert article.type == "article-journal"
    assert article.title == "Owls at night"
    assert article.author == (Name(family="Roe", given="Ann"), Name(literal="Owl Society"))
    assert article.container_title == "Journal of Owls"
    assert article.container_title_short == "J. Owls"
    assert (article.volume, article.issue, article.page) == ("3", "2", "5-9")
    assert (article.doi, article.issn) == ("10.1000/owls", "0378-5955")
    assert (article.issued, article.accessed) == (Date.of(2019, 3), Date.of(2020, 1, 5))
    assert article.url == "https://example.org/owls"
    assert article.keyword == "night, owls"
    assert article.language == "en"
    assert article.note == "PMID: 1"
    assert article.extra["notes"] == ["<p>A <b>note</b>.</p>"]
    assert article.extra["attachments"] == ["files/3/Owls.pdf"]
    assert article.extra["collections"] == ["Birds/Owls"]


def test_a_chapter_has_book_series_publisher_and_all_roles() -> None:
    chapter = loads(ZOTERO_RDF)[1]
    assert (chapter.id, chapter.type) == ("poe1999", "chapter")
    assert (chapter.container_title, chapter.isbn) == ("Birds", "9788252585605")
    assert (chapter.collection_title, chapter.collection_number) == ("Nature", "7")
    assert (chapter.publisher, chapter.publisher_place) == ("Fjord Press", "Oslo")
    assert [str(name) for name in chapter.editor or ()] == ["Moe, Di"]
    assert [str(name) for name in chapter.translator or ()] == ["Doe, Cy"]
    assert chapter.edition == "2"
    assert chapter.call_number == "QL696"


def test_notes_and_attachments_without_an_item_are_reported() -> None:
    library = loads(ZOTERO_RDF)
    assert len(library) == 2
    assert [problem.code for problem in library.problems] == ["not-read"]


@pytest.mark.parametrize("row", mapping().types, ids=lambda row: row.own)
def test_every_type_of_zotero_is_read(row: object) -> None:
    own, csl = row.own, row.csl  # type: ignore[attr-defined]
    assert read(rdf(item(own, "<dc:title>X</dc:title>")))[0].type == csl


def test_an_unknown_type_is_reported_and_an_item_without_one_has_that_of_its_element() -> None:
    library = read(rdf(item("scroll", "<dc:title>X</dc:title>")))
    assert library[0].type == "document"
    assert [problem.code for problem in library.problems] == ["unknown-type"]
    assert read(rdf("<bib:Thesis><dc:title>X</dc:title></bib:Thesis>"))[0].type == "thesis"


@pytest.mark.parametrize(
    ("zotero_type", "element", "variable", "value"),
    [
        ("thesis", "<z:type>PhD</z:type>", "genre", "PhD"),
        ("report", "<prism:number>A/1</prism:number>", "number", "A/1"),
        ("computerProgram", "<prism:edition>1.2</prism:edition>", "version", "1.2"),
        ("map", "<z:scale>1:50</z:scale>", "scale", "1:50"),
        ("film", "<z:runningTime>90 min</z:runningTime>", "dimensions", "90 min"),
        ("podcast", "<dcterms:extent>90 min</dcterms:extent>", "dimensions", "90 min"),
        ("preprint", "<z:repository>SocArXiv</z:repository>", "publisher", "SocArXiv"),
        ("statute", "<z:publicLawNumber>111-148</z:publicLawNumber>", "number", "111-148"),
        ("statute", "<z:code>U.S.C.</z:code>", "container_title", "U.S.C."),
        (
            "conferencePaper",
            "<bib:presentedAt><bib:Conference><dc:title>Owl Days</dc:title></bib:Conference>"
            "</bib:presentedAt>",
            "event_title",
            "Owl Days",
        ),
    ],
)
def test_fields_of_single_types(zotero_type: str, element: str, variable: str, value: str) -> None:
    assert getattr(read(rdf(item(zotero_type, element)))[0], variable) == value


def test_a_citation_key_in_the_field_extra_is_the_id() -> None:
    note = "<dc:description>Read again\nCitation Key: moe1999</dc:description>"
    record = read(rdf(item("book", note)))[0]
    assert (record.id, record.note) == ("moe1999", "Read again")


def test_elements_without_a_variable_are_kept() -> None:
    record = read(rdf(item("book", "<z:odd>1</z:odd>", '<dc:relation rdf:resource="#x"/>')))[0]
    assert dict(record.extra) == {"z:odd": "1", "dc:relation": "#x"}


def test_collections_in_each_other_do_not_loop() -> None:
    circle = "".join(
        f'<z:Collection rdf:about="#{one}"><dc:title>{one}</dc:title>'
        f'<dcterms:hasPart rdf:resource="#{other}"/><dcterms:hasPart rdf:resource="#i"/>'
        "</z:Collection>"
        for one, other in ("ab", "ba")
    )
    record = read(rdf(item("book"), circle))[0]
    assert record.extra["collections"] == ["b/a", "a/b"]


def test_a_broken_item_costs_no_other() -> None:
    broken = ZOTERO_RDF.replace("</dc:title>", "</dc:titel>", 1)
    library = read(broken)
    assert library.has_errors
    assert "poe1999" in library.ids


def test_entities_are_not_read() -> None:
    text = rdf(item("book", "<dc:title>a &file;</dc:title>"))
    library = read(f'<!DOCTYPE r [<!ENTITY file SYSTEM "file:///etc/hostname">]>{text}')
    assert all("/" not in (record.title or "") for record in library)
    assert [record.title for record in library] in (["a"], ["a &file;"], [])


@pytest.mark.parametrize("unit", ["<bib:Book>", "<z:Collection>", "<", "&", "</rdf:RDF>"])
def test_hostile_texts_are_read_in_linear_time(unit: str) -> None:
    read(ZOTERO_RDF + unit * 10_000)


def test_the_format_is_known_by_content_and_name() -> None:
    assert guess_format(ZOTERO_RDF).name == "zotero-rdf"
    assert guess_format(file="My Library.rdf").name == "zotero-rdf"
    assert not get_format("zotero-rdf").writes


@pytest.mark.parametrize("text", ["", "nothing", HEAD + END])
def test_a_text_without_items_is_reported(text: str) -> None:
    assert [problem.code for problem in read(text).problems][-1] in ("no-entries", "broken-xml")
