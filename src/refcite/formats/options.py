"""The protocols of readers and writers, and their options with types.

The dictionaries name every option of the built-in formats, so that an editor completes them and
mypy checks them where `load`, `loads`, `dump`, `dumps` and `convert` are called. A test compares
them with the functions. A format of another package receives its own options through `Format.read`
and `Format.write`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Final, Literal, Protocol, TypedDict

from refcite.dates import Date
from refcite.library import Library
from refcite.record import Record

__all__ = ["COMMON", "ConvertOptions", "ReadOptions", "Reader", "WriteOptions", "Writer"]

COMMON: Final = ("accessed", "day_first")
"""Options that every reader accepts; a reader that does not use one reports a problem."""


class _OfReaders(TypedDict, total=False):
    accessed: str | Date | datetime.date | None
    collection: str | None
    day_first: bool | None
    group: str | None
    note_fields: bool
    publishers: Iterable[str]
    url: str | None


class ReadOptions(_OfReaders, total=False):
    """The options of the built-in readers.

    Attributes:
        accessed: The day on which a page or a document was read; None for none.
        collection: The name or the path of a collection of Zotero.
        day_first: Whether `01/02/2017` is 1 February or 2 January; None if not known.
        delimiter: The character between the cells of a table.
        group: The name of a group library of Zotero.
        note_fields: Whether variables in notes (`original-date: 1925`) are read.
        publishers: Names of publishers to recognise on pages and in cite-as strings.
        url: The URL of a page.
    """

    delimiter: str | None


class _OfWriters(TypedDict, total=False):
    align: bool | None
    ascii: bool
    block: bool
    bom: bool
    columns: str | Sequence[str] | None
    compact: bool
    date_format: Literal["dmy", "mdy", "iso"]
    dialect: Literal["bibtex", "biblatex"] | None
    escape_formulas: bool
    indent: int | None
    key_pattern: str | None
    lines: bool
    message: str | None
    referrer: str | None
    refs: bool
    style: str


class WriteOptions(_OfWriters, total=False):
    """The options of the built-in writers.

    Attributes:
        align: Whether the values of a BibTeX entry are aligned.
        ascii: Whether BibTeX is written in ASCII, with LaTeX commands for the rest.
        block: Whether each parameter of a Wikipedia template has its own line.
        bom: Whether a table begins with a byte-order mark.
        columns: The columns of a table.
        compact: Whether a BibTeX entry is written in one line.
        date_format: The form of the dates of Wikipedia.
        delimiter: The character between the cells of a table.
        dialect: The types and fields of BibTeX or of biblatex.
        escape_formulas: Whether cells that a spreadsheet would interpret as formulas are escaped.
        indent: Spaces for each level of JSON.
        key_pattern: The pattern of BibTeX keys.
        lines: Whether CSL-JSON is written one record per line.
        message: The message of a Citation File Format file.
        referrer: The `rfr_id` of COinS.
        refs: Whether Wikipedia templates are in `<ref>` elements.
        style: The CSL style of cite-as strings.
    """

    delimiter: str


class ConvertOptions(_OfReaders, _OfWriters, total=False):
    """The options of the built-in readers and writers, for `convert`.

    Attributes:
        delimiter: The character between the cells of a table, of the output if
            both are tables.
    """

    delimiter: str | None


class Reader(Protocol):
    """The function `read` of a format's module; its options are keywords with defaults."""

    def __call__(self, text: str, /) -> Library:
        """Return the records of a text, with its errors in the problems of the library."""


class Writer(Protocol):
    """The function `write` of a format's module; its options are keywords with defaults."""

    def __call__(self, records: Iterable[Record], /) -> str:
        """Return records as a text of the format."""
