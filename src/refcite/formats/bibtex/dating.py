"""The fields `date`, `year`, `month` and `day`, and the one date that they form.

`date` contains EDTF, as in biblatex; `year` contains any text. A month is a macro, a name, a
number, or one of them with a day or another month (`15~mar`, `mar # "/" # apr`). Any other name in
its place is that of a season or term.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from attrs import evolve

from refcite.characters import number_in
from refcite.dates import Date, Point
from refcite.datewords import MONTHS as MONTH_WORDS
from refcite.datewords import fold
from refcite.edtf import write_edtf
from refcite.formats.bibtex.dialect import Dialect
from refcite.formats.bibtex.draft import EntryDraft
from refcite.formats.bibtex.latex_read import read_latex
from refcite.formats.bibtex.latex_write import write_latex
from refcite.formats.dateparts import MONTHS
from refcite.formats.statuses import without_status
from refcite.problems import InvalidDateError, Problem, Severity

__all__ = ["date_of", "has_time", "read_date", "read_issued", "write_date", "write_issued"]

_MACROS: Final = [name[:3].lower() for name in MONTHS]

_DAY_MONTH: Final = re.compile(r"(\d{1,2})(?:st|nd|rd|th|\.)?[\s\u00a0]+(\S+)")
_MONTH_DAY: Final = re.compile(r"(\S+?)[\s\u00a0]+(\d{1,2})(?:st|nd|rd|th)?,?")
_RANGE: Final = re.compile(r"(?:(?<!\s)\s+)?(?:/|–|—|-|\band\b|&)\s*")
_YEARS: Final = re.compile(r"(-?\d{3,4})\s*(?:–|—|-{1,2}|/)\s*(\d{3,4})")
_DAY: Final = re.compile(r"\{?\d{1,2}\}?")
_EDTF: Final = re.compile(r"[\w~?%./ -]+")
_SEASON_NAME: Final = re.compile(r"[^\W\d_][^\d#{}\\]*")
_YEAR: Final = re.compile(r"\d{4}")
_TIME: Final = re.compile(
    r"(?<=\d)(?:T|[ \u00a0](?=\d\d:))\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?"
)


def has_time(text: str) -> bool:
    """Return whether a date has a time of day, which `Date` cannot hold.

    Example:
        >>> has_time("2017-01-18T12:00:33Z"), has_time("2017-01-18")
        (True, False)
    """
    return ":" in text and _TIME.search(text) is not None


def date_of(raw: str) -> Date:
    """Return the value of one of biblatex's date fields.

    Example:
        >>> str(date_of("1988-03/1990-04"))
        '1988-03/1990-04'
    """
    return _dated(raw, None)[0]


def read_date(raw: str, draft: EntryDraft) -> Date:
    """Read one of biblatex's date fields; one with a time of day is kept as well."""
    date, problems = _dated(raw, draft.day_first)
    if has_time(raw):
        draft.keep(draft.own, raw)
    _report(problems, raw, draft)
    return date


def read_issued(draft: EntryDraft) -> None:
    """Read the date of issue; other contents are kept."""
    fields, raw = draft.fields, draft.fields.get("date", "")
    has_date = bool(raw.strip())
    date: Date | None
    own = "date" if has_date else "year"
    if not fields.get(own, "").isdecimal():
        text, status = without_status(fields.get(own, "").strip())
        if status:
            fields = {**fields, own: text}
            raw = text if has_date else raw
            draft.values.setdefault("status", status)
    rest: Iterable[str]
    draft.own = own
    if has_date:
        date = read_date(raw, draft)
        rest = _not_in(date, fields)
    else:
        year, month = fields.get("year", "").strip(), fields.get("month", "").strip()
        day = fields.get("day", "").strip()
        date, rest, problems = _of_parts(year, month, day, draft.day_first)
        _report(problems, fields.get("year", ""), draft)
    if date is not None:
        draft.values["issued"] = date
    for name in rest:
        if name not in fields:
            continue
        draft.keep(name, fields[name])
        draft.own = name
        if has_date and fields[name].strip():
            draft.second_value(name, fields[name])
        elif fields[name].strip():
            message = (
                f"the {name} {fields[name]!r} forms no date with the year; it is kept unchanged"
            )
            hint = "write month = mar, or the date as date = {2017-03-18}"
            draft.report("unread-date", message, Severity.WARNING, hint)


def _report(problems: Iterable[Problem], raw: str, draft: EntryDraft) -> None:
    draft.doubts(problems)
    if has_time(raw):
        message = f"the day in {draft.own} was read; its time of day is kept separately"
        draft.report("time-of-day", message)


@lru_cache(maxsize=8192)
def _dated(raw: str, day_first: bool | None) -> tuple[Date, tuple[Problem, ...]]:
    text = raw.strip()
    if "\\" in text or "{" in text:
        # In EDTF a tilde means "approximately".
        text = read_latex(text.replace("~", r"\textasciitilde{}"))
    if ":" in text:
        text = _TIME.sub("", text)
    problems: list[Problem] = []
    return _parse(text, day_first, problems), tuple(problems)


def _parse(text: str, day_first: bool | None, problems: list[Problem]) -> Date:
    span = _YEARS.fullmatch(text)
    if span:
        text = f"{span[1]}/{span[2]}"
    return Date.parse(text, day_first=day_first, problems=problems)


@lru_cache(maxsize=8192)
def _of_parts(
    year: str, month: str, day: str, day_first: bool | None
) -> tuple[Date | None, tuple[str, ...], tuple[Problem, ...]]:
    """Return the date of three fields, the contents that it cannot hold, and its problems."""
    if not year:
        return None, ("month", "day"), ()
    problems: list[Problem] = []
    if _YEAR.fullmatch(year):
        date = Date(Point(int(year)))
    else:
        date = _parse(read_latex(year).replace("\u00a0", " "), day_first, problems)
    rest: list[str] = []
    if month or day:
        date, rest = _with_month(date, month, day, problems)
    return date, tuple(rest), tuple(problems)


def _with_month(
    date: Date, month: str, day: str, problems: list[Problem]
) -> tuple[Date, list[str]]:
    start = date.start
    if not isinstance(start, Point) or date.end is not None or start.month or start.season:
        return date, ["month", "day"]
    # JabRef put signs around the names of macros.
    name = read_latex(month).replace("\u00a0", " ").strip("# ")
    points = _months(name)
    if not points:
        other = Date.parse(f"{name} {start.year}") if name else None
        if other is not None and other.literal is None:
            return other, ["day"]
        if _SEASON_NAME.fullmatch(name):
            return evolve(date, season_name=name), ["day"]
        return date, ["month", "day"]
    (month_number, day_number), *after = points
    rest = ["day"]
    if day_number is None and not after and _DAY.fullmatch(day):
        day_number, rest = int(day.strip("{}")), []
    try:
        first = evolve(start, month=month_number, day=day_number)
        if not after:
            return Date(first), rest
        last_month, last_day = after[0]
        last = evolve(start, month=last_month, day=last_day)
        if last_month < month_number:
            last = evolve(last, year=last.year + 1)
            problems.append(_across_years(name, start.year))
        return Date(first, last), rest
    except InvalidDateError:
        return date, ["month", "day"]


def _across_years(months: str, year: int) -> Problem:
    return Problem(
        severity=Severity.WARNING,
        code="ambiguous-date",
        message=f"{months!r} is in two years; the year {year} is read as that of the first",
        hint=f"write the date with both years, such as {year}-12/{year + 1}-01",
    )


def _month(text: str) -> int | None:
    text = text.strip().rstrip(".").lower()
    known = MONTH_WORDS.get(text)
    if known is None and text:
        number = int(text) if text.isdecimal() and len(text) < 3 else 0
        known = number if 1 <= number <= 12 else MONTH_WORDS.get(fold(text))
    return known


def _months(text: str) -> list[tuple[int, int | None]]:
    """Read a month with or without a day, or two of them."""
    parts = _RANGE.split(text)
    if len(parts) > 2:
        return []
    if len(parts) == 2:
        first, second = map(_month_and_day, parts)
        if first and first[1] and parts[1].isdigit():
            parts[1] = f"{parts[1]} {MONTHS[first[0] - 1]}"  # June 3–5
        elif second and second[1] and parts[0].isdigit():
            parts[0] = f"{parts[0]} {MONTHS[second[0] - 1]}"  # 3–5 June
        elif parts[0].isdigit() != parts[1].isdigit():
            return []
    found = [_month_and_day(part) for part in parts]
    return [point for point in found if point] if all(found) else []


def _month_and_day(text: str) -> tuple[int, int | None] | None:
    text = text.strip()
    alone = _month(text)
    if alone:
        return alone, None
    for pattern, day, month in ((_DAY_MONTH, 1, 2), (_MONTH_DAY, 2, 1)):
        found = pattern.fullmatch(text)
        if found and not found[month].isdigit() and 1 <= int(found[day]) <= 31:
            number = _month(found[month])
            if number:
                return number, int(found[day])
    return None


def _is_simple(date: Date, start: Point) -> bool:
    """Return whether year, month and day express the whole date."""
    return (
        date.end is None
        and 1000 <= start.year <= 9999
        and start == Point(start.year, start.month, start.day)
    )


def _not_in(date: Date, fields: Mapping[str, str]) -> list[str]:
    """Return the other fields that differ from `date`."""
    start = date.start if isinstance(date.start, Point) else None
    rest: list[str] = []
    for name in ("year", "month", "day"):
        if name not in fields:
            continue
        value = fields[name].strip()
        known = getattr(start, name, None)
        if name == "month":
            same = _month(value) == known
        else:
            same = known is not None and number_in(value) == known
        if not same:
            rest.append(name)
    return rest


def write_date(date: Date, *, ascii: bool = False) -> str:  # noqa: A002 - as in json.dumps
    """Return a date as EDTF, with TeX's special characters escaped."""
    text = write_edtf(date.start, date.end) if date.start is not None else str(date)
    return text if _EDTF.fullmatch(text) else write_latex(text, ascii=ascii)


def write_issued(
    date: Date,
    dialect: Dialect,
    *,
    ascii: bool = False,  # noqa: A002 - as in json.dumps
) -> list[tuple[str, str, bool]]:
    """Return the fields for a date of issue: name, value, and whether it is a macro.

    Classic BibTeX has year and month (and ignores `day`); a date that they cannot express is in
    `date` as EDTF, in addition to the year. In both dialects, text that is not a date ("n.d.") is
    in `year`, which is printed unchanged, and the name of a season in `month`: biblatex's `date`
    cannot hold them.

    Example:
        >>> write_issued(Date(Point(2017, 1, 18)), "bibtex")
        [('year', '2017', False), ('month', 'jan', True), ('day', '18', False)]
    """
    start = date.start if isinstance(date.start, Point) else None
    if date.season_name and start is not None and _is_simple(date, start):
        month = write_latex(date.season_name, ascii=ascii)
        return [("year", str(start.year), False), ("month", month, False)]
    if start is None and date.literal is not None:
        return [("year", write_date(date, ascii=ascii), False)]
    if dialect == "biblatex" or start is None or not _is_simple(date, start):
        fields = [("date", write_date(date), False)]
        if dialect == "bibtex" and start is not None and start.year > 0:
            fields.append(("year", str(start.year), False))
        return fields
    fields = [("year", str(start.year), False)]
    if start.month:
        fields.append(("month", _MACROS[start.month - 1], True))
        if start.day:
            fields.append(("day", str(start.day), False))
    return fields
