"""`cs:label`: the term for a locator, page or number, singular or plural."""

from __future__ import annotations

from attrs import evolve

from refcite.csl.render.context import EMPTY, NO_VARIABLE, Context, Render
from refcite.csl.render.formatting import dressed_element
from refcite.csl.render.group import empty, nothing
from refcite.csl.render.labelled_numbers import labelled, leading_label
from refcite.csl.render.numbers import is_plural
from refcite.csl.render.scope import Scope
from refcite.csl.render.variables import IDENTIFIED_BY_NUMBER, text_reader
from refcite.csl.style.csl_m import STATIC
from refcite.csl.style.elements import Label
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
    is_static = label.form == STATIC
    if is_static:
        form = scope.label_form or "long"
        label = evolve(label, form=form, inner_form=scope.label_form or "short")
    if label.variable == "locator":
        return dressed_element(_locator_label(label, scope, is_static), label, scope)
    if scope.lacks(label.variable):
        return empty
    return dressed_element(_number_label(label, scope), label, scope)


def _number_label(label: Label, scope: Scope) -> Render:
    locale = scope.area.locale
    # The number of a case or law is an identifier: "No. 12-307" is one case.
    counts = label.variable != "number" or scope.area.item_type not in IDENTIFIED_BY_NUMBER
    variable, form, inner_form = label.variable, label.form, label.inner_form
    read = text_reader(variable)
    single = locale.term(variable, label.form) or ""
    multiple = locale.term(variable, label.form, plural=True) or ""
    plural = label.plural

    def render(ctx: Context, stream: Stream) -> int:
        value = read(ctx)
        if not value:
            return EMPTY
        name = ctx.number_label = variable
        if "." in value:
            ctx.label_form = inner_form
            found = leading_label(value)
            if found is not None:
                name, value = found
            value = labelled(value, name)[0].numbers
        many = plural == "always" or (
            plural == "contextual" and counts and is_plural(value, variable)
        )
        if name == variable:
            term = multiple if many else single
        else:
            term = locale.term(name, form, plural=many) or ""
        _append(term, ctx, stream)
        return NO_VARIABLE

    return render


def _locator_label(label: Label, scope: Scope, is_static: bool) -> Render:
    locale = scope.area.locale
    form, plural, inner_form = label.form, label.plural, label.inner_form

    def render(ctx: Context, stream: Stream) -> int:
        locator = ctx.locator
        if not locator:
            return EMPTY
        if not locator.isdecimal():
            ctx.label_form = inner_form
            locator = labelled(locator, ctx.label)[0].numbers
        many = plural == "always" or (plural == "contextual" and is_plural(locator, "locator"))
        # A term of the form `static` has the same text in all other forms.
        term = locale.term(ctx.label, STATIC, plural=many) if is_static else None
        _append(term or locale.term(ctx.label, form, plural=many) or "", ctx, stream)
        return NO_VARIABLE

    return render


def _append(term: str, ctx: Context, stream: Stream) -> None:
    if "%s" in term:
        # A term with a place for its numbers is printed with them.
        ctx.number_wrap = term
    elif term:
        if ctx.label_start < 0:
            ctx.label_start = len(stream)
        stream.append(term)
        ctx.printed = True
