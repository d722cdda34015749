"""Explanations: every piece of an entry has an origin, and it is the one that is named."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest
from lxml import etree

from refcite.csl import Cite, Explanation, Processor, Where
from refcite.csl.explain.explanation import ExplainedSpan
from refcite.csl.explain.wording import settings_of
from refcite.csl.style.style_source import find_style
from refcite.dates import Date
from refcite.names import Name
from refcite.problems import RefciteError
from refcite.record import Record
from tests.csl.explained import explained_entries, pieces_of
from tests.csl.records import records_of
from tests.csl.small import book
from tests.share import long_but
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
        of_names = span.term in ("et-al", "and") and tag in ("name", "names", "et-al")
        return of_names or bool(get("term") == span.term) or tag == "label"
    if span.kind == "affix":
        places = [element, *(_in_file(style, one.where) for one in span.settings if one.where)]
        return span.source == "locale" or any(
            span.text.strip() in place.get(name, "")
            for place in places
            for name in ("prefix", "suffix")
        )
    if span.kind == "delimiter":
        said = {setting.value for setting in span.settings if "delimiter" in setting.name}
        is_listing = tag in ("name", "names") and (span.text in said or span.text in " … & ")
        is_listing |= tag == "date" or span.source == "locale"
        return is_listing or span.text.strip(" ") in get("delimiter", "")
    others: dict[str, bool] = {
        "quotes": get("quotes") == "true",
        "value": span.text in get("value", ""),
        "repeated-author": get("subsequent-author-substitute") == span.text,
        "display": True,
    }
    return others[span.kind]


@pytest.mark.parametrize("citation", [False, True], ids=["bibliography", "citation"])
@pytest.mark.parametrize("style", long_but({"apa", "ieee"}.__contains__, STYLES))
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
            for setting in span.settings:
                if setting.where is not None:
                    element = _in_file(style, setting.where)
                    is_own = setting.name in ("term", "date", "date-part")
                    assert is_own or element.get(setting.name) == setting.value
        for skipped in explanation.skipped:
            for where in skipped.path:
                _in_file(style, where)
            for tested in skipped.tests:
                kind, _, value = tested.test.partition("=")
                branch = _in_file(style, skipped.path[-1])
                assert set(value.strip('"').split()) <= set(branch.get(kind, "").split())


@pytest.mark.parametrize("style", STYLES)
def test_the_pieces_are_theexplained_entries(style: str) -> None:
    processor = Processor(style, library=WORKS)
    processor.nocite(WORKS)
    entries = {entry.id: entry.text for entry in processor.bibliography()}
    explained = processor.explanations(WORKS)
    assert {one.id: one.text for one in explained} == entries
    assert [one.id for one in explained] == list(entries)


@pytest.mark.parametrize("step", long_but((64).__eq__, [64, 8]))
def test_what_is_explained_is_what_is_printed_in_many_styles(step: int) -> None:
    folder = shared_path("golden")
    items = json.loads((folder / "items.json").read_text(encoding="utf-8"))
    records = records_of(items)
    styles = sorted(json.loads((folder / "citeproc-js.json").read_text(encoding="utf-8")))
    for style in styles[::step]:
        processor = Processor(style, library=records)
        processor.nocite(records)
        if processor.has_bibliography:
            printed = {entry.id: entry.text for entry in processor.bibliography()}
            explained = {one.id: one.text for one in processor.explanations(records)}
            assert {id_: text for id_, text in explained.items() if text} == printed, style


@pytest.mark.parametrize(
    "style",
    long_but(
        {"apa", "modern-language-association"}.__contains__,
        [*STYLES, "modern-language-association", "nature"],
    ),
)
def test_a_citation_is_explained_as_it_is_printed_first(style: str) -> None:
    for work in WORKS:
        printed = Processor(style).cite(Cite(record=work), note=1)
        assert Processor(style).explain(work, citation=True).text == printed


def test_a_comma_within_a_quotation_is_still_the_delimiter() -> None:
    (explained,) = explained_entries(
        '<group delimiter=", "><text variable="title" quotes="true"/>'
        '<text variable="publisher"/></group>',
        book("a", title="Bees", publisher="Hive"),
    )
    assert pieces_of(explained) == [
        ("“", "quotes"),
        ("Bees", "title"),
        (",", "delimiter"),
        ("”", "quotes"),
        (" ", "delimiter"),
        ("Hive", "publisher"),
    ]


def test_names_are_told_apart_from_what_joins_them() -> None:
    work = book("a", "Doe, J.", "Roe, R.").replace(editor=(Name.parse("Poe, E."),))
    (explained,) = explained_entries(
        '<names variable="author editor" delimiter="; "><name and="text"/>'
        '<label form="short" prefix=" (" suffix=")"/></names>',
        work,
    )
    assert pieces_of(explained) == [
        ("J. Doe", "author"),
        (" and ", "term"),
        ("R. Roe", "author"),
        ("; ", "delimiter"),
        ("E. Poe", "editor"),
        (" (", "affix"),
        ("ed.", "term"),
        (")", "affix"),
    ]
    joints = [span.where.element for span in explained.spans if span.kind == "delimiter"]
    assert joints == ["names"]


def test_a_repeated_author_is_named() -> None:
    works = book("a", "Doe, J.", title="A"), book("b", "Doe, J.", title="B")
    _, second = explained_entries(
        '<names variable="author"/><text variable="title" prefix=", "/>',
        *works,
        options='subsequent-author-substitute="---"',
    )
    assert pieces_of(second) == [("---", "author"), (", ", "affix"), ("B", "title")]
    assert second.spans[0].kind == "repeated-author"
    assert second.unprinted == {"issued": ()}


def test_the_condition_that_kept_a_variable_out_is_named() -> None:
    (explained,) = explained_entries(
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
    (explained,) = explained_entries(f"<text value='Start'/>{layout}", work)
    reasons = [one.reason for one in explained.skipped if variable in one.variables]
    assert reason in reasons


def test_the_branch_that_held_instead_is_named() -> None:
    (explained,) = explained_entries(
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


def test_what_a_manual_changes_is_accounted_for() -> None:
    thesis = Record(id="t", type="thesis", title="Salt", genre="PhD thesis")
    case = Record(
        id="c", type="legal_case", title="Roe v. Doe", container_title="U.S.", volume="9", page="1",
        authority="Supreme Court", issued=Date.of(1954),
    )  # fmt: skip
    data = Record(id="d", type="dataset", title="Ebb")
    processor = Processor("apa", library=[thesis, case, data])
    (degree,) = [span for span in processor.explain("t") if span.variable == "genre"]
    assert [(one.name, one.value) for one in degree.settings] == [("record", "PhD thesis")]
    unprinted = processor.explain("c").unprinted
    assert "converted" in [one.reason for one in unprinted["authority"]]
    medium = next(span for span in processor.explain("d") if span.variable == "medium")
    assert settings_of(medium) == ["changed by refcite: the record has no value"]
    assert "medium" not in processor.explain("d").variables


def test_a_dependent_style_names_its_parent() -> None:
    assert Processor("nature-digest", library=WORKS).explain("book").style == "nature"


def test_the_other_engine_does_not_explain() -> None:
    with pytest.raises(RefciteError, match="cannot explain"):
        Processor("apa", engine="citeproc-py", library=WORKS).explain("book")


# What is in the record and not in the entry


def test_a_first_page_stands_for_the_pages() -> None:
    work = book("a", title="Bees", page="11-19")
    (explained,) = explained_entries('<text variable="page-first"/>', work)
    assert pieces_of(explained) == [("11", "page-first")]
    assert list(explained.unprinted) == ["issued", "title"]
    (own,) = explained_entries('<text variable="page-first"/>', work.replace(page_first="11"))
    assert "page" in own.unprinted


def test_what_keeps_the_first_page_out_keeps_the_pages_out() -> None:
    (explained,) = explained_entries(
        '<text variable="title"/><choose><if type="chapter"><text variable="page-first"/></if>'
        "</choose>",
        book("a", title="Bees", page="11-19"),
    )
    assert [one.reason for one in explained.unprinted["page"]] == ["condition"]


def test_a_short_form_is_the_variable_that_is_printed() -> None:
    layout = '<text variable="title" form="short"/>'
    work = book("a", title="Bees and hives", title_short="Bees")
    (explained,) = explained_entries(layout, work)
    assert pieces_of(explained) == [("Bees", "title-short")]
    assert [one.reason for one in explained.unprinted["title"]] == ["short-form"]
    assert "title-short" not in explained.unprinted
    (without,) = explained_entries(layout, work.replace(title_short=None))
    assert pieces_of(without) == [("Bees and hives", "title")]


def test_names_that_are_printed_once_for_two_variables_are_accounted_for() -> None:
    work = book("a").replace(editor=(DOE,), translator=(DOE,))
    (explained,) = explained_entries('<names variable="editor translator"><label/></names>', work)
    assert [one.reason for one in explained.unprinted["translator"]] == ["same-names"]


def test_how_many_tests_must_hold_is_said() -> None:
    (explained,) = explained_entries(
        '<text variable="title"/><choose><if variable="volume" match="none">'
        '<text variable="publisher"/></if></choose>',
        book("a", title="Bees", publisher="Hive", volume="3"),
    )
    (skipped,) = explained.unprinted["publisher"]
    assert (skipped.match, [str(test) for test in skipped.tests]) == (
        "none",
        ['variable="volume" is true'],
    )


@pytest.mark.parametrize(
    ("name", "options", "where"),
    [
        ('<name et-al-min="2" et-al-use-first="1"/>', "", "name"),
        ("<name/>", 'et-al-min="2" et-al-use-first="1"', "bibliography"),
    ],
)
def test_names_that_are_left_out_are_counted(name: str, options: str, where: str) -> None:
    (explained,) = explained_entries(
        f'<names variable="author">{name}</names>',
        book("a", "Doe, J.", "Roe, R.", "Poe, E."),
        options=options,
    )
    (skipped,) = explained.cut["author"]
    assert (skipped.reason, skipped.left_out) == ("et-al", 2)
    assert skipped.where is not None
    assert (skipped.where.element, skipped.where.line > 1) == (where, True)
    assert [(one.name, one.value) for one in skipped.settings] == [
        ("et-al-min", "2"),
        ("et-al-use-first", "1"),
    ]
    assert explained.unprinted == {"issued": ()}


def test_the_names_before_the_last_are_counted_too() -> None:
    (explained,) = explained_entries(
        '<names variable="author"><name et-al-min="4" et-al-use-first="2" et-al-use-last="true"/>'
        "</names>",
        book("a", "Doe, J.", "Roe, R.", "Poe, E.", "Moe, M."),
    )
    assert explained.cut["author"][0].left_out == 1
    assert [span.text for span in explained.spans[2:]] == ["R. Roe", ", ", "… ", "M. Moe"]
