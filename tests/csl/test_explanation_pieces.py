"""Explanations: whose each piece is, and what shaped it from elsewhere in the style."""

from __future__ import annotations

import pytest

from refcite.csl import Explanation, Processor
from refcite.csl.explain.explanation import ExplainedSpan
from refcite.dates import Date
from refcite.names import Name
from refcite.record import Record
from tests.csl.explained import explained_entries, pieces_of
from tests.csl.small import book, style_xml

DOE = Name.parse("Doe, Jane")


def _settings(span: ExplainedSpan) -> list[tuple[str, str, str | None]]:
    return [
        (one.name, one.value, one.where.element if one.where else None) for one in span.settings
    ]


# Whose each piece is


def test_only_what_stands_around_the_parts_of_a_localized_date_is_the_locales() -> None:
    (explained,) = explained_entries(
        '<date variable="issued" form="text" prefix="(" suffix=")"/>',
        book("a").replace(issued=Date.of(2001, 5, 4)),
    )
    affixes = [(span.text, span.source) for span in explained if span.kind == "affix"]
    assert affixes == [("(", "style"), (" ", "locale"), (", ", "locale"), (")", "style")]


def test_a_date_format_of_the_styles_own_is_named() -> None:
    (explained,) = explained_entries(
        '<date variable="issued" form="text"/>',
        book("a").replace(issued=Date.of(2001, 5)),
        head='<locale><date form="text" delimiter=" / "><date-part name="month" suffix="!"/>\n'
        '<date-part name="year"/></date></locale>',
    )
    pieces = {span.text: (span.kind, span.source) for span in explained}
    assert pieces["!"] == ("affix", "style")
    assert pieces[" / "] == ("delimiter", "style")
    settings = {span.text: _settings(span) for span in explained}
    assert settings["!"] == [("date-part", "month", "date-part")]
    assert settings[" / "] == [("date", "text", "date")]


@pytest.mark.parametrize(
    ("options", "joints"),
    [
        ('and="text" delimiter-precedes-last="always"', [(", ", "delimiter"), ("and ", "term")]),
        ('and="text"', [(" and ", "term")]),
        ('and="symbol"', [(" & ", "delimiter")]),
    ],
)
def test_the_word_between_names_is_a_term(options: str, joints: list[tuple[str, str]]) -> None:
    (explained,) = explained_entries(
        f'<names variable="author"><name {options}/></names>', book("a", "Doe, J.", "Roe, R.")
    )
    between = explained.spans[1:-1]
    assert [(span.text, span.kind) for span in between] == joints
    word = between[-1]
    assert (word.term, word.source) == (
        ("and", "locale") if word.kind == "term" else (None, "style")
    )
    assert ("and", options.split('"')[1], "name") in _settings(word)


@pytest.mark.parametrize(
    ("layout", "term"),
    [
        ('<names variable="author"><name and="text"/></names>', "and"),
        ('<names variable="author"><name et-al-min="2" et-al-use-first="1"/></names>', "et-al"),
        ('<names variable="editor"><label/></names>', "editor"),
        ('<text term="no date" form="short"/>', "no date"),
        ('<label variable="volume"/>', "volume"),
    ],
)
def test_a_term_of_the_styles_own_is_named(layout: str, term: str) -> None:
    work = book("a", "Doe, J.", "Roe, R.", volume="3").replace(editor=(DOE,))
    terms = '<term name="{}"{}>\n<single>one</single><multiple>many</multiple></term>'
    form = ' form="short"' if term == "no date" else ""
    head = f"<locale><terms>{terms.format(term, form)}</terms></locale>"
    for own in (True, False):
        (explained,) = explained_entries(layout, work, head=head if own else "")
        (span,) = [span for span in explained if span.kind == "term"]
        assert (span.term, span.source) == (term, "style" if own else "locale")
        named = [one for one in span.settings if one.name == "term"]
        assert [one.where.line for one in named if one.where] == ([3] if own else [])


def test_affixes_that_a_substitute_takes_over_are_those_of_the_names_around() -> None:
    (explained,) = explained_entries(
        '<names variable="author" prefix="(" suffix=")">\n<name/>'
        '<substitute>\n<names variable="editor"/></substitute></names>',
        book("a").replace(editor=(DOE,)),
    )
    assert pieces_of(explained) == [("(", "affix"), ("Jane Doe", "editor"), (")", "affix")]
    owners = [
        (span.where.element, span.where.attributes["variable"]) for span in explained.spans[::2]
    ]
    assert owners == [("names", "author")] * 2
    tags = [where.tag for where in explained.spans[1].path]
    assert tags[2:] == ['<names variable="editor">', "<name>"]


def test_the_number_of_names_is_a_variable() -> None:
    (explained,) = explained_entries(
        '<names variable="author" suffix=";"><name form="count"/></names><text value="x"/>',
        book("a", "Doe, J.", "Roe, R."),
    )
    assert pieces_of(explained) == [("2", "author"), ("x", "value")]
    assert "author" not in explained.unprinted


def test_the_affixes_of_a_name_are_not_between_names() -> None:
    (explained,) = explained_entries(
        '<names variable="author"><name prefix="(" suffix=")" delimiter="/"/></names>',
        book("a", "Doe, J.", "Roe, R."),
    )
    assert pieces_of(explained) == [
        ("(", "affix"),
        ("J. Doe", "author"),
        (")", "affix"),
        ("/", "delimiter"),
        ("(", "affix"),
        ("R. Roe", "author"),
        (")", "affix"),
    ]
    assert {span.where.element for span in explained} == {"name"}


def test_a_space_that_leaves_its_block_stays_whose_it_was() -> None:
    (explained,) = explained_entries(
        '<text value="1"/><text variable="title" prefix=" " display="left-margin"/>'
        '<group display="right-inline" suffix=". "><text variable="publisher"/></group>',
        book("a", title="Bees", publisher="Hive"),
    )
    affixes = [(span.text, span.where.element) for span in explained if span.kind == "affix"]
    assert affixes == [(" ", "text"), (".", "group")]


def test_a_label_is_made_of_the_work_or_stands_in_the_record() -> None:
    work = book("a", "Doe, J.")
    sources = []
    for one in (work, work.replace(citation_label="Own01")):
        (explained,) = explained_entries('<text variable="citation-label"/>', one)
        sources.append([(span.variable, span.source) for span in explained])
    assert sources == [[("citation-label", "document")], [("citation-label", "record")]]


# What shaped a piece from elsewhere


def test_an_inherited_option_is_named_where_it_is_set() -> None:
    (explained,) = explained_entries(
        '<names variable="author"><name name-as-sort-order="first"/></names>',
        book("a", "Doe, Jane", "Roe, Rex", "Poe, Ed"),
        options='initialize-with="." name-delimiter="; " and="symbol"',
    )
    by_text = {span.text: _settings(span) for span in explained}
    assert by_text["Doe, J."] == [
        ("initialize-with", ".", "bibliography"),
        ("name-as-sort-order", "first", "name"),
    ]
    assert by_text["R. Roe"] == [("initialize-with", ".", "bibliography")]
    delimiter = ("name-delimiter", "; ", "bibliography")
    # Before the last name the delimiter meets the word, which is no term.
    assert _settings(explained.spans[1]) == [delimiter]
    assert by_text["& "] == [("and", "symbol", "bibliography")]
    lines = {one.where.line for span in explained for one in span.settings if one.where}
    assert lines == {explained.spans[0].where.line}


def test_a_delimiter_that_nothing_sets_is_the_default() -> None:
    (explained,) = explained_entries('<names variable="author"/>', book("a", "Doe, J.", "Roe, R."))
    assert _settings(explained.spans[1]) == [("delimiter", ", ", None)]
    assert _settings(explained.spans[0]) == []


def test_the_name_part_that_shapes_a_name_is_named() -> None:
    (explained,) = explained_entries(
        '<names variable="author"><name initialize-with="."><name-part name="family" '
        'text-case="uppercase" suffix="!"/></name></names>',
        book("a", "Doe, Jane"),
    )
    assert pieces_of(explained) == [("J. ", "author"), ("DOE", "author"), ("!", "affix")]
    tags = [span.where.tag for span in explained.spans[1:]]
    assert tags == ['<name-part name="family" suffix="!" text-case="uppercase">'] * 2
    assert [_settings(span) for span in explained.spans] == [
        [("initialize-with", ".", "name")],
        [],
        [],
    ]


AUTHOR_YEAR = (
    '<names variable="author"><name form="short" and="text" initialize-with=". "/></names> '
    '<date variable="issued" prefix=" "><date-part name="year"/></date>'
)


def _cites(options: str, *works: Record, layout: str = AUTHOR_YEAR) -> dict[str, Explanation]:
    processor = Processor(style_xml(layout, citation=options))
    return {one.id: one for one in processor.explanations(works, citation=True)}


def test_a_given_name_that_tells_apart_is_accounted_for() -> None:
    works = book("a", "Doe, Jane"), book("b", "Doe, Rex"), book("c", "Poe, Ed")
    for rule in ("by-cite", "all-names"):
        found = _cites(
            f'disambiguate-add-givenname="true" givenname-disambiguation-rule="{rule}"', *works
        )
        name = found["a"].spans[0]
        assert name.text == "J. Doe"
        (said,) = [one for one in name.settings if one.name.startswith("disambiguate")]
        assert (said.name, said.value) == ("disambiguate-add-givenname", "true")
        assert said.where is not None
        assert (said.where.element, said.where.line) == ("citation", 4)
        assert said.where.attributes["givenname-disambiguation-rule"] == rule
        assert "disambiguate" not in str(found["c"].spans[0].settings)


def test_a_name_that_is_shown_to_tell_apart_is_accounted_for() -> None:
    works = book("a", "Doe, J.", "Roe, R.", "Poe, E."), book("b", "Doe, J.", "Moe, M.", "Poe, E.")
    found = _cites('disambiguate-add-names="true" et-al-min="3" et-al-use-first="1"', *works)["a"]
    shaping = {span.text: [one.name for one in span.settings] for span in found}
    assert shaping["Roe"] == ["form", "disambiguate-add-names"]
    assert shaping["Doe"] == ["form"]
    assert found.cut["author"][0].left_out == 1


def test_a_last_name_behind_an_ellipsis_is_not_shown_to_tell_apart() -> None:
    limits = 'et-al-min="4" et-al-use-first="1" et-al-use-last="true"'
    (explained,) = explained_entries(
        f'<names variable="author"><name form="short" {limits}/></names>',
        book("a", "Doe, Jane", "Roe, Richard", "Poe, Ann", "Coe, Ben"),
    )
    shaping = {span.text: [setting.name for setting in span.settings] for span in explained}
    assert shaping == {"Doe": ["form"], " ": [], "… ": ["et-al-use-last"], "Coe": ["form"]}


def test_a_year_suffix_names_the_works_that_it_tells_apart() -> None:
    works = [book(key, "Doe, J.", title=key) for key in "abc"] + [book("d", "Roe, R.")]
    found = _cites('disambiguate-add-year-suffix="true"', *works)
    suffix = found["b"].spans[-1]
    (said,) = suffix.settings
    assert (suffix.text, said.name, said.works) == (
        "b",
        "disambiguate-add-year-suffix",
        ("a", "c"),
    )
    assert said.where is not None
    assert said.where.line == 4
