"""Checks of a style that concern several of its parts.

They find macros that are missing, call themselves or expand too far, and undefined terms.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from refcite.csl.style.elements import (
    Choose,
    Element,
    Style,
    Text,
    children_of,
    layouts_of,
)
from refcite.csl.style.schema import TERMS, is_term
from refcite.csl.style.xml import Source
from refcite.problems import near_matches

__all__ = ["check_macros", "check_terms"]

_MOST_ELEMENTS: Final = 2_000_000
_DEEPEST: Final = 120
_Costs = dict[str, tuple[int, int]]


def check_macros(style: Style, source: Source) -> None:
    """Reject macros that are missing, call themselves, or expand too far.

    Raises:
        StyleError: With the style's name, the line and the element, unless errors are collected.
    """
    costs: _Costs = {}
    for macro in style.macros:
        if macro not in costs:
            _add_cost_of(style, source, macro, costs)
    for area in (style.citation, style.bibliography):
        if area is None:
            continue
        for key in area.sort:
            if key.macro is not None and key.macro not in style.macros:
                _report_missing(style, source, key.line, "key", key.macro)
        for layout in layouts_of(area):
            _report_missing_in(style, source, layout.children)
            _cost(source, layout.children, costs)


def check_terms(style: Style, source: Source) -> None:
    """Report terms that neither CSL nor the style itself defines; CSL-M has no list of terms."""
    if style.is_csl_m:
        return
    own = {term.name for locale in style.locales for term in locale.terms}
    areas = [area for area in (style.citation, style.bibliography) if area is not None]
    waiting = [element for macro in style.macros.values() for element in macro.children]
    waiting += [element for area in areas for element in area.layout.children]
    while waiting:
        element = waiting.pop()
        waiting += children_of(element)
        term = element.term if isinstance(element, Text) else None
        if term is not None and term not in own and not is_term(term):
            message = f"there is no term {term!r}{near_matches(term, TERMS | own)}"
            hint = "use a term of CSL, or define it in a <locale> of the style; it prints nothing"
            source.warn_at(element.line, "text", message, hint, code="unknown-term")


def _report_missing(style: Style, source: Source, line: int, tag: str, macro: str) -> None:
    source.fail_at(line, tag, f"there is no macro {macro!r}{near_matches(macro, style.macros)}")


def _report_missing_in(style: Style, source: Source, elements: tuple[Element, ...]) -> None:
    for call in _calls(elements):
        if str(call.macro) not in style.macros:
            _report_missing(style, source, call.line, "text", str(call.macro))


def _add_cost_of(style: Style, source: Source, start: str, costs: _Costs) -> None:
    """Compute the cost of a macro and of those below it, without recursion over macros."""
    stack: list[tuple[str, Iterator[Text]]] = [(start, _calls(style.macros[start].children))]
    active = {start: None}
    while stack:
        macro, calls = stack[-1]
        for call in calls:
            called = str(call.macro)
            if called not in style.macros:
                _report_missing(style, source, call.line, "text", called)
            elif called in active:
                circle = " → ".join([*_from(active, called), called])
                source.fail_at(call.line, "text", f"the macro calls itself: {circle}")
            elif called not in costs:
                active[called] = None
                stack.append((called, _calls(style.macros[called].children)))
                break
        else:
            costs[macro] = _cost(source, style.macros[macro].children, costs)
            stack.pop()
            active.popitem()


def _from(active: Iterable[str], start: str) -> list[str]:
    names = list(active)
    return names[names.index(start) :]


def _calls(elements: tuple[Element, ...]) -> Iterator[Text]:
    for element in elements:
        if isinstance(element, Text) and element.macro is not None:
            yield element
        yield from _calls(children_of(element))


def _cost(source: Source, elements: tuple[Element, ...], costs: _Costs) -> tuple[int, int]:
    """Return the maximum number of rendered elements, and their depth."""
    total, deepest = 0, 0
    for element in elements:
        if isinstance(element, Text) and element.macro is not None:
            # A macro that is missing or calls itself has been reported.
            count, depth = costs.get(element.macro, (0, 0))
        elif isinstance(element, Choose):
            each = [_cost(source, branch.children, costs) for branch in element.branches]
            count = max((count for count, _ in each), default=0)
            depth = max((depth for _, depth in each), default=0)
        else:
            count, depth = _cost(source, children_of(element), costs)
        total += count + 1
        deepest = max(deepest, depth + 1)
        if total > _MOST_ELEMENTS or deepest > _DEEPEST:
            message = f"macros expand to more than {_MOST_ELEMENTS} elements or {_DEEPEST} levels"
            raise source.error_at(element.line, _tag_of(element), message)
    return total, deepest


def _tag_of(element: Element) -> str:
    return type(element).__name__.removesuffix("Element").lower()
