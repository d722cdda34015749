"""Explanations: every piece of an entry has an origin, and it is the one that is named."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest
from lxml import etree

from refcite.csl import Cite, Explanation, Processor, Where
from refcite.csl.catalogue import find_style
from refcite.csl.explanation import ExplainedSpan
from refcite.dates import Date
from refcite.names import Name
from refcite.problems import RefciteError
from refcite.record import Record
from tests.csl.records import records_of
from tests.csl.small import book, style_xml
from tests.shared import shared_path

DOE, ROE = Name.parse("Doe, Jane"), Name.parse("Roe, Richard")
OFFICE = Name(literal="Office of Tests")
WORKS = (
    book("book", "Doe, Jane", "Roe, Richard", title="Of bees", publisher="Hive", edition="2"),
    book("later", "Doe, Jane", "Roe, Richard", title="Of wasps", publisher="Hive"),
    Record(
        id="article", type="article-journal", title="“Why” bees?", author=(DOE,), volume="3",
        container_title="Apiary", issue="4", page="11-19", issued=Date.of(2001, 5), doi="10.1/b",
    ),
    Record(
        id="chapter", type="chapter", title="Drones", author=(ROE,), editor=(DOE, ROE),
        container_title="All about bees", page="3-9", issued=Date.of(1999), publisher="Hive",
        publisher_place="Combe",
    ),
    Record(
        id="report", type="report", title="Bees counted", author=(OFFICE,), issued=Date.of(2010),
        publisher="Office of Tests", number="7", url="https://example.org/7",
        accessed=Date.of(2020, 1, 31),
    ),
    Record(
        id="thesis", type="thesis", title="Honey", author=(ROE,), genre="PhD thesis",
        issued=Date.of(2005), publisher="University of Combe",
    ),
    Record(
        id="page", type="webpage", title="Bees today", container_title="Bee news",
        url="https://example.org/", issued=Date.of(2019, 4, 2), accessed=Date.of(2020, 1, 31),
    ),
    Record(
        id="news", type="article-newspaper", title="Swarm in town", author=(DOE,), page="A1",
        container_title="The Combe Times", issued=Date.of(2018, 7, 1),
    ),
    Record(
        id="many", type="book", title="Hives", issued=Date.of(2011), publisher="Hive",
        author=tuple(Name.parse(f"{letter}son, A. B.") for letter in "ABCDEFGHIJKLMNOPQRSTUVWXY"),
    ),
    Record(
        id="translated", type="book", title="Bienen", author=(ROE,), translator=(DOE,),
        publisher="Hive", volume="2", original_date=Date.of(1900), language="de",
    ),
)  # fmt: skip
STYLES = ("apa", "chicago-notes-bibliography", "ieee")


@cache
def _elements(style: str) -> dict[int, list[Any]]:
    """Return the elements of a style by the line where lxml finds them."""
    found: dict[int, list[Any]] = {}
    root: Any = etree.fromstring(find_style(style).xml)
    for element in root.iter("{*}*"):
        found.setdefault(element.sourceline, []).append(element)
    return found


def _in_file(style: str, where: Where) -> Any:
    """Return the element of a style's XML that an explanation names."""
    same = [
        element
        for element in _elements(style)[where.line]
        if etree.QName(element).localname == where.element
    ]
    assert same, f"no <{where.element}> in line {where.line}"
    return same[0]


def _explained(style: str, *, citation: bool = False) -> tuple[Explanation, ...]:
    processor = Processor(style, library=WORKS)
    return processor.explanations(WORKS, citation=citation)


def _prints(element: Any, span: ExplainedSpan, style: str) -> bool:
    """Tell whether an element of the style's XML can have printed a span."""
    get = element.get
    tag = etree.QName(element).localname
    if span.kind == "variable":
        if tag in ("name", "date-part"):
            owners = [where for where in span.path if where.element in ("names", "date")]
            element = _in_file(style, owners[-1])
        variables: list[str] = element.get("variable", "").split()
        return span.variable in variables or (span.variable == "year-suffix" and tag == "date")
    if span.kind == "term":
        et_al = span.term == "et-al" and tag in ("name", "names", "et-al")
        return et_al or bool(get("term") == span.term) or tag == "label"
    if span.kind == "affix":
        return span.source == "locale" or any(
            span.text.strip() in get(name, "") for name in ("prefix", "suffix")
        )
    if span.kind == "delimiter":
        is_listing = tag in ("name", "names", "date") or span.source == "locale"
        return is_listing or span.text.strip(" ") in get("delimiter", "")
    others: dict[str, bool] = {
        "quotes": get("quotes") == "true",
        "value": span.text in get("value", ""),
        "repeated-author": get("subsequent-author-substitute") == span.text,
        "display": True,
    }
    return others[span.kind]


@pytest.mark.parametrize("citation", [False, True], ids=["bibliography", "citation"])
@pytest.mark.parametrize("style", STYLES)
def test_every_line_holds_the_element_that_is_named(style: str, citation: bool) -> None:
    for explanation in _explained(style, citation=citation):
        assert explanation.spans
        for span in explanation.spans:
            assert _prints(_in_file(style, span.where), span, style), (explanation.id, span)
            for where in span.path:
                element = _in_file(style, where)
                if where.element == "macro":
                    assert element.get("name") == where.attributes["name"]
                elif where.element in ("if", "else-if", "text", "number", "date", "group"):
                    assert dict(element.attrib).items() >= dict(where.attributes).items()
        for skipped in explanation.skipped:
            for where in skipped.path:
                _in_file(style, where)
            for tested in skipped.tests:
                kind, _, value = tested.test.partition("=")
                branch = _in_file(style, skipped.path[-1])
                assert set(value.strip('"').split()) <= set(branch.get(kind, "").split())


@pytest.mark.parametrize("style", STYLES)
def test_the_pieces_are_the_entry(style: str) -> None:
    processor = Processor(style, library=WORKS)
    processor.nocite(WORKS)
    entries = {entry.id: entry.text for entry in processor.bibliography()}
    explained = processor.explanations(WORKS)
    assert {one.id: one.text for one in explained} == entries
    assert [one.id for one in explained] == list(entries)


def test_what_is_explained_is_what_is_printed_in_many_styles() -> None:
    folder = shared_path("golden")
    items = json.loads((folder / "items.json").read_text(encoding="utf-8"))
    records = records_of(items)
    styles = sorted(json.loads((folder / "citeproc-js.json").read_text(encoding="utf-8")))
    for style in styles[::8]:
        processor = Processor(style, library=records)
        processor.nocite(records)
        if processor.has_bibliography:
            printed = {entry.id: entry.text for entry in processor.bibliography()}
            explained = {one.id: one.text for one in processor.explanations(records)}
            assert {id_: text for id_, text in explained.items() if text} == printed, style


@pytest.mark.parametrize("style", [*STYLES, "modern-language-association", "nature"])
def test_a_citation_is_explained_as_it_is_printed_first(style: str) -> None:
    for work in WORKS:
        printed = Processor(style).cite(Cite(record=work), note=1)
        assert Processor(style).explain(work, citation=True).text == printed


def _entry(layout: str, *works: Record, options: str = "", head: str = "") -> list[Explanation]:
    xml = style_xml(
        '<text variable="title"/>',
        head=head,
        rest=f"<bibliography {options}><layout>{layout}</layout></bibliography>",
    )
    return list(Processor(xml).explanations(works))


def _pieces(explanation: Explanation) -> list[tuple[str, str]]:
    return [(span.text, span.variable or span.kind) for span in explanation.spans]


def test_a_comma_within_a_quotation_is_still_the_delimiter() -> None:
    (explained,) = _entry(
        '<group delimiter=", "><text variable="title" quotes="true"/>'
        '<text variable="publisher"/></group>',
        book("a", title="Bees", publisher="Hive"),
    )
    assert _pieces(explained) == [
        ("“", "quotes"),
        ("Bees", "title"),
        (",", "delimiter"),
        ("”", "quotes"),
        (" ", "delimiter"),
        ("Hive", "publisher"),
    ]


def test_names_are_told_apart_from_what_joins_them() -> None:
    work = book("a", "Doe, J.", "Roe, R.").replace(editor=(Name.parse("Poe, E."),))
    (explained,) = _entry(
        '<names variable="author editor" delimiter="; "><name and="text"/>'
        '<label form="short" prefix=" (" suffix=")"/></names>',
        work,
    )
    assert _pieces(explained) == [
        ("J. Doe", "author"),
        (" and ", "delimiter"),
        ("R. Roe", "author"),
        ("; ", "delimiter"),
        ("E. Poe", "editor"),
        (" (", "affix"),
        ("ed.", "term"),
        (")", "affix"),
    ]
    joints = [span.where.element for span in explained.spans if span.kind == "delimiter"]
    assert joints == ["name", "names"]


def test_a_repeated_author_is_named() -> None:
    works = book("a", "Doe, J.", title="A"), book("b", "Doe, J.", title="B")
    _, second = _entry(
        '<names variable="author"/><text variable="title" prefix=", "/>',
        *works,
        options='subsequent-author-substitute="---"',
    )
    assert _pieces(second) == [("---", "author"), (", ", "affix"), ("B", "title")]
    assert second.spans[0].kind == "repeated-author"
    assert second.unprinted == {"issued": ()}


def test_the_condition_that_kept_a_variable_out_is_named() -> None:
    (explained,) = _entry(
        '<text variable="title"/><choose><if type="article" variable="volume" match="all">'
        '<text variable="publisher"/></if><else><text variable="genre"/></else></choose>',
        book("a", title="Bees", publisher="Hive", volume="3"),
    )
    (skipped,) = explained.unprinted["publisher"]
    assert skipped.reason == "condition"
    assert [str(test) for test in skipped.tests] == [
        'type="article" is false',
        'variable="volume" is true',
    ]


@pytest.mark.parametrize(
    ("layout", "variable", "reason"),
    [
        ('<text variable="genre"/>', "genre", "empty"),
        ('<number variable="volume"/>', "volume", "empty"),
        ('<date variable="accessed" form="text"/>', "accessed", "empty"),
        (
            '<names variable="editor"><substitute><text variable="title"/></substitute></names>'
            '<text variable="title"/>',
            "title",
            "substituted",
        ),
        (
            '<names variable="author"><substitute><text variable="title"/></substitute></names>',
            "title",
            "not-needed",
        ),
        (
            '<choose><if variable="title"><text value="x"/></if>'
            '<else><text variable="publisher"/></else></choose>',
            "publisher",
            "not-reached",
        ),
    ],
)
def test_the_reason_is_named(layout: str, variable: str, reason: str) -> None:
    work = book("a", "Doe, J.", title="Bees", publisher="Hive")
    (explained,) = _entry(f"<text value='Start'/>{layout}", work)
    reasons = [one.reason for one in explained.skipped if variable in one.variables]
    assert reason in reasons


def test_the_branch_that_held_instead_is_named() -> None:
    (explained,) = _entry(
        '<choose><if variable="title"><text variable="title"/></if>'
        '<else><text variable="publisher"/></else></choose>',
        book("a", title="Bees", publisher="Hive"),
    )
    (skipped,) = explained.unprinted["publisher"]
    assert skipped.instead is not None
    assert skipped.instead.tag == '<if variable="title">'


def test_a_year_suffix_comes_from_the_document() -> None:
    processor = Processor("apa", library=WORKS)
    processor.nocite(WORKS)
    spans = processor.explain("later").spans
    (suffix,) = [span for span in spans if span.variable == "year-suffix"]
    assert (suffix.text, suffix.source) == ("b", "document")


def test_a_publisher_that_is_the_author_is_accounted_for() -> None:
    unprinted = Processor("apa", library=WORKS).explain("report").unprinted
    assert "same-as-author" in [one.reason for one in unprinted["publisher"]]


def test_a_dependent_style_names_its_parent() -> None:
    assert Processor("nature-digest", library=WORKS).explain("book").style == "nature"


def test_the_other_engine_does_not_explain() -> None:
    with pytest.raises(RefciteError, match="explains"):
        Processor("apa", engine="citeproc-py", library=WORKS).explain("book")
