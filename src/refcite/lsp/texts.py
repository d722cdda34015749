"""Open texts: their lines, incremental changes, and positions in the protocol's units.

Lines end with a line feed, a carriage return, or both: the protocol knows no other line ends. The
unit of a position in a line is a byte of UTF-8, a unit of UTF-16 or a character, as the client and
the server have agreed; here, all places are in characters.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final, Literal

from attrs import frozen

__all__ = ["Encoding", "Place", "Text", "from_units", "to_units"]

Encoding = Literal["utf-8", "utf-16", "utf-32"]
"""The units of positions in a line."""

_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_BREAK: Final = re.compile(r"```|~~~|<!--|-->|\A(?:---|\.\.\.)")
"""What may begin or end a block of several lines in Markdown."""
_CODECS: Final = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2)}


@frozen(order=True)
class Place:
    """A place in a text.

    Attributes:
        line: Its line, from 0.
        column: The number of characters before it in the line.
    """

    line: int
    column: int


def to_units(line: str, column: int, encoding: Encoding) -> int:
    r"""Return the number of units before a column of a line.

    Example:
        >>> to_units("a\U0001f600b", 2, "utf-16"), to_units("é", 1, "utf-8")
        (3, 2)
    """
    before = line[:column]
    if encoding == "utf-32" or before.isascii():
        return len(before)
    codec, size = _CODECS[encoding]
    return len(before.encode(codec, "surrogatepass")) // size


def from_units(line: str, units: int, encoding: Encoding) -> int:
    r"""Return the column after a number of units of a line; the end of the line for too many.

    Example:
        >>> from_units("a\U0001f600b", 3, "utf-16"), from_units("one\n", 10, "utf-32")
        (2, 3)
    """
    end = len(line.rstrip("\r\n"))
    if encoding == "utf-32" or line.isascii():
        return min(units, end)
    codec, size = _CODECS[encoding]
    before = line.encode(codec, "surrogatepass")[: units * size]
    # A position within a character is before it.
    kept = "surrogatepass" if encoding == "utf-16" else "ignore"
    return min(len(before.decode(codec, kept)), end)


class Text:
    r"""A text that changes by parts.

    A change replaces lines, so that its time does not depend on the length of the text.

    Args:
        text: The text.
        version: Its version in the editor; None for a text of the disk.

    Attributes:
        lines: The lines with their line ends; the last one has none, and may be empty.
        version: The version.
        changes: The number of changes, for what is computed once for each state of the text.
        breaks: The number of changes that may have moved the blocks of Markdown.

    Example:
        >>> text = Text("one\ntwo\n")
        >>> text.change("x\ny", Place(0, 3), Place(1, 1))
        >>> str(text), len(text.lines)
        ('onex\nywo\n', 3)
    """

    __slots__ = ("_starts", "_text", "breaks", "changes", "lines", "version")

    def __init__(self, text: str, version: int | None = None) -> None:
        self.lines: list[str] = _lines(text)
        self.version = version
        self.changes = self.breaks = 0
        self._text: str | None = text
        self._starts: list[int] | None = None

    def __str__(self) -> str:
        if self._text is None:
            self._text = "".join(self.lines)
        return self._text

    @property
    def plain(self) -> str:
        """The text with line feeds as its only line ends, as readers get it."""
        text = str(self)
        return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text

    @property
    def newline(self) -> str:
        """The line end of the text."""
        first = self.lines[0]
        return first[len(first.rstrip("\r\n")) :] or "\n"

    def change(self, text: str, start: Place | None = None, end: Place | None = None) -> None:
        """Replace a part of the text, or the whole text without places."""
        self.changes += 1
        self._text = self._starts = None
        if start is None or end is None:
            self.lines = _lines(text)
            self.breaks += 1
            return
        start, end = self._inside(start), self._inside(max(start, end))
        head, tail = self.lines[start.line][: start.column], self.lines[end.line][end.column :]
        first, made = start.line, _lines(f"{head}{text}{tail}")
        if end.line + 1 < len(self.lines):
            made.pop()  # the empty line after the line end of the tail
        if first and self.lines[first - 1].endswith("\r") and made[0].startswith("\n"):
            first -= 1  # together they are one line end
            made[0] = f"{self.lines[first]}{made[0]}"
        old = self.lines[first : end.line + 1]
        self.lines[first : end.line + 1] = made
        if len(old) != len(made) or any(map(_BREAK.search, (*old, *made))):
            self.breaks += 1

    def _inside(self, place: Place) -> Place:
        if place.line >= len(self.lines):
            return self.end_of(len(self.lines) - 1)
        return min(place, self.end_of(place.line))

    # Places

    def place(self, line: int, units: int, encoding: Encoding) -> Place:
        """Return the place of a position of the protocol; the nearest one if it does not exist."""
        if line >= len(self.lines):
            return self.end_of(len(self.lines) - 1)
        return Place(line, from_units(self.lines[line], units, encoding))

    def units(self, place: Place, encoding: Encoding) -> tuple[int, int]:
        """Return the position of the protocol of a place: line and units."""
        place = self._inside(place)
        return place.line, to_units(self.lines[place.line], place.column, encoding)

    def place_of(self, offset: int) -> Place:
        """Return the place of an offset in `plain`."""
        starts = self._line_starts()
        line = bisect_right(starts, offset) - 1
        return Place(line, offset - starts[line])

    def offset_of(self, place: Place) -> int:
        """Return the offset in `plain` of a place."""
        return self._line_starts()[place.line] + place.column

    def _line_starts(self) -> Sequence[int]:
        if self._starts is None:
            self._starts = [0]
            total = 0
            for line in self.lines[:-1]:
                total += len(line) - line.endswith("\r\n")
                self._starts.append(total)
        return self._starts

    def end_of(self, line: int) -> Place:
        """Return the place at the end of a line, before its line end."""
        return Place(line, len(self.lines[line].rstrip("\r\n")))


def _lines(text: str) -> list[str]:
    """Return the lines of a text with their ends, with an empty one after the last line end."""
    if "\r" not in text:
        lines = text.split("\n")
        return [f"{line}\n" for line in lines[:-1]] + lines[-1:]
    found = _LINE.findall(text)
    return found if found and not found[-1].endswith(("\r", "\n")) else [*found, ""]
