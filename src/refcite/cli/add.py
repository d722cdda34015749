"""`refcite add`: look up works and add them to a file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import click

from refcite.cli.input import STANDARD_INPUT, STANDARD_OUTPUT, standard_input
from refcite.cli.progress import Progress
from refcite.cli.report import report
from refcite.cli.terminal import echo, echo_document, printable
from refcite.formats import Format, append, get_format, guess_format, losses
from refcite.formats.files import decode, encoding_named_in, naming, read_source, utf_8_text
from refcite.formats.losses import grouped
from refcite.formats.output import changing, check_target, is_stream, write_file
from refcite.formats.progress import listening
from refcite.identifier_kinds import Identifier, identify
from refcite.identifiers import fault_in_isbn, isbn_13
from refcite.keys import with_keys
from refcite.library import Library
from refcite.problems import (
    InputError,
    Problem,
    Severity,
    UnknownFormatError,
    UnknownIdentifierError,
)
from refcite.record import Record
from refcite.web import Settings, lookup

__all__ = ["add_works"]

_Names = dict[tuple[str, str], str]
"""The identifiers of the works of a file, each with the id of its record."""
_HEAD: Final = 4096
"""So many characters of a file may declare its encoding."""


def add_works(
    texts: Iterable[str], output: str | None, target: str | None, settings: Settings, keys: str
) -> bool:
    """Look up works, write them, and report problems; return whether one was not found.

    Args:
        texts: Identifiers; `-` represents those on standard input, one per line.
        output: The file to add to, or None for standard output.
        target: A format's name, or None to detect it from the file.
        settings: The settings of the look-up.
        keys: The pattern of the ids of new records.

    Raises:
        RefciteError: The file cannot be read, written or added to.
    """
    file = _File(output, target)
    problems: list[Problem] = []
    wanted = [text for text in _given(texts) if not file.knows(text, problems)]
    with Progress("looking up", count=len(wanted)) as progress, listening(progress.update):
        library = lookup(wanted, settings=settings, key_pattern=keys)
    failed = report([*problems, *library.problems])
    if library:
        failed |= file.add(library, keys)
    return failed


def _given(texts: Iterable[str]) -> list[str]:
    given: list[str] = []
    for text in texts:
        if text == STANDARD_INPUT:
            lines = decode(standard_input().read())[0].splitlines()
            given += [line for line in lines if line.strip()]
        else:
            given.append(text)
    return given


class _File:
    """The file to which works are added.

    Args:
        output: Its path, or None for standard output.
        target: Its format's name, or None to detect it from the path or the text.

    Raises:
        RefciteError: It is already certain that nothing can be added.
    """

    def __init__(self, output: str | None, target: str | None) -> None:
        is_printed = output is None or output == STANDARD_OUTPUT
        self.path = None if is_printed or output is None else Path(output)
        self._is_stream = self.path is None
        if self.path is not None:
            check_target(self.path)
            self._is_stream = is_stream(self.path)
        self._target = target
        self._read(self._contents())
        if not self.format.writes:
            message = (
                f"the format {self.format.name!r} can be read, but not written;"
                " choose another with --to"
            )
            raise click.UsageError(message)

    def _contents(self) -> bytes | None:
        if self.path is None or self._is_stream or not self.path.exists():
            return None
        data = read_source(self.path)
        return data if isinstance(data, bytes) else data.encode()

    def _read(self, data: bytes | None) -> None:
        """Read the contents of the file, which other programs can change between two calls."""
        with naming(str(self.path)):
            text = utf_8_text(data or b"")
        self._data = data
        self._text = text.removeprefix("\ufeff")
        self._mark = text[: len(text) - len(self._text)]
        self.format: Format = self._find_format()
        self.library = self.format.read(self._text) if self._text.strip() else Library()
        self._names: _Names = {}
        for record in self.library:
            for name in _names(record):
                self._names.setdefault(name, record.id)

    def _find_format(self) -> Format:
        if self._target or self.path is None:
            return get_format(self._target or "bibtex")
        if self._is_stream and not self.path.suffix:
            return get_format("bibtex")
        return guess_format(self._text or None, self.path)

    def _read_again(self, data: bytes | None) -> None:
        """Read the contents of the file after the look-up.

        Raises:
            InputError: They were changed so that the records cannot be added.
        """
        if data == self._data:
            return
        before, was_empty = self.format, not self._text.strip()
        try:
            self._read(data)
            if not self._text.strip() and not was_empty:
                raise InputError("it is empty or was removed")
            if self.format is not before:
                raise InputError(f"its format is {self.format.name}")
        except (InputError, UnknownFormatError) as error:
            reason = str(error).removeprefix(f"{self.path}: ")
            raise InputError(
                f"{self.path}: was changed during the look-up, and nothing was added: {reason};"
                " run the command again when it is complete"
            ) from None

    def knows(self, text: str, problems: list[Problem]) -> bool:
        """Return and report whether a work is already in the file."""
        try:
            known = self._names.get(identify(text).key)
        except UnknownIdentifierError:
            return False
        if known is not None:
            problems.append(self._already_there(text, known))
        return known is not None

    def add(self, library: Library, keys: str) -> bool:
        """Write the new records of a library at the end, and print their ids.

        Args:
            library: The records.
            keys: The pattern of their ids.

        Returns:
            Whether something was lost.
        """
        if self.path is None or self._is_stream:
            return self._print(library, keys)
        with changing(self.path) as change:
            self._read_again(change.data)
            problems: list[Problem] = []
            records = with_keys(self._new_ones(library, problems), keys, self.library.ids)
            if records:
                problems += self._lost(records)
                text, met = append(self._text, records, self.format)
                self._check_declared(text)
                change.write(self._mark + text)
                problems += [problem.replace(file=str(self.path)) for problem in met]
        failed = report(problems)
        if records:
            count = f"{len(records)} record{'s' * (len(records) != 1)}"
            ids = ", ".join(record.id for record in records)
            echo([f"{printable(str(self.path))}: {count} added: {ids}"])
        return failed

    def _print(self, library: Library, keys: str) -> bool:
        problems: list[Problem] = []
        records = with_keys(self._new_ones(library, problems), keys, self.library.ids)
        failed = report([*problems, *self._lost(records)])
        pieces = [self.format.write(records)] if records else []
        if self.path is None:
            echo_document(pieces)
        else:
            write_file(self.path, pieces)
        return failed

    def _lost(self, records: list[Record]) -> Iterable[Problem]:
        return grouped(losses(records, self.format.write(records), self.format))

    def _check_declared(self, text: str) -> None:
        """Raise an error if new letters would be read in another encoding by other programs."""
        declared = encoding_named_in(self._text[:_HEAD].encode())
        if declared not in {None, "utf-8"} and self._text.isascii() and not text.isascii():
            raise InputError(
                f"{self.path}: declares the encoding {declared}, which cannot represent every name;"
                " save the file as UTF-8, with this declaration"
            )

    def _new_ones(self, library: Library, problems: list[Problem]) -> list[Record]:
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
