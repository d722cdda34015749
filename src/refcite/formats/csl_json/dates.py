"""Dates in CSL-JSON: `date-parts`, `season`, `circa`, `literal`, `raw`, and EDTF.

CSL-JSON counts years before Christ as people do: -44 is 44 BC, and there is no year 0. A `Point`
counts them as ISO 8601 does, where that year is -43. The end of an open range is `[0]`, and in the
place of a month 21 to 24, as in EDTF, or 13 to 16 represent the seasons.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final

from attrs import evolve

from refcite.dates import Bound, Date, Point
from refcite.edtf import write_edtf
from refcite.formats.codecs import DATE
from refcite.formats.csl_json.names import FALSE, KEPT
from refcite.formats.draft import Draft
from refcite.problems import InvalidDateError, Severity

__all__ = ["decode_date", "decode_simple_date", "encode_date"]

_INT: Final = {int}
_SEASONS: Final = {21: 1, 22: 2, 23: 3, 24: 4, 13: 1, 14: 2, 15: 3, 16: 4}


def decode_simple_date(raw: Any) -> Date | None:
    """Read a date of year, month and day as `encode_date` writes it; None for any other.

    It is the form in which nearly all dates come.

    Example:
        >>> decode_simple_date({"date-parts": [[2017, 1, 18]]})
        Date.parse('2017-01-18')
        >>> decode_simple_date({"date-parts": [["2017"]]})
    """
    if type(raw) is not dict or len(raw) != 1:
        return None
    parts = raw.get("date-parts")
    if type(parts) is not list or len(parts) != 1 or type(parts[0]) is not list:
        return None
    numbers = parts[0]
    if not 1 <= len(numbers) <= 3 or {*map(type, numbers)} != _INT:
        return None
    return _date_of(*numbers)


@lru_cache(maxsize=8192)
def _date_of(year: int, month: int | None = None, day: int | None = None) -> Date | None:
    # Other numbers are read by the slower function: a year 0, seasons as months.
    if not 1 <= year <= 9999 or (month is not None and not 1 <= month <= 12) or day == 0:
        return None
    try:
        return Date(Point(year, month, day))
    except InvalidDateError:
        return None


def decode_date(raw: Any, draft: Draft) -> Date | None:
    """Read a date variable.

    Args:
        raw: The JSON value: an EDTF string, or an object.
        draft: Collects problems, and contains the option `day_first` for a `raw` date.

    Returns:
        The date, or None if the value states none.

    Example:
        >>> from refcite.formats.crosswalk import Spec
        >>> draft = Draft(Spec((), ()), "")
        >>> str(decode_date({"date-parts": [["2017", 1]]}, draft))
        '2017-01'
        >>> str(decode_date({"date-parts": [[-44, 3, 15]], "circa": 1}, draft))
        '-0043-03-15~'
    """
    if isinstance(raw, str | int | float) and not isinstance(raw, bool):
        text = str(raw)
        date: Date | None = DATE.read(text, draft) if text.strip() else None
        return date
    if isinstance(raw, list):
        raw = {"date-parts": raw}
        _report("a date must be an object or a text, not a list", draft)
    if not isinstance(raw, dict):
        _report(f"a date must be an object, not {raw!r:.40}", draft)
        return None
    return _decode_object(raw, draft)


def _decode_object(raw: dict[str, Any], draft: Draft) -> Date | None:
    edtf = raw.get("edtf")
    if isinstance(edtf, str):
        date = Date.parse(edtf)
        if date.literal is None:
            return _with_season_name(date, raw.get("season"))
    parts = raw.get("date-parts")
    date_of_parts = _decode_parts(parts, draft) if parts else None
    if date_of_parts and date_of_parts.literal is None:
        return _qualified(date_of_parts, raw)
    literal = raw.get("literal")
    if isinstance(literal, str) and (literal or len(raw) == 1):
        return Date(literal=literal)
    for key in ("raw", "edtf"):
        text = raw.get(key)
        if isinstance(text, str) and text.strip():
            date = DATE.read(text, draft)
            return date if date.literal is not None else _qualified(date, raw)
    if date_of_parts is None and not parts and raw:
        return _season_alone(raw, draft)
    return date_of_parts


def _season_alone(raw: dict[str, Any], draft: Draft) -> Date | None:
    season = raw.get("season")
    if isinstance(season, str) and season:
        return Date(literal=season)
    if any(key not in ("date-parts", "circa", "literal", "raw", "edtf") for key in raw):
        _report(f"a date has no known part: {raw!r:.60}", draft)
    return None


def _decode_parts(parts: Any, draft: Draft) -> Date | None:
    """Read `date-parts`; an impossible date becomes a literal."""
    if not isinstance(parts, list):
        _report(f"date-parts must be an array, not {parts!r:.40}", draft)
        shown: Date = DATE.read(_shown(parts), draft)
        return shown
    if not any(isinstance(part, list) for part in parts):
        parts = [parts]
    try:
        # The form in which nearly all dates come.
        sides = [_decode_side(part) for part in parts]
        if len(sides) > 2:
            raise InvalidDateError("a range has two sides")
    except (TypeError, ValueError) as error:
        text = _spelled(parts)
        reason = str(error).replace("Point.", "") if isinstance(error, InvalidDateError) else ""
        message = f"there is no date {text!r:.60}{': ' if reason else ''}{reason}"
        _report(message, draft)
        return Date(literal=text) if text else None
    if len(sides) == 1:
        return Date(sides[0]) if sides[0] else None
    start, end = sides[:2]
    if not start and not end:
        return None
    date = Date(start or Bound.OPEN, end or Bound.OPEN)
    if date.is_reversed:
        _report(f"the range {date} ends before it starts", draft, "reversed-range")
    return date


def _decode_side(parts: Any) -> Point | None:
    """Read year, month and day; None if all are empty or 0.

    Raises:
        InvalidDateError: There is no such date.
        TypeError: It is no list.
        ValueError: A part is not a whole number.
    """
    if not isinstance(parts, list):
        raise TypeError
    numbers = [part if type(part) is int else _number(part) for part in parts]
    while numbers and not numbers[-1]:
        del numbers[-1]
    if not numbers:
        return None
    if len(numbers) > 3 or not numbers[0]:
        raise InvalidDateError("a date is a year, a month and a day")
    year = numbers[0] if numbers[0] > 0 else numbers[0] + 1
    if len(numbers) == 2 and numbers[1] in _SEASONS:
        return Point(year, season=_SEASONS[numbers[1]])
    month = numbers[1] if len(numbers) > 1 else None
    return Point(year, month, numbers[2] if len(numbers) > 2 else None)


def _number(part: Any) -> int:
    if part is None or part == "":
        return 0
    if isinstance(part, bool) or not isinstance(part, str | int | float):
        raise ValueError(f"{part!r:.40} is not a number")
    if isinstance(part, str) and not (len(part) < 20 and part.strip().lstrip("-").isascii()):
        raise ValueError(f"{part!r:.40} is not a number")
    if isinstance(part, float) and not part.is_integer():  # nor is infinity
        raise ValueError(f"{part!r} is not a whole number")
    return int(part)


def _spelled(parts: list[Any]) -> str:
    sides = (part if isinstance(part, list) else [part] for part in parts)
    return "/".join("-".join(_shown(part) for part in side) for side in sides)


def _shown(part: Any) -> str:
    text = "" if part is None else str(part)
    return text if len(text) <= 40 else text[:39] + "…"


def _qualified(date: Date, raw: dict[str, Any]) -> Date:
    """Add `season` and `circa`, if a date can hold them."""
    season = _season(raw.get("season"))
    start = date.start
    if season and isinstance(start, Point) and start == Point(start.year):
        date = evolve(date, start=Point(start.year, season=season))
    elif not season:
        date = _with_season_name(date, raw.get("season"))
    if raw.get("circa") in FALSE:
        return date
    return evolve(date, start=_circa(date.start), end=_circa(date.end))


def _season(value: Any) -> int | None:
    if isinstance(value, str):
        if value in ("1", "2", "3", "4"):
            return int(value)
        return Date.parse(f"{value} 2000").season
    return value if type(value) is int and 1 <= value <= 4 else None


def _with_season_name(date: Date, season: Any) -> Date:
    """Add a season that has only a name; Zotero's rest of a time of day is ignored."""
    start = date.start
    if date.season_name is not None:
        return date  # EDTF gave it to the letter
    is_name = isinstance(season, str) and any(map(str.isalpha, season)) and not _season(season)
    if not is_name or not isinstance(start, Point) or start.month or start.season:
        return date
    return evolve(date, season_name=season.strip())


def _circa(side: Point | Bound | None) -> Point | Bound | None:
    return evolve(side, approximate=True) if isinstance(side, Point) else side


def encode_date(date: Date) -> dict[str, Any]:
    """Return a date as CSL-JSON; one that `date-parts` cannot carry, as EDTF next to them.

    Example:
        >>> encode_date(Date.parse("Spring 2001"))
        {'date-parts': [[2001]], 'season': 1}
        >>> encode_date(Date.parse("199X"))
        {'edtf': '199X', 'date-parts': [[1990], [1999]]}
        >>> encode_date(Date.parse('2001 "Michaelmas"'))
        {'date-parts': [[2001]], 'season': 'Michaelmas'}
    """
    if date.literal is not None:
        return {"literal": date.literal}
    value = _encode_sides(date.start, date.end)
    if date.season_name is not None:
        value["season"] = date.season_name
        unnamed = evolve(date, season_name=None)
        if _with_season_name(unnamed, date.season_name) != date:
            value["edtf"] = str(date)
    return value


def _encode_sides(start: Point | Bound | None, end: Point | Bound | None) -> dict[str, Any]:
    if end is None and isinstance(start, Point) and not _is_special(start):
        # The form in which nearly all dates come.
        value: dict[str, Any] = {"date-parts": [_parts(start)]}
        if start.season:
            value = {"date-parts": [[_year(start.year)]], "season": start.season}
        if start.approximate:
            value["circa"] = True
        return value
    points = [side for side in (start, end) if isinstance(side, Point)]
    value = {"date-parts": list(_rough_parts(start, end))}
    if any(point.approximate for point in points):
        value["circa"] = True
    if start is None or _is_exact(start, end, points):
        return value
    return {"edtf": write_edtf(start, end), **value}


def _is_special(point: Point) -> bool:
    return bool(
        point.uncertain
        or point.unspecified_digits
        or point.unspecified_month
        or point.unspecified_day
    )


def _is_exact(start: Point | Bound | None, end: Point | Bound | None, points: list[Point]) -> bool:
    """Return whether `date-parts` and `circa` state all that a range states."""
    return (
        isinstance(start, Point)
        and (end is Bound.OPEN or isinstance(end, Point))
        and not any(map(_is_special, points))
        and len({point.approximate for point in points}) == 1
    )


def _rough_parts(start: Point | Bound | None, end: Point | Bound | None) -> Iterable[list[int]]:
    """Yield the parts that a processor with support for only `date-parts` can print."""
    if isinstance(start, Point):
        yield _parts(start)
    if isinstance(end, Point):
        yield _last_parts(end)
    elif end is not None:
        yield [0]
    elif isinstance(start, Point) and start.unspecified_digits:
        yield _last_parts(start)


def _parts(point: Point) -> list[int]:
    year = _year(point.year)
    if point.month is None:
        return [year, point.season + 20] if point.season else [year]
    return [year, point.month] if point.day is None else [year, point.month, point.day]


def _last_parts(point: Point) -> list[int]:
    if not point.unspecified_digits:
        return _parts(point)
    spread = 10**point.unspecified_digits - 1
    return [_year(point.year + spread if point.year >= 0 else point.year - spread)]


def _year(year: int) -> int:
    return year if year > 0 else year - 1


def _report(message: str, draft: Draft, code: str = "invalid-date") -> None:
    draft.report(code, message, Severity.WARNING, KEPT)
