"""Who leads a string or stands in an Author field; by what a publisher is known."""

from __future__ import annotations

import pytest

from refcite import Library, Name
from refcite.formats.refworld import read
from refcite.formats.refworld.publishers import known_publishers

NEW_END = "https://www.refworld.org/reference/lpprs/unhcr/2019/en/124351 [accessed 28 April 2025]"
END = "available at: https://www.refworld.org/docid/3ae6b3712c.html [accessed 6 June 2023]"
UNHCR = "UN High Commissioner for Refugees (UNHCR)"


def codes(library: Library) -> list[str]:
    return [problem.code for problem in library.problems]


def written(names: tuple[Name, ...]) -> list[str]:
    return [name.literal or f"{name.given} {name.family}" for name in names]


@pytest.mark.parametrize(
    ("leading", "authors"),
    [
        ("Jane Doe", ["Jane Doe"]),
        ("Jane Doe and John Roe", ["Jane Doe", "John Roe"]),
        ("Jane Doe & John Roe", ["Jane Doe", "John Roe"]),
        ("Jane Doe, John Roe and Ann Poe", ["Jane Doe", "John Roe", "Ann Poe"]),
        ("Jane Doe, UN Women", ["Jane Doe", "UN Women"]),
        ("Jane Doe and Freedom House", ["Jane Doe", "Freedom House"]),
        ("Freedom House, Save the Children", ["Freedom House", "Save the Children"]),
        ("Freedom House and Save the Children", ["Freedom House", "Save the Children"]),
        (
            "International Federation of Red Cross and Red Crescent Societies and UNICEF",
            ["International Federation of Red Cross and Red Crescent Societies", "UNICEF"],
        ),
    ],
)
def test_all_who_lead_are_authors(leading: str, authors: list[str]) -> None:
    library = read(f"{leading}, Refugees in Law, PPLA/2019/01, {UNHCR}, May 2019, {NEW_END}")
    (record,) = library
    assert written(record.author) == authors
    assert (record.title, record.number) == ("Refugees in Law", "PPLA/2019/01")
    assert record.publisher == UNHCR
    assert codes(library) == []


@pytest.mark.parametrize(
    ("start", "authors", "title"),
    [
        # Two words in capitals may be a person, or the beginning of a title.
        ("Jane Doe, John Roe, A Title", ["Jane Doe", "John Roe"], "A Title"),
        ("Jane Doe, Statelessness Determination, A Study", ["Jane Doe"], None),
        ("Bureau of Something, A Title", ["Bureau of Something"], "A Title"),
    ],
)
def test_a_doubtful_author_is_reported(start: str, authors: list[str], title: str | None) -> None:
    library = read(f"{start}, {UNHCR}, May 2019, {NEW_END}")
    assert codes(library) == ["guessed-author"]
    assert written(library[0].author) == authors
    assert library[0].title == (title or "Statelessness Determination, A Study")


def test_the_classic_form_has_one_publisher_though_it_be_two_bodies() -> None:
    text = f"Freedom House and Human Rights Watch, A Title, 5 May 2004, {END}"
    (record,) = read(text)
    assert record.publisher == "Freedom House and Human Rights Watch"
    assert written(record.author) == ["Freedom House", "Human Rights Watch"]
    assert record.cite_as() == text


@pytest.mark.parametrize(
    ("field", "authors", "problems"),
    [
        ("Jane Doe, John Roe and Ann Poe", ["Jane Doe", "John Roe", "Ann Poe"], []),
        ("Jane Doe, John Roe, and Ann Poe", ["Jane Doe", "John Roe", "Ann Poe"], []),
        ("Doe, Jane; Roe, John", ["Jane Doe", "John Roe"], []),
        ("UN Women and UNICEF", ["UN Women", "UNICEF"], []),
        ("UN Women, John Smith", ["UN Women", "John Smith"], ["guessed-author"]),
        ("Unit of Things, John Smith", ["Unit of Things, John Smith"], ["guessed-author"]),
        ("Research Unit, Ministry, Chad", ["Research Unit, Ministry, Chad"], []),
    ],
)
def test_an_author_field(field: str, authors: list[str], problems: list[str]) -> None:
    library = read(
        f"A\n\nPublisher Freedom House\nAuthor {field}\nPublication Date 5 May 2004\n"
        f"Cite as Freedom House, A, 5 May 2004, {END}\n"
    )
    assert written(library[0].author) == authors
    assert codes(library) == problems


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("US Department of State", "government"),
        ("U.S. Department of State", "government"),
        ("United States of America: Department of State", "government"),
        ("USA: Department of State", "government"),
        ("U.K. Home Office", "government"),
        ("Radio Free Europe / Radio Liberty", "news"),
        ("Radio Free Europe/ Radio Liberty (RFE/RL)", "news"),
        ("The Integrated Regional Information Networks", "news"),
        ("United Nations High Commissioner for Refugees", "intergovernmental"),
        ("U.N. High Commissioner for Refugees", "intergovernmental"),
        ("Inter - American Court of Human Rights", "court"),
        ("Government of Chad", "government"),
        ("Department of State", None),
    ],
)
def test_a_name_is_known_however_it_is_spaced_and_abbreviated(name: str, kind: str | None) -> None:
    found = known_publishers().find(name)
    assert (found.kind if found else None) == kind
    assert found is None or found.name == name
