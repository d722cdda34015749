"""Styles that are compiled for the shapes of items print what they print for any item."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import refcite
from refcite.csl.render import shapes
from refcite.csl.render.item import Item
from refcite.csl.render.shapes import ANY_SHAPE, Shapes, shape_of
from refcite.record import Record
from tests.csl.small import book, cluster, engine_for, style_xml

ITEMS = json.loads((Path(__file__).parent / "peers" / "items.json").read_text(encoding="utf-8"))
STYLES = (
    "apa",
    "chicago-author-date",
    "chicago-notes-bibliography",
    "ieee",
    "modern-language-association",
    "oscola",
)
NEVER = 10**6


def _printed(style: str, library: refcite.Library) -> list[str]:
    processor = refcite.Processor(style, output="html")
    citations = [str(processor.cite(record)) for record in library]
    citations += [
        str(processor.cite(refcite.Cite(record, locator=str(number))))
        for number, record in enumerate(library)
    ]
    entries = processor.bibliography() if processor.has_bibliography else ()
    return [*citations, *(entry.text for entry in entries)]


@pytest.mark.parametrize("style", STYLES)
def test_folded_styles_print_the_same(style: str, monkeypatch: pytest.MonkeyPatch) -> None:
    library = refcite.loads(json.dumps(ITEMS), "csl-json")
    monkeypatch.setattr(shapes, "_COMMON", NEVER)
    unfolded = _printed(style, library)
    monkeypatch.setattr(shapes, "_COMMON", 1)
    assert _printed(style, library) == unfolded
    monkeypatch.setattr(shapes, "_MOST", 3)
    assert _printed(style, library) == unfolded


@pytest.mark.parametrize(
    ("layout", "text"),
    [
        # A term beside an empty variable, and a term with a variable of another group.
        ('<group delimiter=" "><text term="in"/><text variable="DOI"/></group>', ""),
        (
            '<group delimiter=" "><text value="Vol."/><group><text variable="title"/>'
            '<text variable="volume"/></group></group>',
            "Vol. Ants",
        ),
        # Names: one role of two, and what takes their place.
        ('<names variable="editor author"/>', "Jo Doe"),
        (
            '<names variable="editor"><substitute><text variable="title"/></substitute></names>',
            "Ants",
        ),
        # Conditions: on a missing variable, and on what a present one holds.
        (
            '<choose><if variable="DOI URL" match="any"><text value="a"/></if>'
            '<else-if is-numeric="edition"><text value="b"/></else-if>'
            '<else-if is-numeric="note"><text value="c"/></else-if>'
            '<else-if is-uncertain-date="issued"><text value="d"/></else-if>'
            '<else-if variable="title note" match="all"><text value="e"/></else-if></choose>',
            "e",
        ),
        # The short form of a title that has none, and pages that are no first page.
        ('<text variable="title" form="short"/><text variable="page-first" prefix=" "/>', "Ants 4"),
    ],
)
def test_what_a_shape_lacks_prints_nothing(layout: str, text: str) -> None:
    records = [book(f"b{n}", "Doe, Jo", title="Ants", note="fair", page="4-9") for n in range(30)]
    engine = engine_for(style_xml(layout), *records)
    assert str(engine.cite_alone(cluster("b29"))) == text
    assert str(engine_for(style_xml(layout), records[29]).cite_alone(cluster("b29"))) == text


def test_conditions_that_are_counted_are_not_folded() -> None:
    layout = """<names variable="author"/><choose>
        <if disambiguate="true" variable="DOI"><text value=" doi"/></if>
        <else-if disambiguate="true" variable="title"><text variable="title" prefix=" "/></else-if>
        </choose>"""
    records = [book(f"b{n}", "Doe", title=f"T{n}") for n in range(30)]
    engine = engine_for(style_xml(layout), *records)
    engine.set_document([cluster(record.id) for record in records])
    alone = engine_for(style_xml(layout), *records[:2])
    alone.set_document([cluster(record.id) for record in records[:2]])
    assert list(map(str, engine.citations[:2])) == list(map(str, alone.citations))


def test_only_common_shapes_are_compiled() -> None:
    counted = Shapes(["title", "DOI", "locator"])
    items = [Item(f"b{n}", book(f"b{n}", "Doe", title="A"), n) for n in range(25)]
    rare = Item("rare", Record(id="rare", doi="10.1/1"), 25)
    for item in (*items, rare):
        counted.add(item)
    common = shape_of(items[0])
    assert shape_of(rare) is ANY_SHAPE
    assert [common.has(name) for name in ("title", "DOI", "locator", "volume")] == [
        True,
        False,
        None,
        None,
    ]


def test_an_explanation_has_the_elements_that_a_shape_omits() -> None:
    library = refcite.Library(book(f"b{n}", "Doe", title=f"Ants {n}") for n in range(30))
    processor = refcite.Processor("apa", library=library)
    processor.nocite(library)
    processor.bibliography()
    explained = processor.explain(library[29])
    alone = refcite.Processor("apa").explain(library[29])
    assert {skipped.variables for skipped in explained.skipped} == {
        skipped.variables for skipped in alone.skipped
    }
    assert explained.skipped


def test_a_name_that_must_show_more_is_expected_before_its_cite() -> None:
    style = style_xml(
        '<names variable="author"><name form="short" initialize-with=". "/></names>',
        citation='disambiguate-add-givenname="true" givenname-disambiguation-rule="all-names"',
    )
    records = [book("a", "Doe, Jo"), book("b", "Doe, Al"), book("c", "Roe, Jo", "Doe, Alan")]
    together, one_by_one = engine_for(style, *records), engine_for(style, *records)
    together.nocite([record.id for record in records])
    for record in records:
        one_by_one.nocite([record.id])
    expected = ["J. Doe", "Al Doe", "Roe, Alan Doe"]
    for engine in (together, one_by_one):
        assert [str(engine.cite_alone(cluster(record.id))) for record in records] == expected
