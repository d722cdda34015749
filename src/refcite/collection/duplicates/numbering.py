"""Volumes, issues and pages in the forms of databases."""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache
from typing import Final, NamedTuple

from refcite.collection.duplicates.folding import number_of_word

__all__ = ["NumberRelation", "Pages", "compare_pages", "number_of", "pages_of", "series_numbers"]

_LONGEST: Final = 60
_NUMBER: Final = re.compile(r"[a-z]*\d+[a-z]?|[a-z]+")
_RANGE: Final = re.compile(r"([a-z]{0,8}\.?\s*\d+[a-z]?)(?:\s*-\s*([a-z]{0,8}\s*\d*[a-z]?))?")
_WORDS_BEFORE: Final = re.compile(
    r"^\s*(?:pages?|pp?|art(?:icle)?|s\.(?=\s)|seiten?)\b[.:]?\s*(?:no\.?|number)?\s*"
)
_DASHES: Final = re.compile(r"\s*[-‐‑‒–—―−]+\s*")
_FIGURES: Final = re.compile(r"\d+")
_ROMAN: Final = frozenset("ivx")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")


class NumberRelation(IntEnum):
    """How two numbers relate to each other."""

    DIFFERENT = 0
    MISSING = 1
    """One is missing, or they are of different kinds: a page and the number of an article."""
    SAME = 2


class Pages(NamedTuple):
    """Pages: the first and the last, with letters before them, such as `e12` or `s5`."""

    first: str
    last: str
    """Empty if it is missing; with all figures (`12-5` is 12 to 15)."""
    figure: int
    """The first page as a number."""
    length: int
    """The number of pages, 0 if it is unknown."""


@lru_cache(maxsize=100_000)
def pages_of(text: str) -> Pages | None:
    """Return the pages in a text, None if there is no number in it.

    Example:
        >>> pages_of("12-5")
        Pages(first='12', last='15', figure=12, length=4)
        >>> pages_of("pp. 541‐549") == pages_of("541-9")
        True
        >>> pages_of("e0187376").first, pages_of("S5–S9").last
        ('e187376', 's9')
    """
    text = _DASHES.sub("-", _WORDS_BEFORE.sub("", text[:_LONGEST].casefold()))
    found = _RANGE.search(text)
    if found is None:
        return None
    first = found[1].replace(".", "").replace(" ", "")
    digits = _FIGURES.search(first)
    if digits is None:
        return None
    letters = first[: digits.start()]
    figure = int(digits[0])
    first = f"{letters}{figure}{first[digits.end() :]}"
    last, length = "", 0
    end = _FIGURES.search(found[2] or "")
    if end is not None:
        short = end[0]
        if len(short) < len(digits[0]):
            short = digits[0][: len(digits[0]) - len(short)] + short
        last_figure = int(short)
        if last_figure >= figure:
            last = f"{letters}{last_figure}"
            length = last_figure - figure + 1
    return Pages(first, last, figure, length)


def compare_pages(one: Pages | None, other: Pages | None) -> NumberRelation:
    """Return how the pages of two records relate to each other.

    Example:
        >>> compare_pages(pages_of("12-5"), pages_of("12–15")).name
        'SAME'
        >>> compare_pages(pages_of("e0187376"), pages_of("1-14")).name
        'MISSING'
        >>> compare_pages(pages_of("12-5"), pages_of("112-5")).name
        'DIFFERENT'
        >>> compare_pages(pages_of("S12"), pages_of("112-5")).name  # an abstract in a supplement
        'DIFFERENT'
    """
    if one is None or other is None:
        return NumberRelation.MISSING
    if one.first == other.first or one.figure == other.figure > 9:
        return NumberRelation.SAME
    if one.figure != other.figure and one.first.startswith("s") != other.first.startswith("s"):
        return NumberRelation.DIFFERENT
    # The number of an article, and the pages of its PDF; or the pages before an issue had them.
    if (one.figure == 1) != (other.figure == 1):
        return NumberRelation.MISSING
    if one.first.isdecimal() != other.first.isdecimal() or (
        (one.figure > 9999) != (other.figure > 9999)
    ):
        return NumberRelation.MISSING
    return NumberRelation.DIFFERENT


@lru_cache(maxsize=100_000)
def number_of(text: str) -> str:
    """Return the number of a volume or an issue, empty without one.

    Example:
        >>> number_of("Vol. 013 (1) (no pagination)"), number_of("12 Suppl. 1"), number_of("n/a")
        ('13', '12', '')
        >>> number_of("XIV"), number_of("B")
        ('14', 'b')
    """
    found = _FIGURES.search(text[:_LONGEST])
    if found:
        return found[0].lstrip("0") or "0"
    word = text.strip(" .").casefold().removeprefix("vol").strip(" .")
    return number_of_word(word) or (word if len(word) == 1 and word.isalpha() else "")


def series_numbers(text: str) -> tuple[str, ...]:
    """Return the numbers in the number of a book in a series.

    Example:
        >>> series_numbers("I,6"), series_numbers("Bd. 1.6"), series_numbers("N.F. 031")
        (('1', '6'), ('1', '6'), ('31',))
    """
    words = _NUMBER.findall(text[:_LONGEST].casefold())
    found = [number_of(word) if len(word) > 1 or word in _ROMAN else word for word in words]
    return tuple([number for number in found if number.isdecimal()])
