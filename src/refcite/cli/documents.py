"""Documents and their references: `refcite check --documents`, `refcite convert --cited-in`."""

from __future__ import annotations

import glob
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from attrs import frozen

from refcite.cli.input import unread
from refcite.documents.rendering import UndefinedKeys
from refcite.documents.syntaxes import syntax_of_file
from refcite.formats.files import decode, read_source
from refcite.keys import ids_named
from refcite.library import Library
from refcite.problems import InputError, Problem, RefciteError, Severity
from refcite.record import Record

__all__ = ["Cited", "about_documents", "cited_in", "document_files", "only_cited"]


@frozen(kw_only=True)
class Cited:
    """What documents cite.

    Attributes:
        keys: The keys.
        cites_all: Whether one of the documents lists all entries.
        problems: The keys without a reference, and documents that cannot be read.
    """

    keys: frozenset[str]
    cites_all: bool
    problems: tuple[Problem, ...]


def cited_in(patterns: Sequence[str], known: Iterable[str]) -> Cited:
    """Return what documents cite.

    Args:
        patterns: Paths, or patterns of paths such as `**/*.md`.
        known: The ids of the references.
    """
    ids = frozenset(known)
    undefined = UndefinedKeys(ids)
    keys: set[str] = set()
    problems: list[Problem] = []
    cites_all = False
    for file in document_files(patterns):
        try:
            text, _ = decode(read_source(Path(file)))
            found = syntax_of_file(file).cited_keys(text)
        except RefciteError as error:
            problems.append(unread(file, error))
            continue
        cites_all |= found.cites_all
        for one in found.keys:
            keys.add(one.key)
            if one.key not in ids and one.key not in found.defined:
                problems.append(undefined.problem(one).replace(file=file))
    return Cited(keys=frozenset(keys), cites_all=cites_all, problems=tuple(problems))


def document_files(patterns: Sequence[str]) -> Iterator[str]:
    """Yield the documents of paths and patterns.

    Args:
        patterns: Paths, or patterns of paths such as `**/*.md`.

    Raises:
        InputError: No file has one of the patterns.
    """
    for pattern in patterns:
        if Path(pattern).exists() or not glob.has_magic(pattern):
            yield pattern
            continue
        found = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 - also for absolute ones
        if not found:
            raise InputError(f"no file has the pattern {pattern!r}")
        yield from found


def about_documents(library: Library, patterns: Sequence[str]) -> list[Problem]:
    """Return the keys without a reference, and the references that no document cites.

    Args:
        library: The references.
        patterns: Paths of documents, or patterns of paths.

    Raises:
        InputError: No file has one of the patterns.
    """
    cited = cited_in(patterns, library.ids)
    return [*cited.problems, *_unused(library, cited, Severity.WARNING)]


def _unused(library: Library, cited: Cited, severity: Severity) -> Iterator[Problem]:
    if cited.cites_all:
        return
    used = _with_their_references(library, cited.keys)
    for record in library:
        if record.id not in used:
            origin = record.origin
            yield Problem(
                severity=severity,
                code="unused-key",
                message=f"no document cites {record.id!r}",
                file=origin.file if origin else None,
                line=origin.line if origin else None,
                key=record.id,
            )


def _with_their_references(library: Library, keys: frozenset[str]) -> set[str]:
    """Return keys with those of the entries to which theirs refer, such as `crossref` in BibTeX."""
    by_id: dict[str, Record] = {}
    for record in library:
        by_id.setdefault(record.id, record)
    used = set(keys)
    waiting = [by_id[key] for key in keys if key in by_id]
    while waiting:
        for key in ids_named(waiting.pop()):
            if key in by_id and key not in used:
                used.add(key)
                waiting.append(by_id[key])
    return used


def only_cited(library: Library, patterns: Sequence[str]) -> tuple[Library, list[Problem]]:
    """Return the references that documents cite, and problems.

    Args:
        library: The references.
        patterns: Paths of documents, or patterns of paths.

    Raises:
        InputError: No file has one of the patterns.
    """
    cited = cited_in(patterns, library.ids)
    if cited.cites_all:
        return library, list(cited.problems)
    used = _with_their_references(library, cited.keys)
    kept = Library(
        (record for record in library if record.id in used), containers=library.containers
    )
    kept.problems += library.problems
    unused = _unused(library, cited, Severity.WARNING)
    return kept, [*cited.problems, *unused]
