"""Checks of a style that concern several of its parts.

They find macros that are missing, call themselves or expand too far, and undefined terms.
"""

from __future__ import annotations

from collections.abc import Iterator
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
from refcite.problems import StyleError, near_matches

__all__ = ["check_macros", "check_terms"]

_MOST_ELEMENTS: Final = 2_000_000
_DEEPEST: Final = 120


def check_macros(style: Style, name: str) -> None:
    """Reject macros that are missing, call themselves, or expand too far.

    Raises:
        StyleError: With the style's name, the line and the element.
    """
    costs: dict[str, tuple[int, int]] = {}
    for macro in style.macros:
        _cost_of(style, name, macro, costs)
    for area in (style.citation, style.bibliography):
        if area is None:
            continue
        for key in area.sort:
            if key.macro is not None and key.macro not in style.macros:
                raise _missing(style, name, key.line, "key", key.macro)
        for layout in layouts_of(area):
            _cost(style, name, layout.children, costs)


def check_terms(style: Style, name: str) -> None:
    """Reject terms that neither CSL nor the style itself defines; CSL-M has no list of terms.

    Raises:
        StyleError: With the style's name, the line and the element.
    """
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
            near = near_matches(term, TERMS | own)
            raise StyleError(
                f"{name}, line {element.line}, <text>: there is no term {term!r}{near}"
            )


def _missing(style: Style, name: str, line: int, tag: str, macro: str) -> StyleError:
    near = near_matches(macro, style.macros)
    return StyleError(f"{name}, line {line}, <{tag}>: there is no macro {macro!r}{near}")


def _cost_of(style: Style, name: str, start: str, costs: dict[str, tuple[int, int]]) -> None:
    """Compute the cost of a macro and of those below it, without recursion over macros."""
    stack: list[tuple[str, Iterator[Text]]] = [(start, _calls(style.macros[start].children))]
    active = [start]
    while stack:
        macro, calls = stack[-1]
        for call in calls:
            called = str(call.macro)
            if called not in style.macros:
                raise _missing(style, name, call.line, "text", called)
            if called in active:
                circle = " → ".join([*active[active.index(called) :], called])
                raise StyleError(
                    f"{name}, line {call.line}, <text>: the macro calls itself: {circle}"
                )
            if called not in costs:
                active.append(called)
                stack.append((called, _calls(style.macros[called].children)))
                break
        else:
            costs[macro] = _cost(style, name, style.macros[macro].children, costs)
            stack.pop()
            active.pop()


def _calls(elements: tuple[Element, ...]) -> Iterator[Text]:
    for element in elements:
        if isinstance(element, Text) and element.macro is not None:
            yield element
        yield from _calls(children_of(element))


def _cost(
    style: Style, name: str, elements: tuple[Element, ...], costs: dict[str, tuple[int, int]]
) -> tuple[int, int]:
    """Return the maximum number of rendered elements, and their depth."""
    total, deepest = 0, 0
    for element in elements:
        if isinstance(element, Text) and element.macro is not None:
            if element.macro not in style.macros:
                raise _missing(style, name, element.line, "text", element.macro)
            count, depth = costs[element.macro]
        elif isinstance(element, Choose):
            each = [_cost(style, name, branch.children, costs) for branch in element.branches]
            count = max((count for count, _ in each), default=0)
            depth = max((depth for _, depth in each), default=0)
        else:
            count, depth = _cost(style, name, children_of(element), costs)
        total += count + 1
        deepest = max(deepest, depth + 1)
        if total > _MOST_ELEMENTS or deepest > _DEEPEST:
            raise StyleError(
                f"{name}, line {element.line}: macros expand to more than {_MOST_ELEMENTS}"
                f" elements or {_DEEPEST} levels"
            )
    return total, deepest
