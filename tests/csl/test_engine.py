"""The document: positions, numbers, year suffixes and edits."""

from __future__ import annotations

import random

import pytest

from refcite.csl.document.cites import Cite, Cluster
from refcite.csl.document.positions import PositionTracker
from tests.csl.small import AUTHOR_YEAR, book, cluster, engine_for, style_xml

SPACED = f'<group delimiter=" ">{AUTHOR_YEAR}</group>'
SUFFIXED = style_xml(SPACED, citation='disambiguate-add-year-suffix="true" collapse="year-suffix"')
NOTES = style_xml(
    """<choose>
    <if position="ibid-with-locator"><text term="ibid" suffix=", "/><text variable="locator"/></if>
    <else-if position="ibid"><text term="ibid"/></else-if>
    <else-if position="subsequent"><names variable="author"/><text value=", above"/></else-if>
    <else><names variable="author"/><text variable="title" prefix=", "/></else>
    </choose>""",
    class_="note",
)


def test_a_later_work_gives_an_earlier_one_its_suffix() -> None:
    engine = engine_for(SUFFIXED, book("a", "Doe, Jo"), book("b", "Doe, Jo"), book("c", "Roe, Al"))
    assert engine.cite(cluster("a")) == "Doe 2000"
    assert engine.cite(cluster("c")) == "Roe 2000"
    assert engine.cite(cluster("b")) == "Doe 2000b"
    assert engine.changes() == {0: "Doe 2000a"}
    engine.remove(2)
    assert engine.changes() == {0: "Doe 2000"}


def test_edits_move_ibid() -> None:
    engine = engine_for(NOTES, book("a", "Doe", title="A"), book("b", "Roe", title="B"))
    engine.set_document([cluster("a", note=1), cluster("a", note=2), cluster("b", note=3)])
    assert engine.citations == ["Doe, A", "Ibid.", "Roe, B"]
    engine.changes()
    engine.insert(1, cluster("b", note=2))
    assert engine.changes() == {1: "Roe, B", 2: "Doe, above", 3: "Roe, above"}
    engine.remove(1)
    assert engine.citations == ["Doe, A", "Ibid.", "Roe, B"]


def test_ibid_does_not_reach_over_a_note_without_citations() -> None:
    engine = engine_for(NOTES, book("a", "Doe", title="A"))
    engine.set_document([cluster("a", note=1), cluster("a", note=2), cluster("a", note=4)])
    assert engine.citations == ["Doe, A", "Ibid.", "Doe, above"]


@pytest.mark.parametrize("is_divided", [False, True])
@pytest.mark.parametrize("sort", ['<sort><key variable="title" sort="descending"/></sort>', ""])
def test_an_edited_document_is_as_if_written_so(is_divided: bool, sort: str) -> None:
    records = [
        book(f"k{n}", f"Doe, {'AB'[n % 2]}", year=2000 + n % 3, title=str(n)) for n in range(9)
    ]
    chance = random.Random(1)
    style = style_xml(
        SPACED + '<text variable="citation-number" prefix=" ["/>',
        citation='disambiguate-add-year-suffix="true" disambiguate-add-givenname="true"',
        rest=f'<bibliography>{sort}<layout><text variable="title"/></layout></bibliography>',
    )

    def section_of(key: str) -> int:
        return int(key[1:]) % 3 == 1

    engine = engine_for(style, *records)
    if is_divided:
        engine.divide(section_of)
    clusters: list[Cluster] = []
    for _ in range(60):
        new = cluster(*chance.sample([record.id for record in records], 2))
        place = chance.randint(0, len(clusters))
        step = chance.random()
        if step < 0.5 or len(clusters) < 2:
            engine.insert(place, new)
            clusters.insert(place, new)
        elif step < 0.7:
            clusters.append(new)
            engine.cite(new)
        elif step < 0.85:
            place = min(place, len(clusters) - 1)
            engine.remove(place)
            del clusters[place]
        else:
            place = min(place, len(clusters) - 1)
            engine.replace(place, new)
            clusters[place] = new
    fresh = engine_for(style, *records)
    fresh.set_document(clusters)
    if is_divided:
        fresh.divide(section_of)
    assert engine.citations == fresh.citations
    assert engine.bibliography() == fresh.bibliography()
    engine.divide(None)
    fresh.divide(None)
    assert engine.citations == fresh.citations
    assert engine.bibliography() == fresh.bibliography()


def test_a_listed_work_that_is_cited_later_moves_among_the_cited_works() -> None:
    listing = "<bibliography><layout><text variable='title'/></layout></bibliography>"
    style = style_xml(SPACED, citation='disambiguate-add-year-suffix="true"', rest=listing)
    engine = engine_for(style, *(book(key, "Doe", title=key) for key in "abc"))
    engine.cite(cluster("a"))
    engine.nocite(["b", "c"])
    assert engine.citations == ["Doe 2000a"]
    assert engine.cite(cluster("c")) == "Doe 2000b"
    assert engine.order == ["a", "c", "b"]


@pytest.mark.parametrize(
    ("rule", "wanted"),
    [
        ("", "(Doe 2000; Doe 2001)"),
        ('disambiguate-add-givenname="true"', "(Doe 2000; Doe 2001)"),
        (
            'disambiguate-add-givenname="true" givenname-disambiguation-rule="all-names"',
            "(A. Doe 2000; B. Doe 2001)",
        ),
    ],
)
def test_names_are_told_apart_as_the_rule_says(rule: str, wanted: str) -> None:
    layout = SPACED.replace('form="short"', 'form="short" initialize-with=". "')
    engine = engine_for(
        style_xml(layout, citation=rule),
        book("a", "Doe, Ann"),
        book("b", "Doe, Ben", year=2001),
    )
    engine.nocite(["a", "b"])
    assert f"({engine.cite(cluster('a', 'b'))})" == wanted


def test_hidden_names_are_shown_where_they_tell_works_apart() -> None:
    engine = engine_for(
        style_xml(
            SPACED, citation='et-al-min="3" et-al-use-first="1" disambiguate-add-names="true"'
        ),
        book("a", "Doe", "Roe", "Poe"),
        book("b", "Doe", "Lee", "Poe"),
        book("c", "Doe", "Roe", "Fox", year=1999),
    )
    engine.nocite(["a", "b", "c"])
    assert engine.cite(cluster("a", "b", "c")) == (
        "Doe, Roe, et al. 2000; Doe, Lee, et al. 2000; Doe et al. 1999"
    )


def test_year_suffixes_collapse_and_form_ranges() -> None:
    ranged = SUFFIXED.replace('"year-suffix"', '"year-suffix-ranged"')
    records = [book(f"k{n}", "Doe") for n in range(5)]
    engine = engine_for(ranged, *records)
    engine.nocite([record.id for record in records])
    assert engine.cite(cluster("k0", "k1", "k2", "k4")) == "Doe 2000a–c; e"


def test_year_suffixes_collapse_beside_locators_too() -> None:
    cites = (Cite(record="a", locator="3"), Cite(record="b"), Cite(record="c", locator="5"))
    printed = SUFFIXED.replace("</group>", '<text variable="locator" prefix="p. "/></group>')
    for style, wanted in ((SUFFIXED, "Doe 2000a; b; c"), (printed, "Doe 2000a p. 3; b; c p. 5")):
        engine = engine_for(style, *(book(key, "Doe") for key in "abc"))
        assert engine.cite(Cluster(cites=cites)) == wanted


def test_names_come_before_given_names() -> None:
    engine = engine_for(
        style_xml(
            SPACED.replace('form="short"', 'form="short" initialize-with=". "'),
            citation='et-al-min="2" et-al-use-first="1" disambiguate-add-names="true" '
            'disambiguate-add-givenname="true" givenname-disambiguation-rule="by-cite"',
        ),
        book("a", "Doe, J.", "Roe, James B.", "Doe, J."),
        book("b", "Doe, J.", "Roe"),
        book("c", "Doe, Jane C.", "Doe, Jane", "Roe, Jane"),
        book("d", "Doe, K.", "Roe"),
    )
    engine.set_document([cluster(key) for key in "abc"])
    assert engine.citations == [
        "Doe, Roe, et al. 2000",
        "Doe and Roe 2000",
        "Doe, Doe, et al. 2000",
    ]
    engine.cite(cluster("d"))
    assert engine.citations[1::2] == ["J. Doe and Roe 2000", "K. Doe and Roe 2000"]


@pytest.mark.parametrize(
    ("method", "wanted"),
    [
        ('disambiguate-add-names="true"', ["Doe, Roe, and Poe 2000", "Doe, Roe, and Zoe 2000"]),
        ('disambiguate-add-year-suffix="true"', ["Doe et al. 2000a", "Doe et al. 2000b"]),
    ],
)
def test_first_cites_that_show_fewer_names_are_distinguished(
    method: str, wanted: list[str]
) -> None:
    limits = 'et-al-min="3" et-al-use-first="1" et-al-subsequent-min="4"'
    style = style_xml(SPACED, class_="note", citation=f"{limits} {method}")
    engine = engine_for(style, book("a", "Doe", "Roe", "Poe"), book("b", "Doe", "Roe", "Zoe"))
    engine.set_document([cluster("a", note=1), cluster("b", note=2), cluster("a", note=3)])
    assert engine.citations[:2] == wanted
    assert engine.citations[2].startswith("Doe, Roe, and Poe 2000")


def test_the_condition_comes_before_year_suffixes() -> None:
    title = '<choose><if disambiguate="true"><text variable="title"/></if></choose></group>'
    engine = engine_for(
        SUFFIXED.replace("</group>", title),
        *(book(key, "Doe", title=title) for key, title in zip("abc", "ABB", strict=True)),
    )
    engine.set_document([cluster(key) for key in "abc"])
    assert engine.citations == ["Doe 2000 A", "Doe 2000a B", "Doe 2000b B"]


def test_numbers_have_no_group_and_a_prefix_opens_a_range() -> None:
    style = style_xml(
        '<text variable="citation-number" prefix="[" suffix="]"/>',
        citation='collapse="citation-number" cite-group-delimiter="/"',
    )
    engine = engine_for(style, *(book(key, "Doe") for key in "abcd"))
    engine.nocite("abcd")
    assert engine.cite(cluster(*"dbca")) == "[4]; [2]; [3]; [1]"
    first, *others = cluster(*"abcd").cites
    seen = Cluster(cites=(Cite(record=first.record, prefix="see "), *others))
    assert engine.cite(seen) == "see [1]–[4]"


def test_notes_and_text_are_counted_apart() -> None:
    tracker = PositionTracker(near_note_distance=5)
    (first,) = tracker.place((Cite(record="a"),), 1, author_only=False)
    (in_text,) = tracker.place((Cite(record="a"),), None, author_only=False)
    (far,) = tracker.place((Cite(record="a"),), 9, author_only=False)
    assert first.position == in_text.position
    assert far.first_note == 1


@pytest.mark.parametrize("methods", ["", 'disambiguate-add-names="true"'])
@pytest.mark.parametrize(
    ("first", "wanted"),
    [
        # The cites print the numbers of two notes, so they are not identical.
        (["a", "b"], "Doe n. 1; Doe n. 2"),
        (["ab", "c"], "Doe n. 1 A; Doe n. 1 B"),
    ],
)
def test_the_number_of_the_first_note_distinguishes_cites(
    first: list[str], wanted: str, methods: str
) -> None:
    style = style_xml(
        '<names variable="author"/><text variable="first-reference-note-number" prefix=" n. "/>'
        '<choose><if disambiguate="true"><text variable="title" prefix=" "/></if></choose>',
        class_="note",
        citation=methods,
    )
    engine = engine_for(style, *(book(key, "Doe", title=key.upper()) for key in "abc"))
    engine.set_document(
        cluster(*keys, note=note) for note, keys in enumerate([*first, "ab"], start=1)
    )
    assert engine.citations[2] == wanted
