"""Bibliography entries: repeated authors, and what stands for names."""

from __future__ import annotations

import pytest

from refcite.names import Name
from refcite.record import Record
from tests.csl.small import book, cluster, engine_for, style_xml

AUTHOR = """
<names variable="author"><name/><substitute>{}</substitute></names>
"""


def _entries(substitute: str, stands_for: str, *records: Record) -> list[str]:
    names = AUTHOR.format(stands_for)
    style = style_xml(
        '<text variable="title"/>',
        head=f'<macro name="anon"><text value="Anon"/></macro><macro name="author">{names}</macro>',
        rest=f'<bibliography subsequent-author-substitute="{substitute}"><layout>'
        '<group delimiter=", "><text macro="author"/><text variable="title"/></group>'
        "</layout></bibliography>",
    )
    engine = engine_for(style, *records)
    engine.nocite(record.id for record in records)
    return [text for _, text in engine.bibliography().entries]


def test_repeated_names_are_replaced() -> None:
    works = book("a", "Doe", title="A"), book("b", "Doe", title="B"), book("c", "Roe", title="C")
    assert _entries("---", "", *works) == ["Doe, A", "---, B", "Roe, C"]


def test_names_replaced_by_nothing_leave_no_delimiter() -> None:
    works = book("a", "Doe", title="A"), book("b", "Doe", title="B")
    assert _entries("", "", *works) == ["Doe, A", "B"]


def test_a_sort_key_is_not_affected_by_what_another_key_substituted() -> None:
    style = style_xml(
        '<text macro="who"/>',
        head='<macro name="who"><names variable="author"><substitute>'
        '<text variable="title" form="short"/></substitute></names></macro>',
        rest='<bibliography><sort><key macro="who"/><key variable="title"/></sort><layout>'
        '<text macro="who"/><text variable="note" prefix=" "/></layout></bibliography>',
    )
    titles = {"a": "Ships at sea", "b": "Ships in ice", "c": "Ships and ports"}
    works = [book(key, title=title, title_short="Ships") for key, title in titles.items()]
    engine = engine_for(style, *works)
    engine.nocite(titles)
    assert engine.order == ["c", "a", "b"]


@pytest.mark.parametrize(
    ("stands_for", "wanted"),
    [
        # A term names nobody, so it is not replaced (specification, "Reference Grouping").
        ('<text macro="anon"/>', ["Anon, A", "Anon, B"]),
        ('<text variable="publisher"/>', ["Office, A", "---, B"]),
        ('<names variable="editor"/>', ["A", "B"]),
    ],
)
def test_only_what_names_somebody_is_replaced(stands_for: str, wanted: list[str]) -> None:
    works = [book(key, title=key.upper(), publisher="Office") for key in "ab"]
    assert _entries("---", stands_for, *works) == wanted


def test_a_term_for_empty_names_prints_no_group_of_its_own() -> None:
    # The group calls a variable, and all it calls are empty (specification, "Group").
    works = [book("a", title="A")]
    assert _entries("---", '<text term="anonymous"/>', *works) == ["A"]


def test_et_al_ends_a_list_as_a_name_does() -> None:
    style = style_xml(
        '<names variable="author"><name suffix=" " et-al-min="2" et-al-use-first="1"/></names>'
        '<text variable="title"/>'
    )
    engine = engine_for(style, book("a", "Doe", "Roe", title="A"))
    engine.nocite(["a"])
    assert engine.cite(cluster("a")) == "Doe et al. A"


def test_the_last_name_after_an_ellipsis_looks_as_all_do() -> None:
    layout = (
        '<names variable="author"><name form="short" prefix="[" suffix="]" et-al-min="3"'
        ' et-al-use-first="1" et-al-use-last="true"/></names>'
    )
    engine = engine_for(style_xml(layout), book("a", "Doe, J", "Roe, R", "Poe, P"))
    assert engine.cite(cluster("a")) == "[Doe] … [Poe]"


def test_names_have_the_capitals_of_their_language() -> None:
    layout = (
        '<names variable="author"><name form="short">'
        '<name-part name="family" text-case="uppercase"/></name></names>'
    )
    author = "Diyarbakır, Ali"
    engine = engine_for(style_xml(layout), book("a", author, language="tr"), book("b", author))
    assert engine.cite(cluster("a", "b")) == "DİYARBAKIR; DIYARBAKIR"


@pytest.mark.parametrize("key", ['variable="citation-number"', 'macro="number"'])
def test_descending_numbers_end_with_one(key: str) -> None:
    number = '<text variable="citation-number"/>'
    listing = (
        f'<bibliography><sort><key {key} sort="descending"/></sort>'
        f'<layout>{number}<text variable="title" prefix=" "/></layout></bibliography>'
    )
    head = f'<macro name="number">{number}</macro>'
    works = [book(key, title=key.upper()) for key in "abc"]
    engine = engine_for(style_xml(number, head=head, rest=listing), *works)
    assert engine.cite(cluster("a")) == "1"
    assert engine.cite(cluster("b")) == "2"
    assert engine.cite(cluster("c")) == "3"
    assert [text for _, text in engine.bibliography().entries] == ["3 C", "2 B", "1 A"]


def test_what_is_chosen_within_substitute_are_alternatives() -> None:
    stands_for = (
        '<choose><if variable="publisher"><text variable="publisher"/><text value="!"/></if>'
        '<else><names variable="editor"/><text macro="anon"/></else></choose>'
    )
    works = [book("a", title="A", publisher="Office"), book("b", title="B")]
    assert _entries("---", stands_for, *works) == ["Office, A", "Anon, B"]


def test_a_work_without_names_sorts_before_one_by_number_of_names() -> None:
    style = style_xml(
        '<text variable="title"/>',
        head='<macro name="count"><names variable="author"><name form="count"/></names></macro>',
        rest='<bibliography><sort><key macro="count"/></sort><layout><text variable="title"/>'
        "</layout></bibliography>",
    )
    works = book("a", "Doe", "Roe", title="A"), book("b", "Doe", title="B"), book("c", title="C")
    engine = engine_for(style, *works)
    engine.nocite("abc")
    assert engine.order == ["c", "b", "a"]


@pytest.mark.parametrize(
    ("stands_for", "wanted"),
    [
        ('<names variable="editor"/>', "Roe et al."),
        ('<group><names variable="editor"/></group>', "Roe et al."),
        ('<names variable="editor"><name/></names>', "Al Roe, Bo Poe"),
        # A macro says all that it prints.
        ('<text macro="editors"/>', "Al Roe, Bo Poe"),
    ],
)
def test_names_of_the_substitute_itself_inherit(stands_for: str, wanted: str) -> None:
    style = style_xml(
        '<names variable="author"><name form="short" et-al-min="2" et-al-use-first="1"/>'
        f"<substitute>{stands_for}</substitute></names>",
        head='<macro name="editors"><names variable="editor"/></macro>',
    )
    editors = tuple(map(Name.parse, ("Roe, Al", "Poe, Bo")))
    engine = engine_for(style, book("a").replace(editor=editors))
    assert engine.cite(cluster("a")) == wanted
