"""Names and dates in the form of EndNote's XML."""

from __future__ import annotations

import re
from typing import Final

from refcite.dates import Date
from refcite.formats.dateparts import read_date, write_date
from refcite.names import Name
from refcite.problems import Problem

__all__ = ["read_issued", "read_name", "write_issued", "write_name"]

# Names


def read_name(text: str) -> Name:
    """Read `Last, First, Suffix`; a comma at the end, or two together, state an organisation.

    Example:
        >>> read_name("UNESCO,"), read_name("University of California,, Berkeley")
        (Name(literal='UNESCO'), Name(literal='University of California, Berkeley'))
        >>> read_name("van der Berg, Jan").non_dropping_particle
        'van der'
    """
    if ",," in text:
        return Name(literal=text.replace(",,", ",", 1))
    return Name.of_inverted(text)


def write_name(name: Name) -> str:
    """Return a name as EndNote reads it.

    Example:
        >>> write_name(Name(literal="World Health Organization"))
        'World Health Organization,'
        >>> write_name(Name(literal="University of California, Berkeley"))
        'University of California,, Berkeley'
    """
    if name.literal is None:
        return name.inverted()
    return name.literal.replace(",", ",,", 1) if "," in name.literal else f"{name.literal},"


# Dates

_YEAR: Final = re.compile(r"(?<!\d)\d{4}(?!\d)")


def read_issued(
    year: str, day: str, problems: list[Problem], *, day_first: bool | None = None
) -> Date | None:
    """Read a year, and a date that may state it again.

    Args:
        year: Text of `year`.
        day: Text of the date in `pub-dates`.
        problems: List to which doubts are added.
        day_first: Whether `01/02/2017` is 1 February or 2 January.

    Example:
        >>> str(read_issued("2019", "March 5", [])), str(read_issued("2019", "2019-03-05", []))
        ('2019-03-05', '2019-03-05')
        >>> str(read_issued("2019", "5 Mar", [])), str(read_issued("2019", "Spring", []))
        ('2019-03-05', '2019-21')
    """
    if not day:
        return Date.parse(year, day_first=day_first, problems=problems) if year else None
    if not year or _YEAR.search(day):
        whole = Date.parse(day, day_first=day_first)
        if whole.literal is None and year in ("", str(whole.year)):
            return whole
        doubtful = year or day
        return Date.parse(doubtful, day_first=day_first, problems=problems)
    for text in (f"{day} {year}", f"{day}, {year}"):
        date = Date.parse(text, day_first=day_first)
        if date.literal is None:
            return date
    month, _, number = day.partition(" ")
    found = read_date(year, month, number, [])
    if found and found.literal is None:
        return found
    return Date.parse(f"{day} {year}", day_first=day_first, problems=problems)


def write_issued(date: Date) -> tuple[str, str]:
    """Return a year, and a month and a day if the date has them.

    Example:
        >>> write_issued(Date.of(2019, 3, 5)), write_issued(Date.parse("1998/2001"))
        (('2019', 'March 5'), ('1998/2001', ''))
    """
    year, month, day = write_date(date)
    text = f"{month} {day}".strip()
    return (year, text) if read_issued(year, text, []) == date else (str(date), "")
