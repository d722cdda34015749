"""The right end of a string: date, address, notes and day of access, whole and damaged."""

from __future__ import annotations

from typing import Any

import pytest

from refcite import Date, Library, Record
from refcite.formats.refworld import read

START = "Freedom House, A, 5 May 2001"
URL = "http://www.refworld.org/docid/427224a44.html"
DAY = Date.of(2011, 5, 6)


def only(text: str, **options: Any) -> Record:
    (record,) = read(text, **options)
    return record


def codes(library: Library) -> list[str]:
    return [problem.code for problem in library.problems]


@pytest.mark.parametrize(
    "end",
    [
        f"{URL} [accessed\n6 May 2011]",
        f"{URL} [accessed 6\nMay\n2011]",
        f"{URL}\n[accessed 6 May 2011]",
        f"{URL} [last visited on 6 May 2011]",
        f"{URL} accessed 6 May 2011",
        f"{URL} accessed\n6 May 2011",
        f"{URL}, accessed on 6 May 2011.",
        f"<{URL}> (accessed: 6 May 2011)",
        f"[{URL}]({URL}) [accessed 6 May 2011]",
        f'"{URL}" [accessed 6 May 2011]',
        f"{URL}[accessed 6 May 2011]",
        f"{URL.replace('docid/', 'docid/ ')} accessed 6 May 2011",
        f"{URL.replace('http://', 'http:// ')} [accessed 6 May 2011",
    ],
)
def test_address_and_day_of_access_are_found(end: str) -> None:
    library = read(f"{START}, available at: {end}")
    (record,) = library
    assert codes(library) == []
    assert (record.title, record.url, record.accessed) == ("A", URL, DAY)
    assert record.number is record.note is None


@pytest.mark.parametrize(
    ("end", "note"),
    [
        (f"{URL} [French] [Arabic]", "French; Arabic"),
        (f"{URL} [Part of (a series)] (in French) [accessed 6 May 2011]", None),
        (f"{URL}, para. 5", "para. 5"),
        (f"{URL} and http://example.org/copy", "and http://example.org/copy"),
        (f"http://example.org/1.pdf [Also at {URL}]", f"Also at {URL}"),
        (f"{URL} [accessed 6 May 2011], p. 7", "p. 7"),
        (f"{URL} [French] [accessed 6 May 2011] (emphasis added).", "French; emphasis added"),
    ],
)
def test_what_stands_behind_the_address_is_a_note_and_no_symbol(end: str, note: str | None) -> None:
    record = only(f"{START}, X/1, available at: {end}")
    assert record.number == "X/1"
    assert record.url in {URL, "http://example.org/1.pdf"}
    assert record.note == (note or "Part of (a series); in French")


def test_marks_of_emphasis_are_dropped() -> None:
    record = only(f"*Freedom House*, _A Title, with a comma_, 5 May 2001, {URL}")
    assert (record.publisher, record.title) == ("Freedom House", "A Title, with a comma")


def test_a_date_behind_the_address_is_the_date_of_the_document() -> None:
    record = only(f"Freedom House, A, {URL}, 5 May 2001")
    assert (record.title, record.url, record.issued) == ("A", URL, Date.of(2001, 5, 5))


@pytest.mark.parametrize(
    ("access", "literal", "code"),
    [
        ("[accessed 31 June 2020]", "31 June 2020", "invalid-date"),
        ("[accessed yesterday]", "yesterday", "unread-date"),
        ("[accessed 01/02/2017]", "01/02/2017", "ambiguous-date"),
        ("[accessed 6 May 20", "6 May 20", "cut-off"),
        ("[accessed", None, "cut-off"),
        ("[acc", None, "cut-off"),
    ],
)
def test_a_day_of_access_that_is_none_is_kept_and_reported(
    access: str, literal: str | None, code: str
) -> None:
    library = read(f"{START}, available at: {URL} {access}")
    assert codes(library) == [code]
    assert library[0].accessed == (Date(literal=literal) if literal else None)
    assert library[0].url == URL


@pytest.mark.parametrize("title", ["Camps (visited by police)", "[Accessed] it", "Accessed 5 May"])
def test_a_title_may_have_the_words_of_access(title: str) -> None:
    library = read(f"Freedom House, {title}, 5 May 2001, X/1 [accessed 6 May 2011]")
    assert codes(library) == []
    (record,) = library
    assert (record.title, record.number, record.accessed) == (title, "X/1", DAY)


def test_day_first_settles_every_date_of_a_string() -> None:
    record = only(f"Freedom House, A, 01/02/2017, {URL} [accessed 03/04/2018]", day_first=True)
    assert (record.issued, record.accessed) == (Date.of(2017, 2, 1), Date.of(2018, 4, 3))


@pytest.mark.parametrize(
    ("date", "edtf"),
    [
        ("5 juin 2010", "2010-06-05"),
        ("1er février 2010", "2010-02-01"),
        ("5 de junio de 2010", "2010-06-05"),
        ("5. März 2010", "2010-03-05"),
        ("mai 2010", "2010-05"),
    ],
)
def test_a_date_in_another_language_ends_the_title_too(date: str, edtf: str) -> None:
    text = f"Immigration and Refugee Board of Canada, Haïti : information, {{}}, HTI1234.F, {URL}"
    record = only(text.format(date))
    assert (record.title, record.number) == ("Haïti : information", "HTI1234.F")
    assert str(record.issued) == edtf


@pytest.mark.parametrize("title", ["A", "A, in 2001", "A of 5 May 2001"])
def test_a_string_without_a_date_says_so(title: str) -> None:
    library = read(f"Freedom House, {title}, available at: {URL} [accessed 6 May 2011]")
    assert codes(library) == ["no-date"]
    assert library[0].title == title
    assert library[0].issued is None
