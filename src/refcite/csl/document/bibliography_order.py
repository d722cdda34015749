"""The works of a document in the order of the bibliography, and their numbers."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable
from typing import Final

from refcite.csl.render.sort_keys import SortKey

__all__ = ["Registry", "SectionOf"]

SectionOf = Callable[[str], int]
"""Returns the section of a work from its key; sections are numbered in the printed order."""

# Up to this number, new works are inserted one by one.
_FEW: Final = 20
# For sorting: the numbers of works that are listed after all cited works.
_LATE: Final = 10**9

_Rank = tuple[SortKey, int, str]


class Registry:
    """The works that a document cites or lists, in the order of its bibliography.

    An added work is inserted at its place, so that a document grows in linear time.

    Args:
        sort_key: Returns the sort key of a work from its key and its number in the order of citing;
            None if the style does not sort.
        by_number: Whether sort keys depend on that number.
        counts_down: Whether the numbers end with 1.
    """

    def __init__(
        self,
        sort_key: Callable[[str, int], SortKey] | None,
        by_number: bool = False,
        counts_down: bool = False,
    ) -> None:
        self._sort_key = sort_key
        self._by_number = by_number
        self._counts_down = counts_down
        # Returns the section of a work, if the bibliography has sections.
        self._section_of: SectionOf | None = None
        self._numbers: dict[str, int] = {}
        # Works that are listed after all cited works.
        self._late: dict[str, int] = {}
        # The index of each among these works, computed when it is requested.
        self._late_places: dict[str, int] | None = None
        self._ranks: dict[str, _Rank] = {}
        # The number of each work, while all are listed without a change.
        self._places: dict[str, int] | None = None
        # None if the ranks must be sorted again, and if the order is that of citing.
        self._sorted: list[_Rank] | None = None if sort_key is None else []

    def __contains__(self, key: str) -> bool:
        return key in self._numbers or key in self._late

    @property
    def cited(self) -> list[str]:
        """The keys in the order of citing."""
        return [*self._numbers, *self._late]

    @property
    def sorts(self) -> bool:
        """Whether the order of the bibliography can differ from the order of citing."""
        return self._sort_key is not None or self._section_of is not None

    def divide(self, section_of: SectionOf | None) -> None:
        """Sort works first by their sections, then within them as the style specifies.

        Args:
            section_of: Returns the section of a work; None for a bibliography without sections.
        """
        was_divided = self._section_of is not None
        self._section_of = section_of
        self._ranks = {
            key: (self._divided(sort_key[1] if was_divided else sort_key, key), number, key)
            for key, (sort_key, number, _) in self._ranks.items()
        }
        self._sorted = self._places = None

    def _divided(self, sort_key: SortKey, key: str) -> SortKey:
        """Return a sort key after the section of its work, if there are sections."""
        return sort_key if self._section_of is None else (self._section_of(key), sort_key)

    def add(self, keys: Iterable[str]) -> tuple[list[str], list[str]]:
        """Add works that are cited; return those that are new, and those that were at the end."""
        wanted = [key for key in dict.fromkeys(keys) if key not in self._numbers]
        early = [key for key in wanted if key in self._late]
        self._take_out(early)
        for key in early:
            del self._late[key]
        if early:
            self._late_places = None
        for key in wanted:
            self._numbers[key] = len(self._numbers) + 1
        self._put_in(wanted)
        return [key for key in wanted if key not in early], early

    def add_late(self, keys: Iterable[str]) -> list[str]:
        """Add works that are listed after all cited works; return those that are new."""
        new = [key for key in dict.fromkeys(keys) if key not in self]
        for key in new:
            self._late[key] = len(self._late) + 1
        self._late_places = None
        self._put_in(new)
        return new

    def arrange(self, keys: Iterable[str], late: Iterable[str]) -> tuple[bool, bool, list[str]]:
        """Replace the works by these, in a new order of citing.

        Returns:
            Whether there are new works, whether remaining works have changed places, and the
            removed works.
        """
        before = self.cited
        self._numbers = {key: number for number, key in enumerate(dict.fromkeys(keys), 1)}
        last = [key for key in dict.fromkeys(late) if key not in self._numbers]
        self._late = {key: number for number, key in enumerate(last, 1)}
        self._late_places = None
        now = self.cited
        if before == now:
            return False, False, []
        known = set(before)
        gone = [key for key in before if key not in self]
        stay = [key for key in before if key in self]
        ranks = {} if self._by_number else self._ranks
        self._ranks = {
            key: (ranks[key][0], self._number_in_rank(key), key) for key in now if key in ranks
        }
        self._sorted = self._places = None
        return True, stay != [key for key in now if key in known], gone

    def forget_keys(self, keys: Iterable[str]) -> None:
        """Sort works again, since their sort keys have changed."""
        if not self.sorts:
            return
        known = [key for key in keys if key in self._ranks]
        self._take_out(known)
        self._put_in([key for key in known if key in self])

    def _take_out(self, keys: Iterable[str]) -> None:
        self._places = None
        for key in keys:
            rank = self._ranks.pop(key, None)
            if rank is not None and self._sorted is not None:
                del self._sorted[bisect_left(self._sorted, rank)]

    def _put_in(self, keys: list[str]) -> None:
        if not keys or not self.sorts:
            return
        self._places = None
        if self._sorted is None or len(keys) > _FEW:
            self._sorted = None
            return
        for key in keys:
            insort(self._sorted, self.rank(key))

    def rank(self, key: str) -> _Rank:
        """Return the sort key of a work; the rank of a missing work is last."""
        rank = self._ranks.get(key)
        if rank is None:
            number = self._number_in_rank(key)
            sort_key = self._sort_key(key, number) if self._sort_key is not None else ()
            rank = self._ranks[key] = (self._divided(sort_key, key), number, key)
        return rank

    def _number_in_rank(self, key: str) -> int:
        return self._numbers.get(key) or _LATE + self._late.get(key, len(self._late) + 1)

    def _ordered(self) -> list[_Rank]:
        if self._sorted is None:
            self._sorted = sorted(map(self.rank, self.cited))
        return self._sorted

    @property
    def order(self) -> list[str]:
        """The keys in the order of the bibliography."""
        if not self.sorts:
            return self.cited
        keys = [key for _, _, key in self._ordered()]
        # After the list, the number of each work is requested; a search for each would be slower.
        count = len(keys)
        numbers = range(count, 0, -1) if self._counts_down else range(1, count + 1)
        self._places = dict(zip(keys, numbers, strict=True))
        return keys

    def number(self, key: str) -> int:
        """Return a work's number in the bibliography, from 1; 0 if it is not listed."""
        if key not in self:
            return 0
        if self.sorts:
            if self._places is not None:
                return self._places[key]
            before = bisect_left(self._ordered(), self.rank(key))
            return len(self._ordered()) - before if self._counts_down else before + 1
        if self._late_places is None:
            self._late_places = {key: place for place, key in enumerate(self._late, 1)}
        return self._numbers.get(key) or len(self._numbers) + self._late_places[key]
