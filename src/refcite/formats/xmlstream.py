"""The entries of an XML text in blocks, of which only the current one is in memory.

The text is cut at the tags of the entries, and each entry is parsed separately, with the namespaces
that the text has declared before it. So an error affects only one entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from refcite.formats.xmlread import Entry, entries
from refcite.problems import Problem, Severity

__all__ = ["stream_entries"]

_PREFIX: Final = re.compile(
    r"\sxmlns:([A-Za-z_][\w.-]{0,60})\s*=\s*(\"[^\"<]{0,400}\"|'[^'<]{0,400}')"
)
_COMMENT: Final = r"(?:<!--(?:(?!-->)[\s\S]){0,1000}-->\s{0,100})?"
_LONGEST_ENTRY: Final = 1 << 24
"""The maximum length of an entry; a longer one is treated as broken."""
_PIECE: Final = 1 << 16
_LONGEST_TAG: Final = 4_096
"""The end of a block that may contain the start of a tag."""


def stream_entries(
    blocks: Iterable[str],
    names: Iterable[str],
    problems: list[Problem],
    what: str,
    *,
    first: Iterable[str] = (),
) -> Iterator[Entry]:
    """Yield the entries of a text, one by one.

    Args:
        blocks: The XML, in pieces of any length.
        names: Local names of the elements that are entries. They do not contain each other.
        problems: List to which problems are added.
        what: The name of an entry in messages.
        first: Local names of the elements with which an entry starts, if another element has its
            name too, such as the `record` of a protocol around it.

    Example:
        >>> found = stream_entries(["<x><a>1</", "a><a>2</a></x>"], ["a"], [], "entry")
        >>> [(entry.element.text, entry.line) for entry in found]
        [('1', 1), ('2', 1)]
    """
    wanted = tuple(names)
    for text, line, prefixes in _Cutter(wanted, problems, what, tuple(first)).pieces(blocks):
        met: list[Problem] = []
        declared = "".join(f" xmlns:{name}={value}" for name, value in prefixes.items())
        for entry in entries(f"<saved{declared}>{text}</saved>", wanted, met, what):
            yield Entry(entry.element, entry.line + line - 1)
        problems += [one.replace(line=(one.line or 1) + line - 1) for one in met]


class _Cutter:
    """Cuts a text in blocks at the tags of its entries."""

    def __init__(
        self, names: tuple[str, ...], problems: list[Problem], what: str, first: tuple[str, ...]
    ) -> None:
        self._tag = re.compile(rf"<({_tag(names)})(?=[\s>/])")
        if first:
            inner = rf"[^<>]{{0,1000}}>\s{{0,1000}}{_COMMENT}<{_tag(first)}[\s>/]"
            self._tag = re.compile(rf"<({_tag(names)})(?=[\s>/])(?={inner})")
        self._problems = problems
        self._what = what
        self._text = ""
        self._line = 1
        self._prefixes: dict[str, str] = {}

    def pieces(self, blocks: Iterable[str]) -> Iterator[tuple[str, int, dict[str, str]]]:
        """Yield the source of each entry, its line, and the prefixes declared before it."""
        end_tag: re.Pattern[str] | None = None
        searched = 0
        for block in _small(blocks):
            self._text += block
            while True:
                if end_tag is None:
                    end_tag, searched = self._start(), 0
                    if end_tag is None:
                        break
                end = self._end(end_tag, searched)
                if end is None:
                    searched = max(len(self._text) - _LONGEST_TAG, 0)
                    if len(self._text) <= _LONGEST_ENTRY:
                        break
                    self._problems.append(_too_long(self._what, self._line))
                    end_tag = None
                    self._skip(1)
                    continue
                end_tag = None
                yield self._text[:end], self._line, self._prefixes
                self._skip(end)
        if end_tag is not None:
            yield self._text, self._line, self._prefixes

    def _start(self) -> re.Pattern[str] | None:
        """Go to the start of an entry, and return the pattern of its end; None without one."""
        found = self._tag.search(self._text)
        place = found.start() if found else max(len(self._text) - _LONGEST_TAG, 0)
        before = self._text[:place] if found else self._text
        if "xmlns:" in before:
            self._prefixes.update(_PREFIX.findall(before))
        self._skip(place)
        return re.compile(rf"</{re.escape(found[1])}\s*>") if found else None

    def _end(self, end_tag: re.Pattern[str], searched: int) -> int | None:
        if not searched:
            opened = self._text.find(">")
            if opened >= 0 and self._text[opened - 1] == "/":
                return opened + 1
        found = end_tag.search(self._text, searched)
        return found.end() if found else None

    def _skip(self, place: int) -> None:
        self._line += self._text.count("\n", 0, place)
        self._text = self._text[place:]


def _small(blocks: Iterable[str]) -> Iterator[str]:
    """Yield a text in small pieces, since what remains of one is copied after each entry."""
    for block in blocks:
        if len(block) <= _PIECE:
            yield block
        else:
            yield from (block[at : at + _PIECE] for at in range(0, len(block), _PIECE))


def _tag(names: Iterable[str]) -> str:
    """Return the pattern of the name of a tag, with any prefix."""
    return rf"(?:[A-Za-z_][\w.-]{{0,60}}:)?(?:{'|'.join(map(re.escape, names))})"


def _too_long(what: str, line: int) -> Problem:
    return Problem(
        severity=Severity.ERROR,
        code="broken-xml",
        message=f"the {what} is not closed, or too long to be one",
        line=line,
        hint=f"the {what} is not read",
    )
