"""The dates of Zotero: the date that Zotero has recognised, and the text that the user entered."""

from __future__ import annotations

import re
from typing import Final

from refcite.dates import Date
from refcite.problems import Problem

__all__ = ["date_of"]

_PARTS: Final = re.compile(r"([0-9]{4})-([01][0-9])-([0-3][0-9])(?: (.*))?", re.DOTALL)


def date_of(text: str, day_first: bool | None = None) -> tuple[Date, list[Problem]]:
    """Return the date of a field, with the problems of it.

    The database has a date as `2017-01-05 January 5, 2017`: year, month and day, of which those
    that are not known are zero, and then the text of the user. The text is read if it has more
    than these parts, such as a range or a season. If it is ambiguous, the parts decide.

    Args:
        text: The text of the field.
        day_first: Whether `01/02/2017` is 1 February or 2 January.

    Example:
        >>> str(date_of("2017-01-05 January 5, 2017")[0]), str(date_of("2017-02-01 01/02/2017")[0])
        ('2017-01-05', '2017-02-01')
        >>> str(date_of("2020-00-00 Spring 2020")[0]), str(date_of("2020-00-00 2020-2021")[0])
        ('2020-21', '2020/2021')
    """
    problems: list[Problem] = []
    found = _PARTS.fullmatch(text)
    if found is None:
        return Date.parse(text, day_first=day_first, problems=problems), problems
    year, month, day = (int(part) for part in found.groups()[:3])
    own = (found[4] or "").strip()
    stated = _stated(year, month, day)
    if stated is None:
        return Date.parse(own or text, day_first=day_first, problems=problems), problems
    entered = Date.parse(own, day_first=day_first) if own else None
    if entered is None or entered.literal is not None or entered.year != year:
        return stated, problems
    has_more = (
        entered.is_range
        or entered.approximate
        or entered.season is not None
        or entered.season_name is not None
    )
    return (entered if has_more else stated), problems


def _stated(year: int, month: int, day: int) -> Date | None:
    """Return the date of year, month and day, of which those that are not known are zero."""
    if not year:
        return None
    for parts in ((year, month, day), (year, month), (year,)):
        if all(parts):
            try:
                return Date.of(*parts)
            except ValueError:
                continue  # the month or the day does not exist
    return None
