"""The entries of a library with the values that several rules need."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal

from refcite.formats.bibtex import FieldPlace, field_place
from refcite.record import Record

__all__ = ["DIALECTS", "Dialect", "Entry", "entries_of"]

Dialect = Literal["auto", "bibtex", "biblatex"]
"""The data model of a `.bib` file; `auto` decides from its types and fields."""
DIALECTS: Final[tuple[Dialect, ...]] = ("auto", "bibtex", "biblatex")

_BIBLATEX_FIELDS_TEXT: Final = (
    "date journaltitle location langid urldate eprinttype eprintclass subtitle booksubtitle"
    " maintitle eventdate eventtitle origdate titleaddon shortjournal editortype xdata"
    " journalsubtitle entrysubtype pubstate"
)
_BIBLATEX_FIELDS: Final = frozenset(_BIBLATEX_FIELDS_TEXT.split())
_BIBLATEX_TYPES_TEXT: Final = (
    "online report thesis collection mvbook mvcollection mvproceedings mvreference reference"
    " inreference bookinbook suppbook suppcollection suppperiodical dataset software"
    " periodical xdata set artwork audio video movie performance"
)
_BIBLATEX_TYPES: Final = frozenset(_BIBLATEX_TYPES_TEXT.split())
_SHARE: Final = 50
"""A file is biblatex's if at least one of so many entries has a field or type of biblatex."""
_MARKUP: Final = re.compile(r"<[^<>]*>")
_SPACES: Final = re.compile(r"\s+")


class Entry:
    """One record, with the text from which it was read, if its format keeps it.

    Attributes:
        record: The record.
        position: Its position in the library.
        type: The type in the format, such as `inproceedings`; CSL's type in other formats.
        fields: The names of its fields in BibTeX, in lower case; empty in other formats.
        raw: Its text in BibTeX; empty in other formats.
        dialect: `bibtex`, `biblatex`, or None in other formats.
    """

    __slots__ = ("_places", "_title", "dialect", "fields", "position", "raw", "record", "type")

    def __init__(self, record: Record, position: int) -> None:
        self.record = record
        self.position = position
        self.dialect: Literal["bibtex", "biblatex"] | None = None
        self.raw = ""
        self.fields: frozenset[str] | tuple[str, ...] = ()
        self.type: str = record.type
        self._places: dict[str, FieldPlace | None] = {}
        self._title: str | None = None
        origin = record.origin
        if origin is not None and origin.format == "bibtex":
            verbatim: Mapping[str, Any] = origin.verbatim
            kept = verbatim.get("entry")
            if kept is not None:
                self.dialect = "bibtex"
                self.raw = kept.raw
                self.fields = verbatim["fields"]
                self.type = verbatim["type"]

    @property
    def title(self) -> str:
        """The title without markup, empty if there is none."""
        if self._title is None:
            text = self.record.title or ""
            self._title = _MARKUP.sub("", text) if "<" in text else text
        return self._title

    def place(self, field: str) -> FieldPlace | None:
        """Return the place of a field in `raw`, None if it is missing.

        Args:
            field: The field of BibTeX, in lower case.
        """
        if field not in self.fields:
            return None
        if field not in self._places:
            self._places[field] = field_place(self.raw, field)
        return self._places[field]

    def raw_value(self, field: str) -> str | None:
        """Return the text of a field as it is written, without its braces.

        Args:
            field: The field of BibTeX, in lower case.

        Returns:
            The text, or None if the field is missing or is not one text in braces or marks.
        """
        place = self.place(field)
        if place is None or not place.is_literal:
            return None
        return self.raw[place.value + 1 : place.end - 1]

    def place_of(self, field: str) -> tuple[int | None, int | None]:
        """Return line and column of a field, or of the entry."""
        origin = self.record.origin
        line = origin.line if origin is not None else None
        if line is None:
            return None, None
        place = self.place(field) if field else None
        if place is None:
            return line, 1 if self.raw else None
        start = place.start
        return (
            line + self.raw.count("\n", 0, start),
            start - (self.raw.rfind("\n", 0, start) + 1) + 1,
        )


def entries_of(records: Iterable[Record], dialect: Dialect = "auto") -> list[Entry]:
    """Return the entries of records, in their order.

    Args:
        records: The records.
        dialect: The data model of entries in BibTeX. `auto` decides for each file: it is biblatex's
            if enough of its entries have types or fields that only biblatex has.
    """
    entries = [Entry(record, position) for position, record in enumerate(records)]
    by_file: dict[str | None, list[Entry]] = {}
    for entry in entries:
        if entry.dialect is not None:
            origin = entry.record.origin
            by_file.setdefault(origin.file if origin is not None else None, []).append(entry)
    for found in by_file.values():
        chosen = dialect if dialect != "auto" else _dialect_of(found)
        for entry in found:
            entry.dialect = chosen
    return entries


def _dialect_of(entries: list[Entry]) -> Literal["bibtex", "biblatex"]:
    of_biblatex = sum(
        entry.type in _BIBLATEX_TYPES or not _BIBLATEX_FIELDS.isdisjoint(entry.fields)
        for entry in entries
    )
    return "biblatex" if of_biblatex * _SHARE >= len(entries) and of_biblatex else "bibtex"


def plain(text: str) -> str:
    """Return a text without markup, and with single spaces."""
    return _SPACES.sub(" ", _MARKUP.sub("", text)).strip()
