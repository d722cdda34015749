"""The marked sets of records, and how the groups that a program finds in them are judged.

A set is a file of EndNote's XML in which a person has marked records as duplicates: the field
`caption` or `label` is `Duplicate`. The marks do not state which records are one work. Therefore:

- A marked record is *found* if it is in a group.
- A record is *wrongly grouped* if it is in a group and not marked. In some sets one record of each
  work has no mark, since it is kept. Then one record without a mark is right in each group that has
  a marked record.
- Two marked records of different works in one group are not recognised as an error.
"""

from __future__ import annotations

import json
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from refcite import Library, Record, load, loads
from tests.shared import shared_or_none

__all__ = ["MarkedSet", "Pair", "Score", "folder", "marked_sets", "pairs"]

_MARK: Final = "duplicate"
_FIELDS: Final = ("caption", "label")
_BIBTEX: Final = (
    "author", "title", "journal", "booktitle", "year", "volume", "number", "pages", "doi", "isbn",
    "url", "language", "note",
)  # fmt: skip
_SPECIAL: Final = re.compile(r"(?<!\\)[&%#$_]")


def folder() -> Path | None:
    """Return the folder with the sets: `REFCITE_DEDUPE`, or the one of the shared data."""
    named = os.environ.get("REFCITE_DEDUPE")
    return Path(named) if named else shared_or_none("corpora", "dedupe")


@frozen
class Score:
    """The judgement of groups."""

    found: int
    wrong: int


@frozen
class MarkedSet:
    """The records of a file with the positions of those that are marked."""

    name: str
    library: Library
    marked: frozenset[int]
    keeps_one: bool
    """Whether one record of each work has no mark."""

    def judged(self, groups: Iterable[Sequence[int]]) -> Score:
        """Return how many marked records groups contain, and how many others."""
        found: set[int] = set()
        wrong = 0
        for group in groups:
            marked = self.marked.intersection(group)
            others = len(group) - len(marked)
            found |= marked
            wrong += max(0, others - 1) if self.keeps_one and marked else others
        return Score(len(found), wrong)


def marked_sets(base: Path) -> Iterator[MarkedSet]:
    """Yield the sets of a folder, in the order of their names."""
    for path in sorted(base.glob("*.xml")):
        library = load(path, "endnote-xml")
        marked = frozenset(place for place, one in enumerate(library) if _is_marked(one))
        yield MarkedSet(path.name, library, marked, _keeps_one(library, marked))


def _is_marked(record: Record) -> bool:
    values = (str(record.extra.get(name, "")) for name in _FIELDS)
    return any(value.strip().casefold().startswith(_MARK) for value in values)


def _keeps_one(library: Library, marked: frozenset[int]) -> bool:
    """Return whether most works with the same DOI have exactly one record without a mark."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(library):
        if one.doi:
            places[one.doi.casefold()].append(place)
    several = [group for group in places.values() if len(group) > 1 and marked & set(group)]
    kept = sum(len(group) - len(marked & set(group)) == 1 for group in several)
    return kept * 2 > len(several)


@frozen
class Pair:
    """Two records that are one work, or are not, according to a person."""

    name: str
    records: tuple[Record, Record]
    is_same: bool


def pairs(base: Path) -> Iterator[Pair]:
    """Yield the pairs of `pairs.json` in a folder, if it has one."""
    path = base / "pairs.json"
    if not path.exists():
        return
    for case in json.loads(path.read_text(encoding="utf-8"))["cases"]:
        records = (_record(case["record_a"]), _record(case["record_b"]))
        yield Pair(case["id"], records, case["expected_duplicate"])


def _record(fields: dict[str, Any]) -> Record:
    lines = [
        f"  {name} = {{{_SPECIAL.sub(lambda found: chr(92) + found[0], str(fields[name]))}}},"
        for name in _BIBTEX
        if fields.get(name)
    ]
    entry = "\n".join([f"@{fields['ENTRYTYPE']}{{one,", *lines, "}"])
    (record,) = loads(entry, "bibtex")
    return record
