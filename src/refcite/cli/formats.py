"""`refcite formats`: what each format can do, and its mapping table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import wrap
from typing import Final

from refcite.formats import Format, formats, get_format
from refcite.problems import FormatError

__all__ = ["format_lines", "table_lines"]

_WIDTH: Final = 98
_INDENT: Final = 13


def format_lines() -> Iterator[str]:
    """Yield the list of all formats: what each reads and writes, and what it cannot carry."""
    listed = [(format_, " ".join(_endings(format_))) for format_ in formats()]
    width = max(len(endings) for _, endings in listed)
    for format_, endings in listed:
        start = f"{format_.name:<12} {_abilities(format_):<15} {endings:<{width}}"
        yield f"{start} {format_.title}".rstrip()
        table = format_.mapping()
        if format_.carries_all:
            yield " " * _INDENT + "holds everything"
        elif table is not None and format_.writes:
            yield from _wrapped("has no place for", table.not_carried())
            yield from _wrapped("changes the types", table.types_not_carried())


def _endings(format_: Format) -> tuple[str, ...]:
    return (*format_.extensions, *format_.shared_extensions)


def _abilities(format_: Format) -> str:
    able = (("read", format_.reads), ("write", format_.writes))
    return " and ".join(word for word, can in able if can)


def _wrapped(what: str, names: Iterable[str]) -> Iterator[str]:
    text = ", ".join(names)
    if text:
        yield from wrap(
            f"{what}: {text}",
            _WIDTH,
            initial_indent=" " * _INDENT,
            subsequent_indent=" " * (_INDENT + 2),
            break_on_hyphens=False,
        )


def table_lines(name: str) -> Iterator[str]:
    """Yield the mapping table of a format, a row a line, in columns.

    Raises:
        UnknownFormatError: There is no such format.
        FormatError: The format, which another package adds, shows no table.
    """
    format_ = get_format(name)
    table = format_.mapping()
    if table is None:
        raise FormatError(f"the format {format_.name!r} shows no mapping table")
    rows = [("type", "", "CSL type", ""), *((r.own, r.arrow, r.csl, "") for r in table.types)]
    rows += [("", "", "", ""), ("field", "", "CSL variable", "in")]
    rows += [(r.own, r.arrow, r.variable, ", ".join(r.types) or "all") for r in table.fields]
    widths = [max(len(row[place]) for row in rows) for place in range(3)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=False))
        yield "  ".join((*cells, row[3])).rstrip()
