"""The keys by which entries refer to each other: found, followed, or missing.

`crossref` and `xdata` inherit fields (`refcite.formats.bibtex.inherit`). `related`,
`entryset` and `xref` only refer to entries (biblatex manual, §§ 2.2.3 and 2.4.1). Related entries
may refer to each other, such as an original and its translation; a set must not contain itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from attrs import define

__all__ = ["Keys", "Report", "Source", "furthest_first", "keys_in", "report_pointers"]

_POINTERS = ("xref", "related", "entryset")


@define(eq=False)
class Source:
    """An entry's fields, to which inherited fields are added.

    Attributes:
        key: The entry's key.
        type: Its type, in lower case.
        fields: Names in lower case with their values.
        start: Offset of the entry in the text.
        parents: Keys of the entries from which it inherits fields.
        is_complete: Whether inherited fields have been added.
    """

    key: str
    type: str
    fields: dict[str, str]
    start: int
    parents: frozenset[str] = frozenset()
    is_complete: bool = False


Report = Callable[[Source, str, str, str], None]
"""A function that is called with an entry, a problem's code, its message and its hint."""


class Keys:
    """Finds entries by their keys; if two entries have the same key, the first.

    A key in another case is found as well, since BibTeX ignores case, and a second key in
    biblatex's field `ids`.
    """

    def __init__(self, entries: Iterable[Source]) -> None:
        self._exact: dict[str, Source] = {}
        self._others: dict[str, Source] = {}
        aliases: list[tuple[str, Source]] = []
        for entry in entries:
            self._exact.setdefault(entry.key, entry)
            self._others.setdefault(entry.key.lower(), entry)
            if "ids" in entry.fields:
                aliases += [(alias, entry) for alias in keys_in(entry.fields["ids"])]
        for alias, entry in aliases:
            self._others.setdefault(alias.lower(), entry)

    def find(self, key: str) -> Source | None:
        """Return the entry of a key, or None."""
        return self._exact.get(key) or self._others.get(key.lower())


def keys_in(text: str) -> list[str]:
    """Return the keys in a list of them.

    Example:
        >>> keys_in("one, two,,three ")
        ['one', 'two', 'three']
    """
    return [key for key in map(str.strip, text.split(",")) if key]


def furthest_first(
    entry: Source,
    named_by: Callable[[Source], Iterable[Source]],
    done: set[int],
    closing: set[tuple[int, int]],
) -> list[Source]:
    """Return an entry after all entries to which it refers, directly or indirectly.

    Args:
        entry: The first entry.
        named_by: Returns the entries to which an entry refers.
        done: Identities of entries that were returned before; they are not returned again.
        closing: The set for references that close a cycle, as pairs of identities.
    """
    order: list[Source] = []
    path: set[int] = set()
    stack = [(entry, False)]
    while stack:
        current, finished = stack.pop()
        if finished:
            path.discard(id(current))
            order.append(current)
            continue
        if id(current) in done:
            continue
        done.add(id(current))
        path.add(id(current))
        stack.append((current, True))
        for named in named_by(current):
            if id(named) in path:
                closing.add((id(current), id(named)))
            else:
                stack.append((named, False))
    return order


def report_pointers(entries: Iterable[Source], by_key: Keys, report: Report) -> None:
    """Report keys that no entry has, and sets that contain themselves."""
    sets: list[Source] = []
    for entry in entries:
        for name in _POINTERS:
            if name in entry.fields:
                for key in keys_in(entry.fields[name]):
                    if by_key.find(key) is None:
                        message = f"the entry that its {name} names ({key}) is missing"
                        hint = "add it to the file, or correct the key"
                        report(entry, "missing-parent", message, hint)
        if "entryset" in entry.fields:
            sets.append(entry)
    _report_sets(sets, by_key, report)


def _report_sets(sets: list[Source], by_key: Keys, report: Report) -> None:
    def members(entry: Source) -> list[Source]:
        found = map(by_key.find, keys_in(entry.fields.get("entryset", "")))
        return [member for member in found if member is not None]

    done: set[int] = set()
    closing: set[tuple[int, int]] = set()
    for entry in sets:
        furthest_first(entry, members, done, closing)
    closed = {entry for entry, _ in closing}
    for entry in sets:
        if id(entry) in closed:
            message = "its entryset refers back to the set itself"
            report(entry, "inheritance-cycle", message, "remove the set from its own members")
