"""The printed problems of an input: one per line, and on a terminal with the line of the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from refcite.cli.terminal import Line, console, echo, on_terminal, printable
from refcite.problems import InputError, Problem, Severity

__all__ = ["STYLES", "are_incomplete", "report"]

STYLES: Final = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
"""The style of each severity on a terminal."""
_RECOVERED: Final = frozenset({"missing-comma", "extra-brace"})
"""Codes of errors after which the whole entry is read: no part of the input is missing."""
_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_ALWAYS: Final = frozenset(
    {
        "equal-records",
        "unused-option",
        "no-bibliography",
        "renamed-style",
        "highlight-in-text",
        "highlighted-by-initials",
    }
)
"""Codes of severity `info` that are printed: the effect of an option is not the expected one."""
_LARGEST: Final = 1 << 25
"""A file with more bytes is not read again to show its lines."""


def report(problems: Iterable[Problem], *, everything: bool = False, quoted: bool = False) -> bool:
    """Print problems to standard error; return whether a part of the input could not be read.

    Args:
        problems: The problems.
        everything: Also print problems of severity `info`.
        quoted: On a terminal, show the line of each problem in the file.
    """
    shown = list(problems)
    failed = are_incomplete(shown)
    if not everything:
        shown = [
            problem
            for problem in shown
            if problem.severity is not Severity.INFO or problem.code in _ALWAYS
        ]
    if on_terminal(err=True):
        quotations = _Quotations(console(err=True).width) if quoted else None
        echo((line for one in shown for line in _drawn(one, quotations)), err=True)
    else:
        echo(map(_on_one_line, shown), err=True)
    return failed


def are_incomplete(problems: Iterable[Problem]) -> bool:
    """Return whether problems show that a part of the input could not be read.

    Errors do, except syntax errors that leave only one way to read the entry.
    """
    return any(one.severity is Severity.ERROR and one.code not in _RECOVERED for one in problems)


def _on_one_line(problem: Problem) -> str:
    """Return a problem as text, also if the name of its file contains the end of a line."""
    file = problem.file
    if file is not None and printable(file) != file:
        problem = problem.replace(file=printable(file))
    return str(problem)


def _drawn(problem: Problem, quotations: _Quotations | None) -> Iterator[Line]:
    place = ":".join(str(part) for part in (problem.file, problem.line, problem.column) if part)
    yield (
        (f"{printable(place)}: " if place else "", "bold"),
        (str(problem.severity), STYLES[problem.severity]),
        f": {printable(problem.message)} ",
        (f"[{problem.code}]", "dim"),
    )
    if quotations is not None:
        yield from quotations.of(problem)
    if problem.hint:
        yield (("  → ", "dim"), printable(problem.hint))


class _Quotations:
    """The lines of files, in the form that is shown below a problem.

    Args:
        width: The number of columns of the terminal.
    """

    def __init__(self, width: int) -> None:
        self._width = width
        self._lines: dict[str, list[str]] = {}

    def of(self, problem: Problem) -> Iterator[Line]:
        """Yield the line of a problem with its number, and a mark under the column."""
        if problem.file is None or problem.line is None:
            return
        lines = self._lines_of(problem.file)
        if not 0 < problem.line <= len(lines):
            return
        margin = f"{problem.line:>6} │ "
        text, place = self._cut(lines[problem.line - 1], problem.column, len(margin))
        yield ((margin, "dim"), text)
        if problem.column is not None:
            from rich.cells import cell_len

            before = f"{'│':>8} ", "dim"
            yield (before, " " * cell_len(text[:place]), ("^", STYLES[problem.severity]))

    def _lines_of(self, file: str) -> list[str]:
        if file not in self._lines:
            self._lines = {file: _lines(file)}  # problems come file by file
        return self._lines[file]

    def _cut(self, line: str, column: int | None, margin: int) -> tuple[str, int]:
        """Return the part of a line that fits on the terminal, and the column's index in it."""
        from rich.cells import cell_len

        place = min((column or 1) - 1, len(line))
        room = max(self._width - margin - 2, 10)
        near = line[max(place - room, 0) : place + room]
        if cell_len(near) > len(near):
            room //= 2  # a letter may be as wide as two
        start = max(place - room // 2, 0) if place >= room else 0
        text = printable(line[start : start + room])
        if start:
            text = f"…{text[1:]}"
        if start + room < len(line):
            text = f"{text[:-1]}…"
        return text, place - start


def _lines(file: str) -> list[str]:
    from refcite.formats.files import decode, read_source

    path = Path(file)
    try:
        if not path.is_file() or path.stat().st_size > _LARGEST:
            return []
        text, _ = decode(read_source(path))
    except (OSError, InputError):
        return []
    return _LINE_END.split(text)
