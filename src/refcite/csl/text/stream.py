"""The output of rendering: a tree of leaves and tagged spans, stored as one flat list.

Rendering a cite or an entry appends to a `Stream`. A leaf is a `str` (never escaped). An inner node
is a mark that opens it, its children, and `CLOSE`. The list contains the tree in order. Joining
text, removing an element without output (`del stream[start:]`) and reading the characters on both
sides of a boundary, as punctuation requires, are all steps on a list. Elements without output
allocate nothing.

The stream of an explanation is a subclass of `list` that records the origin of each part. Compiled
modules call the methods of `list` directly and not those of a subclass, so only some operations are
used on streams that another function has created: `append`, `extend` and `+=` for new parts; `del`
and assignment for everything else (`stream[i:i] = (part,)`, `stream[len(stream):] = other`).

Backends do not receive this list: `serialiser.py` iterates over it and calls the backend.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from attrs import frozen

from refcite.csl.style.attributes import Display, Format

__all__ = [
    "CLOSE",
    "FIELD",
    "INNER_QUOTE",
    "NOCASE",
    "QUOTE",
    "TITLE",
    "Block",
    "Close",
    "Link",
    "Mark",
    "NoCase",
    "Quote",
    "Span",
    "Stream",
    "Tag",
    "end_of",
    "find_tags",
    "plain_text",
]


@frozen(eq=False)
class Mark:
    """The parts of a stream that are not leaves."""


@frozen
class Span(Mark):
    """Opens a formatted span.

    Attributes:
        format: The format.
        from_text: Whether it is markup in a field, which reverses active formatting, and not an
            element of the style.
    """

    format: Format
    from_text: bool = False


@frozen
class Quote(Mark):
    """Opens a quotation; a quotation within another gets the other kind of marks.

    Attributes:
        inner: Whether it has inner marks if it is not within another quotation.
        written: The curly marks of the writer. They are kept if no other quotation is
            around it; within another, the marks are the locale's.
        sign: The punctuation that the style puts at its end, in finished streams.
    """

    inner: bool = False
    written: tuple[str, str] | None = None
    sign: str = ""


@frozen(eq=False)
class NoCase(Mark):
    """Opens text whose case must not be changed (`<span class="nocase">`)."""


@frozen
class Link(Mark):
    """Opens text that is a link.

    Attributes:
        url: The target: an http, https, ftp or mailto URL, or the place of an entry (`#ref-key`).
    """

    url: str


@frozen
class Block(Mark):
    """Opens a block of a bibliography entry."""

    display: Display


@frozen
class Tag(Mark):
    """Opens a part that a later pass must find again; backends do not receive it.

    Attributes:
        name: `names`, `name`, `year`, `year-suffix`, `citation-number`, …
        value: The data for the pass: the text of a year suffix, the names that were shown.
    """

    name: str
    value: object | None = None  # `object` alone is no annotation for mypyc


@frozen(eq=False)
class Close(Mark):
    """Closes the innermost mark that is open."""


QUOTE: Final = Quote()
INNER_QUOTE: Final = Quote(inner=True)
NOCASE: Final = NoCase()
CLOSE: Final = Close()
FIELD: Final = Tag("field")
"""Opens the text of one field; punctuation within it is the writer's."""
TITLE: Final = Tag("title")
"""Opens the title of a work, which may become a link."""

Stream = list[str | Mark]
"""Leaves and marks in reading order; every opening mark has its `CLOSE`."""


def plain_text(stream: Stream, start: int = 0) -> str:
    """Return the text of a stream's leaves from `start`, without formatting.

    Example:
        >>> from refcite.csl.style.attributes import Format
        >>> plain_text([Span(Format(font_style="italic")), "a", CLOSE, "b"])
        'ab'
    """
    return "".join([leaf for leaf in stream[start:] if type(leaf) is str])


def end_of(stream: Stream, start: int) -> int:
    """Return the index of the `CLOSE` that ends the node opened at `start`.

    Example:
        >>> end_of([QUOTE, "a", NOCASE, "b", CLOSE, CLOSE], 0)
        5
    """
    depth = 0
    for index in range(start, len(stream)):
        item = stream[index]
        if type(item) is str:
            continue
        depth += -1 if item is CLOSE else 1
        if not depth:
            return index
    raise ValueError("the stream ends inside a node")


def find_tags(stream: Stream, name: str) -> Iterator[tuple[int, Tag]]:
    """Yield the index and the tag of every node of that name."""
    for index, item in enumerate(stream):
        if type(item) is Tag and item.name == name:
            yield index, item
