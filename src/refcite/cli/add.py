"""`refcite add`: look up works and add them to a file."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from refcite.cli.input import STANDARD_INPUT
from refcite.cli.progress import Progress
from refcite.cli.report import report
from refcite.cli.terminal import echo, echo_document
from refcite.formats import Format, append, get_format, guess_format, losses
from refcite.formats.files import decode, read_source
from refcite.formats.losses import grouped
from refcite.formats.output import write_file
from refcite.formats.progress import listening
from refcite.identifier_kinds import Identifier, identify
from refcite.identifiers import fault_in_isbn, isbn_13
from refcite.keys import with_keys
from refcite.library import Library
from refcite.problems import InputError, Problem, Severity, UnknownIdentifierError
from refcite.record import Record
from refcite.web import Settings, lookup

__all__ = ["add_works"]

_Names = dict[tuple[str, str], str]
"""The identifiers of the works of a file, each with the id of its record."""


def add_works(
    texts: Iterable[str], output: str | None, target: str | None, settings: Settings, keys: str
) -> bool:
    """Look up works, write them, and report what is wrong; return whether one was not found.

    Args:
        texts: Identifiers; `-` represents those on standard input, one per line.
        output: The file to add to, or None for standard output.
        target: A format's name, or None to detect it from the file.
        settings: How to look up.
        keys: The pattern of the ids of new records.

    Raises:
        RefciteError: The file cannot be read, written or added to.
    """
    file = _File(output, target)
    problems: list[Problem] = []
    wanted = [text for text in _given(texts) if not file.knows(text, problems)]
    with Progress("looking up", count=len(wanted)) as progress, listening(progress.tell):
        library = lookup(wanted, settings=settings, key_pattern=keys)
    added = file.new_ones(library, problems)
    failed = report([*problems, *library.problems])
    if added:
        failed |= file.add(with_keys(added, keys, file.library.ids))
    return failed


def _given(texts: Iterable[str]) -> list[str]:
    given: list[str] = []
    for text in texts:
        if text == STANDARD_INPUT:
            lines = decode(sys.stdin.buffer.read())[0].splitlines()
            given += [line for line in lines if line.strip()]
        else:
            given.append(text)
    return given


class _File:
    """The file to which works are added.

    Args:
        output: Its path, or None for standard output.
        target: Its format's name, or None to detect it from the path or the text.
    """

    def __init__(self, output: str | None, target: str | None) -> None:
        self.path = Path(output) if output is not None else None
        self._text, self._has_mark = self._read()
        if target or self.path is None:
            self.format: Format = get_format(target or "bibtex")
        else:
            self.format = guess_format(self._text or None, self.path)
        if not self.format.writes:
            message = (
                f"the format {self.format.name!r} can be read, but not written;"
                " choose another with --to"
            )
            raise click.UsageError(message)
        self.library = self.format.read(self._text) if self._text.strip() else Library()
        self._names: _Names = {}
        for record in self.library:
            for name in _names(record):
                self._names.setdefault(name, record.id)

    def _read(self) -> tuple[str, bool]:
        if self.path is None or not self.path.exists():
            return "", False
        data = read_source(self.path)
        text, problems = decode(data)
        if problems or not isinstance(data, bytes) or data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
            raise InputError(
                f"{self.path}: the encoding is not UTF-8 and cannot represent every name;"
                " save the file as UTF-8"
            )
        return text, data.startswith(b"\xef\xbb\xbf")

    def knows(self, text: str, problems: list[Problem]) -> bool:
        """Return and report whether a work is already in the file."""
        try:
            known = self._names.get(identify(text).key)
        except UnknownIdentifierError:
            return False
        if known is not None:
            problems.append(self._already_there(text, known))
        return known is not None

    def new_ones(self, library: Library, problems: list[Problem]) -> list[Record]:
        """Return the records that are not in the file; report the others."""
        found: list[Record] = []
        for record in library:
            names = _names(record)
            known = next((self._names[name] for name in names if name in self._names), None)
            if known is None:
                found.append(record)
                self._names |= dict.fromkeys(names, record.id)
            else:
                named = record.doi or record.url or record.title or record.id
                problems.append(self._already_there(named, known))
        return found

    def _already_there(self, text: str, known: str) -> Problem:
        where = f" in {self.path}" if self.path and self.library.get(known) else ""
        return Problem(
            severity=Severity.WARNING,
            code="already-there",
            message=f"the work is already{where}, with the id {known!r}, and was not added again",
            file=text,
            key=known,
        )

    def add(self, records: list[Record]) -> bool:
        """Write records at the end, and print their ids; return whether something was lost."""
        alone = self.format.write(records)
        failed = report(grouped(losses(records, alone, self.format)))
        if self.path is None:
            echo_document([alone])
            return failed
        text, problems = append(self._text, records, self.format)
        write_file(self.path, f"\ufeff{text}" if self._has_mark else text)
        failed |= report(problem.replace(file=str(self.path)) for problem in problems)
        count = f"{len(records)} record{'s' * (len(records) != 1)}"
        echo([f"{self.path}: {count} added: {', '.join(record.id for record in records)}"])
        return failed


def _names(record: Record) -> list[tuple[str, str]]:
    """Return the identifiers of a work: two records of one work have at least one in common."""
    found = [
        *_identified(record.doi, "doi"),
        *_identified(record.url, "url"),
        *_identified(record.pmid and f"PMID {record.pmid}", "pmid"),
        *_identified(record.pmcid, "pmcid"),
    ]
    # A chapter has the ISBN of its book, but is another work.
    if record.type == "book" and record.isbn:
        parts = record.isbn.replace(";", ",").split(",")
        found += [
            Identifier("isbn", isbn_13(part.strip())).key
            for part in parts
            if fault_in_isbn(part.strip()) is None and part.strip()[-1:].isalnum()
        ]
    return found


def _identified(text: Any, kind: str) -> list[tuple[str, str]]:
    try:
        found = identify(text) if text else None
    except UnknownIdentifierError:
        return []
    # A URL may contain a DOI or an arXiv identifier; a DOI is only a DOI.
    return [found.key] if found and (found.kind == kind or kind == "url") else []
