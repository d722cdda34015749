"""Citations: from the cites of a cluster to its text (specification, "Citation")."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from refcite.csl.document.cite_affixes import append_prefix, append_suffix
from refcite.csl.document.cites import Cite, Cluster
from refcite.csl.document.collapsing import Collapse, Joiner, RenderedCite
from refcite.csl.document.layouts import LayoutChoice
from refcite.csl.render.context import Context, Render
from refcite.csl.render.item import Item
from refcite.csl.style.attributes import NORMAL
from refcite.csl.style.elements import Layout, Style
from refcite.csl.text.brackets import alternate_brackets
from refcite.csl.text.serialiser import Serialiser
from refcite.csl.text.stream import CLOSE, Span, Stream, end_of, find_tags, plain_text

__all__ = ["CitationWriter"]


class CitationWriter:
    """Writes the citations of one style.

    Args:
        style: The style.
        joiner_for: Returns the joiner for a layout, which groups, collapses and joins cites.
        layouts: Selects the layout of an item.
        serialiser_for: Returns the serialiser for a layout, which writes citations.
        renderer_for: Returns the renderer of citations for an item.
        typographic: Whether quotation marks and apostrophes become typographic.
        author_for: Gives the renderer of an item's author, for cites without one.
    """

    def __init__(
        self,
        style: Style,
        joiner_for: Callable[[Layout], Joiner],
        layouts: LayoutChoice,
        serialiser_for: Callable[[Layout], Serialiser],
        renderer_for: Callable[[Item], Render],
        typographic: bool,
        author_for: Callable[[Item], Render],
    ) -> None:
        self._author_for = author_for
        self._layout = style.citation.layout
        self._is_note = style.class_ == "note"
        self._joiner_for = joiner_for
        self._joiners: dict[int, Joiner] = {}
        self._layouts = layouts
        self._serialiser_for = serialiser_for
        self._serialisers: dict[int, Serialiser] = {}
        self._renderer_for = renderer_for
        self._typographic = typographic

    def write(
        self, cluster: Cluster, cites: Sequence[Cite], context_of: Callable[[Cite], Context]
    ) -> str:
        """Return a citation.

        Args:
            cluster: The citation, for its mode.
            cites: Its cites in the order in which they are printed.
            context_of: Returns a new context for a cite.
        """
        if not cites:
            return ""
        first = cites[0]
        mode = cluster.mode if cluster.mode in ("author-only", "composite") else first.mode
        if mode == "author-only":
            return self._author(first, context_of(first)) or self._whole(first, context_of(first))
        if mode == "composite":
            # Many styles cite cases without an author.
            author = self._author(first, context_of(first))
            rest = self._parenthesis(cluster, cites, context_of, {id(first)})
            return " ".join(filter(None, (author, rest)))
        return self._parenthesis(cluster, cites, context_of, set())

    def _parenthesis(
        self,
        cluster: Cluster,
        cites: Sequence[Cite],
        context_of: Callable[[Cite], Context],
        without_author: set[int],
    ) -> str:
        def render(cite: Cite, collapse: Collapse | None = None) -> RenderedCite:
            ctx = prepared(cite, collapse)
            rendered = self._render(cite, ctx)
            if cite.locator and len(cites) > 1:
                without = prepared(cite, collapse)
                without.locator = None
                text = plain_text(self._render(cite, without).stream)
                rendered.locates = text != plain_text(rendered.stream)
            return rendered

        def prepared(cite: Cite, collapse: Collapse | None) -> Context:
            ctx = context_of(cite)
            ctx.suppress_author = (
                "suppress-author" in (cite.mode, cluster.mode)
                or id(cite) in without_author
                or (collapse is not None and collapse.names)
            )
            if collapse is not None:
                ctx.known_years = collapse.years
            # Only the first text of the citation starts with a capital.
            ctx.printed = cite is not cites[0]
            return ctx

        layout = self._layouts.default
        if self._layouts.localizes:
            layout = self._layouts.layout_of(context_of(cites[0]).item)
        joiner = self._joiner_of(layout)
        rendered = joiner.arrange(
            [render(cite) for cite in cites], lambda one, collapse: render(one.cite, collapse)
        )
        body = joiner.join([one for one in rendered if plain_text(one.stream)])
        if not body:
            return ""
        self.frame(body, layout)
        return self._write(body, layout)

    def _joiner_of(self, layout: Layout) -> Joiner:
        found = self._joiners.get(id(layout))
        if found is None:
            found = self._joiners[id(layout)] = self._joiner_for(layout)
        return found

    def _write(self, stream: Stream, layout: Layout) -> str:
        found = self._serialisers.get(id(layout))
        if found is None:
            found = self._serialisers[id(layout)] = self._serialiser_for(layout)
        return found.write(stream)

    def frame(self, stream: Stream, layout: Layout) -> None:
        """Add the affixes and the formatting of a layout to a citation."""
        look, prefix = layout.look, self._layout.look.prefix
        if prefix:
            # That of the default layout, as in citeproc-js.
            stream.insert(0, prefix)
        if look.suffix:
            # A sentence that ends a citation needs no space after it.
            ends = look.suffix[0] in ".:;!?"
            stream.append(look.suffix.rstrip(" ") if ends else look.suffix)
        if look.format is not NORMAL:
            stream[:] = [Span(look.format), *stream, CLOSE]

    def _author(self, cite: Cite, ctx: Context) -> str:
        """Return only the author, an empty text if the work has none."""
        layout = self._layouts.layout_of(ctx.item)
        stream = self._render(cite, ctx).stream
        for start, _ in find_tags(stream, "names"):
            return self._write(stream[start : end_of(stream, start) + 1], layout)
        names: Stream = []
        self._author_for(ctx.item)(ctx, names)
        return self._write(names, layout)

    def _whole(self, cite: Cite, ctx: Context) -> str:
        return self._write(self._render(cite, ctx).stream, self._layouts.layout_of(ctx.item))

    def _render(self, cite: Cite, ctx: Context) -> RenderedCite:
        stream: Stream = []
        if cite.prefix:
            ctx.printed = append_prefix(cite.prefix, stream, self._typographic)
        body: Stream = []
        self.append(cite, ctx, body)
        stream += body
        if cite.suffix:
            append_suffix(cite.suffix, stream, self._typographic)
        return RenderedCite(cite, stream, _first_names(body), tuple(ctx.years))

    def append(self, cite: Cite, ctx: Context, stream: Stream) -> None:
        """Append the style's output for a cite, without the writer's prefix and suffix."""
        if self._is_note:
            around = self._layout.look.prefix + cite.prefix
            ctx.brackets = alternate_brackets(around, 0)[1]
        self._renderer_for(ctx.item)(ctx, stream)


def _first_names(stream: Stream) -> str:
    for start, _ in find_tags(stream, "names"):
        return plain_text(stream[start : end_of(stream, start)])
    return ""
