"""Inlines of pandoc's document tree, as JSON: for pandoc's filters, which insert them.

Source: the documentation of the package `pandoc-types`, `Text.Pandoc.Definition`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any, Final

from refcite.csl.backends.base import (
    BibliographyLayout,
    Page,
    Quoting,
    one_line,
    printable,
)
from refcite.csl.backends.marked import marked, marked_link, pieces
from refcite.csl.style.attributes import Display, Format

__all__ = ["BACKEND", "Inline", "Pandoc", "text_inlines"]

Inline = dict[str, Any]
"""An inline element, with its type under `t` and its contents under `c`."""

_WORDS: Final = re.compile("[ \t\n]+|[^ \t\n]+")
_WRAPPED: Final = {
    ("font_style", "italic"): "Emph",
    ("font_style", "oblique"): "Emph",
    ("font_weight", "bold"): "Strong",
    ("font_variant", "small-caps"): "SmallCaps",
    ("text_decoration", "underline"): "Underline",
    ("vertical_align", "sup"): "Superscript",
    ("vertical_align", "sub"): "Subscript",
}
_QUOTATION: Final = "csl-quotation "
# Text that is not formatted within formatted text: formatted again, as pandoc does.
_REVERSED: Final = {
    ("font_style", "normal"): "Emph",
    ("font_weight", "normal"): "Strong",
    ("font_variant", "normal"): "SmallCaps",
}


def text_inlines(text: str) -> list[Inline]:
    """Return a text as words and spaces.

    Example:
        >>> text_inlines("The Castle")
        [{'t': 'Str', 'c': 'The'}, {'t': 'Space'}, {'t': 'Str', 'c': 'Castle'}]
    """
    return [
        {"t": "Space"} if word[0] in " \t\n" else {"t": "Str", "c": word}
        for word in _WORDS.findall(text)
    ]


class Pandoc(Quoting):
    """Pandoc's inlines, as a JSON array for each citation or entry."""

    name = "pandoc"
    is_always_whole = False

    def escape(self, text: str) -> str:
        """Return the text; `finish` writes it."""
        return printable(text)

    def span(self, format: Format, inner: str) -> str:  # noqa: A002 - CSL's word
        """Return marked text, which `finish` writes."""
        return marked(format, inner)

    def link(self, url: str, inner: str) -> str:
        """Return marked text, which `finish` writes."""
        return marked_link(url, inner)

    def block(self, display: Display, inner: str) -> str:
        """Return marked text, which `finish` writes as a span with a class."""
        return marked_link(f"csl-{display}", inner)

    def quotation(self, opening: str, inner: str, sign: str, closing: str) -> str:
        """Return marked text, which `finish` writes as a span without attributes."""
        return marked_link(f"{_QUOTATION}{opening}\t{sign}\t{closing}", inner)

    def entry(self, inner: str, id: str) -> str:  # noqa: A002 - CSL's name
        """Return the entry."""
        return inner

    def finish(self, text: str) -> str:
        """Return the text as a JSON array of inlines."""
        return json.dumps(_inlines(text), ensure_ascii=False, separators=(",", ":"))

    def bibliography(self, entries: Sequence[str], layout: BibliographyLayout) -> str:
        """Return the entries as a JSON array."""
        return f"[{','.join(entries)}]"

    def heading(self, text: str) -> str:
        """Return the heading's inlines."""
        return self.finish(self.escape(one_line(text)))

    def document(self, body: str, page: Page) -> str:
        """Return the entries: the document is the filter's."""
        return body


def _inlines(text: str) -> list[Inline]:
    # The open spans, each with the inlines around it.
    waiting: list[tuple[tuple[str, str], list[Inline]]] = []
    here: list[Inline] = []
    for piece in pieces(text):
        if isinstance(piece, str):
            _append(here, text_inlines(piece))
        elif piece is not None:
            waiting.append((piece, here))
            here = []
        else:
            span, outer = waiting.pop()
            _append(outer, _wrapped(span, here, [one for one, _ in waiting]))
            here = outer
    return here


def _append(inlines: list[Inline], more: list[Inline]) -> None:
    """Append inlines; words without a space between them become one."""
    if more and inlines and inlines[-1]["t"] == more[0]["t"] == "Str":
        inlines[-1] = {"t": "Str", "c": inlines[-1]["c"] + more[0]["c"]}
        more = more[1:]
    inlines += more


def _wrapped(
    span: tuple[str, str], inner: list[Inline], around: Sequence[tuple[str, str]]
) -> list[Inline]:
    kind, value = span
    if not inner:
        return []
    if kind == "link":
        if value.startswith(_QUOTATION):
            return [{"t": "Span", "c": [["", [], []], _quoted(value, inner)]}]
        if value.startswith("csl-"):
            return [{"t": "Span", "c": [["", [value], []], inner]}]
        if any(one == "link" and not url.startswith("csl-") for one, url in around):
            return inner  # no link contains another
        return [{"t": "Link", "c": [["", [], []], inner, [value, ""]]}]
    wrapper = _WRAPPED.get(span)
    if wrapper is None and any(one == kind for one, _ in around):
        wrapper = _REVERSED.get(span)
    if wrapper is not None:
        return [{"t": wrapper, "c": inner}]
    if span == ("text_decoration", "none"):
        return [{"t": "Span", "c": [["", ["nodecoration"], []], inner]}]
    return inner


def _quoted(value: str, inner: list[Inline]) -> list[Inline]:
    """Return the contents of a quotation; its marks, and a sign at its end, are separate words."""
    opening, sign, closing = value.removeprefix(_QUOTATION).split("\t")
    found = [*text_inlines(opening), *inner]
    found += text_inlines(sign)
    found += text_inlines(closing)
    return found


BACKEND: Final = Pandoc()
"""The backend."""
