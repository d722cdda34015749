"""The original text of a file, so that only the user's changes are written.

Each record that was read contains its entry in its original form, the text before it (comments,
`@string`, `@preamble`, blank lines), and the values read from it. A record with unchanged values is
written in its original form.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from attrs import define, field

from refcite.formats.bibtex.blocks import Kind
from refcite.formats.bibtex.split import split
from refcite.record import Record

__all__ = ["FORMAT", "Kept", "Surroundings", "in_place", "join_kept", "kept_of"]

FORMAT: Final = "bibtex"


@define(eq=False)
class Surroundings:
    """The contents of a file other than its entries; all its records share it.

    Attributes:
        macros: The file's `@string` blocks, in their original form.
        after: The text after the last entry.
    """

    macros: list[str] = field(factory=list)
    after: str = ""


@define(eq=False)  # not frozen, since one is created for each entry; it is never changed
class Kept:
    """An entry in its original form.

    Attributes:
        raw: The entry's text.
        before: The text between the entry before it, or the file's start, and this one.
        index: The entry's position in the file.
        macros: The numbers of `@string` blocks before the previous entry, and before this one.
        parents: Keys of the entries from which it inherits fields.
        surroundings: The other contents of the file.
        read: The values read from it: the record's attributes.
    """

    raw: str
    before: str
    index: int
    macros: tuple[int, int]
    parents: frozenset[str]
    surroundings: Surroundings
    read: Mapping[str, Any]


def in_place(records: Iterable[Record], containers: Iterable[Record]) -> list[Record]:
    """Return records with the containers among them at their positions in their file.

    A container without a file, or without a later record from its file, is last.
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
    """Return for each record the entry that can be written unchanged, or None.

    This requires that the record and all its parents have the values that were read.
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
    """Join the texts of records and the texts around them in their files.

    Args:
        entries: Records with their texts.
        is_anew: Whether no entry is written in its original form. Then broken blocks between
            entries, which could include the text after them, are omitted.
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
    """Return the text, or only its line ends if a block in it is broken or is an entry."""
    if "@" not in text:
        return text
    blocks, faults = split(text)
    if faults or any(block.kind is Kind.ENTRY for block in blocks):
        return "\n\n" if "\n" in text else ""
    return text


def _follows(previous: Kept | None, kept: Kept | None) -> bool:
    """Return whether an entry was directly after the previously written one."""
    if kept is None:
        return False
    if previous is None:
        return kept.index == 0
    return kept.surroundings is previous.surroundings and kept.index == previous.index + 1
