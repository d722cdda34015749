"""`cs:text` and `cs:number`: variables, terms and values (CSL 1.0.2, "Text" and "Number")."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from attrs import evolve

from refcite.csl.render.abbreviations import Abbreviations
from refcite.csl.render.citation_label import citation_label
from refcite.csl.render.context import EMPTY, NO_VARIABLE, SILENCE, SUCCESS, Context, Render
from refcite.csl.render.formatting import dressed_element
from refcite.csl.render.group import empty, nothing
from refcite.csl.render.labelled_numbers import (
    format_labelled,
    labelled,
    leading_label,
    wrapped,
)
from refcite.csl.render.links import LinkOf, link_of, split_address
from refcite.csl.render.numbers import (
    ampersand,
    format_number,
    format_text_number,
    is_identifier,
    is_plural,
    range_delimiter,
)
from refcite.csl.render.page_ranges import format_locator, format_pages
from refcite.csl.render.scope import Scope
from refcite.csl.render.short_titles import with_derived_title
from refcite.csl.render.variables import (
    ADDRESSES,
    IDENTIFIED_BY_NUMBER,
    NUMBERS_BY_TEXT,
    ReadText,
    text_reader,
)
from refcite.csl.style.elements import Number, Text
from refcite.csl.text.stream import CLOSE, TITLE, Link, Stream, Tag
from refcite.csl.text.text_case import apply_case

__all__ = ["compile_number", "compile_text", "compile_variable"]

_FormatText = Callable[[str], str]


def compile_text(element: Text, scope: Scope) -> Render:
    """Return the renderer of a `cs:text` that calls no macro.

    Args:
        element: The element.
        scope: Where it is.
    """
    if scope.dates_only:
        return nothing
    if element.term is not None:
        render = _term(element, element.term, scope)
    elif element.value is not None:
        render = _value(element.value, scope)
    else:
        variable = str(element.variable)
        link = link_of(variable) if scope.area.links and not scope.area.sorting else None
        if link is not None:
            return _linked(element, variable, link, scope)
        render = _variable(element, variable, scope)
    return dressed_element(render, element, scope)


def compile_number(element: Number, scope: Scope) -> Render:
    """Return the renderer of a `cs:number`.

    Args:
        element: The element.
        scope: Where it is.
    """
    variable, form, locale = element.variable, element.form, scope.area.locale
    if scope.dates_only:
        return nothing
    if scope.area.sorting:
        return compile_variable(variable, text_reader(variable), scope, _sortable_number)
    if variable == "citation-number":
        return dressed_element(_citation_number, element, scope)
    if scope.lacks(variable):
        return empty

    if form == "numeric" and variable in ("locator", "page"):
        render = _locator(scope) if variable == "locator" else _pages(scope)
        return dressed_element(render, element, scope)

    def format_it(text: str) -> str:
        return format_number(text, form, locale, variable, element.gender)

    if form == "numeric" and _is_docket(variable, scope):
        format_it = _docket_number
    render = _numbers(variable, scope, format_it)
    return dressed_element(render, element, scope)


def compile_variable(
    variable: str, read: ReadText, scope: Scope, format_it: _FormatText | None = None
) -> Render:
    """Return the renderer of a text variable, formatted, without a look.

    Args:
        variable: The variable.
        read: Reads it.
        scope: The scope of the element.
        format_it: Changes its text.
    """
    # Addresses are printed as they are: another apostrophe leads elsewhere.
    append = _append_plain if variable in ADDRESSES else scope.area.append
    suppressible = scope.suppresses(variable)
    records = scope.records_variables

    def render(ctx: Context, stream: Stream) -> int:
        text = read(ctx)
        if not text or (suppressible and ctx.is_substituted(variable)):
            return EMPTY
        if records:
            ctx.recorded.append(variable)
        append(text if format_it is None else format_it(text), stream)
        ctx.printed = True
        return SUCCESS

    return render


def _append_plain(text: str, stream: Stream) -> None:
    stream.append(text.strip())


# Terms and values


def _term(element: Text, name: str, scope: Scope) -> Render:
    term = scope.area.locale.term(name, element.form, element.plural)
    if term is None:
        return nothing
    if element.look.strip_periods or scope.strips:
        term = term.replace(".", "")
    if not term:
        return _silence if scope.records_variables else nothing
    plain: Stream = []
    scope.area.append(term, plain)
    capitalised = list(plain)
    if scope.area.capitalises_terms:
        apply_case("capitalize-first", capitalised, 0)

    def render(ctx: Context, stream: Stream) -> int:
        stream += plain if ctx.printed else capitalised
        ctx.printed = True
        return NO_VARIABLE

    return render


def _silence(ctx: Context, _stream: Stream) -> int:
    """Print nothing, and record that a term in a `cs:substitute` is empty on purpose."""
    ctx.recorded.append(SILENCE)
    return NO_VARIABLE


def _value(value: str, scope: Scope) -> Render:
    if not value:
        return nothing
    append = scope.area.append

    def render(ctx: Context, stream: Stream) -> int:
        append(value, stream, keeps_breaks=True)
        ctx.printed = True
        return NO_VARIABLE

    return render


# Variables


def _variable(element: Text, variable: str, scope: Scope) -> Render:
    if variable in _OF_DOCUMENT:
        return _OF_DOCUMENT[variable](scope)
    if scope.lacks(variable, element.form):
        return empty
    locale = scope.area.locale
    if variable == "page":
        return _pages(scope)
    if variable == "number":
        return _number(scope)
    if variable in NUMBERS_BY_TEXT:
        return _numbers(variable, scope, lambda text: format_text_number(text, variable, locale))
    read = text_reader(variable, element.form)
    if variable == "title" and element.form == "short" and scope.area.shortens_titles:
        read = with_derived_title(read, scope.area.style.id)
    abbreviations = scope.area.abbreviations
    if abbreviations is not None and element.form == "short":
        read = _abbreviated(variable, read, abbreviations)
    render = compile_variable(variable, read, scope)
    is_tagged = scope.area.tags_title and variable == "title" and not scope.area.sorting
    return _tagged_title(render) if is_tagged else render


def _tagged_title(render: Render) -> Render:
    def tagged(ctx: Context, stream: Stream) -> int:
        start = len(stream)
        stream.append(TITLE)
        status = render(ctx, stream)
        if len(stream) == start + 1:
            del stream[-1]
        else:
            stream.append(CLOSE)
        return status

    return tagged


def _number(scope: Scope) -> Render:
    """Return what prints `number`, which may be an identifier: then its hyphen stays.

    CSL 1.0.2 requires en dashes only in the ranges that `cs:number` prints. pandoc keeps all
    hyphens in `cs:text`, and citeproc-js replaces those in numeric text. Numbers of works in
    Chinese have the dashes of citeproc-js, for which the styles of CSL-M in Chinese are written.
    """
    if scope.area.item_type in IDENTIFIED_BY_NUMBER:
        return _numbers("number", scope, _docket_number)
    locale = scope.area.locale

    def with_dash(text: str) -> str:
        return format_text_number(text, "number", locale)

    def with_hyphen(text: str) -> str:
        return text if is_identifier(text) else with_dash(text)

    chinese, other = (_numbers("number", scope, one) for one in (with_dash, with_hyphen))
    return lambda ctx, stream: (chinese if ctx.item.language[:2] == "zh" else other)(ctx, stream)


def _is_docket(variable: str, scope: Scope) -> bool:
    """Return whether a number is that of a case, which courts write with a hyphen: `No. 12-307`."""
    return variable == "number" and scope.area.item_type == "legal_case"


def _docket_number(text: str) -> str:
    return text.replace("\\-", "-")


def _abbreviated(variable: str, read: ReadText, abbreviations: Abbreviations) -> ReadText:
    """Return what reads the short form of a variable in a list, or else the variable."""
    read_long = text_reader(variable)

    def read_short(ctx: Context) -> str | None:
        full = read_long(ctx)
        jurisdiction = ctx.record.jurisdiction or ""
        found = abbreviations.of_variable(variable, full, jurisdiction) if full else None
        return found or read(ctx)

    return read_short


def _pages(scope: Scope) -> Render:
    form, locale = scope.area.style.page_range_format, scope.area.locale
    delimiter, and_sign = locale.page_delimiter, ampersand(locale)
    return _numbers("page", scope, lambda text: format_pages(text, form, delimiter, and_sign))


def _numbers(variable: str, scope: Scope, format_it: _FormatText) -> Render:
    """Return what prints a number variable, in which labels may be.

    Args:
        variable: The variable.
        scope: Where the element is.
        format_it: Formats its numbers, without those of inner labels.
    """
    read = text_reader(variable)
    append = scope.area.append
    suppressible = scope.suppresses(variable)
    records = scope.records_variables
    append_labelled = _append_labelled(scope)

    def render(ctx: Context, stream: Stream) -> int:
        text = read(ctx)
        if not text or (suppressible and ctx.is_substituted(variable)):
            return EMPTY
        if variable in ctx.printed_numbers:
            return EMPTY
        if records:
            ctx.recorded.append(variable)
        if "." in text or ctx.number_wrap is not None:
            label, numbers = leading_label(text) or (variable, text)
            if label != variable and ctx.number_label != variable:
                # No `cs:label` has printed the label of the text, which must not be lost.
                label, numbers = variable, text
            append_labelled(numbers, label, format_it, ctx, stream)
        else:
            append(format_it(text), stream)
        ctx.printed = True
        return SUCCESS

    return render


def _append_labelled(scope: Scope) -> Callable[[str, str, _FormatText, Context, Stream], None]:
    """Return what appends numbers that may have labels among them."""
    append, locale = scope.area.append, scope.area.locale
    delimiter, and_sign = range_delimiter(locale), ampersand(locale)

    def others(numbers: str) -> str:
        return format_locator(numbers, None, delimiter, and_sign)

    def append_labelled(
        text: str, label: str, format_it: _FormatText, ctx: Context, stream: Stream
    ) -> None:
        form, wrap = ctx.label_form, ctx.number_wrap
        ctx.number_wrap = None

        def first(numbers: str) -> str:
            return format_it(numbers) if wrap is None else wrapped(format_it(numbers), wrap)

        def term_of(name: str, numbers: str) -> str:
            return locale.term(name, form, is_plural(numbers, "locator")) or ""

        append(format_labelled(labelled(text, label), first, others, term_of), stream)

    return append_labelled


def _locator(scope: Scope) -> Render:
    append = scope.area.append
    form, locale = scope.area.style.page_range_format, scope.area.locale
    delimiter, and_sign = range_delimiter(locale), ampersand(locale)
    append_labelled = _append_labelled(scope)

    def of_pages(text: str) -> str:
        return format_pages(text, form, delimiter, and_sign)

    def of_others(text: str) -> str:
        return format_locator(text, form, delimiter, and_sign)

    def render(ctx: Context, stream: Stream) -> int:
        text = ctx.locator.strip() if ctx.locator else ""
        if not text or "locator" in ctx.printed_numbers:
            return EMPTY
        format_it = of_pages if ctx.label == "page" else of_others
        if not text.isdecimal() or ctx.number_wrap is not None:
            append_labelled(text, ctx.label, format_it, ctx, stream)
        else:
            append(format_it(text), stream)
        ctx.printed = True
        return SUCCESS

    return render


def _linked(element: Text, variable: str, link: LinkOf, scope: Scope) -> Render:
    """Return the renderer of a variable as a link: its text, after the start of its URL."""
    if scope.lacks(variable, element.form):
        return empty
    read = text_reader(variable, element.form)
    before, address = split_address(element.look.prefix)
    render = compile_variable(variable, read, scope, address.__add__ if address else None)

    def linked(ctx: Context, stream: Stream) -> int:
        text = read(ctx)
        url = link(text) if text else None
        if url is None:
            return render(ctx, stream)
        start = len(stream)
        stream.append(Link(url))
        status = render(ctx, stream)
        if len(stream) == start + 1:
            del stream[-1]
        else:
            stream.append(CLOSE)
        return status

    look = evolve(element.look, prefix=before)
    return dressed_element(linked, evolve(element, look=look), scope)


def _sortable_number(text: str) -> str:
    digits = text.strip()
    return f"{int(digits):010}" if digits.isdecimal() and len(digits) < 20 else text


def _citation_number(ctx: Context, stream: Stream) -> int:
    number = ctx.number
    if not number:
        return SUCCESS
    # A number does not begin a sentence: the next text may start with a capital.
    stream += (Tag("citation-number", number), str(number), CLOSE)
    return SUCCESS


def _citation_number_key(ctx: Context, stream: Stream) -> int:
    stream.append(f"{ctx.number:010}")
    return SUCCESS


def _citation_label(ctx: Context, stream: Stream) -> int:
    stream.append(citation_label(ctx.item))
    if ctx.year_suffix and not ctx.suffix_placed:
        ctx.suffix_placed = True
        stream += (Tag("year-suffix", ctx.year_suffix), ctx.year_suffix, CLOSE)
    ctx.printed = True
    return SUCCESS


def _year_suffix(ctx: Context, stream: Stream) -> int:
    suffix = ctx.year_suffix
    if not suffix:
        # A group of "n.d." and a year suffix is printed without one, too.
        return SUCCESS
    ctx.suffix_placed = True
    stream += (Tag("year-suffix", suffix), suffix, CLOSE)
    ctx.printed = True
    return SUCCESS


_OF_DOCUMENT: Final[dict[str, Callable[[Scope], Render]]] = {
    "citation-label": lambda _scope: _citation_label,
    "citation-number": lambda scope: (
        _citation_number_key if scope.area.sorting else _citation_number
    ),
    "locator": _locator,
    "year-suffix": lambda scope: nothing if scope.area.sorting else _year_suffix,
}
