"""The authors of two records: whether they can be the same persons."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import IntEnum
from functools import lru_cache
from typing import Final, NamedTuple

from attrs import frozen

from refcite.collection.duplicates.folding import sound, words_of
from refcite.names import Name
from refcite.record import Record

__all__ = ["People", "PeopleRelation", "compare_people", "people_of"]

_MOST: Final = 12
"""So many names of a list are compared: databases shorten lists to 3, 6 or 10 names."""
_NOBODY: Final = frozenset(
    ("unknown", "anonymous", "anon", "noauthor", "noauthors", "noauthorlisted", "na", "none",
     "nan", "null", "noauthorindicated", "anonimo", "anonyme", "anonym")
)  # fmt: skip
_REGISTRY_NUMBER: Final = re.compile(r"(?:nct|isrctn|actrn|eudract|chictr|ctri|drks|irct|jprn)\d*")


class PeopleRelation(IntEnum):
    """How the authors of two records relate to each other."""

    DIFFERENT = 0
    MISSING = 1
    FEW = 2
    """Some authors agree, but not the first, or their given names differ."""
    FIRST = 3
    """The first authors agree, and not all others."""
    ALL = 4


class _Person(NamedTuple):
    words: frozenset[str]
    """The sounds of the words of the name, without initials."""
    family: frozenset[str]
    initials: str
    """The initials of the given names, empty if they are unknown."""


@frozen(eq=False)
class People:
    """The authors of a record.

    Attributes:
        persons: The first of them.
        words: The sounds of all words of their names.
        count: The number of names in the record.
        is_whole: Whether the list contains all authors.
        names: The sounds of the family names, in order, for the search for equal lists.
        is_organisation: Whether all of them are organisations.
    """

    persons: tuple[_Person, ...]
    words: frozenset[str]
    count: int
    is_whole: bool
    names: tuple[str, ...]
    is_organisation: bool


@lru_cache(maxsize=100_000)
def _person(family: str, given: str) -> _Person | None:
    """Return a name with its parts folded; databases exchange family and given names."""
    family_words = words_of(family)
    if "".join(family_words) in _NOBODY and not given:
        return None
    given_words = words_of(given)
    long = [sound(word) for word in (*family_words, *given_words) if len(word) > 1]
    own = [sound(word) for word in family_words if len(word) > 1] or long
    initials = "".join(word[0] for word in given_words)
    if len(given_words) == 1 and given.isupper() and len(given) <= 4:
        initials = given_words[0]  # `JP`
    return _Person(frozenset(long), frozenset(own), initials)


def people_of(record: Record) -> People | None:
    """Return the authors of a record, or its editors; None without any.

    Example:
        >>> people_of(Record(author="Ann Kim")).names
        ('kim',)
    """
    names: Iterable[Name] = record.author or record.editor or record.director
    persons: list[_Person] = []
    organisations = 0
    count = 0
    for name in names:
        count += 1
        if len(persons) >= _MOST:
            continue
        if name.literal is not None:
            person = _person(name.literal, "")
            organisations += 1
        else:
            family = name.family or ""
            particle = name.non_dropping_particle or name.dropping_particle
            if particle:
                family = f"{particle} {family}"
            person = _person(family, name.given or "")
        if person is not None and person.words:
            persons.append(person)
    if not persons:
        return None
    attribute = "author" if record.author else "editor"
    return People(
        tuple(persons),
        frozenset().union(*[person.words for person in persons]),
        count,
        attribute not in record.et_al and count <= _MOST,
        tuple("".join(sorted(person.family)) for person in persons),
        organisations == count,
    )


def _agree(one: _Person, other: _Person) -> bool:
    """Return whether two names can be those of one person."""
    shared = one.family & other.family
    if not shared:
        # Family and given names exchanged, or a family name joined with its particle.
        if not (one.family & other.words and other.family & one.words):
            joined, joined_other = "".join(sorted(one.family)), "".join(sorted(other.family))
            return joined == joined_other or _nearly(one.family, other.family)
        return True
    if one.initials and other.initials:
        first, second = one.initials[0], other.initials[0]
        if first != second and first not in other.initials and second not in one.initials:
            return False
    return True


def _nearly(one: frozenset[str], other: frozenset[str]) -> bool:
    """Return whether a word of two names differs in one letter, or is a part of a longer one."""
    for word in one:
        for partner in other:
            if min(len(word), len(partner)) >= 4 and (
                word.endswith(partner)
                or partner.endswith(word)
                or word.startswith(partner)
                or partner.startswith(word)
                or _differ_in_one(word, partner)
            ):
                return True
    return False


def _differ_in_one(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > 1:
        return False
    start = 0
    shortest = min(len(one), len(other))
    while start < shortest and one[start] == other[start]:
        start += 1
    end = 0
    while end < shortest - start and one[-1 - end] == other[-1 - end]:
        end += 1
    return max(len(one), len(other)) - start - end <= 1


def compare_people(one: People | None, other: People | None) -> PeopleRelation:
    """Return how the authors of two records relate to each other.

    Example:
        >>> from refcite import Record
        >>> roe = people_of(Record(author=["Ann Roe", "Jo Doe"]))
        >>> compare_people(roe, people_of(Record(author=["Roe, A.", "Doe, J."]))).name
        'ALL'
        >>> compare_people(roe, people_of(Record(author="Max Poe"))).name
        'DIFFERENT'
    """
    if one is None or other is None:
        return PeopleRelation.MISSING
    if one.names == other.names and one.count == other.count and one.persons == other.persons:
        return PeopleRelation.ALL
    first = _agree(one.persons[0], other.persons[0])
    found = sum(any(_agree(person, partner) for partner in other.persons) for person in one.persons)
    fewest = min(len(one.persons), len(other.persons))
    if first:
        is_cut = not (one.is_whole and other.is_whole)
        if found >= fewest and (one.count == other.count or is_cut):
            return PeopleRelation.ALL
        return PeopleRelation.FIRST
    if found >= max(1, (fewest + 1) // 2):
        return PeopleRelation.FIRST if found >= 2 and found >= fewest - 1 else PeopleRelation.FEW
    # Several names that were read as one: `Roe A.Doe J.`
    if len(one.words & other.words) >= max(2, min(len(one.words), len(other.words)) // 2):
        return PeopleRelation.FIRST
    return PeopleRelation.FEW if found else PeopleRelation.DIFFERENT
