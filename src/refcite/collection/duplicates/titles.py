"""The titles of two records: whether they can be titles of the same work."""

from __future__ import annotations

from collections import Counter
from enum import IntEnum
from typing import Final

from rapidfuzz.fuzz import ratio

from refcite.collection.duplicates.folding import Title, is_series_mark

__all__ = ["TitleRelation", "compare_titles"]


class TitleRelation(IntEnum):
    """How two titles relate to each other."""

    DIFFERENT = 0
    MISSING = 1
    SIMILAR = 2
    """Most words agree, and others do not."""
    SHORTENED = 3
    """One is the other without its subtitle, its end or its start."""
    NEAR = 4
    """They differ in the spelling of a word, in small words or in the order of words."""
    SAME = 5


_SHORTEST_START: Final = 25
"""Letters of a title that is the start of another one without a mark of a subtitle."""
_SHORTEST_MAIN: Final = 12
_SIMILAR: Final = 80
"""Percent of equal letters in order: below, titles differ."""
_SPELLING: Final = 80
_OPPOSITES_TEXT: Final = (
    "hypo hyper pre post male female men women man woman boy girl child adult increase decrease"
    " in out intra inter intra extra micro macro mono poly left right upper lower short long"
    " positive negative acute chronic north south east west uni bi homo hetero anti pro over under"
    " with without inner outer early late high low type non before after oral aural invasive"
    " noninvasive"
)
_OPPOSITES: Final = frozenset(
    frozenset(pair) for pair in zip(*[iter(_OPPOSITES_TEXT.split())] * 2, strict=True)
)
_NEGATIONS: Final = frozenset(("no", "non", "not", "without", "never", "un"))


def compare_titles(one: tuple[Title, ...], other: tuple[Title, ...]) -> TitleRelation:
    """Return how the titles of two records relate to each other; the best of their translations.

    Example:
        >>> from refcite.collection.duplicates.folding import title_of
        >>> def compared(one, other):
        ...     return compare_titles((title_of(one),), (title_of(other),)).name
        >>> compared("The colours of lamps", "Colors of Lamp"), compared("Lamps II", "Lamps III")
        ('SAME', 'DIFFERENT')
        >>> compared("Lamps of old houses", "Lamps of old houses: a history of light")
        'SHORTENED'
        >>> compared("Hypothermia under lamps", "Hyperthermia under lamps")
        'SIMILAR'
    """
    if not one or not other:
        return TitleRelation.MISSING
    best = _compare(one[0], other[0])
    if len(one) > 1 or len(other) > 1:
        for title in one:
            for partner in other:
                if best < TitleRelation.NEAR:
                    best = max(best, _compare(title, partner))
    return best


def _compare(one: Title, other: Title) -> TitleRelation:
    if one.joined == other.joined or one.spelling == other.spelling:
        return TitleRelation.SAME
    shorter, longer = (one, other) if len(one.joined) <= len(other.joined) else (other, one)
    if rest := _rest(shorter, longer):
        if is_series_mark(rest):
            return TitleRelation.DIFFERENT
        return TitleRelation.SHORTENED
    score = ratio(one.spelling, other.spelling, score_cutoff=_SIMILAR)
    if not score and not _are_turned(one, other):
        return TitleRelation.DIFFERENT
    numbers, others = one.numbers, other.numbers
    if (
        numbers != others
        and sorted(numbers) != sorted(others)
        and "".join(numbers) != "".join(others)
    ):
        return TitleRelation.DIFFERENT
    return _by_words(one, other)


def _rest(shorter: Title, longer: Title) -> tuple[str, ...]:
    """Return the words that a shortened title omits, empty if it is not a shortened title."""
    short, long = shorter.joined, longer.joined
    is_main = len(short) >= _SHORTEST_MAIN and longer.main == short and len(shorter.words) > 1
    if not is_main:
        if len(short) < _SHORTEST_START:
            # A number is after it: `Lamps`, `Lamps 2`.
            if not (long.startswith(short) and is_series_mark(longer.words[len(shorter.words) :])):
                return ()
        elif not long.startswith(short):
            if long.endswith(short):
                return longer.words[: -len(shorter.words)]
            return ()
    return longer.words[len(shorter.words) :]


def _are_turned(one: Title, other: Title) -> bool:
    return len(one.words) == len(other.words) and sorted(one.words) == sorted(other.words)


def _by_words(one: Title, other: Title) -> TitleRelation:
    """Return how two titles relate to each other that have most letters in common."""
    words, partners = one.content, other.content
    if words == partners:
        return TitleRelation.SAME
    left, right = _without(words, partners), _without(partners, words)
    if not left and not right:
        return TitleRelation.NEAR
    joined, joined_other = "".join(left), "".join(right)
    if joined == joined_other:
        return TitleRelation.NEAR
    if not left or not right:
        extra = left or right
        is_small = len(extra) == 1 and len(extra[0]) < 4 and extra[0] not in _NEGATIONS
        return TitleRelation.NEAR if is_small else TitleRelation.SIMILAR
    if _are_opposites(left, right):
        return TitleRelation.SIMILAR
    if ratio(joined, joined_other) >= _SPELLING or _are_typing_errors(left, right):
        return TitleRelation.NEAR
    return TitleRelation.SIMILAR


def _without(words: tuple[str, ...], others: tuple[str, ...]) -> list[str]:
    """Return words without those of another title, each as often as it has them."""
    distinct = set(others)
    if len(distinct) == len(others) and len(set(words)) == len(words):
        return [word for word in words if word not in distinct]
    return list((Counter(words) - Counter(others)).elements())


def _are_typing_errors(left: list[str], right: list[str]) -> bool:
    """Return whether words differ in one or two letters each."""
    return len(left) == len(right) and all(
        min(len(word), len(partner)) > 3 and ratio(word, partner) >= _SPELLING
        for word, partner in zip(left, right, strict=True)
    )


def _are_opposites(left: list[str], right: list[str]) -> bool:
    for word in left:
        for partner in right:
            start = 0
            shortest = min(len(word), len(partner))
            while start < shortest and word[start] == partner[start]:
                start += 1
            end = 0
            while end < shortest - start and word[-1 - end] == partner[-1 - end]:
                end += 1
            # The parts in which they differ, with the letters that they share before.
            for cut in range(end, max(end - 3, -1), -1):
                pair = frozenset((word[: len(word) - cut], partner[: len(partner) - cut]))
                if pair in _OPPOSITES:
                    return True
    return False
