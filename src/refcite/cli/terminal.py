"""What a person sees on a terminal, and plain text where the output goes elsewhere.

rich is imported where there is a terminal to draw on: a pipe neither needs it nor waits for it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

__all__ = [
    "Line",
    "Piece",
    "console",
    "echo",
    "echo_document",
    "echo_table",
    "on_terminal",
    "plain",
    "printable",
]

Piece = str | tuple[str, str]
"""A text, or a text with its style in rich's words, such as `bold red`."""
Line = str | tuple[Piece, ...]
"""What stands in a line or in a cell: plain text, or pieces."""
_GAP: Final = 2
_CONTROL: Final = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
"""What may rule over other signs, their direction included, but for the end of a line."""
_COMMAND: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""What a terminal may obey, but for tabs and the ends of lines."""


def on_terminal(*, err: bool = False) -> bool:
    """Tell whether somebody looks at standard output, or at standard error, on a terminal."""
    stream = sys.stderr if err else sys.stdout
    # While a bar is drawn, rich stands before the stream, and tells the truth since 15.0 only.
    stream = getattr(stream, "rich_proxied_file", stream)
    # Where the shell has closed it (`>&-`), there is none.
    return stream is not None and stream.isatty()


def printable(text: str) -> str:
    r"""Return a text in one line, without anything that a terminal would obey.

    Example:
        >>> printable("a\x1b[31mb\nc")
        'a [31mb c'
    """
    return _CONTROL.sub(" ", text).replace("\n", " ")


def plain(line: Line) -> str:
    """Return what a line says, without its styles.

    Example:
        >>> plain(("error", ": ", ("no title", "bold")))
        'error: no title'
    """
    if isinstance(line, str):
        return line
    return "".join(piece if isinstance(piece, str) else piece[0] for piece in line)


@cache
def console(*, err: bool = False) -> Console:
    """Return what draws on the terminal; text is never taken for markup.

    There is one for each output, so that what is printed and a bar make room for each other. The
    colours are left out where `NO_COLOR` is set, or the terminal has none.
    """
    from rich.console import Console

    return Console(stderr=err, markup=False, highlight=False, emoji=False)


def echo(lines: Iterable[Line], *, err: bool = False) -> None:
    """Print lines, with their styles on a terminal, which breaks those that are too long.

    What would command the terminal is not sent to it; a pipe gets every character.
    """
    if not on_terminal(err=err):
        for line in lines:
            click.echo(plain(line), err=err)
        return
    terminal = console(err=err)
    for line in lines:
        terminal.print(_drawn(line), soft_wrap=True)


def echo_document(pieces: Iterable[str]) -> None:
    """Print what is to be read by a program, in pieces.

    A pipe gets every character; on a terminal, spaces stand for those that would command it.
    """
    if sys.stdout is None:
        return
    is_seen = on_terminal()
    for piece in pieces:
        sys.stdout.write(_COMMAND.sub(" ", piece) if is_seen else piece)
    sys.stdout.flush()


def echo_table(
    rows: Iterable[Sequence[Line]], headings: Sequence[str] = (), *, indent: int = 0
) -> None:
    """Print rows in columns: on a terminal cells are broken so that all fits, elsewhere none is.

    Args:
        rows: The cells of each; all have equally many.
        headings: What stands over the columns, and on a terminal makes it a table with rules.
        indent: How many spaces stand before each row.
    """
    if on_terminal():
        _draw_table(rows, headings, indent)
        return
    texts = [[plain(cell) for cell in row] for row in rows]
    if headings:
        texts.insert(0, list(headings))
    widths = [max(map(len, column)) for column in zip(*texts, strict=True)]
    for row in texts:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        click.echo(" " * indent + (" " * _GAP).join(cells).rstrip())


def _draw_table(rows: Iterable[Sequence[Line]], headings: Sequence[str], indent: int) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.padding import Padding
    from rich.table import Table

    if headings:
        table = Table(*headings, box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    else:
        table = Table.grid(padding=(0, _GAP, 0, 0))
    terminal = console()
    drawn = [tuple(map(_drawn, row)) for row in rows]
    for cells in drawn:
        table.add_row(*cells)
    for column in table.columns:
        column.overflow = "fold"  # nothing that a person wants to copy is cut off
    # What names a row is copied most, so the other columns give way first.
    longest = max((cells[0].cell_len for cells in drawn), default=0)
    table.columns[0].width = min(longest, terminal.width * 3 // 5)
    terminal.print(Padding(table, (0, 0, 0, indent)))


def _drawn(line: Line) -> Text:
    from rich.text import Text

    pieces = (line,) if isinstance(line, str) else line
    return Text.assemble(
        *(
            _CONTROL.sub(" ", piece)
            if isinstance(piece, str)
            else (_CONTROL.sub(" ", piece[0]), piece[1])
            for piece in pieces
        )
    )
