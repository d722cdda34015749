"""Names, dates and numbers as RIS writes them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from attrs import frozen

from refcite.dates import Date, Point
from refcite.identifiers import fault_in_doi, fault_in_isbn, normal_doi
from refcite.names import Name
from refcite.problems import InvalidDateError, Problem, Severity

__all__ = [
    "DateRead",
    "is_isbn",
    "is_issn",
    "is_range",
    "read_date",
    "read_doi",
    "read_name",
    "split_names",
    "split_range",
    "write_date",
    "write_name",
]

# Names

_PARTICLES_TEXT: Final = (
    "d' d’ da de del della den der di do dos du la le ten ter van von zu zum zur"
)
_PARTICLES: Final = frozenset(_PARTICLES_TEXT.split())
"""Particles that may stand behind a given name."""
_SEVERAL: Final = re.compile(r"[^,;]+,[^,;]+(?:;[^,;]+,[^,;]+)+;?")


@lru_cache(maxsize=8192)
def read_name(text: str) -> Name:
    """Read `Last, First, Suffix`; what has no comma is not split, unless it is one word.

    A comma at the end says that all before it is one name, as EndNote writes organisations.

    Example:
        >>> print(read_name("Doe, Jane, Jr."), read_name("World Health Organization"), sep=" | ")
        Doe, Jr., Jane | {World Health Organization}
        >>> read_name("van der Berg, Jan").non_dropping_particle
        'van der'
    """
    parts = [part.strip() for part in text.split(",")]
    if len(parts) == 1:
        return Name(literal=text) if " " in text else Name(family=text)
    family, given, *suffixes = parts
    if not family or not (given or any(suffixes)):
        return Name(literal=text.rstrip(", ") or text)
    particle, family = _leading_particle(family) if family[0].islower() else (None, family)
    given, dropping = _trailing_particle(given) if given[-1:].isalpha() else (given, None)
    return Name(
        family=family,
        given=given or None,
        suffix=", ".join(filter(None, suffixes)) or None,
        non_dropping_particle=particle,
        dropping_particle=dropping,
    )


def _leading_particle(family: str) -> tuple[str | None, str]:
    words = family.split(" ")
    count = 0
    while count < len(words) - 1 and words[count][:1].islower():
        count += 1
    return " ".join(words[:count]) or None, " ".join(words[count:])


def _trailing_particle(given: str) -> tuple[str, str | None]:
    words = given.split(" ")
    count = len(words)
    while count > 1 and words[count - 1] in _PARTICLES:
        count -= 1
    return " ".join(words[:count]), " ".join(words[count:]) or None


def split_names(text: str) -> list[str]:
    """Split a tag that holds several names, each with its comma, between semicolons."""
    if ";" not in text or not _SEVERAL.fullmatch(text):
        return [text]
    return [name.strip() for name in text.split(";") if name.strip()]


def write_name(name: Name) -> str:
    """Return a name as RIS writes it; not all that a `Name` says can be said so.

    Example:
        >>> write_name(Name(family="Berg", given="Jan", non_dropping_particle="van der"))
        'van der Berg, Jan'
        >>> write_name(Name(literal="UNESCO"))
        'UNESCO,'
    """
    if name.literal is not None:
        return name.literal if " " in name.literal else f"{name.literal},"
    family = " ".join(filter(None, (name.non_dropping_particle, name.family)))
    given = " ".join(filter(None, (name.given, name.dropping_particle)))
    if not given and not name.suffix:
        return family
    return ", ".join(filter(None, (family, given or " ", name.suffix)))


# Dates

_RIS_DATE: Final = re.compile(r"(\d{4})(?:/(\d{0,2})(?:/(\d{0,2})(?:/(.*))?)?)?", re.DOTALL)
_SEASONS: Final = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4}
_SEASON_NAME: Final = re.compile(r"[^\W\d_][^\d/]*")
_SEASON_NAMES: Final = ("", "Spring", "Summer", "Autumn", "Winter")


@frozen
class DateRead:
    """What a date's text says.

    Attributes:
        date: The date; None where the text says none.
        is_exact: Whether that is all it says.
        problems: What is doubtful about it.
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
        problem = _invalid(text, "no calendar has a year 0000")
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
    """Return a date as RIS writes it; not all that a `Date` says can be said so.

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


# Numbers

_ISSN: Final = re.compile(r"(?:ISSN:?\s*)?\d{4}-?\d{3}[\dXx](?!\w)", re.IGNORECASE)
_ISBN: Final = re.compile(
    r"(?:ISBN(?:-1[03])?:?\s*)?((?:97[89][- ]?)?\d(?:[- ]?\d){8}[- ]?[\dXx])(?!\w)"
)
_RANGE: Final = re.compile(r"\w\s*[-–—]+\s*\w")
_SIMPLE_RANGE: Final = re.compile(r"([^\s,;–—-]+)-([^\s,;–—-]+)")


def read_doi(text: str) -> str | None:
    """Return the DOI that a text is, without what stands before it; None where it is none.

    Example:
        >>> read_doi("https://doi.org/10.1000/abc"), read_doi("Article")
        ('10.1000/abc', None)
    """
    doi = normal_doi(text)
    return doi if fault_in_doi(doi) is None else None


def is_issn(text: str) -> bool:
    """Tell whether a text starts with an ISSN."""
    return _ISSN.match(text) is not None


def is_isbn(text: str) -> bool:
    """Tell whether a text starts with an ISBN of 10 or 13 figures, by their check digit."""
    found = _ISBN.match(text)
    return found is not None and fault_in_isbn(found[1]) is None


def is_range(text: str) -> bool:
    """Tell whether a text names a range of pages."""
    return _RANGE.search(text) is not None


def split_range(text: str) -> tuple[str, str | None]:
    """Return the first and the last page, where a text is just that.

    Example:
        >>> split_range("100-110"), split_range("A1-3, 5")
        (('100', '110'), ('A1-3, 5', None))
    """
    found = _SIMPLE_RANGE.fullmatch(text)
    return (found[1], found[2]) if found else (text, None)
