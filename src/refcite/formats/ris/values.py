"""Names and dates as RIS writes them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from attrs import frozen

from refcite.dates import Date, Point
from refcite.names import Name, read_list, write_one
from refcite.problems import InvalidDateError, Problem, Severity

__all__ = [
    "DateRead",
    "read_date",
    "read_name",
    "split_names",
    "write_date",
    "write_name",
]

# Names

_SEVERAL: Final = re.compile(r"[^,;]+,[^,;]+(?:;[^,;]+,[^,;]+)+;?")


read_name: Final = lru_cache(maxsize=8192)(read_list)
"""Reads `Last, First, Suffix`; a comma at the end says that all before it is one name, as EndNote
writes organisations."""


def split_names(text: str) -> list[str]:
    """Split a tag that holds several names, each with its comma, between semicolons."""
    if ";" not in text or not _SEVERAL.fullmatch(text):
        return [text]
    return [name.strip() for name in text.split(";") if name.strip()]


def write_name(name: Name) -> str:
    """Return a name as RIS writes it; not all that a `Name` says can be said so.

    Example:
        >>> write_name(Name(family="Berg", given="Jan", non_dropping_particle="van der"))
        'van der Berg, Jan'
        >>> write_name(Name(literal="UNESCO"))
        'UNESCO,'
    """
    return write_one(name)


# Dates

_RIS_DATE: Final = re.compile(r"(\d{4})(?:/(\d{0,2})(?:/(\d{0,2})(?:/(.*))?)?)?", re.DOTALL)
_SEASONS: Final = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4}
_SEASON_NAME: Final = re.compile(r"[^\W\d_][^\d/]*")
_SEASON_NAMES: Final = ("", "Spring", "Summer", "Autumn", "Winter")


@frozen
class DateRead:
    """What a date's text says.

    Attributes:
        date: The date; None where the text says none.
        is_exact: Whether that is all it says.
        problems: What is doubtful about it.
    """

    date: Date | None
    is_exact: bool = True
    problems: tuple[Problem, ...] = ()


@lru_cache(maxsize=8192)
def read_date(text: str, day_first: bool | None = None) -> DateRead:
    """Read `YYYY/MM/DD/other`, each part of which may be empty, or a date in any other form.

    Example:
        >>> str(read_date("2001/05/06/").date), str(read_date("1999///").date)
        ('2001-05-06', '1999')
        >>> str(read_date("1998///Spring").date), str(read_date("c. 1950").date)
        ('1998-21', '1950~')
        >>> str(read_date("2001///Michaelmas").date)
        '2001 "Michaelmas"'
        >>> read_date("2001/05/06/Vol. 3").is_exact
        False
    """
    found = _RIS_DATE.fullmatch(text)
    if found is None:
        return _read_other(text, day_first)
    year, month, day = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    other = (found[4] or "").strip()
    if not year:
        problem = _invalid(text, "no calendar has a year 0000")
        return DateRead(None, is_exact=False, problems=(problem,))
    season = _SEASONS.get(other.casefold()) if not (month or day) else None
    if day and not month:
        problem = _invalid(text, "a day without its month; the year is read")
        return DateRead(Date(Point(year)), is_exact=False, problems=(problem,))
    try:
        point = Point(year, month or None, day or None, season)
    except InvalidDateError as error:
        problem = _invalid(text, str(error).replace("Point.", ""))
        return DateRead(Date(literal=text), problems=(problem,))
    if _SEASON_NAME.fullmatch(other) and not (month or day or season):
        return DateRead(Date(point, season_name=other))
    return DateRead(Date(point), is_exact=not other or season is not None)


def _read_other(text: str, day_first: bool | None) -> DateRead:
    if not text.strip("/ "):
        return DateRead(None)
    problems: list[Problem] = []
    date = Date.parse(text, day_first=day_first, problems=problems)
    if date.literal is not None and "/" in text:
        # 2015/october/3
        turned = Date.parse(" ".join(part for part in reversed(text.split("/")) if part))
        if turned.literal is None:
            return DateRead(turned)
    return DateRead(date, problems=tuple(problems))


def _invalid(text: str, reason: str) -> Problem:
    shown = repr(text if len(text) <= 60 else f"{text[:59]}…")
    return Problem(
        severity=Severity.WARNING,
        code="invalid-date",
        message=f"there is no date {shown}: {reason}",
        hint="it is kept as text",
    )


def write_date(date: Date) -> str:
    """Return a date as RIS writes it; not all that a `Date` says can be said so.

    Example:
        >>> write_date(Date.of(2001, 5)), write_date(Date.of(2001, season=2))
        ('2001/05//', '2001///Summer')
    """
    start = date.start
    if not isinstance(start, Point):
        return date.literal or str(date)
    year = f"{start.year:04}"
    if start.season or date.season_name:
        return f"{year}///{date.season_name or _SEASON_NAMES[start.season or 0]}"
    if start.month is None:
        return f"{year}///"
    return f"{year}/{start.month:02}/{f'{start.day:02}' if start.day else ''}/"
