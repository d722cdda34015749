"""`cs:date`: dates in a style's own or in a localized format (specification, "Date").

Both ends of a range share parts, which are printed once. The range delimiter is that of the largest
part that differs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Final

from attrs import evolve, frozen

from refcite.csl.render.context import EMPTY, SUCCESS, Context, Render
from refcite.csl.render.csl_m_data import date_beyond
from refcite.csl.render.formatting import Transform, dressed, transform_of
from refcite.csl.render.group import empty
from refcite.csl.render.page_ranges import shortened
from refcite.csl.render.scope import Scope
from refcite.csl.render.variables import attribute_for
from refcite.csl.style.attributes import NORMAL, Format
from refcite.csl.style.elements import DateElement, DatePart
from refcite.csl.style.locale import Locale
from refcite.csl.style.ordinals import ordinal
from refcite.csl.text.field_markup import append_text
from refcite.csl.text.stream import CLOSE, Span, Stream, Tag
from refcite.dates import Bound, Date, Point
from refcite.record import Record

__all__ = ["compile_date", "sort_key_of_date"]

_EN_DASH: Final = "\u2013"
_SIZES: Final = {"year": 0, "month": 1, "day": 2}
_SHOWN: Final = {
    "year": frozenset(("year",)),
    "year-month": frozenset(("year", "month")),
    "year-month-day": frozenset(("year", "month", "day")),
    "month-day": frozenset(("month", "day")),
}


def parts_of(element: DateElement, locale: Locale) -> tuple[DatePart, ...]:
    """Return a date's parts: its own, or the locale's with the changes of the style."""
    if element.form is None:
        return element.parts
    localized = locale.date(element.form)
    if localized is None:
        return ()
    shown = _SHOWN.get(element.shown, _SHOWN["year-month-day"])
    changes = {part.name: part for part in element.parts}
    return tuple(
        _changed(part, changes[part.name]) if part.name in changes else part
        for part in localized.parts
        if part.name in shown
    )


def _changed(part: DatePart, change: DatePart) -> DatePart:
    """Return a localized part with the settings of a style's `cs:date-part`, except affixes."""
    mine, theirs = part.look, change.look
    names = ("font_style", "font_variant", "font_weight", "text_decoration", "vertical_align")
    fonts = [getattr(theirs.format, name) or getattr(mine.format, name) for name in names]
    look = evolve(
        mine,
        format=Format(*fonts) if any(fonts) else NORMAL,
        text_case=theirs.text_case or mine.text_case,
        strip_periods=theirs.strip_periods or mine.strip_periods,
    )
    return evolve(
        part,
        look=look,
        form=change.form or part.form,
        range_delimiter=change.range_delimiter or part.range_delimiter,
    )


def _delimiter_of(element: DateElement, locale: Locale) -> str:
    if element.form is None:
        return element.delimiter
    localized = locale.date(element.form)
    return localized.delimiter if localized else ""


def compile_date(element: DateElement, scope: Scope) -> Render:
    """Return the renderer of a `cs:date`.

    Args:
        element: The element.
        scope: Where it is.
    """
    area = scope.area
    if scope.lacks(element.variable):
        return empty
    attribute = attribute_for(element.variable) or element.variable
    parts = parts_of(element, area.locale)
    if area.sorting:
        return _compile_sort_key(attribute, parts)
    printer = _DatePrinter(element, parts, scope)
    variable = element.variable
    suppressible = scope.suppresses(variable)
    records = scope.records_variables
    of_access = variable == "accessed"
    get: Callable[[Record], Date | None]
    if attribute_for(variable):
        get = attrgetter(attribute)
    else:
        get = lambda record: date_beyond(record, variable)  # noqa: E731 - as short as attrgetter

    def render(ctx: Context, stream: Stream) -> int:
        date = get(ctx.record)
        if date is None or (suppressible and ctx.is_substituted(variable)):
            return EMPTY
        if of_access and ctx.lists is not None:
            # The date of access does not distinguish works.
            return EMPTY
        start = len(stream)
        printer.append(date, ctx, stream)
        if len(stream) == start:
            return EMPTY
        if records:
            ctx.recorded.append(variable)
        ctx.printed = True
        return SUCCESS

    look = element.look
    if element.form is not None:
        localized = area.locale.date(element.form)
        if localized is not None and look.text_case is None:
            look = evolve(look, text_case=localized.look.text_case)
    look = scope.placed(look)
    return dressed(render, look, area.item_language, nests=area.nests_brackets, of_locale=True)


@frozen
class _Dress:
    """A date part with its prepared formatting."""

    part: str
    prefix: str
    suffix: str
    opening: Span | None
    transform: Transform | None


class _DatePrinter:
    """Prints dates in one format."""

    def __init__(self, element: DateElement, parts: Sequence[DatePart], scope: Scope) -> None:
        area = scope.area
        self._parts = tuple((part, _dress(part, scope)) for part in parts)
        self._delimiter = _delimiter_of(element, area.locale)
        self._append_year = area.observe(element, "date-part", self._append_dressed_year)
        self._append_part = area.observe(element, "date-part", _append_dressed)
        self._locale = area.locale
        self._year_range_format = area.style.year_range_format
        self._places_suffix = area.places_year_suffix
        self._notes_years = area.notes_years
        self._ad = area.locale.term("ad") or ""
        self._bc = area.locale.term("bc") or ""
        self._names = frozenset(part.name for part in parts)
        months = [part.form or "long" for part in parts if part.name == "month"]
        self._month_form = months[0] if months else None

    def append(self, date: Date, ctx: Context, stream: Stream) -> None:
        """Append a date."""
        start, end = date.start, date.end
        if not isinstance(start, Point):
            if isinstance(end, Point):
                texts = self._texts_of(end)
                if any(texts):
                    stream.append(_EN_DASH)
                self._append_parts(texts, ctx, stream)
            elif date.literal:
                self._append_literal(date.literal, stream)
            return
        texts = self._texts_of(start, date.season_name)
        if end is None or end == start:
            self._append_parts(texts, ctx, stream)
        elif isinstance(end, Bound):
            self._append_parts(texts, ctx, stream)
            if any(texts):
                stream.append(self._range_delimiter(0))
        else:
            self._append_range(start, end, texts, ctx, stream)

    def _append_literal(self, literal: str, stream: Stream) -> None:
        for part, dress in self._parts:
            if part.name == "year":
                self._append_part(literal, dress, stream, None)

    def _texts_of(self, point: Point, season_name: str | None = None) -> list[str]:
        """Return the text of each part; a season's name replaces a month."""
        return [
            season_name if season_name and part.name == "month" else self._text_of(part, point)
            for part, _ in self._parts
        ]

    def _append_parts(self, texts: Sequence[str], ctx: Context, stream: Stream) -> None:
        start = len(stream)
        for (part, dress), text in zip(self._parts, texts, strict=True):
            if not text:
                continue
            if len(stream) > start and self._delimiter:
                stream.append(self._delimiter)
            if part.name == "year":
                self._append_year(text, dress, stream, ctx)
            else:
                self._append_part(text, dress, stream, ctx)

    def _append_dressed_year(self, text: str, dress: _Dress, stream: Stream, ctx: Context) -> None:
        if dress.prefix:
            stream.append(dress.prefix)
        if dress.opening:
            stream.append(dress.opening)
        if not self._is_known(text, ctx):
            start = len(stream)
            stream.append(text)
            if dress.transform:
                dress.transform(ctx, stream, start)
        self._append_suffix(ctx, stream)
        if dress.opening:
            stream.append(CLOSE)
        if dress.suffix:
            stream.append(dress.suffix)

    def _is_known(self, text: str, ctx: Context) -> bool:
        """Whether the cite before printed the same year in the same place (collapsing)."""
        if not self._notes_years:
            return False
        place = len(ctx.years)
        ctx.years.append(text)
        return place < len(ctx.known_years) and ctx.known_years[place] == text

    def _append_suffix(self, ctx: Context, stream: Stream) -> None:
        if self._places_suffix and ctx.year_suffix and not ctx.suffix_placed:
            ctx.suffix_placed = True
            stream += (Tag("year-suffix", ctx.year_suffix), ctx.year_suffix, CLOSE)

    def _append_range(
        self, start: Point, end: Point, texts: Sequence[str], ctx: Context, stream: Stream
    ) -> None:
        largest = self._largest_difference(start, end)
        if largest is None:
            self._append_parts(texts, ctx, stream)
            return
        last_texts = self._texts_of(end)
        if self._year_range_format is not None and len(texts) == 1:
            last_texts = [shortened(texts[0], last_texts[0], self._year_range_format)]
        beginning = len(stream)
        differing = [
            index for index, (part, _) in enumerate(self._parts) if _SIZES[part.name] >= largest
        ]
        first, last = differing[0], differing[-1]
        for one, other in ((texts, last_texts), (last_texts, texts)):
            if not any(one[first : last + 1]):
                # An end of the range has none of these parts, as the season in `2001-21/2002`.
                self._append_parts(other, ctx, stream)
                return
        self._append_span(range(first), texts, ctx, stream)
        self._append_span(
            range(first, last + 1),
            texts,
            ctx,
            stream,
            joined=len(stream) > beginning,
            keeps_suffix=False,
        )
        stream.append(self._range_delimiter(largest))
        self._append_span(range(first, last + 1), last_texts, ctx, stream, keeps_prefix=False)
        self._append_span(range(last + 1, len(self._parts)), last_texts, ctx, stream, joined=True)

    def _append_span(
        self,
        places: range,
        texts: Sequence[str],
        ctx: Context,
        stream: Stream,
        *,
        joined: bool = False,
        keeps_prefix: bool = True,
        keeps_suffix: bool = True,
    ) -> None:
        """Append some of a date's parts.

        Args:
            places: The indices of the parts.
            texts: The texts of all parts.
            ctx: The rendering.
            stream: The stream to which they are appended.
            joined: Whether the delimiter is before the first of them.
            keeps_prefix: Whether the first has its prefix.
            keeps_suffix: Whether the last has its suffix.
        """
        shown = [place for place in places if texts[place]]
        for number, place in enumerate(shown):
            text = texts[place]
            part, dress = self._parts[place]
            if number == 0 and not keeps_prefix:
                dress = evolve(dress, prefix="")
            if number == len(shown) - 1 and not keeps_suffix:
                dress = evolve(dress, suffix="")
            if (number or joined) and self._delimiter:
                stream.append(self._delimiter)
            if part.name == "year" and keeps_suffix:
                self._append_year(text, dress, stream, ctx)
            else:
                self._append_part(text, dress, stream, ctx)

    def _largest_difference(self, start: Point, end: Point) -> int | None:
        """Return the size of the largest printed part in which two dates differ.

        If one of them has no such part, it is the size of the larger part: `2001–June 2001`.
        """
        has_year = "year" in self._names
        if has_year and start.year != end.year:
            return 0
        months = ("", "")
        if self._month_form is not None:
            months = self._month(start, self._month_form), self._month(end, self._month_form)
            if months[0] != months[1]:
                return 1 if all(months) or not has_year else 0
        if "day" in self._names and start.day != end.day:
            if start.day and end.day:
                return 2
            return 1 if all(months) else 0 if has_year else 2
        return None

    def _range_delimiter(self, size: int) -> str:
        for part, _ in self._parts:
            if _SIZES[part.name] == size and part.range_delimiter is not None:
                return part.range_delimiter
        return _EN_DASH

    def _text_of(self, part: DatePart, point: Point) -> str:
        if part.name == "year":
            return self._year(point.year, part.form)
        if part.name == "month":
            return self._month(point, part.form or "long")
        return self._day(point, part.form)

    def _year(self, year: int, form: str | None) -> str:
        if year <= 0:
            return f"{1 - year}{self._bc}"
        if form == "short" and year >= 1000:
            return f"{year % 100:02}"
        return f"{year}{self._ad}" if year < 1000 else str(year)

    def _month(self, point: Point, form: str) -> str:
        month = point.month
        if month is None:
            if point.season is None or form not in ("long", "short"):
                # A season replaces a month's term, and has no number.
                return ""
            return self._locale.term(f"season-{point.season:02}", form) or ""
        if form == "numeric":
            return str(month)
        if form == "numeric-leading-zeros":
            return f"{month:02}"
        return self._locale.term(f"month-{month:02}", form) or ""

    def _day(self, point: Point, form: str | None) -> str:
        day = point.day
        if day is None:
            return ""
        if form == "numeric-leading-zeros":
            return f"{day:02}"
        if form == "ordinal" and (day == 1 or not self._locale.limit_day_ordinals_to_day_1):
            gender = self._locale.gender(f"month-{point.month:02}") if point.month else None
            return ordinal(day, self._locale, gender)
        return str(day)


def _dress(part: DatePart, scope: Scope) -> _Dress:
    look = part.look
    if scope.strips and part.name == "month":
        look = evolve(look, strip_periods=True)
    return _Dress(
        part.name,
        look.prefix,
        look.suffix,
        None if look.format is NORMAL else Span(look.format),
        transform_of(look, scope.area.item_language, of_locale=True),
    )


def _append_dressed(text: str, dress: _Dress, stream: Stream, ctx: Context | None) -> None:
    if dress.prefix:
        stream.append(dress.prefix)
    if dress.opening:
        stream.append(dress.opening)
    start = len(stream)
    append_text(text, stream)
    if ctx is not None and dress.transform:
        dress.transform(ctx, stream, start)
    if dress.opening:
        stream.append(CLOSE)
    if dress.suffix:
        stream.append(dress.suffix)


def _compile_sort_key(attribute: str, parts: Sequence[DatePart]) -> Render:
    names = frozenset(part.name for part in parts)

    def render(ctx: Context, stream: Stream) -> int:
        date: Date | None = getattr(ctx.record, attribute, None)
        key = sort_key_of_date(date, names) if date is not None else ""
        if not key:
            return EMPTY
        stream.append(key)
        ctx.printed = True
        return SUCCESS

    return render


def sort_key_of_date(
    date: Date, names: frozenset[str] = frozenset(("year", "month", "day"))
) -> str:
    """Return a date as text that sorts by time (specification, "Sorting Variables").

    Example:
        >>> sort_key_of_date(Date(Point(2000, 12)))
        '10200012000000000000'
        >>> keys = [sort_key_of_date(Date(Point(year))) for year in (-99, -49, 50, 2000)]
        >>> keys == sorted(keys)
        True
    """
    start = date.start if isinstance(date.start, Point) else date.end
    if not isinstance(start, Point):
        return ""
    end = date.end if isinstance(date.end, Point) and date.end is not start else None
    return _key_of_point(start, names) + (_key_of_point(end, names) if end else "0" * 10)


def _key_of_point(point: Point, names: frozenset[str]) -> str:
    year = point.year if "year" in names else 0
    month = point.month or 0 if "month" in names else 0
    day = point.day or 0 if "day" in names else 0
    era, shown = (
        ("1", f"{year:05}") if year > 0 or "year" not in names else ("0", f"{99999 + year:05}")
    )
    return f"{era}{shown}{month:02}{day:02}"
