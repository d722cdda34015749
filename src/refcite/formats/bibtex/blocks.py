"""The blocks of a BibTeX file, before their contents are interpreted."""

from __future__ import annotations

import re
from enum import Enum
from typing import Final

from attrs import define, frozen

from refcite.problems import Severity

__all__ = [
    "BLOCK_START",
    "BRACED",
    "CONTINUATION",
    "FIELD_NAME",
    "QUOTED",
    "Block",
    "Fault",
    "Kind",
    "Value",
    "closing_brace",
    "expression",
]

Piece = tuple[bool, str]
Value = str | tuple[Piece, ...]
"""A field's value: its text, or the pieces of an expression (whether it is a macro, its text)."""

FIELD_NAME: Final = re.compile(r"""[^\s"#%'(),={}@\\]+""")
BLOCK_START: Final = re.compile(r"""@\s*([^\s"#%'(),={}@\\]+)\s*([{(])""")

CONTINUATION: Final = re.compile(rf"\s*,\s*{FIELD_NAME.pattern}\s*=\s*[{{\"\w]")
"""A field after the end of an entry: there was one brace too many before it."""

BRACED: Final = re.compile(r"\{[^{}]*+(?:\{[^{}]*+(?:\{[^{}]*+\}[^{}]*+)*+\}[^{}]*+)*+\}")
"""A group in which others are nested no deeper than twice."""

QUOTED: Final = re.compile(r'"[^"{}]*+(?:\{[^{}]*+(?:\{[^{}]*+\}[^{}]*+)*+\}[^"{}]*+)*+"')
_BRACE: Final = re.compile(r"[{}]")
_BRACE_OR_QUOTE: Final = re.compile(r'[{}"]')
_SPACE: Final = re.compile(r"\s*")


class Kind(Enum):
    """The kinds of blocks."""

    ENTRY = "entry"
    STRING = "string"
    PREAMBLE = "preamble"
    COMMENT = "comment"


@define(eq=False)
class Block:
    """One `@…{…}` of the file.

    Attributes:
        kind: Its kind.
        type: The word after `@`, in lower case.
        key: An entry's citation key, a string's name.
        fields: Names as they are spelled, with their values.
        start: Offset of the `@` in the text.
        end: Offset after the closing delimiter.
    """

    kind: Kind
    type: str
    key: str
    fields: list[tuple[str, Value]]
    start: int
    end: int


@frozen
class Fault:
    """An error in the text, at an offset; it becomes a `Problem` when lines are counted."""

    offset: int
    severity: Severity
    code: str
    message: str
    hint: str | None = None
    key: str | None = None


def expression(text: str) -> Value | None:
    """Read a value as BibTeX does: braced, quoted, number or macro, joined by `#`.

    If a value is one literal, the result is its text; if it is not an expression, None.

    Example:
        >>> expression('{A {B} C}')
        'A {B} C'
        >>> expression('jan # "~1"')
        ((True, 'jan'), (False, '~1'))
        >>> expression('{A} title = {B}') is None
        True
    """
    opening = text[:1]
    if opening == "{":
        if BRACED.fullmatch(text):
            return text[1:-1]
    elif opening == '"':
        if QUOTED.fullmatch(text):
            return text[1:-1]
    elif FIELD_NAME.fullmatch(text):
        return text if text.isdigit() else ((True, text),)
    return _joined(text)


def _joined(text: str) -> Value | None:
    """Read pieces that are joined by `#`, or nested too deep for a pattern."""
    pieces: list[Piece] = []
    position = 0
    while True:
        end = piece_end(text, position)
        if end < 0:
            return None
        pieces.append(piece_of(text, position, end))
        position = _skip_space(text, end)
        if position == len(text):
            break
        if text[position] != "#":
            return None
        position = _skip_space(text, position + 1)
    return pieces[0][1] if len(pieces) == 1 and not pieces[0][0] else tuple(pieces)


def piece_of(text: str, start: int, end: int) -> Piece:
    """Return the piece between two offsets."""
    if text[start] in '{"':
        return False, text[start + 1 : end - 1]
    word = text[start:end]
    return not word.isdigit(), word


def piece_end(text: str, start: int) -> int:
    """Return the offset after the piece that starts here, or -1."""
    opening = text[start : start + 1]
    if opening == "{":
        found = BRACED.match(text, start)
        return found.end() if found else closing_brace(text, start)
    if opening == '"':
        found = QUOTED.match(text, start)
        return found.end() if found else _closing_quote(text, start)
    found = FIELD_NAME.match(text, start)
    return found.end() if found else -1


def closing_brace(text: str, start: int) -> int:
    """Return the offset after the brace that closes the one here, or -1.

    Example:
        >>> closing_brace("{a {b} c} d", 0)
        9
    """
    depth = 0
    for brace in _BRACE.finditer(text, start):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            return brace.end()
    return -1


def _closing_quote(text: str, start: int) -> int:
    depth = 0
    for mark in _BRACE_OR_QUOTE.finditer(text, start + 1):
        if mark[0] == '"':
            if depth == 0:
                return mark.end()
        else:
            depth += 1 if mark[0] == "{" else -1
            if depth < 0:
                return -1
    return -1


def _skip_space(text: str, position: int) -> int:
    found = _SPACE.match(text, position)
    return found.end() if found else position
