"""Dates part by part: year, month and day as texts, each of which may contain any text."""

from __future__ import annotations

import re
from typing import Final

from refcite.characters import number_in
from refcite.dates import Date, Point
from refcite.problems import InvalidDateError, Problem

__all__ = ["MONTHS", "agree", "read_date", "write_date"]

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_SEASONS: Final = ("Spring", "Summer", "Autumn", "Winter")
_NUMBER: Final = re.compile(r"[0-9]{1,4}")
_DASH: Final = re.compile(r"[-–]")

_Parts = tuple[str, str, str]


def read_date(year: str, month: str, day: str, problems: list[Problem]) -> Date | None:
    """Read a date in three parts, each of which may be empty, a number or words.

    Args:
        year: The year, or a date as a whole.
        month: The month, a season, or a range of them.
        day: The day, or a range.
        problems: List to which problems are added.

    Example:
        >>> str(read_date("2019", "March", "5", [])), str(read_date("2019", "3", "", []))
        ('2019-03-05', '2019-03')
        >>> str(read_date("2019", "March-April", "", [])), str(read_date("c. 1950", "", "", []))
        ('2019-03/2019-04', '1950~')
    """
    if not (year or month or day):
        return None
    if all(_NUMBER.fullmatch(part) for part in (year, month or "1", day or "1")) and len(year) == 4:
        try:
            return Date(Point(int(year), int(month) if month else None, int(day) if day else None))
        except InvalidDateError:
            pass
    if not (month or day):
        return Date.parse(year, problems=problems)
    sides = _sides(year, month, day)
    if sides:
        return sides
    number = number_in(month) or 0
    spelled = MONTHS[number - 1] if 1 <= number <= 12 else month
    return Date.parse(" ".join(filter(None, (day, spelled, year))), problems=problems)


def _sides(year: str, month: str, day: str) -> Date | None:
    """Read a range of months or days."""
    months, days = ([part.strip() for part in _DASH.split(text)] for text in (month, day))
    if (len(months), len(days)) not in ((2, 1), (1, 2), (2, 2)) or (len(days) == 1 and day):
        return None
    texts = [
        " ".join(filter(None, (one_day, one_month, year)))
        for one_month, one_day in zip((months[0], months[-1]), (days[0], days[-1]), strict=True)
    ]
    first, last = (Date.parse(text) for text in texts)
    if first.literal is not None or last.literal is not None or first.is_range or last.is_range:
        return None
    return Date.between(first, last)


def agree(one: Date, other: Date) -> bool:
    """Return whether two dates are the same as far as both are precise.

    Example:
        >>> agree(Date.of(2019, 3, 5), Date.of(2019, 3)), agree(Date.of(2019), Date.of(2020))
        (True, False)
    """
    pairs = ((one.year, other.year), (one.month, other.month), (one.day, other.day))
    return all(a == b for a, b in pairs if a is not None and b is not None)


def write_date(date: Date) -> _Parts:
    """Return year, month and day; the year contains the parts that they cannot hold.

    Example:
        >>> write_date(Date.of(2019, 3, 5)), write_date(Date.of(2001, season=1))
        (('2019', 'March', '5'), ('2001', 'Spring', ''))
        >>> write_date(Date.parse("2019-03/2019-04")), write_date(Date.parse("1998/2001"))
        (('2019', 'March-April', ''), ('1998/2001', '', ''))
    """
    parts = _written(date)
    if parts and read_date(*parts, []) == date:
        return parts
    literal = date.literal or ""
    return literal if read_date(literal, "", "", []) == date else str(date), "", ""


def _written(date: Date) -> _Parts | None:
    start, end = date.start, date.end
    if not isinstance(start, Point):
        return None
    first = _point(start)
    if end is None:
        return first
    if not isinstance(end, Point) or start.year != end.year:
        return None
    last = _point(end)
    month = first[1] if first[1] == last[1] else f"{first[1]}-{last[1]}"
    return first[0], month, f"{first[2]}-{last[2]}" if first[2] and last[2] else ""


def _point(point: Point) -> _Parts:
    month = MONTHS[point.month - 1] if point.month else ""
    season = _SEASONS[point.season - 1] if point.season else ""
    return f"{point.year:04}", month or season, str(point.day) if point.day else ""
