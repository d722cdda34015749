"""Entries that describe the same work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from refcite.collection.checks.entries import Entry
from refcite.collection.checks.rules import Found, LibraryRule
from refcite.collection.duplicates import Certainty, duplicates
from refcite.problems import Severity

__all__ = ["RULES"]


def _duplicate_works(entries: Sequence[Entry]) -> Iterator[tuple[Entry, Found]]:
    for group in duplicates([entry.record for entry in entries], certainty=Certainty.LIKELY):
        first, *others = (entries[position] for position in group.positions)
        for entry in others:
            yield entry, _same_work(first, group.reason)


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
