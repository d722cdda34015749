"""What a reader finds out about a work, before it is a record.

A reader cuts its text into fields: a key, a text and a line each. A `Draft` reads them by the
format's table, keeps what the table has no place for in `extra` under the source's own name, and
says what is doubtful, with its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from refcite.formats.crosswalk import Row, Spec
from refcite.formats.faults import first_told, no_entries
from refcite.library import Library
from refcite.names.lists import is_et_al, without_et_al
from refcite.problems import Problem, Severity
from refcite.record import Origin, Record
from refcite.vocabulary import attribute_of

__all__ = ["Draft", "Field", "library_of"]

Field = tuple[str, str, int]
"""The key of a field, its text, and its line, counted from 1."""

_SHOWN: Final = 40


class Draft:
    """The attributes of a record, before it is made.

    Args:
        spec: The format's table.
        type_: The type by which fields are found: CSL's, or the format's own where the table says
            so.
        day_first: Whether `01/02/2017` is 1 February or 2 January; None where nothing tells.
        line: The line where the entry starts.

    Attributes:
        spec: The format's table.
        values: The attributes, by name.
        extra: What no attribute holds, under the source's own names.
        problems: What is doubtful, with its line.
        day_first: As given.
        line: The line of what is read just now.

    Example:
        >>> from refcite.formats.crosswalk import Row, TypeRow
        >>> spec = Spec((TypeRow("BOOK", "book"),), (Row("TI", "title"), Row("T1", "title")))
        >>> draft = Draft(spec, "book")
        >>> draft.read([("T1", "First", 2), ("TI", "Best", 3), ("XX", "7", 4)])
        >>> draft.values, draft.extra
        ({'title': 'Best'}, {'T1': 'First', 'XX': '7'})
        >>> [problem.code for problem in draft.problems]
        ['second-value', 'unknown-tag']
    """

    __slots__ = ("_start", "_type", "day_first", "extra", "line", "problems", "spec", "values")

    def __init__(
        self, spec: Spec, type_: str, *, day_first: bool | None = None, line: int | None = None
    ) -> None:
        self.spec = spec
        self.values: dict[str, Any] = {}
        self.extra: dict[str, Any] = {}
        self.problems: list[Problem] = []
        self.day_first = day_first
        self.line = line
        self._start = line
        self._type = type_

    def read(self, fields: Iterable[Field]) -> None:
        """Read fields by the rows of the table; empty ones say nothing.

        Of several rows of one variable the first in the table counts. A text that a row's codec
        does not take goes to the next row of its key, and what no row takes is kept.

        Args:
            fields: The fields of one entry, in its order.
        """
        pending: dict[str, list[tuple[str, int]]] = {}
        for own, text, line in fields:
            if text:
                pending.setdefault(own, []).append((text, line))
        had_row: set[str] = set()
        for row in self.spec.readers(self._type):
            found = pending.get(row.own)
            if found is not None:
                had_row.add(row.own)
                rest = self._read_row(row, found)
                if rest:
                    pending[row.own] = rest
                else:
                    del pending[row.own]
        for own, found in pending.items():
            self._keep_rest(own, found, had_place=own in had_row)

    def _read_row(self, row: Row, found: list[tuple[str, int]]) -> list[tuple[str, int]]:
        """Fill the row's variable, and return the texts that it does not take."""
        attribute = attribute_of(row.variable)
        codec = row.kind
        before = self.values.get(attribute)
        rest: list[tuple[str, int]] = []
        values: list[Any] = []
        for text, line in found:
            self.line = line
            if codec.others:
                alone = is_et_al(text)
                name, goes_on = ("", True) if alone else without_et_al(text)
                if goes_on:
                    self.values["et_al"] = {*self.values.get("et_al", ()), attribute}
                if alone:
                    continue
                value = codec.read(name, self)
            else:
                value = codec.read(text, self)
            if value is None:
                rest.append((text, line))
            elif before is not None:
                if value != before:
                    rest.append((text, line))
            elif not values or codec.join is not None:
                values.append(value)
            elif value != values[0]:
                rest.append((text, line))
        if values:
            self.values[attribute] = values[0] if codec.join is None else codec.join(values)
        return rest

    def _keep_rest(self, own: str, found: list[tuple[str, int]], *, had_place: bool) -> None:
        for place, (text, line) in enumerate(found):
            self.line = line
            if had_place:
                if own not in self.spec.several:
                    self.second_value(own, text)
            elif place == 0 and not self.spec.knows(own):
                self.report("unknown-tag", f"the tag {own} is none of the format's; it is kept")
            self.keep(own, text)

    def put(self, variable: str, value: Any) -> bool:
        """Fill a variable, unless something else fills it already.

        Args:
            variable: CSL's variable, in CSL's spelling.
            value: Its value.

        Returns:
            Whether the variable has this value now.
        """
        return bool(self.values.setdefault(attribute_of(variable), value) == value)

    def keep(self, own: str, value: Any) -> None:
        """Keep a value in `extra`: one as it is, several of one key as a list.

        Example:
            >>> draft = Draft(Spec((), ()), "book")
            >>> draft.keep("C1", "one")
            >>> draft.keep("C1", "two")
            >>> draft.extra
            {'C1': ['one', 'two']}
        """
        before = self.extra.get(own)
        if before is None:
            self.extra[own] = value
        elif isinstance(before, list):
            before.append(value)
        else:
            self.extra[own] = [before, value]

    def report(
        self,
        code: str,
        message: str,
        severity: Severity = Severity.INFO,
        hint: str | None = None,
    ) -> None:
        """Add a problem, at the line of what is read just now."""
        self.problems.append(
            Problem(
                severity=severity,
                code=code,
                message=message,
                line=self.line,
                column=1 if self.line else None,
                hint=hint,
            )
        )

    def second_value(self, own: str, text: str) -> None:
        """Report that a field says something beside what fills its variable."""
        shown = text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
        self.report("second-value", f"{own} {shown!r} is kept beside what another field says")

    def doubts(self, problems: Iterable[Problem]) -> None:
        """Add problems that have no place yet, at the line of what is read just now."""
        for problem in problems:
            self.problems.append(problem.replace(line=self.line, column=1 if self.line else None))

    def record(self, format: str, verbatim: Mapping[str, Any] | None = None) -> Record:  # noqa: A002 - as in `Origin`
        """Return the record.

        Args:
            format: The format's name, for the record's origin.
            verbatim: What the writer needs to write an untouched entry as it was.
        """
        origin = Origin(format=format, verbatim=verbatim or {}, line=self._start)
        return Record(**self.values, extra=self.extra, origin=origin)


def library_of(
    found: Iterable[tuple[Record, Draft]],
    *,
    missing: str,
    problems: Iterable[Problem] = (),
    is_keyed: bool = False,
) -> Library:
    """Return a library of the records that a reader has made, with their problems in order.

    Args:
        found: Each record, with the draft that it was made of.
        missing: What is said where there is none.
        problems: What was met outside the entries.
        is_keyed: Whether the format names its records.
    """
    library = Library(is_keyed=is_keyed)
    doubts = [*problems, *_fill(library, found)]
    if not len(library):
        doubts.append(no_entries(missing))
    doubts.sort(key=lambda problem: problem.line or 0)
    library.problems[:0] = doubts
    return library


def _fill(library: Library, found: Iterable[tuple[Record, Draft]]) -> Iterator[Problem]:
    told: set[str] = set()
    for record, draft in found:
        library.append(record)
        key = record.id or None
        for problem in first_told(draft.problems, told):
            yield problem.replace(key=key)
