"""The search for records of a library that describe the same work, or related works."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from refcite.collection.duplicates.blocking import candidate_pairs
from refcite.collection.duplicates.grouping import consistent_groups
from refcite.collection.duplicates.judgement import Verdict, judge
from refcite.collection.duplicates.numbering import NumberRelation
from refcite.collection.duplicates.prepared import Prepared, prepare
from refcite.collection.duplicates.reasons import reason_of
from refcite.collection.duplicates.screening import are_excluded
from refcite.collection.duplicates.values import Certainty, DuplicateGroup, RelatedWorks
from refcite.collector import collector_paused
from refcite.record import Record

__all__ = ["duplicates", "related_works", "search_works"]

_Pair = tuple[int, int]


def duplicates(
    library: Iterable[Record],
    *,
    certainty: Certainty | str = Certainty.POSSIBLE,
    preprints: bool = False,
) -> tuple[DuplicateGroup, ...]:
    """Return the groups of records that describe the same work; nothing is changed.

    Works that are related but different are never in a group: preprint and article, conference
    paper and journal article, editions and volumes of a book, parts of a series, erratum and
    article, book and chapter, review and reviewed book. `related_works` lists them.

    A record is in at most one group that is `certain` or `likely`. A `possible` group has the first
    record of each such group that may be the same work. A record may be in several `possible`
    groups: if two records may both be a third one, but not the same work, they are two pairs.

    Args:
        library: The records, such as a `Library`.
        certainty: The lowest certainty of the groups: `certain`, `likely` or `possible`. A group
            has the lowest certainty that holds it together; so a group that is `likely` may be
            smaller and `certain` if only `certain` groups are requested.
        preprints: Whether a preprint and the article that was published later are the same work.

    Returns:
        The groups in the order of their first positions.

    Raises:
        ValueError: There is no certainty of this name.

    Example:
        >>> from refcite import Library, Record, duplicates
        >>> one = Record(id="a", type="article-journal", title="Lamps of old houses: a study",
        ...              author=["Roe, Ann", "Doe, Jo"], issued=2019, volume=7, page="112-118",
        ...              container_title="Journal of Light")
        >>> two = one.replace(id="b", title="Lamps of Old Houses - A Study.", page="112-8",
        ...                   author=["Roe, A.", "Doe, J."], container_title="J. Light")
        >>> for group in duplicates(Library([one, Record(title="Other"), two])):
        ...     print(group.positions, group.certainty)
        ...     print(group.reason)
        (0, 2) certain
        titles, years, authors, journals, volumes and pages agree; pages differ by form
    """
    least = Certainty(certainty)
    with collector_paused():
        return _Search(library, preprints=preprints).groups(least)


def related_works(library: Iterable[Record]) -> tuple[RelatedWorks, ...]:
    """Return the pairs of records that describe works that are related, but not the same.

    Args:
        library: The records, such as a `Library`.

    Returns:
        The pairs in the order of their positions.

    Example:
        >>> from refcite import Library, Record
        >>> from refcite.collection.duplicates import related_works
        >>> one = Record(id="a", type="article-journal", title="Lamps of old houses",
        ...              author="Ann Roe", issued=2019, container_title="Journal of Light")
        >>> two = one.replace(id="b", container_title="bioRxiv", doi="10.1101/2018.01.02.1234")
        >>> [found.relation for found in related_works(Library([one, two]))]
        ['preprint and article']
    """
    with collector_paused():
        return _Search(library).related()


def search_works(
    library: Iterable[Record], *, preprints: bool = False
) -> tuple[tuple[DuplicateGroup, ...], tuple[RelatedWorks, ...]]:
    """Return the groups of `duplicates`, and the pairs of `related_works`, of one search.

    Args:
        library: The records.
        preprints: Whether a preprint and the article are the same work.
    """
    with collector_paused():
        search = _Search(library, preprints=preprints)
        return search.groups(Certainty.POSSIBLE), search.related()


class _Search:
    """The records of a library with the verdicts on the pairs that may be the same."""

    def __init__(self, library: Iterable[Record], *, preprints: bool = False) -> None:
        self.preprints = preprints
        self.records: list[Prepared] = [prepare(record) for record in library]
        self.verdicts: dict[_Pair, Verdict] = {}
        for first, second in candidate_pairs(self.records):
            one, other = self.records[first], self.records[second]
            if are_excluded(one, other):
                continue
            verdict = judge(one, other, preprints=preprints)
            if verdict is not None and (verdict.certainty or verdict.relation):
                self.verdicts[first, second] = verdict

    def groups(self, least: Certainty) -> tuple[DuplicateGroup, ...]:
        """Return the groups with at least a certainty, in the order of their positions."""
        found = self.certain_or_likely(least)
        if least is Certainty.POSSIBLE:
            found += self.possible(found)
        return tuple(sorted(found, key=lambda group: group.positions))

    def related(self) -> tuple[RelatedWorks, ...]:
        """Return the pairs of related works, in the order of their positions."""
        found = [
            RelatedWorks(pair, verdict.relation)
            for pair, verdict in self.verdicts.items()
            if verdict.relation is not None
        ]
        return tuple(sorted(found, key=lambda one: one.positions))

    def certain_or_likely(self, least: Certainty) -> list[DuplicateGroup]:
        """Return the groups with at least a certainty, without those that are only possible."""
        lowest = max(least.rank, Certainty.LIKELY.rank)
        pairs = self._pairs(lowest)
        groups = consistent_groups(pairs, self._may_be_one)
        return [
            self._group(positions, within)
            for positions, within in zip(groups, _by_group(groups, self.verdicts), strict=True)
        ]

    def possible(self, groups: Iterable[DuplicateGroup]) -> list[DuplicateGroup]:
        """Return the groups that are only possible, with the first record of each group.

        In each, all pairs are possible: two records that may both be a third one are no group.
        """
        first_of = {place: group.positions[0] for group in groups for place in group.positions}
        pairs: dict[_Pair, _Pair] = {}
        for pair, verdict in self.verdicts.items():
            if verdict.certainty is Certainty.POSSIBLE:
                one, other = (first_of.get(position, position) for position in pair)
                if one != other:
                    pairs.setdefault((min(one, other), max(one, other)), pair)
        places = consistent_groups(
            sorted(pairs), lambda one, other: (min(one, other), max(one, other)) in pairs
        )
        within = _by_group(places, pairs)
        together = {pair for found in within for pair in found}
        apart = [pair for pair in pairs if pair not in together]
        return [
            DuplicateGroup(tuple(positions), self._reason(pairs[first]), Certainty.POSSIBLE)
            for positions, first in [
                *zip(places, (found[0] for found in within), strict=True),
                *zip(apart, apart, strict=True),
            ]
        ]

    def _pairs(self, lowest: int) -> Iterator[_Pair]:
        """Yield the pairs with a certainty, the highest first, and among them in their order."""
        found = [
            (-verdict.certainty.rank, abs(verdict.evidence.years), pair)
            for pair, verdict in self.verdicts.items()
            if verdict.certainty is not None and verdict.certainty.rank >= lowest
        ]
        return (pair for *_, pair in sorted(found))

    def _may_be_one(self, one: int, other: int) -> bool:
        """Return whether two records of a group do not contradict each other."""
        first, second = (one, other) if one < other else (other, one)
        verdict = self.verdicts.get((first, second))
        if verdict is None:
            verdict = judge(self.records[first], self.records[second], preprints=self.preprints)
        if verdict is None or verdict.certainty is None:
            return False
        if verdict.certainty is not Certainty.POSSIBLE:
            return True
        found = verdict.evidence
        numbers = (found.volumes, found.pages, found.dois, found.pmids)
        return NumberRelation.DIFFERENT not in numbers

    def _group(self, positions: list[int], pairs: Iterable[_Pair]) -> DuplicateGroup:
        """Return a group with the lowest of the certainties that are needed to hold it together."""
        weakest = _weakest_link(
            {pair: verdict for pair in pairs if (verdict := self.verdicts[pair]).certainty}
        )
        certainty = self.verdicts[weakest].certainty
        assert certainty is not None  # noqa: S101 - the others are not passed on
        return DuplicateGroup(tuple(positions), self._reason(weakest), certainty)

    def _reason(self, pair: _Pair) -> str:
        one, other = pair
        return reason_of(self.records[one], self.records[other], self.verdicts[pair])


def _by_group(groups: Sequence[Sequence[int]], pairs: Iterable[_Pair]) -> list[list[_Pair]]:
    """Return the pairs within each of the groups."""
    group_of = {place: number for number, group in enumerate(groups) for place in group}
    found: list[list[_Pair]] = [[] for _ in groups]
    for one, other in pairs:
        number = group_of.get(one)
        if number is not None and number == group_of.get(other):
            found[number].append((one, other))
    return found


def _weakest_link(verdicts: dict[_Pair, Verdict]) -> _Pair:
    """Return the last pair that connects the records, if they are connected by certainty."""
    parents: dict[int, int] = {}

    def top(place: int) -> int:
        while (above := parents.get(place, place)) != place:
            parents[place] = parents.get(above, above)
            place = above
        return place

    weakest = None
    for pair in sorted(verdicts, key=lambda pair: (-_rank(verdicts[pair]), pair)):
        one, other = map(top, pair)
        if one != other:
            parents[one] = other
            if weakest is None or _rank(verdicts[pair]) < _rank(verdicts[weakest]):
                weakest = pair
    assert weakest is not None  # noqa: S101 - a group is connected
    return weakest


def _rank(verdict: Verdict) -> int:
    return verdict.certainty.rank if verdict.certainty is not None else -1
