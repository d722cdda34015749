"""An ordered collection of records, with the problems found while reading them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from os import PathLike
from typing import TYPE_CHECKING, Any, NoReturn, SupportsIndex, overload

from refcite import hooks
from refcite.fields import Sorting, listed, without_fields
from refcite.hints import library_hint
from refcite.keys import id_by_place, is_by_place, letters, made_key
from refcite.problems import (
    Problem,
    RecordTypeError,
    RecordValueError,
    Severity,
    UnknownAttributeError,
    described,
    near_matches,
)
from refcite.record import Record

__all__ = ["Ids", "Library", "duplicate", "identified", "no_record", "records_of"]


class Library(hooks.Shown, Sequence[Record]):
    """Records in the order in which they were read, found by position or by id.

    A record without an id receives one (`item-1` and so on). If two records have the same id, both
    are kept: the id finds the first, and the second is reported with the code `duplicate-id`.

    `library["id"] = record` replaces the first record with this id, or adds the record at the end;
    the record must have the same id. `library[0] = record` replaces the record at a position, and
    `del library["id"]` removes a record. `one + other` is a new library with the records and
    problems of both; `+=` is the same as `extend`.

    Args:
        records: The records, or one record.
        problems: The problems found while reading them.
        is_keyed: Whether their source names its records. Then a record without a name gets an id
            from its position; otherwise, from author, year and title (`roe2019lamps`).
        containers: Entries of the source that are not works, such as biblatex's `@xdata`.

    Attributes:
        problems: The problems found while reading the records.
        containers: Entries that are not works, to which other entries refer. They are not counted,
            iterated, found by id or compared; only the format of the source writes them.

    Raises:
        RecordTypeError: A value is not a record.
        RecordValueError: A record is set under an id that is not its id.

    Example:
        >>> from refcite import Library, Record
        >>> library = Library([Record(id="a", title="One"), Record(id="b", title="Two")])
        >>> library["b"].title, library[0].title, len(library), "c" in library
        ('Two', 'One', 2, False)
        >>> library["b"] = library["b"].replace(title="Three")
        >>> more = library + [Record(id="a", title="Four")]
        >>> [record.title for record in more]
        ['One', 'Three', 'Four']
        >>> more.problems[0].message
        "the id 'a' is used twice"
    """

    __slots__ = ("_is_keyed", "_made", "_places", "_records", "containers", "problems")

    def __init__(
        self,
        records: Record | Iterable[Record] = (),
        problems: Iterable[Problem] = (),
        *,
        is_keyed: bool = True,
        containers: Iterable[Record] = (),
    ) -> None:
        self._records: list[Record] = []
        self._places: dict[str, int] = {}
        self._is_keyed = is_keyed
        self._made: dict[str, int] = {}
        self.problems: list[Problem] = list(problems)
        self.containers: list[Record] = list(containers)
        for record in records_of(records):
            self.append(record)

    @classmethod
    def _of(cls, records: Iterable[Record], problems: Iterable[Problem], is_keyed: bool) -> Library:
        """Return a library of records that already have ids, with their problems."""
        made = cls(problems=problems, is_keyed=is_keyed)
        made._records += records
        made._find_places()
        return made

    @classmethod
    def of_identified(
        cls,
        records: Iterable[Record],
        problems: Iterable[Problem] = (),
        containers: Iterable[Record] = (),
    ) -> Library:
        """Return a library of records that have ids, and whose problems are known.

        Args:
            records: The records; ids that are used twice are not reported.
            problems: The problems.
            containers: Entries that are not works.

        Example:
            >>> from refcite import Library, Record
            >>> Library.of_identified([Record(id="a"), Record(id="a")]).problems
            []
        """
        made = cls._of(records, problems, is_keyed=True)
        made.containers += containers
        return made

    def _like(self, records: Iterable[Record], problems: Iterable[Problem]) -> Library:
        made = Library._of(records, problems, self._is_keyed)
        made.containers += self.containers
        return made

    def _find_places(self) -> None:
        self._places.clear()
        for place, record in enumerate(self._records):
            self._places.setdefault(record.id, place)

    def append(self, record: Record) -> None:
        """Add a record at the end; an id that is already used is reported in `problems`.

        Args:
            record: The record; it receives an id if it has none.

        Example:
            >>> from refcite import Library, Record
            >>> library = Library([Record(id="a", title="One")])
            >>> library.append(Record(id="a", title="Two"))
            >>> library.append(Record(title="Three"))
            >>> library.ids, library.problems[0].code
            (('a', 'a', 'item-3'), 'duplicate-id')
        """
        self._add(record, is_reported=True)

    def adopt(self, record: Record) -> None:
        """Add a record that a reader has just created and that has no other owner.

        It is the same as `append`, but a record without an id gets its id in place: a copy would
        take as long as reading the entry.

        Args:
            record: The record.

        Example:
            >>> from refcite import Library, Record
            >>> library = Library()
            >>> library.adopt(Record(title="One"))
            >>> library.ids
            ('item-1',)
        """
        if not record.id:
            object.__setattr__(record, "id", self._free_id(record))
        self._add(record, is_reported=True)

    def _add(self, record: Record, *, is_reported: bool) -> None:
        if not isinstance(record, Record):
            raise no_record(record)
        if not record.id:
            record = record.replace(id=self._free_id(record))
        count = len(self._records)
        place = self._places.setdefault(record.id, count)
        if is_reported and place != count and self._records[place] is not record:
            self.problems.append(duplicate(record, self._records[place]))
        self._records.append(record)

    def extend(self, records: Record | Iterable[Record]) -> None:
        """Add records at the end; of another library, the problems and the containers too.

        An id that is already used is reported in `problems`.

        Args:
            records: A library, any records, or one record.

        Raises:
            RecordTypeError: A value is not a record.

        Example:
            >>> from refcite import loads
            >>> library = loads("@book{a, title = {One}}", file="one.bib")
            >>> library.extend(loads("@book{a, title = {Two}}", file="two.bib"))
            >>> library.problems[0].file, library.problems[0].message
            ('two.bib', "the id 'a' is also used in one.bib (line 1)")
        """
        if not isinstance(records, Library):
            for record in records_of(records):
                self.append(record)
            return
        # Duplicates within the other library have been reported there.
        taken = frozenset(self._places)
        self.problems += list(records.problems)
        self.containers += list(records.containers)
        for record in tuple(records):
            self._add(record, is_reported=record.id in taken)

    def remove(self, record: str | Record) -> None:
        """Remove a record; of several records with the same id, the first.

        Use `filter` to remove many records, which is faster. The problems are not changed.

        Args:
            record: Its id, or the record.

        Raises:
            KeyError: No record has this id.
            ValueError: The record is not in the library.

        Example:
            >>> from refcite import Library, Record
            >>> library = Library([Record(id="a"), Record(id="b")])
            >>> library.remove("a")
            >>> library.ids
            ('b',)
        """
        if isinstance(record, str):
            del self._records[self._place_of(record)]
        else:
            del self._records[self.index(record)]
        self._find_places()

    def filter(self, predicate: Callable[[Record], object]) -> Library:
        """Return a library of the records that fulfil a condition, in their order.

        The problems are copied, except those of the omitted records.

        Args:
            predicate: A function of a record that returns whether it is kept.

        Raises:
            RecordTypeError: The condition is not a function.

        Example:
            >>> from refcite import Library, Record
            >>> library = Library([Record(id="a", issued=2013), Record(id="b", issued=2014)])
            >>> library.filter(lambda record: record.issued.year > 2013).ids
            ('b',)
        """
        if not callable(predicate):
            raise RecordTypeError(
                f"records are filtered by a function, as in filter(lambda record: …), not by"
                f" {described(predicate)}"
            )
        chosen = [record for record in self._records if predicate(record)]
        omitted = set(self._places).difference(record.id for record in chosen)
        problems = [problem for problem in self.problems if problem.key not in omitted]
        return self._like(chosen, problems)

    def where(self, condition: str) -> Library:
        """Return a library of the records that fulfil a condition, in their order.

        Args:
            condition: A condition such as `type=book and year>=2010 and not keyword~asylum`. The
                operators are `=`, `!=`, `~` (contains), `<`, `<=`, `>` and `>=`; a field without an
                operator, or `has(field)`, is true if the record has it. Conditions are combined
                with `and`, `or`, `not` and brackets; a value with spaces is in quotes. Fields have
                the names of CSL (`container-title`), of attributes (`container_title`), usual ones
                of other formats (`journal`, `year`) or those in `extra`.

        Returns:
            The records, with the problems, except those of the omitted records.

        Raises:
            ConditionError: The condition is wrong, or no record has a field of this name.

        Example:
            >>> from refcite import Library, Record
            >>> library = Library([Record(id="a", type="book", issued=2013, keyword="asylum; law"),
            ...                    Record(id="b", type="book", issued=2009, author="José Roe")])
            >>> library.where("type=book and year>=2010").ids
            ('a',)
            >>> library.where("author~jose or has(doi)").ids
            ('b',)
        """
        chosen = hooks.resolve("where")(condition, self._records)
        return self.filter(chosen)

    def drop(self, *fields: str) -> Library:
        """Return a library of the same records without some fields.

        Args:
            *fields: Names of fields, as for `where`; `"abstract,note"` is the same as two names.

        Raises:
            RecordTypeError: The field is the id or the type, which each record has.

        Example:
            >>> from refcite import Library, Record
            >>> library = Library([Record(id="a", title="One", abstract="Long.", note="Read.")])
            >>> library.drop("abstract", "note").to_dicts()
            [{'id': 'a', 'type': 'document', 'title': 'One'}]
        """
        without = without_fields(name for text in fields for name in listed(text))
        return self._like(map(without, self._records), self.problems)

    def sorted(self, key: str | Callable[[Record], Any], *, reverse: bool = False) -> Library:
        """Return a library of the same records in another order.

        Records without a value for the key are at the end, in both directions. Records with equal
        values keep their order.

        Args:
            key: One or more fields with commas between them, named as for `where`; `-` before a
                name reverses its order: `year,author`, `-year`. Dates are sorted as `Date` orders
                them, names by family names, texts by their letters without case and accents and by
                their numbers (`9` before `10`). Or a function of a record, which returns its value,
                or None if it has none.
            reverse: Whether the order is reversed.

        Raises:
            RecordTypeError: No record has such a field, or the key is not a function.

        Example:
            >>> from refcite import Library, Record
            >>> library = Library([Record(id="a"), Record(id="b", issued=2014, title="Two"),
            ...                    Record(id="c", issued=2013, title="One and more")])
            >>> library.sorted("issued").ids, library.sorted("-year,title").ids
            (('c', 'b', 'a'), ('b', 'c', 'a'))
            >>> library.sorted(lambda record: len(record.title or ""), reverse=True).ids
            ('c', 'b', 'a')
        """
        if isinstance(key, str):
            return self.sorted_as(Sorting(key), reverse=reverse)
        if not callable(key):
            raise RecordTypeError(
                f"records are sorted by fields, as in sorted('issued'), or by a function, not by"
                f" {described(key)}"
            )
        keyed = [(key(record), record) for record in self._records]
        found = [one for one in keyed if one[0] is not None]
        found.sort(key=lambda one: one[0], reverse=reverse)
        last = [one for one in keyed if one[0] is None]
        records = [record for _, record in (*found, *last)]
        return self._like(records, self.problems)

    def sorted_as(self, order: Sorting, *, reverse: bool = False) -> Library:
        """Return a library of the same records in an order that has been parsed.

        Args:
            order: The order.
            reverse: Whether it is reversed.

        Raises:
            RecordTypeError: No record has a field of the order.

        Example:
            >>> from refcite import Library, Record
            >>> from refcite.fields import Sorting
            >>> Library([Record(id="b"), Record(id="a")]).sorted_as(Sorting("id")).ids
            ('a', 'b')
        """
        return self._like(order.of(self._records, reverse=reverse), self.problems)

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return the records as items of CSL-JSON, a dictionary for each.

        `refcite.loads` reads the list again.

        Example:
            >>> from refcite import Library, Record
            >>> Library([Record(id="a", type="book", author="Jane Doe", issued=2014)]).to_dicts()
            [{'id': 'a', 'type': 'book', 'issued': {'date-parts': [[2014]]},
              'author': [{'family': 'Doe', 'given': 'Jane'}]}]
        """
        to_csl = hooks.resolve("to_csl")
        return [to_csl(record) for record in self._records]

    def _free_id(self, record: Record) -> str:
        key = "" if self._is_keyed else made_key(record)
        # The number of uses of a key is stored, so that many works with one key take linear time.
        count = self._made.get(key, 0) if key else len(self._records)
        while True:
            made = key + letters(count) if key else id_by_place(count + 1)
            count += 1
            if made not in self._places:
                self._made[key] = count
                return made

    @property
    def is_keyed(self) -> bool:
        """Whether the source names its records; otherwise their ids may have been generated."""
        return self._is_keyed

    @property
    def ids(self) -> tuple[str, ...]:
        """The records' ids, in order; an id that is used twice occurs twice."""
        return tuple(record.id for record in self._records)

    @property
    def has_errors(self) -> bool:
        """Whether a part of the input was not read."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)

    def get(self, id: str, default: Record | None = None) -> Record | None:  # noqa: A002 - CSL's name
        """Return the record with this id, or `default`.

        Args:
            id: The id; of several records with this id, the first is returned.
            default: The value that is returned if no record has the id.

        Example:
            >>> from refcite import Library, Record
            >>> library = Library([Record(id="a", title="One")])
            >>> library.get("a").title, library.get("b")
            ('One', None)
        """
        place = self._places.get(id)
        return default if place is None else self._records[place]

    @overload
    def __getitem__(self, key: str | int) -> Record: ...
    @overload
    def __getitem__(self, key: slice) -> Library: ...
    def __getitem__(self, key: str | int | slice) -> Record | Library:
        if isinstance(key, str):
            return self._records[self._place_of(key)]
        if isinstance(key, slice):
            return Library(self._records[key], containers=self.containers)
        try:
            return self._records[key]
        except (IndexError, TypeError):
            raise self._wrong_key(key) from None

    def _wrong_key(self, key: object) -> Exception:
        if isinstance(key, SupportsIndex):
            count = f"{len(self)} record{'' if len(self) == 1 else 's'}"
            return IndexError(f"there is no record {key!r}; the library has {count}")
        hint = "; use its id" if isinstance(key, Record) else ""
        return RecordTypeError(
            f"a record is found by its id, or by its position, not by {described(key)}{hint}"
        )

    def index(self, value: str | Record, start: int = 0, stop: int | None = None) -> int:
        """Return the position of a record.

        Args:
            value: The record, or its id; of several records with the id, the first is found.
            start: The first position to search, as for `list.index`.
            stop: The position before which the search ends.

        Raises:
            ValueError: The record is not in the library.

        Example:
            >>> from refcite import Library, Record
            >>> library = Library([Record(id="a"), Record(id="b")])
            >>> library.index("b"), library.index(library["a"])
            (1, 0)
        """
        first, end, _ = slice(start, stop).indices(len(self._records))
        for place in range(first, end):
            record = self._records[place]
            if record.id == value if isinstance(value, str) else record == value:
                return place
        if isinstance(value, str):
            raise RecordValueError(
                f"no record has the id {value!r}{near_matches(value, self._places)}"
            )
        what = f"record {value.id!r}" if isinstance(value, Record) else described(value)
        raise RecordValueError(f"{what} is not in the library")

    if not TYPE_CHECKING:  # type checkers report unknown attributes

        def __getattr__(self, name: str) -> NoReturn:
            """Raise the error that there is no such attribute; Python calls it only then."""
            if name.startswith("_"):
                raise AttributeError(f"'Library' object has no attribute {name!r}")
            raise UnknownAttributeError("Library", name, _hint, self)

    def _place_of(self, id_: str) -> int:
        place = self._places.get(id_)
        if place is None:
            raise KeyError(f"no record has the id {id_!r}{near_matches(id_, self._places)}")
        return place

    def __setitem__(self, key: str | int, record: Record) -> None:
        if not isinstance(record, Record):
            raise no_record(record)
        if isinstance(key, str):
            if record.id != key:
                raise RecordValueError(
                    f"the record under {key!r} must have that id, not {record.id!r};"
                    f" write record.replace(id={key!r})"
                )
            if key in self._places:
                self._records[self._places[key]] = record
            else:
                self.append(record)
            return
        replaced = self._records[key]
        if not record.id:
            record = record.replace(id=replaced.id)
        if record.id != replaced.id and record.id in self._places:
            self.problems.append(duplicate(record, self[record.id]))
        self._records[key] = record
        if record.id != replaced.id:
            self._find_places()

    def __delitem__(self, key: str | int) -> None:
        del self._records[self._place_of(key) if isinstance(key, str) else key]
        self._find_places()

    def __add__(self, other: Record | Iterable[Record]) -> Library:
        if not isinstance(other, Iterable | Record):
            return NotImplemented
        made = self._like(self._records, self.problems)
        made.extend(other)
        return made

    def __iadd__(self, other: Record | Iterable[Record]) -> Library:
        self.extend(other)
        return self

    def __contains__(self, key: object) -> bool:
        return key in self._places if isinstance(key, str) else key in self._records

    def __iter__(self) -> Iterator[Record]:
        return iter(self._records)

    def __len__(self) -> int:
        return len(self._records)

    def __eq__(self, other: object) -> bool:
        """Compare the records and their order; the problems are not compared."""
        return self._records == other._records if isinstance(other, Library) else NotImplemented

    __hash__ = None  # type: ignore[assignment]  # it can change

    def __repr__(self) -> str:
        records = "record" if len(self) == 1 else "records"
        problems = "problem" if len(self.problems) == 1 else "problems"
        return f"<Library of {len(self)} {records}, {len(self.problems)} {problems}>"


def records_of(records: Record | Iterable[Record]) -> Iterable[Record]:
    """Return the records of a caller, which passed one or several.

    Raises:
        RecordTypeError: The value is neither; the values in `records` are not checked.

    Example:
        >>> len(records_of(Record(id="a")))
        1
    """
    if isinstance(records, Record):
        return (records,)
    if isinstance(records, str | bytes | Mapping) or not isinstance(records, Iterable):
        raise no_record(records)
    return records


def identified(records: Record | Iterable[Record]) -> Iterator[Record]:
    """Yield the records of a caller with the ids that a `Library` would assign.

    Only the ids are kept, so the records may be larger than memory.

    Raises:
        RecordTypeError: A value is not a record.

    Example:
        >>> [record.id for record in identified([Record(id="a"), Record()])]
        ['a', 'item-2']
    """
    return _identified(records_of(records))


def _identified(records: Iterable[Record]) -> Iterator[Record]:
    ids = Ids()
    for record in records:
        if not isinstance(record, Record):
            raise no_record(record)
        id_ = ids.id_of(record.id)
        yield record if id_ == record.id else record.replace(id=id_)


class Ids:
    """The ids that a `Library` assigns to records that are added one by one, without the records.

    Args:
        is_keyed: As for `Library`.

    Example:
        >>> ids = Ids()
        >>> [ids.id_of(id) for id in ("a", "", "item-3", "")]
        ['a', 'item-2', 'item-3', 'item-4']
        >>> ids = Ids(is_keyed=False)
        >>> [ids.id_of("", key) for key in ("roe2019", "roe2019", "")]
        ['roe2019', 'roe2019a', 'item-3']
    """

    def __init__(self, *, is_keyed: bool = True) -> None:
        self._is_keyed = is_keyed
        self._taken: set[str] = set()
        self._made: dict[str, int] = {}
        self._count = 0
        self._last = 0

    def id_of(self, id: str, key: str = "") -> str:  # noqa: A002 - CSL's name
        """Return the id of the next record.

        Args:
            id: Its id, or an empty text if it has none.
            key: The key that `made_key` returns for it, if the source does not name its records.
        """
        self._count += 1
        found = id or (self._made_id(key) if key else self._id_by_place())
        if not self._is_keyed or is_by_place(found):
            self._taken.add(found)
        return found

    def _id_by_place(self) -> str:
        # All numbers from an earlier position to the last are used.
        self._last = max(self._count, self._last + 1)
        while (id_ := id_by_place(self._last)) in self._taken:
            self._last += 1
        return id_

    def _made_id(self, key: str) -> str:
        count = self._made.get(key, 0)
        while (id_ := key + letters(count)) in self._taken:
            count += 1
        self._made[key] = count + 1
        return id_


def no_record(value: object) -> RecordTypeError:
    """Return the error that something is not a record, with the call that converts it to records.

    Example:
        >>> str(no_record("refs.bib"))
        "records are needed, not str ('refs.bib'); use refcite.load to read a file"
    """
    if isinstance(value, str | bytes | PathLike) or hasattr(value, "read"):
        hint = "; use refcite.load to read a file"
    elif isinstance(value, Mapping):
        hint = "; use Record.from_csl to convert a dictionary"
    else:
        hint = ""
    return RecordTypeError(f"records are needed, not {described(value)}{hint}")


def _hint(name: str) -> str:
    return library_hint(name, [known for known in dir(Library) if not known.startswith("_")])


def duplicate(record: Record, first: Record) -> Problem:
    """Return the problem that a record has the same id as an earlier one.

    Args:
        record: The record.
        first: The first record with the id.
    """
    origin, other = record.origin, first.origin
    file = origin.file if origin else None
    first_file = other.file if other else None
    hint = "both entries are kept; change the id of one of them"
    if record == first:
        hint = "both are equal, and the work is printed once; delete one of them"
    line = other.line if other else None
    if first_file is not None and first_file != file:
        use = f"also used in {first_file}{f' (line {line})' if line else ''}"
    else:
        use = f"used twice{f' (first at line {line})' if line else ''}"
    return Problem(
        severity=Severity.WARNING,
        code="duplicate-id",
        message=f"the id {record.id!r} is {use}",
        line=origin.line if origin else None,
        hint=hint,
        file=file,
        key=record.id,
    )
