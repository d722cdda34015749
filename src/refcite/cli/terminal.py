"""Output: formatted on a terminal, plain text in a file or a pipe.

rich is imported only for a terminal, so that a pipe does not wait for it.
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
"""The contents of a line or a cell: plain text, or pieces."""
_GAP: Final = 2
_CONTROL: Final = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
"""Characters that control others, including their direction, except the end of a line."""
_COMMAND: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""Characters that may control a terminal, except tabs and ends of lines."""


def on_terminal(*, err: bool = False) -> bool:
    """Return whether standard output, or standard error, is a terminal."""
    stream = sys.stderr if err else sys.stdout
    # While a bar is drawn, rich replaces the stream; `isatty` is only correct since rich 15.0.
    stream = getattr(stream, "rich_proxied_file", stream)
    # It is None if the shell has closed it (`>&-`).
    return stream is not None and stream.isatty()


def printable(text: str) -> str:
    r"""Return a text in one line, without control characters.

    Example:
        >>> printable("a\x1b[31mb\nc")
        'a [31mb c'
    """
    return _CONTROL.sub(" ", text).replace("\n", " ")


def plain(line: Line) -> str:
    """Return the text of a line, without its styles.

    Example:
        >>> plain(("error", ": ", ("no title", "bold")))
        'error: no title'
    """
    if isinstance(line, str):
        return line
    return "".join(piece if isinstance(piece, str) else piece[0] for piece in line)


@cache
def console(*, err: bool = False) -> Console:
    """Return the console that draws on the terminal; text is never interpreted as markup.

    There is one for each output, so that printed text and a bar do not overlap. The
    colours are omitted if `NO_COLOR` is set or the terminal has none.
    """
    from rich.console import Console

    return Console(stderr=err, markup=False, highlight=False, emoji=False)


def echo(lines: Iterable[Line], *, err: bool = False) -> None:
    """Print lines, with their styles on a terminal, which breaks those that are too long.

    Control characters are not sent to a terminal; a pipe gets every character.
    """
    if not on_terminal(err=err):
        for line in lines:
            click.echo(plain(line), err=err)
        return
    terminal = console(err=err)
    for line in lines:
        terminal.print(_drawn(line), soft_wrap=True)


def echo_document(pieces: Iterable[str]) -> None:
    """Print the input of another program, in pieces.

    A pipe gets every character; on a terminal, control characters are replaced with spaces.
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
    """Print rows in columns; cells are only divided into lines on a terminal.

    Args:
        rows: The cells of each; all have equally many.
        headings: The titles of the columns; on a terminal, the table then has rules.
        indent: The number of spaces before each row.
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
        column.overflow = "fold"  # no text is cut off, so that it can be copied
    # The name of a row is copied most, so the other columns are narrowed first.
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
