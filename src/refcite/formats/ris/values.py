"""Names, dates and numbers as RIS writes them, as codecs of its table."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from attrs import evolve, frozen

from refcite.dates import Date, Point
from refcite.formats import codecs
from refcite.formats.crosswalk import Codec
from refcite.formats.draft import Draft
from refcite.formats.numbers import is_isbn, is_issn, is_range, read_doi
from refcite.formats.repositories import is_repository
from refcite.formats.statuses import is_status
from refcite.names import Name, write_one
from refcite.problems import InvalidDateError, Problem, Severity

# Texts

_LINE_END: Final = re.compile(r"(?<!\s)\s*[\r\n]\s*")
_SHORT_ISSUE: Final = re.compile(r"\w{0,6}\d\w{0,6}")
_FIRST_PAGE: Final = re.compile(r"[A-Za-z.:]{0,6}\d[\w.:-]{0,15}")
_PLAIN_KINDS: Final = frozenset({"article", "journal", "journal article", "newspaper article"})
"""Kinds of article that are already contained in the type."""


def one_line(text: str) -> str:
    """Return a value on one line."""
    return _LINE_END.sub(" ", text).strip()


def _read_line(text: str, draft: Draft) -> str:
    return " ".join(filter(None, text.split("\n"))) if "\n" in text else text


def _read_kind(text: str, draft: Draft) -> str | None:
    folded = text.casefold()
    if folded in _PLAIN_KINDS or folded.startswith("doi:") or read_doi(text):
        return None
    return _read_line(text, draft)


def _joined_keywords(texts: list[str]) -> str:
    if len(texts) == 1 and "\n" not in texts[0]:
        return texts[0]
    words = [word for text in texts for word in text.split("\n") if word]
    return ("; " if any("," in word for word in words) else ", ").join(words)


LINE: Final = Codec(_read_line, one_line)
"""Text of one line; if it has more, it was only too long."""
KEYWORDS: Final = evolve(codecs.KEYWORDS, join=_joined_keywords, write=one_line)
KIND: Final = Codec(_read_kind, one_line, note="genre")
DOI: Final = Codec(lambda text, draft: read_doi(text) or _read_line(text, draft), one_line)
DOI_ALONE: Final = evolve(codecs.DOI, note="a DOI, in EBSCO's files")
DOI_OR_KIND: Final = evolve(codecs.DOI, note="a DOI that some programs put here")
SHORT_ISSUE: Final = Codec(
    lambda text, draft: text if _SHORT_ISSUE.fullmatch(text) else None, note="short issue"
)
START: Final = Codec(
    # Zotero has here what it has no field for.
    lambda text, draft: text if _FIRST_PAGE.fullmatch(text) else None,
    note="a first page",
)
STATUS: Final = Codec(lambda text, draft: text if is_status(text) else None, note="a status")
REPOSITORY: Final = Codec(
    lambda text, draft: text if is_repository(text) else None, note="a repository of theses"
)
END: Final = Codec(lambda text, draft: None, note="end")
"""The last page, which is joined with the first before the table is used."""
EXTENT: Final = Codec(
    lambda text, draft: None if is_range(text) else _read_line(text, draft),
    one_line,
    note="extent",
)
"""A number of pages; a range of pages is rejected."""
PLACE_OF_PUBLISHER: Final = Codec(
    # Without a publisher, or with a separate place, it is the place of the conference.
    lambda text, draft: (
        _read_line(text, draft)
        if "publisher" in draft.values and "publisher_place" not in draft.values
        else None
    ),
    one_line,
    note="with a publisher",
)

# Numbers that are recognised by their form


def _is_book(text: str) -> bool:
    # Ten figures may well be a report's number.
    return text.startswith(("978", "979")) and is_isbn(text)


def _serial(is_such: Callable[[str], bool], note: str = "by its form") -> Codec:
    return Codec(
        lambda text, draft: _read_line(text, draft) if is_such(text) else None,
        one_line,
        note=note,
    )


ISBN: Final = _serial(is_isbn)
ISBN_13: Final = _serial(_is_book)
ISSN: Final = _serial(lambda text: is_issn(text) and not is_isbn(text))
NO_BOOK: Final = _serial(lambda text: not _is_book(text))
NO_SERIAL: Final = _serial(lambda text: not is_isbn(text) and not is_issn(text))

DATABASE: Final = evolve(codecs.DATABASE, write=one_line)
PMID: Final = codecs.PMID_OF_DATABASE

# Names

_SEVERAL: Final = re.compile(r"[^,;]+,[^,;]+(?:;[^,;]+,[^,;]+)+;?")


def _read_names(text: str, draft: Draft) -> tuple[Name, ...]:
    if "\n" in text:
        text = " ".join(text.split("\n"))
    if ";" not in text:
        return codecs.read_people(text, draft)
    parts = [text]
    if ";" in text and _SEVERAL.fullmatch(text):
        parts = [name.strip() for name in text.split(";") if name.strip()]
        message = f"{draft.own} holds {len(parts)} names; each is read"
        draft.report("several-names", message, Severity.WARNING)
    return tuple([name for part in parts for name in codecs.read_people(part, draft)])


def write_name(name: Name) -> str:
    """Return a name as RIS writes it; not all that a `Name` states can be stated so.

    Example:
        >>> write_name(Name(family="Berg", given="Jan", non_dropping_particle="van der"))
        'van der Berg, Jan'
        >>> write_name(Name(literal="UNESCO"))
        'UNESCO,'
    """
    return write_one(name)


NAMES: Final = evolve(
    codecs.NAMES,
    read=_read_names,
    write=lambda names: one_line(write_name(names[0])),
    adds=True,
    note="",
)
OTHER_NAMES: Final = evolve(NAMES, adds=False)
"""Names that are used if a better tag has none."""
EDITOR_OF_SERIES: Final = evolve(
    NAMES,
    # In the first specification `A2` is an editor; only the second has editors of series.
    read=lambda text, draft: (
        _read_names(text, draft) if "collection_title" in draft.values else None
    ),
    note="if there is a series",
)

# Dates

_RIS_DATE: Final = re.compile(r"(\d{4})(?:/(\d{0,2})(?:/(\d{0,2})(?:/(.*))?)?)?", re.DOTALL)
_SEASONS: Final = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4}
_SEASON_NAME: Final = re.compile(r"[^\W\d_][^\d/]*")
_SEASON_NAMES: Final = ("", "Spring", "Summer", "Autumn", "Winter")


@frozen
class DateRead:
    """The value of a date's text.

    Attributes:
        date: The date; None if the text states none.
        is_exact: Whether that is all it states.
        problems: Its problems.
    """

    date: Date | None
    is_exact: bool = True
    problems: tuple[Problem, ...] = ()


@lru_cache(maxsize=8192)
def read_date(text: str, day_first: bool | None = None) -> DateRead:
    """Read `YYYY/MM/DD/other`, each part of which may be empty, or a date in any other form.

    Example:
        >>> str(read_date("2001/05/06/").date), str(read_date("1999///").date)
        ('2001-05-06', '1999')
        >>> str(read_date("1998///Spring").date), str(read_date("c. 1950").date)
        ('1998-21', '1950~')
        >>> str(read_date("2001///Michaelmas").date)
        '2001 "Michaelmas"'
        >>> read_date("2001/05/06/Vol. 3").is_exact
        False
    """
    found = _RIS_DATE.fullmatch(text)
    if found is None:
        return _read_other(text, day_first)
    year, month, day = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    other = (found[4] or "").strip()
    if not year:
        problem = _invalid(text, "the calendar has no year 0000")
        return DateRead(None, is_exact=False, problems=(problem,))
    season = _SEASONS.get(other.casefold()) if not (month or day) else None
    if day and not month:
        problem = _invalid(text, "a day without its month; the year is read")
        return DateRead(Date(Point(year)), is_exact=False, problems=(problem,))
    try:
        point = Point(year, month or None, day or None, season)
    except InvalidDateError as error:
        problem = _invalid(text, str(error).replace("Point.", ""))
        return DateRead(Date(literal=text), problems=(problem,))
    if _SEASON_NAME.fullmatch(other) and not (month or day or season):
        return DateRead(Date(point, season_name=other))
    return DateRead(Date(point), is_exact=not other or season is not None)


def _read_other(text: str, day_first: bool | None) -> DateRead:
    if not text.strip("/ "):
        return DateRead(None)
    problems: list[Problem] = []
    date = Date.parse(text, day_first=day_first, problems=problems)
    if date.literal is not None and "/" in text:
        # 2015/october/3
        turned = Date.parse(" ".join(part for part in reversed(text.split("/")) if part))
        if turned.literal is None:
            return DateRead(turned)
    return DateRead(date, problems=tuple(problems))


def _invalid(text: str, reason: str) -> Problem:
    shown = repr(text if len(text) <= 60 else f"{text[:59]}…")
    return Problem(
        severity=Severity.WARNING,
        code="invalid-date",
        message=f"there is no date {shown}: {reason}",
        hint="it is kept as text",
    )


def write_date(date: Date) -> str:
    """Return a date as RIS writes it; not all that a `Date` states can be stated so.

    Example:
        >>> write_date(Date.of(2001, 5)), write_date(Date.of(2001, season=2))
        ('2001/05//', '2001///Summer')
    """
    start = date.start
    if not isinstance(start, Point):
        return date.literal or str(date)
    year = f"{start.year:04}"
    if start.season or date.season_name:
        return f"{year}///{date.season_name or _SEASON_NAMES[start.season or 0]}"
    if start.month is None:
        return f"{year}///"
    return f"{year}/{start.month:02}/{f'{start.day:02}' if start.day else ''}/"


def _date(text: str, draft: Draft) -> Date | None:
    read = read_date(text, draft.day_first)
    if read.problems:
        draft.doubts(read.problems)
    if read.date is not None and not read.is_exact:
        draft.keep(draft.own, text)
    return read.date


def _epub(text: str, draft: Draft) -> Date | None:
    date = read_date(text, draft.day_first).date
    return None if date is None or date.literal is not None else _date(text, draft)


def _write_line(date: Date) -> str:
    return one_line(write_date(date))


DATE: Final = Codec(_date, _write_line, note="date")
EPUB: Final = evolve(DATE, read=_epub, note="a date")
ACCESS_PART: Final = Codec(lambda text, draft: None, note="access part")
"""The day or the year of access, which are joined before the table is used."""
