"""The elements that printed nothing for an entry, with the reasons, found in the frames."""

from __future__ import annotations

from collections.abc import Iterator

from refcite.csl.explain.element_tags import BRANCHES, longer, where_of
from refcite.csl.explain.explanation import Reason, Skipped, Where
from refcite.csl.explain.trace import Cut, Frame
from refcite.csl.render.context import EMPTY, SUCCESS
from refcite.csl.render.style_facts import variables_within
from refcite.csl.style.elements import Branch, Choose, Element, Names, Style, Text

__all__ = ["SkippedElements"]


class SkippedElements:
    """Finds the skipped elements.

    Args:
        style: The style.
    """

    def __init__(self, style: Style) -> None:
        self._style = style
        self._variables_within: dict[int, tuple[str, ...]] = {}

    def of(self, root: Frame) -> tuple[Skipped, ...]:
        """Return the elements skipped in the frame of a layout, in the style's order."""
        return tuple(dict.fromkeys(self._skipped(root, (root.where,))))

    def _skipped(self, frame: Frame, path: tuple[Where, ...]) -> Iterator[Skipped]:
        for child in frame.children:
            around = longer(path, child.where)
            if child.where.element in BRANCHES:
                if not child.is_open:
                    yield self._closed(child, around)
                    continue
            elif not child.printed:
                found = self._empty(child, around)
                if found is not None:
                    yield found
            elif isinstance(child.element, Names):
                yield from self._replaced(child, child.element, around)
            elif child.short_of is not None:
                yield Skipped(path=around, reason="short-form", variables=(child.short_of,))
            elif child.cut is not None:
                yield _shortened(child.cut, around)
            yield from self._skipped(child, around)

    def _closed(self, frame: Frame, path: tuple[Where, ...]) -> Skipped:
        """Return the record of a branch that was not used."""
        branch = frame.element
        assert isinstance(branch, Branch)  # noqa: S101 - no other frame is closed
        variables = self._variables(branch, branch.children)
        if frame.tests is not None:
            return Skipped(path=path, reason="condition", variables=variables, tests=frame.tests)
        siblings = frame.outer.children if frame.outer else []
        taken = next((one.where for one in siblings if one.is_open), None)
        return Skipped(path=path, reason="not-reached", variables=variables, instead=taken)

    def _empty(self, frame: Frame, path: tuple[Where, ...]) -> Skipped | None:
        """Return the record of an element that printed nothing."""
        element = frame.element
        if not isinstance(element, Element):
            return None  # a macro: its call is recorded
        variables = frame.variables or self._variables(element, (element,))
        reason: Reason = "nothing-printed"
        if isinstance(element, Names) and frame.status == SUCCESS:
            reason = "repeated-author"
        elif frame.substituted:
            reason = "substituted"
        elif frame.variables and (frame.status == EMPTY or isinstance(element, Text)):
            reason = "empty"
        elif frame.term is not None:
            reason = "no-term"
        return Skipped(path=path, reason=reason, variables=variables)

    def _replaced(self, frame: Frame, names: Names, path: tuple[Where, ...]) -> Iterator[Skipped]:
        """Yield the substituted names, and the substitutes that are not needed."""
        if not frame.listed:
            reason: Reason = "substituted" if frame.substituted else "empty"
            yield Skipped(path=path, reason=reason, variables=names.variables)
        elif silent := tuple(sorted({*frame.names.values()} - frame.listed)):
            reason = "substituted" if frame.substituted else "same-names"
            yield Skipped(path=path, reason=reason, variables=silent)
        tried = {id(child.element) for child in frame.children}
        # The contents of `cs:choose` are tried one by one (`render/names.py`).
        chosen = {one.where.line for one in frame.children if isinstance(one.element, Choose)}
        for element in names.substitute:
            is_tried = isinstance(element, Choose) and element.line in chosen
            if id(element) not in tried and not is_tried:
                yield Skipped(
                    path=(*path, where_of(element)),
                    reason="not-needed",
                    variables=self._variables(element, (element,)),
                )

    def _variables(self, whole: Element | Branch, elements: tuple[Element, ...]) -> tuple[str, ...]:
        found = self._variables_within.get(id(whole))
        if found is None:
            found = self._variables_within[id(whole)] = variables_within(self._style, elements)
        return found


def _shortened(cut: Cut, path: tuple[Where, ...]) -> Skipped:
    """Return the record of a shortened list of names, at the element that limits it."""
    where = next((setting.where for setting in cut.settings if setting.where), path[-1])
    return Skipped(
        path=path if where in path else (where,),
        reason="et-al",
        variables=(cut.variable,),
        left_out=cut.left_out,
        settings=cut.settings,
    )
