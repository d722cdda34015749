"""Documents and their references: `refcite check --documents`, `refcite convert --cited-in`."""

from __future__ import annotations

import glob
from collections.abc import Iterator, Sequence
from pathlib import Path

from attrs import frozen

from refcite.cli.input import unread
from refcite.documents.rendering import UndefinedKeys
from refcite.documents.syntaxes import syntax_of_document
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


def cited_in(patterns: Sequence[str], library: Library) -> Cited:
    """Return what documents cite.

    Args:
        patterns: Paths, or patterns of paths such as `**/*.md`.
        library: The references.
    """
    ids = frozenset(library.ids)
    by_doi: dict[str, str] = {}
    for record in library:
        if record.doi:
            by_doi.setdefault(record.doi.lower(), record.id)
    undefined = UndefinedKeys(ids)
    keys: set[str] = set()
    problems: list[Problem] = []
    guesses: list[Problem] = []
    cites_all = False
    for file in document_files(patterns):
        try:
            text, _ = decode(read_source(Path(file)))
            told: list[Problem] = []
            found = syntax_of_document(file, text, told).cited_keys(text)
            guesses += (one.replace(file=file) for one in told)
        except RefciteError as error:
            problems.append(unread(file, error))
            continue
        # A DOI without a reference is no error: it can be looked up.
        keys |= {by_doi[one.key.lower()] for one in found.dois if one.key.lower() in by_doi}
        cites_all |= found.cites_all
        for one in found.keys:
            keys.add(one.key)
            if one.key not in ids and one.key not in found.defined:
                problems.append(undefined.problem(one).replace(file=file))
    return Cited(
        keys=frozenset(keys),
        cites_all=cites_all,
        problems=(*_first_of(guesses), *problems),
    )


def _first_of(guesses: Sequence[Problem]) -> Iterator[Problem]:
    """Yield the guess about the first document, with the number of the others."""
    if guesses:
        first, *others = guesses
        more = f"; so are {len(others)} others" if len(others) > 1 else ""
        more = "; so is one other" if len(others) == 1 else more
        yield first.replace(message=first.message + more)


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
    cited = cited_in(patterns, library)
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
    cited = cited_in(patterns, library)
    if cited.cites_all:
        return library, list(cited.problems)
    used = _with_their_references(library, cited.keys)
    kept = Library(
        (record for record in library if record.id in used), containers=library.containers
    )
    kept.problems += library.problems
    unused = _unused(library, cited, Severity.WARNING)
    return kept, [*cited.problems, *unused]
