"""Year suffixes: `2001a`, `2001b` for works that cannot be distinguished otherwise.

Source: CSL 1.0.2, `disambiguate-add-year-suffix`. They are assigned in the bibliography's order.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable
from typing import Any, Final

__all__ = ["YearSuffixes", "year_suffix"]

_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"


class YearSuffixes:
    """The suffixes of works whose cites have the same text, by rank in the bibliography.

    Example:
        >>> suffixes = YearSuffixes()
        >>> suffixes.add(7)
        >>> suffixes.suffix_of(7)
        ''
        >>> suffixes.add(3)
        >>> suffixes.suffix_of(3), suffixes.suffix_of(7)
        ('a', 'b')
    """

    __slots__ = ("_ranks",)

    def __init__(self) -> None:
        self._ranks: list[Any] = []

    def add(self, rank: Any) -> None:
        """Add one work."""
        insort(self._ranks, rank)

    def order(self, ranks: Iterable[Any]) -> None:
        """Replace the works by those with these ranks."""
        self._ranks = sorted(ranks)

    def suffix_of(self, rank: Any) -> str:
        """Return the suffix of one of the works; an empty text if it is the only one."""
        if len(self._ranks) < 2:
            return ""
        return year_suffix(bisect_left(self._ranks, rank))


def year_suffix(number: int) -> str:
    """Return the letters for a number counted from 0: `a` … `z`, `aa` ….

    Example:
        >>> year_suffix(0), year_suffix(25), year_suffix(26), year_suffix(52)
        ('a', 'z', 'aa', 'ba')
    """
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = _LETTERS[rest] + letters
    return letters
