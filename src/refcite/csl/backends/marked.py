"""Spans that are written only when what is around them is known.

Markdown's stars and reStructuredText's roles depend on the characters before and after them. So
while the text is written inside out, their backends put marks where spans open and close; `read`
finds them at the very end. The marks are Unicode noncharacters, which no text may hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from refcite.csl.backends.base import BibliographyLayout
from refcite.csl.style.attributes import Format

__all__ = ["Marked", "Marker", "clean", "marked", "marked_link", "pieces"]

_OPEN, _BETWEEN, _CLOSE = "\ufdd0", "\ufdd1", "\ufdd2"
_MARKS: Final = re.compile("[\ufdd0-\ufdef]")
_PIECE: Final = re.compile(f"{_OPEN}([^{_BETWEEN}]*){_BETWEEN}|{_CLOSE}")
_ATTRIBUTES: Final = (
    "font_style",
    "font_variant",
    "font_weight",
    "text_decoration",
    "vertical_align",
)

Marker = str | tuple[str, str] | None
"""Text, the start of a span as its kind and value, or None for a span's end."""


def clean(text: str) -> str:
    """Return a text without characters that could be taken for marks."""
    return _MARKS.sub("", text) if _MARKS.search(text) else text


def marked(format: Format, inner: str) -> str:  # noqa: A002 - CSL's word
    """Return text between marks, one pair for each attribute, the style innermost."""
    for attribute in _ATTRIBUTES:
        value = getattr(format, attribute)
        if value is not None:
            inner = f"{_OPEN}{attribute} {value}{_BETWEEN}{inner}{_CLOSE}"
    return inner


def marked_link(url: str, inner: str) -> str:
    """Return text between the marks of a link."""
    return f"{_OPEN}link {clean(url)}{_BETWEEN}{inner}{_CLOSE}"


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


class Marked:
    """What the backends share whose `finish` reads the marks.

    Attributes:
        special: The signs that get a backslash.
    """

    special: re.Pattern[str]

    def escape(self, text: str) -> str:
        """Return the text with a backslash before each sign that has a meaning."""
        return self.special.sub(r"\\\g<0>", clean(text))

    def span(self, format: Format, inner: str) -> str:  # noqa: A002 - CSL's word
        """Return marked text, which `finish` writes."""
        return marked(format, inner)

    def link(self, url: str, inner: str) -> str:
        """Return marked text, which `finish` writes."""
        return marked_link(url, inner)

    def bibliography(self, entries: Sequence[str], layout: BibliographyLayout) -> str:
        """Return the entries as paragraphs."""
        return "\n\n".join(entry.strip("\n") for entry in entries)
