"""Read a table of references."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from refcite.dates import Date
from refcite.formats.csv.cells import DELIMITERS, Row, rows
from refcite.formats.csv.headers import EXTRA, Column, column_of, type_named
from refcite.formats.csv.values import MARK, NAMES, read_cell, read_names
from refcite.identifiers import normal_doi
from refcite.library import Library
from refcite.names import Name
from refcite.problems import FormatError, Problem, Severity, near_matches
from refcite.record import Origin, Record
from refcite.vocabulary import ATTRIBUTES, ITEM_TYPES

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
    mark = _checked(delimiter) if delimiter else _found_out(text)
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


def _checked(delimiter: str) -> str:
    if len(delimiter) != 1 or delimiter in "\"'\r\n":
        raise FormatError(f"a delimiter is one character between cells, not {delimiter!r}")
    return delimiter


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
        self._columns = [column_of(header) for header in headers]
        self._names = _distinct(headers)
        self._problems = problems
        self._day_first = day_first
        # What counts first is read first.
        self._order = sorted(
            (place for place, column in enumerate(self._columns) if column),
            key=lambda place: self._rank(place),
        )
        self.is_known = bool(self._order)

    def _rank(self, place: int) -> int:
        column = self._columns[place]
        return column.rank if column else 0

    def record(self, row: Row) -> Record:
        """Return the record of a row."""
        draft = _Draft(self._day_first)
        cells = row.cells
        for place in self._order:
            column = self._columns[place]
            if column and place < len(cells) and cells[place]:
                draft.take(column, self._names[place], cells[place])
        for place, cell in enumerate(cells):
            if cell and (place >= len(self._columns) or self._columns[place] is None):
                name = self._names[place] if place < len(self._names) else f"column-{place + 1}"
                draft.extra.setdefault(name, cell)
        draft.finish()
        self._report(draft, row)
        origin = Origin(format=FORMAT, line=row.line)
        return Record(
            id=draft.id,
            type=draft.type,  # type: ignore[arg-type]  # the table's types are CSL's
            extra=draft.extra,
            origin=origin,
            **draft.values,
        )

    def _report(self, draft: _Draft, row: Row) -> None:
        found, wanted = len(row.cells), len(self._columns)
        if found != wanted and (found < wanted or any(row.cells[wanted:])):
            draft.problems.append(
                Problem(
                    severity=Severity.WARNING,
                    code="row-length",
                    message=f"the row has {found} cells, and the header {wanted}",
                    hint="put quotation marks round cells that hold the delimiter",
                )
            )
        key = draft.id or None
        self._problems.extend(p.replace(line=row.line, key=key) for p in draft.problems)


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


class _Draft:
    """What the cells of a row say."""

    def __init__(self, day_first: bool | None) -> None:
        self._day_first = day_first
        self._parts: dict[str, str] = {}
        self._guess = "document"
        self.id = ""
        self.type = ""
        self.values: dict[str, Any] = {}
        self.extra: dict[str, Any] = {}
        self.problems: list[Problem] = []

    def take(self, column: Column, header: str, cell: str) -> None:
        """Read a cell."""
        name = column.name
        if name == "id":
            self.id = self.id or cell
        elif name == "type":
            self._take_type(header, cell)
        elif name == EXTRA:
            self._take_extra(header, cell)
        elif name in ATTRIBUTES:
            self._take_variable(column, header, cell)
        else:
            self._parts[name] = cell

    def _take_type(self, header: str, cell: str) -> None:
        named = type_named(cell)
        if not self.type:
            self.type = named or "document"
            if named is None:
                self.extra["type"] = cell
                near = near_matches(cell, ITEM_TYPES) if len(cell) < 60 else ""
                message = f"{cell[:60]!r} is no type that is known; it is read as document"
                self._warn("unknown-type", message, f"use one of CSL's types{near}")
        else:
            # Zotero has the kind of a thesis or a report in a second column of this name.
            self._put("genre", header, cell)

    def _take_extra(self, header: str, cell: str) -> None:
        try:
            found = json.loads(cell) if cell[0] == "{" else None
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            self.extra[header] = cell
            return
        for key, value in found.items():
            name = key.removeprefix(MARK)
            if key == name or not self._take_marked(name, value):
                self.extra[key] = value

    def _take_marked(self, name: str, value: Any) -> bool:
        """Take a variable that stands among what is extra, since no cell could hold it."""
        if name == "id" and isinstance(value, str):
            self.id = value
        elif name in ATTRIBUTES and isinstance(value, str):
            self.values[ATTRIBUTES[name]] = read_cell(name, value)
        elif name == "et-al" and isinstance(value, list):
            known = {ATTRIBUTES[one] for one in value if one in NAMES}
            self.values.setdefault("et_al", set()).update(known)
        elif name in ATTRIBUTES and isinstance(value, list):
            self.values[ATTRIBUTES[name]] = tuple(Name.parse(str(part)) for part in value)
        else:
            return False
        return True

    def _take_variable(self, column: Column, header: str, cell: str) -> None:
        if column.type and not self._guess_is_made():
            self._guess = column.type
        if column.name == "DOI":
            cell = normal_doi(cell)
        self._put(column.name, header, cell)

    def _guess_is_made(self) -> bool:
        return self._guess != "document"

    def _put(self, name: str, header: str, cell: str) -> None:
        attribute = ATTRIBUTES[name]
        if attribute not in self.values:
            if name in NAMES:
                found = read_names(cell)
                self.problems += found.problems
                if found.names:
                    found.put(self.values, attribute)
                return
            self.values[attribute] = read_cell(name, cell, self._day_first, self.problems)
        elif not self._is_said(name, attribute, cell):
            self.extra.setdefault(header, cell)

    def _is_said(self, name: str, attribute: str, cell: str) -> bool:
        value = self.values[attribute]
        if isinstance(value, Date):
            return Date.parse(cell) == value or cell == str(value.year)
        if isinstance(value, tuple):
            return read_names(cell).names == value
        return bool(value == cell)

    def finish(self) -> None:
        """Put the parts together, and give the work a type."""
        start, end = self._parts.get("page-start"), self._parts.get("page-end")
        if start and "page" not in self.values:
            self.values["page"] = f"{start}-{end}" if end and end != start else start
        self._finish_date(self._parts.get("month"), self._parts.get("day"))
        self.type = self.type or self._guess

    def _finish_date(self, month: str | None, day: str | None) -> None:
        issued = self.values.get("issued")
        if not month or issued is None or issued.year is None or issued.month is not None:
            return
        parts = f"{day or ''} {month} {issued.year}" if not month.isdigit() else ""
        numbers = [part.zfill(2) for part in (month, day) if part]
        date = Date.parse(parts.strip() or "-".join([f"{issued.year:04}", *numbers]))
        if date.year == issued.year and date.month is not None:
            self.values["issued"] = date
        else:
            self.extra.update({"month": month} if not day else {"month": month, "day": day})

    def _warn(self, code: str, message: str, hint: str) -> None:
        self.problems.append(
            Problem(severity=Severity.WARNING, code=code, message=message, hint=hint)
        )
