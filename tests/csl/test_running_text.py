"""Citations whose author is in the running text (`Cluster.mode`)."""

from __future__ import annotations

import pickle

import pytest

from refcite import Record
from refcite.csl import Citation, Cite, CiteMode, Cluster, Processor
from refcite.csl.document.cited import parts_of
from tests.csl.small import AUTHOR_YEAR, book, engine_for, style_xml

SPACED = f'<group delimiter=" ">{AUTHOR_YEAR}</group>'
BOTH = ("Doe, Jane", "Roe, Al")


def mode(which: CiteMode, *keys: str, note: int | None = None) -> Cluster:
    """Return a cluster in a mode."""
    return Cluster(cites=tuple(map(Cite, keys)), mode=which, note=note)


def test_composite_citations_put_the_author_in_the_text() -> None:
    style = style_xml(SPACED).replace("<layout ", '<layout prefix="(" suffix=")" ', 1)
    engine = engine_for(style, book("a", "Doe", "Roe"))
    assert engine.cite(mode("composite", "a")) == "Doe and Roe (2000)"
    assert engine.cite(mode("author-only", "a")) == "Doe and Roe"
    assert engine.cite(mode("suppress-author", "a")) == "(2000)"


def test_the_author_is_in_the_text_if_the_style_cites_numbers() -> None:
    style = style_xml('<text variable="citation-number" prefix="[" suffix="]"/>')
    works = [book("a", "Doe"), book("b", "Doe", "Roe"), book("c"), book("d", *"KLMN")]
    engine = engine_for(style, *works)
    assert [engine.cite(mode("composite", key)) for key in "abcd"] == [
        "Doe [1]",
        "Doe and Roe [2]",
        "[3]",
        "K et al. [4]",
    ]
    assert engine.cite(mode("author-only", "b")) == "Doe and Roe"


CASE = Record(id="a", type="legal_case", title="Roe v. Poe", issued=1954, authority="Sup. Ct.")


@pytest.mark.parametrize(
    ("style", "wanted"),
    [
        ("apa", "(Roe v. Poe, 1954)"),
        ("chicago-author-date", "(Roe v. Poe 1954)"),
        ("modern-language-association", "Roe v. Poe"),
        ("ieee", "[1]"),
        ("chicago-notes-bibliography", "Roe v. Poe (Sup. Ct. 1954)."),
        ("oscola", "Roe v Poe (Sup Ct)."),
    ],
)
def test_a_work_that_is_cited_without_an_author_is_printed_once(style: str, wanted: str) -> None:
    processor = Processor(style, library=[CASE])
    cited = processor.cite(mode("composite", "a", note=1 if wanted.endswith(".") else None))
    assert cited.in_text + cited.in_note == cited == wanted


NOTE = style_xml(
    '<names variable="author editor translator"><name and="text"/>'
    '<label form="short" prefix=", "/></names>'
    '<text variable="title" prefix=", "/>',
    class_="note",
)


def test_in_a_style_for_notes_the_author_and_the_note_are_apart() -> None:
    edited = Record(id="e", type="book", title="Ants", editor=("Jane Doe", "Al Roe"))
    engine = engine_for(NOTE, book("a", *BOTH, title="Bees"), edited)
    cited = engine.cite(mode("composite", "a", "e", note=1))
    assert (cited.in_text, cited.in_note) == (
        "Jane Doe and Al Roe",
        "Bees; Jane Doe and Al Roe, eds., Ants",
    )
    assert cited == "Jane Doe and Al Roe, Bees; Jane Doe and Al Roe, eds., Ants"
    # A sentence names persons, not their roles.
    edited_alone = engine.cite(mode("composite", "e", note=2))
    assert (edited_alone.in_text, edited_alone.in_note) == ("Jane Doe and Al Roe", "Ants")
    assert engine.cite(mode("author-only", "e")).in_text == "Jane Doe and Al Roe"
    assert engine.cite(mode("suppress-author", "a", note=3)).in_note == "Bees"


def test_names_in_the_text_are_not_inverted_and_later_names_are_no_author() -> None:
    inverted = style_xml(
        '<text variable="title" suffix=". "/>'
        '<names variable="translator"><name name-as-sort-order="all"/></names>',
        class_="note",
    )
    work = Record(id="t", type="book", title="Bees", translator="Jane Doe")
    engine = engine_for(inverted, work, work.replace(id="a", author="Al Roe"))
    (translated, authored) = (engine.cite(mode("composite", key, note=1)) for key in "ta")
    assert (translated.in_text, translated.in_note) == ("", "Bees. Doe, Jane")
    assert (authored.in_text, authored.in_note) == ("Roe", "Bees. Doe, Jane")
    engine = engine_for(inverted.replace("translator", "author"), book("b", *BOTH, title="Ants"))
    # The author follows the title in this style, and is the author nevertheless.
    assert engine.cite(mode("composite", "b", note=1)).in_text == "Jane Doe, Al Roe"


def test_a_change_of_the_author_alone_is_reported() -> None:
    style = style_xml(
        '<choose><if position="ibid"><text term="ibid"/></if>'
        '<else><names variable="author"><name form="short"/></names></else></choose>',
        class_="note",
        citation='disambiguate-add-givenname="true"',
    )
    engine = engine_for(style, book("a", "Doe, Jane"), book("b", "Doe, Al"))
    engine.cite(mode("normal", "a", note=1))
    before = engine.cite(mode("composite", "a", note=2))
    assert (before, before.in_text, before.in_note) == ("Ibid.", "Doe", "Ibid.")
    engine.cite(mode("normal", "b", note=3))
    after = engine.changes()[1]
    assert (after, after.in_text, after.in_note) == ("Ibid.", "Jane Doe", "Ibid.")
    assert after == before


def test_a_citation_can_be_pickled() -> None:
    cited = Citation("Doe, Bees.", in_text="Doe", in_note="Bees.")
    assert parts_of(pickle.loads(pickle.dumps(cited))) == parts_of(cited)


def test_other_works_of_the_author_follow_without_the_name() -> None:
    style = style_xml(SPACED, citation='collapse="year"', sort='<sort><key macro="n"/></sort>')
    style = style.replace("<citation", f'<macro name="n">{AUTHOR_YEAR}</macro><citation', 1)
    works = [book("z", "Zed"), book("a", "Doe", year=2001), book("b", "Doe", year=2003)]
    engine = engine_for(style, *works)
    assert engine.cite(mode("composite", "z", "a")) == "Zed 2000; Doe 2001"
    assert engine.cite(mode("composite", "a", "b", "z")) == "Doe 2001, 2003; Zed 2000"
    assert engine.cite(mode("suppress-author", "a", "b")) == "2001, 2003"


def test_a_superscript_follows_the_author_without_a_space() -> None:
    style = style_xml('<text variable="citation-number" vertical-align="sup"/>')
    for backend, wanted in [("html", "Doe<sup>1</sup>"), ("text", "Doe 1")]:
        engine = engine_for(style, book("a", "Doe"), backend=backend)
        assert engine.cite(mode("composite", "a")) == wanted


@pytest.mark.parametrize("style", ["apa", "apa-6th-edition", "chinese-journal-of-communication"])
def test_the_ampersand_of_apa_is_a_word_in_the_text(style: str) -> None:
    cited = mode("composite", "a")
    authors = book("a", *BOTH)
    assert Processor(style, library=[authors]).cite("a").startswith("(Doe & Roe")
    assert Processor(style, library=[authors]).cite(cited).startswith("Doe and Roe (2000")
    plain = Processor(style, library=[authors], keep_ampersand=True)
    assert plain.cite(cited).startswith("Doe & Roe (2000")
    german = Processor(style, library=[authors], locale="de")
    assert german.cite(mode("author-only", "a")) == "Doe und Roe"


def test_other_manuals_keep_the_ampersand() -> None:
    processor = Processor("the-astrophysical-journal", library=[book("a", *BOTH)])
    assert processor.cite(mode("composite", "a")) == "Doe & Roe (2000)"
