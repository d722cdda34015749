"""Lists that go on: "et al." stands behind all the names that the record has."""

from __future__ import annotations

import pytest

from refcite import bibliography
from refcite.record import Record
from tests.csl.small import book, cluster, engine_for, style_xml

YEAR = '<date variable="issued"><date-part name="year"/></date>'


def _cited(names: str, *authors: str, **options: str) -> str:
    engine = engine_for(style_xml(names, **options), _more(*authors))
    return engine.cite(cluster("a"))


def _more(*authors: str, key: str = "a") -> Record:
    return book(key, *authors).replace(et_al=["author"])


@pytest.mark.parametrize(
    ("name", "et_al", "authors", "wanted"),
    [
        ('<name form="short" and="text"/>', "", ("Roe", "Poe"), "Roe, Poe, et al."),
        ('<name form="short" and="text"/>', "", ("Roe",), "Roe et al."),
        ('<name form="short" et-al-min="4" et-al-use-first="1"/>', "", ("Roe", "Poe"),
         "Roe, Poe, et al."),
        ('<name form="short" et-al-min="2" et-al-use-first="1"/>', "", ("Roe", "Poe"),
         "Roe et al."),
        ('<name form="short" et-al-min="3" et-al-use-first="1" et-al-use-last="true"/>', "",
         ("Roe", "Poe", "Doe"), "Roe et al."),
        ('<name form="short" delimiter-precedes-et-al="never"/>', "", ("Roe", "Poe"),
         "Roe, Poe et al."),
        ('<name form="short" delimiter-precedes-et-al="always"/>', "", ("Roe",), "Roe, et al."),
        ('<name form="short"/>', '<et-al term="and others"/>', ("Roe",), "Roe and others"),
    ],
)  # fmt: skip
def test_et_al_stands_whatever_the_limits_are(
    name: str, et_al: str, authors: tuple[str, ...], wanted: str
) -> None:
    assert _cited(f'<names variable="author">{name}{et_al}</names>', *authors) == wanted


def test_et_al_has_its_look() -> None:
    layout = '<names variable="author"><name form="short"/><et-al font-style="italic"/></names>'
    engine = engine_for(style_xml(layout), _more("Roe"), backend="html")
    assert engine.cite(cluster("a")) == "Roe <i>et al.</i>"


def test_a_label_is_that_of_several_persons() -> None:
    record = book("a").replace(editor=book("b", "Roe").author, et_al=["editor"])
    layout = '<names variable="editor"><name form="short"/><label prefix=" "/></names>'
    assert engine_for(style_xml(layout), record).cite(cluster("a")) == "Roe et al. editors"


def test_sorting_disambiguation_and_collapsing_know_the_difference() -> None:
    names = '<names variable="author"><name form="short"/></names>'
    both = (book("a", "Roe"), _more("Roe", key="b"))
    options = 'disambiguate-add-year-suffix="true" collapse="year"'
    engine = engine_for(style_xml(f"<group delimiter=' '>{names}{YEAR}</group>", citation=options),
                        *both)  # fmt: skip
    assert engine.cite(cluster("a", "b")) == "Roe 2000; Roe et al. 2000"
    twice = [_more("Roe", key=key) for key in "cd"]
    engine = engine_for(style_xml(f"<group delimiter=' '>{names}{YEAR}</group>", citation=options),
                        *twice)  # fmt: skip
    assert engine.cite(cluster("c", "d")) == "Roe et al. 2000a, 2000b"


@pytest.mark.parametrize(
    ("style", "start"),
    [
        ("apa", "Roe, A., Poe, B., et al. (2000)."),
        ("chicago-author-date", "Roe, Ann, Bob Poe, et al. 2000."),
        ("ieee", "[1] A. Roe, B. Poe, et al.,"),
    ],
)
def test_published_styles_print_it(style: str, start: str) -> None:
    work = _more("Roe, Ann", "Poe, Bob").replace(title="One")
    assert bibliography([work], style=style)[0].text.startswith(start)
    assert "et al." in bibliography([work], style=style, engine="citeproc-py")[0].text


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("გელაშვილი, ნინო", "ნინო გელაშვილი"),
        ("शर्मा, राम", "राम शर्मा"),
        ("Մարտիրոսյան, Արամ", "Արամ Մարտիրոսյան"),
        ("አበበ, ሰላም", "ሰላም አበበ"),
        ("毛, 泽东", "毛泽东"),
        ("김, 영수", "김영수"),
    ],
)
def test_names_are_written_with_a_space_except_in_east_asian_scripts(
    name: str, wanted: str
) -> None:
    engine = engine_for(style_xml('<names variable="author"/>'), book("a", name))
    assert engine.cite(cluster("a")) == wanted


@pytest.mark.parametrize(
    ("substitutes", "wanted"),
    [
        ('<text term="anonymous"/><text variable="title"/>', "/ Bees"),
        ('<text macro="unnamed"/><text variable="title"/>', "/ Bees"),
        (
            '<group delimiter=" "><text term="anonymous"/></group><names variable="editor"/>',
            "/ Bees",
        ),
        # In these the empty term is not in a result of its own.
        ('<text term="anonymous" form="short"/><text variable="title"/>', "anon./ Bees"),
        (
            '<group><text term="anonymous"/><text variable="volume"/></group><text value="X"/>',
            "X/ Bees",
        ),
        ('<text variable="title"/><text term="anonymous"/>', "Bees"),
    ],
)
def test_an_empty_term_can_be_the_substitute_of_names(substitutes: str, wanted: str) -> None:
    style = style_xml(
        f'<names variable="author"><substitute>{substitutes}</substitute></names>'
        '<text variable="title" prefix="/ "/>',
        head='<locale><terms><term name="anonymous"/></terms></locale>'
        '<macro name="unnamed"><text term="anonymous"/></macro>',
    )
    work = Record(id="a", type="book", title="Bees", editor="Jane Doe")
    assert engine_for(style, work).cite(cluster("a")) == wanted


@pytest.mark.parametrize(
    ("given", "mark", "wanted"),
    [
        ("J. R. Ronald", "", "JR Ronald Roe"),
        ("J. R. Ronald", ".", "J.R. Ronald Roe"),
        ("J R Ronald", ".", "J.R. Ronald Roe"),
        ("Ph. Ronald", "", "Ph Ronald Roe"),
        ("Ronald J", ". ", "Ronald J. Roe"),
        ("Ronald", ".", "Ronald Roe"),
    ],
)
def test_where_names_are_not_shortened_initials_have_the_mark_of_the_style(
    given: str, mark: str, wanted: str
) -> None:
    name = f'<name initialize="false" initialize-with="{mark}"/>'
    layout = f'<names variable="author">{name}</names>'
    assert engine_for(style_xml(layout), book("a", f"Roe, {given}")).cite(cluster("a")) == wanted
