"""`cs:label`: the term for a locator, page or number, singular or plural."""

from __future__ import annotations

from refcite.csl.render.context import EMPTY, NO_VARIABLE, Context, Render
from refcite.csl.render.formatting import dressed_element
from refcite.csl.render.group import nothing
from refcite.csl.render.numbers import is_plural
from refcite.csl.render.scope import Scope
from refcite.csl.render.variables import text_reader
from refcite.csl.style.elements import Label
from refcite.csl.style.locale import Locale
from refcite.csl.text.stream import Stream

__all__ = ["compile_label"]


def compile_label(label: Label, scope: Scope) -> Render:
    """Return the renderer of a label.

    Args:
        label: The element.
        scope: Where it is.
    """
    if scope.area.sorting:
        return nothing
    of_label = _locator_label if label.variable == "locator" else _number_label
    return dressed_element(of_label(label, scope.area.locale), label, scope)


def _number_label(label: Label, locale: Locale) -> Render:
    variable = label.variable
    read = text_reader(variable)
    single = locale.term(variable, label.form) or ""
    multiple = locale.term(variable, label.form, plural=True) or ""
    plural = label.plural

    def render(ctx: Context, stream: Stream) -> int:
        value = read(ctx)
        if not value:
            return EMPTY
        if plural == "always" or (plural == "contextual" and is_plural(value, variable)):
            term = multiple
        else:
            term = single
        if term:
            stream.append(term)
            ctx.printed = True
        return NO_VARIABLE

    return render


def _locator_label(label: Label, locale: Locale) -> Render:
    form, plural = label.form, label.plural

    def render(ctx: Context, stream: Stream) -> int:
        locator = ctx.locator
        if not locator:
            return EMPTY
        many = plural == "always" or (plural == "contextual" and is_plural(locator, "locator"))
        term = locale.term(ctx.label, form, plural=many)
        if term:
            stream.append(term)
            ctx.printed = True
        return NO_VARIABLE

    return render
