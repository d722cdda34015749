"""Tables whose columns are places in their lines: a longer text in a cell widens its column.

In grid tables, simple tables and multiline tables of pandoc, a column is what is between two places
of each line. In pipe tables, columns have no width.

Source: pandoc's manual, "Tables".
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from attrs import frozen

__all__ = ["Edit", "aligned"]

_BORDER: Final = re.compile(r"^[ >]*\+(?:[-=:]++\+)++[ \t]*$", re.MULTILINE)
_RULER: Final = re.compile(r"^[ ]*-{2,}+(?:[ ]++-{2,}+)++[ \t]*$", re.MULTILINE)
_LINE: Final = re.compile(r"-{3,}")
_GROUPS: Final = re.compile(r"-{2,}(?:[ ]+-{2,})+")
_DASHES: Final = re.compile(r"-+")
_MOST_LINES: Final = 1_000
"""No table is longer, as far as its end is searched."""


@frozen
class Edit:
    """A part of the text and its replacement.

    Attributes:
        start: Where the part starts.
        end: Where it ends.
        text: The replacement.
    """

    start: int
    end: int
    text: str


@frozen
class _Table:
    """A table.

    Attributes:
        lines: The starts and ends of its lines.
        ends: The places in a line where columns end, without that of the last one.
        ruler: The line of dashes whose groups are columns; None in a grid table.
    """

    lines: Sequence[tuple[int, int]]
    ends: Sequence[int]
    ruler: tuple[int, int] | None = None


def aligned(text: str, edits: Sequence[Edit]) -> list[Edit]:
    r"""Return edits with those that keep the columns of tables.

    Args:
        text: The text.
        edits: The edits, in the order of their places, not overlapping.

    Example:
        >>> text = "+----+---+\n| @a | b |\n+----+---+\n"
        >>> edits = aligned(text, [Edit(13, 15, "Roe (2001)")])
        >>> [(one.start, one.text) for one in edits]
        [(5, '--------'), (13, 'Roe (2001)'), (27, '--------')]
    """
    found: list[Edit] = list(edits)
    if "--" not in text:
        return found
    starts = [edit.start for edit in edits]
    for table in _tables(text):
        first, last = table.lines[0][0], table.lines[-1][1]
        inside = edits[bisect_left(starts, first) : bisect_left(starts, last)]
        if inside:
            found += _widened(text, table, inside)
    found.sort(key=lambda one: (one.start, one.end))
    return found


def _widened(text: str, table: _Table, edits: Sequence[Edit]) -> list[Edit]:
    """Return the edits that make columns as wide as their longest cells are now."""
    growths: dict[tuple[int, int], int] = {}  # by the line and the column
    place = 0
    for edit in edits:
        while edit.start > table.lines[place][1]:
            place += 1
        start, end = table.lines[place]
        if edit.end > end:
            return []  # the text continues in another line
        key = start, bisect_right(table.ends, edit.start - start)
        growths[key] = growths.get(key, 0) + len(edit.text) - (edit.end - edit.start)
    widths = [0] * len(table.ends)
    for (_, column), growth in growths.items():
        if column < len(widths):
            widths[column] = max(widths[column], growth)
    found: list[Edit] = []
    for line in table.lines:
        for column, width in enumerate(widths):
            missing = width - growths.get((line[0], column), 0)
            if missing > 0 and line[0] + table.ends[column] <= line[1]:
                where = _filled(text, table, line, column)
                if where is not None:
                    found.append(Edit(where[0], where[0], where[1] * missing))
    return found


def _filled(text: str, table: _Table, line: tuple[int, int], column: int) -> tuple[int, str] | None:
    """Return the place where a line of a column becomes longer, and with which sign."""
    place = line[0] + table.ends[column]
    sign = text[place - 1]
    if table.ruler is None:
        if text[place : place + 1] not in ("|", "+"):
            return None  # a cell of several columns
        if sign == ":":
            place, sign = place - 1, text[place - 2]  # the sign of an alignment remains last
        return place, sign if sign in "-=" else " "
    row = text[slice(*line)]
    if _is_ruler(row):
        while sign == " ":
            place -= 1
            sign = text[place - 1]
        return place, "-"
    groups = list(_DASHES.finditer(text, *table.ruler))
    start, end = (place - table.ruler[0] for place in groups[column].span())
    cell = row[start:end]
    if line[1] < table.ruler[0] and cell[:1] == " " and cell[-1:].strip() and len(cell) > 1:
        return line[0] + start, " "  # the heading of a column that is aligned at its right side
    return place, " "


def _is_ruler(line: str) -> bool:
    return _RULER.fullmatch(line) is not None or _LINE.fullmatch(line.strip()) is not None


# Searching tables


def _tables(text: str) -> Iterator[_Table]:
    """Yield the tables of a text, in the order of their kinds."""
    done = -1
    for border in _BORDER.finditer(text):
        if border.start() > done:
            lines = list(_rows(text, border.start(), border.end()))
            done = lines[-1][1]
            rows = (text[slice(*line)] for line in lines)
            borders = (row for row in rows if _BORDER.fullmatch(row) is not None)
            ends = {place for row in borders for place, sign in enumerate(row) if sign == "+"}
            yield _Table(lines, sorted(ends)[1:])
    done = -1
    for ruler in _RULER.finditer(text):
        if ruler.start() > done:
            lines = _ruled(text, ruler.span())
            done = lines[-1][1]
            starts = [found.start() for found in _DASHES.finditer(ruler[0])]
            yield _Table(lines, starts[1:], ruler.span())


def _rows(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the lines of a grid table."""
    line: tuple[int, int] | None = (start, end)
    while line is not None and text[slice(*line)].lstrip(" >").startswith(("|", "+")):
        yield line
        line = _after(text, line[1])


def _ruled(text: str, ruler: tuple[int, int]) -> list[tuple[int, int]]:
    """Return the lines of a simple or multiline table."""
    lines = [ruler]
    line = _before(text, ruler[0])
    while line is not None and text[slice(*line)].strip():
        lines.insert(0, line)
        line = _before(text, line[0])
    closing = _LINE if _LINE.fullmatch(text[slice(*lines[0])].strip()) is not None else None
    if lines[0] == ruler:
        closing = _GROUPS
    if closing is not None and (more := _until(text, ruler[1], closing)):
        return [*lines, *more]
    line = _after(text, ruler[1])
    while line is not None and text[slice(*line)].strip():
        lines.append(line)
        line = _after(text, line[1])
    return lines


def _until(text: str, end: int, closing: re.Pattern[str]) -> list[tuple[int, int]]:
    """Return the lines to one that closes a table; none if there is no such line."""
    lines: list[tuple[int, int]] = []
    line = _after(text, end)
    while line is not None and len(lines) < _MOST_LINES:
        lines.append(line)
        row = text[slice(*line)].strip()
        if closing.fullmatch(row) is not None:
            return lines
        if row.startswith(("#", "```", "~~~", ":::")):
            break
        line = _after(text, line[1])
    return []


def _before(text: str, start: int) -> tuple[int, int] | None:
    """Return the line before one that starts at a place."""
    return (text.rfind("\n", 0, start - 1) + 1, start - 1) if start else None


def _after(text: str, end: int) -> tuple[int, int] | None:
    """Return the line after one that ends at a place."""
    if end + 1 >= len(text):
        return None
    stop = text.find("\n", end + 1)
    return end + 1, len(text) if stop < 0 else stop
