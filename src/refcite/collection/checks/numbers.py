"""Pages and years that cannot be right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import starmap
from typing import Final

from refcite.collection.checks.entries import Entry
from refcite.collection.checks.rules import EachRule, Found
from refcite.problems import Severity

__all__ = ["RULES"]

_RANGE: Final = re.compile(
    r"(?<![\w.:–—-])([A-Za-z]?)(\d{1,9})\s?[-–—]{1,3}\s?([A-Za-z]?)(\d{1,9})(?![\w.:–—-])"
)
_ROMAN_RANGE: Final = re.compile(
    r"(?<![\w.:–—-])([ivxlc]{1,9})\s?[-–—]{1,3}\s?([ivxlc]{1,9})(?![\w.:–—-])"
)
_ROMAN: Final = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_TYPED_YEAR: Final = re.compile(r"\d{5,8}")
_FIRST_JOURNAL: Final = 1665
"""The Journal des sçavans and the Philosophical Transactions began in 1665."""
_JOURNALS: Final = frozenset({"article-journal", "article-magazine", "article-newspaper"})
_SHORTENED: Final = 2
"""The largest number of figures that a shortened page of a range omits in a report."""
_FIRST_PRINT: Final = 1450
"""Gutenberg printed from about 1450."""
_PRINTED: Final = frozenset({"book", "chapter", "paper-conference", "report", "thesis"})
_AHEAD: Final = 2
"""The number of years by which a forthcoming work may be dated ahead."""
_THIS_YEAR: Final = datetime.now(UTC).year


def _reversed_pages(entry: Entry) -> Iterator[Found]:
    page = entry.record.page
    if not page or page.isdigit():
        return
    if any(starmap(_is_reversed, _RANGE.findall(page))) or any(
        _number(start) > _number(end) for start, end in _ROMAN_RANGE.findall(page)
    ):
        message = f"the range of pages {page!r} ends before it starts"
        yield Found(message, "compare it with the work", "pages", (page,))


def _is_reversed(letter: str, start: str, other: str, end: str) -> bool:
    """Return whether a range of pages, such as `S12-S3`, ends before it starts."""
    if letter != other:
        return False
    shorter = len(start) - len(end)
    if shorter > 0 and not letter:
        # A shortened number repeats the first figures of the one before it: 123-5 is 123-125.
        end = start[:shorter] + end
        if shorter > _SHORTENED:
            return False  # 2019-1 is a number of two parts
    return int(end) < int(start)


def _number(roman: str) -> int:
    """Return the value of a Roman numeral."""
    values = [_ROMAN[sign] for sign in roman]
    after = [*values[1:], 0]
    return sum(
        -value if value < following else value
        for value, following in zip(values, after, strict=True)
    )


def _implausible_year(entry: Entry) -> Iterator[Found]:
    record = entry.record
    accessed = record.accessed
    if accessed is not None and accessed.year is not None and accessed.year > _THIS_YEAR:
        field = "urldate" if "urldate" in entry.fields else ""
        message = f"the work was accessed in the year {accessed.year}, which is in the future"
        yield Found(message, "correct the date", field, (str(accessed),))
    issued = record.issued
    if issued is None:
        return
    year = issued.year
    field = "year" if "year" in entry.fields else "date"
    reason = ""
    if year is None:
        text = (issued.literal or "").strip()
        if not _TYPED_YEAR.fullmatch(text):
            return
        if len(text) == 8 and _is_day(text):
            return  # 20170118 is a day that was written without hyphens
        reason = f"the year {text!r} has {len(text)} figures"
    elif year > _THIS_YEAR + _AHEAD:
        reason = f"the year {year} is in the future"
    elif record.type in _JOURNALS and year < _FIRST_JOURNAL:
        reason = f"the year {year} is before the first journals"
    elif record.publisher and record.type in _PRINTED and year < _FIRST_PRINT:
        reason = f"the year {year} is before the first printed books"
    if reason:
        yield Found(reason, "compare it with the work", field, (str(issued),))


def _is_day(text: str) -> bool:
    try:
        datetime.strptime(text, "%Y%m%d").replace(tzinfo=UTC)
    except ValueError:
        return False
    return True


RULES: Final = (
    EachRule(code="reversed-pages", severity=Severity.WARNING, find=_reversed_pages),
    EachRule(code="implausible-year", severity=Severity.WARNING, find=_implausible_year),
)
"""The rules about pages and years."""
