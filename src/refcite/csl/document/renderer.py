"""A style in one locale: its compilers, and the sorters and writers that use them.

The renderer depends on the style, the locale and the output format. It does not depend on the
document, which changes while it is written and belongs to the engine.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from attrs import evolve

from refcite.csl.backends.base import Backend
from refcite.csl.document.citations import CitationWriter
from refcite.csl.document.collapsing import Joiner
from refcite.csl.document.entries import CompiledEntries, EntryWriter
from refcite.csl.document.layouts import LayoutChoice
from refcite.csl.render.abbreviations import Abbreviations
from refcite.csl.render.compiler import Compiler
from refcite.csl.render.context import Context, Render
from refcite.csl.render.highlight import Highlights
from refcite.csl.render.item import Item
from refcite.csl.render.scope import AreaScope, KnownNames
from refcite.csl.render.shapes import ANY_SHAPE, Shape, Shapes, shape_of
from refcite.csl.render.sort_keys import Sorter
from refcite.csl.render.style_facts import follows_apa, style_facts
from refcite.csl.style.elements import (
    Area,
    Key,
    Layout,
    NameElement,
    NameOptions,
    Names,
    Style,
)
from refcite.csl.style.finder import SHIPPED, Finder
from refcite.csl.style.locale import Locale, load_locale
from refcite.csl.text.quotes import QuoteMarks
from refcite.csl.text.serialiser import Serialiser
from refcite.csl.text.stream import Stream, plain_text

__all__ = ["Renderer"]

_AUTHOR_IN_TEXT: Final = Names(
    variables=("author",),
    name=NameElement(options=NameOptions(and_="text", form="short")),
    options=NameOptions(
        delimiter=", ", delimiter_precedes_last="contextual", et_al_min=4, et_al_use_first=1
    ),
    substitute=(Names(variables=("editor",), bare=True),),
)
"""The author in running text for styles that cite without one, as in BibLaTeX: `Roe et al. [1]`."""


class Renderer:
    """Renders works as a style specifies.

    Args:
        style: The style.
        locale: The locale, None for the locale of the style.
        backend: Writes the output.
        links: Whether addresses and identifiers become links.
        links_titles: Whether the title of an entry becomes a link if no identifier is printed.
        typographic: Whether straight quotation marks and apostrophes in fields become
            typographic.
        abbreviations: The abbreviation lists.
        highlights: The names that are printed in bold.
        keep_ampersand: Whether an author in the running text has the style's "&", as in plain CSL,
            if the style follows the manual of APA.
        derive_short_titles: Whether citations derive short titles from titles.
        finder: Finds the user's locales.

    Attributes:
        style: The style.
        locale: The locale in force.
        facts: Facts about the whole style.
        shapes: The shapes of items, for which elements are compiled.
        citation_sorter: Sorts the cites of a citation.
        bibliography_sorter: Sorts the entries of a bibliography.
    """

    def __init__(
        self,
        style: Style,
        *,
        locale: str | None = None,
        backend: Backend,
        links: bool = False,
        links_titles: bool = False,
        typographic: bool = True,
        abbreviations: Abbreviations | None = None,
        highlights: Highlights | None = None,
        keep_ampersand: bool = True,
        derive_short_titles: bool = False,
        finder: Finder = SHIPPED,
    ) -> None:
        self.style = style
        self._finder = finder
        self.facts = style_facts(style)
        self.shapes = Shapes(self.facts.variables)
        tag = locale or style.default_locale or "en-US"
        self.locale = self._load(tag)
        # A tag may contain an order, which is not a part of the locale's name.
        self._sort_language = style.default_locale_sort or (tag if "-u-" in tag else "")
        self._locales: dict[str, Locale] = {}
        self._backend = backend
        self._links = links
        self._links_titles = links and links_titles
        self._abbreviations = abbreviations
        self._highlights = highlights
        self._spells_and = not keep_ampersand and follows_apa(style)
        self._derive_short_titles = derive_short_titles
        self._marks = QuoteMarks.of(self.locale)
        # If the locale's quotation marks are straight, as in Refworld's styles, all are.
        self._typographic = typographic and self._marks.outer != ('"', '"')
        self._choice = self._choice_for(style.citation)
        self._known_names: KnownNames = {}
        self._layouts: dict[object, Render] = {}
        self._narrators: dict[object, tuple[Render, Render]] = {}
        self._alternatives: dict[object, Render] = {}
        # The compiled layouts of entries, which all bibliographies in one output format share.
        self._entries: dict[str, CompiledEntries] = {}
        bibliography_sort = style.bibliography.sort if style.bibliography else ()
        self.citation_sorter = self._sorter(style.citation.sort, in_citation=True)
        self.bibliography_sorter = self._sorter(bibliography_sort, in_citation=False)

    def _load(self, tag: str) -> Locale:
        return load_locale(tag, self.style.locales, self._finder)

    def _joiner_for(self, layout: Layout, divides_affixed: bool = False) -> Joiner:
        """Return what joins cites in a layout, with its delimiter."""
        options = self.style.citation
        if layout is not options.layout:
            options = evolve(options, layout=layout)
        in_text = self.style.class_ == "in-text"
        numeric = self.facts.cites_by_number
        return Joiner(options, self.locale, in_text, numeric, divides_affixed)

    # Compiling

    def compiler(
        self,
        item_type: str,
        *,
        in_citation: bool,
        shape: Shape = ANY_SHAPE,
        key: Key | None = None,
        kind: Callable[[AreaScope], Compiler] = Compiler,
        layout: Layout | None = None,
        narrates: bool = False,
        is_alternative: bool = False,
    ) -> Compiler:
        """Return a compiler for one area and one type of item.

        Args:
            item_type: The type.
            in_citation: Whether the area is `cs:citation`.
            shape: What is known of the items' variables.
            key: The sort key that is compiled, None for printing.
            kind: Creates the compiler.
            layout: The layout that is compiled, if it has a locale of its own (CSL-M).
            narrates: Whether the names are for the running text.
            is_alternative: Whether the layout is that of another edition (CSL-M).
        """
        alternates = self.style.is_csl_m and key is None and not is_alternative
        area = AreaScope(
            style=self.style,
            facts=self.facts,
            locale=self._locale_of(layout),
            item_type=item_type,
            shape=shape,
            in_citation=in_citation,
            key=key,
            links=self._links,
            tags_title=self._links_titles and not in_citation,
            typographic=self._typographic,
            known_names=self._known_names,
            abbreviations=self._abbreviations,
            highlights=self._highlights,
            narrates=narrates,
            spells_and=narrates and self._spells_and,
            derive_short_titles=self._derive_short_titles,
            is_alternative=is_alternative,
            layout_of_alternative=(
                partial(self._layout_of_alternative, in_citation) if alternates else None
            ),
        )
        return kind(area)

    def _sorter(self, keys: tuple[Key, ...], *, in_citation: bool) -> Sorter:
        return Sorter(
            keys,
            lambda key, item: self.compiler(
                item.type, in_citation=in_citation, shape=shape_of(item), key=key
            ),
            self._sort_language or self.locale.tag,
        )

    def _layout(self, item: Item) -> Render:
        """Return the renderer of an item's citations."""
        key = self._choice.key_of(item)
        found = self._layouts.get(key)
        if found is None:
            found = self._layouts[key] = self.compile_citation(item, shape_of(item))
        return found

    def compile_citation(
        self,
        item: Item,
        shape: Shape = ANY_SHAPE,
        kind: Callable[[AreaScope], Compiler] = Compiler,
    ) -> Render:
        """Compile the layout for an item's citations.

        Args:
            item: The item, for its type and language.
            shape: What is known of the item's variables.
            kind: Creates the compiler.
        """
        layout = self._choice.layout_of(item)
        compiler = self.compiler(item.type, in_citation=True, shape=shape, kind=kind, layout=layout)
        return compiler.sequence(layout.children, compiler.scope)

    def _narrators_of(self, item: Item) -> tuple[Render, Render]:
        """Return the renderers for the running text: of a cite, and of an author by itself."""
        key = self._choice.key_of(item)
        found = self._narrators.get(key)
        if found is None:
            layout = self._choice.layout_of(item)
            compiler = self.compiler(
                item.type, in_citation=True, shape=shape_of(item), layout=layout, narrates=True
            )
            cite = compiler.sequence(layout.children, compiler.scope)
            author = compiler.element(_AUTHOR_IN_TEXT, compiler.scope)
            found = self._narrators[key] = cite, author
        return found

    def _layout_of_alternative(self, in_citation: bool, item: Item) -> Render:
        """Return the renderer of the layout for the other edition of a work (CSL-M)."""
        listing = self.style.bibliography
        choice = self._choice if in_citation or listing is None else self._choice_for(listing)
        layout = choice.layout_of(item)
        key = in_citation, item.type, id(layout)
        found = self._alternatives.get(key)
        if found is None:
            compiler = self.compiler(
                item.type, in_citation=in_citation, layout=layout, is_alternative=True
            )
            scope = compiler.scope.within(nested=True)
            found = self._alternatives[key] = compiler.sequence(layout.children, scope)
        return found

    def _choice_for(self, area: Area) -> LayoutChoice:
        return LayoutChoice(area, self.locale.tag)

    def _locale_of(self, layout: Layout | None) -> Locale:
        """Return the locale of a layout: its own first language, or that of the document."""
        if layout is None or not layout.locale:
            return self.locale
        found = self._locales.get(layout.locale[0])
        if found is None:
            found = self._load(layout.locale[0])
            found.follow(self.locale)
            self._locales[layout.locale[0]] = found
        return found

    # Writing

    def serialiser(
        self, backend: Backend | None = None, layout: Layout | None = None
    ) -> Serialiser:
        """Return the serialiser, which writes streams.

        Args:
            backend: The output format, by default the document's.
            layout: The layout, for the quotation marks of its locale.
        """
        locale = self._locale_of(layout)
        marks = self._marks if locale is self.locale else QuoteMarks.of(locale)
        return Serialiser(backend or self._backend, marks, locale.punctuation_in_quote)

    def cite_text(self, ctx: Context) -> str:
        """Return the style's text of one cite, without formatting and affixes."""
        stream: Stream = []
        self._layout(ctx.item)(ctx, stream)
        return plain_text(stream)

    def citation_writer(
        self, backend: Backend | None = None, layout: Callable[[Item], Render] | None = None
    ) -> CitationWriter:
        """Return the writer of citations.

        Args:
            backend: The output format, by default the document's.
            layout: Returns the renderer for an item, by default that of the style.
        """
        return CitationWriter(
            self.style,
            self._joiner_for,
            self._choice,
            lambda chosen: self.serialiser(backend, chosen),
            layout or self._layout,
            self._typographic,
            self._narrators_of,
        )

    def entry_writer(self, backend: Backend | None = None) -> EntryWriter | None:
        """Return the writer of the entries of one bibliography; None if the style has none.

        Args:
            backend: Writes the output, if it is not the document's.
        """
        options = self.style.bibliography
        if options is None:
            return None
        return EntryWriter(
            options,
            self._choice_for(options),
            lambda item, layout: self.compiler(
                item.type, in_citation=False, shape=shape_of(item), layout=layout
            ),
            lambda layout: self.serialiser(backend, layout),
            links_titles=self._links_titles,
            compiled=self._entries.setdefault((backend or self._backend).name, {}),
        )
