"""The dates of a MARC record: as they are transcribed, and coded in 008."""

from __future__ import annotations

import re
from typing import Final

from refcite.dates import Bound, Date, Point
from refcite.formats.marc.fields import clean

__all__ = ["coded_dates", "year_in"]

_YEAR: Final = re.compile(r"(?<![0-9])(1[0-9]{3}|20[0-9]{2})(?![0-9])")
_CODED: Final = re.compile(r"[0-9]{1,4}u{0,3}")
_RANGES: Final = frozenset("cdikmu")
_CONTINUING: Final = "9999"


def year_in(text: str) -> Date | None:
    """Return the first year in a transcribed date such as `año 1687`, without other words.

    Example:
        >>> str(year_in("2001, c2000")), year_in("MDCCIV")
        ('2001', None)
    """
    found = _YEAR.search(clean(text))
    return Date.of(int(found[1])) if found else None


def coded_dates(fixed: str) -> tuple[Date | None, Date | None]:
    """Return the date of publication and that of the original in a field 008.

    Example:
        >>> [str(date) for date in coded_dates("910926r19571920nyu")]
        ['1957', '1920']
        >>> str(coded_dates("910926c19949999nyu")[0]), coded_dates("910926nuuuuuuuunyu")
        ('1994/..', (None, None))
    """
    kind, first, last = fixed[6:7], _date(fixed[7:11]), fixed[11:15]
    if first is None:
        return None, None
    if kind in _RANGES:
        if last == _CONTINUING:
            return Date(first.start, Bound.OPEN), None
        end = _date(last)
        if end is not None and end != first and isinstance(end.start, Point):
            return Date(first.start, end.start), None
        return first, None
    if kind == "q":
        end = _date(last)
        if end is not None and isinstance(end.start, Point):
            return Date.parse(f"{fixed[7:11]}?/{last}?".replace("u", "X")), None
        return first, None
    if kind == "e" and last.strip().isdecimal() and len(last.strip()) == 4:
        month, day = int(last[:2]), int(last[2:])
        if 1 <= month <= 12:
            date = Date.parse(f"{fixed[7:11]}-{last[:2]}" + (f"-{last[2:]}" if day else ""))
            return (date if date.literal is None else first), None
    return first, _date(last) if kind == "r" else None


def _date(text: str) -> Date | None:
    if len(text) != 4 or not _CODED.fullmatch(text) or text in (_CONTINUING, "0000"):
        return None
    date = Date.parse(text.replace("u", "X"))
    return date if date.literal is None else None
