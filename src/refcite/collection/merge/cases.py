"""The groups of duplicates, with their comparison and the decision about each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from functools import cached_property
from typing import Any, Final

from attrs import define, field, frozen

from refcite.collection.duplicates import (
    Agreement,
    Certainty,
    Comparison,
    DuplicateGroup,
    RelatedWorks,
    compare_works,
)
from refcite.collection.duplicates.search import search_works
from refcite.collection.merge import Choice, Keep, Merged, merge
from refcite.library import Library
from refcite.record import Record

__all__ = ["Case", "Decided", "Decision", "Found", "Row", "decided", "redundant", "search"]

_MOST_IN_PAIRS: Final = 30
"""In a larger group, each record is only compared with the preferred one."""


class Decision(StrEnum):
    """The decision about a group."""

    LISTED = "listed"
    MERGED = "merged"
    CHOSEN = "chosen"
    KEPT = "kept"
    SKIPPED = "skipped"

    @property
    def removes(self) -> bool:
        """Whether only one record of the group remains."""
        return self in (Decision.MERGED, Decision.CHOSEN)


@frozen
class Row:
    """A field of the records of a group.

    Attributes:
        field: Its name.
        agreement: How the values relate to each other.
        values: The value of each record; None if it has none.
        choice: The value of the merged record, if the records differ.
    """

    field: str
    agreement: Agreement
    values: tuple[Any, ...]
    choice: Choice | None

    @property
    def combined(self) -> Any:
        """The value of the merged record, if no record has it; otherwise None."""
        is_combined = self.choice is not None and self.choice.source is None
        return self.choice.value if self.choice is not None and is_combined else None


@define(slots=False)
class Case:
    """A group of duplicates.

    Attributes:
        number: Its number, counted from 1.
        group: The positions of its records, the reason and the certainty.
        records: Its records.
        keep: The rule for the preferred record.
        preprints: Whether a preprint and the article are the same work.
        decision: The decision about it.
        chosen: The position in the group of the record that is kept instead of a merged one.
    """

    number: int
    group: DuplicateGroup
    records: Sequence[Record]
    keep: Keep
    preprints: bool = False
    decision: Decision = field(default=Decision.LISTED)
    chosen: int | None = None

    @cached_property
    def merged(self) -> Merged:
        """The merged record, and how it is created."""
        return merge(self.records, keep=self.keep)

    @property
    def kept(self) -> int:
        """The position in the library of the record that remains."""
        place = self.merged.preferred if self.chosen is None else self.chosen
        return self.group.positions[place]

    def rows(self) -> Iterator[Row]:
        """Yield the fields that at least one record has, the important ones first."""
        agreements: dict[str, Agreement] = {}
        values: dict[str, list[Any]] = {}
        for place, record in enumerate(self.records[1:], 1):
            found = compare_works(self.records[0], record, preprints=self.preprints)
            for one in found.fields:
                before = agreements.get(one.field, one.agreement)
                agreements[one.field] = max(before, one.agreement, key=_RANKS.__getitem__)
                row = values.setdefault(one.field, [None] * len(self.records))
                row[0], row[place] = one.before, one.after
        choices = {choice.field: choice for choice in self.merged.choices}
        for name in sorted(values, key=lambda name: _ORDER.get(name, len(_ORDER))):
            yield Row(name, agreements[name], tuple(values[name]), choices.pop(name, None))
        for name, choice in choices.items():
            if choice.others:
                held: list[Any] = [None] * len(self.records)
                for place, value in choice.others:
                    held[place] = value
                if choice.source is not None:
                    held[choice.source] = choice.value
                yield Row(name, Agreement.DIFFERENT, tuple(held), choice)

    def is_taken(self, row: Row, place: int) -> bool:
        """Return whether the remaining record has the value of a record, and not all have it."""
        if row.values[place] is None:
            return False
        if self.chosen is not None:
            return place == self.chosen
        if row.choice is None:
            return place == self.merged.preferred and row.agreement is not Agreement.SAME
        return row.choice.source is not None and row.values[place] == row.choice.value

    def pairs(self) -> Iterator[tuple[int, int, Comparison]]:
        """Yield the positions of the records of each pair, with their comparison."""
        places = range(len(self.records))
        first = self.merged.preferred
        pairs: Iterable[tuple[int, int]]
        if len(places) > _MOST_IN_PAIRS:
            pairs = ((min(first, other), max(first, other)) for other in places if other != first)
        else:
            pairs = ((one, two) for one in places for two in places[one + 1 :])
        for one, two in pairs:
            found = compare_works(self.records[one], self.records[two], preprints=self.preprints)
            yield self.group.positions[one], self.group.positions[two], found


_RANKS: Final = {
    Agreement.SAME: 0,
    Agreement.MISSING: 1,
    Agreement.SIMILAR: 2,
    Agreement.DIFFERENT: 3,
}
_ORDER: Final = {
    name: place
    for place, name in enumerate(
        (
            *("title", "author", "editor", "issued", "type", "container-title", "volume"),
            *("issue", "page", "edition", "publisher", "DOI", "PMID", "ISBN"),
        )
    )
}


@frozen
class Found:
    """The result of a search.

    Attributes:
        cases: The groups, the most certain first.
        related: Pairs of works that are related, but not the same.
    """

    cases: tuple[Case, ...]
    related: tuple[RelatedWorks, ...]

    @property
    def duplicates(self) -> int:
        """The number of records that would be removed if all groups were merged."""
        return redundant(case.group.positions for case in self.cases)

    @property
    def removed(self) -> int:
        """The number of records that are removed according to the decisions."""
        return redundant(case.group.positions for case in self.cases if case.decision.removes)

    def count(self, certainty: Certainty) -> int:
        """Return the number of groups of a certainty."""
        return sum(one.group.certainty is certainty for one in self.cases)


@frozen
class Decided:
    """Records of which one remains, according to the decisions about one or several groups.

    Attributes:
        merged: The positions in the library of the records whose values are used, ascending.
        dropped: The positions of the records that are removed without using their values.
    """

    merged: tuple[int, ...]
    dropped: frozenset[int] = frozenset()

    @property
    def positions(self) -> tuple[int, ...]:
        """The positions of all of the records, ascending."""
        return tuple(sorted({*self.merged, *self.dropped}))


def decided(cases: Iterable[Case]) -> list[Decided]:
    """Return the records of which one remains, with the decisions in their order.

    A record may be in several groups. If `a` and `b` were merged, and then `a` and `c`, one record
    remains of the three.

    Args:
        cases: The groups with the decisions about them.

    Example:
        >>> from refcite import Library, Record
        >>> one = Record(id="a", title="Lamps of old houses", author="Ann Roe", issued=2019,
        ...              container_title="Light")
        >>> other = one.replace(id="c", container_title="Sun")
        >>> library = Library([one, one.replace(id="b"), other])
        >>> cases = search(library, Keep.ORDER, preprints=False).cases
        >>> for case in cases:
        ...     case.decision = Decision.MERGED
        >>> [case.group.positions for case in cases], decided(cases)[0].merged
        ([(0, 1), (0, 2)], (0, 1, 2))
    """
    found: dict[int, Decided] = {}
    for case in cases:
        if not case.decision.removes:
            continue
        places = case.group.positions
        own = {place: found.get(place, Decided((place,))) for place in places}
        chosen = None if case.chosen is None else places[case.chosen]
        used: set[int] = set()
        positions: set[int] = set()
        for place, before in own.items():
            positions.update(before.positions)
            if chosen is None or place == chosen:
                used.update(before.merged)
        if chosen is not None and chosen not in used:
            used = {chosen}  # it was dropped before
        united = Decided(tuple(sorted(used)), frozenset(positions - used))
        found |= dict.fromkeys(united.positions, united)
    return sorted({id(one): one for one in found.values()}.values(), key=lambda one: one.positions)


def redundant(groups: Iterable[Sequence[int]]) -> int:
    """Return how many records are removed if one of each group remains; they may share records.

    Example:
        >>> redundant([(0, 1), (0, 2), (1, 2)]), redundant([(0, 1), (2, 3, 4)])
        (2, 3)
    """
    parents: dict[int, int] = {}

    def top(place: int) -> int:
        while (above := parents.setdefault(place, place)) != place:
            parents[place] = parents[above]
            place = above
        return place

    count = 0
    for first, *others in groups:
        for other in others:
            one, two = top(first), top(other)
            if one != two:
                parents[two] = one
                count += 1
    return count


def search(library: Library, keep: Keep, *, preprints: bool) -> Found:
    """Search the duplicates of a library.

    Args:
        library: The records.
        keep: The rule for the preferred record.
        preprints: Whether a preprint and the article are the same work.
    """
    groups, related = search_works(library, preprints=preprints)
    cases = [
        Case(number, group, [library[place] for place in group.positions], keep, preprints)
        for number, group in enumerate(
            sorted(groups, key=lambda one: (-one.certainty.rank, one.positions)), 1
        )
    ]
    return Found(tuple(cases), _of_works(related, groups))


def _of_works(
    related: Iterable[RelatedWorks], groups: Iterable[DuplicateGroup]
) -> tuple[RelatedWorks, ...]:
    """Return one pair for each two works, of which there may be several records."""
    work_of: dict[int, int] = {}
    for group in groups:
        if group.certainty is not Certainty.POSSIBLE:
            work_of.update(dict.fromkeys(group.positions, group.positions[0]))
    possible = {group.positions for group in groups if group.certainty is Certainty.POSSIBLE}
    found: dict[tuple[int, ...], RelatedWorks] = {}
    for pair in related:
        works = tuple(sorted(work_of.get(place, place) for place in pair.positions))
        if works[0] != works[1] and works not in possible:
            found.setdefault(works, pair)
    return tuple(found.values())
