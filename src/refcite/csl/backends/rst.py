"""reStructuredText."""

from __future__ import annotations

import re
from typing import Final

from refcite.csl.backends.marked import Marked, pieces
from refcite.csl.style.attributes import Display

__all__ = ["BACKEND", "RestructuredText"]

_SPECIAL: Final = re.compile(r"[\\`*_|]")
# A star or backtick that begins a paragraph is markup: those of the text have a backslash.
_BLOCK_START: Final = re.compile(
    r"(?:\(?(?:\w|\d+|[ivxlcdmIVXLCDM]+|#)[.)]|[-+•‣⁃]|\.\.|>>>|\[[\w#*]+\]|:(?!su[bp]:`)\w)(?=\s|\w|$)"
)
# Inline markup does not nest in reStructuredText: of several the first here is written.
_ROLES: Final = {
    ("vertical_align", "sup"): (":sup:`", "`"),
    ("vertical_align", "sub"): (":sub:`", "`"),
    ("font_weight", "bold"): ("**", "**"),
    ("font_style", "italic"): ("*", "*"),
    ("font_style", "oblique"): ("*", "*"),
}


class RestructuredText(Marked):
    """reStructuredText; entries are paragraphs."""

    name = "rst"
    special = _SPECIAL

    def block(self, display: Display, inner: str) -> str:
        """Return a block, in the same paragraph."""
        if display == "left-margin":
            return f"{inner.strip()} "
        return inner.lstrip(" ") if display == "right-inline" else f" {inner}"

    def entry(self, inner: str, id: str) -> str:  # noqa: A002 - CSL's name
        """Return the entry."""
        return inner.strip(" ")

    def finish(self, text: str) -> str:
        """Return the text with its roles, of which none begins a list or a directive."""
        written = _written(text) if "\ufdd0" in text else text
        return f"\\{written}" if _BLOCK_START.match(written) else written


def _written(text: str) -> str:
    open_spans: list[tuple[str, str]] = []
    written: list[str] = []
    was_markup = False
    for piece in pieces(text):
        if piece is None:
            open_spans.pop()
        elif not isinstance(piece, str):
            open_spans.append(piece)
        else:
            markup = _markup(open_spans)
            run = piece.strip()
            if markup is None or not run:
                # Markup ends only before white space or some punctuation.
                separated = not was_markup or piece[0].isspace()
                written.append(piece if separated else f"\\ {piece}")
                was_markup = False
                continue
            left = piece[: len(piece) - len(piece.lstrip())]
            last = written[-1][-1:] if written else ""
            if not left and last and not last.isspace():
                left = "\\ "
            right = piece[len(piece.rstrip()) :]
            written.append(f"{left}{markup[0]}{run}{markup[1]}{right}")
            was_markup = not piece[-1].isspace()
    return "".join(written)


def _markup(open_spans: list[tuple[str, str]]) -> tuple[str, str] | None:
    """Return what to write around a text in these spans."""
    url = next((value for kind, value in open_spans if kind == "link"), None)
    if url is not None:
        return "`", f" <{url.replace('_', chr(92) + '_')}>`__"
    in_force = dict(open_spans)
    return next((role for span, role in _ROLES.items() if in_force.get(span[0]) == span[1]), None)


BACKEND: Final = RestructuredText()
"""The backend."""
