"""Values of several tags together, such as the pages and the date of issue; and lists in one tag.

`PY` has the year that is cited. The month and the day are those of the tag that has them and agrees
with that year: `DA`, or `Y1` of the first specification.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Final

from refcite.dates import Date, Point
from refcite.formats.draft import Draft, Field, grouped
from refcite.formats.numbers import is_range
from refcite.formats.preprints import read_preprint
from refcite.formats.ris.beyond import MARK, Beyond, read_beyond
from refcite.formats.ris.table import SPEC
from refcite.formats.ris.values import ACCESS_PART, DATE, DateRead, read_date
from refcite.formats.statuses import is_status, read_status

__all__ = ["read_fields"]

Way = Callable[[Draft, list[Field]], Sequence[Field]]
"""Reads tags that belong together, and returns the values for the table."""

_DATE_TAGS: Final = ("DA", "ET", "PY", "Y1")
"""Tags that may state when a work was issued; of two that are as precise, the first counts."""
_IN_JOURNALS: Final = frozenset({"ABST", "EJOUR", "INPR", "JOUR", "MGZN", "NEWS"})
_DASH: Final = re.compile(r"[-\u2010-\u2015]")
_YEAR: Final = re.compile(r"\d{4}")
_LINKS: Final = re.compile(r"\n|;\s*(?=https?://)")


def read_fields(draft: Draft, code: str, fields: Sequence[Field]) -> None:
    """Read the tags of an entry.

    Args:
        draft: The draft that receives their values.
        code: The type code.
        fields: The tags.

    Example:
        >>> draft = Draft(SPEC, "JOUR")
        >>> read_fields(draft, "JOUR", [("SP", "1", 2), ("PY", "2001", 3), ("EP", "9", 4)])
        >>> draft.values["page"], str(draft.values["issued"])
        ('1-9', '2001')
    """
    groups = grouped(fields)
    notes = groups.get("N1")
    for way, tags in _plan_of(code, frozenset(groups)):
        if len(tags) == 1:
            found = groups.pop(tags[0])
        else:
            found = [field for tag in tags for field in groups.pop(tag)]
        for field in way(draft, found):
            groups.setdefault(field[0], []).append(field)
    draft.read_grouped(groups)
    if code in _IN_JOURNALS and "container_title_short" in draft.values:
        # The only name of the journal, as in Cochrane's export, is its name.
        draft.values.setdefault("container_title", draft.values["container_title_short"])
    read_preprint(SPEC.type_of(code) or "", draft.values, draft.extra, "T2", "PB")
    if isinstance(number := draft.extra.get("M1"), str) and is_status(number):
        draft.values.setdefault("note", draft.extra.pop("M1"))
    read_status(draft.values)
    if notes:
        # Values that the writer put into notes take precedence over all tags.
        for beyond in filter(None, map(_beyond_of, notes)):
            beyond.fill(draft)


@lru_cache(maxsize=4096)
def _plan_of(code: str, tags: frozenset[str]) -> Sequence[tuple[Way, Sequence[str]]]:
    """Return the ways that an entry with some tags needs, each with its tags."""
    found: dict[Way, list[str]] = {}
    for tag, way in _ways_of(code).items():
        if tag in tags:
            found.setdefault(way, []).append(tag)
    return tuple(found.items())


@cache
def _ways_of(code: str) -> Mapping[str, Way]:
    ways: dict[str, Way] = dict.fromkeys(("L1", "L2", "L3", "L4"), _each_line)
    ways["UR"] = _links
    rows = SPEC.readers(code)
    ways.update((row.own, _dates) for row in rows if row.kind is DATE)
    ways.update((row.own, _pages) for row in rows if row.variable == "page")
    parts = [row.own for row in rows if row.kind is ACCESS_PART]
    if parts:
        ways.update(dict.fromkeys((*parts, "Y2"), _access_parts))
    is_doubtful = any(row.own == "DA" and row.variable == "accessed" for row in rows)
    issued = _issued_or_seen if is_doubtful else _issued
    ways.update((row.own, issued) for row in rows if row.variable == "issued" or row.own == "DA")
    ways["N1"] = _notes
    return ways


# Lists


def _each_line(draft: Draft, fields: list[Field]) -> list[Field]:
    return [(tag, row, line) for tag, text, line in fields for row in text.split("\n") if row]


def _links(draft: Draft, fields: list[Field]) -> list[Field]:
    links = [
        (tag, link.strip(), line)
        for tag, text, line in fields
        for link in (_LINKS.split(text) if ";" in text or "\n" in text else (text,))
        if link.strip()
    ]
    for tag, link, _ in links[1:]:
        draft.keep(tag, link)
    return links[:1]


def _notes(draft: Draft, fields: list[Field]) -> list[Field]:
    return [field for field in fields if _beyond_of(field) is None]


def _beyond_of(field: Field) -> Beyond | None:
    return read_beyond(field[1]) if field[1].startswith(MARK) else None


# Pages


def _pages(draft: Draft, fields: list[Field]) -> Sequence[Field]:
    """Join the first page with the last; without a last page, the table defines the tags."""
    if len(fields) == 1:
        return fields
    if len(fields) == 2 and fields[0][0] == "SP" and fields[1][0] == "EP":
        # The form in which most pages come.
        draft.values["page"], is_used = _range(fields[0][1], fields[1][1])
        return () if is_used else fields[1:]
    ends = [field for field in fields if field[0] == "EP"]
    starts = [field for field in fields if field[0] != "EP"]
    if not ends or not starts:
        return fields
    first = starts[0][1]  # of `SP`, if it is: the table has it before the others
    draft.values["page"], is_used = _range(first, ends[0][1])
    if len(starts) == len(ends) == 1:
        return () if is_used else ends
    return [field for field in starts if field[1] != first] + (ends[1:] if is_used else ends)


_DASHES: Final = " -–—"


def _range(start: str, end: str) -> tuple[str, bool]:
    """Return the pages, and whether the last is one of them."""
    # `SP  - 11-` and `EP  - -45`: some catalogues write the dash too.
    start, end = start.rstrip(_DASHES) or start, end.lstrip(_DASHES) or end
    if not start.endswith(end):
        if is_range(end) and _DASH.split(end, maxsplit=1)[0].strip() == start:
            return end, True  # the tag for the last page has all pages
        return (start, False) if is_range(start) else (f"{start}-{end}", True)
    return start if start == end or is_range(start) else f"{start}-{end}", True


# Dates


def _dates(draft: Draft, fields: list[Field]) -> list[Field]:
    return [field for field in fields if field[1].strip("/ ")]  # `///` contains nothing


def _access_parts(draft: Draft, fields: list[Field]) -> list[Field]:
    """Join the day of access with its year."""
    if any(tag == "Y2" for tag, _, _ in fields):
        return fields
    years = [field for field in fields if _YEAR.fullmatch(field[1])][:1]
    days = [field for field in fields if field not in years][:1]
    for used in (days + years, days, years):
        date = Date.parse(" ".join(field[1] for field in used))
        if used and date.literal is None and draft.put("accessed", date):
            return [field for field in fields if field not in used]
    return fields


def _issued_or_seen(draft: Draft, fields: list[Field]) -> list[Field]:
    """Read dates of issue, and `DA`, if that is the day of access by the specification.

    Most programs put the day of issue there for all types: it is one if its year is that of `PY`.
    """
    dates = (read_date(text, draft.day_first).date for tag, text, _ in fields if tag != "DA")
    years = {date.year for date in dates if date is not None}
    issued: list[Field] = []
    seen: list[Field] = []
    for field in fields:
        date = read_date(field[1], draft.day_first).date
        is_other = years and date is not None and date.year not in (None, *years)
        (seen if field[0] == "DA" and is_other else issued).append(field)
    return [*seen, *(_issued(draft, issued) if issued else ())]


def _issued(draft: Draft, fields: list[Field]) -> Sequence[Field]:
    """Choose between dates, and keep those with more or other information."""
    if len(fields) == 1 and fields[0][0] != "DA":
        return _dates(draft, fields)
    reads = [read_date(field[1], draft.day_first) for field in fields]
    day = _day_in_year(fields, reads) if len(fields) == 2 else None
    if day is not None:
        draft.values["issued"] = day
        return ()
    found = sorted(zip(fields, reads, strict=True), key=lambda pair: _DATE_TAGS.index(pair[0][0]))
    year = _year_of("PY", fields, reads)
    any_year = year if year is not None else _year_of("Y1", fields, reads)
    dates = [_with_year(read, any_year, draft.day_first) for _, read in found]
    given = [date for date in dates if date is not None]
    in_year = [date for date in given if date.year == year] if year is not None else []
    known = in_year or [date for date in given if date.literal is None] or given[:1]
    chosen = max(known, key=_precision) if known else None
    if chosen is not None:
        draft.values["issued"] = chosen
    for ((tag, text, line), read), date in zip(found, dates, strict=True):
        draft.line = line
        if date == read.date:
            draft.doubts(read.problems)
        if read.is_exact and not (chosen and _says(chosen, date)) and len(found) > 1:
            draft.second_value(tag, text)
            draft.keep(tag, text)
        elif not read.is_exact:
            draft.keep(tag, text)
    return ()


def _day_in_year(fields: Sequence[Field], reads: Sequence[DateRead]) -> Date | None:
    """Return the day of `DA`, if `PY` has its year: the form in which most dates come."""
    place = 0 if fields[0][0] == "DA" else 1
    (tag, text, _), (year_tag, year, _) = fields[place], fields[1 - place]
    if tag != "DA" or year_tag != "PY" or len(year) != 4 or not text.startswith(year):
        return None
    read = reads[place]
    is_day = read.is_exact and not read.problems and read.date is not None
    return read.date if is_day and _precision(read.date) else None


def _year_of(tag: str, fields: Sequence[Field], reads: Sequence[DateRead]) -> int | None:
    for field, read in zip(fields, reads, strict=True):
        if field[0] == tag and read.date is not None and read.date.year is not None:
            return read.date.year
    return None


def _with_year(read: DateRead, year: int | None, day_first: bool | None) -> Date | None:
    """Read `May 6` with the year of another tag."""
    literal = read.date.literal if read.date else None
    if year is None or literal is None or _YEAR.search(literal):
        return read.date
    whole = Date.parse(f"{literal} {year}", day_first=day_first)
    return whole if whole.literal is None else read.date


def _precision(date: Date | None) -> int:
    if date is None or not isinstance(date.start, Point):
        return 0
    start = date.start
    has_season = start.season is not None or date.season_name is not None
    return 1 + (start.month is not None or has_season) + (start.day is not None)


def _says(date: Date, other: Date | None) -> bool:
    """Return whether a date states all that another states."""
    if other is None or date == other:
        return True
    start, rough = date.start, other.start
    if not isinstance(start, Point) or other.is_range:
        return False
    return rough == Point(start.year) or (
        not date.is_range and rough == Point(start.year, start.month)
    )
