"""Dates of works.

A `Date` is a point of year, month, season or day precision, a range of two points, or a literal
that could not be read. Its text form is EDTF (ISO 8601-2:2019, levels 0 and 1). EDTF numbers four
seasons; the name of another part of the year, such as a term, follows in double quotes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, Self

from attrs import frozen

from refcite.characters import plain_text
from refcite.edtf import Bound, Point, Sides, read_edtf, write_edtf
from refcite.problems import InvalidDateError, Problem, RecordTypeError, Severity

if TYPE_CHECKING:
    import datetime

__all__ = ["Bound", "Date", "Point"]

_LONGEST: Final = 120
"""The largest length of a date; longer texts are kept as literals without parsing."""


@frozen(repr=False)
class Date:
    """A date, a range of dates, or the text of one that could not be read.

    Dates are ordered by their first day; of two that begin on the same day, the less precise comes
    first (`2014`, `2014-01`, `2014-01-01`), and a single date before a range. A season begins with
    March, June, September or December. Ranges without a start are before all other dates,
    literals after them.

    Attributes:
        start: The date, or the start of a range; None for a literal.
        end: The end of a range; None if the date is not a range.
        literal: The text that could not be read; then the other attributes are not set.
        season_name: A part of the year of `start` that has a name and no number, such as
            "Michaelmas" (CSL-JSON's `season`); only for a start without month or season.

    Raises:
        RecordTypeError: An attribute has the wrong type.
        InvalidDateError: The attributes do not form a date: a literal with a start, no attribute at
            all, a range without a point, or the name of a season with a month.

    Example:
        >>> from refcite import Date
        >>> from refcite.dates import Point
        >>> Date(Point(2017, 1, 18)).month
        1
        >>> str(Date(Point(1998), Point(2001)))
        '1998/2001'
        >>> str(Date(Point(2001), season_name="Michaelmas"))
        '2001 "Michaelmas"'
        >>> dates = map(Date.parse, ("n.d.", "2014-01-01", "Spring 2014", "2013/2015", "2014"))
        >>> [str(date) for date in sorted(dates)]
        ['2013/2015', '2014', '2014-01-01', '2014-21', 'n.d.']
    """

    start: Point | Bound | None = None
    end: Point | Bound | None = None
    literal: str | None = None
    season_name: str | None = None

    def __attrs_post_init__(self) -> None:
        start, end = self.start, self.end
        if self.season_name is not None:
            self._check_season_name()
        if end is None and self.literal is None and isinstance(start, Point):
            return
        for name, side in (("start", start), ("end", end)):
            if not isinstance(side, Point | Bound | None):
                raise RecordTypeError(
                    f"Date.{name} must be a Point, a Bound or None,"
                    f" not {type(side).__name__}; {_instead(side)}"
                )
        if self.literal is not None:
            self._check_literal()
        elif start is None:
            raise InvalidDateError("Date.start or Date.literal must be set")
        else:
            self._check_range()

    def _check_literal(self) -> None:
        if not isinstance(self.literal, str):
            raise RecordTypeError(
                f"Date.literal must be text or None, not {type(self.literal).__name__}"
            )
        object.__setattr__(self, "literal", plain_text(self.literal))
        if self.start is not None or self.end is not None:
            raise InvalidDateError("Date.literal cannot be combined with start and end")

    def _check_season_name(self) -> None:
        if not isinstance(self.season_name, str):
            raise RecordTypeError(
                f"Date.season_name must be text or None, not {type(self.season_name).__name__}"
            )
        object.__setattr__(self, "season_name", plain_text(self.season_name))
        start = self.start
        if not self.season_name:
            raise InvalidDateError("Date.season_name must not be empty")
        if not isinstance(start, Point) or start.month is not None or start.season is not None:
            raise InvalidDateError(
                f"Date.season_name ({self.season_name!r:.40}) needs a start without month or season"
            )

    def _check_range(self) -> None:
        start, end = self.start, self.end
        if isinstance(start, Bound) and not isinstance(end, Point):
            raise InvalidDateError(f"Date.end must be a Point where Date.start is {start}")

    @classmethod
    def of(
        cls,
        year: int,
        month: int | None = None,
        day: int | None = None,
        *,
        season: int | None = None,
    ) -> Self:
        """Return the date of this year, or month, season or day.

        Args:
            year: Year; 0 is 1 BCE, -43 is 44 BCE (ISO 8601). At most 18 digits.
            month: Month, 1 to 12.
            day: Day of the month, 1 to 31; only with a month.
            season: 1 spring, 2 summer, 3 autumn, 4 winter; never with a month.

        Raises:
            RecordTypeError: A value is not a whole number.
            InvalidDateError: There is no such date, such as 31 February.

        Example:
            >>> from refcite import Date
            >>> str(Date.of(2017, 1)), str(Date.of(2001, season=1))
            ('2017-01', '2001-21')
        """
        return cls(Point(year, month, day, season))

    @classmethod
    def between(cls, start: Date | Point | Bound, end: Date | Point | Bound) -> Self:
        """Return the range from one date to another.

        Args:
            start: The start; `Bound.OPEN` or `Bound.UNKNOWN` if it is not a date.
            end: The end, in the same form.

        Raises:
            InvalidDateError: A side is itself a range or a literal.

        Example:
            >>> from refcite import Date
            >>> from refcite.dates import Bound, Point
            >>> str(Date.between(Date.of(1998), Date.of(2001, 5)))
            '1998/2001-05'
            >>> str(Date.between(Point(1998), Bound.OPEN))
            '1998/..'
        """
        return cls(_single(start, "start"), _single(end, "end"))

    @classmethod
    def from_date(cls, day: datetime.date) -> Self:
        """Return the date of a `datetime.date`.

        Args:
            day: The day; the time of a `datetime.datetime` is omitted.

        Raises:
            RecordTypeError: The value is not a `datetime.date`.

        Example:
            >>> import datetime
            >>> from refcite import Date
            >>> str(Date.from_date(datetime.date(2014, 3, 18)))
            '2014-03-18'
        """
        import datetime  # slow to import, and rarely needed

        if not isinstance(day, datetime.date):
            raise RecordTypeError(f"Date.from_date needs a datetime.date, not {type(day).__name__}")
        return cls(Point(day.year, day.month, day.day))

    def to_date(self) -> datetime.date:
        """Return the day as a `datetime.date`.

        Raises:
            InvalidDateError: The date is not a single day, or its year is not between 1 and 9999.

        Example:
            >>> from refcite import Date
            >>> Date.of(2014, 3, 18).to_date()
            datetime.date(2014, 3, 18)
            >>> Date.of(2014).first_day
            datetime.date(2014, 1, 1)
        """
        if self.end is not None or self.day is None:
            raise InvalidDateError(
                f"the date {_shown(str(self))} is not a single day"
                + ("" if self.first_day is None else "; use its first_day")
            )
        first = self.first_day
        if first is None:
            raise InvalidDateError(
                f"datetime.date cannot hold the year {self.year}; it accepts 1 to 9999"
            )
        return first

    @property
    def first_day(self) -> datetime.date | None:
        """The first day of the date or range, or None.

        It is None for a literal, a range without a start, and a year before 1 or after 9999.
        """
        if not isinstance(self.start, Point):
            return None
        year, month, day = self.start.first_day
        if not 1 <= year <= 9999:
            return None
        import datetime  # slow to import, and rarely needed

        return datetime.date(year, month, day)

    @classmethod
    def today(cls) -> Self:
        """Return the date of today in the local time zone.

        Example:
            >>> from refcite import Date
            >>> Date.today().day in range(1, 32)
            True
        """
        import datetime  # slow to import, and rarely needed

        return cls.from_date(datetime.date.today())

    @classmethod
    def parse(
        cls, text: str, *, day_first: bool | None = None, problems: list[Problem] | None = None
    ) -> Self:
        """Parse a date in the forms of bibliographies, with the precision of the text.

        Supported are EDTF of levels 0 and 1 and ISO 8601; dates and ranges in words, in English,
        French, German, Spanish, Italian, Portuguese and Dutch, and months in the languages of the
        CSL locales that write them in one word; seasons; `c. 1950`, `1950?`, `44 BC`; and the date
        of time stamps. Text in double quotes after EDTF is the name of a
        season. Text without a date, and text between double quotes, is kept as a literal.

        If day and month are figures, `25/12/2017` has one reading. `01/02/2017` and `01-02-2017`
        have two, and are kept as literals if `day_first` is not set. With full stops, as in
        `01.02.2017`, the day is first, as in DIN 5008 and in all of Europe.

        Args:
            text: The date.
            day_first: Whether `01/02/2017` is 1 February (True) or 2 January (False). None keeps
                it as a literal and reports both readings.
            problems: List to which problems are added, with the codes `ambiguous-date`,
                `invalid-date` (31 February), `reversed-range` (`2001/1998`, read unchanged) or
                `unread-date`.

        Raises:
            RecordTypeError: The value is not a text.

        Example:
            >>> from refcite import Date
            >>> str(Date.parse("18 January 2017")), str(Date.parse("Spring 2001"))
            ('2017-01-18', '2001-21')
            >>> str(Date.parse("28 May - 3 June 2010")), str(Date.parse("c. 44 BC"))
            ('2010-05-28/2010-06-03', '-0043~')
            >>> met = []
            >>> Date.parse("01/02/2017", problems=met).literal
            '01/02/2017'
            >>> print(met[0].message)
            the date '01/02/2017' has two readings: 1 February 2017 or 2 January 2017
        """
        if not isinstance(text, str):
            raise RecordTypeError(
                f"Date.parse needs text, not {type(text).__name__}; {_instead(text)}"
            )
        text = plain_text(text)
        try:
            sides, season_name = _read(text, day_first)
            date = cls(*sides, season_name=season_name) if sides else None
        except InvalidDateError as error:
            date = None
            if problems is not None:
                problems.append(_refused(text, error))
        else:
            if problems is not None:
                problems.extend(_doubts(text, date))
        return date or cls(literal=_unquoted(text))

    @property
    def year(self) -> int | None:
        """Year of the start; None for a literal and for a range without a start."""
        return self.start.year if isinstance(self.start, Point) else None

    @property
    def month(self) -> int | None:
        """Month of the start, if it has one."""
        return self.start.month if isinstance(self.start, Point) else None

    @property
    def day(self) -> int | None:
        """Day of the start, if it has one."""
        return self.start.day if isinstance(self.start, Point) else None

    @property
    def season(self) -> int | None:
        """Season of the start, if it has one."""
        return self.start.season if isinstance(self.start, Point) else None

    @property
    def is_range(self) -> bool:
        """Whether the date has two sides."""
        return self.end is not None

    @property
    def is_reversed(self) -> bool:
        """Whether the range ends before it starts, which is an error."""
        start, end = self.start, self.end
        return isinstance(start, Point) and isinstance(end, Point) and start.is_after(end)

    @property
    def approximate(self) -> bool:
        """Whether a side is approximate, which CSL calls "circa"."""
        return any(isinstance(side, Point) and side.approximate for side in (self.start, self.end))

    def __lt__(self, other: object) -> bool:
        return self._rank() < other._rank() if isinstance(other, Date) else NotImplemented

    def __le__(self, other: object) -> bool:
        return self._rank() <= other._rank() if isinstance(other, Date) else NotImplemented

    def __gt__(self, other: object) -> bool:
        return self._rank() > other._rank() if isinstance(other, Date) else NotImplemented

    def __ge__(self, other: object) -> bool:
        return self._rank() >= other._rank() if isinstance(other, Date) else NotImplemented

    def _rank(self) -> tuple[object, ...]:
        """Return the sort key of a date: equal for equal dates, and only for these."""
        if self.literal is not None:
            return (1, self.literal)
        start, end = _rank_of(self.start, is_end=False), _rank_of(self.end, is_end=True)
        points = [side for side in (self.start, self.end) if isinstance(side, Point)]
        doubts = [(point.approximate, point.uncertain) for point in points]
        return (0, start, end, doubts, self.season_name or "")

    def __repr__(self) -> str:
        return f"Date.parse({str(self)!r})"

    def __str__(self) -> str:
        """Return the date in EDTF; a literal that would be read otherwise is in double quotes.

        The name of a season follows the EDTF in double quotes.
        """
        if self.start is not None:
            edtf = write_edtf(self.start, self.end)
            return edtf if self.season_name is None else f'{edtf} "{self.season_name}"'
        literal = self.literal or ""
        return literal if Date.parse(literal) == self else f'"{literal}"'


def _read(text: str, day_first: bool | None) -> tuple[Sides | None, str | None]:
    """Return a date's sides, and the name of its season."""
    sides = read_edtf(text) if len(text) <= _LONGEST else None
    if sides or _is_quoted(text):
        return sides, None
    before, _, name = text[:-1].partition(' "') if text.endswith('"') else ("", "", "")
    if name and len(before) <= _LONGEST:
        sides = read_edtf(before)
        if sides:
            return sides, name
    bare = text.strip()
    if len(bare) > _LONGEST:
        return None, None
    # The words of dates take long to load. Many programs only use EDTF.
    from refcite.datetext import read_stamp, read_text

    return (
        (read_edtf(bare) if bare != text else None)
        or read_text(bare, day_first)
        or read_stamp(bare)
    ), None


def _rank_of(side: Point | Bound | None, *, is_end: bool) -> tuple[object, ...]:
    """Return the sort key of a start, or of an end; a missing end is first."""
    if isinstance(side, Point):
        return (1, *side.rank)
    if side is Bound.OPEN:
        return (2 if is_end else -1,)
    return (-1,) if side is None else (0,)


def _instead(value: object) -> str:
    """Return the call that creates a date from a value that is not a point."""
    if isinstance(value, str):
        return "use Date.parse for text"
    if hasattr(value, "toordinal"):
        return "use Date.from_date for a datetime.date"
    return "use Date.of for a year, a month and a day"


def _single(side: Date | Point | Bound, name: str) -> Point | Bound:
    if not isinstance(side, Date):
        return side
    if side.start is None or side.end is not None:
        raise InvalidDateError(f"the {name} of a range must be a single date, not {str(side)!r}")
    return side.start


def _is_quoted(text: str) -> bool:
    return len(text) >= 2 and text[0] == text[-1] == '"'


def _unquoted(text: str) -> str:
    return text[1:-1] if _is_quoted(text) else text


def _is_literal(text: str) -> bool:
    """Return whether a text is a literal: it is quoted, or states that there is no date."""
    from refcite.datetext import is_no_date

    return _is_quoted(text) or (len(text) <= _LONGEST and is_no_date(text))


def _shown(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:59] + "…")


def _refused(text: str, error: InvalidDateError) -> Problem:
    from refcite.datewords import AmbiguousDateError

    if isinstance(error, AmbiguousDateError):
        return Problem(
            severity=Severity.WARNING,
            code="ambiguous-date",
            message=f"the date {_shown(text)} has two readings: {' or '.join(error.readings)}",
            hint=error.hint,
        )
    reason = str(error).replace("Point.", "").replace("Date.", "")
    return Problem(
        severity=Severity.WARNING,
        code="invalid-date",
        message=f"there is no date {_shown(text)}: {reason}",
        hint="it is kept as text",
    )


def _guessed_month(text: str) -> Iterator[Problem]:
    from refcite.datewords import GUESSED_MONTHS

    folded = text.lower()
    for name, (reading, other) in GUESSED_MONTHS.items():
        if name in folded:
            yield Problem(
                severity=Severity.INFO,
                code="ambiguous-date",
                message=f"the month of {_shown(text)} is read as {reading}; it is {other}",
                hint="write the month as a number, as in 2017-01-18",
            )


def _doubts(text: str, date: Date | None) -> Iterator[Problem]:
    if date is not None and date.is_reversed:
        yield Problem(
            severity=Severity.WARNING,
            code="reversed-range",
            message=f"the range {_shown(text)} ends before it starts",
            hint="it is kept unchanged",
        )
    if date is not None and date.month is not None and len(text) <= _LONGEST:
        yield from _guessed_month(text)
    if date is None and not _is_literal(text):
        yield Problem(
            severity=Severity.WARNING,
            code="unread-date",
            message=f"the date {_shown(text)} could not be read",
            hint="it is kept as text; write it as 2017-01-18, 2017-01 or 2017",
        )
