"""Dates in the form of the Manual of Style ("Dates and numbers"), which is narrower than EDTF."""

from __future__ import annotations

from typing import Final, Literal

from refcite.dates import Date, Point

__all__ = ["DateFormat", "written_date"]

DateFormat = Literal["dmy", "mdy", "iso"]
"""18 January 2017, January 18, 2017, or 2017-01-18."""

_MONTHS: Final = (
    *("", "January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)
_SEASONS: Final = ("", "Spring", "Summer", "Autumn", "Winter")
_FIRST_GREGORIAN: Final = 1583


def written_date(date: Date, date_format: DateFormat = "dmy") -> str:
    """Return a date in one of the forms that the templates read as a date.

    Information without a form is omitted: uncertainty, the open end of a range. A date
    before the year 100 is not written.

    Example:
        >>> written_date(Date.parse("2017-01-18")), written_date(Date.parse("2017-01-18"), "mdy")
        ('18 January 2017', 'January 18, 2017')
        >>> written_date(Date.parse("2001-05/2001-06")), written_date(Date.parse("1950~"))
        ('May–June 2001', 'c. 1950')
    """
    if date.literal is not None:
        return date.literal
    points = [side for side in (date.start, date.end) if isinstance(side, Point)]
    if not all(100 <= point.year <= 9999 for point in points):
        return ""
    circa = "c. " if any(point.approximate for point in points) else ""
    if len(points) == 1:
        return circa + _point(points[0], date_format)
    return circa + _range(points[0], points[1], date_format)


def _point(point: Point, date_format: DateFormat, has_year: bool = True) -> str:
    year = f"{point.year:04}"
    if point.season:
        return f"{_SEASONS[point.season]} {year}" if has_year else _SEASONS[point.season]
    if point.month is None:
        return year
    month = _MONTHS[point.month]
    if point.day is None:
        return f"{month} {year}" if has_year else month
    if date_format == "iso" and has_year and point.year >= _FIRST_GREGORIAN:
        return f"{year}-{point.month:02}-{point.day:02}"
    if date_format == "mdy":
        return f"{month} {point.day}, {year}" if has_year else f"{month} {point.day}"
    return f"{point.day} {month} {year}" if has_year else f"{point.day} {month}"


def _range(start: Point, end: Point, date_format: DateFormat) -> str:
    form: DateFormat = "dmy" if date_format == "iso" else date_format
    if start.month is None and start.season is None:
        return f"{_point(start, form)}–{_point(end, form)}"
    if start.year != end.year:
        return f"{_point(start, form)} – {_point(end, form)}"
    if start.day is None or end.day is None:
        return f"{_point(start, form, has_year=False)}–{_point(end, form)}"
    if start.month == end.month:
        if form == "mdy":
            return f"{_MONTHS[end.month or 0]} {start.day}–{end.day}, {end.year:04}"
        return f"{start.day}–{_point(end, form)}"
    return f"{_point(start, form, has_year=False)} – {_point(end, form)}"
