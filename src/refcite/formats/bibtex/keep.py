"""What lets a file be written back with only that changed which the user changed.

Each record that was read remembers its entry as it was written, what stood before it (comments,
`@string`, `@preamble`, blank lines), and what was read from it. A record that still says what was
read is written as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from attrs import define, field, frozen

from refcite.formats.bibtex.blocks import Kind
from refcite.formats.bibtex.split import split
from refcite.record import Record

__all__ = ["FORMAT", "Kept", "Surroundings", "in_place", "join_kept", "kept_of"]

FORMAT: Final = "bibtex"


@define(eq=False)
class Surroundings:
    """What a file holds beside its entries; all its records share it.

    Attributes:
        macros: The file's `@string` blocks, as they are written.
        after: What stands behind the last entry.
    """

    macros: list[str] = field(factory=list)
    after: str = ""


@frozen(eq=False)
class Kept:
    """An entry as it was written.

    Attributes:
        raw: The entry's text.
        before: The text between the entry before it, or the file's start, and this one.
        index: The entry's place in the file.
        macros: How many `@string` blocks stand before the one before it, and before this one.
        parents: Keys of the entries from which it takes fields.
        surroundings: What else the file holds.
        read: What was read from it: the record's attributes.
    """

    raw: str
    before: str
    index: int
    macros: tuple[int, int]
    parents: frozenset[str]
    surroundings: Surroundings
    read: Mapping[str, Any]


def in_place(records: Iterable[Record], containers: Iterable[Record]) -> list[Record]:
    """Return records with the containers among them where they stand in their file.

    A container that came from no file, or of whose file no record is left behind it, comes last.
    """
    waiting: dict[int, list[tuple[int, Record]]] = {}
    last: list[Record] = []
    for container in containers:
        kept = _kept(container)
        if kept is None:
            last.append(container)
        else:
            waiting.setdefault(id(kept.surroundings), []).append((kept.index, container))
    for found in waiting.values():
        found.sort(key=lambda pair: -pair[0])
    placed: list[Record] = []
    for record in records:
        kept = _kept(record)
        before = waiting.get(id(kept.surroundings)) if kept is not None else None
        while kept is not None and before and before[-1][0] < kept.index:
            placed.append(before.pop()[1])
        placed.append(record)
    for found in waiting.values():
        placed += [container for _, container in reversed(found)]
    return placed + last


def kept_of(records: Iterable[Record]) -> list[Kept | None]:
    """Return for each record the entry that can be written as it was, or None.

    That is one that says what was read, and whose parents all do.
    """
    records = list(records)
    found = [_untouched(record) for record in records]
    untouched = {record.id for record, kept in zip(records, found, strict=True) if kept}
    children: dict[str, list[str]] = {}
    for record, kept in zip(records, found, strict=True):
        for parent in kept.parents if kept else ():
            children.setdefault(parent, []).append(record.id)
    heirs: set[str] = set()
    changed = [key for key in children if key not in untouched]
    while changed:
        new = set(children.get(changed.pop(), ())) - heirs
        heirs |= new
        changed += new
    return [
        kept if kept and record.id not in heirs else None
        for record, kept in zip(records, found, strict=True)
    ]


def _untouched(record: Record) -> Kept | None:
    kept = _kept(record)
    return kept if kept is not None and _is_untouched(record, kept) else None


def _kept(record: Record) -> Kept | None:
    if record.origin is None or record.origin.format != FORMAT:
        return None
    kept = record.origin.verbatim.get("entry")
    return kept if isinstance(kept, Kept) else None


def _is_untouched(record: Record, kept: Kept) -> bool:
    read = kept.read if kept.read["id"] else {**kept.read, "id": record.id}
    return Record(**read) == record


def join_kept(entries: Iterable[tuple[Record, str]], *, is_anew: bool = False) -> str:
    """Put the texts of records together with what surrounded them in their files.

    Args:
        entries: Records with their texts.
        is_anew: Whether no entry is written as it was. Then broken blocks between them, which
            could swallow what follows, are left out.
    """
    around = _sound if is_anew else str
    out: list[str] = []
    defined: dict[int, int] = {}
    files: dict[int, Surroundings] = {}
    previous: Kept | None = None
    for record, text in entries:
        kept = _kept(record)
        follows = _follows(previous, kept)
        if out and not follows and not out[-1].endswith("\n\n"):
            out.append("\n" if out[-1].endswith("\n") else "\n\n")
        if kept is None:
            out.append(text)
        else:
            here = kept.surroundings
            files[id(here)] = here
            first, last = kept.macros
            out.extend(
                f"{around(macro)}\n" for macro in here.macros[defined.get(id(here), 0) : first]
            )
            defined[id(here)] = max(last, defined.get(id(here), 0))
            before = around(kept.before)
            out.append(before if follows else before.lstrip("\n"))
            out.append(text if text == kept.raw else text.removesuffix("\n"))
        previous = kept
    out.extend(around(file.after) for file in files.values())
    whole = "".join(out)
    return whole if not whole or whole.endswith("\n") or files else whole + "\n"


def _sound(text: str) -> str:
    """Return the text, or only its line ends where a block in it is broken or is an entry."""
    if "@" not in text:
        return text
    blocks, faults = split(text)
    if faults or any(block.kind is Kind.ENTRY for block in blocks):
        return "\n\n" if "\n" in text else ""
    return text


def _follows(previous: Kept | None, kept: Kept | None) -> bool:
    """Tell whether an entry stood right behind the one that was written before it."""
    if kept is None:
        return False
    if previous is None:
        return kept.index == 0
    return kept.surroundings is previous.surroundings and kept.index == previous.index + 1
