"""The works of a document: in which order they are listed, and their numbers."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable

from refcite.csl.sorting import SortKey

__all__ = ["Registry"]


class Registry:
    """The works that a document cites or lists, in the order of its bibliography.

    A work that is added goes straight to its place, so that a document grows in linear time.

    Args:
        sort_key: Gives the sort key of a work from its key and the number it would have by the
            order of citing; None where the style does not sort.
    """

    def __init__(self, sort_key: Callable[[str, int], SortKey] | None) -> None:
        self._sort_key = sort_key
        self._numbers: dict[str, int] = {}
        self._ranks: dict[str, tuple[SortKey, int, str]] = {}
        self._sorted: list[tuple[SortKey, int, str]] | None = []

    def __contains__(self, key: str) -> bool:
        return key in self._numbers

    @property
    def cited(self) -> list[str]:
        """The keys in the order in which works were added."""
        return list(self._numbers)

    def add(self, keys: Iterable[str]) -> list[str]:
        """Add works; return those that are new."""
        new = [key for key in dict.fromkeys(keys) if key not in self._numbers]
        for key in new:
            self._numbers[key] = len(self._numbers) + 1
        if self._sort_key is not None and new:
            if self._sorted is not None and len(new) == 1:
                insort(self._sorted, self._rank(new[0]))
            else:
                self._sorted = None
        return new

    def forget_keys(self, keys: Iterable[str]) -> None:
        """Have works sorted again, since their sort keys have changed."""
        if self._sort_key is None:
            return
        for key in keys:
            old = self._ranks.pop(key, None)
            if old is not None and self._sorted is not None:
                del self._sorted[bisect_left(self._sorted, old)]
                insort(self._sorted, self._rank(key))

    def rank(self, key: str) -> tuple[SortKey, int, str]:
        """Return what a work is ordered by; the rank of one that is not there comes last."""
        return self._rank(key)

    def _rank(self, key: str) -> tuple[SortKey, int, str]:
        rank = self._ranks.get(key)
        if rank is None:
            number = self._numbers.get(key, len(self._numbers) + 1)
            sort_key = self._sort_key(key, number) if self._sort_key is not None else ()
            rank = self._ranks[key] = (sort_key, number, key)
        return rank

    def _ordered(self) -> list[tuple[SortKey, int, str]]:
        if self._sorted is None:
            self._sorted = sorted(map(self._rank, self._numbers))
        return self._sorted

    @property
    def order(self) -> list[str]:
        """The keys in the order of the bibliography."""
        if self._sort_key is None:
            return list(self._numbers)
        return [key for _, _, key in self._ordered()]

    def number(self, key: str) -> int:
        """Return a work's place in the bibliography, counted from 1; 0 where it is not in it."""
        if key not in self._numbers:
            return 0
        if self._sort_key is None:
            return self._numbers[key]
        return bisect_left(self._ordered(), self._rank(key)) + 1
