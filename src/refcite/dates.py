"""Dates as bibliographies hold them.

A `Date` is a point of year, month, season or day precision, a range of two points, or a literal
that could not be read. Its text form is EDTF (ISO 8601-2:2019, levels 0 and 1).
"""

from __future__ import annotations

from enum import Enum
from typing import Self

from attrs import frozen

from refcite.problems import Problem

__all__ = ["Bound", "Date", "Point"]


class Bound(Enum):
    """The side of a range that names no date (EDTF level 1, "extended interval")."""

    OPEN = ".."
    UNKNOWN = ""


@frozen
class Point:
    """One point in time, only as precise as its source.

    Attributes:
        year: Year; 0 is 1 BCE, -43 is 44 BCE (ISO 8601), without limit on either side.
        month: Month, 1 to 12.
        day: Day of the month, 1 to 31; only with a month.
        season: 1 spring, 2 summer, 3 autumn, 4 winter (CSL's numbers); never with a month.
        approximate: Whether the source says "circa" (EDTF `~`).
        uncertain: Whether the source doubts it (EDTF `?`).
        unspecified_digits: How many digits at the year's end the source leaves open: 1 for
            `199X` (`year` is 1990), 2 for `19XX`.
        unspecified_month: Whether there is a month that is not known (EDTF `2004-XX`).
        unspecified_day: Whether there is a day that is not known (EDTF `2004-06-XX`).
    """

    year: int
    month: int | None = None
    day: int | None = None
    season: int | None = None
    approximate: bool = False
    uncertain: bool = False
    unspecified_digits: int = 0
    unspecified_month: bool = False
    unspecified_day: bool = False


@frozen
class Date:
    """A date, a range of dates, or the text of one that could not be read.

    Attributes:
        start: The date, or the range's first; None for a literal.
        end: The range's last; None where it is not a range.
        literal: The text that could not be read; stands alone.
    """

    start: Point | Bound | None = None
    end: Point | Bound | None = None
    literal: str | None = None

    @classmethod
    def parse(
        cls, text: str, *, day_first: bool | None = None, problems: list[Problem] | None = None
    ) -> Self:
        """Read a date."""
        raise NotImplementedError

    @classmethod
    def of(
        cls, year: int, month: int | None = None, day: int | None = None, *, season: int | None = None
    ) -> Self:
        """Return the date of this year, or month, season or day."""
        return cls(Point(year, month, day, season))
