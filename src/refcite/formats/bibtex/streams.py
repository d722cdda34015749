"""Read a BibTeX file of which only a part is in memory."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from contextlib import closing
from tempfile import SpooledTemporaryFile
from typing import Final

from refcite.collector import collector_paused
from refcite.formats.bibtex.read import Entry, Reader, place_of
from refcite.formats.bibtex.referenced import (
    KeysInText,
    Referenced,
    referenced_among,
    refers,
    sources_of,
)
from refcite.formats.bibtex.references import Source
from refcite.formats.bibtex.split import split_pieces
from refcite.library import Ids, duplicate
from refcite.problems import Problem
from refcite.record import Record

__all__ = ["find_referenced", "in_order", "read_stream"]

_HELD: Final = 1 << 22
"""The number of characters kept in memory of a text that can be iterated only once."""


def read_stream(
    blocks: Iterable[str], *, day_first: bool | None = None
) -> Iterator[Record | Problem]:
    r"""Read BibTeX that comes in blocks; the records and problems are those of `read`.

    Only the current part of the text is in memory, with the entries to which others refer. The text
    is read to its end before the first entry that refers to another. Entries that are not works
    (`@xdata`, `@set`) are not yielded, but `write_stream` writes them with the records after which
    they are read.

    Args:
        blocks: The text, in pieces of any length. If it can be iterated only once, it is copied to
            a temporary file.
        day_first: Whether `01/02/2017` is 1 February (True) or 2 January (False). None keeps
            such a date as text, and reports it.

    Yields:
        Records and problems, one by one. Ids that are used twice are reported at the end.

    Example:
        >>> pieces = ["@book{a, crossref = {b}}\n", "@book{b, publisher = {B}}"]
        >>> [record.publisher for record in read_stream(pieces)]
        ['B', 'B']
    """
    with closing(_Text(blocks)) as text:
        yield from _named(text, day_first)


def _named(text: _Text, day_first: bool | None) -> Iterator[Record | Problem]:
    """Yield records with their ids, and problems."""
    ids = Ids()
    places: dict[int, int] = {}
    twice: dict[int, int] = {}
    for entry, found in _found(text, day_first):
        if entry is None or isinstance(found, Problem):
            yield found
            continue
        record = found
        id_ = ids.id_of(record.id)
        if id_ != record.id:
            record = record.replace(id=id_)
        # Only the numbers of the ids are kept, which need less memory.
        first = places.setdefault(hash(id_), entry.index)
        if first != entry.index:
            twice[entry.index] = first
        yield record
    if twice:
        yield from _duplicates(text, day_first, twice)


def _found(
    text: _Text, day_first: bool | None, wanted: Container[int] | None = None
) -> Iterator[tuple[Entry | None, Record | Problem]]:
    """Yield each record with its entry, and each problem.

    Args:
        text: The text.
        day_first: As for `read_stream`.
        wanted: The positions of the entries whose records are created; by default, of all.
    """
    reader = Reader(day_first)
    referenced: Referenced | None = None
    for chunk in split_pieces(text):
        with collector_paused():
            entries = reader.entries(chunk)
            if referenced is None and any(map(refers, entries)):
                referenced = find_referenced(text)
            if referenced is not None:
                for entry in entries:
                    referenced.complete(entry, reader)
            if wanted is not None:
                entries = [entry for entry in entries if entry.index in wanted]
            records = list(map(reader.record, entries))
        yield from in_order(entries, records, reader)
    for problem in reader.last():
        yield None, problem


def in_order(
    entries: list[Entry], records: list[Record], reader: Reader
) -> Iterator[tuple[Entry | None, Record | Problem]]:
    """Yield the records of a chunk that are works with their entries, each after its problems.

    Args:
        entries: The entries of the chunk.
        records: Their records.
        reader: The reader of the chunk.
    """
    problems = reader.problems()
    problems.reverse()
    for number, (entry, record) in enumerate(zip(entries, records, strict=True), 1):
        following = reader.place_of(entries[number]) if problems and entries[number:] else None
        while problems and (following is None or place_of(problems[-1]) < following):
            yield None, problems.pop()
        if entry.is_container:
            reader.surroundings.containers.append(record)
        else:
            yield entry, record
    for problem in reversed(problems):
        yield None, problem


def _duplicates(text: _Text, day_first: bool | None, twice: dict[int, int]) -> Iterator[Problem]:
    """Yield the problems of ids that are used twice; the records are read again to compare them.

    Args:
        text: The text.
        day_first: As for `read_stream`.
        twice: The positions of the entries concerned, each with that of the first with its id.
    """
    firsts: dict[int, Record] = dict.fromkeys(twice.values(), Record())
    for entry, record in _found(text, day_first, twice.keys() | firsts.keys()):
        if entry is None or isinstance(record, Problem):
            continue
        if entry.index in firsts:
            firsts[entry.index] = record
        else:
            # The id of the first may have been generated.
            yield duplicate(record, firsts[twice[entry.index]].replace(id=record.id))


def find_referenced(text: Iterable[str]) -> Referenced:
    """Return the entries of a text to which others refer.

    Args:
        text: The text in pieces; it is iterated twice.
    """
    keys = KeysInText()
    for piece in text:
        keys.add(piece)
    wanted = keys.found()
    sources: list[Source] = []
    named: set[str] = set()
    reader = Reader(None)
    for chunk in split_pieces(text):
        sources += sources_of(chunk, reader, wanted, named)
    return referenced_among(sources, named)


class _Text:
    """A text in pieces with line feeds as its only line ends, which can be iterated repeatedly.

    Args:
        blocks: The text, in pieces with any line ends.
    """

    def __init__(self, blocks: Iterable[str]) -> None:
        self._blocks = _Replayed(iter(blocks)) if iter(blocks) is blocks else blocks

    def close(self) -> None:
        """Remove the temporary file, if there is one."""
        if isinstance(self._blocks, _Replayed):
            self._blocks.close()

    def __iter__(self) -> Iterator[str]:
        is_first, ends_in_cr = True, False
        for block in self._blocks:
            text = f"\r{block}" if ends_in_cr else block
            if is_first and text:
                text = text.removeprefix("\ufeff")
                is_first = False
            ends_in_cr = text.endswith("\r")
            if ends_in_cr:
                text = text[:-1]
            if "\r" in text:
                text = text.replace("\r\n", "\n").replace("\r", "\n")
            yield text
        if ends_in_cr:
            yield "\n"


class _Replayed:
    """The pieces of a text that can be iterated only once, kept in a temporary file."""

    def __init__(self, blocks: Iterator[str]) -> None:
        self._blocks = blocks
        self._file = SpooledTemporaryFile(_HELD)  # noqa: SIM115 - `close` closes it
        self._lengths: list[int] = []

    def close(self) -> None:
        """Remove the file."""
        self._file.close()

    def __iter__(self) -> Iterator[str]:
        number = place = 0
        while True:
            if number == len(self._lengths):
                block = next(self._blocks, None)
                if block is None:
                    return
                data = block.encode(errors="surrogatepass")
                self._file.seek(place)
                self._file.write(data)
                self._lengths.append(len(data))
            else:
                self._file.seek(place)
                block = self._file.read(self._lengths[number]).decode(errors="surrogatepass")
            place += self._lengths[number]
            number += 1
            yield block
