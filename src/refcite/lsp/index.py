"""An index of a library: works by the starts of their keys, names and words of titles."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from heapq import nsmallest
from typing import Final

from attrs import define, frozen

from refcite.collection.duplicates.folding import folded
from refcite.names import Name
from refcite.record import Record

__all__ = ["Index", "Work", "label_of"]

_WORD: Final = re.compile(r"\w+")
_KEY_PART: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[^\WA-Z\d_]+|\d+|[^\W\d_]+")
_MARKUP: Final = re.compile(r"<[^<>]*>")
_LAST: Final = "\U0010ffff"
_PEOPLE: Final = ("author", "editor", "translator", "collection_editor", "director", "composer")
# What a word of the query begins: the better, the smaller.
_KEY, _NAME, _TITLE, _OTHER = range(4)
_REMEMBERED: Final = 50
"""The number of starts whose works are kept for the next request."""
_NEAR: Final = 60.0
"""The similarity of similar keys, in percent."""


@define(slots=True)
class Work:
    """A work of a library, as lists show it.

    Attributes:
        key: Its key.
        record: The record.
        people: The family names of its authors, or of its editors.
        year: The year, empty if there is none.
        title: The title without markup.
    """

    key: str
    record: Record
    people: str
    year: str
    title: str

    @property
    def label(self) -> str:
        """Authors and year."""
        return f"{self.people} {self.year}".strip()


def label_of(record: Record) -> Work:
    """Return a work with the texts that lists show.

    Example:
        >>> from refcite import Record
        >>> work = label_of(Record(id="k", title="The <i>Castle</i>", author="Franz Kafka",
        ...                        issued=1926))
        >>> work.label, work.title
        ('Kafka 1926', 'The Castle')
    """
    title = record.title or ""
    issued = record.issued
    return Work(
        record.id,
        record,
        _people(_names(record)),
        str(issued.year) if issued is not None and issued.year is not None else "",
        _MARKUP.sub("", title) if "<" in title else title,
    )


def _names(record: Record) -> Sequence[Name]:
    for attribute in _PEOPLE:
        names: Sequence[Name] = getattr(record, attribute)
        if names:
            return names
    return ()


def _people(names: Sequence[Name]) -> str:
    shown = [_family(name) for name in names[:3]]
    if len(names) > 2:
        return f"{shown[0]} et al."
    return " and ".join(shown)


def _family(name: Name) -> str:
    if not name.family:
        return name.literal or name.given or ""
    particle = name.non_dropping_particle
    return f"{particle} {name.family}" if particle else name.family


@frozen
class Match:
    """A work that a query has found; the smaller its rank, the better."""

    rank: int
    work: Work


class Index:
    """The works of a library, found by the starts of words.

    Args:
        records: The records.

    Attributes:
        works: The works in the order of the library.
        by_key: The first work with each key.

    Example:
        >>> from refcite import Record
        >>> index = Index([Record(id="k26", title="The Castle", author="Franz Kafka", issued=1926),
        ...                Record(id="w25", title="Mrs Dalloway", author="Virginia Woolf")])
        >>> [match.work.key for match in index.find("cast kaf", 10)[0]], index.near("w52")
        (['k26'], ['w25'])
    """

    def __init__(self, records: Iterable[Record]) -> None:
        self.works: list[Work] = [label_of(record) for record in records]
        self.by_key: dict[str, Work] = {}
        for work in self.works:
            self.by_key.setdefault(work.key, work)
        self._near: dict[str, list[str]] = {}
        self._folded: list[str] | None = None
        self._found: dict[str, dict[int, int]] = {}
        self._count = count = len(self.works)
        places: dict[str, list[int]] = {}
        for number, work in enumerate(self.works):
            for word, kind in _words(work).items():
                places.setdefault(word, []).append(kind * count + number)
        self._words = sorted(places)
        self._places = [places[word] for word in self._words]
        self._order = sorted(range(count), key=lambda number: self.works[number].key)
        self._position = [0] * count
        for position, number in enumerate(self._order):
            self._position[number] = position

    def find(self, query: str, most: int) -> tuple[list[Match], bool]:
        """Return the works in which each word of a query begins a word, the best ones first.

        Args:
            query: Words; all works are found without one.
            most: The largest number of works.

        Returns:
            The works, and whether they are all that were found.
        """
        wanted = tuple(folded(query).split())
        if not wanted:
            first = [Match(0, self.works[number]) for number in self._order[:most]]
            return first, len(first) == len(self.works)
        found = self._starting(wanted[0])
        for word in wanted[1:]:
            ranks = self._starting(word)
            shared = found.keys() & ranks.keys()
            found = {number: found[number] + ranks[number] for number in shared}
        # One number contains the rank and then the order of the keys, so that it sorts fast.
        count, position = self._count, self._position
        best = nsmallest(most, [r * count + position[number] for number, r in found.items()])
        matches = [
            Match(number // count, self.works[self._order[number % count]]) for number in best
        ]
        return matches, len(matches) == len(found)

    def _starting(self, word: str) -> dict[int, int]:
        """Return the numbers of the works with a word that starts so, with their ranks."""
        ranks = self._found.get(word)
        if ranks is not None:
            return ranks
        start = bisect_left(self._words, word)
        end = bisect_left(self._words, word + _LAST, start)
        # The worst places first, so that the better ones replace them.
        places = sorted(
            {place for found in self._places[start:end] for place in found}, reverse=True
        )
        ranks = {place % self._count: place // self._count for place in places}
        if len(self._found) >= _REMEMBERED:
            self._found.clear()
        self._found[word] = ranks
        return ranks

    def near(self, key: str) -> list[str]:
        """Return the keys that are most similar to an unknown key, at most three."""
        found = self._near.get(key)
        if found is None:
            # Only needed for an unknown key.
            from rapidfuzz import fuzz, process

            keys = list(self.by_key)
            if self._folded is None:
                self._folded = [one.casefold() for one in keys]
            matches = process.extract(
                key.casefold(), self._folded, scorer=fuzz.ratio, limit=3, score_cutoff=_NEAR
            )
            found = self._near[key] = [keys[number] for _, _, number in matches]
        return found


def _words(work: Work) -> dict[str, int]:
    """Return the words of a work with what they are."""
    words = dict.fromkeys(_WORD.findall(folded(work.title)), _TITLE)
    for name in _names(work.record):
        for part in (name.family, name.literal, name.given):
            if part:
                kind = _OTHER if part is name.given else _NAME
                for word in _WORD.findall(folded(part)):
                    words[word] = min(kind, words.get(word, kind))
    container = work.record.container_title
    if container:
        for word in _WORD.findall(folded(container)):
            words.setdefault(word, _OTHER)
    if work.year:
        words[work.year] = _NAME
    for part in _KEY_PART.findall(work.key):
        words[folded(part)] = _KEY
    words[folded(work.key)] = _KEY
    return words
