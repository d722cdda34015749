"""Text that is written only when all of it is known.

What is markup in Markdown and reStructuredText depends on the characters before and after it: a
number begins a list only at the start of a line, and a star is emphasis only next to a word. So
`escape` leaves the text as it is, and spans and links are put between marks; `finish` reads both at
the very end. The marks are Unicode noncharacters, which `escape` removes from texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from refcite.csl.backends.base import BibliographyLayout, Sectioned, printable
from refcite.csl.style.attributes import Format

__all__ = ["Edit", "Marked", "Marker", "edited", "marked", "marked_link", "pieces", "web_addresses"]

_OPEN, _BETWEEN, _CLOSE = "\ufdd0", "\ufdd1", "\ufdd2"
_PIECE: Final = re.compile(f"{_OPEN}([^{_BETWEEN}]*){_BETWEEN}|{_CLOSE}")
_ATTRIBUTES: Final = (
    "font_style",
    "font_variant",
    "font_weight",
    "text_decoration",
    "vertical_align",
)
_AROUND: Final = "“”„«»‹›\u3001\u3002\u3008-\u3011\uff01-\uff1f"
"""Signs that are no part of an address."""
# An address may contain the signs < > ", but not between such signs itself.
_WEB_ADDRESS: Final = re.compile(
    r"(?<![A-Za-z0-9+.-])(?:(?<=<)(?P<in_angles>)|(?<=\")(?P<in_quotes>))?"
    r"https?://(?:[\w.~%+:-]+@)?[^\W_][\w.-]*(?::[0-9]+)?(?![\w@%])"
    rf"(?:[/?#](?(in_angles)[^\s<>{_AROUND}]*|(?(in_quotes)[^\s\"{_AROUND}]*|[^\s{_AROUND}]*)))?",
    re.IGNORECASE,
)
_BRACKETS: Final = {")": "(", "]": "[", "}": "{", ">": "<"}
_QUOTES: Final = "\"'"
_PUNCTUATION: Final = frozenset(".,:;!?’‘…")

Marker = str | tuple[str, str] | None
"""Text, the start of a span as its kind and value, or None for a span's end."""

Edit = tuple[int, int, str]
"""A part of a text, from its start to its end, and its replacement."""


def marked(format: Format, inner: str) -> str:  # noqa: A002 - CSL's word
    """Return text between marks, one pair for each attribute, the style innermost."""
    for attribute in _ATTRIBUTES:
        value = getattr(format, attribute)
        if value is not None:
            inner = f"{_OPEN}{attribute} {value}{_BETWEEN}{inner}{_CLOSE}"
    return inner


def marked_link(url: str, inner: str) -> str:
    """Return text between the marks of a link."""
    return f"{_OPEN}link {printable(url)}{_BETWEEN}{inner}{_CLOSE}"


def pieces(text: str) -> Iterator[Marker]:
    """Yield text and marks in reading order.

    Example:
        >>> list(pieces("a" + marked(Format(font_style="italic"), "b")))
        ['a', ('font_style', 'italic'), 'b', None]
    """
    position = 0
    for found in _PIECE.finditer(text):
        if found.start() > position:
            yield text[position : found.start()]
        position = found.end()
        if found[1] is None:
            yield None
        else:
            kind, _, value = found[1].partition(" ")
            yield kind, value
    if position < len(text):
        yield text[position:]


def edited(found: Iterable[Marker], edits: Sequence[Edit]) -> Iterator[Marker]:
    """Yield text and marks, the text with its edits.

    Args:
        found: Text and marks.
        edits: In the order of their starts, which count in the joined text without marks. They do
            not overlap. The text of an edit is put at its start.

    Example:
        >>> list(edited(["a", None, "bc"], [(0, 2, "x"), (2, 2, "-")]))
        ['x', None, '-c']
    """
    offset = index = 0
    for piece in found:
        if not isinstance(piece, str):
            yield piece
            continue
        end = offset + len(piece)
        written: list[str] = []
        position = offset
        while index < len(edits) and edits[index][0] < end:
            start, stop, instead = edits[index]
            if start >= offset:
                written += (piece[position - offset : start - offset], instead)
            position = min(stop, end)
            if stop > end:
                break  # it continues in the next piece
            index += 1
        written.append(piece[position - offset :])
        text = "".join(written)
        if text:
            yield text
        offset = end


def web_addresses(text: str) -> Iterator[tuple[int, int]]:
    """Yield the starts and ends of the URLs of the web in a text.

    Punctuation that ends an address belongs to the text, as does a bracket or a quotation mark
    that the address does not open.

    Example:
        >>> text = "(see https://example.org/a_(b))."
        >>> [text[start:end] for start, end in web_addresses(text)]
        ['https://example.org/a_(b)']
        >>> text = '"https://example.org/a" or https://example.org/<b>?c="d".'
        >>> [text[start:end] for start, end in web_addresses(text)]
        ['https://example.org/a', 'https://example.org/<b>?c="d"']
    """
    for found in _WEB_ADDRESS.finditer(text):
        address = found[0]
        end = len(address)
        unopened = {
            close: address.count(close) - address.count(open_) for close, open_ in _BRACKETS.items()
        }
        unopened.update({quote: address.count(quote) % 2 for quote in _QUOTES})
        while True:
            last = address[end - 1]
            if last in _PUNCTUATION:
                end -= 1
            elif unopened.get(last, 0) > 0:
                unopened[last] -= 1
                end -= 1
            else:
                break
        yield found.start(), found.start() + end


class Marked(Sectioned):
    """What the backends share whose `finish` writes the text."""

    is_always_whole = False

    def escape(self, text: str) -> str:
        """Return the text; `finish` writes the signs in it that have a meaning."""
        return printable(text).replace("\r\n", "\n")

    def span(self, format: Format, inner: str) -> str:  # noqa: A002 - CSL's word
        """Return marked text, which `finish` writes."""
        return marked(format, inner)

    def link(self, url: str, inner: str) -> str:
        """Return marked text, which `finish` writes."""
        return marked_link(url, inner)

    def bibliography(self, entries: Sequence[str], layout: BibliographyLayout) -> str:
        """Return the entries as paragraphs."""
        return "\n\n".join(entry.strip("\n") for entry in entries)
