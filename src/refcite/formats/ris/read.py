"""Read RIS."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from refcite.formats.faults import first_told, no_entries
from refcite.formats.ris.build import Draft
from refcite.formats.ris.lines import Entry, Field, Splitter, blocks_of
from refcite.formats.ris.mapping import CODES, code_named, code_of
from refcite.library import Library
from refcite.problems import Problem, Severity
from refcite.record import Origin, Record

__all__ = ["FORMAT", "draft_of", "read", "read_stream"]

FORMAT: Final = "ris"
_JOURNAL_TAGS: Final = frozenset({"JF", "JO", "JA", "J1", "J2"})


def read(text: str, *, day_first: bool | None = None) -> Library:
    r"""Read RIS.

    A tag that CSL has no variable for stands in the record's `extra` under its own name: as text,
    or as a list where it stands several times.

    Args:
        text: The lines, with any line ends.
        day_first: Whether a date such as `01/02/2017` is 1 February or 2 January.

    Returns:
        The records, with what is wrong in the library's problems.

    Example:
        >>> from refcite import loads
        >>> text = "TY  - JOUR\nAU  - Shannon, Claude E.\nPY  - 1948/07//\nER  - \n"
        >>> library = loads(text, "ris")
        >>> library[0].author[0].family, str(library[0].issued)
        ('Shannon', '1948-07')
    """
    library = Library()
    for found in _found(blocks_of(text.removeprefix("\ufeff")), day_first, library.__contains__):
        if isinstance(found, Record):
            library.append(found)
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
        Records, and problems as they are met.
    """
    return _found(blocks, day_first, lambda _: False)


def _found(
    blocks: Iterable[str], day_first: bool | None, is_taken: Callable[[str], bool]
) -> Iterator[Record | Problem]:
    problems: list[Problem] = []
    told: set[str] = set()
    count = 0
    for entry in Splitter(problems).entries(blocks):
        count += 1
        name = f"item-{count}"
        record = _record_of(entry, problems, day_first, "" if is_taken(name) else name)
        if problems:
            problems.sort(key=lambda problem: problem.line or 0)
            yield from first_told(problems, told)
            problems.clear()
        yield record
    if not count:
        yield no_entries("there is no RIS entry in this text: no line starts with 'TY  - '")
    yield from problems


def draft_of(
    type_: str | None, fields: list[Field], day_first: bool | None = None
) -> tuple[Draft, str | None]:
    """Return what an entry says, and its type code; None for a type that there is not.

    Args:
        type_: Value of `TY`; None where there is none.
        fields: The other tags.
        day_first: How to read `01/02/2017`.
    """
    code = code_named(type_) if type_ else None
    draft = Draft(code or _guessed(fields), fields, day_first)
    if code is not None:
        csl_type = draft.values.setdefault("type", CODES[code].type)
        if code != code_of(csl_type):
            draft.extra.setdefault("TY", code)
    elif type_:
        draft.values.setdefault("type", "document")
        draft.extra.setdefault("type", type_)
    else:
        draft.values.setdefault("type", CODES[_guessed(fields)].type)
    return draft, code


def _guessed(fields: list[Field]) -> str:
    return "JOUR" if any(tag in _JOURNAL_TAGS for tag, _, _ in fields) else "GEN"


def _record_of(entry: Entry, problems: list[Problem], day_first: bool | None, name: str) -> Record:
    draft, code = draft_of(entry.type, entry.fields, day_first)
    values = draft.values
    if code is None:
        draft.problems.append(_type_problem(entry))
    if draft.problems:
        key = values.get("id")
        problems += [problem.replace(key=key) for problem in draft.problems]
    values.setdefault("id", name)
    values["extra"] = draft.extra
    verbatim = {"type": entry.type, "fields": entry.fields}
    values["origin"] = Origin(format=FORMAT, verbatim=verbatim, line=entry.line)
    return Record(**values)


def _type_problem(entry: Entry) -> Problem:
    if not entry.type:
        code = "missing-type"
        message = "the entry has no type ('TY'); one is guessed"
    else:
        code = "unknown-type"
        message = f"{entry.type[:60]!r} is no type of RIS; it is read as document"
    return Problem(severity=Severity.WARNING, code=code, message=message, line=entry.line, column=1)
