"""Text as rows of cells (RFC 4180), each row with its line, and back.

The standard library's reader rejects cells of more than 128 KB, unless a limit is raised for the
whole program, and reads all text after an unclosed quotation mark as one cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from attrs import frozen

from refcite.problems import FormatError, Problem, Severity

__all__ = ["DELIMITERS", "Row", "checked", "rows", "written_row"]

DELIMITERS: Final = (",", ";", "\t", "|")

_FORMULA: Final = re.compile(r"'*[=+\-@\t\r\uff0b\uff0d\uff1d\uff20]")
_UNSAFE: Final = re.compile(r"[\"\r\n]|\A[\s\ufeff]|\s\Z")


def checked(delimiter: str) -> str:
    """Return a delimiter that can be between cells.

    Raises:
        FormatError: It is not a single character, or one of a cell's own.

    Example:
        >>> checked("|")
        '|'
    """
    if len(delimiter) != 1 or delimiter in "\"'\r\n":
        raise FormatError(f"a delimiter is one character between cells, not {delimiter!r}")
    return delimiter


@frozen
class Row:
    """A row of a table.

    Attributes:
        cells: Its cells.
        line: The line on which it starts, counted from 1.
    """

    cells: list[str]
    line: int


@lru_cache(maxsize=8)
def _pattern(delimiter: str) -> re.Pattern[str]:
    mark = re.escape(delimiter)
    # In databases' tables with tabs, quotation marks are part of the text.
    behind = rf"([ ]*+)(?=[\r\n{mark}]|\Z)" if delimiter == "\t" else rf"([^\r\n{mark}]*+)"
    return re.compile(
        rf'(?:[ ]*"((?:[^"]++|"")*+)"{behind}|([^\r\n{mark}]*+))({mark}|\r\n|\r|\n|\Z)'
    )


def rows(text: str, delimiter: str, problems: list[Problem], line: int = 1) -> Iterator[Row]:
    r"""Yield the rows of a text; those without any content are skipped.

    Args:
        text: The text.
        delimiter: The text that is between two cells.
        problems: List to which quotation marks are added that are never closed.
        line: The line on which the text starts.

    Example:
        >>> [row.cells for row in rows('id,title\na,"One, ""two"" "', ",", [])]
        [['id', 'title'], ['a', 'One, "two"']]
    """
    match, place, length = _pattern(delimiter).match, 0, len(text)
    cells: list[str] = []
    start = line
    while place < length or cells:
        found = match(text, place)
        if found is None:
            break
        quoted, after, bare, end = found.groups()
        if quoted is not None:
            if '""' in quoted:
                quoted = quoted.replace('""', '"')
            value = quoted + after.rstrip(" ")
            line += quoted.count("\n") or quoted.count("\r")
        else:
            value = bare
            if value.lstrip(" ")[:1] == '"' and delimiter != "\t":
                problems.append(_unclosed(line))
        cells.append(_without_escape(value.strip()))
        place = found.end()
        if end != delimiter:
            line += end != ""
            if any(cells):
                yield Row(cells, start)
            cells, start = [], line


def _unclosed(line: int) -> Problem:
    return Problem(
        severity=Severity.ERROR,
        code="unclosed-value",
        message="a quotation mark opens a cell and is never closed",
        line=line,
        hint="the cell is read to the end of its line; close it, or double the mark",
    )


def _without_escape(value: str) -> str:
    return value[1:] if value[:1] == "'" and _FORMULA.match(value) else value


def written_row(cells: Iterable[str], delimiter: str, escape_formulas: bool) -> str:
    """Return cells as a line.

    Args:
        cells: The cells.
        delimiter: The character between them.
        escape_formulas: Whether to put an apostrophe before text that a spreadsheet would evaluate.

    Example:
        >>> print(written_row(["a", "=1+1", "b, c"], ",", True), end="")
        a,'=1+1,"b, c"
    """
    return delimiter.join(_cell(cell, delimiter, escape_formulas) for cell in cells) + "\n"


def _cell(value: str, delimiter: str, escape_formulas: bool) -> str:
    # A cell with an apostrophe before a formula gets another, so that the first is kept.
    if _FORMULA.match(value) and (escape_formulas or value[0] == "'"):
        value = f"'{value}"
    if delimiter in value or _UNSAFE.search(value):
        return f'"{value.replace(chr(34), chr(34) * 2)}"'
    return value
