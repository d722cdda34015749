"""Write records as a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Any, Final

from refcite.formats.csv.cells import checked, written_row
from refcite.formats.csv.headers import EXTRA, ORDER, column_of
from refcite.formats.csv.parts import first_address
from refcite.formats.csv.values import MARK, NAMES, write_cell
from refcite.formats.jsontext import encode
from refcite.formats.typenames import type_named
from refcite.problems import FormatError, near_matches
from refcite.record import Record
from refcite.vocabulary import ATTRIBUTES

__all__ = ["write"]

_VARIABLES: Final = tuple(name for name in ORDER if name in ATTRIBUTES)
_VALUES_OF: Final = attrgetter(*(ATTRIBUTES[name] for name in _VARIABLES))
_NUL: Final = "\0"
"""The character that is omitted from every file that is read."""
_CONTROLS: Final = re.compile(r"[\x00-\x1f\x85\u2028\u2029]")


def write(
    records: Iterable[Record],
    *,
    delimiter: str = ",",
    columns: str | Sequence[str] | None = None,
    bom: bool = False,
    escape_formulas: bool = True,
) -> str:
    """Return records as a table, one line for each, under a header of CSL variables.

    A column is written for each variable of a record, and for each text in its `extra`. Values
    that no cell can hold unchanged (an empty text, a list) are in JSON in the column
    `extra`.

    Args:
        records: The records.
        delimiter: The character between cells.
        columns: The columns to write, in order, or their names in one text with commas
            between them; all others are omitted.
        bom: Whether to start with a byte-order mark, without which Excel does not see that the
            file is UTF-8.
        escape_formulas: Whether to put an apostrophe before a cell that a spreadsheet would read
            as a formula. The reader removes it again.

    Raises:
        FormatError: A column is unknown, or the delimiter is no single character.

    Example:
        >>> from refcite import Name, Record, dumps
        >>> print(dumps([Record(id="a", type="book", title="=One",
        ...                     author=(Name(family="Roe", given="Ann"),))], "csv"), end="")
        id,type,author,title
        a,book,"Roe, Ann",'=One
    """
    checked(delimiter)
    table = [_cells(record) for record in records]
    wanted = _wanted(columns, table) if columns is not None else _used(table)
    lines = [written_row(wanted, delimiter, escape_formulas)]
    for cells in table:
        row = (cells.get(name, "") for name in wanted)
        lines.append(written_row(row, delimiter, escape_formulas))
    return ("\ufeff" if bom else "") + "".join(lines)


def _wanted(columns: str | Sequence[str], table: Sequence[dict[str, str]]) -> list[str]:
    names = columns.split(",") if isinstance(columns, str) else columns
    wanted = []
    for name in map(str.strip, names):
        column = column_of(name)
        found = column.name if column is not None else name
        if found not in ORDER and found != EXTRA and not any(found in cells for cells in table):
            raise FormatError(f"there is no column {name!r}{near_matches(name, ORDER)}")
        wanted.append(found)
    return wanted


def _used(table: Iterable[dict[str, str]]) -> list[str]:
    used = dict.fromkeys(name for cells in table for name in cells)
    known = [name for name in ORDER if name in used or name in ("id", "type")]
    others = [name for name in used if name not in ORDER and name != EXTRA]
    return [*known, *others, *([EXTRA] if EXTRA in used else [])]


def _cells(record: Record) -> dict[str, str]:
    cells: dict[str, str] = {}
    beside: dict[str, Any] = {}
    if record.id == record.id.strip() and record.id[:1] != "\ufeff" and _NUL not in record.id:
        cells["id"] = record.id
    else:
        beside[f"{MARK}id"] = record.id
    cells["type"] = record.type
    for name, value in zip(_VARIABLES, _VALUES_OF(record), strict=True):
        if value is None or value == ():
            continue
        et_al = name in NAMES and ATTRIBUTES[name] in record.et_al
        cell = write_cell(name, value, et_al=et_al)
        if cell is not None and _is_read_whole(name, cell):
            cells[name] = cell
            continue
        if et_al:
            beside.setdefault(f"{MARK}et-al", []).append(name)
        beside[f"{MARK}{name}"] = [str(one) for one in value] if name in NAMES else str(value)
    for key, value in record.extra.items():
        if key == "type" and _is_own_type(record, value):
            cells["type"] = value
        elif _is_cell(key, value):
            cells[key] = value
        else:
            beside[key] = value
    if beside:
        cells[EXTRA] = encode(beside)
    return cells


def _is_read_whole(name: str, cell: str) -> bool:
    """Return whether the reader keeps a cell as it is: it separates several URLs in one cell."""
    return _NUL not in cell and (name != "URL" or first_address(cell)[0] == cell)


def _is_own_type(record: Record, value: Any) -> bool:
    return record.type == "document" and _is_text(value) and type_named(value) is None


def _is_cell(key: str, value: Any) -> bool:
    # The header, by which tables and their delimiters are recognised, is one line.
    is_header = _is_text(key) and not _CONTROLS.search(key) and column_of(key) is None
    return is_header and _is_text(value)


def _is_text(value: Any) -> bool:
    return (
        isinstance(value, str)
        and value != ""
        and value == value.strip()
        and value[0] != "\ufeff"
        and _NUL not in value
    )
