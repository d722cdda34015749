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
from refcite.csl.render.context import Render
from refcite.csl.render.dates import compile_date
from refcite.csl.render.formatting import dressed, dressed_element
from refcite.csl.render.group import delimited, joined, nothing, suppressing
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
        return self._compile[type(element)](element, scope)

    def sequence(self, elements: tuple[Element, ...], scope: Scope, delimiter: str = "") -> Render:
        """Return the renderer of elements one after the other, with a delimiter between."""
        children = tuple([self.element(element, scope, delimiter) for element in elements])
        if len(children) == 1:
            return children[0]
        return delimited(children, delimiter) if delimiter else joined(children)

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
            found = self._macros[known] = suppressing(self.sequence(children, within))
        return found

    # Elements

    def _group(self, element: Group, scope: Scope) -> Render:
        children = element.children
        within = scope if scope.nested else scope.within(nested=True)
        body = suppressing(self.sequence(children, within, element.delimiter))
        if element.reject or element.require:
            variables = frozenset(variables_within(scope.area.style, children))
            body = guarded(body, element.reject, element.require, variables)
        return dressed_element(body, element, scope, is_leaf=False)

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
                return chosen(branches, body)
            branches.append((condition, body))
        return chosen(branches, nothing)

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
        return dressed_element(body, dress, scope, is_leaf=False)
