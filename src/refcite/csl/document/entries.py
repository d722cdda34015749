"""Bibliography entries: layout, alignment of the second field, and repeated authors.

Source: CSL 1.0.2, "Bibliography-specific Options".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from attrs import field, frozen

from refcite.collector import batches, collector_paused
from refcite.csl.backends.base import BibliographyLayout
from refcite.csl.document.layouts import LayoutChoice
from refcite.csl.render.compiler import Compiler
from refcite.csl.render.context import SUCCESS, Context, Render
from refcite.csl.render.item import Item
from refcite.csl.render.links import IDENTIFIERS, link_of
from refcite.csl.render.names import NamesShown
from refcite.csl.render.variables import text_reader
from refcite.csl.style.attributes import NORMAL, Look
from refcite.csl.style.elements import Bibliography, Layout
from refcite.csl.text.serialiser import Serialiser
from refcite.csl.text.stream import (
    CLOSE,
    TITLE,
    Block,
    Link,
    Mark,
    Span,
    Stream,
    end_of,
    find_tags,
    plain_text,
)
from refcite.problems import Problem, Severity

__all__ = [
    "CompiledEntries",
    "EntryWriter",
    "RenderedBibliography",
    "excluded_entry",
    "rendered_entries",
]

_LEFT: Final = Block("left-margin")
_RIGHT: Final = Block("right-inline")


@frozen
class _CompiledLayout:
    """A layout for the items of one type: its second field apart, if that is aligned."""

    first: Render
    rest: Render | None
    look: Look
    serialiser: Serialiser


CompiledEntries = dict[object, _CompiledLayout]
"""The compiled layouts of entries, by the kind of item."""


class EntryWriter:
    """Writes the entries of one bibliography, in order.

    Args:
        options: The style's bibliography.
        layouts: Selects the layout of an item.
        compiler_for: Returns the compiler for an item and its layout.
        serialiser_for: Returns the serialiser for a layout, which writes entries.
        stream: Returns an empty stream.
        links_titles: Whether the title of an entry without links becomes one.
        compiled: The layouts that other writers of the same style and output have compiled, to
            which those of this one are added.
    """

    def __init__(
        self,
        options: Bibliography,
        layouts: LayoutChoice,
        compiler_for: Callable[[Item, Layout], Compiler],
        serialiser_for: Callable[[Layout], Serialiser],
        stream: Callable[[], Stream] = list,
        links_titles: bool = False,
        compiled: CompiledEntries | None = None,
    ) -> None:
        self._links_titles = links_titles
        self._stream = stream
        self._options = options
        self._layouts = layouts
        self._compiler_for = compiler_for
        self._serialiser_for = serialiser_for
        self._compiled: CompiledEntries = {} if compiled is None else compiled
        # The layout of the last entry.
        self._compiled_last: _CompiledLayout | None = None
        self._substitute = options.subsequent_author_substitute
        self._rule = options.subsequent_author_substitute_rule
        self._names_before: tuple[str, ...] = ()
        self._section = 0
        self._leaves_names_out = False
        self._max_offset = 0

    @property
    def layout(self) -> BibliographyLayout:
        """The layout that the style specifies for the written entries."""
        return BibliographyLayout(
            hanging_indent=self._options.hanging_indent,
            line_spacing=self._options.line_spacing,
            entry_spacing=self._options.entry_spacing,
            second_field_align=self._options.second_field_align,
            max_offset=self._max_offset,
        )

    def enter_section(self, section: int) -> None:
        """Set the section of the next entry; the first entry of a section repeats no author."""
        if section != self._section:
            self._section = section
            self._names_before = ()

    def write(self, context: Callable[[], Context]) -> str:
        """Return the next entry, or an empty text if it prints nothing.

        Args:
            context: Returns a new context for the entry.
        """
        stream = self.rendered(context)
        last = self._compiled_last
        return last.serialiser.write(stream) if stream and last is not None else ""

    def rendered(self, context: Callable[[], Context]) -> Stream:
        """Return the next entry as a stream whose punctuation is not resolved yet."""
        first = context()
        stream = self._body(first)
        if not stream:
            return stream
        if self._substitute is not None:
            self._substitute_names(stream)
            if self._leaves_names_out:
                # The delimiters next to the names are removed with them.
                ctx = context()
                ctx.suppress_author = True
                stream = self._body(ctx)
        if self._links_titles and not any(type(part) is Link for part in stream):
            url = _address(first)
            if url is not None and self._compiled_last is not None:
                _link_work(stream, url, self._compiled_last.look.suffix)
        _move_spaces_out(stream)
        return stream

    def _compiled_for(self, item: Item) -> _CompiledLayout:
        key = self._layouts.key_of(item)
        found = self._compiled.get(key)
        if found is None:
            layout = self._layouts.layout_of(item)
            compiler = self._compiler_for(item, layout)
            scope = compiler.scope
            children = layout.children
            rest: Render | None = None
            if self._options.second_field_align and children:
                first = compiler.element(children[0], scope)
                rest = compiler.sequence(children[1:], scope)
            else:
                first = compiler.sequence(children, scope)
            found = _CompiledLayout(first, rest, layout.look, self._serialiser_for(layout))
            self._compiled[key] = found
        return found

    def _body(self, ctx: Context) -> Stream:
        layout = self._compiled_last = self._compiled_for(ctx.item)
        stream = self._stream()
        if layout.rest is None:
            status = layout.first(ctx, stream)
            if status != SUCCESS and not any(map(str.isalnum, plain_text(stream))):
                # Only affixes, of elements whose variables are empty.
                stream.clear()
            if stream:
                _add_affixes(layout.look, stream)
        else:
            self._align(layout.first, layout.rest, layout.look, ctx, stream)
        look = layout.look.format
        if stream and look is not NORMAL:
            stream[:] = [Span(look), *stream, CLOSE]
        return stream

    def _align(self, first: Render, rest: Render, look: Look, ctx: Context, stream: Stream) -> None:
        margin = self._stream()
        if look.prefix:
            margin.append(look.prefix)
        start = len(margin)
        first(ctx, margin)
        if len(margin) > start:
            self._max_offset = max(self._max_offset, len(plain_text(margin)))
            stream.append(_LEFT)
            stream[len(stream) :] = margin
            stream.append(CLOSE)
        inline = self._stream()
        rest(ctx, inline)
        if inline:
            stream.append(_RIGHT)
            stream[len(stream) :] = inline
            if look.suffix:
                stream.append(look.suffix)
            stream.append(CLOSE)

    # Repeated authors

    def _substitute_names(self, stream: Stream) -> None:
        self._leaves_names_out = False
        found = next(find_tags(stream, "names"), None)
        if found is None:
            return
        start, tag = found
        shown = tag.value
        if not isinstance(shown, NamesShown) or not shown.leads:
            return
        before, self._names_before = self._names_before, shown.names
        rule = self._rule
        if next(find_tags(stream, "name"), None) is None:
            # Text that represents the names.
            if before and before == shown.names:
                self._replace_list(stream, start)
        elif rule in ("partial-each", "partial-first"):
            same = _common_start(before, shown.names)
            self._replace_each(stream, start, min(same, 1) if rule == "partial-first" else same)
        elif before and before == shown.names:
            if rule == "complete-each":
                self._replace_each(stream, start, len(shown.names))
            else:
                self._replace_list(stream, start)

    def _replace_list(self, stream: Stream, start: int) -> None:
        self._leaves_names_out = not self._substitute
        end = end_of(stream, start)
        label = next((index for index in range(start + 1, end) if _is_label(stream[index])), end)
        stream[start + 1 : label] = [self._substitute or ""]

    def _replace_each(self, stream: Stream, start: int, count: int) -> None:
        end = end_of(stream, start)
        index = start + 1
        while count and index < end:
            part = stream[index]
            if getattr(part, "name", None) == "name":
                close = end_of(stream, index)
                stream[index + 1 : close] = [self._substitute or ""]
                end -= close - index - 2
                index += 2
                count -= 1
            index += 1


def _address(ctx: Context) -> str | None:
    """Return the URL of a work."""
    for variable in IDENTIFIERS:
        text, link = text_reader(variable)(ctx), link_of(variable)
        url = link(text) if text and link is not None else None
        if url is not None:
            return url
    return None


def _link_work(stream: Stream, url: str, suffix: str) -> None:
    """Put a link around the title in an entry; without a title, around all but the suffix."""
    titles = [index for index, part in enumerate(stream) if part is TITLE]
    for index in titles:
        stream[index] = Link(url)
    if titles:
        return
    blocks = [index for index, part in enumerate(stream) if type(part) is Block]
    start = blocks[-1] + 1 if blocks else 0
    end = end_of(stream, start - 1) if blocks else len(stream)
    if suffix and end > start and stream[end - 1] == suffix:
        end -= 1
    if end > start:
        stream[end:end] = (CLOSE,)
        stream[start:start] = (Link(url),)


def _add_affixes(look: Look, stream: Stream) -> None:
    prefix, suffix = look.prefix, look.suffix
    if prefix:
        # Within the first block, where there are blocks.
        first = 1 if type(stream[0]) is Block else 0
        stream[first:first] = (prefix,)
    if suffix:
        if stream[-1] is CLOSE and type(stream[_start_of_last(stream)]) is Block:
            stream[-1:-1] = (suffix,)
        else:
            stream.append(suffix)


def _move_spaces_out(stream: Stream) -> None:
    """Put the spaces around an entry outside of its blocks."""
    first = next((index for index, part in enumerate(stream) if type(part) is str and part), 0)
    blocks = [index for index in range(first) if type(stream[index]) is Block]
    text = stream[first]
    if blocks and type(text) is str and text.startswith(" "):
        stream[first : first + 1] = [" ", text.lstrip(" ")]
        stream[blocks[-1] : first + 1] = [stream[first], *stream[blocks[-1] : first]]
    if stream[-1] is CLOSE and type(stream[_start_of_last(stream)]) is Block:
        last = max(index for index, part in enumerate(stream) if type(part) is str)
        text = str(stream[last])
        if text.endswith(" "):
            stream[last : last + 1] = [text.rstrip(" "), " "]
            stream[last + 1 :] = [*stream[last + 2 :], stream[last + 1]]


def _is_label(part: str | Mark) -> bool:
    return getattr(part, "name", None) == "label"


def _start_of_last(stream: Stream) -> int:
    """Return the start of the node at the end of the stream."""
    depth = 0
    for index in range(len(stream) - 1, -1, -1):
        part = stream[index]
        if type(part) is str:
            continue
        depth += 1 if part is CLOSE else -1
        if not depth:
            return index
    return 0


def _common_start(before: tuple[str, ...], now: tuple[str, ...]) -> int:
    count = 0
    for one, other in zip(before, now, strict=False):
        if one != other:
            break
        count += 1
    return count


# Bibliographies


@frozen
class RenderedBibliography:
    """The result of an engine: a bibliography whose works are named by keys.

    Attributes:
        entries: Key and text of each.
        layout: The parameters.
        language: The language of the locale.
        problems: The problems; an entry that failed is named by its key.
    """

    entries: tuple[tuple[str, str], ...]
    layout: BibliographyLayout = field(factory=BibliographyLayout)
    language: str = "en-US"
    problems: tuple[Problem, ...] = ()


def rendered_entries(
    keys: Iterable[str], write: Callable[[str], str], most: int | None
) -> RenderedBibliography:
    """Return the texts of works; works without any output are omitted and reported.

    Args:
        keys: The works.
        write: Returns the text of one work.
        most: Maximum number of texts.
    """
    entries: list[tuple[str, str]] = []
    problems: list[Problem] = []
    for batch in batches(keys):
        with collector_paused():
            for key in batch:
                if len(entries) == most:
                    break
                text = write(key)
                if text:
                    entries.append((key, text))
                else:
                    problems.append(_empty_entry(key))
    return RenderedBibliography(tuple(entries), problems=tuple(problems))


def excluded_entry(key: str) -> Problem:
    """Return the report of a work that a style excludes from its bibliography.

    Args:
        key: The work.
    """
    return Problem(
        severity=Severity.INFO,
        code="excluded-entry",
        message=f"the style does not list works of the kind of {key!r}, which is omitted",
        key=key,
    )


def _empty_entry(key: str) -> Problem:
    return Problem(
        severity=Severity.WARNING,
        code="empty-entry",
        message=f"the style prints nothing for the entry {key!r}, which is omitted",
        key=key,
    )
