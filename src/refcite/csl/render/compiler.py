"""From typed elements to functions: style, locale and item type are evaluated once.

`Compiler` turns the elements of one area into `Render` functions for the items of one type. It
compiles each macro once, evaluates conditions on the type, resolves inherited options, and looks up
terms.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from attrs import evolve

from refcite.csl.render.alternatives import compile_alternative_text, only_with_alternative
from refcite.csl.render.choose import Condition, chosen, conditions_of
from refcite.csl.render.context import EMPTY, NO_VARIABLE, Render
from refcite.csl.render.dates import compile_date
from refcite.csl.render.formatting import dressed, dressed_element
from refcite.csl.render.group import delimited, empty, joined, nothing, suppressing
from refcite.csl.render.group_guards import guarded
from refcite.csl.render.labels import compile_label
from refcite.csl.render.names import compile_names
from refcite.csl.render.scope import AreaScope, Scope
from refcite.csl.render.style_facts import has_date, variables_within
from refcite.csl.render.text import compile_number, compile_text
from refcite.csl.style.attributes import PLAIN, Look
from refcite.csl.style.elements import (
    Alternative,
    AlternativeText,
    Choose,
    DateElement,
    Element,
    Group,
    Label,
    Names,
    Number,
    Text,
)

__all__ = ["Compiler"]


class Compiler:
    """Compiles elements for one area of a style and one type of item.

    Elements get the data that they need in a `Scope`.

    Args:
        area: The area, with the type of item.

    Attributes:
        scope: The scope of the layout's elements.
    """

    def __init__(self, area: AreaScope) -> None:
        self.scope = Scope(area=area)
        self._macros: dict[tuple[str, bool, bool, bool, str | None], Render] = {}
        # The renderers that leave no output unless their status is SUCCESS, with the least of their
        # statuses. A group of one of these needs no renderer of its own: most groups within groups
        # and macros within macros disappear.
        self._settled: dict[Render, int] = {empty: EMPTY, nothing: NO_VARIABLE}
        self._compile: dict[type[Element], Callable[[Any, Scope], Render]] = {
            Alternative: self._alternative,
            AlternativeText: compile_alternative_text,
            DateElement: compile_date,
            Group: self._group,
            Label: compile_label,
            Names: self._names,
            Number: compile_number,
            Text: self._text,
        }

    def element(self, element: Element, scope: Scope, delimiter: str = "") -> Render:
        """Return an element's renderer; `delimiter` is that of the element around."""
        if isinstance(element, Choose):
            return self._choose(element, scope, delimiter)
        render = self._compile[type(element)](element, scope)
        if _calls_variable(element):
            self._settled.setdefault(render, EMPTY)
        return render

    def sequence(self, elements: tuple[Element, ...], scope: Scope, delimiter: str = "") -> Render:
        """Return the renderer of elements one after the other, with a delimiter between."""
        return self._in_sequence(self._children(elements, scope, delimiter), delimiter)

    def _children(
        self, elements: tuple[Element, ...], scope: Scope, delimiter: str
    ) -> list[Render]:
        return [self.element(element, scope, delimiter) for element in elements]

    def _suppressing(
        self, elements: tuple[Element, ...], scope: Scope, delimiter: str = ""
    ) -> Render:
        """Return the renderer of elements that are omitted if their variables are all empty."""
        children = self._children(elements, scope, delimiter)
        if empty in children and not scope.records_variables:
            variable = [
                child
                for element, child in zip(elements, children, strict=True)
                if child is not empty and not _is_fixed(element)
            ]
            if not variable:
                # Terms alone are not printed: what they describe is missing.
                return empty
        body = self._in_sequence(children, delimiter)
        if body in self._settled:
            return body
        render = suppressing(body)
        self._settled[render] = max(map(self._least_of, children), default=NO_VARIABLE)
        return render

    def _least_of(self, render: Render) -> int:
        return self._settled.get(render, NO_VARIABLE)

    def _in_sequence(self, children: list[Render], delimiter: str) -> Render:
        """Return the renderer of elements one after the other, without those that print nothing."""
        least = EMPTY if empty in children else NO_VARIABLE
        printed = [child for child in children if child is not empty and child is not nothing]
        if not printed:
            return empty if least == EMPTY else nothing
        if len(printed) == 1 and least <= self._least_of(printed[0]):
            return printed[0]
        if len(printed) > 1 and delimiter:
            return delimited(tuple(printed), delimiter, least)
        return joined(tuple(printed), least)

    def _dressed(self, body: Render, element: Element, scope: Scope) -> Render:
        """Return the renderer of a group or macro with the look of an element."""
        render = dressed_element(body, element, scope, is_leaf=False)
        if body in self._settled:
            self._settled.setdefault(render, self._settled[body])
        return render

    def macro(self, name: str, scope: Scope) -> Render:
        """Return a macro's renderer."""
        strips = scope.strips
        known = (name, scope.records_variables, scope.dates_only, strips, scope.label_form)
        found = self._macros.get(known)
        if found is None:
            children = scope.area.style.macros[name].children
            # In a macro with a date, only dates and names are used for sorting, as in citeproc-js:
            # other output, such as "ca.", would come before the year.
            dates_only = scope.dates_only or (scope.area.sorting and has_date(children))
            # Macros do not inherit names from around them; only the substitute's own `cs:names` do.
            within = scope.within(nested=True, names_around=None, dates_only=dates_only)
            found = self._macros[known] = self._suppressing(children, within)
        return found

    # Elements

    def _group(self, element: Group, scope: Scope) -> Render:
        children = element.children
        within = scope if scope.nested else scope.within(nested=True)
        body = self._suppressing(children, within, element.delimiter)
        if element.reject or element.require:
            variables = frozenset(variables_within(scope.area.style, children))
            body = guarded(body, element.reject, element.require, variables)
        return self._dressed(body, element, scope)

    def _names(self, element: Names, scope: Scope) -> Render:
        render = compile_names(element, scope, self.element)
        if not scope.strips:
            return render
        return dressed(render, Look(strip_periods=True), scope.area.item_language)

    def _alternative(self, element: Alternative, scope: Scope) -> Render:
        within = scope if scope.nested else scope.within(nested=True)
        body = self.sequence(element.children, within, element.delimiter)
        return dressed_element(only_with_alternative(body, scope), element, scope, is_leaf=False)

    def _choose(self, element: Choose, scope: Scope, delimiter: str) -> Render:
        branches: list[tuple[Condition, Render]] = []
        for branch, condition in conditions_of(element, scope.area):
            if condition is False:
                continue
            children = branch.children
            body = self.sequence(children, scope, delimiter) if children else nothing
            if condition is True:
                return self._chosen(branches, body)
            branches.append((condition, body))
        return self._chosen(branches, nothing)

    def _chosen(self, branches: list[tuple[Condition, Render]], otherwise: Render) -> Render:
        render = chosen(branches, otherwise)
        bodies = [otherwise, *(body for _, body in branches)]
        if all(body in self._settled for body in bodies):
            self._settled.setdefault(render, min(map(self._least_of, bodies)))
        return render

    def _text(self, element: Text, scope: Scope) -> Render:
        if element.macro is None:
            return compile_text(element, scope)
        # As in citeproc-js, for which the published styles are written, its text-case does nothing,
        # and its strip-periods applies to the macro's output, without affixes.
        within = scope.within(strips=True) if element.look.strip_periods else scope
        if element.label_form is not None:
            within = within.within(label_form=element.label_form)
        body = self.macro(element.macro, within)
        look = evolve(element.look, strip_periods=False, text_case=None)
        dress = evolve(element, look=PLAIN if look == PLAIN else look)
        return self._dressed(body, dress, scope)


def _is_fixed(element: Element) -> bool:
    """Return whether an element prints the same text for every item."""
    return isinstance(element, Text) and (element.term is not None or element.value is not None)


def _calls_variable(element: Element) -> bool:
    """Return whether the renderer of an element prints nothing unless its status is SUCCESS.

    Names with substitutes are not among them: a term in place of names is printed, but the names
    are empty.
    """
    if isinstance(element, Names):
        return not element.substitute
    return isinstance(element, Number | DateElement) or (
        isinstance(element, Text) and element.variable is not None
    )
