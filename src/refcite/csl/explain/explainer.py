"""Explanations of the works of a document: the printed pieces and the skipped elements.

Entries and citations are rendered again by the usual writers, with a compiler and streams that
record the active elements (`tracing_compiler.py`, `trace.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from refcite.csl.document.citations import CitationWriter
from refcite.csl.document.cites import Cite
from refcite.csl.document.engine import Engine
from refcite.csl.document.entries import EntryWriter
from refcite.csl.document.layouts import LayoutChoice
from refcite.csl.explain.element_tags import where_of
from refcite.csl.explain.explanation import Explanation, Where
from refcite.csl.explain.option_sources import disambiguation_of
from refcite.csl.explain.skipped import SkippedElements
from refcite.csl.explain.spans import SpanContext, spans_of, without_spaces_around
from refcite.csl.explain.trace import Frame, TracedStream
from refcite.csl.explain.tracing_compiler import TracingCompiler
from refcite.csl.render.compiler import Compiler
from refcite.csl.render.context import Context, Render
from refcite.csl.render.item import Item
from refcite.csl.style.elements import Layout, Style
from refcite.csl.text.stream import Stream
from refcite.record import Record
from refcite.vocabulary import ATTRIBUTES

__all__ = ["explanations_of"]


def explanations_of(
    engine: Engine, keys: Iterable[str], style_name: str, *, of_citations: bool = False
) -> dict[str, Explanation]:
    """Return the explanations of works of a document by key, in the style's order.

    Args:
        engine: The engine that has the document.
        keys: The works.
        style_name: The name of the style.
        of_citations: Whether to explain their first citations instead of their entries.
    """
    explainer = _Explainer(engine, style_name, of_citations=of_citations)
    return dict((explainer.citations if of_citations else explainer.entries)(set(keys)))


class _Explainer:
    """Renders entries or citations again and explains them.

    Args:
        engine: The engine that has the document.
        style_name: The name of the style.
        of_citations: Whether citations are explained.
    """

    def __init__(self, engine: Engine, style_name: str, *, of_citations: bool) -> None:
        self._engine = engine
        self._renderer = engine.renderer
        self._style: Style = self._renderer.style
        self._style_name = style_name
        self._of_citations = of_citations
        self._serialiser = self._renderer.serialiser()
        self._skipped = SkippedElements(self._style)
        self._layouts: dict[tuple[str, str], Render] = {}

    def entries(self, wanted: set[str]) -> Iterator[tuple[str, Explanation]]:
        """Yield the explanations of the entries of some works."""
        options = self._style.bibliography
        assert options is not None  # noqa: S101 - callers check this
        # The substitute for repeated authors depends on all entries before.
        is_alone = options.subsequent_author_substitute is None
        context_of = self._engine.entry_context
        root = where_of(options.layout)
        frames: list[Frame] = []
        writer = EntryWriter(
            options,
            LayoutChoice(options, self._renderer.locale.tag, folds=False),
            self._compiler,
            lambda _layout: self._serialiser,
            lambda: TracedStream(frames[-1]),
        )

        for key in self._engine.listed:
            if is_alone and key not in wanted:
                continue

            def context(key: str = key) -> Context:
                frames.append(Frame(root, None, "affix"))
                return context_of(key)

            writer.enter_section(self._engine.section_of(key))
            stream = writer.rendered(context)
            if key in wanted:
                yield key, self._explanation(stream, context_of(key), "bibliography")
            frames.clear()

    def citations(self, wanted: set[str]) -> Iterator[tuple[str, Explanation]]:
        """Yield the explanations of the citations of some works."""
        writer = self._renderer.citation_writer(layout=self._layout)
        for key in self._engine.order:
            if key in wanted:
                yield key, self._citation(writer, key)

    def _citation(self, writer: CitationWriter, key: str) -> Explanation:
        ctx = self._engine.first_context(key)
        stream = TracedStream(Frame(where_of(self._style.citation.layout), None, "affix"))
        writer.append(Cite(record=key), ctx, stream)
        if stream:
            writer.frame(stream, self._style.citation.layout)
        return self._explanation(stream, ctx, "citation")

    def _compiler(self, item: Item, layout: Layout) -> Compiler:
        return self._renderer.compiler(
            item.type, in_citation=self._of_citations, kind=TracingCompiler, layout=layout
        )

    def _layout(self, item: Item) -> Render:
        """Return the traced renderer of an item's citations."""
        key = (item.type, item.language)
        found = self._layouts.get(key)
        if found is None:
            compiled = self._renderer.compile_citation(item, kind=TracingCompiler)
            found = self._layouts[key] = compiled
        return found

    def _explanation(
        self,
        stream: Stream,
        ctx: Context,
        area: Literal["bibliography", "citation"],
    ) -> Explanation:
        assert isinstance(stream, TracedStream)  # noqa: S101 - the writer has no other
        variables = variables_of(ctx.record)
        works = tuple(self._engine.same_cites(ctx.item.key)) if ctx.year_suffix else ()
        context = SpanContext(
            repeated=_option_of_entries(self._style, "subsequent-author-substitute"),
            aligned=_option_of_entries(self._style, "second-field-align"),
            suffixing=disambiguation_of(self._style.citation, "add-year-suffix", works),
            variables=variables,
        )
        spans = spans_of(stream, self._serialiser, context)
        return Explanation(
            id=ctx.record.id,
            style=self._style_name,
            area=area,
            spans=tuple(without_spaces_around(spans) if area == "bibliography" else spans),
            skipped=self._skipped.of(stream.root),
            variables=variables,
        )


def variables_of(record: Record) -> tuple[str, ...]:
    """Return the CSL variables that a record has."""
    return tuple(name for name, attribute in ATTRIBUTES.items() if getattr(record, attribute))


def _option_of_entries(style: Style, name: str) -> Where:
    """Return `cs:bibliography` as the element that sets an option."""
    options = style.bibliography
    value = getattr(options, name.replace("-", "_"), None) or ""
    return Where(
        element="bibliography", line=options.line if options else 0, attributes={name: value}
    )
