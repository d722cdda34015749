"""Dates in figures, the most common dates in words, and time stamps.

Dates in words are the subject of `refcite.datewords`.
"""

from __future__ import annotations

import re
from typing import Final

from refcite.datephrases import with_words
from refcite.datewords import MONTHS, AmbiguousDateError, fold, read_words, spelled, words
from refcite.edtf import Point, Sides
from refcite.problems import InvalidDateError

__all__ = ["is_no_date", "read_stamp", "read_text"]

_CLOCK: Final = re.compile(
    r"(?:(?<![,\s])[,\s]+(?:(?:at|um|a)\s*)?|(?<=[0-9])t)"
    r"[0-9]{1,2}[:h][0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?"
    r"\s?(?:[ap]\.?m\.?)?\s?(?:[a-z]{1,5}|(?:gmt|utc)?[+-][0-9]{2}:?[0-9]{2})?$"
)
_COMMON: Final = re.compile(
    r"(?:([0-9]{1,2})\.? )?([A-Za-z]{3,9})\.? (?:([0-9]{1,2}), )?([0-9]{4})"
)
_FIGURES: Final = re.compile(
    r"(?P<year>[0-9]{4})(?P<sep>[-/.])(?P<month>[0-9]{1,2})(?P=sep)(?P<day>[0-9]{1,2})"
    r"|(?P<year8>[0-9]{4})(?P<month8>[0-9]{2})(?P<day8>[0-9]{2})(?:t[0-9]{4,6}z?)?"
    r"|(?P<month2>[0-9]{1,2})[/.](?P<year2>[0-9]{4})"
)
_EAST_ASIAN: Final = re.compile(
    r"([0-9]{4}) ?[年년] ?([0-9]{1,2}) ?[月월](?: ?([0-9]{1,2}) ?[日일])?"
)
_DAY_AND_MONTH: Final = re.compile(
    r"(?P<first>[0-9]{1,2})(?P<sep>[-/]|\. ?)(?P<second>[0-9]{1,2})(?P=sep)(?P<year>[0-9]{4})"
)
_STAMP: Final = re.compile(r"(?<![0-9:])[0-9]{1,2}:[0-9]{2}")
_YEAR: Final = re.compile(r"(?<![0-9:+-])[0-9]{4}(?![0-9:])")
_MONTH_NAME: Final = re.compile(r"(?i)\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)")
_DEFAULTS: Final = ((2001, 1, 1), (2004, 2, 2))
# AACR2 1.4F7: a date that the cataloguer supplies.
_SUPPLIED: Final = re.compile(r"\[(?:([0-9]{3})-|([0-9]{2})--)(\?)?\]")
_NO_DATE: Final = words(
    """nd nodate undated sd sa sansdate oj od ohnejahr ohnedatum sf sinfecha senzadata semdata
    zd zj zonderdatum zonderjaar inpress forthcoming toappear submitted accepted unpublished
    inpreparation inprep inreview underreview inproduction aheadofprint imdruck imerscheinen
    erscheint invorbereitung souspresse aparaitre enprensa proximamente instampa
    incorsodistampa noprelo indruk teverschijnen"""
)
_NO_DATE_SUFFIX: Final = re.compile(r"(?<![\])])[\])]*-[a-z][\])]*$")  # APA's n.d.-a


def read_text(text: str, day_first: bool | None = None) -> Sides | None:
    """Read a date or a range in words or figures.

    Args:
        text: The date, without white space around it, of a length that a date may have.
        day_first: Whether `01/02/2017` is 1 February or 2 January.

    Returns:
        The date's sides, or None if the text has none of the known forms.

    Raises:
        InvalidDateError: The form is known, but there is no such date.
        AmbiguousDateError: There are two readings.

    Example:
        >>> start, end = read_text("12.–15. Mai 2010")
        >>> str(start), str(end)
        ('2010-05-12', '2010-05-15')
    """
    common = _COMMON.fullmatch(text)
    if common:
        before, word, after, year = common.groups()
        month = MONTHS.get(word.lower())
        if month and not (before and after):
            day = before or after
            return Point(_year(year), month, int(day) if day else None), None
    found = _EAST_ASIAN.fullmatch(text)
    if found:
        day = found[3]
        return Point(_year(found[1]), int(found[2]), int(day) if day else None), None
    folded = _CLOCK.sub("", fold(text))
    point = _read_figures(folded, day_first)
    return (point, None) if point else read_words(with_words(folded))


def is_no_date(text: str) -> bool:
    """Return whether a text states that there is no date, or none yet.

    Example:
        >>> is_no_date("n.d."), is_no_date("[s. a.]"), is_no_date("Forthcoming")
        (True, True, True)
    """
    folded = _NO_DATE_SUFFIX.sub("", fold(text))
    return "".join(filter(str.isalpha, folded)) in _NO_DATE and not any(map(str.isdigit, folded))


def read_stamp(text: str) -> Sides | None:
    """Read the date of a time stamp with an unusual order of its parts.

    `Mon Jun  5 10:55:00 2023` and `10:55, 5 June 2023` are time stamps that python-dateutil reads
    well. It takes missing parts from a default date, so it is called twice with two defaults: the
    parts that differ were not in the text. It also guesses day and month, and years of two figures,
    so it is called only if there is a clock time, a month's name and a year of four figures.
    """
    if not _STAMP.search(text) or len(_YEAR.findall(text)) != 1 or not _MONTH_NAME.search(text):
        return None
    # Slow to import, and rarely needed.
    from datetime import datetime

    from dateutil.parser import parse

    try:
        one, two = (parse(text, default=datetime(*day), ignoretz=True) for day in _DEFAULTS)
    except (ValueError, OverflowError, TypeError, AttributeError, ArithmeticError):
        return None
    if one.date() != two.date() or f"{one.year:04}" not in text:
        return None
    return Point(one.year, one.month, one.day), None


def _read_figures(text: str, day_first: bool | None) -> Point | None:
    found = _DAY_AND_MONTH.fullmatch(text)
    if found:
        return _read_day_and_month(found, day_first)
    found = _FIGURES.fullmatch(text)
    if found:
        year, _, month, day, year8, month8, day8, month2, year2 = found.groups()
        if month2:
            return Point(_year(year2), int(month2))
        return Point(_year(year or year8), int(month or month8), int(day or day8))
    found = _SUPPLIED.fullmatch(text)
    if found:
        decade, century, doubt = found.groups()
        year = int(decade) * 10 if decade else int(century) * 100
        return Point(year, unspecified_digits=1 if decade else 2, uncertain=bool(doubt))
    return None


def _read_day_and_month(found: re.Match[str], day_first: bool | None) -> Point:
    first, second, year = int(found["first"]), int(found["second"]), _year(found["year"])
    if found["sep"][0] == ".":
        day_first = True
    if not (1 <= first <= 12 and 1 <= second <= 12):
        # At most one order results in a valid month; otherwise the error names it.
        day_first = 1 <= second <= 12 or not 1 <= first <= 12
    if day_first is None and first != second:
        readings = (spelled(year, second, first), spelled(year, first, second))
        raise AmbiguousDateError(
            readings,
            "set the option day_first (--day-first or --month-first)",
        )
    return Point(year, second, first) if day_first else Point(year, first, second)


def _year(figures: str) -> int:
    year = int(figures)
    if not year:
        raise InvalidDateError("there is no year 0")
    return year
