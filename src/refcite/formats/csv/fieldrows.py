"""Tables with a row for each field of a work, as Embase exports them next to those with columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Final

from refcite.formats.csv.cells import Row
from refcite.formats.csv.databases import normal

__all__ = ["with_columns"]

_FIRST: Final = "TITLE"
"""The field with which each work begins."""
_FIELDS_TEXT: Final = (
    "author-names author-addresses source source-title publication-year volume issue doi pui"
    " original-title editors embase-accession-id medline-pmid publication-type issn"
)
_FIELDS: Final = frozenset(_FIELDS_TEXT.split())
_AHEAD: Final = 20
_ENOUGH: Final = 2
_MOST: Final = 200
"""The maximum number of columns; further fields (Embase has none) are joined in one column."""
_OTHERS: Final = "other fields"


def with_columns(table: Iterator[Row]) -> Iterator[Row]:
    """Return the rows of a table, with a column for each field if it had a row for each.

    Args:
        table: The rows.

    Example:
        >>> cells = [["TITLE", "On ebb"], ["AUTHOR NAMES", "Quist A.", "Roe B."], ["PUI", "L1"]]
        >>> rows = with_columns(iter([Row(row, line) for line, row in enumerate(cells, 1)]))
        >>> [row.cells for row in rows]
        [['TITLE', 'AUTHOR NAMES', 'PUI'], ['On ebb', 'Quist A.; Roe B.', 'L1']]
    """
    ahead = list(islice(table, _AHEAD))
    start = next((n for n, row in enumerate(ahead) if row.cells[0] == _FIRST), len(ahead))
    if sum(map(_is_field, ahead[start + 1 : start + 8])) < _ENOUGH:
        return chain(ahead, table)
    return chain(ahead[:start], _turned(chain(ahead[start:], table)))


def _is_field(row: Row) -> bool:
    return row.cells[0].isupper() and normal(row.cells[0]) in _FIELDS


def _turned(table: Iterable[Row]) -> Iterator[Row]:
    works: list[tuple[dict[str, list[str]], int]] = []
    names: dict[str, None] = {}
    for row in table:
        name, *values = row.cells
        if name == _FIRST:
            works.append(({}, row.line))
        if name not in names and len(names) >= _MOST:
            name, values = _OTHERS, [": ".join(row.cells)]
        names[name] = None
        works[-1][0].setdefault(name, []).extend(filter(None, values))
    yield Row(list(names), works[0][1])
    for work, line in works:
        yield Row(["; ".join(work.get(name, ())) for name in names], line)
