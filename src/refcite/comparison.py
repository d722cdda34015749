"""Compare two libraries, or two records."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Mapping
from typing import Any, Final, Literal

from attrs import frozen

from refcite.keys import is_by_place
from refcite.record import Record
from refcite.vocabulary import VARIABLE_OF, VARIABLES

__all__ = ["Change", "Difference", "changes", "compare"]


@frozen
class Change:
    """A field with different values in two records.

    Attributes:
        field: CSL's name of the variable, `type`, a key of `extra`, or `author (et al.)` for
            the mark that a list of names contains more names.
        before: The value in the first record, None if it has none.
        after: The value in the second record, None if it has none.

    Example:
        >>> from refcite import Record
        >>> from refcite.comparison import changes
        >>> (change,) = changes(Record(publisher_place="Munich"), Record(publisher_place="Prague"))
        >>> change.field, change.before, change.after
        ('publisher-place', 'Munich', 'Prague')
    """

    field: str
    before: Any
    after: Any


@frozen
class Difference:
    """A difference between two libraries in one entry.

    Attributes:
        kind: `removed` if only the first library has the entry, `added` if only the second has it,
            `changed` if both have it and their values differ.
        id: Its id in the first library, or in the second if it was added.
        changes: The changed fields; all fields of the entry if it was added or removed.
        new_id: Its id in the second library, if the id has changed.

    Example:
        >>> from refcite import Record
        >>> from refcite.comparison import compare
        >>> one = Record(id="a", title="One", doi="10.1000/1")
        >>> (found,) = compare([one], [one.replace(id="b", title="The one")])
        >>> found.kind, found.id, found.new_id, [change.field for change in found.changes]
        ('changed', 'a', 'b', ['title'])
    """

    kind: Literal["removed", "added", "changed"]
    id: str
    changes: tuple[Change, ...]
    new_id: str | None = None


def changes(before: Record, after: Record) -> tuple[Change, ...]:
    """Return the fields with different values in two records; ids are not compared.

    Args:
        before: The first record.
        after: The second record.

    Example:
        >>> from refcite import Record
        >>> from refcite.comparison import changes
        >>> one = Record(type="book", title="The Castle", volume="1")
        >>> changes(one, one.replace(title="The Trial", volume=None))
        (Change(field='title', before='The Castle', after='The Trial'),
         Change(field='volume', before='1', after=None))
    """
    old, new = _values(before), _values(after)
    return tuple(
        Change(field, old.get(field), new.get(field))
        for field in {**old, **new}
        if old.get(field) != new.get(field)
    )


def _values(record: Record) -> dict[str, Any]:
    """Return the values of a record under the names of CSL and of its source."""
    values = {VARIABLE_OF[attribute]: value for attribute, value in record.variables().items()}
    # A field of the source may have the name of a variable; both are compared.
    extra = {f"{key} (extra)" if key in _CSL else key: text for key, text in record.extra.items()}
    for attribute in sorted(record.et_al):
        values[f"{VARIABLE_OF[attribute]} (et al.)"] = "et al."
    return {"type": record.type, **values, **extra}


_CSL: Final = frozenset(("type", *VARIABLES))


def compare(before: Iterable[Record], after: Iterable[Record]) -> Iterator[Difference]:
    """Yield the changed and removed entries of a library in their order, then the added ones.

    Two entries are the same if their ids are equal. Ids that readers generate from the position
    in a file (`item-3`) are ignored. The other entries are the same if they have the same DOI, or
    otherwise the same title and year. If several entries have the same id, equal entries are
    compared with each other, and the others in their order.

    Args:
        before: The first library.
        after: The second library.

    Example:
        >>> from refcite import Record
        >>> from refcite.comparison import compare
        >>> one, two = Record(id="a", title="One"), Record(id="b", title="Two")
        >>> [(found.kind, found.id) for found in compare([one], [two])]
        [('removed', 'a'), ('added', 'b')]
        >>> [(found.kind, found.new_id) for found in compare([one], [one.replace(id="b")])]
        [('changed', 'b')]
    """
    old, new = list(before), list(after)
    partners = _partners(old, new)
    for index, record in enumerate(old):
        partner = partners.get(index)
        if partner is None:
            yield Difference("removed", record.id, changes(record, Record(type=record.type)))
            continue
        other = new[partner]
        found = changes(record, other)
        is_named = not (is_by_place(record.id) or is_by_place(other.id))
        new_id = other.id if is_named and other.id != record.id else None
        if found or new_id:
            yield Difference("changed", record.id, found, new_id)
    taken = set(partners.values())
    for index, record in enumerate(new):
        if index not in taken:
            yield Difference("added", record.id, changes(Record(type=record.type), record))


def _partners(old: list[Record], new: list[Record]) -> dict[int, int]:
    """Return the positions in the new library of the entries of the old one."""
    partners: dict[int, int] = {}
    taken: set[int] = set()
    for key_of in (_by_id, _by_doi, _by_title):
        left = _grouped(old, key_of, partners)
        right = _grouped(new, key_of, taken)
        for key in left.keys() & right.keys():
            found = dict(_paired(left[key], right[key], old, new))
            partners |= found
            taken.update(found.values())
    return partners


def _grouped(
    records: list[Record], key_of: Callable[[Record], object], without: Container[int]
) -> dict[object, list[int]]:
    """Return the positions of records without a partner, by their key."""
    groups: dict[object, list[int]] = {}
    for index, record in enumerate(records):
        key = key_of(record)
        if key is not None and index not in without:
            groups.setdefault(key, []).append(index)
    return groups


def _paired(
    left: list[int], right: list[int], old: list[Record], new: list[Record]
) -> Iterator[tuple[int, int]]:
    """Yield the positions of partners: first the equal ones, then the others in order."""
    if len(left) > 1 or len(right) > 1:
        equal: dict[object, deque[int]] = {}
        for index in right:
            equal.setdefault(_content(new[index]), deque()).append(index)
        rest = []
        for index in left:
            same = equal.get(_content(old[index]))
            if same:
                yield index, same.popleft()
            else:
                rest.append(index)
        left, right = rest, sorted(index for same in equal.values() for index in same)
    yield from zip(left, right, strict=False)


def _content(record: Record) -> object:
    """Return a value that is equal for two records with the same content.

    The hash of a record ignores `extra`: of many records that differ only there, each would be
    compared with all others.
    """
    return record.replace(id="", extra={}), _hashable(record.extra)


def _hashable(value: object) -> object:
    if isinstance(value, Mapping):
        return frozenset((key, _hashable(held)) for key, held in value.items())
    if isinstance(value, list | tuple):
        return type(value), tuple(map(_hashable, value))
    return value if isinstance(value, Hashable) else repr(value)


def _by_id(record: Record) -> object:
    return None if not record.id or is_by_place(record.id) else record.id


def _by_doi(record: Record) -> object:
    return record.doi.casefold() if record.doi else None


def _by_title(record: Record) -> object:
    if not record.title:
        return None
    year = record.issued.year if record.issued else None
    return " ".join(record.title.casefold().split()), year
