"""Citations: from the cites of a cluster to its text (specification, "Citation")."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from refcite.csl.document.cite_affixes import append_prefix, append_suffix
from refcite.csl.document.cited import Citation, whole_citation
from refcite.csl.document.cites import Cite, Cluster, leading_mode
from refcite.csl.document.collapsing import Collapse, Joiner, RenderedCite
from refcite.csl.document.layouts import LayoutChoice
from refcite.csl.render.context import FIRST, Context, Render
from refcite.csl.render.item import Item
from refcite.csl.render.names import NamesShown
from refcite.csl.style.attributes import NORMAL, Format
from refcite.csl.style.elements import Layout, Style
from refcite.csl.text.brackets import alternate_brackets
from refcite.csl.text.serialiser import Serialiser
from refcite.csl.text.stream import CLOSE, Link, Span, Stream, end_of, find_tags, plain_text

__all__ = ["CitationWriter"]

_RAISED: Final = Format(vertical_align="sup")
_BOLD: Final = Format(font_weight="bold")


class CitationWriter:
    """Writes the citations of one style.

    Args:
        style: The style.
        joiner_for: Returns the joiner for a layout, which groups, collapses and joins cites;
            the second argument is whether affixes divide groups.
        layouts: Selects the layout of an item.
        serialiser_for: Returns the serialiser for a layout, which writes citations.
        renderer_for: Returns the renderer of citations for an item.
        typographic: Whether quotation marks and apostrophes become typographic.
        narrators_for: Returns two renderers for the running text: of an item's cite, and of its
            author, for cites that do not print it.
    """

    def __init__(
        self,
        style: Style,
        joiner_for: Callable[[Layout, bool], Joiner],
        layouts: LayoutChoice,
        serialiser_for: Callable[[Layout], Serialiser],
        renderer_for: Callable[[Item], Render],
        typographic: bool,
        narrators_for: Callable[[Item], tuple[Render, Render]],
    ) -> None:
        self._narrators_for = narrators_for
        self._layout = style.citation.layout
        self._is_note = style.class_ == "note"
        self._joiner_for = joiner_for
        self._joiners: dict[int, Joiner] = {}
        self._layouts = layouts
        self._serialiser_for = serialiser_for
        self._serialisers: dict[int, Serialiser] = {}
        self._renderer_for = renderer_for
        self._typographic = typographic
        self._link_of: Callable[[str], str] | None = None
        self._narrates_uncited = True
        self._divides_affixed = False
        self._writes_whole = True

    def configure(
        self,
        *,
        link_of: Callable[[str], str] | None,
        narrates_uncited: bool,
        divides_affixed: bool = False,
        writes_whole: bool = True,
    ) -> None:
        """Set what is not the style's.

        Args:
            link_of: Returns the address of a work's entry, to which its cites become links; None
                for no links.
            narrates_uncited: Whether the author is in the running text even if the style's
                citations print no author, as in styles that cite by number.
            divides_affixed: Whether prefixes and suffixes divide groups of cites; see `Joiner`.
            writes_whole: Whether a citation that has an author in the running text and a note is
                also written as a whole.
        """
        self._writes_whole = writes_whole
        self._divides_affixed = divides_affixed
        self._joiners.clear()
        self._link_of = link_of
        self._narrates_uncited = narrates_uncited

    def unknown(self, cites: Sequence[Cite]) -> Citation:
        """Return a citation of keys that name no work: each in bold, with a question mark."""
        stream: Stream = []
        for cite in cites:
            if stream:
                stream.append(self._layout.delimiter or ", ")
            if cite.prefix:
                append_prefix(cite.prefix, stream, self._typographic)
            if self._link_of is not None:
                stream += (Link(self._link_of(cite.id)), Span(_BOLD), f"{cite.id}?", CLOSE, CLOSE)
            else:
                stream += (Span(_BOLD), f"{cite.id}?", CLOSE)
            if cite.suffix:
                append_suffix(cite.suffix, stream, self._typographic)
        self.frame(stream, self._layout)
        return self._whole((stream, self._layout))

    def write(
        self, cluster: Cluster, cites: Sequence[Cite], context_of: Callable[[Cite], Context]
    ) -> Citation:
        """Return a citation.

        Args:
            cluster: The citation, for its mode.
            cites: Its cites in the order in which they are printed.
            context_of: Returns a new context for a cite.
        """
        if not cites:
            return Citation()
        mode = leading_mode(cluster)
        if mode in ("author-only", "composite"):
            first = cluster.cites[0]
            author, is_cited = self._author(first, context_of)
            if not is_cited and not self._narrates_uncited and not self._is_note:
                author = []
            layout = self._layouts.layout_of(context_of(first).item)
            if author and mode == "author-only":
                text = self._write(author, layout)
                return Citation(text, in_text=text)
            if author:
                return self._composite(cluster, cites, context_of, author, is_cited)
            if mode == "author-only" and not self._is_note:
                # Many styles cite cases without an author.
                text = self._write(self._render(first, context_of(first)).stream, layout)
                return Citation(text, in_text=text)
        return self._whole(self._body(cluster, cites, context_of))

    def _composite(
        self,
        cluster: Cluster,
        cites: Sequence[Cite],
        context_of: Callable[[Cite], Context],
        author: Stream,
        is_cited: bool,
    ) -> Citation:
        """Return a citation whose author is in the running text.

        Args:
            cluster: The citation.
            cites: Its cites.
            context_of: Returns a new context for a cite.
            author: The author of the first cite.
            is_cited: Whether the first cite prints this author too.
        """
        first = cluster.cites[0]
        rest, layout = self._body(cluster, cites, context_of, first if is_cited else None)
        if not self._is_note:
            joint = self._joint(rest, layout) if rest else []
            return self._whole(([*author, *joint, *rest], layout))
        in_text = self._write(author, self._layouts.layout_of(context_of(first).item))
        in_note = self._write(rest, layout) if rest else ""
        if in_note and not self._writes_whole:
            return Citation(in_note, in_text=in_text, in_note=in_note)
        whole = self._whole(self._body(cluster, cites, context_of)) if is_cited else in_note
        # A note that contains only names is not empty.
        return Citation(whole, in_text=in_text, in_note=in_note or str(whole))

    def _joint(self, rest: Stream, layout: Layout) -> Stream:
        """Return the space between the author and the rest: none before superscript."""
        for part in rest:
            if type(part) is str:
                break
            if isinstance(part, Span) and part.format.vertical_align == "sup":
                # Plain text has no superscript.
                raises = self._write([Span(_RAISED), "1", CLOSE], layout) != "1"
                return [] if raises else [" "]
        return [" "]

    def _whole(self, body: tuple[Stream, Layout]) -> Citation:
        stream, layout = body
        text = self._write(stream, layout) if stream else ""
        return whole_citation(text, is_note=self._is_note)

    def _body(
        self,
        cluster: Cluster,
        cites: Sequence[Cite],
        context_of: Callable[[Cite], Context],
        narrated: Cite | None = None,
    ) -> tuple[Stream, Layout]:
        """Return the citation in brackets or in the note, with its layout.

        Args:
            cluster: The citation.
            cites: Its cites.
            context_of: Returns a new context for a cite.
            narrated: The cite whose author is in the running text.
        """

        def render(cite: Cite, collapse: Collapse | None = None) -> RenderedCite:
            ctx = prepared(cite, collapse)
            rendered = self._render(cite, ctx)
            if ctx.suppress_author and collapse is None and len(cites) > 1:
                # Cites are grouped by the names, printed here or not.
                with_names = prepared(cite, None)
                with_names.suppress_author = False
                rendered.names = self._render(cite, with_names).names
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
                or cite is narrated
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
        if body:
            self.frame(body, layout)
        return body, layout

    def _joiner_of(self, layout: Layout) -> Joiner:
        found = self._joiners.get(id(layout))
        if found is None:
            found = self._joiner_for(layout, self._divides_affixed)
            self._joiners[id(layout)] = found
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
            stream[:0] = (prefix,)
        if look.suffix:
            # A sentence that ends a citation needs no space after it.
            ends = look.suffix[0] in ".:;!?"
            stream.append(look.suffix.rstrip(" ") if ends else look.suffix)
        if look.format is not NORMAL:
            stream[:] = [Span(look.format), *stream, CLOSE]

    def _author(self, cite: Cite, context_of: Callable[[Cite], Context]) -> tuple[Stream, bool]:
        """Return the author for the running text, and whether the cite itself prints it.

        The stream is empty if the work has no author. Names after other output are the author only
        if the work has no other: `The Castle, trans. Ann Roe` does not begin with its author.
        """
        ctx = context_of(cite)
        item = ctx.item
        narrated, alone = self._narrators_for(item)
        stream: Stream = []
        narrated(ctx, stream)
        for start, tag in find_tags(stream, "names"):
            shown = tag.value
            assert isinstance(shown, NamesShown)  # noqa: S101 - the tag has no other value
            if shown.leads or shown.names[:1] == _first_author(item):
                return stream[start : end_of(stream, start) + 1], True
            break
        names: Stream = []
        alone(context_of(cite), names)
        if not names and ctx.position != FIRST:
            # A cite such as "ibid." prints no names; nor has the work an author.
            ctx = context_of(cite)
            ctx.position = FIRST
            narrated(ctx, stream)
            for start, _ in find_tags(stream, "names"):
                return stream[start : end_of(stream, start) + 1], False
        return names, False

    def _render(self, cite: Cite, ctx: Context) -> RenderedCite:
        stream: Stream = []
        if cite.prefix:
            ctx.printed = append_prefix(cite.prefix, stream, self._typographic)
        body: Stream = []
        self.append(cite, ctx, body)
        if self._link_of is not None and body:
            stream += (Link(self._link_of(ctx.item.record.id)), *_without_links(body), CLOSE)
        else:
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


def _without_links(body: Stream) -> Stream:
    """Return a stream without its links, to be put into a link."""
    kept: Stream = []
    open_marks: list[bool] = []
    for part in body:
        is_link = False
        if part is CLOSE:
            is_link = open_marks.pop()
        elif type(part) is not str:
            is_link = isinstance(part, Link)
            open_marks.append(is_link)
        if not is_link:
            kept.append(part)
    return kept


def _first_names(stream: Stream) -> str:
    for start, _ in find_tags(stream, "names"):
        return plain_text(stream[start : end_of(stream, start)])
    return ""


def _first_author(item: Item) -> tuple[str, ...]:
    names = item.names("author") or item.names("editor")
    return tuple(name.raw for name in names[:1])
