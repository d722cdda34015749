"""From typed elements to functions: what depends on style, locale and item type is settled once.

`Compiler` turns the elements of one area into `Render` functions for the items of one type.
Macros are compiled once each, conditions on the type are folded away, options are inherited,
terms looked up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from attrs import evolve

from refcite.csl.render.choose import Condition, chosen, compile_branch
from refcite.csl.render.citation_label import citation_label
from refcite.csl.render.context import EMPTY, NO_VARIABLE, SUCCESS, Context, Render
from refcite.csl.render.dates import compile_date
from refcite.csl.render.formatting import dressed
from refcite.csl.render.group import delimited, joined, nothing, suppressing
from refcite.csl.render.labels import compile_label
from refcite.csl.render.links import LinkOf, link_of, split_address
from refcite.csl.render.names import ListStyle, compile_names
from refcite.csl.render.numbers import ampersand, format_number, format_text_number, range_delimiter
from refcite.csl.render.page_ranges import format_locator, format_pages
from refcite.csl.render.style_facts import Survey, has_date
from refcite.csl.render.variables import NUMBERS_BY_TEXT, ReadText, text_reader
from refcite.csl.style.attributes import NORMAL, PLAIN, Look
from refcite.csl.style.elements import (
    Choose,
    DateElement,
    Element,
    Group,
    Key,
    Label,
    NameOptions,
    Names,
    Number,
    Style,
    Text,
)
from refcite.csl.style.locale import Locale
from refcite.csl.text.field_markup import append_raw, append_text
from refcite.csl.text.stream import CLOSE, SEAM, Link, Stream, Tag
from refcite.csl.text.text_case import apply_case

__all__ = ["Compiler"]

_FormatText = Callable[[str], str]
_Work = TypeVar("_Work", bound=Callable[..., None])


class Compiler:
    """Compiles elements for one area of a style and one type of item.

    Args:
        style: The style.
        survey: What was found out about the whole style.
        locale: The locale in force.
        item_type: The type of the items to be rendered.
        in_citation: Whether the area is `cs:citation`.
        key: The sort key that is compiled, None for printing.
        links: Whether addresses and identifiers become links.
        typographic: Whether straight quotation marks and apostrophes become typographic.
    """

    def __init__(
        self,
        style: Style,
        survey: Survey,
        locale: Locale,
        item_type: str,
        *,
        in_citation: bool,
        key: Key | None = None,
        links: bool = False,
        typographic: bool = True,
    ) -> None:
        area = style.citation if in_citation or not style.bibliography else style.bibliography
        self.style = style
        self.locale = locale
        self.item_type = item_type
        self.in_citation = in_citation
        self.key = key
        self.sorting = key is not None
        self.typographic = typographic
        self.area_names: NameOptions = area.names
        self.nests_brackets = style.class_ == "note" and in_citation
        self.suppressible = survey.substituted
        self.places_year_suffix = not survey.prints_year_suffix and not self.sorting
        self.item_language = (style.default_locale or "en").lower()
        collapse = style.citation.collapse or ""
        self.notes_years = in_citation and collapse.startswith("year-suffix")
        rule = style.bibliography.subsequent_author_substitute_rule if style.bibliography else ""
        self.tags_names = not in_citation and not self.sorting and rule != "complete-all"
        self.records_variables = False
        self.names_around: Names | None = None
        self._dates_only = False
        self._nested = False
        self.strips = False
        self._links = links and not self.sorting
        self._capitalises_terms = style.class_ == "note" or not in_citation
        self._append = append_text if typographic and not self.sorting else append_raw
        self._macros: dict[tuple[str, bool, bool, bool], Render] = {}
        self._readers: dict[type[Element], Callable[[Any, str], Render]] = {
            Choose: self._choose,
            DateElement: lambda element, delimiter: compile_date(element, self, delimiter),
            Group: self._group,
            Label: self._label,
            Names: self._names,
            Number: self._number,
            Text: self._text,
        }

    @contextmanager
    def substituting(self, names: Names) -> Iterator[None]:
        """Compile, meanwhile, elements within the `cs:substitute` of some names.

        They note the variables that they print, and names take what they lack from those around.
        """
        before = self.records_variables, self.names_around
        self.records_variables, self.names_around = True, names
        try:
            yield
        finally:
            self.records_variables, self.names_around = before

    def element(self, element: Element, delimiter: str = "") -> Render:
        """Return an element's renderer; `delimiter` is that of the element around."""
        return self._readers[type(element)](element, delimiter)

    def sequence(self, elements: tuple[Element, ...], delimiter: str = "") -> Render:
        """Return the renderer of elements one after the other, with a delimiter between."""
        children = tuple(self.element(element, delimiter) for element in elements)
        if len(children) == 1:
            return children[0]
        return delimited(children, delimiter) if delimiter else joined(children)

    def macro(self, name: str) -> Render:
        """Return a macro's renderer."""
        known = (name, self.records_variables, self._dates_only, self.strips)
        found = self._macros.get(known)
        if found is None:
            children = self.style.macros[name].children
            outer, nested, names_around = self._dates_only, self._nested, self.names_around
            self._nested = True
            # A macro says all that it prints: only the names of the substitute itself inherit.
            self.names_around = None
            # Of a macro with a date only dates and names are sorted by, as citeproc-js does:
            # what else it prints, such as "ca.", would come before the year.
            self._dates_only = outer or (self.sorting and has_date(children))
            found = self._macros[known] = suppressing(self.sequence(children), children)
            self._dates_only, self._nested, self.names_around = outer, nested, names_around
        return found

    def _dressed(
        self, render: Render, element: Element, delimiter: str, *, is_leaf: bool = True
    ) -> Render:
        look = self.placed(element.look)
        # An address without its points would lead nowhere.
        is_address = isinstance(element, Text) and element.variable in ("DOI", "URL")
        strips = is_leaf and (look.strip_periods or self.strips) and not is_address
        if strips != look.strip_periods:
            look = evolve(look, strip_periods=strips)
        if look.quotes:
            # Where the locale wants signs in quotations, they meet there.
            keeps_sign = is_leaf and not self.locale.punctuation_in_quote
        else:
            keeps_sign = is_leaf and look.format is not NORMAL
        return dressed(
            render,
            look,
            self.item_language,
            nests=self.nests_brackets and not is_leaf,
            delimited=bool(delimiter),
            keeps_sign=keeps_sign,
        )

    def observed(self, source: Element | ListStyle, part: str, work: _Work) -> _Work:
        """Return what does a part of an element's work; a compiler that explains watches it.

        Args:
            source: The element, or what was found out about a `cs:names`.
            part: `list`, `name`, `name-part`, `name-part-affix`, `joint`, `et-al`, `count`,
                `label` or `date-part`.
            work: What appends to a stream.
        """
        return work

    def placed(self, look: Look) -> Look:
        """Return a look as it is where the element stands: only the layout's own have blocks."""
        return evolve(look, display=None) if self._nested and look.display else look

    # Elements

    def _group(self, element: Group, delimiter: str) -> Render:
        nested, self._nested = self._nested, True
        body = suppressing(self.sequence(element.children, element.delimiter), element.children)
        self._nested = nested
        return self._dressed(body, element, delimiter, is_leaf=False)

    def _names(self, element: Names, _delimiter: str) -> Render:
        render = compile_names(element, self)
        if not self.strips:
            return render
        return dressed(render, Look(strip_periods=True), self.item_language)

    def _choose(self, element: Choose, delimiter: str) -> Render:
        branches: list[tuple[Condition, Render]] = []
        otherwise: Render = nothing
        for branch in element.branches:
            condition = compile_branch(branch, self.item_type, self.in_citation)
            if condition is False:
                continue
            body = self.sequence(branch.children, delimiter) if branch.children else nothing
            if condition is True or not branch.tests:
                otherwise = body
                break
            branches.append((condition, body))
        return chosen(branches, otherwise)

    def _label(self, element: Label, delimiter: str) -> Render:
        if self.sorting:
            return nothing
        return self._dressed(compile_label(element, self.locale), element, delimiter)

    def _number(self, element: Number, delimiter: str) -> Render:
        variable, form, locale = element.variable, element.form, self.locale
        if self._dates_only:
            return nothing
        if self.sorting:
            return self.variable(variable, text_reader(variable), _sortable_number)
        if variable == "citation-number":
            return self._dressed(_citation_number, element, delimiter)

        def format_it(text: str) -> str:
            return format_number(text, form, locale, variable)

        render = self.variable(variable, text_reader(variable), format_it)
        return self._dressed(render, element, delimiter)

    def _text(self, element: Text, delimiter: str) -> Render:
        if element.macro is not None:
            return self._call(element, element.macro, delimiter)
        if self._dates_only:
            return nothing
        if element.term is not None:
            term = self.locale.term(element.term, element.form, element.plural) or ""
            if element.look.strip_periods or self.strips:
                term = term.replace(".", "")
            return self._dressed(self._term(term), element, delimiter)
        if element.value is not None:
            return self._dressed(self._value(element.value), element, delimiter)
        return self._text_variable(element, str(element.variable), delimiter)

    def _call(self, element: Text, macro: str, delimiter: str) -> Render:
        """Return the renderer of a `cs:text` that calls a macro.

        As in citeproc-js, for which the published styles are written, its text-case does nothing,
        and its strip-periods goes for what the macro prints, without affixes.
        """
        strips, self.strips = self.strips, self.strips or element.look.strip_periods
        body = self.macro(macro)
        self.strips = strips
        look = evolve(element.look, strip_periods=False, text_case=None)
        dress = evolve(element, look=PLAIN if look == PLAIN else look)
        return self._dressed(body, dress, delimiter, is_leaf=False)

    def _term(self, term: str) -> Render:
        if not term:
            return nothing
        plain: Stream = []
        self._append(term, plain)
        capitalised = list(plain)
        if self._capitalises_terms:
            apply_case("capitalize-first", capitalised, 0)

        def render(ctx: Context, stream: Stream) -> int:
            stream += plain if ctx.printed else capitalised
            ctx.printed = True
            return NO_VARIABLE

        return render

    def _value(self, value: str) -> Render:
        if not value:
            return nothing
        append = self._append

        def render(ctx: Context, stream: Stream) -> int:
            if value[0] == " ":
                stream += (SEAM, CLOSE)
            append(value, stream, keeps_breaks=True)
            if value[-1] == " ":
                stream += (SEAM, CLOSE)
            ctx.printed = True
            return NO_VARIABLE

        return render

    def _text_variable(self, element: Text, variable: str, delimiter: str) -> Render:
        read = text_reader(variable, element.form)
        render: Render
        if variable == "citation-number":
            render = _citation_number_key if self.sorting else _citation_number
        elif variable == "citation-label":
            render = _citation_label
        elif variable == "locator":
            render = self._locator()
        elif variable == "year-suffix":
            render = nothing if self.sorting else _year_suffix
        elif self._links and (link := link_of(variable)) is not None:
            return self._linked(element, variable, read, link, delimiter)
        else:
            render = self.variable(variable, read, self._format_of(variable))
        return self._dressed(render, element, delimiter)

    def _locator(self) -> Render:
        append = self._append
        form, locale = self.style.page_range_format, self.locale
        delimiter, and_sign = range_delimiter(locale), ampersand(locale)

        def render(ctx: Context, stream: Stream) -> int:
            text = ctx.locator.strip() if ctx.locator else ""
            if not text:
                return EMPTY
            if ctx.label == "page":
                text = format_pages(text, form, delimiter, and_sign, keeps_dashes=True)
            else:
                text = format_locator(text, form, delimiter, and_sign)
            append(text, stream)
            ctx.printed = True
            return SUCCESS

        return render

    def _format_of(self, variable: str) -> _FormatText | None:
        form, locale = self.style.page_range_format, self.locale
        if variable == "page":
            delimiter, and_sign = range_delimiter(locale), ampersand(locale)
            return lambda text: format_pages(text, form, delimiter, and_sign)
        if variable in NUMBERS_BY_TEXT:
            return lambda text: format_text_number(text, variable, locale)
        return None

    def variable(
        self, variable: str, read: ReadText, format_it: _FormatText | None = None
    ) -> Render:
        """Return what prints a text variable, formatted, without a look."""
        append = self._append
        suppressible = variable in self.suppressible
        records = self.records_variables

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

    def _linked(
        self, element: Text, variable: str, read: ReadText, link: LinkOf, delimiter: str
    ) -> Render:
        """Return what prints a variable as a link: its text, and an address before that."""
        before, address = split_address(element.look.prefix)
        render = self.variable(variable, read, address.__add__ if address else None)

        def linked(ctx: Context, stream: Stream) -> int:
            text = read(ctx)
            url = link(text) if text else None
            if url is None:
                return render(ctx, stream)
            start = len(stream)
            stream.append(Link(url))
            status = render(ctx, stream)
            if len(stream) == start + 1:
                stream.pop()
            else:
                stream.append(CLOSE)
            return status

        look = evolve(element.look, prefix=before)
        return self._dressed(linked, evolve(element, look=look), delimiter)


def _sortable_number(text: str) -> str:
    digits = text.strip()
    return f"{int(digits):010}" if digits.isdecimal() and len(digits) < 20 else text


def _citation_number(ctx: Context, stream: Stream) -> int:
    number = ctx.number
    if not number:
        return SUCCESS
    # A number does not begin a sentence: what follows may start with a capital.
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
