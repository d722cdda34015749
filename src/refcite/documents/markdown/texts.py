"""The texts before and after a cite, and in metadata: from Markdown to CSL's markup.

The processor needs to see words and punctuation, with the formatting that CSL knows. Everything
else, such as code, formulas and links, is kept: one character represents it in the text, and is
replaced by the source when the citation is written.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

__all__ = ["Kept", "Unkept", "csl_text", "is_in_emphasis"]

_FIRST: Final = 0xF0000
_LAST: Final = 0xFFFFD
_PLACEHOLDER: Final = re.compile("[\U000f0000-\U000ffffd]")
_SPECIAL: Final = re.compile(r"[\\`$<*_^~\[&\n.-]")
_PIECE: Final = re.compile(
    r"(?P<code>(?<!`)(?P<ticks>`++)(?=[^`])(?:(?!(?P=ticks)(?!`)).)*?(?P=ticks)(?!`)(?:\{[^{}]*\})?)"
    r"|(?P<math>\$\$[^$]+\$\$|\$(?=\S)(?:[^$\\]|\\.)*?(?<=\S)\$(?!\d))"
    r"|(?P<html><!--.*?-->|</?[A-Za-z][^<>]*>|<[A-Za-z][A-Za-z0-9+.-]*:[^\s<>]*>)"
    r"|(?P<link>!?\[[^\[\]]*\]\([^()\s]*\)|\[[^\[\]]*\]\{[^{}]*\})"
    r"|(?P<entity>&(?:\#[0-9]+|\#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);)"
    r"|(?P<command>\\[A-Za-z]+(?:\{[^{}]*\})*)"
    r"|\\(?P<escaped>.)"
    r"|(?P<space>[ \t]*\n[ \t>]*)"
    r"|(?P<dashes>-{2,})|(?P<dots>\.\.\.)"
    r"|(?P<stars>\*{1,2})|(?P<under>_{1,2})"
    r"|\^(?P<sup>[^\s^]{1,200})\^|~(?P<sub>[^\s~]{1,200})~",
    re.DOTALL,
)
_STARS: Final = re.compile(r"\\.|(`++)(?:(?!\1(?!`)).)*?\1(?!`)|(?P<stars>\*++)", re.DOTALL)
_KEPT: Final = frozenset({"math", "html", "link", "entity", "command"})
_MOST: Final = 2_000
"""In a longer text, code and formulas are not searched: each sign could be an opening one."""


class Kept:
    """Pieces of source text, with a character for each.

    Example:
        >>> kept = Kept()
        >>> text = kept.keep("`code`")
        >>> kept.restored(f"see {text}")
        'see `code`'
    """

    def __init__(self) -> None:
        self._pieces: list[str] = []

    def keep(self, piece: str) -> str:
        """Return the character for a piece."""
        if _FIRST + len(self._pieces) > _LAST:
            return ""
        self._pieces.append(piece)
        return chr(_FIRST + len(self._pieces) - 1)

    def restored(self, text: str, convert: Callable[[str], str] = str) -> str:
        """Return a text in which the pieces are at their places.

        Args:
            text: The text.
            convert: Converts each piece.
        """
        if not self._pieces or text.isascii():
            return text
        return _PLACEHOLDER.sub(lambda found: convert(self._piece(found)), text)

    def _piece(self, found: re.Match[str]) -> str:
        index = ord(found[0]) - _FIRST
        return self._pieces[index] if index < len(self._pieces) else found[0]


class Unkept(Kept):
    """Keeps no piece: each stays where it is, as a text.

    Example:
        >>> csl_text("*On* `code`", Unkept())
        '<i>On</i> `code`'
    """

    def keep(self, piece: str) -> str:
        """Return the piece."""
        return piece


def csl_text(source: str, kept: Kept) -> str:
    r"""Return a text of Markdown with the markup of CSL.

    Args:
        source: The text.
        kept: Keeps what CSL has no markup for.

    Example:
        >>> csl_text(r"*see* pp. 3--4 \& more", Kept())
        '<i>see</i> pp. 3–4 & more'
    """
    if _SPECIAL.search(source) is None:
        return source
    if len(source) > _MOST:
        return " ".join(source.split())
    pieces: list[str] = []
    open_signs: list[tuple[str, int]] = []
    place = 0
    for found in _PIECE.finditer(source):
        pieces.append(source[place : found.start()])
        place = found.end()
        kind = found.lastgroup or ""
        text = found[0]
        if (
            kind == "ticks"
            or found["code"] is not None
            or kind in ("math", "html", "link", "entity", "command")
        ):
            pieces.append(kept.keep(text))
        elif kind == "escaped":
            pieces.append("\u00a0" if found["escaped"] == " " else found["escaped"])
        elif kind == "space":
            pieces.append(" ")
        elif kind == "dashes":
            pieces.append(_dashes(len(text)))
        elif kind == "dots":
            pieces.append("\u2026")
        elif kind in ("sup", "sub"):
            pieces.append(f"<{kind}>{found[kind]}</{kind}>")
        else:
            _emphasis(source, found, pieces, open_signs)
    pieces.append(source[place:])
    return "".join(pieces)


def is_in_emphasis(text: str, start: int, place: int) -> bool:
    """Return whether an emphasis with a star is open at a place.

    Args:
        text: The text.
        start: Where the running text starts.
        place: The place.

    Example:
        >>> is_in_emphasis("*See* and *as", 0, 13), is_in_emphasis("2 * 3", 0, 5)
        (True, False)
    """
    is_open = False
    for found in _STARS.finditer(text, max(start, place - _MOST), place):
        stars = found["stars"]
        if stars is None or len(stars) == 2:
            continue
        before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
        opens = not after.isspace() and found.end() < len(text)
        is_open = before.isspace() if is_open else opens
    return is_open


def _dashes(count: int) -> str:
    return "\u2014" * (count // 3) + ("", "-", "\u2013")[count % 3]


def _emphasis(
    source: str, found: re.Match[str], pieces: list[str], open_signs: list[tuple[str, int]]
) -> None:
    """Close an emphasis, or note where one may start."""
    sign = found[0]
    before, after = source[found.start() - 1 : found.start()], source[found.end() : found.end() + 1]
    in_word = "_" in sign and before.isalnum() and after.isalnum()
    closes = not in_word and before.strip() and any(one == sign for one, _ in open_signs)
    if closes:
        while open_signs:
            opened, index = open_signs.pop()
            if opened == sign:
                tag = "b" if len(sign) == 2 else "i"
                pieces[index] = f"<{tag}>"
                pieces.append(f"</{tag}>")
                return
    if not in_word and after.strip():
        open_signs.append((sign, len(pieces)))
    pieces.append(sign)
