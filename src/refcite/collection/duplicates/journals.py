"""The titles of journals and proceedings, with their abbreviations (ISO 4, NLM)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from refcite.collection.duplicates.folding import words_of

__all__ = ["agree_as_titles", "container_words"]

_SMALL_TEXT: Final = (
    "a an and at by da das de dei del della der des di die do dos du e ed el en et for fur in"
    " la las le les los of on og or para pour s the to und van voor y"
)
_SMALL: Final = frozenset(_SMALL_TEXT.split())
_PARENTHESES: Final = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_SUBTITLE: Final = re.compile(r"\s+[:=/]\s+|\s*=\s*|:\s+")
_LONGEST: Final = 300
_MOST_SKIPPED: Final = 0.5
"""The share of the words of the longer title that an abbreviation may omit."""


@lru_cache(maxsize=50_000)
def container_words(text: str) -> tuple[tuple[str, ...], ...]:
    """Return the words of a title of a journal, without articles; also without its subtitle.

    Example:
        >>> container_words("The Lancet (London, England)")
        (('lancet',),)
        >>> container_words("Lamps : journal of light")
        (('lamps', 'journal', 'light'), ('lamps',))
    """
    bare = _PARENTHESES.sub("", text[:_LONGEST]) or text[:_LONGEST]
    whole = _content(bare)
    start = _content(_SUBTITLE.split(bare, maxsplit=1)[0])
    return (whole, start) if start and start != whole else (whole,)


def _content(text: str) -> tuple[str, ...]:
    words = words_of(text.replace("&", " "))
    return tuple([word for word in words if word not in _SMALL]) or tuple(words)


@lru_cache(maxsize=100_000)
def agree_as_titles(one: str, other: str) -> bool:
    """Return whether two titles of journals can be the same, one or both abbreviated.

    A word is abbreviated by its first letters or, with the same first letter, by some of its
    letters in order (`natl`, `jpn`), as in ISO 4 and in the list of the NLM; a title also by its
    initials.

    Example:
        >>> agree_as_titles("Proc Natl Acad Sci U S A", "Proceedings of the National Academy of"
        ...                 " Sciences of the United States of America")
        True
        >>> agree_as_titles("JAMA", "Journal of the American Medical Association")
        True
        >>> agree_as_titles("Journal of Light", "Journal of Lamps")
        False
    """
    for words in container_words(one):
        for partner in container_words(other):
            if words == partner or _agree(words, partner):
                return True
    return False


def _agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    if not one or not other:
        return False
    shorter, longer = (one, other) if len(one) <= len(other) else (other, one)
    if len(shorter) == 1:
        return (len(longer) == 1 and _abbreviates(shorter[0], longer[0])) or _initials(
            shorter[0], longer
        )
    place = 0
    for word in shorter:
        while place < len(longer) and not _abbreviates(word, longer[place]):
            place += 1
        if place == len(longer):
            return False
        place += 1
    return len(longer) - len(shorter) <= _MOST_SKIPPED * len(longer)


def _initials(word: str, words: tuple[str, ...]) -> bool:
    return (
        len(word) >= 3
        and word == "".join(one[0] for one in words)[: len(word)]
        and (len(words) <= len(word) + 1)
    )


def _abbreviates(one: str, other: str) -> bool:
    """Return whether one of two words abbreviates the other."""
    if one == other:
        return True
    if one[0] != other[0]:
        return False
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    if long.startswith(short):
        return True
    if len(short) == len(long):
        return False
    letters = iter(long)
    return all(letter in letters for letter in short)
