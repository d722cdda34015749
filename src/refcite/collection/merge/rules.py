"""The rules by which a merge takes one of several values of a variable.

A rule ranks the values; of equally good ones, that of the preferred record is taken.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from attrs import frozen

from refcite.dates import Bound, Date, Point
from refcite.keywords import split_keywords
from refcite.richtext import plain
from refcite.vocabulary import DATE_VARIABLES, attribute_of

__all__ = ["RULES", "Rule", "abbreviates", "rule_of", "united_keywords", "united_notes"]


@frozen
class Rule:
    """A rule for the values of a variable.

    Attributes:
        words: The rule in words, such as `longest abstract`.
        choose: A function of the values, that of the preferred record first, which returns the
            position of the best.
    """

    words: str
    choose: Callable[[Sequence[Any]], int]


def _by(rank: Callable[[Any], Any]) -> Callable[[Sequence[Any]], int]:
    def choose(values: Sequence[Any]) -> int:
        ranks = [rank(value) for value in values]
        return ranks.index(max(ranks))

    return choose


# Titles

_CUT: Final = ("...", "…")
_BRACKETS: Final = {"]": "[", ")": "("}


def _title(value: str) -> tuple[Any, ...]:
    text = plain(value).strip()
    core = _without_addition(text)
    return (
        not text.endswith(_CUT),
        not (core.startswith("[") and core.rstrip(".").endswith("]")),  # a translation
        not core.isupper(),
        len(core.split()),
        core == text,
    )


def _without_addition(text: str) -> str:
    """Return a title without a last part in brackets, such as `[Internet]`."""
    opening = _BRACKETS.get(text[-1:])
    start = text.rfind(opening) if opening else 0
    return text[:start].rstrip() if start > 0 else text


# Titles of journals

_SMALL: Final = frozenset(
    [
        *("a", "an", "and", "at", "by", "das", "de", "del", "der", "des", "di", "die", "du", "el"),
        *("et", "for", "für", "in", "la", "las", "le", "les", "los", "of", "on", "sur", "the"),
        *("to", "und", "y", "&"),
    ]
)
_WORD: Final = re.compile(r"[^\W_]+|&")
_MOST: Final = 500


def abbreviates(short: str, long: str) -> bool:
    """Return whether a title of a journal is an abbreviation of another.

    Each word of the first is the start of a word of the second, or a contraction of it, in the same
    order; or the first consists of the initials of the second. Articles and prepositions may be
    omitted.

    Args:
        short: The title that may be an abbreviation.
        long: The other title.

    Example:
        >>> abbreviates("J Biol Chem", "The Journal of Biological Chemistry")
        True
        >>> abbreviates("JAMA", "Journal of the American Medical Association")
        True
        >>> abbreviates("Lancet", "The Lancet"), abbreviates("Nature", "Natural History")
        (False, False)
    """
    words, full = _words(short), _words(long)
    if len(words) == 1 and len(full) > 1:
        return words[0] == "".join(word[0] for word in full)
    if len(words) != len(full) or words == full:
        return False
    return all(_shortens(one, two) for one, two in zip(words, full, strict=True))


def _words(title: str) -> list[str]:
    found = [word.casefold() for word in _WORD.findall(plain(title)[:_MOST])]
    return [word for word in found if word not in _SMALL] or found


def _shortens(short: str, long: str) -> bool:
    if long.startswith(short):
        return True
    if short[0] != long[0] or short[-1] != long[-1] or len(short) >= len(long):
        return False
    letters = iter(long)
    return all(letter in letters for letter in short)


def _container(values: Sequence[str]) -> int:
    def rank(place: int) -> tuple[Any, ...]:
        value = values[place]
        return (
            not any(abbreviates(value, other) for other in values),
            not value.endswith("."),
            not value.isupper(),
            -place,
        )

    return max(range(len(values)), key=rank)


# Numbers

_PLAIN_RANGE: Final = re.compile(r"[^\s‐-―−]++")
_RANGE: Final = re.compile(r"(\D*)(\d+)\D*[-‐-―]+\s*(\D*)(\d+)\D*")


def _pages(value: str) -> tuple[int, bool]:
    """Return 3 for a full range, 2 for one with a shortened end (`123-5`), 1 for one page.

    The second value is whether it has CSL's form, with a hyphen and without spaces.
    """
    return _range(value), _PLAIN_RANGE.fullmatch(value) is not None


def _range(value: str) -> int:
    found = _RANGE.fullmatch(value.strip()) if len(value) < 60 else None
    if found is None:
        return 3 if re.search(r"\d\s*[,;]\s*\d", value) else 1
    start, end = found[2].lstrip("0"), found[4].lstrip("0")
    is_short = len(end) < len(start) or (len(end) == len(start) and end < start)
    return 2 if is_short else 3


def _numbers(value: str) -> tuple[int, bool]:
    """Return the number of ISBNs or ISSNs, and whether nothing else is in the value."""
    found = re.findall(r"[\dXx-]{8,}", value[:1000])
    return len(found), not re.search(r"[A-Za-z]{2}", value)


# Dates


def _precision(date: Date) -> int:
    point = date.start if isinstance(date.start, Point) else date.end
    if not isinstance(point, Point) or isinstance(date.start, Bound):
        return 0
    if point.day:
        return 4
    if point.month:
        return 3
    return 2 if point.season or date.season_name else 1


def _issued(dates: Sequence[Date]) -> int:
    """Return the most precise date of the year that most records have."""
    years = [date.year for date in dates]
    counts = Counter(year for year in years if year is not None)
    ranks = [
        (counts[year] if year is not None else 0, -years.index(year), _precision(date))
        for year, date in zip(years, dates, strict=True)
    ]
    return ranks.index(max(ranks))


def _latest(dates: Sequence[Date]) -> int:
    known = [place for place, date in enumerate(dates) if date.literal is None]
    return max(known, key=dates.__getitem__) if known else 0


# Texts

_CUT_MARKS: Final = (*_CUT, "truncated)", "truncated]")


def _abstract(value: str) -> tuple[bool, int]:
    text = value.rstrip()
    return not text.casefold().endswith(_CUT_MARKS), len(text)


def _url(value: str) -> tuple[bool, bool]:
    return "doi.org/" not in value[:30].lower(), value[:6].lower() == "https:"


_TAG: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*")


def _language(value: str) -> tuple[bool, int]:
    return bool(_TAG.fullmatch(value)), len(value)


_GENERAL: Final = {"document": 0, "article": 1, "webpage": 1}


def _type(value: str) -> int:
    return _GENERAL.get(value, 2)


_TITLE: Final = Rule("the more complete title", _by(_title))
_DATE: Final = Rule("the most precise date", _by(_precision))
_PREFERRED: Final = Rule("the preferred record", lambda values: 0)
RULES: Final[Mapping[str, Rule]] = {
    "type": Rule("the most specific type", _by(_type)),
    "title": _TITLE,
    "container_title": Rule("the full title of the journal", _container),
    "page": Rule("the full range of pages", _by(_pages)),
    **{attribute_of(variable): _DATE for variable in DATE_VARIABLES},
    "issued": Rule("the most precise date of the most frequent year", _issued),
    "accessed": Rule("the latest date of access", _latest),
    "abstract": Rule("the longest abstract", _by(_abstract)),
    "url": Rule("the URL that is not the DOI", _by(_url)),
    "isbn": Rule("the most numbers", _by(_numbers)),
    "issn": Rule("the most numbers", _by(_numbers)),
    "language": Rule("the most precise tag of a language", _by(_language)),
}
"""The attributes of a record with a rule of their own."""


def rule_of(attribute: str) -> Rule:
    """Return the rule for an attribute; by default, the value of the preferred record.

    Example:
        >>> rule_of("abstract").words, rule_of("volume").words
        ('the longest abstract', 'the preferred record')
    """
    return RULES.get(attribute, _PREFERRED)


# United values


def united_keywords(values: Sequence[str]) -> str:
    """Return the keywords of all values, each once, in their order.

    Example:
        >>> united_keywords(["asylum, Geneva", "Asylum; law, refugee"])
        'asylum; Geneva; law, refugee'
    """
    found: dict[str, str] = {}
    for value in values:
        for word in split_keywords(value):
            found.setdefault(" ".join(word.casefold().split()), word.strip())
    first = {" ".join(word.casefold().split()) for word in split_keywords(values[0])}
    if len(found) == len(first):
        return values[0]
    has_semicolon = any(";" in value for value in values)
    return ("; " if has_semicolon else ", ").join(found.values())


def united_notes(values: Sequence[str]) -> str:
    """Return the texts of all values, without those that another text contains.

    Example:
        >>> united_notes(["In Dutch.", "in dutch", "With maps."])
        'In Dutch.; With maps.'
    """
    found: dict[str, str] = {}
    for value in values:
        key = " ".join(value.casefold().split()).rstrip(".")
        if any(key in known for known in found):
            continue
        for known in [known for known in found if known in key]:
            del found[known]
        found[key] = value
    return ("\n" if any("\n" in one for one in found.values()) else "; ").join(found.values())
