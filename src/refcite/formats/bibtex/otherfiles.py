"""Entries that inherit from an entry in another file: `crossref` and `xdata` across files.

BibTeX reads all files of a document as one. So a file whose parents are missing is read again,
followed by the entries of other files that it names; these are then left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from refcite.formats.bibtex.keep import Kept, entry_of, join_kept
from refcite.formats.bibtex.read import read
from refcite.formats.files import in_file
from refcite.library import Library
from refcite.record import Record

__all__ = ["with_parents"]

_MISSING: Final = "missing-parent"
_KEY: Final = re.compile(r"[^\s,{}=\"#]+")


def with_parents(libraries: Sequence[Library], **options: Any) -> list[Library]:
    """Return libraries in which entries have the fields of parents in other libraries.

    Args:
        libraries: Libraries as they were read, of any format.
        **options: Options of the reader.

    Example:
        >>> from refcite import loads
        >>> child = loads("@inproceedings{c, title = {C}, crossref = {p}}", file="c.bib")
        >>> parent = loads("@proceedings{p, title = {Talks}, year = 2019}", file="p.bib")
        >>> completed = with_parents([child, parent])[0]
        >>> completed["c"].container_title, completed.problems, len(completed)
        ('Talks', [], 1)
    """
    by_key: dict[str, tuple[int, Record, Kept]] = {}
    for number, library in enumerate(libraries):
        for record, kept in _entries(library):
            by_key.setdefault(record.id.lower(), (number, record, kept))
    return [
        _completed(number, library, by_key, options)
        if any(problem.code == _MISSING for problem in library.problems)
        else library
        for number, library in enumerate(libraries)
    ]


def _completed(
    number: int,
    library: Library,
    by_key: dict[str, tuple[int, Record, Kept]],
    options: dict[str, Any],
) -> Library:
    children = {problem.key for problem in library.problems if problem.code == _MISSING}
    own = sorted(_entries(library), key=lambda pair: pair[1].index)
    if not own:
        return library
    waiting = [kept for record, kept in own if record.id in children]
    found: dict[str, tuple[int, Record, Kept]] = {}
    while waiting:
        for key in _keys_in(waiting.pop().raw):
            other = by_key.get(key.lower())
            if other is not None and other[0] != number and key.lower() not in found:
                found[key.lower()] = other
                waiting.append(other[2])
    if not found:
        return library
    text = "".join(join_kept((record, kept.raw) for record, kept in own))
    here = own[0][1].surroundings
    macros = list(here.macros)
    added = [
        piece
        for _, _, kept in found.values()
        for piece in (*kept.surroundings.macros[: kept.macros[1]], kept.raw)
    ]
    again = read("\n".join((text, *added)), **options)
    origin = own[0][0].origin
    file = origin.file if origin is not None else None
    lines = text.count("\n") + 1
    # The text after the last entry belongs to the file, and not to the first parent.
    for _, kept in _entries(again):
        kept.surroundings.after = here.after
        kept.surroundings.macros[:] = macros
        break
    last = own[-1][1].index
    names = {problem.key for problem in library.problems if problem.code == _MISSING}
    problems = [problem for problem in library.problems if problem.code != _MISSING]
    problems += [
        problem.replace(file=file)
        for problem in again.problems
        if problem.code == _MISSING and (problem.line or 0) <= lines and problem.key in names
    ]
    return Library.of_identified(
        [_named(record, file) for record in again if _index(record) <= last],
        sorted(problems, key=lambda problem: problem.line or 0),
        [_named(record, file) for record in again.containers if _index(record) <= last],
    )


def _entries(library: Library) -> Iterator[tuple[Record, Kept]]:
    records: Iterable[Record] = (*library, *library.containers)
    for record in records:
        kept = entry_of(record)
        if kept is not None:
            yield record, kept


def _index(record: Record) -> int:
    kept = entry_of(record)
    return kept.index if kept is not None else -1


def _named(record: Record, file: str | None) -> Record:
    return record if file is None else in_file(record, file, "bibtex")


def _keys_in(raw: str) -> Iterator[str]:
    """Yield what may be keys in an entry: whole words, and those before a field and a number."""
    for word in _KEY.findall(raw):
        yield word
        end = word.rfind("-")
        for _ in range(2):
            if end > 0:
                yield word[:end]
                end = word.rfind("-", 0, end)
