"""An ordered collection of records, with the problems met while reading them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import overload

from refcite import hooks
from refcite.keys import letters, made_key
from refcite.problems import Problem, Severity
from refcite.record import Record

__all__ = ["Library"]


class Library(hooks.Shown, Sequence[Record]):
    """Records in the order in which they were read, found by position or by id.

    A record without an id gets one (`item-1` and so on). Where two records have one id, both
    stay: the id finds the first, and the second is a problem of code `duplicate-id`.

    Args:
        records: The records.
        problems: What was met while reading them.
        is_keyed: Whether their source names its records. Where it does, one without a name is
            called by its place; else an id is made of author, year and title (`roe2019lamps`).

    Example:
        >>> from refcite import Library, Record
        >>> library = Library([Record(id="a", title="One"), Record(id="b", title="Two")])
        >>> library["b"].title, library[0].title, len(library), "c" in library
        ('Two', 'One', 2, False)
    """

    __slots__ = ("_by_id", "_is_keyed", "_made", "_records", "problems")

    def __init__(
        self,
        records: Iterable[Record] = (),
        problems: Iterable[Problem] = (),
        *,
        is_keyed: bool = True,
    ) -> None:
        self._records: list[Record] = []
        self._by_id: dict[str, Record] = {}
        self._is_keyed = is_keyed
        self._made: dict[str, int] = {}
        self.problems: list[Problem] = list(problems)
        for record in records:
            self.append(record)

    def append(self, record: Record) -> None:
        """Add a record at the end; an id that is taken is reported in `problems`.

        Args:
            record: The record; one without an id gets one.

        Example:
            >>> from refcite import Library, Record
            >>> library = Library([Record(id="a", title="One")])
            >>> library.append(Record(id="a", title="Two"))
            >>> library.append(Record(title="Three"))
            >>> library.ids, library.problems[0].code
            (('a', 'a', 'item-3'), 'duplicate-id')
        """
        if not record.id:
            record = record.replace(id=self._free_id(record))
        first = self._by_id.setdefault(record.id, record)
        if first is not record:
            self.problems.append(_duplicate(record, first))
        self._records.append(record)

    def _free_id(self, record: Record) -> str:
        key = "" if self._is_keyed else made_key(record)
        # How often a key was made is kept, so that many works of one key take no more time.
        count = self._made.get(key, 0) if key else len(self._records)
        while True:
            made = key + letters(count) if key else f"item-{count + 1}"
            count += 1
            if made not in self._by_id:
                self._made[key] = count
                return made

    @property
    def ids(self) -> tuple[str, ...]:
        """The records' ids, in order; an id that is used twice stands twice."""
        return tuple(record.id for record in self._records)

    @property
    def has_errors(self) -> bool:
        """Whether something of the input was not read."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)

    def get(self, id: str, default: Record | None = None) -> Record | None:  # noqa: A002 - CSL's name
        """Return the record with this id, or `default`.

        Args:
            id: The id; of several records that have it, the first is found.
            default: What is returned where there is none.

        Example:
            >>> from refcite import Library, Record
            >>> library = Library([Record(id="a", title="One")])
            >>> library.get("a").title, library.get("b")
            ('One', None)
        """
        return self._by_id.get(id, default)

    @overload
    def __getitem__(self, key: str | int) -> Record: ...
    @overload
    def __getitem__(self, key: slice) -> Library: ...
    def __getitem__(self, key: str | int | slice) -> Record | Library:
        if isinstance(key, str):
            return self._by_id[key]
        if isinstance(key, slice):
            return Library(self._records[key])
        return self._records[key]

    def __contains__(self, key: object) -> bool:
        return key in self._by_id if isinstance(key, str) else key in self._records

    def __iter__(self) -> Iterator[Record]:
        return iter(self._records)

    def __len__(self) -> int:
        return len(self._records)

    def __eq__(self, other: object) -> bool:
        """Compare the records and their order; the problems do not count."""
        return self._records == other._records if isinstance(other, Library) else NotImplemented

    __hash__ = None  # type: ignore[assignment]  # it can grow

    def __repr__(self) -> str:
        records = "record" if len(self) == 1 else "records"
        problems = "problem" if len(self.problems) == 1 else "problems"
        return f"<Library of {len(self)} {records}, {len(self.problems)} {problems}>"


def _duplicate(record: Record, first: Record) -> Problem:
    line = record.origin.line if record.origin else None
    hint = "both entries are kept; give one of them another id"
    if record == first:
        hint = "both say the same, so that it is printed once; delete one of them"
    where = f" (first at line {first.origin.line})" if first.origin and first.origin.line else ""
    return Problem(
        severity=Severity.WARNING,
        code="duplicate-id",
        message=f"the id {record.id!r} is used twice{where}",
        line=line,
        hint=hint,
        key=record.id,
    )
