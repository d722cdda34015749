"""Cut a text in MEDLINE's tagged format into entries and tags."""

from __future__ import annotations

import re
from typing import Final

from attrs import frozen

from refcite.problems import Problem, Severity

__all__ = ["Entry", "Field", "entries"]

Field = tuple[str, str, int]
"""A tag, its value with the lines joined, and its line."""

_LINE: Final = re.compile(r"\r\n?|\n")
_TAG: Final = re.compile(r"([A-Z][A-Z0-9]{1,3}) {0,2}-(?:[ \t]+(.*)|)")
_SPACE: Final = re.compile(r"[ \t\f\v]{2,}|[\t\f\v]")
_TOLD: Final = 60


@frozen
class Entry:
    """The tags of one record.

    Attributes:
        fields: The tags in order.
        line: The line where it starts.
    """

    fields: list[Field]
    line: int


def entries(text: str, problems: list[Problem]) -> list[Entry]:
    r"""Return the records of a text.

    A record ends at an empty line, or where another PMID stands. A line without a tag goes on the
    value before it.

    Args:
        text: The text, with any line ends.
        problems: List to which is added what belongs to no record.

    Example:
        >>> entries("PMID- 1\nTI  - A long\n      title.\n\nPMID- 2\n", [])[0].fields
        [('PMID', '1', 1), ('TI', 'A long title.', 2)]
    """
    splitter = _Splitter(problems)
    for number, line in enumerate(_LINE.split(text.removeprefix("\ufeff")), start=1):
        splitter.take(line.rstrip(), number)
    return splitter.finish()


class _Splitter:
    def __init__(self, problems: list[Problem]) -> None:
        self._problems = problems
        self._entries: list[Entry] = []
        self._open: tuple[str, list[str], int] | None = None
        self._is_after_blank = True
        self._is_told = False

    def take(self, line: str, number: int) -> None:
        if not line:
            self._is_after_blank = True
            return
        found = _TAG.fullmatch(line) if line[0].isupper() else None
        if found:
            self._start(found[1], (found[2] or "").strip(), number)
            self._is_told = False
        elif self._open is not None and (line[0] in " \t" or not self._is_after_blank):
            self._open[1].append(line.strip())
        elif not self._is_told:
            self._is_told = True
            self._problems.append(_outside(line, number))
        self._is_after_blank = False

    def _start(self, tag: str, value: str, number: int) -> None:
        self._close()
        fields = self._entries[-1].fields if self._entries else []
        is_next = tag == "PMID" and any(name == "PMID" for name, _, _ in fields)
        if self._is_after_blank or is_next or not self._entries:
            self._entries.append(Entry([], number))
        self._open = (tag, [value], number)

    def _close(self) -> None:
        if self._open is not None:
            tag, pieces, line = self._open
            value = _SPACE.sub(" ", " ".join(filter(None, pieces)))
            self._entries[-1].fields.append((tag, value, line))
            self._open = None

    def finish(self) -> list[Entry]:
        self._close()
        return self._entries


def _outside(line: str, number: int) -> Problem:
    shown = line if len(line) <= _TOLD else f"{line[: _TOLD - 1]}…"
    return Problem(
        severity=Severity.WARNING,
        code="text-outside-entry",
        message=f"the text {shown!r} belongs to no record",
        line=number,
        column=1,
    )
