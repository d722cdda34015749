"""Markdown: CommonMark, with HTML tags for what it has no signs for."""

from __future__ import annotations

import re
from typing import Final

from refcite.csl.backends.marked import Marked, Marker, pieces
from refcite.csl.style.attributes import Display

__all__ = ["BACKEND", "Markdown"]

_SPECIAL: Final = re.compile(r"[\\`*_\[\]<>~^$]|&(?=[#\w]+;)")
_BLOCK_START: Final = re.compile(r"(\d{1,9})([.)])(?=\s)|[-+#=](?=[\s#=-]|$)")
_SIGNS: Final = {("font_style", "italic"): "*", ("font_weight", "bold"): "**"}
_TAGS: Final = {
    ("font_style", "italic"): ("<em>", "</em>"),
    ("font_style", "oblique"): ('<span style="font-style:oblique;">', "</span>"),
    ("font_style", "normal"): ('<span style="font-style:normal;">', "</span>"),
    ("font_variant", "small-caps"): ('<span style="font-variant:small-caps;">', "</span>"),
    ("font_variant", "normal"): ('<span style="font-variant:normal;">', "</span>"),
    ("font_weight", "bold"): ("<strong>", "</strong>"),
    ("font_weight", "light"): ('<span style="font-weight:lighter;">', "</span>"),
    ("font_weight", "normal"): ('<span style="font-weight:normal;">', "</span>"),
    ("text_decoration", "underline"): ("<u>", "</u>"),
    ("vertical_align", "sup"): ("<sup>", "</sup>"),
    ("vertical_align", "sub"): ("<sub>", "</sub>"),
}


class Markdown(Marked):
    """CommonMark text; entries are paragraphs."""

    name = "markdown"
    special = _SPECIAL

    def block(self, display: Display, inner: str) -> str:
        """Return a block: a hard line break before it, or a space after a margin's text."""
        if display == "left-margin":
            return f"{inner.strip()} "
        if display == "right-inline":
            return inner.lstrip(" ")
        return f"\\\n{inner}"

    def entry(self, inner: str, id: str) -> str:  # noqa: A002 - CSL's name
        """Return the entry; the first line break of a block is omitted."""
        return inner.removeprefix("\\\n")

    def finish(self, text: str) -> str:
        """Return the text with its signs, of which none begins a list or a heading."""
        written = _written(list(pieces(text))) if "\ufdd0" in text else text
        start = _BLOCK_START.match(written)
        if start is None:
            return written
        if start[1]:
            return f"{start[1]}\\{written[len(start[1]) :]}"
        return f"\\{written}"


def _written(found: list[Marker]) -> str:
    open_spans: list[tuple[tuple[str, str], list[str]]] = []
    here: list[str] = []
    for index, piece in enumerate(found):
        if isinstance(piece, str):
            here.append(piece)
        elif piece is not None:
            open_spans.append((piece, here))
            here = []
        else:
            inner = "".join(here)
            span, here = open_spans.pop()
            here.append(_span(span, inner, "".join(here)[-1:], _next_character(found, index)))
    return "".join(here)


def _next_character(found: list[Marker], index: int) -> str:
    return next((piece[0] for piece in found[index + 1 :] if isinstance(piece, str)), "")


def _span(span: tuple[str, str], inner: str, before: str, after: str) -> str:
    kind, value = span
    if kind == "link":
        return f"[{inner}](<{value}>)" if re.search(r"[()\s\\]", value) else f"[{inner}]({value})"
    text = inner.strip()
    if not text:
        return inner
    left = inner[: len(inner) - len(inner.lstrip())]
    right = inner[len(inner.rstrip()) :]
    sign = _SIGNS.get(span)
    if sign and _flanks(left or before, text[0]) and _flanks(right or after, text[-1]):
        start = end = sign
    else:
        start, end = _TAGS.get(span, ("", ""))
    return f"{left}{start}{text}{end}{right}"


def _flanks(outside: str, inside: str) -> bool:
    """Return whether a star between these characters opens or closes emphasis (CommonMark 6.2)."""
    return inside.isalnum() or not outside[-1:].isalnum()


BACKEND: Final = Markdown()
"""The backend."""
