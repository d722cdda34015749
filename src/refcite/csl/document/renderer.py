"""A style in one locale: its compilers, and the sorters and writers that use them.

The renderer depends on the style, the locale and the output format. It does not depend on the
document, which changes while it is written and belongs to the engine.
"""

from __future__ import annotations

from collections.abc import Callable

from refcite.csl.backends.base import Backend
from refcite.csl.document.citations import CitationWriter
from refcite.csl.document.collapsing import Joiner
from refcite.csl.document.entries import EntryWriter
from refcite.csl.render.compiler import Compiler
from refcite.csl.render.context import Context, Render
from refcite.csl.render.scope import AreaScope
from refcite.csl.render.sort_keys import Sorter
from refcite.csl.render.style_facts import style_facts
from refcite.csl.style.elements import Key, Style
from refcite.csl.style.locale import load_locale
from refcite.csl.text.quotes import QuoteMarks
from refcite.csl.text.serialiser import Serialiser
from refcite.csl.text.stream import Stream, plain_text

__all__ = ["Renderer"]


class Renderer:
    """Renders works as a style specifies.

    Args:
        style: The style.
        locale: The locale, None for the locale of the style.
        backend: Writes the output.
        links: Whether addresses and identifiers become links.
        typographic: Whether straight quotation marks and apostrophes in fields become
            typographic.

    Attributes:
        style: The style.
        locale: The locale in force.
        facts: Facts about the whole style.
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
        typographic: bool = True,
    ) -> None:
        self.style = style
        self.facts = style_facts(style)
        self.locale = load_locale(locale or style.default_locale or "en-US", style.locales)
        self._backend = backend
        self._links = links
        self._marks = QuoteMarks.of(self.locale)
        # If the locale's quotation marks are straight, as in Refworld's styles, all are.
        self._typographic = typographic and self._marks.outer != ('"', '"')
        self._layouts: dict[str, Render] = {}
        bibliography_sort = style.bibliography.sort if style.bibliography else ()
        self.citation_sorter = self._sorter(style.citation.sort, in_citation=True)
        self.bibliography_sorter = self._sorter(bibliography_sort, in_citation=False)
        self._joiner = Joiner(
            style.citation, self.locale, style.class_ == "in-text", self.facts.cites_by_number
        )

    # Compiling

    def compiler(
        self,
        item_type: str,
        *,
        in_citation: bool,
        key: Key | None = None,
        kind: Callable[[AreaScope], Compiler] = Compiler,
    ) -> Compiler:
        """Return a compiler for one area and one type of item.

        Args:
            item_type: The type.
            in_citation: Whether the area is `cs:citation`.
            key: The sort key that is compiled, None for printing.
            kind: Creates the compiler.
        """
        area = AreaScope(
            style=self.style,
            facts=self.facts,
            locale=self.locale,
            item_type=item_type,
            in_citation=in_citation,
            key=key,
            links=self._links,
            typographic=self._typographic,
        )
        return kind(area)

    def _sorter(self, keys: tuple[Key, ...], *, in_citation: bool) -> Sorter:
        return Sorter(
            keys,
            lambda key, item_type: self.compiler(item_type, in_citation=in_citation, key=key),
            self.locale.tag,
        )

    def _layout(self, item_type: str) -> Render:
        """Return the renderer of citations for a type of item."""
        found = self._layouts.get(item_type)
        if found is None:
            compiler = self.compiler(item_type, in_citation=True)
            children = self.style.citation.layout.children
            found = self._layouts[item_type] = compiler.sequence(children, compiler.scope)
        return found

    # Writing

    def serialiser(self, backend: Backend | None = None) -> Serialiser:
        """Return the serialiser of a backend, by default the document's."""
        return Serialiser(backend or self._backend, self._marks, self.locale.punctuation_in_quote)

    def cite_text(self, ctx: Context) -> str:
        """Return the style's text of one cite, without formatting and affixes."""
        stream: Stream = []
        self._layout(ctx.item.type)(ctx, stream)
        return plain_text(stream)

    def citation_writer(
        self, backend: Backend | None = None, layout: Callable[[str], Render] | None = None
    ) -> CitationWriter:
        """Return the writer of citations.

        Args:
            backend: Writes the output, if it is not the document's.
            layout: Returns the renderer for a type of item, if it is not the usual one.
        """
        return CitationWriter(
            self.style,
            self._joiner,
            self.serialiser(backend),
            layout or self._layout,
            self._typographic,
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
            lambda item_type: self.compiler(item_type, in_citation=False),
            self.serialiser(backend),
        )
