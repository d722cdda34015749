"""Entries that describe the same work."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final
from unicodedata import normalize

from refcite.collection.checks.entries import Entry
from refcite.collection.checks.rules import Found, LibraryRule
from refcite.collection.duplicates import Certainty, duplicates
from refcite.problems import Severity

__all__ = ["RULES"]

_NOT_LETTERS: Final = re.compile(r"[\W_]+")
_FIGURES: Final = re.compile(r"\d+")
_PART: Final = 20
"""The number of letters at the start and at the end of a title that are compared first."""
_SHORTEST: Final = 6
_REFERENCES: Final = frozenset({"related", "crossref", "xref", "xdata", "ids", "entryset"})
"""Fields in which an entry names another one, which it does not repeat."""


def _duplicate_works(entries: Sequence[Entry]) -> Iterator[tuple[Entry, Found]]:
    similar = _similar(entries)
    if not similar:
        return
    for group in duplicates([entry.record for entry in similar], certainty=Certainty.LIKELY):
        first, *others = (similar[position] for position in group.positions)
        for entry in others:
            if not (_refers(entry, first) or _refers(first, entry)):
                yield entry, _same_work(first, group.reason)


def _similar(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries that have a common value with another one, in their order.

    The search for duplicates compares many values of each record, which takes longer than reading
    it. Most records of a library have nothing in common with another one.
    """
    first: dict[object, int] = {}
    found: set[int] = set()
    for place, entry in enumerate(entries):
        for key in _keys(entry):
            other = first.setdefault(key, place)
            if other != place:
                found.add(other)
                found.add(place)
    return [entries[place] for place in sorted(found)]


def _keys(entry: Entry) -> Iterator[object]:
    record = entry.record
    if record.doi:
        yield record.doi.lower()
    if record.pmid:
        yield "pmid", record.pmid
    title = entry.title
    letters = _NOT_LETTERS.sub("", _folded(title))
    if len(letters) >= _SHORTEST:
        yield "start", letters[:_PART]
        if len(letters) > _PART:
            yield "end", letters[-_PART:]
    page = record.page
    if page and record.volume and (number := _FIGURES.search(page)):
        name = record.author[0] if record.author else None
        family = _folded((name.family or name.literal or "")[:4]) if name is not None else ""
        yield number[0], record.volume, family


def _folded(text: str) -> str:
    if not text.isascii():
        text = normalize("NFKD", text).encode("ascii", "ignore").decode() or text
    return text.lower()


def _refers(entry: Entry, other: Entry) -> bool:
    """Return whether an entry names another in a field such as `related`."""
    extra = entry.record.extra
    return any(
        other.record.id in _names(extra.get(field)) for field in _REFERENCES if field in extra
    )


def _names(value: object) -> list[str]:
    return [name.strip() for name in value.split(",")] if isinstance(value, str) else []


def _same_work(first: Entry, reason: str) -> Found:
    origin = first.record.origin
    place = f" in line {origin.line}" if origin is not None and origin.line else ""
    return Found(
        f"the entry describes the same work as {first.record.id!r}{place} ({reason})",
        "keep one of them",
        payload=(first.record.id,),
    )


RULES: Final = (
    LibraryRule(code="duplicate-work", severity=Severity.WARNING, find=_duplicate_works),
)
"""The rules about works that are in a library more than once."""
