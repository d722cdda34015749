"""The conversion of a large text in several processes, with the result of one.

The text is divided between its entries (`blocks.py`), and worker processes convert the blocks
(`worker_pool.py`). What depends on the order of all records is determined here: ids that are
generated, keys that must be unique, ids that are used twice, lines, and problems that are reported
once.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import IO, Any, Final, Protocol, TypeAlias

from attrs import evolve, frozen

from refcite.formats import blocks
from refcite.formats.archives import Unpacked
from refcite.formats.base import Format
from refcite.formats.blocks import Converted, Found, Settings, blocks_in, module_of
from refcite.formats.blocktext import Block
from refcite.formats.common_problems import first_reported
from refcite.formats.files import BlockReader
from refcite.formats.progress import current_listener
from refcite.formats.worker_pool import Workers
from refcite.keys import id_by_place
from refcite.library import Ids, duplicate
from refcite.problems import Problem
from refcite.record import Record

__all__ = [
    "FileText",
    "HeldText",
    "Lost",
    "Text",
    "can_divide",
    "convert_blocks",
    "file_text",
    "processors",
]

_READ: Final = 1 << 20
_MOST_RECORDS: Final = 1 << 40
"""The number of records of a block, which is never reached."""
_Place: TypeAlias = tuple[int, int]
"""The number of a block, and the position of a record in it."""


class Text(Protocol):
    """A text in UTF-8, without a byte-order mark."""

    @property
    def size(self) -> int:
        """The number of its bytes."""

    def at(self, start: int, length: int) -> bytes:
        """Return a part of it."""


@frozen
class HeldText:
    """A text in memory."""

    data: bytes

    @property
    def size(self) -> int:
        """The number of its bytes."""
        return len(self.data)

    def at(self, start: int, length: int) -> bytes:
        """Return a part of it."""
        return self.data[start : start + length]


@frozen
class FileText:
    """The text of a file.

    Attributes:
        file: The file, which is open for reading.
        start: The offset of the text in it.
        size: The number of its bytes.
    """

    file: IO[bytes]
    start: int
    size: int

    def at(self, start: int, length: int) -> bytes:
        """Return a part of it."""
        self.file.seek(self.start + start)
        return self.file.read(length)


@frozen
class Lost:
    """A value that the output does not contain.

    Attributes:
        problem: Its problem.
    """

    problem: Problem


_Found: TypeAlias = Problem | Lost | _Place
"""A problem; of an id that is used twice, only the place before the end."""


def processors() -> int:
    """Return the number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def can_divide(text: Text, source: Format, target: Format, to_writer: Mapping[str, Any]) -> bool:
    """Return whether a text can be divided into blocks that are converted separately.

    Args:
        text: The text.
        source: Its format.
        target: The format of the output.
        to_writer: The options of the writer.
    """
    if text.size <= blocks.BLOCK or not blocks.divides(source, target, to_writer):
        return False
    reader, head = module_of(source), text.at(0, blocks.BLOCK)
    is_divisible = reader.is_divisible(head) if hasattr(reader, "is_divisible") else True
    return is_divisible and reader.block_end(head) > 0


def file_text(
    file: IO[bytes], source: Format, target: Format, to_writer: Mapping[str, Any]
) -> FileText | None:
    """Return the text of a file that several processes can convert; None if one has to.

    Args:
        file: The file, which can be read again.
        source: Its format.
        target: The format of the output.
        to_writer: The options of the writer.
    """
    # A compressed file would be decompressed again from its start for each block.
    if isinstance(file, Unpacked) or not blocks.divides(source, target, to_writer):
        return None
    file.seek(0)
    start = BlockReader(file).utf_8_start
    if start is None:
        return None
    text = FileText(file, start, file.seek(0, os.SEEK_END) - start)
    return text if can_divide(text, source, target, to_writer) else None


def convert_blocks(
    text: Text,
    source: Format,
    target: Format,
    to_reader: Mapping[str, Any],
    to_writer: Mapping[str, Any],
    *,
    jobs: int,
    in_library: bool = False,
    file: str | None = None,
) -> Iterator[bytes | Problem | Lost]:
    """Yield the text of the records in another format, in UTF-8, and the problems.

    Args:
        text: The text.
        source: Its format.
        target: The format of the output.
        to_reader: The options of the reader.
        to_writer: The options of the writer.
        jobs: The number of processes.
        in_library: Whether ids are generated, and ids that are used twice are reported, as in a
            `Library`; otherwise, as by `stream`. Then lost values are reported too.
        file: The name of the file.

    Raises:
        WorkerError: A process has ended unexpectedly.
        FormatError: A value has no form in the format.
    """
    return _Conversion(text, source, target, to_reader, to_writer, jobs, in_library, file).pieces()


class _Conversion:
    def __init__(
        self,
        text: Text,
        source: Format,
        target: Format,
        to_reader: Mapping[str, Any],
        to_writer: Mapping[str, Any],
        jobs: int,
        in_library: bool,
        file: str | None,
    ) -> None:
        self._text = text
        self._source = source
        self._target = target
        self._reader = module_of(source)
        self._used, self._unused = source.used_options("read_stream", to_reader)
        source.reject_unknown("read_block", self._used)
        self._to_writer = to_writer
        self._workers = Workers(jobs)
        self._in_library = in_library
        self._file = file
        # Readers that report duplicate ids in pieces, too, do so at the end.
        self._at_end = hasattr(self._reader, "with_contexts")
        self._keeps_ids = in_library or self._at_end
        self._ids = Ids(is_keyed=source.is_keyed) if self._keeps_ids else None
        self._places: dict[int, int] = {}
        self._twice: dict[_Place, _Place] = {}
        self._keys: dict[str, bool] = {}
        self._blocks: dict[int, Block] = {}
        self._count = 0
        self._shared: Any = None

    def pieces(self) -> Iterator[bytes | Problem | Lost]:
        yield from map(self._named, self._unused)
        options = {**self._target.write_options, **self._to_writer}
        found: list[_Found] = []
        held: list[bytes | _Found] = []
        with self._workers:
            for piece in module_of(self._target).join_blocks(self._texts(found), **options):
                if self._in_library:
                    # Records with the same id are only compared when all have been read.
                    held += found
                    held.append(piece)
                else:
                    yield from self._resolved(found)
                    yield piece
                found.clear()
        held += found
        if self._at_end:
            held += self._twice
        yield from self._resolved(held)

    def _texts(self, found: list[_Found]) -> Iterator[bytes]:
        """Yield the texts of the blocks with records; problems are added to a list before."""
        settings = Settings(
            self._source.name,
            self._target.name,
            {name: one for name, one in self._used.items() if one is not None},
            self._to_writer,
            is_checked=self._in_library,
            shared=self._survey(),
        )
        self._shared = settings.shared
        reported: set[str] = set()
        empty: list[Problem] = []
        count = 0
        listener = current_listener()
        for block, result in self._workers.converted(settings, self._divided(), self._names):
            count += result.count
            problems = self._located(block, result)
            for one in problems:
                if isinstance(one, Problem) and one.code == "no-entries":
                    empty.append(one)
                elif isinstance(one, Problem):
                    found += first_reported((one,), reported)
                else:
                    found.append(one)
            found += (Lost(self._named(self._shifted(one, block))) for one in result.lost)
            if result.count:
                yield result.text
            if listener is not None:
                listener((block.start + len(block.data)) / self._text.size)
        if not count:
            found += empty[:1]

    def _located(self, block: Block, result: Converted) -> Iterator[Problem | _Place]:
        """Yield the problems of a block with their lines, and the places of duplicate ids."""
        twice = [] if self._at_end else [one for one in self._twice if one[0] == block.number]
        twice.reverse()
        for before, problem in result.problems:
            while twice and twice[-1][1] < before:
                yield twice.pop()
            yield self._named(self._shifted(problem, block))
        yield from reversed(twice)

    def _divided(self) -> Iterator[Block]:
        pieces = (self._text.at(start, _READ) for start in range(0, self._text.size, _READ))
        divided = blocks_in(pieces, self._source, blocks.BLOCK)
        if self._at_end:
            return self._reader.with_contexts(divided)  # type: ignore[no-any-return]
        return divided

    def _survey(self) -> Any:
        """Return what the reader requires of the whole text."""
        if not hasattr(self._reader, "survey"):
            return None

        def surveyed(wanted: Any) -> Iterator[Any]:
            settings = Settings(self._source.name, None, {}, {}, shared=wanted)
            for _, result in self._workers.converted(settings, self._divided(), _no_names):
                yield result.value

        pieces = (self._text.at(start, _READ) for start in range(0, self._text.size, _READ))
        return self._reader.survey(pieces, surveyed)

    # Ids

    def _names(self, block: Block, found: Found) -> tuple[Mapping[int, str], Sequence[str] | None]:
        ids = list(found.ids)
        named: dict[int, str] = {}
        if self._ids is None:
            for place in found.made:
                named[place] = ids[place] = id_by_place(self._count + place + 1)
        if self._ids is not None:
            keyed = not self._source.is_keyed
            for place, id_ in enumerate(ids):
                made = found.made.get(place, "") if keyed else ""
                ids[place] = self._ids.id_of(id_, made)
                if not id_:
                    named[place] = ids[place]
                # Numbers need less memory than ids and pairs.
                here = block.number * _MOST_RECORDS + place
                first = self._places.setdefault(hash(ids[place]), here)
                if first != here:
                    self._twice[block.number, place] = divmod(first, _MOST_RECORDS)
            self._blocks[block.number] = evolve(block, data=b"%d" % len(block.data))
        self._count += len(ids)
        writer = module_of(self._target)
        keys = writer.free_keys(ids, self._keys) if hasattr(writer, "free_keys") else None
        return named, keys

    def _resolved(self, found: Iterable[bytes | _Found]) -> Iterator[bytes | Problem | Lost]:
        """Yield what is found, with the problems of duplicate ids in their places."""
        found = list(found)
        problems = self._duplicates() if any(isinstance(one, tuple) for one in found) else {}
        for one in found:
            yield problems[one] if isinstance(one, tuple) else one

    def _duplicates(self) -> dict[_Place, Problem]:
        """Return the problems of ids that are used twice; the records are read again."""
        wanted: dict[int, set[int]] = {}
        for place in (*self._twice, *self._twice.values()):
            wanted.setdefault(place[0], set()).add(place[1])
        firsts = set(self._twice.values())
        records: dict[_Place, Record] = {}
        problems: dict[_Place, Problem] = {}
        for number, places in sorted(wanted.items()):
            for position, record in self._records_at(number, places):
                here = number, position
                if here in firsts:
                    records[here] = record
                if here in self._twice:
                    # The id of the first may have been generated.
                    first = records[self._twice[here]].replace(id=record.id)
                    problems[here] = self._named(duplicate(record, first))
        return problems

    def _records_at(self, number: int, places: set[int]) -> Iterator[tuple[int, Record]]:
        block = self._blocks[number]
        block = evolve(block, data=self._text.at(block.start, int(block.data)))
        found = self._reader.read_block(block, self._shared, **self._used)
        for place, record in enumerate(one for one in found if isinstance(one, Record)):
            if place in places:
                origin = record.origin
                if origin is not None and origin.line is not None:
                    origin = evolve(origin, line=origin.line + block.line)
                yield place, record.replace(origin=origin)

    # Places

    @staticmethod
    def _shifted(problem: Problem, block: Block) -> Problem:
        if problem.line is None or not block.line:
            return problem
        return problem.replace(line=problem.line + block.line)

    def _named(self, problem: Problem) -> Problem:
        return problem if self._file is None else problem.replace(file=self._file)


def _no_names(block: Block, found: Found) -> tuple[Mapping[int, str], None]:
    return {}, None
