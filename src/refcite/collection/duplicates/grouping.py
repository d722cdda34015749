"""Groups of records from pairs of them, in which no two records contradict each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

__all__ = ["consistent_groups"]

_MOST_CHECKED: Final = 12
"""So many records of a group are compared with those of another one before they are united."""


def consistent_groups(
    pairs: Iterable[tuple[int, int]], may_be_one: Callable[[int, int], bool]
) -> list[list[int]]:
    """Return groups of the records of pairs; a pair is not used if it would unite contradictions.

    If `a` and `b` are one work, and `b` and `c`, but `a` and `c` are not, then one of the pairs is
    wrong. The later one is not used, so the pairs have to be in the order of their certainty.

    Args:
        pairs: The positions of two records that are one work, the most certain first.
        may_be_one: Whether two records can be one work.

    Example:
        >>> consistent_groups([(1, 2), (2, 3), (4, 5)], lambda one, other: {one, other} != {1, 3})
        [[1, 2], [4, 5]]
    """
    group_of: dict[int, list[int]] = {}
    for one, other in pairs:
        group = group_of.setdefault(one, [one])
        partner = group_of.setdefault(other, [other])
        if group is partner or not _are_consistent(group, partner, one, other, may_be_one):
            continue
        if len(group) < len(partner):
            group, partner = partner, group
        group += partner
        for position in partner:
            group_of[position] = group
    found = {id(group): group for group in group_of.values() if len(group) > 1}
    return sorted(sorted(group) for group in found.values())


def _are_consistent(
    group: Sequence[int],
    partner: Sequence[int],
    one: int,
    other: int,
    may_be_one: Callable[[int, int], bool],
) -> bool:
    return all(
        (position, place) == (one, other) or may_be_one(position, place)
        for position in group[:_MOST_CHECKED]
        for place in partner[:_MOST_CHECKED]
    )
