"""Pairs of records that may describe the same work: those with a key in common.

Each record has a fixed number of keys, and each record in a block of a key is compared with a fixed
number of others. So the number of pairs grows linearly with the number of records.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from refcite.collection.duplicates.prepared import Prepared

__all__ = ["candidate_pairs"]

_WHOLE_BLOCK: Final = 12
"""Up to this size, all records of a block are compared with each other."""
_NEXT: Final = 6
"""In larger blocks, each record is compared with so many next ones in the order of titles."""
_RARE: Final = 4
"""The number of rare words of a title, of which each two are a key."""
_START: Final = 24
_SHORTEST_KEY: Final = 6


def candidate_pairs(records: Sequence[Prepared]) -> Iterator[tuple[int, int]]:
    """Yield the positions of each two records that may describe the same work, once.

    Args:
        records: The prepared records.
    """
    frequent = _frequencies(records)
    blocks: dict[object, list[int]] = {}
    for position, one in enumerate(records):
        for key in _keys(one, frequent):
            block = blocks.get(key)
            if block is None:
                blocks[key] = [position]
            elif block[-1] != position:
                block.append(position)
    # The partners of each record that are after it; one may be there for several keys.
    partners: list[list[int]] = [[] for _ in records]
    for block in blocks.values():
        if len(block) == 1:
            continue
        reach = len(block)
        if reach > _WHOLE_BLOCK:
            block = sorted(block, key=lambda position: _order(records[position]))
            reach = _NEXT
        for place, position in enumerate(block, 1):
            for partner in block[place : place + reach]:
                if position < partner:
                    partners[position].append(partner)
                else:
                    partners[partner].append(position)
    blocks.clear()
    for position, found in enumerate(partners):
        for partner in sorted(set(found)):
            yield position, partner


def _frequencies(records: Sequence[Prepared]) -> dict[str, int]:
    """Return the number of records whose titles contain each word."""
    counted: Counter[str] = Counter()
    for one in records:
        counted.update(set(one.content))
    return counted


def _keys(one: Prepared, frequent: dict[str, int]) -> Iterator[object]:
    """Yield the keys of a record; two records with a key in common are compared."""
    if one.doi:
        yield one.doi
        if one.cochrane:
            yield ("cochrane", one.cochrane)
    if one.pmid:
        yield ("pmid", one.pmid)
    if one.arxiv:
        yield ("arxiv", one.arxiv)
    for title in one.titles:
        yield ("title", title.spelling)
        if len(title.main) >= _SHORTEST_KEY:
            yield ("start", title.main[:_START])
        if len(title.joined) > _START:
            yield ("end", title.spelling[-_START:])
    # A word that no other title has cannot be a key; it may be a typing error.
    rare = sorted(
        {word for word in one.content if frequent[word] > 1},
        key=lambda word: (frequent[word], word),
    )[:_RARE]
    for place, word in enumerate(rare):
        for partner in rare[place + 1 :]:
            yield (word, partner) if word < partner else (partner, word)
    if one.pages is not None:
        if one.volume:
            yield ("place", one.volume, one.pages.figure, *one.years[:1])
        if one.people is not None and one.pages.figure > 1:
            yield ("page", one.pages.figure, one.people.names[0])


def _order(one: Prepared) -> tuple[str, tuple[int, ...], str, int]:
    """Return the place of a record in a large block: next to records that may be the same."""
    title = one.titles[0].spelling if one.titles else ""
    page = one.pages.figure if one.pages is not None else 0
    return title, one.years, one.volume, page
