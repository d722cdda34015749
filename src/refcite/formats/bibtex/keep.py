"""The original text of a file, so that only the user's changes are written.

Each record that was read contains its entry in its original form, the text before it (comments,
`@string`, `@preamble`, blank lines), and the values read from it. A record with unchanged values is
written in its original form.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from attrs import define, evolve, field

from refcite.formats.bibtex.blocks import Kind
from refcite.formats.bibtex.split import split
from refcite.record import Record

__all__ = [
    "FORMAT",
    "Kept",
    "Surroundings",
    "entry_of",
    "in_place",
    "join_kept",
    "kept_of",
    "streamed_containers",
    "streamed_in_place",
    "streamed_kept",
    "with_its_macros",
    "with_texts_of_removed",
]

FORMAT: Final = "bibtex"
_MACRO_USED: Final = re.compile(r"""[=#]\s*([^\W\d][^\s"#%'(),={}@\\]*)""")
"""A name where a macro may be; a text in braces may also contain one, which does no harm."""


@define(eq=False)
class Surroundings:
    """The contents of a file other than its entries; all its records share it.

    Attributes:
        macros: The file's blocks that are no entries (`@string`, `@preamble`, `@comment`), in their
            original form.
        after: The text after the last entry.
        containers: The entries that are not works, of a file that is read in pieces. They are added
            when they have been read.
    """

    macros: list[str] = field(factory=list)
    after: str = ""
    containers: list[Record] = field(factory=list)


@define(eq=False)  # not frozen, since one is created for each entry; it is never changed
class Kept:
    """An entry in its original form.

    Attributes:
        raw: The entry's text.
        before: The text between the entry before it, or the file's start, and this one.
        index: The entry's position in the file.
        macros: The numbers of these blocks before the previous entry, and before this one.
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
        kept = entry_of(container)
        if kept is None:
            last.append(container)
        else:
            waiting.setdefault(id(kept.surroundings), []).append((kept.index, container))
    for found in waiting.values():
        found.sort(key=lambda pair: -pair[0])
    placed: list[Record] = []
    for record in records:
        kept = entry_of(record)
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


def with_its_macros(
    pairs: Iterable[tuple[Record, Kept | None]],
) -> Iterator[tuple[Record, Kept | None, Kept | None]]:
    """Yield records with their unchanged entries, and with those whose text can be used.

    An entry cannot be used if its macros have other values at its place: if records of several
    files are written together, or in another order, a macro may be defined by another file, or not
    yet. It cannot be used in parts if it inherits fields.

    Args:
        pairs: The records, each with the entry that can be written unchanged.

    Yields:
        A record, its entry if this can be written unchanged, and its entry if parts of it can be
        written unchanged.
    """
    written: dict[int, int] = {}  # of each file, the number of blocks that are written
    active: dict[str, str] = {}
    known: dict[tuple[int, int], dict[str, str]] = {}
    only: Surroundings | None = None
    is_mixed = False
    last = -1
    for record, kept in pairs:
        original = entry_of(record)
        if original is None:
            yield record, kept, None
            continue
        here = original.surroundings
        is_mixed = is_mixed or (only is not None and only is not here) or original.index < last
        only, last = here, original.index
        number = original.macros[1]
        done = written.get(id(here), 0)
        if number > done:
            active.update(_definitions(here.macros[done:number]))
            written[id(here)] = number
        usable: Kept | None = original
        if is_mixed and (active or number) and _MACRO_USED.search(original.raw):
            place = id(here), number
            if place not in known:
                known[place] = _definitions(here.macros[:number])
            own = known[place]
            used = {name.lower() for name in _MACRO_USED.findall(original.raw)}
            if any(own.get(name) != active.get(name) for name in used):
                kept = usable = None
        if original.parents or _is_stale(record):
            usable = None
        yield record, kept, usable


def _definitions(blocks: Iterable[str]) -> dict[str, str]:
    """Return the macros that blocks define, each with the text of its value."""
    found: dict[str, str] = {}
    for block in blocks:
        if block[1:].lstrip()[:6].lower() == "string":
            for part in split(block)[0]:
                # A macro may use others, whose values are part of its own.
                for name, value in part.fields:
                    pieces = ((False, value),) if isinstance(value, str) else value
                    found[name.lower()] = repr(
                        [
                            found.get(text.lower(), text) if is_macro else text
                            for is_macro, text in pieces
                        ]
                    )
    return found


def _untouched(record: Record) -> Kept | None:
    kept = entry_of(record)
    if kept is None or not _is_untouched(record, kept):
        return None
    # A record whose parent has another id now would be read with another one.
    return None if _is_stale(record) else kept


def _is_stale(record: Record) -> bool:
    return record.origin is not None and "is_stale" in record.origin.verbatim


def entry_of(record: Record) -> Kept | None:
    """Return the entry from which a record was read; None if it was not read from BibTeX."""
    if record.origin is None or record.origin.format != FORMAT:
        return None
    kept = record.origin.verbatim.get("entry")
    return kept if isinstance(kept, Kept) else None


def _is_untouched(record: Record, kept: Kept) -> bool:
    read = kept.read if kept.read["id"] else {**kept.read, "id": record.id}
    return Record(**read) == record


def streamed_in_place(records: Iterable[Record]) -> Iterator[Record]:
    """Yield records with the containers of the files from which they are being read in pieces."""
    placed: dict[int, int] = {}
    files: dict[int, Surroundings] = {}
    for record in records:
        kept = entry_of(record)
        if kept is not None:
            here = kept.surroundings
            files[id(here)] = here
            for container in here.containers[placed.get(id(here), 0) :]:
                before = entry_of(container)
                if before is None or before.index > kept.index:
                    break
                placed[id(here)] = placed.get(id(here), 0) + 1
                yield container
        yield record
    for here in files.values():
        yield from here.containers[placed.get(id(here), 0) :]


def streamed_containers(records: Iterable[Record]) -> list[Record]:
    """Return the containers of the files from which records have been read in pieces."""
    files = {id(kept.surroundings): kept.surroundings for kept in map(entry_of, records) if kept}
    return [container for here in files.values() for container in here.containers]


class _Pending:
    """A record that has not been written, because an entry from which it inherits is not known.

    Attributes:
        record: The record.
        kept: Its entry, if the record has the values that were read.
        undecided: The number of its parents that are not known yet.
        is_decided: Whether `kept` is final.
    """

    __slots__ = ("is_decided", "kept", "record", "undecided")

    def __init__(self, record: Record, kept: Kept | None) -> None:
        self.record = record
        self.kept = kept
        self.undecided = 0
        self.is_decided = False


def streamed_kept(records: Iterable[Record]) -> Iterator[tuple[Record, Kept | None]]:
    """Yield each record with the entry that can be written unchanged, or None, as `kept_of`.

    A record that inherits from a later one is held until that one has been read, with the records
    after it.
    """
    known: dict[int, bool] = {}  # of each id, by its number, whether its entry is unchanged
    children: dict[str, list[_Pending]] = {}
    held: deque[_Pending] = deque()

    def decide(one: _Pending, is_unchanged: bool) -> None:
        stack = [(one, is_unchanged)]
        while stack:
            current, value = stack.pop()
            if current.is_decided:
                continue
            current.is_decided = True
            if not value:
                current.kept = None
            known[hash(current.record.id)] = value or known.get(hash(current.record.id), False)
            for child in children.pop(current.record.id, ()):
                child.undecided -= 1
                if not value or not child.undecided:
                    stack.append((child, value))

    def decided() -> Iterator[tuple[Record, Kept | None]]:
        while held and held[0].is_decided:
            one = held.popleft()
            yield one.record, one.kept

    for record in records:
        one = _Pending(record, _untouched(record))
        held.append(one)
        parents = one.kept.parents if one.kept else frozenset()
        missing = [parent for parent in parents if hash(parent) not in known]
        if any(known.get(hash(parent)) is False for parent in parents):
            decide(one, False)
        elif not missing:
            decide(one, one.kept is not None)
        else:
            one.undecided = len(missing)
            for parent in missing:
                children.setdefault(parent, []).append(one)
        yield from decided()
    # A parent that was never read is missing in the output; the others refer to each other.
    ids = {one.record.id for one in held}
    for parent in children.keys() - ids:
        for child in children.get(parent, ()):
            decide(child, False)
    for one in held:
        decide(one, True)
    yield from decided()


def join_kept(entries: Iterable[tuple[Record, str]], *, is_anew: bool = False) -> Iterator[str]:
    """Yield the texts of records and the texts around them in their files.

    Args:
        entries: Records with their texts.
        is_anew: Whether no entry is written in its original form. Then broken blocks between
            entries, which could include the text after them, are omitted.
    """
    around = _sound if is_anew else str
    last = ""  # the text before
    is_empty = True
    defined: dict[int, int] = {}
    files: dict[int, Surroundings] = {}
    previous: Kept | None = None
    for record, text in entries:
        kept = entry_of(record)
        follows = _follows(previous, kept)
        if not is_empty and not follows and not last.endswith("\n\n"):
            yield "\n" if last.endswith("\n") else "\n\n"
        is_empty = False
        if kept is None:
            last = text
        else:
            here = kept.surroundings
            files[id(here)] = here
            first, number = kept.macros
            for macro in here.macros[defined.get(id(here), 0) : first]:
                yield f"{around(macro)}\n"
            defined[id(here)] = max(number, defined.get(id(here), 0))
            before = around(kept.before)
            yield before if follows else before.lstrip("\n")
            last = text if text == kept.raw else text.removesuffix("\n")
        yield last
        previous = kept
    last_file = previous.surroundings if previous is not None else None
    are_several = len(files) > 1
    for file in files.values():
        after = around(file.after)
        if are_several and file is not last_file and not after.strip():
            continue  # white space at the end of a file that is not the last one
        if are_several and after and not last.endswith("\n") and not after.startswith("\n"):
            yield "\n"
        yield after
        last = after or last
    if not is_empty and (are_several or not files) and not last.endswith("\n"):
        yield "\n"


def with_texts_of_removed(
    records: Sequence[Record], removed: Collection[int], containers: Sequence[Record] = ()
) -> tuple[list[Record], list[Record]]:
    """Return records without some of them; the texts before those are kept with the next ones.

    These are comments, macros and `@preamble`, but not blank lines. Those of a file without any
    other record are omitted.

    Args:
        records: The records, in the order of their files.
        removed: The positions of those that are removed, counted from 0.
        containers: The entries that are not works.

    Returns:
        The other records, and the containers.
    """
    kept_records: list[Record] = []
    waiting: dict[int, list[Kept]] = {}
    for place, record in enumerate(records):
        kept = entry_of(record)
        if place in removed:
            if kept is not None and (kept.before.strip() or id(kept.surroundings) in waiting):
                waiting.setdefault(id(kept.surroundings), []).append(kept)
            continue
        before = waiting.pop(id(kept.surroundings), None) if kept is not None else None
        if kept is not None and before:
            texts = "".join((*(one.before for one in before), kept.before))
            macros = before[0].macros[0], kept.macros[1]
            record = _with_kept(record, evolve(kept, before=texts, macros=macros))
        kept_records.append(record)
    others = list(containers)
    for last in waiting.values():
        _add_at_end((kept_records, others), last)
    return kept_records, others


def _add_at_end(lists: Iterable[list[Record]], texts: Sequence[Kept]) -> None:
    """Add texts to those after the last entry of their file."""
    here = texts[0].surroundings
    text = "".join(one.before for one in texts)
    after = Surroundings(macros=here.macros, after=text + here.after, containers=here.containers)
    for records in lists:
        for place, record in enumerate(records):
            kept = entry_of(record)
            if kept is not None and kept.surroundings is here:
                records[place] = _with_kept(record, evolve(kept, surroundings=after))


def _with_kept(record: Record, kept: Kept) -> Record:
    origin = record.origin
    if origin is None:
        return record
    return record.replace(origin=evolve(origin, verbatim={**origin.verbatim, "entry": kept}))


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
