"""Read a table of references."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from refcite.dates import Date
from refcite.formats.csv.cells import DELIMITERS, Row, checked, rows
from refcite.formats.csv.headers import EXTRA, SPEC, column_of
from refcite.formats.csv.values import MARK, NAMES, read_cell, read_names
from refcite.formats.draft import Draft
from refcite.formats.typenames import type_named
from refcite.identifiers import normal_doi
from refcite.library import Library
from refcite.names import Name
from refcite.problems import Problem, Severity, near_matches
from refcite.record import Record
from refcite.vocabulary import ATTRIBUTES, ITEM_TYPES, NAME_VARIABLES

__all__ = ["FORMAT", "read"]

FORMAT: Final = "csv"
_LONGEST_HEADER: Final = 100_000


def read(text: str, *, delimiter: str | None = None, day_first: bool | None = None) -> Library:
    r"""Read a table whose first row says what its columns are.

    Args:
        text: The table.
        delimiter: What separates cells; by default what the first row tells: a comma, a semicolon,
            a tab or a bar.
        day_first: Whether `01/02/2017` is 1 February or 2 January.

    Returns:
        The records, with what is wrong in the library's problems. A column of an unknown name goes
        to `extra`, under that name.

    Raises:
        FormatError: The delimiter is not a single character, or one of a cell's own.

    Example:
        >>> from refcite import loads
        >>> library = loads("Title;Authors;Year;Shelf\nOne;Roe, Ann; 1926;B 12\n", "csv")
        >>> library[0].title, str(library[0].author[0]), dict(library[0].extra)
        ('One', 'Roe, Ann', {'Shelf': 'B 12'})
    """
    library = Library(is_keyed=False)
    text = text.removeprefix("\ufeff")
    line = 1
    first, _, rest = text.partition("\n")
    if first[:4].lower() == "sep=" and len(first.rstrip("\r")) == 5:
        delimiter, text, line = delimiter or first[4], rest, 2
    mark = checked(delimiter) if delimiter else _found_out(text)
    table = rows(text, mark, library.problems, line)
    header = next(table, None)
    if header is None:
        return library
    reader = _Reader(header.cells, library.problems, day_first)
    if not reader.is_known:
        library.problems.append(_no_header(header))
        return library
    for row in table:
        library.append(reader.record(row))
    return library


def _found_out(text: str) -> str:
    """Return the delimiter by which the first row has the most columns that are known."""
    head = text.lstrip()[:_LONGEST_HEADER]

    def known(mark: str) -> tuple[int, int]:
        first = next(rows(head, mark, []), Row([], 1)).cells
        return sum(column_of(cell) is not None for cell in first), len(first)

    return max(DELIMITERS, key=known)


def _no_header(header: Row) -> Problem:
    return Problem(
        severity=Severity.ERROR,
        code="no-header",
        message=f"no column of the first row is known: {', '.join(header.cells)[:80]!r}",
        line=header.line,
        hint="name the columns in the first row: id, type, title, author, issued …",
    )


class _Reader:
    """Reads the rows under one header."""

    def __init__(
        self, headers: Sequence[str], problems: list[Problem], day_first: bool | None
    ) -> None:
        columns = list(map(column_of, headers))
        self._names = _distinct(headers)
        self._problems = problems
        self._day_first = day_first
        self._known = [(place, column) for place, column in enumerate(columns) if column]
        # What counts first is read first.
        self._known.sort(key=lambda known: known[1].rank)
        self._unknown = [place for place, column in enumerate(columns) if not column]
        self.is_known = bool(self._known)

    def record(self, row: Row) -> Record:
        """Return the record of a row."""
        draft = Draft(SPEC, "document", day_first=self._day_first, line=row.line)
        parts: dict[str, str] = {}
        guess = ""
        cells, width = row.cells, len(self._names)
        for place, column in self._known:
            cell = cells[place] if place < len(cells) else ""
            if not cell:
                continue
            name, header = column.name, self._names[place]
            if name in ATTRIBUTES:
                guess = guess or column.type
                _read_variable(draft, name, header, cell)
            elif name == "id":
                draft.put("id", cell)
            elif name == "type":
                _read_type(draft, header, cell)
            elif name == EXTRA:
                _read_extra(draft, header, cell)
            else:
                parts[name] = cell
        for place in (*self._unknown, *range(width, len(cells))):
            if place < len(cells) and cells[place]:
                name = self._names[place] if place < width else f"column-{place + 1}"
                draft.extra.setdefault(name, cells[place])
        _read_parts(draft, parts)
        draft.values.setdefault("type", guess or "document")
        if len(cells) < width or any(cells[width:]):
            draft.report(
                "row-length",
                f"the row has {len(cells)} cells, and the header {width}",
                Severity.WARNING,
                "put quotation marks round cells that hold the delimiter",
            )
        key = draft.values.get("id") or None
        self._problems += [problem.replace(key=key) for problem in draft.problems]
        return draft.record(FORMAT)


def _distinct(headers: Sequence[str]) -> list[str]:
    names: list[str] = []
    taken: set[str] = set()
    for place, header in enumerate(headers, 1):
        name = header or f"column-{place}"
        while name in taken:
            name = f"{name} ({place})"
        names.append(name)
        taken.add(name)
    return names


def _read_type(draft: Draft, header: str, cell: str) -> None:
    if "type" in draft.values:
        # Zotero has the kind of a thesis or a report in a second column of this name.
        _read_variable(draft, "genre", header, cell)
        return
    named = type_named(cell)
    draft.values["type"] = named or "document"
    if named is None:
        draft.extra["type"] = cell
        near = near_matches(cell, ITEM_TYPES) if len(cell) < 60 else ""
        message = f"{cell[:60]!r} is no type that is known; it is read as document"
        draft.report("unknown-type", message, Severity.WARNING, f"use one of CSL's types{near}")


def _read_extra(draft: Draft, header: str, cell: str) -> None:
    try:
        found = json.loads(cell) if cell[0] == "{" else None
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        draft.extra[header] = cell
        return
    for key, value in found.items():
        name = key.removeprefix(MARK)
        if key == name or not _read_marked(draft, name, value):
            draft.extra[key] = value


def _read_marked(draft: Draft, name: str, value: Any) -> bool:
    """Read a variable that stands among what is extra, since no cell could hold it."""
    if name == "id" and isinstance(value, str):
        draft.values["id"] = value
    elif name == "et-al" and isinstance(value, list):
        _go_on(draft, *(ATTRIBUTES[one] for one in NAME_VARIABLES if one in value))
    elif name in ATTRIBUTES and isinstance(value, str):
        draft.values[ATTRIBUTES[name]] = read_cell(name, value)
    elif name in ATTRIBUTES and isinstance(value, list):
        draft.values[ATTRIBUTES[name]] = tuple(Name.parse(str(part)) for part in value)
    else:
        return False
    return True


def _go_on(draft: Draft, *attributes: str) -> None:
    """Say that lists of names go on."""
    draft.values["et_al"] = {*draft.values.get("et_al", ()), *attributes}


def _read_variable(draft: Draft, name: str, header: str, cell: str) -> None:
    attribute = ATTRIBUTES[name]
    if name == "DOI":
        cell = normal_doi(cell)
    if attribute not in draft.values and name in NAMES:
        names, goes_on = read_names(cell)
        if names:
            draft.values[attribute] = names
        if goes_on:
            _go_on(draft, attribute)
    elif attribute not in draft.values:
        doubts: list[Problem] = []
        draft.values[attribute] = read_cell(name, cell, draft.day_first, doubts)
        draft.doubts(doubts)
    elif not _is_said(name, draft.values[attribute], cell):
        draft.extra.setdefault(header, cell)


def _is_said(name: str, value: Any, cell: str) -> bool:
    return read_cell(name, cell, problems=[]) == value or (
        isinstance(value, Date) and cell == str(value.year)
    )


def _read_parts(draft: Draft, parts: Mapping[str, str]) -> None:
    """Put together what stands in several columns."""
    start, end = parts.get("page-start"), parts.get("page-end")
    if start:
        draft.put("page", f"{start}-{end}" if end and end != start else start)
    month, day = parts.get("month"), parts.get("day")
    issued = draft.values.get("issued")
    if not month or issued is None or issued.year is None or issued.month is not None:
        return
    words = f"{day or ''} {month} {issued.year}" if not month.isdigit() else ""
    numbers = [part.zfill(2) for part in (month, day) if part]
    date = Date.parse(words.strip() or "-".join([f"{issued.year:04}", *numbers]))
    if date.year == issued.year and date.month is not None:
        draft.values["issued"] = date
    else:
        draft.extra.update({"month": month} if not day else {"month": month, "day": day})
