"""The records that a command uses, and their order: `--only`, `--where`, `--drop` and `--sort`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import field, frozen

from refcite.collection.where import Condition
from refcite.fields import Sorting, field_named, near_fields, without_fields
from refcite.library import Library
from refcite.problems import Problem, RecordValueError, Severity, near_matches
from refcite.record import Record

__all__ = ["Choice"]


@frozen
class Choice:
    """A choice among records.

    A record is chosen if it fulfils all conditions. They are applied to the records as they were
    read, and fields are removed afterwards.

    Attributes:
        only: Ids; if there are any, other records are omitted.
        conditions: The conditions.
        drop: The names of fields to remove.
        sort: The order, or None to keep the order of the records.

    Example:
        >>> from refcite import Library, Record
        >>> from refcite.collection.choice import Choice
        >>> choice = Choice.of_texts(where=["year>=2010"], drop=["note"], sort="-year")
        >>> library = Library([Record(id="a", issued=2012), Record(id="b", issued=1990),
        ...                    Record(id="c", issued=2019, note="Read.")])
        >>> chosen = choice.of(library)
        >>> chosen.ids, chosen["c"].note
        (('c', 'a'), None)
    """

    only: frozenset[str] = frozenset()
    conditions: tuple[Condition, ...] = ()
    drop: tuple[str, ...] = ()
    sort: Sorting | None = field(default=None)

    @classmethod
    def of_texts(
        cls,
        only: Iterable[str] = (),
        where: Iterable[str] = (),
        drop: Iterable[str] = (),
        sort: str | None = None,
    ) -> Choice:
        """Return the choice of a user.

        Args:
            only: Ids.
            where: Conditions.
            drop: Names of fields.
            sort: The names of fields with commas between them.

        Raises:
            ConditionError: A condition is wrong.
            RecordTypeError: A field cannot be removed, or no name is given for the order.

        Example:
            >>> from refcite.collection.choice import Choice
            >>> bool(Choice.of_texts(only=["a"])), bool(Choice.of_texts())
            (True, False)
        """
        names = tuple(drop)
        without_fields(names)
        conditions = tuple(map(Condition.parse, where))
        return cls(frozenset(only), conditions, names, Sorting(sort) if sort is not None else None)

    def __bool__(self) -> bool:
        """Return whether it changes anything."""
        return bool(self.only or self.conditions or self.drop or self.sort)

    def of(self, library: Library) -> Library:
        """Return a library of the chosen records, in their order.

        Args:
            library: The records.

        Raises:
            ConditionError: No record has a field of a condition.
            RecordTypeError: No record has a field of the order.
            RecordValueError: No record has one of the ids.

        Example:
            >>> from refcite import Library, Record
            >>> from refcite.collection.choice import Choice
            >>> Choice.of_texts(only=["b"]).of(Library([Record(id="a"), Record(id="b")])).ids
            ('b',)
        """
        if not self:
            return library
        self.check(library)
        return self.applied(library)

    def check(self, records: Iterable[Record]) -> None:
        """Raise an error if no record has an id or a field that the choice names.

        Args:
            records: All records.
        """
        found = list(records)
        for _ in self._with_ids(found):
            pass
        for condition in self.conditions:
            for _ in condition.among(found):
                pass

    def applied(self, library: Library) -> Library:
        """Return a library of the chosen records; names that no record has are not an error.

        Args:
            library: The records.
        """
        if self.only or self.conditions:
            library = library.filter(self._chooses)
        if self.drop:
            problems = list(self._doubts(library, set(_unknown(self.drop))))
            library = library.drop(*self.drop)
            library.problems += problems
            # Fields that an entry inherits from a container would be inherited again.
            library.containers[:] = map(without_fields(self.drop), library.containers)
        return library.sorted_as(self.sort) if self.sort is not None and library else library

    def among(self, records: Iterable[Record], problems: list[Problem]) -> Iterator[Record]:
        """Yield the chosen records of a stream, in their order; `sort` is not applied.

        Args:
            records: The records.
            problems: The list to which problems are added after the last record.

        Raises:
            ConditionError: As for `of`; it is raised after the last record.
            RecordValueError: As for `of`, likewise.

        Example:
            >>> from refcite import Record
            >>> from refcite.collection.choice import Choice
            >>> records = iter([Record(id="a"), Record(id="b")])
            >>> [record.id for record in Choice.of_texts(only=["b"]).among(records, [])]
            ['b']
        """
        records = self._with_ids(records) if self.only else records
        for condition in self.conditions:
            records = condition.among(records)
        if not self.drop:
            yield from records
            return
        without, unknown = without_fields(self.drop), set(_unknown(self.drop))
        others: set[str] = set()
        is_empty = True
        for record in records:
            is_empty = False
            if unknown:
                others.update(record.extra)
                unknown -= {name for name in unknown if any(field_named(name).names_in(record))}
            yield without(record)
        if not is_empty:
            problems += [_unknown_field(name, others) for name in self.drop if name in unknown]

    def _chooses(self, record: Record) -> bool:
        if self.only and record.id not in self.only:
            return False
        return all(condition(record) for condition in self.conditions)

    def _with_ids(self, records: Iterable[Record]) -> Iterator[Record]:
        missing = set(self.only)
        ids: set[str] = set()
        for record in records:
            if missing:
                ids.add(record.id)
                missing.discard(record.id)
            if not self.only or record.id in self.only:
                yield record
        if missing:
            id_ = min(missing)
            raise RecordValueError(f"no record has the id {id_!r}{near_matches(id_, ids)}")

    def _doubts(self, records: Iterable[Record], unknown: set[str]) -> Iterator[Problem]:
        if not unknown:
            return
        others: set[str] = set()
        is_empty = True
        for record in records:
            is_empty = False
            others.update(record.extra)
        known = {name.casefold() for name in others}
        for name in self.drop:
            if name in unknown and name.casefold() not in known and not is_empty:
                yield _unknown_field(name, others)


def _unknown(names: Iterable[str]) -> Iterator[str]:
    return (name for name in names if field_named(name).attribute is None)


def _unknown_field(name: str, others: Iterable[str]) -> Problem:
    return Problem(
        severity=Severity.WARNING,
        code="unknown-field",
        message=f"no record has a field {name!r}, so none was removed{near_fields(name, others)}",
    )
