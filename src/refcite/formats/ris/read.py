"""Read RIS."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from refcite.formats.blocktext import Block
from refcite.formats.common_problems import first_reported, no_entries
from refcite.formats.draft import Draft, Field
from refcite.formats.htmltext import entities_of
from refcite.formats.ris.beyond import MARK
from refcite.formats.ris.lines import Entry, Splitter, blocks_of
from refcite.formats.ris.table import SPEC, code_named
from refcite.formats.ris.together import read_fields
from refcite.keys import id_by_place
from refcite.library import Library
from refcite.problems import Problem, Severity
from refcite.record import Record

__all__ = ["FORMAT", "block_end", "draft_of", "read", "read_block", "read_stream"]

FORMAT: Final = "ris"
_JOURNAL_TAGS: Final = frozenset({"JF", "JO", "JA", "J1", "J2"})


def read(text: str, *, day_first: bool | None = None) -> Library:
    r"""Read RIS.

    A tag that CSL has no variable for is in the record's `extra` under its own name: as text,
    or as a list if it is several times.

    Args:
        text: The lines, with any line ends.
        day_first: Whether a date such as `01/02/2017` is 1 February or 2 January.

    Returns:
        The records, with the problems in the library.

    Example:
        >>> from refcite import loads
        >>> text = "TY  - JOUR\nAU  - Shannon, Claude E.\nPY  - 1948/07//\nER  - \n"
        >>> library = loads(text, "ris")
        >>> library[0].author[0].family, str(library[0].issued)
        ('Shannon', '1948-07')
    """
    library = Library(is_keyed=False)
    for found in _found(blocks_of(text.removeprefix("\ufeff")), day_first, is_named=False):
        if isinstance(found, Record):
            library.adopt(found)
        else:
            library.problems.append(found)
    return library


def read_stream(
    blocks: Iterable[str], *, day_first: bool | None = None
) -> Iterator[Record | Problem]:
    """Read RIS that comes in blocks; a record without `ID` is called by its place.

    Args:
        blocks: The text, in pieces of any length.
        day_first: Whether a date such as `01/02/2017` is 1 February or 2 January.

    Returns:
        Records and problems, one by one.
    """
    return _found(blocks, day_first, is_named=True)


_ENDED: Final = re.compile(rb"\nER  - ?\r?\n(?:[ \t]*\r?\n)*(?=TY  - )")


def block_end(data: bytes) -> int:
    r"""Return the last offset at which an entry ends and the next one starts; 0 if there is none.

    Example:
        >>> block_end(b"TY  - BOOK\nER  - \n\nTY  - BOOK\n")
        19
    """
    end = len(data)
    while (end := data.rfind(b"\nER  -", 0, end)) >= 0:
        if found := _ENDED.match(data, end):
            return found.end()
    return 0


def read_block(
    block: Block, shared: None = None, *, day_first: bool | None = None
) -> Iterator[Record | Problem]:
    """Read the entries of a part of a file; those without `ID` have no id.

    Args:
        block: The part.
        shared: Not used.
        day_first: Whether a date such as `01/02/2017` is 1 February or 2 January.
    """
    text = block.data.decode()
    return _found(blocks_of(text), day_first, is_named=False)


def _found(
    blocks: Iterable[str], day_first: bool | None, *, is_named: bool
) -> Iterator[Record | Problem]:
    problems: list[Problem] = []
    reported: set[str] = set()
    count = 0
    for entry in Splitter(problems).entries(blocks):
        count += 1
        record = _record_of(entry, problems, day_first, id_by_place(count) if is_named else "")
        if problems:
            problems.sort(key=lambda problem: problem.line or 0)
            yield from first_reported(problems, reported)
            problems.clear()
        yield record
    if not count:
        yield no_entries("there is no RIS entry in this text: no line starts with 'TY  - '")
    yield from problems


def draft_of(
    type_: str | None,
    fields: Sequence[Field],
    day_first: bool | None = None,
    line: int | None = None,
) -> Draft:
    """Return the data of an entry.

    Args:
        type_: Value of `TY`; None if there is none.
        fields: The other tags.
        day_first: How to read `01/02/2017`.
        line: Line on which it starts.
    """
    named = code_named(type_) if type_ else None
    code = named or ("JOUR" if any(tag in _JOURNAL_TAGS for tag, _, _ in fields) else "GEN")
    draft = Draft(SPEC, code, day_first=day_first, line=line)
    if named is None:
        _report_type(draft, type_)
    read_fields(draft, code, entities_of(fields, MARK))
    if named is None and type_:
        draft.values.setdefault("type", "document")
        draft.extra.setdefault("type", type_)
        return draft
    draft.values.setdefault("type", SPEC.type_of(code))
    csl_type = draft.values["type"]
    if named and csl_type == SPEC.type_of(code) and code != SPEC.own_type(csl_type):
        draft.extra.setdefault("TY", code)
    return draft


def _report_type(draft: Draft, type_: str | None) -> None:
    if not type_:
        message = "the entry has no type ('TY'); one is guessed"
        draft.report("missing-type", message, Severity.WARNING)
    else:
        message = f"{type_[:60]!r} is not a type of RIS; it is read as document"
        draft.report("unknown-type", message, Severity.WARNING)


def _record_of(entry: Entry, problems: list[Problem], day_first: bool | None, name: str) -> Record:
    draft = draft_of(entry.type, entry.fields, day_first, entry.line)
    key = draft.values.get("id")
    draft.values.setdefault("id", name)
    record = draft.record(FORMAT, {"type": entry.type, "fields": entry.fields})
    problems += [problem.replace(key=key) for problem in draft.problems]
    return record
