"""Points in time and their text form, EDTF (ISO 8601-2:2019, levels 0 and 1).

The Library of Congress publishes the grammar as the *Extended Date/Time Format (EDTF)
Specification*; the named clauses are its headings.
"""

from __future__ import annotations

import re
from enum import Enum
from operator import index
from typing import Final, SupportsIndex

from attrs import fields, frozen

from refcite.problems import InvalidDateError, RecordTypeError

__all__ = ["Bound", "Point", "Sides", "days_in", "read_edtf", "write_edtf"]


class Bound(Enum):
    """The side of a range that names no date (EDTF level 1, "Extended Interval").

    Example:
        >>> from refcite import Date
        >>> from refcite.dates import Bound
        >>> Date.parse("1998/..").end is Bound.OPEN
        True
    """

    OPEN = ".."
    """The range is open on this side, such as the end of `1998/..`."""
    UNKNOWN = ""
    """The date on this side is not known, as in `1998/`."""


_LARGEST_YEAR: Final = 10**18 - 1
_DAYS: Final = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_OPTIONAL_INT: Final = frozenset({int, type(None)})


@frozen
class Point:
    """One point in time, only as precise as its source.

    Only points that EDTF can express are possible: a year of more than four digits, or with
    unspecified digits, has no month and day.

    Attributes:
        year: Year; 0 is 1 BCE, -43 is 44 BCE (ISO 8601). At most 18 digits.
        month: Month, 1 to 12.
        day: Day of the month, 1 to 31, of the Gregorian calendar; only with a month.
        season: 1 spring, 2 summer, 3 autumn, 4 winter (CSL's numbers); never with a month.
        approximate: Whether the date is approximate, as in "circa 1950" (EDTF `~`).
        uncertain: Whether the date is uncertain (EDTF `?`).
        unspecified_digits: The number of unspecified digits at the end of the year: 1 for
            `199X` (`year` is 1990), 2 for `19XX`.
        unspecified_month: Whether there is a month that is not known (EDTF `2004-XX`).
        unspecified_day: Whether there is a day that is not known (EDTF `2004-06-XX`).

    Raises:
        RecordTypeError: An attribute has the wrong type.
        InvalidDateError: The date does not exist, such as 31 February.

    Example:
        >>> from refcite.dates import Point
        >>> str(Point(2017, 1, 18)), str(Point(-43, 3)), str(Point(1950, approximate=True))
        ('2017-01-18', '-0043-03', '1950~')
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

    def __attrs_post_init__(self) -> None:
        year, month, day = self.year, self.month, self.day
        if (
            type(year) is not int
            or not {type(month), type(day), type(self.season)} <= _OPTIONAL_INT
            or type(self.approximate) is not bool
            or type(self.uncertain) is not bool
            or type(self.unspecified_digits) is not int
            or type(self.unspecified_month) is not bool
            or type(self.unspecified_day) is not bool
        ):
            self._convert_types()
            year, month, day = self.year, self.month, self.day
        if month is not None:
            if not 1 <= month <= 12:
                raise InvalidDateError(f"Point.month must be 1 to 12, not {month}")
            if day is not None and not 1 <= day <= 28 and not 1 <= day <= days_in(year, month):
                raise InvalidDateError(
                    f"Point.day must be 1 to {days_in(year, month)}"
                    f" in {_year_text(year)}-{month:02}, not {day}"
                )
        elif day is not None:
            raise InvalidDateError(f"Point.day ({day}) needs a month")
        if not -9999 <= year <= 9999:
            self._check_long_year()
        if self.season is not None:
            self._check_season()
        if self.unspecified_digits or self.unspecified_month or self.unspecified_day:
            self._check_unspecified()

    def _convert_types(self) -> None:
        """Convert numbers of other types, such as NumPy's; reject what is no number."""
        for attribute in fields(Point):
            value = getattr(self, attribute.name)
            what = "a whole number"
            if attribute.default is False:
                what = "True or False"
                is_right = type(value) is bool
            elif isinstance(value, SupportsIndex) and not isinstance(value, bool):
                object.__setattr__(self, attribute.name, index(value))
                continue
            elif attribute.default is None:
                what = "a whole number or None"
                is_right = value is None
            else:
                is_right = False
            if not is_right:
                raise RecordTypeError(
                    f"Point.{attribute.name} must be {what},"
                    f" not {type(value).__name__} ({value!r:.40})"
                )

    def _check_long_year(self) -> None:
        if not -_LARGEST_YEAR <= self.year <= _LARGEST_YEAR:
            raise InvalidDateError("Point.year must have at most 18 digits")
        if self.month is not None or self.unspecified_month:
            raise InvalidDateError(
                f"Point.month cannot be combined with a year of five digits ({self.year})"
            )

    def _check_season(self) -> None:
        season = self.season
        if season not in (1, 2, 3, 4):
            raise InvalidDateError(f"Point.season must be 1 to 4, not {season}")
        if self.month is not None:
            raise InvalidDateError(f"Point.season ({season}) cannot be combined with a month")
        if not -9999 <= self.year <= 9999:
            raise InvalidDateError(
                f"Point.season cannot be combined with a year of five digits ({self.year})"
            )

    def _check_unspecified(self) -> None:
        digits = self.unspecified_digits
        parted = self.month is not None or self.season is not None
        if self.unspecified_month and parted:
            raise InvalidDateError(
                "Point.unspecified_month cannot be combined with a month or season"
            )
        if self.unspecified_day and (
            self.day is not None or not (self.unspecified_month or self.month)
        ):
            raise InvalidDateError("Point.unspecified_day needs a month, and no day")
        if not digits:
            return
        if digits not in (1, 2):
            raise InvalidDateError(f"Point.unspecified_digits must be 0, 1 or 2, not {digits}")
        if parted or self.unspecified_month or not -9999 <= self.year <= 9999:
            raise InvalidDateError(
                "Point.unspecified_digits needs a year of four digits without month or season"
            )
        if self.year % 10**digits:
            raise InvalidDateError(
                f"Point.year must end in {'0' * digits} if digits are unspecified, not {self.year}"
            )

    def __str__(self) -> str:
        """Return the point in EDTF."""
        text = _year_text(self.year)
        if self.unspecified_digits:
            text = text[: -self.unspecified_digits] + "X" * self.unspecified_digits
        if self.month is not None:
            text += f"-{self.month:02}"
        elif self.season is not None:
            text += f"-{self.season + 20}"
        elif self.unspecified_month:
            text += "-XX"
        if self.day is not None:
            text += f"-{self.day:02}"
        elif self.unspecified_day:
            text += "-XX"
        return text + _QUALIFIERS[self.approximate, self.uncertain]

    def is_after(self, other: Point) -> bool:
        """Return whether this point is completely after the other.

        Args:
            other: The other point.

        Example:
            >>> from refcite.dates import Point
            >>> Point(2018).is_after(Point(2017, 5)), Point(2017).is_after(Point(2017, 5))
            (True, False)
        """
        first, last = self._years()[0], other._years()[1]
        if first != last or self.month is None or other.month is None:
            return first > last
        if self.month != other.month or self.day is None or other.day is None:
            return self.month > other.month
        return self.day > other.day

    @property
    def first_day(self) -> tuple[int, int, int]:
        """Year, month and day of the first day.

        The first day of a season is the first of March, June, September or December.
        """
        month = self.month if self.season is None else 3 * self.season
        return self._years()[0], month or 1, self.day or 1

    @property
    def rank(self) -> tuple[int, ...]:
        """The value by which points are sorted: the first day, then the precision."""
        if self.unspecified_digits:
            precision = -self.unspecified_digits
        elif self.day is not None:
            precision = 5
        else:
            parts = 3 if self.month is not None else 2 if self.season is not None else 0
            precision = parts + self.unspecified_month + self.unspecified_day
        return (*self.first_day, precision)

    def _years(self) -> tuple[int, int]:
        """Return the first and last year that the unspecified digits allow."""
        spread = 10**self.unspecified_digits - 1
        return (
            (self.year, self.year + spread) if self.year >= 0 else (self.year - spread, self.year)
        )


Sides = tuple[Point | Bound, Point | Bound | None]
"""The start of a date, and the end of a range."""

_QUALIFIERS: Final = {
    (False, False): "",
    (True, False): "~",
    (False, True): "?",
    (True, True): "%",
}


def days_in(year: int, month: int) -> int:
    """Return the number of days of a month of the Gregorian calendar.

    Example:
        >>> days_in(1900, 2), days_in(2000, 2)
        (28, 29)
    """
    if month == 2 and (year % 4 or (year % 100 == 0 and year % 400)):
        return 28
    return _DAYS[month]


def _year_text(year: int) -> str:
    if not -9999 <= year <= 9999:
        return f"Y{year}"
    return f"{year:04}" if year >= 0 else f"-{-year:04}"


def write_edtf(start: Point | Bound, end: Point | Bound | None) -> str:
    """Return a date or a range in EDTF.

    Example:
        >>> write_edtf(Point(1998), Bound.OPEN)
        '1998/..'
    """
    return _side_text(start) if end is None else f"{_side_text(start)}/{_side_text(end)}"


def _side_text(side: Point | Bound) -> str:
    return side.value if isinstance(side, Bound) else str(side)


# "Date", "Letter-prefixed calendar year", "Negative calendar year", "Seasons", "Qualification of a
# date (complete)", "Unspecified digit(s) from the right". The draft of 2012 wrote u for X, and
# y for Y; biblatex still writes ?~ for %.
_POINT: Final = re.compile(
    r"(?:[Yy](?P<long>-?[1-9][0-9]{4,17})"
    r"|(?P<year>-?[0-9]{2}(?:[0-9]{2}|[0-9][XxuU]|[Xx]{2}|[uU]{2}))"
    r"(?:-(?P<month>[0-9]{2}|[Xx]{2}|[uU]{2})(?:-(?P<day>[0-9]{2}|[Xx]{2}|[uU]{2}))?)?)"
    r"(?P<qualifier>[~?%]|\?~|~\?)?"
)
_LAST_SUB_YEAR: Final = "41"  # of level 2; higher numbers are not parts of a year
_BOUNDS: Final = {
    "..": Bound.OPEN,
    "open": Bound.OPEN,
    "": Bound.UNKNOWN,
    "unknown": Bound.UNKNOWN,
}


def read_edtf(text: str) -> Sides | None:
    """Read EDTF of levels 0 and 1.

    Args:
        text: A date or an interval, without white space around it.

    Returns:
        The date's sides, or None if the text does not have this form.

    Raises:
        InvalidDateError: The form is right, but there is no such date.

    Example:
        >>> read_edtf("2001-21")
        (Point(year=2001, month=None, day=None, season=1, ...), None)
    """
    before, slash, after = text.partition("/")
    start = _read_side(before, bound=bool(slash))
    if start is None:
        return None
    if not slash:
        return start, None
    end = _read_side(after, bound=isinstance(start, Point))
    return None if end is None else (start, end)


def _read_side(text: str, *, bound: bool) -> Point | Bound | None:
    if bound and text in _BOUNDS:
        return _BOUNDS[text]
    found = _POINT.fullmatch(text)
    if found is None:
        return None
    long, year, month, day, qualifier = found.groups()
    flags = {
        "approximate": qualifier is not None and qualifier != "?",
        "uncertain": qualifier is not None and qualifier != "~",
    }
    if long:
        return Point(int(long), **flags)
    if not year[-1].isdigit():
        return None if month else _read_unspecified_year(year, flags)
    if year == "-0000":
        raise InvalidDateError("Point.year must not be -0000: the year before 1 is 0000")
    return _read_parts(int(year), month, day, flags)


def _read_unspecified_year(year: str, flags: dict[str, bool]) -> Point | None:
    stem = year.rstrip("XxuU")
    digits = len(year) - len(stem)
    value = int(stem) * 10**digits
    # -000X has no year: 0 already represents 000X.
    return (
        None if year[0] == "-" and not value else Point(value, unspecified_digits=digits, **flags)
    )


def _read_parts(
    year: int, month: str | None, day: str | None, flags: dict[str, bool]
) -> Point | None:
    if month is None:
        return Point(year, **flags)
    if not month.isdigit():
        if day is not None and day.isdigit():
            return None
        return Point(year, unspecified_month=True, unspecified_day=day is not None, **flags)
    if day is None:
        if month in ("21", "22", "23", "24"):
            return Point(year, season=int(month) - 20, **flags)
        if month > _LAST_SUB_YEAR:
            return None
        return Point(year, int(month), **flags)
    if not day.isdigit():
        return Point(year, int(month), unspecified_day=True, **flags)
    return Point(year, int(month), int(day), **flags)
