r"""Read LaTeX as text with the markup of CSL-JSON.

Braces that protect capitals become `<span class="nocase">` if the caller requests it. Math that
consists of letters, sub- and superscripts becomes text; other math is kept unchanged between its
dollar signs. An unknown command is kept unchanged.

A text is divided into plain text and pieces that mean the same in every text: `$\alpha$`, `~`,
`{\"o}`, `\emph{in vivo}`, `{DNA}`. The token reader (`latex_tokens`) reads each different piece
once; a dictionary holds the result. A whole text is read so only if a piece depends on the text
around it, such as `\bf` outside a group.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from refcite.formats.bibtex.latex_math import simple_math
from refcite.formats.bibtex.latex_tables import ACCENTS, NO_CASE
from refcite.formats.bibtex.latex_tokens import TokenReader, read_verbatim

__all__ = ["in_text_mode", "letters_read", "read_latex", "read_verbatim"]

_SPACE: Final = re.compile(r"[ \t\r\n]+")
_CONDITION: Final = re.compile(r"\\(?:(ifmmode|else|fi)(?![A-Za-z]) *|.)|\$", re.DOTALL)
_BREAK: Final = re.compile(
    r"(?:(?<!\\) )?(\\\\|\\(?:par|newline)(?![A-Za-z])(?:\{\})?)(?:\*|\[[^\]]*\])? ?"
)

# Pieces. In groups, dollar signs are in pairs, and no brace is escaped: then the group ends at the
# same brace in every way of counting.
_IN_MATH: Final = r"[^$\\{}]++|\\[^\\${}]"
_MATH: Final = rf"\$(?:{_IN_MATH}|\{{(?:{_IN_MATH})*+\}})*+\$"
_IN_GROUP: Final = rf"[^\\{{}}$`]++|\\[^\\{{}}(]|``(?!`)|{_MATH}"
_GROUP: Final = rf"\{{(?:{_IN_GROUP}|\{{(?:{_IN_GROUP}|\{{(?:{_IN_GROUP})*+\}})*+\}})*+\}}"
_PIECE: Final = re.compile(
    # Each branch starts with a literal sign, so that the search skips all other text at once.
    r"(\$(?:[^$\\]++|\\[^\\$])*+\$"
    rf"|{_GROUP}"
    r"|\\[uvHrcdbkUGfth] ++[A-Za-z]"
    rf"|\\[A-Za-z]++\*?+ *+(?:{_GROUP})*+"
    rf"|\\['\"`^~=.] *+(?:{_GROUP}|\\[ij](?![A-Za-z]) ?+|[A-Za-z])"
    r"|\\[^A-Za-z\\('\"`^~=.]"
    r"|~|---?|''|``|\?`|!`"
    # A sign that starts no piece; then the whole text is read.
    r"|\\|\$|\{|\}|`)"
)
_LETTER: Final = re.compile(
    r"(\{)?\\(?:['\"`^~=.] *+|[uvHrcdbkUGfht](?: ++|(?=\{)))"
    r"(?:\{(?:[A-Za-z]|\\[ij])\}|[A-Za-z]|\\[ij](?![A-Za-z]) ?+)(?(1)\})"
    r"|(\{)?\\(?:aa|AA|ae|AE|oe|OE|o|O|l|L|ss|i|j) *+(?:\{\})?+(?(2)\})"
)
_ALONE: Final = frozenset("\\${}`")
# They also change the spaces around them, or the text up to their end.
_NOT_ALONE: Final = re.compile(r"\\(?:par|newline|ifmmode)(?![A-Za-z])")
_ACCENT_ONLY: Final = re.compile(r"\\([A-Za-z]+)\*? *")
_MOST_PIECES: Final = 20_000
_LONGEST_PIECE: Final = 100


def read_latex(text: str, *, protect: bool = False, unknown: list[str] | None = None) -> str:
    r"""Return LaTeX as text with CSL-JSON's markup.

    Args:
        text: A field's value, without its outer delimiters.
        protect: Whether braces around capitals become `<span class="nocase">`, as in titles.
        unknown: The list for the names of unknown commands.

    Example:
        >>> read_latex(r"{\'E}tude sur \emph{Homo} $H_2O$ -- P\"uschel {\&} Co.")
        'Étude sur <i>Homo</i> H<sub>2</sub>O – Püschel & Co.'
        >>> read_latex("The {DNA} of cells", protect=True)
        'The <span class="nocase">DNA</span> of cells'
    """
    if text.isalnum():
        return text
    if "\n" in text or "  " in text or "\t" in text or "\r" in text:
        text = _SPACE.sub(" ", text)
    if text[:1] == " " or text[-1:] == " ":
        text = _stripped(text)
    read = _in_pieces(text, protect)
    if read is not None:
        return read
    read, missing = (_cached if len(text) <= 160 else _whole)(text, protect)
    if unknown is not None and missing:
        unknown.extend(missing)
    return read


def letters_read(text: str, *, tie: str = "\u00a0") -> str:
    r"""Return a text in which accented letters and ties are read, and all else is unchanged.

    These are the letters whose case BibTeX knows, so that a word begins with a letter of the same
    case before and after.

    Args:
        text: LaTeX.
        tie: What replaces a tie.

    Example:
        >>> letters_read(r"P{\'e}rez~{Lee}, \O. \dj", tie=" ")
        'Pérez {Lee}, Ø. \\dj'
    """
    parts = _PIECE.split(text)
    for place in range(1, len(parts), 2):
        if parts[place] == "~":
            parts[place] = tie
        elif _LETTER.fullmatch(parts[place]):
            parts[place] = _unprotected[parts[place]] or parts[place]
    return "".join(parts)


def _stripped(text: str) -> str:
    """Return a text without the spaces around it; a space after a backslash is a command."""
    text = text.lstrip(" ")
    return text[:-1] if text[-1:] == " " and text[-2:-1] != "\\" else text


def _in_pieces(text: str, protect: bool) -> str | None:
    """Read a text piece by piece; None if a piece depends on the text around it."""
    # Long texts often have no piece; these searches are many times faster than the pattern's.
    if not (
        "\\" in text
        or "{" in text
        or "$" in text
        or "~" in text
        or "--" in text
        or "''" in text
        or "`" in text
        or "}" in text
    ):
        return text
    parts: list[str] = _PIECE.split(text)
    pieces = [*map((_protected if protect else _unprotected).__getitem__, parts[1::2])]
    if None in pieces:
        return None
    parts[1::2] = pieces  # type: ignore[assignment]  # without None
    return "".join(parts)


class _Pieces(dict[str, str | None]):
    """Pieces with what they mean, or None; each is read when it is first looked up.

    Args:
        protect: Whether braces protect capitals.
    """

    def __init__(self, protect: bool) -> None:
        super().__init__()
        self.protect = protect

    def __missing__(self, piece: str) -> str | None:
        read = _piece(piece, self.protect)
        if len(piece) <= _LONGEST_PIECE:
            if len(self) >= _MOST_PIECES:
                self.clear()
            self[piece] = read
        return read


_protected: Final = _Pieces(True)
_unprotected: Final = _Pieces(False)


def _piece(piece: str, protect: bool) -> str | None:
    """Read a piece; None if it depends on the text around it."""
    sign = piece[0]
    if piece in _ALONE or _NOT_ALONE.search(piece):
        return None
    if sign == "$":
        math = simple_math(piece[1:-1])
        return piece if math is None else math
    if sign == "{" and piece[1] != "\\":
        # The token reader would need many times as long for a title in braces.
        inner = _in_pieces(piece[1:-1], False)
        if inner is not None:
            is_protected = protect and any(map(str.isalpha, inner))
            return f"{NO_CASE}{inner}</span>" if is_protected else inner
    elif (accent := _ACCENT_ONLY.fullmatch(piece)) and accent[1] in ACCENTS:
        return None  # over the sign that follows
    reader = TokenReader(piece, protect)
    read = reader.read()
    return None if reader.unknown or reader.is_open else read


def _whole(text: str, protect: bool) -> tuple[str, tuple[str, ...]]:
    """Read a text token by token; return it with its unknown commands."""
    if "\\ifmmode" in text:
        text = _stripped(in_text_mode(text))
    if "\\\\" in text or "\\par" in text or "\\newline" in text:
        text = _BREAK.sub(_break, text)
    reader = TokenReader(text, protect)
    return reader.read(), tuple(reader.unknown)


_cached: Final = lru_cache(maxsize=8192)(_whole)


def in_text_mode(text: str) -> str:
    r"""Return LaTeX with each `\ifmmode … \else … \fi` replaced by the part that applies.

    The American Physical Society writes accented letters so. Outside math the part after `\else`
    applies, between dollar signs the part before it. Conditions may be nested. Text after a
    condition without an end is not changed.

    Example:
        >>> in_text_mode(r"\ifmmode \check{Z}\else \v{Z}\fi{}umer")
        '\\v{Z}umer'
        >>> in_text_mode(r"$\ifmmode \alpha\else a\fi$ and \ifmmode \beta\fi b")
        '$\\alpha$ and b'
    """
    out: list[str] = []
    conditions: list[tuple[bool, int, int]] = []  # whether it counts; its places in out and text
    in_math = False
    position = hidden = 0
    for token in _CONDITION.finditer(text):
        name = token[1]
        if token.start() < position:
            continue
        if not hidden:
            out.append(text[position : token.start()])
        position = token.end()
        if name == "ifmmode":
            conditions.append((in_math, len(out), token.start()))
            hidden += not in_math
        elif name and not conditions:
            out.append(token[0])
        elif name == "else":
            counts, place, start = conditions[-1]
            conditions[-1] = (not counts, place, start)
            hidden += 1 if counts else -1
        elif name == "fi":
            counts, place, _ = conditions.pop()
            hidden -= not counts
            if place < len(out):
                out[place] = out[place].lstrip()
                out[-1] = out[-1].rstrip()
            if text.startswith("{}", position) and not _ends_in_command(text, token.start()):
                position += 2
        elif not hidden:
            in_math ^= token[0] == "$"
            out.append(token[0])
    if conditions:
        _, place, start = conditions[0]
        return "".join(out[:place]) + text[start:]
    out.append(text[position:])
    return "".join(out)


def _ends_in_command(text: str, end: int) -> bool:
    r"""Return whether a place follows a command of letters, such as `\O`, which continues."""
    while end and text[end - 1] == " ":
        end -= 1
    start = end
    while start and text[start - 1].isascii() and text[start - 1].isalpha():
        start -= 1
    is_command = start < end and text[start - 1 : start] == "\\"
    return is_command and text[start:end] not in {"else", "fi", "ifmmode"}


def _break(found: re.Match[str]) -> str:
    return found[1] + ("{}" if found[1][-1].isalpha() else "")
