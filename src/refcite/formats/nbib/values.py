"""Names, dates and titles as MEDLINE writes them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from refcite.dates import Date, Point
from refcite.datewords import MONTHS
from refcite.names import Name, read_list, write_one
from refcite.names.grammar import is_suffix
from refcite.problems import InvalidDateError, Problem

__all__ = [
    "read_date",
    "read_name",
    "read_short_name",
    "read_title",
    "short_name",
    "write_date",
    "write_day",
    "write_name",
    "write_title",
]

# Names

_INITIALS: Final = re.compile(r"[A-ZÀ-ÖØ-Þ]{1,4}")


def read_name(text: str) -> Name:
    """Read a full name: `Last, First Suffix`.

    Example:
        >>> read_name("Rockefeller, John D 3rd")
        Name(family='Rockefeller', given='John D', suffix='3rd')
    """
    return Name.of_inverted(text)


def write_name(name: Name) -> str:
    """Return a name in full.

    Example:
        >>> write_name(Name(family="Rockefeller", given="John D", suffix="3rd"))
        'Rockefeller, John D 3rd'
    """
    if name.given and name.suffix and is_suffix(name.suffix.split()):
        text = f"{name.replace(suffix=None).inverted()} {name.suffix}"
        if read_list(text).names == (name,):
            return text
    return write_one(name)


def read_short_name(text: str) -> Name:
    """Read a name with initials: `Last FM Suffix`.

    Example:
        >>> read_short_name("van der Berg JA Jr")
        Name(family='Berg', given='J A', non_dropping_particle='van der', suffix='Jr')
    """
    words = text.split()
    suffix = words.pop() if len(words) > 2 and is_suffix(words[-1:]) else ""
    if len(words) > 1 and _INITIALS.fullmatch(words[-1]):
        return Name.of_parts(" ".join(words[:-1]), " ".join(words[-1]), suffix)
    return Name.of_inverted(text)


def short_name(name: Name) -> str:
    """Return a name with initials.

    Example:
        >>> short_name(Name(family="Sartre", given="Jean-Paul"))
        'Sartre JP'
    """
    if name.literal is not None:
        return name.literal
    parts = name.parts()
    words = re.split(r"[\s\-‐]+", name.given or "")
    initials = "".join(word[0].upper() for word in words if word and word[0].isalpha())
    return " ".join(filter(None, (parts.family, initials, parts.suffix.rstrip("."))))


# Titles


def read_title(text: str) -> str:
    """Return a title without the full stop that MEDLINE puts behind each.

    Example:
        >>> read_title("On light."), read_title("What is light?"), read_title("Wait...")
        ('On light', 'What is light?', 'Wait...')
    """
    return text[:-1] if text.endswith(".") and not text.endswith("...") else text


def write_title(title: str) -> str:
    """Return a title as MEDLINE writes it.

    Example:
        >>> write_title("On light"), write_title("What is light?")
        ('On light.', 'What is light?')
    """
    return title if title.endswith(("?", "!", "...")) else f"{title}."


# Dates

_SEASONS: Final = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4}
_SEASON_NAMES: Final = ("", "Spring", "Summer", "Fall", "Winter")
_MONTH_WORDS: Final = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
_MONTH_NAMES: Final = ("", *_MONTH_WORDS.split())
_DASH: Final = re.compile(r"\s*[-–]\s*")
_Sides = dict[str, int]


@lru_cache(maxsize=8192)
def _read(text: str) -> Date | None:
    if len(text) > 60:
        return None
    sides = [_side(side) for side in _DASH.split(text)]
    first = sides[0]
    if len(sides) > 2 or first is None or "year" not in first:
        return None
    if len(sides) == 1:
        return Date(_point_of(first))
    last = sides[1]
    if last is None or (last.keys() == {"day"} and "month" not in first):
        return None
    if "year" not in last:
        inherited = {"year": first["year"]}
        if last.keys() == {"day"}:
            inherited["month"] = first["month"]
        last = {**inherited, **last}
    return Date(_point_of(first), _point_of(last))


def _point_of(side: _Sides) -> Point:
    return Point(side["year"], side.get("month"), side.get("day"), side.get("season"))


def _side(text: str) -> _Sides | None:
    found: _Sides = {}
    for word in text.split():
        if word.isascii() and word.isdigit() and len(word) == 4 and "year" not in found:
            found["year"] = int(word)
        elif word.isascii() and word.isdigit() and len(word) <= 2 and "day" not in found:
            found["day"] = int(word)
        elif word.lower() in _SEASONS and "season" not in found:
            found["season"] = _SEASONS[word.lower()]
        elif word.lower().rstrip(".") in MONTHS and "month" not in found:
            found["month"] = MONTHS[word.lower().rstrip(".")]
        else:
            return None
    return found or None


def read_date(text: str, problems: list[Problem], *, day_first: bool | None = None) -> Date:
    """Read a date: year, then month or season, then day, each of which may be a range.

    Args:
        text: The date.
        problems: List to which doubts are added.
        day_first: Whether `01/02/2017` is 1 February or 2 January.

    Example:
        >>> str(read_date("2019 Jan-Feb", [])), str(read_date("2019 Spring", []))
        ('2019-01/2019-02', '2019-21')
        >>> str(read_date("1998 Dec 30-1999 Jan 2", [])), str(read_date("2000 Mar 3-9", []))
        ('1998-12-30/1999-01-02', '2000-03-03/2000-03-09')
    """
    try:
        date = _read(text)
    except InvalidDateError:
        date = None
    return date or Date.parse(text, day_first=day_first, problems=problems)


def write_date(date: Date) -> str:
    """Return a date as MEDLINE writes it, in EDTF where it has no form for it.

    Example:
        >>> write_date(Date.parse("2019-01/2019-02")), write_date(Date.of(2019, 3, 15))
        ('2019 Jan-Feb', '2019 Mar 15')
        >>> write_date(Date.parse("c. 1950"))
        '1950~'
    """
    text = _written(date)
    return text if text and read_date(text, []) == date else str(date)


def _written(date: Date) -> str | None:
    start, end = date.start, date.end
    if date.literal is not None:
        return date.literal
    if not isinstance(start, Point):
        return None
    if end is None:
        return _point(start)
    if not isinstance(end, Point):
        return None
    if start.year != end.year:
        return f"{_point(start)}-{_point(end)}"
    if start.month is not None and start.month == end.month and start.day and end.day:
        return f"{_point(start)}-{end.day}"
    return f"{_point(start)}-{_point(end)[5:]}"


def _point(point: Point) -> str:
    words = [f"{point.year:04}"]
    if point.season:
        words.append(_SEASON_NAMES[point.season])
    if point.month:
        words.append(_MONTH_NAMES[point.month])
    if point.day:
        words.append(str(point.day))
    return " ".join(words)


def write_day(date: Date, separator: str = "") -> str:
    """Return a day in eight figures, in EDTF where it is none.

    Example:
        >>> write_day(Date.of(2019, 3, 5)), write_day(Date.of(2019, 3, 5), "/")
        ('20190305', '2019/03/05')
        >>> write_day(Date.of(2019, 3))
        '2019-03'
    """
    text = str(date)
    return text.replace("-", separator) if len(text) == 10 and date.day else text
