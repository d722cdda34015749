"""Entries that have changed in some fields: the text of all other fields stays as it was.

A changed entry is composed twice, with the values that were read and with those of the record. The
fields in which the two differ are replaced, added or removed in the original text. The result is
read again: if it does not have the values of the record, it is not used.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import Final

from attrs import frozen

from refcite.formats.bibtex.blocks import Kind
from refcite.formats.bibtex.keep import Kept, Surroundings
from refcite.formats.bibtex.places import Edit, FieldPlace, applied, field_places
from refcite.formats.bibtex.read import Reader
from refcite.formats.bibtex.split import Chunk, split
from refcite.record import Record

__all__ = ["Composed", "Revision", "is_biblatex"]

_BIBLATEX: Final = frozenset(
    ("date", "journaltitle", "location", "maintitle", "booksubtitle", "journalsubtitle", "langid",
     "urldate", "shortjournal", "eventdate", "origdate", "editora", "editortype")
)  # fmt: skip
_ALIASES: Final = (
    ("journal", "journaltitle"),
    ("address", "location"),
    ("annote", "annotation", "annotator"),
    ("publisher", "institution", "school", "organization"),
    ("langid", "language"),
    ("file", "pdf"),
    ("number", "issue"),
)
_OTHER_NAMES: Final = {
    name: [other for other in names if other != name] for names in _ALIASES for name in names
}
_HEAD: Final = re.compile(r"@\s*+([^\s{(]++)\s*+[{(]\s*+([^,]*?)\s*+,")
_PARTS_OF_DATES: Final = frozenset(("month", "day"))
_FIGURES: Final = re.compile(r"\d+")


@frozen
class Composed:
    """An entry as it would be written without its original text.

    Attributes:
        type: The type of the entry.
        key: Its key.
        fields: The values of its fields, with braces or as macros, in the order of writing.
    """

    type: str
    key: str
    fields: Mapping[str, str]


def is_biblatex(names: Collection[str]) -> bool:
    """Return whether an entry with these fields is one of biblatex.

    Example:
        >>> is_biblatex(["author", "date"]), is_biblatex(["author", "year"])
        (True, False)
    """
    return not _BIBLATEX.isdisjoint(names)


class Revision:
    """Revises the entries of one output."""

    def __init__(self) -> None:
        self._macros: dict[tuple[int, int], dict[str, str]] = {}
        self._files: list[Surroundings] = []

    def text(self, record: Record, kept: Kept, before: Composed, after: Composed) -> str | None:
        """Return the changed text of an entry; None if it has to be formatted again.

        Args:
            record: The record, with its new values.
            kept: The entry from which it was read.
            before: The entry, composed of the values that were read.
            after: The entry, composed of the values of the record.
        """
        text = _edited(kept.raw, before, after)
        return text if text is not None and self._is_read_as(text, record, kept) else None

    def _is_read_as(self, text: str, record: Record, kept: Kept) -> bool:
        blocks, faults = split(text)
        is_entry = len(blocks) == 1 and blocks[0].kind is Kind.ENTRY and blocks[0].end == len(text)
        if faults or not is_entry:
            return False
        reader = Reader(None, self._defined(kept))
        (entry,) = reader.entries(Chunk(text, end=len(text), blocks=blocks, faults=[]))
        return reader.record(entry) == record

    def _defined(self, kept: Kept) -> dict[str, str]:
        """Return the macros that are defined where an entry is."""
        here, number = kept.surroundings, kept.macros[1]
        place = id(here), number
        if place not in self._macros:
            self._files.append(here)  # so that no other file gets its number
            text = "\n".join(here.macros[:number])
            blocks, _ = split(text)
            reader = Reader(None)
            reader.define_macros(Chunk(text, end=len(text), blocks=blocks))
            self._macros[place] = reader.macros
        return self._macros[place]


def _edited(raw: str, before: Composed, after: Composed) -> str | None:
    """Return the text of an entry with its changes; None if their places are not known."""
    head = _HEAD.match(raw)
    places = field_places(raw)
    if head is None or not places:
        return None
    found: dict[str, int] = {}
    for index, (name, _) in enumerate(places):
        found.setdefault(name, index)
    edits: list[Edit] = []
    if before.type != after.type:
        edits.append(Edit(*head.span(1), after.type))
    if before.key != after.key:
        edits.append(Edit(*head.span(2), after.key))
    added: dict[int, list[str]] = {}
    for name, value in after.fields.items():
        if value == before.fields.get(name):
            continue
        number = _number_of(name, found, before.fields)
        if number is not None:
            place = places[number][1]
            edits.append(Edit(place.value, place.end, _as_there(raw, place, value)))
        elif name in before.fields:
            return None  # it is in another field, or inherited
        else:
            # The parts of a date are after the year, all other new fields at the end.
            last = len(places) - 1
            where = found.get("year", last) if name in _PARTS_OF_DATES else last
            added.setdefault(where, []).append(_added(raw, places, head.end(), name, value))
    for name in before.fields:
        if name not in after.fields:
            number = _number_of(name, found, before.fields)
            if number is None or len(places) == 1:
                return None
            edits.append(_removal(places, number))
    edits += [
        Edit(places[where][1].end, places[where][1].end, "".join(texts))
        for where, texts in added.items()
    ]
    edits.sort(key=lambda edit: (edit.start, edit.end))
    if any(one.end > other.start for one, other in pairwise(edits)):
        return None
    return applied(raw, edits)


def _number_of(name: str, found: Mapping[str, int], before: Mapping[str, str]) -> int | None:
    """Return the number of the field of the text that has the value of a composed field."""
    if name in found:
        return found[name]
    if name not in before:
        return None
    for other in _OTHER_NAMES.get(name, ()):
        if other in found and other not in before:
            return found[other]
    return None


def _as_there(raw: str, place: FieldPlace, value: str) -> str:
    """Return a value without braces if it is a number, as the one that it replaces."""
    is_bare = _FIGURES.fullmatch(raw, place.value, place.end) and _FIGURES.fullmatch(value[1:-1])
    return value[1:-1] if is_bare else value


def _added(
    raw: str, places: Sequence[tuple[str, FieldPlace]], head: int, name: str, value: str
) -> str:
    """Return the text of a new field, with the layout of the last one."""
    last = places[-1][1]
    start = places[-2][1].end if len(places) > 1 else head
    space = raw[start : last.start].lstrip(",") if len(places) > 1 else raw[start : last.start]
    space = space if not space.strip() else " "
    before, _, after = raw[last.start : last.value].partition("=")
    width = len(before)
    gap = before[len(before.rstrip()) :]
    written = name.ljust(width) if gap else name
    if gap and not written.endswith(" "):
        written += " "
    return f",{space}{written}={after}{value}"


def _removal(places: Sequence[tuple[str, FieldPlace]], number: int) -> Edit:
    """Return the edit that removes a field with the comma before it, or of the first, after it."""
    place = places[number][1]
    if number:
        return Edit(places[number - 1][1].end, place.end, "")
    return Edit(place.start, places[1][1].start, "")
