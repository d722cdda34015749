"""Read a table of references."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, Final

from refcite.dates import Date
from refcite.formats.common_problems import outside_entry
from refcite.formats.csv.cells import DELIMITERS, Row, checked, rows
from refcite.formats.csv.databases import Database, database_of
from refcite.formats.csv.fieldrows import with_columns
from refcite.formats.csv.headers import EXTRA, SPEC, Column, column_of
from refcite.formats.csv.parts import PARTS, cleaned, first_address, put_together, settle
from refcite.formats.csv.people import Form, read_people
from refcite.formats.csv.values import MARK, NAMES, read_cell, read_names
from refcite.formats.draft import Draft
from refcite.formats.typenames import type_named
from refcite.identifiers import normal_doi
from refcite.library import Library
from refcite.names import Name
from refcite.problems import Problem, Severity, near_matches
from refcite.record import Record
from refcite.vocabulary import ATTRIBUTES, ITEM_TYPES

__all__ = ["FORMAT", "known_columns", "read"]

FORMAT: Final = "csv"
_LONGEST_HEADER: Final = 100_000
_YEAR: Final = re.compile(r"\d{3}|\d[/.-]\d+[/.-]\d")
_PREFACE: Final = 20
"""The number of rows in which the header is searched."""


def read(text: str, *, delimiter: str | None = None, day_first: bool | None = None) -> Library:
    r"""Read a table whose first row names its columns.

    Args:
        text: The table.
        delimiter: The character between cells; by default that of the header: a comma, a semicolon,
            a tab or a bar.
        day_first: Whether `01/02/2017` is 1 February or 2 January.

    Returns:
        The records, with the problems in the library. A column of an unknown name goes
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
    table = with_columns(rows(text, mark, library.problems, line))
    header, before = _header_of(table)
    library.problems += [
        outside_entry(" ".join(filter(None, row.cells)), row.line) for row in before
    ]
    if header is None:
        return library
    reader = _Reader(header.cells, library.problems, day_first)
    if not reader.is_known:
        library.problems.append(_no_header(header))
        return library
    for row in table:
        library.adopt(reader.record(row))
    return library


def _header_of(table: Iterator[Row]) -> tuple[Row | None, list[Row]]:
    """Return the header row, and the rows before it.

    Some databases write a few lines before it, such as the query.
    """
    first = next(table, None)
    if first is None or known_columns(first):
        return first, []
    before = [first]
    for row in islice(table, _PREFACE):
        if known_columns(row) > 1:
            return row, before
        before.append(row)
    return first, []


def known_columns(row: Row) -> int:
    """Return how many cells of a row are headers of columns that are known.

    Example:
        >>> known_columns(Row(["Title", "Author/s", "Colour"], 1))
        2
    """
    database, _ = database_of(row.cells)
    return sum(column_of(cell, database) is not None for cell in row.cells)


def _found_out(text: str) -> str:
    """Return the delimiter by which the header has the most columns that are known."""
    head = text.lstrip()[:_LONGEST_HEADER]

    def known(mark: str) -> tuple[int, int]:
        first = next(rows(head, mark, []), Row([], 1))
        return known_columns(first), len(first.cells)

    def known_behind(mark: str) -> tuple[int, int]:
        some = islice(rows(head, mark, []), _PREFACE)
        return max(((known_columns(row), len(row.cells)) for row in some), default=(0, 0))

    best = max(DELIMITERS, key=known)
    return best if known(best)[0] else max(DELIMITERS, key=known_behind)


def _no_header(header: Row) -> Problem:
    return Problem(
        severity=Severity.ERROR,
        code="no-header",
        message=f"the first row contains no known column name: {', '.join(header.cells)[:80]!r}",
        line=header.line,
        hint="name the columns in the first row: id, type, title, author, issued …",
    )


class _Reader:
    """Reads the rows under one header."""

    def __init__(
        self, headers: Sequence[str], problems: list[Problem], day_first: bool | None
    ) -> None:
        self._database, self._people = database_of(headers)
        columns = [column_of(header, self._database) for header in headers]
        self._names = _distinct(headers)
        self._problems = problems
        self._day_first = day_first
        known = [(place, column) for place, column in enumerate(columns) if column and column.name]
        # Columns that take precedence are read first.
        self._known = sorted(known, key=lambda one: one[1].rank)
        self._unknown = sorted({*range(len(columns))} - {place for place, _ in known})
        self._year = next(
            (place for place, one in self._known if one == Column("issued", 2)), len(headers)
        )
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
                if self._database is not None:
                    cell = cleaned(name, cell)
                if name == "issued" and place != self._year:
                    cell = self._with_year(cell, cells)
                _read_variable(draft, name, header, cell, self._people)
            elif name == "id":
                draft.put("id", cell)
            elif name == "type":
                _read_type(draft, header, cell, self._database)
            elif name == EXTRA:
                _read_extra(draft, header, cell)
            else:
                parts[name] = cell
                if name not in PARTS:
                    draft.extra.setdefault(header, cell)
        for place in (*self._unknown, *range(width, len(cells))):
            if place < len(cells) and cells[place]:
                name = self._names[place] if place < width else f"column-{place + 1}"
                draft.extra.setdefault(name, cells[place])
        put_together(draft, parts)
        if self._database is not None:
            settle(draft, parts, self._database)
        draft.values.setdefault("type", guess or "document")
        if len(cells) < width or any(cells[width:]):
            draft.report(
                "row-length",
                f"the row has {len(cells)} cells, and the header {width}",
                Severity.WARNING,
                "put quotation marks around cells that contain the delimiter",
            )
        key = draft.values.get("id") or None
        record = draft.record(FORMAT)
        self._problems += [problem.replace(key=key) for problem in draft.problems]
        return record

    def _with_year(self, cell: str, cells: Sequence[str]) -> str:
        """Return a date with the year of another column if it has none: `SEP 22`."""
        year = cells[self._year] if self._year < len(cells) else ""
        return f"{cell} {year}" if year.isdigit() and not _YEAR.search(cell) else cell


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


_GENRES: Final = frozenset(
    ["comment", "editorial", "editorial material", "letter", "letter to the editor", "news"]
)
"""Kinds of articles that a citation names next to the title."""


def _read_type(draft: Draft, header: str, cell: str, database: Database | None) -> None:
    if database is not None and database.is_of_works:
        named = database.type_of(cell)
        if "type" in draft.values:
            draft.extra.setdefault(header, cell)
            return
        if named == "article-journal" and cell.casefold() in _GENRES:
            draft.values.setdefault("genre", cell)
        elif named is not None and named != type_named(cell) and cell.casefold() != "article":
            # An erratum is an article, and more than that.
            draft.extra.setdefault(header if header.casefold() != "type" else "document type", cell)
    elif "type" in draft.values:
        # Zotero has the kind of a thesis or a report in a second column of this name.
        _read_variable(draft, "genre", header, cell)
        return
    else:
        named = database.type_of(cell) if database is not None else type_named(cell)
    if named is not None:
        draft.values["type"] = named
        return
    near = near_matches(cell, ITEM_TYPES) if len(cell) < 60 else ""
    draft.unknown_type(cell, hint=f"use one of CSL's types{near}")


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
    """Read a variable that is in the column for other values, since no cell could hold it."""
    if name == "id" and isinstance(value, str):
        draft.values["id"] = value
    elif name in ATTRIBUTES and isinstance(value, str):
        draft.values[ATTRIBUTES[name]] = read_cell(name, value)
    elif name == "et-al" and isinstance(value, list):
        for one in value:
            if one in NAMES:
                draft.mark_et_al(ATTRIBUTES[one])
    elif name in ATTRIBUTES and isinstance(value, list):
        draft.values[ATTRIBUTES[name]] = tuple(Name.parse(str(part)) for part in value)
    else:
        return False
    return True


def _read_variable(
    draft: Draft, name: str, header: str, cell: str, people: Form | None = None
) -> None:
    attribute = ATTRIBUTES[name]
    if name == "DOI":
        cell = normal_doi(cell)
    elif name == "URL":
        cell, others = first_address(cell)
        if others:
            draft.extra.setdefault("links", others)
    if attribute not in draft.values:
        if name in NAMES:
            found = read_people(cell, people) if people is not None else read_names(cell)
            if names := draft.names(found, attribute):
                draft.values[attribute] = names
            return
        doubts: list[Problem] = []
        value = read_cell(name, cell, draft.day_first, doubts)
        draft.doubts(doubts)
        draft.values[attribute] = value
    elif not _is_said(draft, name, cell, people):
        draft.extra.setdefault(header, cell)


def _is_said(draft: Draft, name: str, cell: str, people: Form | None) -> bool:
    """Return whether the cell of a second column contains nothing new, or is the year of a date."""
    attribute = ATTRIBUTES[name]
    before = draft.values[attribute]
    if name in NAMES and people is not None:
        return bool(read_people(cell, people).names == before)
    value = read_cell(name, cell, problems=[])
    if isinstance(before, Date):
        if before.year is None and value.year is not None:
            draft.values[attribute] = value
            draft.extra.setdefault("date", str(before))
            return True
        return bool(value == before or cell == str(before.year))
    return bool(value == before)
