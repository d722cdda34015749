"""The merge of groups in a library."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from attrs import evolve, frozen

from refcite.collection.duplicates import DuplicateGroup
from refcite.collection.merge.records import Keep, Merged, merge
from refcite.formats.bibtex import with_texts_of_removed
from refcite.keys import redirected
from refcite.library import Library
from refcite.problems import RecordValueError
from refcite.record import Record

__all__ = ["MergedGroup", "MergedLibrary", "merge_groups"]


@frozen
class MergedGroup:
    """A group of a library that was merged.

    Attributes:
        positions: The positions of the records before the merge, counted from 0.
        preferred: The position before the merge of the record whose id was kept.
        merged: The merged record, and how it was created; its positions are those in the group.

    Example:
        >>> from refcite import Record, merge_groups
        >>> works = [Record(id="a", title="One"), Record(id="b"), Record(id="c", title="One")]
        >>> (group,) = merge_groups(works, [(0, 2)]).groups
        >>> group.positions, group.preferred, group.merged.record.id
        ((0, 2), 0, 'a')
    """

    positions: tuple[int, ...]
    preferred: int
    merged: Merged


@frozen
class MergedLibrary:
    """A library after a merge.

    Attributes:
        library: The records that remain, in their order; a merged record is at the position of the
            record whose id it has. The problems are those of the original library.
        groups: The groups that were merged.
        redirected: The ids that were removed, each with the id of the merged record.

    Example:
        >>> from refcite import Record, merge_groups
        >>> found = merge_groups([Record(id="a", title="One"), Record(id="b")], [(0, 1)])
        >>> found.library.ids, found.redirected
        (('a',), {'b': 'a'})
    """

    library: Library
    groups: tuple[MergedGroup, ...]
    redirected: Mapping[str, str]


def merge_groups(
    library: Iterable[Record],
    groups: Iterable[DuplicateGroup | Iterable[int]],
    *,
    keep: Keep | str = Keep.COMPLETE,
    dropped: Collection[int] = (),
) -> MergedLibrary:
    """Merge groups of records in a library; the other records do not change.

    References to a removed record, such as BibTeX's `crossref`, are redirected to the merged one.
    Comments and macros of a BibTeX file before a removed entry are kept.

    Args:
        library: The records.
        groups: The groups that `duplicates` returns, or their positions. No record may be in two.
        keep: The rule for the preferred record, as for `merge`.
        dropped: Positions of records that are removed and whose values are not used. If one record
            of a group is not dropped, it remains as it is.

    Raises:
        RecordValueError: A position does not exist or is in two groups, or all records of a group
            are dropped.

    Example:
        >>> import refcite
        >>> library = refcite.loads('''
        ... @book{a, title = {One}, year = 2001}
        ... @book{b, title = {One}, year = 2001, publisher = {P}}
        ... @inbook{c, title = {Two}, crossref = {a}}''')
        >>> found = refcite.merge_groups(library, [(0, 1)])
        >>> [(record.id, dict(record.extra)) for record in found.library]
        [('b', {'ids': 'a'}), ('c', {'crossref': 'b'})]
    """
    records = list(library)
    taken: set[int] = set()
    merged: dict[int, Record] = {}
    removed: set[int] = set()
    found: list[MergedGroup] = []
    targets: dict[str, str] = {}
    for group in groups:
        places = group.positions if isinstance(group, DuplicateGroup) else tuple(group)
        _check(places, taken, len(records))
        taken.update(places)
        used = tuple(place for place in places if place not in dropped)
        if not used:
            raise RecordValueError(f"all records of the group {places} are dropped; keep one")
        one = _of_group(merge([records[place] for place in used], keep=keep), used, places)
        preferred = places[one.preferred]
        found.append(MergedGroup(places, preferred, one))
        merged[preferred] = one.record
        removed.update(place for place in places if place != preferred)
        for place in places:
            if records[place].id != one.record.id:
                targets.setdefault(records[place].id, one.record.id)
    remaining = {record.id for place, record in enumerate(records) if place not in removed}
    targets = {old: new for old, new in targets.items() if old not in remaining}
    kept = [merged.get(place, record) for place, record in enumerate(records)]
    problems = library.problems if isinstance(library, Library) else ()
    containers = library.containers if isinstance(library, Library) else []
    if removed:
        kept, containers = with_texts_of_removed(kept, removed, containers)
    made = Library(containers=[redirected(one, targets) for one in containers])
    for record in kept:
        made.adopt(redirected(record, targets) if targets else record)
    made.problems = list(problems)  # two records with one id have been reported before
    return MergedLibrary(made, tuple(found), targets)


def _of_group(merged: Merged, used: tuple[int, ...], places: tuple[int, ...]) -> Merged:
    """Return a merge of some records of a group with their positions in the whole group."""
    if used == places:
        return merged
    place_of = [places.index(place) for place in used]
    choices = tuple(
        evolve(
            one,
            source=None if one.source is None else place_of[one.source],
            others=tuple((place_of[place], value) for place, value in one.others),
        )
        for one in merged.choices
    )
    return Merged(merged.record, place_of[merged.preferred], choices)


def _check(places: tuple[int, ...], taken: set[int], count: int) -> None:
    for place in places:
        if not 0 <= place < count:
            raise RecordValueError(f"there is no record {place}; the library has {count} records")
        if place in taken:
            raise RecordValueError(f"the record {place} is in two groups, or twice in one")
