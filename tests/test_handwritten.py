"""What people write in the place of names, dates and numbers, and what is said of it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from itertools import permutations, product
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from refcite import Date, Name, Record
from refcite.dates import Bound, Point
from refcite.problems import InvalidDateError, RecordTypeError, RecordValueError

DOE = Name(family="Doe", given="Jane")
UNHCR = Name(literal="UNHCR")


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ([DOE, UNHCR], (DOE, UNHCR)),
        ((name for name in (DOE,)), (DOE,)),
        (DOE, (DOE,)),
        ("Jane Doe", (DOE,)),
        ("Doe, Jane", (DOE,)),
        (["Jane Doe", UNHCR], (DOE, UNHCR)),
        ("{Barnes and Noble}", (Name(literal="Barnes and Noble"),)),
        ("family=Doe, given=Jane", (DOE,)),
        ("King, Jr., Martin Luther", (Name.parse("King, Jr., Martin Luther"),)),
        ("Ludwig van Beethoven", (Name.parse("Ludwig van Beethoven"),)),
        ("Plato", (Name(family="Plato"),)),
        ([], ()),
        (None, ()),
    ],
)
def test_names_are_given_as_names_or_texts(written: Any, names: tuple[Name, ...]) -> None:
    assert Record(author=written).author == names


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Jane Doe and Bob Poe", "may be several names; write ['Doe, Jane', 'Poe, Bob']"),
        ("Doe, Jane; Poe, Bob", "may be several names; write ['Doe, Jane', 'Poe, Bob']"),
        ("Roe, Poe, Doe, Loe", "may be several names; write a list with a text for each"),
        ("Jane Doe et al.", "write ['Doe, Jane'], and et_al=['editor']"),
        ("et al.", "states that there are more names; omit it, and write et_al=['editor']"),
        ("Doe J", "has two readings; write 'Doe, J', or a Name"),
        (
            "Ministry of Justice",
            "may be an organisation; write '{Ministry of Justice}' for one,"
            " or 'of Justice, Ministry' for a person",
        ),
        (" ", "contains an empty text; omit it for no name"),
    ],
)
def test_a_text_that_may_be_other_than_one_person_is_an_error(text: str, said: str) -> None:
    for written in (text, [text]):
        with pytest.raises(RecordValueError, match=rf"^Record\.editor.*{re.escape(said)}$"):
            Record(editor=written)


@pytest.mark.parametrize(
    ("written", "edtf"),
    [
        ("2014-03", "2014-03"),
        ("18 March 2014", "2014-03-18"),
        ("1998/2001", "1998/2001"),
        ("n.d.", "n.d."),
        ('"soon"', '"soon"'),
        (2014, "2014"),
        (datetime.date(2014, 3, 18), "2014-03-18"),
        (datetime.datetime(2014, 3, 18, 23, 59), "2014-03-18"),
        (Date.of(2014), "2014"),
    ],
)
def test_dates_are_given_as_text_years_or_dates_of_python(written: Any, edtf: str) -> None:
    assert str(Record(issued=written).issued) in (edtf, edtf.strip('"'))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("soon", "the date 'soon' could not be read; write it as '2014-03-18'"),
        ("01/02/2014", "has two readings: 1 February 2014 or 2 January 2014; write it as"),
        ("2014-02-31", "there is no date '2014-02-31': day must be 1 to 28"),
        ("2001/1998", "ends before it starts"),
        ("", "contains an empty text; omit it for no date"),
    ],
)
def test_a_date_without_one_reading_is_an_error(text: str, said: str) -> None:
    with pytest.raises(InvalidDateError, match=rf"^Record\.accessed.*{re.escape(said)}"):
        Record(accessed=text)


def test_what_csl_calls_a_number_may_be_one() -> None:
    record = Record(volume=12, page=7, number_of_pages="xii, 3")
    assert (record.volume, record.page, record.number_of_pages) == ("12", "7", "xii, 3")
    with pytest.raises(RecordTypeError, match=r"Record\.volume .*not bool"):
        Record(volume=True)


CHANGED: list[Callable[..., Record]] = [
    Record().replace,
    lambda **new: attrs.evolve(Record(), **new),
]


@pytest.mark.parametrize("change", CHANGED, ids=["replace", "evolve"])
def test_copies_are_made_of_the_same(change: Callable[..., Record]) -> None:
    changed = change(author="Jane Doe", issued=2014, volume=3)
    assert changed == Record(author=(DOE,), issued=Date.of(2014), volume="3")


# Order

IN_ORDER = [
    *("../1990", "/1990", "-0100", "19XX", "199X", "1990", "1990~", "1990/1991", "1990/.."),
    *("1990-01", "1990-01~", "1990-01-XX", "1990-01-01", "1990-01-02", "1990-21", "1990-03"),
    *("1990-03-01", "1990-24", "1990-12", "1991", "n.d.", "soon"),
]
POINTS = st.builds(Point, st.integers(1989, 1991), st.none() | st.integers(1, 12))
DATES = st.builds(Date, POINTS, st.none() | POINTS | st.just(Bound.OPEN))


def test_dates_are_in_order() -> None:
    dates = [Date.parse(text) for text in IN_ORDER]
    last_first = dates[::-1]
    assert [str(date) for date in sorted(last_first)] == IN_ORDER
    for (one, before), (another, after) in product(enumerate(dates), repeat=2):
        order = (before < after, before <= after, before > after, before >= after, before == after)
        assert order == (
            one < another,
            one <= another,
            one > another,
            one >= another,
            before is after,
        )


@given(st.lists(DATES, min_size=3, max_size=3))
def test_the_order_of_dates_agrees_with_their_equality(dates: list[Date]) -> None:
    for one, two, three in permutations(dates):
        assert (one <= two and two <= one) == (one == two)
        assert not (one < two < three) or one < three


def test_a_date_is_not_in_order_with_other_things() -> None:
    with pytest.raises(TypeError):
        assert Date.of(2014) < 2015  # type: ignore[operator]  # the mistake that is tested


def test_python_s_dates_are_taken_and_given() -> None:
    day = datetime.date(2014, 3, 18)
    assert Date.from_date(day).to_date() == day
    firsts = [(text, Date.parse(text).first_day) for text in ("2014", "2014-03", "2014-21", "199X")]
    assert [str(first) for _, first in firsts] == [
        *("2014-01-01", "2014-03-01", "2014-03-01", "1990-01-01")
    ]
    assert [Date.parse(text).first_day for text in ("n.d.", "../2014", "-0043")] == [None] * 3
    with pytest.raises(InvalidDateError, match="'2014-03' is not a single day; use its first"):
        Date.of(2014, 3).to_date()
    with pytest.raises(InvalidDateError, match=r"the year -43; it accepts 1 to 9999"):
        Date.of(-43, 3, 15).to_date()
    with pytest.raises(RecordTypeError, match=r"needs a datetime\.date, not str"):
        Date.from_date("2014-03-18")  # type: ignore[arg-type]  # the mistake that is tested
