"""When a work was issued, where several tags say so.

`PY` has the year that is cited. The month and the day are those of the tag that has them and agrees
with that year: `DA`, or `Y1` of the first specification.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from attrs import frozen

from refcite.dates import Date, Point
from refcite.formats.ris.lines import Field
from refcite.formats.ris.values import DateRead

__all__ = ["Chosen", "choose_issued"]

_TAGS: Final = ("DA", "ET", "PY", "Y1")
"""Tags that may say when a work was issued; of two that are as precise, the first counts."""
_YEAR: Final = re.compile(r"\d{4}")


@frozen
class Chosen:
    """A date, and what the tags say beside it.

    Attributes:
        date: The date; None where no tag has one.
        doubtful: Places of the tags whose problems are to be told.
        inexact: Places of the tags that say more than a date.
        others: Places of the tags that say another date.
    """

    date: Date | None
    doubtful: Sequence[int] = ()
    inexact: Sequence[int] = ()
    others: Sequence[int] = ()


def choose_issued(
    fields: Sequence[Field], reads: Sequence[DateRead], day_first: bool | None = None
) -> Chosen:
    """Choose between dates.

    Args:
        fields: The tags, two or more.
        reads: What each says.
        day_first: How to read `01/02/2017`.

    Example:
        >>> from refcite.formats.ris.values import read_date
        >>> fields = [("PY", "2001", 3), ("DA", "2001/05/06", 4), ("Y1", "2000", 5)]
        >>> chosen = choose_issued(fields, [read_date(text) for _, text, _ in fields])
        >>> str(chosen.date), chosen.others
        ('2001-05-06', [2])
    """
    if len(fields) == 2:
        day = _day_in_year(fields, reads)
        if day is not None:
            return Chosen(day)
    found = sorted(zip(range(len(fields)), fields, reads, strict=True), key=_by_tag)
    year = _year_of("PY", fields, reads)
    any_year = year if year is not None else _year_of("Y1", fields, reads)
    dates = {index: _with_year(read, any_year, day_first) for index, _, read in found}
    given = [date for date in dates.values() if date is not None]
    in_year = [date for date in given if date.year == year] if year is not None else []
    known = in_year or [date for date in given if date.literal is None] or given[:1]
    chosen = max(known, key=_precision) if known else None
    return Chosen(
        chosen,
        doubtful=[index for index, _, read in found if dates[index] == read.date],
        inexact=[index for index, _, read in found if not read.is_exact],
        others=[
            index
            for index, _, read in found
            if read.is_exact and not (chosen and _says(chosen, dates[index]))
        ],
    )


def _day_in_year(fields: Sequence[Field], reads: Sequence[DateRead]) -> Date | None:
    """Return the day of `DA`, where `PY` has its year: the form in which most dates come."""
    place = 0 if fields[0][0] == "DA" else 1
    (tag, text, _), (year_tag, year, _) = fields[place], fields[1 - place]
    if tag != "DA" or year_tag != "PY" or len(year) != 4 or not text.startswith(year):
        return None
    read = reads[place]
    is_day = read.is_exact and not read.problems and read.date is not None
    return read.date if is_day and _precision(read.date) else None


def _by_tag(found: tuple[int, Field, DateRead]) -> int:
    return _TAGS.index(found[1][0])


def _year_of(tag: str, fields: Sequence[Field], reads: Sequence[DateRead]) -> int | None:
    for field, read in zip(fields, reads, strict=True):
        if field[0] == tag and read.date is not None and read.date.year is not None:
            return read.date.year
    return None


def _with_year(read: DateRead, year: int | None, day_first: bool | None) -> Date | None:
    """Read `May 6` with the year that another tag gives."""
    literal = read.date.literal if read.date else None
    if year is None or literal is None or _YEAR.search(literal):
        return read.date
    whole = Date.parse(f"{literal} {year}", day_first=day_first)
    return whole if whole.literal is None else read.date


def _precision(date: Date | None) -> int:
    if date is None or not isinstance(date.start, Point):
        return 0
    start = date.start
    has_season = start.season is not None or date.season_name is not None
    return 1 + (start.month is not None or has_season) + (start.day is not None)


def _says(date: Date, other: Date | None) -> bool:
    """Tell whether a date says all that another says."""
    if other is None or date == other:
        return True
    start, rough = date.start, other.start
    if not isinstance(start, Point) or other.is_range:
        return False
    return rough == Point(start.year) or (
        not date.is_range and rough == Point(start.year, start.month)
    )
