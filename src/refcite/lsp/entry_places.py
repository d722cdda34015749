"""The places of keys in the files of libraries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from refcite.formats.bibtex import entry_offsets, field_place
from refcite.library import Library
from refcite.lsp.entries import REFERRING
from refcite.lsp.texts import Place, Text
from refcite.record import Record

__all__ = ["key_place", "referring_places"]

_HEAD: Final = re.compile(r"@\s*[A-Za-z]+\s*[{(]\s*")
_NEAR: Final = 200
"""The number of lines after the start of an entry in which its id is searched."""


def key_place(text: Text, record: Record) -> tuple[Place, Place]:
    """Return where the key of a record is in the text of its library; its first line otherwise.

    Args:
        text: The text, which may have been changed since the record was read.
        record: The record.
    """
    key, origin = record.id, record.origin
    line = min((origin.line or 1) - 1 if origin is not None else 0, len(text.lines) - 1)
    if origin is not None and origin.format == "bibtex":
        pattern = re.compile(rf"@\s*[A-Za-z]+\s*[{{(]\s*({re.escape(key)})(?=\s*[,\s}})])")
        near = "".join(text.lines[line : line + 3])
        found = pattern.match(near.lstrip()) if near.lstrip().startswith("@") else None
        if found is not None:
            start = near.find(key, len(near) - len(near.lstrip()) + found.start(1))
            above = near.count("\n", 0, start)
            start -= near.rfind("\n", 0, start) + 1
            return Place(line + above, start), Place(line + above, start + len(key))
        found = pattern.search(text.plain)
        if found is not None:
            return text.place_of(found.start(1)), text.place_of(found.end(1))
    else:
        for number in range(line, min(line + _NEAR, len(text.lines))):
            start = text.lines[number].find(key)
            if start >= 0:
                return Place(number, start), Place(number, start + len(key))
    return Place(line, 0), text.end_of(line)


def referring_places(text: Text, library: Library, key: str) -> Iterator[tuple[Place, Place]]:
    """Yield where entries of a library refer to another entry of it.

    Args:
        text: The text from which the library was read.
        library: The library.
        key: The key of the other entry.
    """
    referring = [
        record
        for record in (*library, *library.containers)
        if record.origin is not None
        and not REFERRING.isdisjoint(record.origin.verbatim.get("fields", ()))
    ]
    offsets = entry_offsets(text.plain, library) if referring else None
    if offsets is None:
        return
    pattern = re.compile(rf"(?<![^\s,{{\"]){re.escape(key)}(?![^\s,}}\"])")
    for record in referring:
        entry = record.origin.verbatim["entry"] if record.origin is not None else None
        if entry is None or key not in entry.raw:
            continue
        for field in sorted(REFERRING):
            place = field_place(entry.raw, field)
            if place is None:
                continue
            for found in pattern.finditer(entry.raw, place.value, place.end):
                start = offsets[entry.index] + found.start()
                yield text.place_of(start), text.place_of(start + len(key))


def entry_ranges(
    text: Text, library: Library
) -> Iterator[tuple[Record, tuple[Place, Place], tuple[Place, Place]]]:
    """Yield each record with the places of its entry and of its key, in BibTeX."""
    offsets = entry_offsets(text.plain, library)
    if offsets is None:
        return
    for record in library:
        entry = record.origin.verbatim.get("entry") if record.origin is not None else None
        if entry is None:
            continue
        start = offsets[entry.index]
        head = _HEAD.match(entry.raw)
        key = start + (head.end() if head is not None else 0)
        # A key that the reader has made is not in the text.
        end = key + len(record.id) if entry.raw.startswith(record.id, key - start) else key
        yield (
            record,
            (text.place_of(start), text.place_of(start + len(entry.raw))),
            (text.place_of(key), text.place_of(end)),
        )
