"""The metadata of one source of a page, and the reading of their texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from attrs import field, frozen

from refcite.dates import Date
from refcite.formats.html.text import is_placeholder, tidy
from refcite.formats.iso639 import tag_of_code
from refcite.formats.languages import read_language
from refcite.problems import Problem

__all__ = [
    "Metadata",
    "date_among",
    "is_exact",
    "language_code",
    "stamp_among",
    "text_among",
    "text_in",
]

_NO_DATES: Final = re.compile(r"0{4}-|0001-|1970-01-01|1900-01-01|-0001|1969-12-31")
_CODE: Final = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?\b.*")


@frozen(kw_only=True)
class Metadata:
    """The metadata of a work in one source of a page.

    Attributes:
        source: The name of the source in problems.
        values: CSL's variables with their values.
        csl_type: The type according to the source, if it contains one.
        is_sure: Whether the type is more specific than that of any page.
        doubts: The problems of the values of variables.
        stamp: The time stamp from which the date of publication was read, if it was one.
    """

    source: str
    values: Mapping[str, Any] = field(factory=dict)
    csl_type: str | None = None
    is_sure: bool = False
    doubts: Mapping[str, tuple[Problem, ...]] = field(factory=dict)
    stamp: str = ""


def text_among(texts: Iterable[str]) -> str | None:
    """Return the first value that is a text, cleaned.

    Example:
        >>> text_among(["undefined", " A&amp;B "])
        'A&B'
    """
    return next(filter(None, map(text_in, texts)), None)


def text_in(text: str) -> str | None:
    """Return a text, cleaned; None for any other value."""
    bare = tidy(text)
    return None if is_placeholder(bare) else bare


def is_exact(date: Date) -> bool:
    """Return whether a date has a day, except a first of January, which may mean a year.

    Example:
        >>> [is_exact(Date.parse(text)) for text in ("2020-03-04", "2020-03", "2020-01-01", "soon")]
        [True, False, False, False]
    """
    return date.literal is None and date.day is not None and (date.month, date.day) != (1, 1)


def is_day_in(day: Date, rough: Date) -> bool:
    """Return whether a day is in a year or month; a first of January represents its year.

    Example:
        >>> day = Date.of(2020, 4, 15)
        >>> [is_day_in(day, Date.parse(text)) for text in ("2020", "2020-01-01", "2020-05", "2019")]
        [True, True, False, False]
    """
    if rough.literal is not None or rough.is_range or rough.season or rough.year != day.year:
        return False
    return (rough.month, rough.day) in {(None, None), (1, 1), (day.month, None)}


_STAMP: Final = re.compile(r"\s*(\d{4}-\d\d-\d\d)[T ]+\d\d?:\d\d.{0,30}", re.DOTALL)


def stamp_among(texts: Iterable[str], date: Date | None) -> str:
    """Return the time stamp from which a date was read, among the texts of the date.

    Example:
        >>> stamp_among(["x", "2017-07-25T23:30:00Z"], Date.of(2017, 7, 25))
        '2017-07-25T23:30:00Z'
    """
    for text in texts if date is not None else ():
        found = _STAMP.fullmatch(text)
        if found and found[1] == str(date):
            return text.strip()
    return ""


def date_among(
    texts: Iterable[str], day_first: bool | None = None
) -> tuple[Date | None, tuple[Problem, ...]]:
    """Return the first date that can be read, otherwise the first text that should be a date.

    A year, a month or 1 January, which sites print for a year, is replaced with a later day in it.

    Args:
        texts: The dates.
        day_first: The reading of `01/02/2017`.

    Example:
        >>> str(date_among(["0000-00-00", "2017-07-25T08:00:00+02:00"])[0])
        '2017-07-25'
        >>> str(date_among(["2020/01/01", "2020/04/15"])[0])
        '2020-04-15'
    """
    rough: tuple[Date | None, tuple[Problem, ...]] = None, ()
    literal: tuple[Date | None, tuple[Problem, ...]] = None, ()
    for text in texts:
        bare = tidy(text)
        if is_placeholder(bare) or _NO_DATES.match(bare) or not any(map(str.isdigit, bare)):
            continue
        problems: list[Problem] = []
        date = Date.parse(bare, day_first=day_first, problems=problems)
        if date.literal is None and rough[0] is None:
            rough = date, tuple(problems)
            if is_exact(date):
                return rough
        elif date.literal is None and rough[0] is not None:
            if is_exact(date) and is_day_in(date, rough[0]):
                return date, tuple(problems)
        elif literal[0] is None and problems and problems[0].code == "ambiguous-date":
            literal = date, tuple(problems)
    return literal if rough[0] is None else rough


def language_code(text: str) -> str | None:
    """Return the code of a language.

    Example:
        >>> [language_code(text) for text in ("en_US", "English", "de", "deu", "words")]
        ['en-US', 'en', 'de', 'de', None]
    """
    text = read_language(text.strip())
    found = _CODE.fullmatch(tag_of_code(text) or text)
    if not found:
        return None
    parts = [found[1].lower(), (found[2] or "").title(), (found[3] or "").upper()]
    return "-".join(filter(None, parts))
