"""Names: reading them as bibliographies write them, and writing them back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refcite import Name
from refcite.problems import RecordTypeError


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Aristotle", Name(family="Aristotle")),
        ("Donald E. Knuth", Name(family="Knuth", given="Donald E.")),
        ("Knuth, Donald E.", Name(family="Knuth", given="Donald E.")),
        (
            "Ludwig van Beethoven",
            Name(family="Beethoven", given="Ludwig", non_dropping_particle="van"),
        ),
        (
            "van Beethoven, Ludwig",
            Name(family="Beethoven", given="Ludwig", non_dropping_particle="van"),
        ),
        ("King, Jr., Martin Luther", Name(family="King", given="Martin Luther", suffix="Jr.")),
        (
            "Charles Louis Xavier Joseph de la Vallée Poussin",
            Name(
                family="Vallée Poussin",
                given="Charles Louis Xavier Joseph",
                non_dropping_particle="de la",
            ),
        ),
        ("Jean {de La} Fontaine", Name(family="Fontaine", given="Jean de La")),
        ("Jean d'Ormesson", Name(family="d'Ormesson", given="Jean")),
        ("{Barnes and Noble}", Name(literal="Barnes and Noble")),
        ("{van der Heijden}, Rob", Name(family="van der Heijden", given="Rob")),
        ("{A} {and B}", Name(family="and B", given="A")),
        ("毛泽东", Name(family="毛泽东")),
        (
            "family=Simpson, given=Homer J, prefix=von, suffix=III",
            Name(family="Simpson", given="Homer J", non_dropping_particle="von", suffix="III"),
        ),
        (
            "family=Humboldt, given={Alexander}, prefix=von, useprefix=false",
            Name(family="Humboldt", given="Alexander", dropping_particle="von"),
        ),
        ("Knuth,", Name(family="Knuth")),
        ("", Name()),
    ],
)
def test_a_name_is_read_in_its_parts(text: str, name: Name) -> None:
    assert Name.parse(text) == name


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (Name(family="Gogh", given="Vincent", non_dropping_particle="van"), "van Gogh, Vincent"),
        (
            Name(family="Humboldt", dropping_particle="von"),
            "family=Humboldt, dropping-particle=von",
        ),
        (Name(literal="Barnes and Noble"), "{Barnes and Noble}"),
        (Name(family="a, b"), 'family="a, b"'),
    ],
)
def test_a_name_is_written_in_the_plainest_form_that_reads_back(name: Name, text: str) -> None:
    assert str(name) == text


parts = st.none() | st.text() | st.sampled_from(["van", "de la", "Jr.", "O'Neil", "a, b", "{", '"'])
persons = st.builds(
    Name,
    family=parts,
    given=parts,
    dropping_particle=parts,
    non_dropping_particle=parts,
    suffix=parts,
    comma_suffix=st.booleans(),
    static_ordering=st.booleans(),
)
names = persons | st.builds(Name, literal=st.text())


@given(names)
def test_every_name_reads_back_from_its_text(name: Name) -> None:
    assert Name.parse(str(name)) == name


@given(st.text())
def test_no_text_is_refused(text: str) -> None:
    assert isinstance(Name.parse(text), Name)


def test_wrong_types_are_refused_by_the_name_of_the_part() -> None:
    with pytest.raises(RecordTypeError, match=r"Name\.given must be text or None, not int"):
        Name(family="Smith", given=3)  # type: ignore[arg-type]  # the mistake that is tested
    with pytest.raises(RecordTypeError, match=r"Name\.literal .* must stand alone"):
        Name(literal="NASA", family="NASA")
