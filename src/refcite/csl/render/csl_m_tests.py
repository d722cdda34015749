"""The conditions of `cs:if` that CSL-M has in addition."""

from __future__ import annotations

from collections.abc import Callable

from refcite.csl.render.context import CONTAINER_MULTIPLE, CONTAINER_SUBSEQUENT, Context
from refcite.csl.render.labelled_numbers import leading_label
from refcite.csl.render.numbers import is_plural
from refcite.csl.render.scope import AreaScope
from refcite.csl.render.variables import attribute_for, text_reader
from refcite.csl.style.elements import Test
from refcite.csl.style.locale import language_of, locale_tag
from refcite.dates import Date, Point

__all__ = ["compile_csl_m_test"]

_Condition = Callable[[Context], bool]


def compile_csl_m_test(test: Test, area: AreaScope) -> _Condition | bool:
    """Return a condition of CSL-M as a function, or its value where that is settled.

    Args:
        test: The condition. One that needs data that no record has, such as `court-class`, is
            never true.
        area: The area of the style.
    """
    kind, value = test.kind, test.value
    if kind == "context":
        if area.is_alternative:
            return value == "alternative"
        return value == ("citation" if area.in_citation else "bibliography")
    if kind == "locale":
        return _has_language(value)
    if kind in ("country", "jurisdiction"):
        return _is_of(value)
    if kind in _DATES:
        return _has_parts(value, _DATES[kind])
    if kind == "is-plural":
        attribute = attribute_for(value) or value
        return lambda ctx: len(ctx.item.names(attribute)) > 1
    if kind == "is-multiple":
        read = text_reader(value)
        return lambda ctx: is_plural(read(ctx) or "", value)
    if kind in ("page", "number"):
        return _has_label(kind, value)
    if kind in _CONTAINERS:
        # Citations test the position `container-subsequent` instead.
        holds = False if area.in_citation else _shares_container(_CONTAINERS[kind])
        return holds if value != "false" else _not(holds)
    if kind == "genre":
        genre = value.replace("-", " ")
        return lambda ctx: ctx.record.genre in (genre, value)
    return False


def _has_language(tag: str) -> _Condition:
    wanted = tag.lower()
    if "-" in wanted:
        wanted = locale_tag(tag)
        return lambda ctx: bool(ctx.item.language) and locale_tag(ctx.item.language) == wanted
    return lambda ctx: bool(ctx.item.language) and language_of(ctx.item.language) == wanted


def _has_label(variable: str, label: str) -> _Condition:
    """Return whether a number has a label: its own, or without one that of its variable."""
    read = text_reader(variable)

    def condition(ctx: Context) -> bool:
        found = leading_label(read(ctx) or "")
        return (variable if found is None else found[0]) == label

    return condition


def _shares_container(bit: int) -> _Condition:
    return lambda ctx: ctx.position & bit != 0


def _not(condition: _Condition | bool) -> _Condition | bool:
    if isinstance(condition, bool):
        return not condition
    return lambda ctx: not condition(ctx)


def _is_of(jurisdiction: str) -> _Condition:
    def condition(ctx: Context) -> bool:
        given = ctx.record.jurisdiction or ctx.record.extra.get("country") or ""
        return str(given) == jurisdiction or str(given).startswith(f"{jurisdiction}:")

    return condition


def _year_only(point: Point) -> bool:
    return point.month is None and point.season is None


def _to_month(point: Point) -> bool:
    return point.day is None and not _year_only(point)


def _to_day(point: Point) -> bool:
    return point.day is not None


_CONTAINERS = {
    "container-multiple": CONTAINER_MULTIPLE,
    "container-subsequent": CONTAINER_SUBSEQUENT,
}
_DATES = {
    "has-year-only": _year_only,
    "has-to-month-or-season": _to_month,
    "has-day": _to_day,
}


def _has_parts(variable: str, holds: Callable[[Point], bool]) -> _Condition | bool:
    attribute = attribute_for(variable)
    if attribute is None:
        return False

    def condition(ctx: Context) -> bool:
        date: Date | None = getattr(ctx.record, attribute)
        return date is not None and isinstance(date.start, Point) and holds(date.start)

    return condition
