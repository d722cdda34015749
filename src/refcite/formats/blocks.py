"""The conversion of a part of a large file: a block of bytes to a text, in a worker process.

A file is divided between two entries; each format defines where (`block_end` of its module). The
records of a block are created, and written as text, in one process, since a record takes longer to
pickle than to read. Between the two steps the process that divides the file sets the ids of records
without an id, because they depend on the blocks before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from types import ModuleType
from typing import Any, Final

from attrs import define, field, frozen

from refcite.characters import without_surrogates
from refcite.formats.base import Format
from refcite.formats.blocktext import Block
from refcite.formats.losses import losses
from refcite.formats.registry import get_format
from refcite.keys import made_key
from refcite.problems import Problem
from refcite.record import Record

__all__ = [
    "BLOCK",
    "BlockWork",
    "Converted",
    "Found",
    "Settings",
    "blocks_in",
    "divides",
    "module_of",
]

BLOCK: Final = 1 << 20
"""The usual size of a block, in bytes."""


@frozen
class Settings:
    """How the blocks of a file are converted.

    Attributes:
        source: The name of the format of the blocks.
        target: The name of the format of the output; None if no output is written.
        to_reader: The options of the reader.
        to_writer: The options of the writer.
        is_checked: Whether values that the output does not contain are reported.
        shared: What the reader requires of the whole file, such as the entries of BibTeX to which
            others refer.
    """

    source: str
    target: str | None
    to_reader: Mapping[str, Any]
    to_writer: Mapping[str, Any]
    is_checked: bool = False
    shared: Any = None


@frozen
class Found:
    """The ids of the records of a block.

    Attributes:
        ids: The ids; an empty text for a record without an id.
        made: The keys that are generated for these, by the position of the record.
        is_whole: Whether the block ends between two entries; otherwise it is read again with the
            next one.
    """

    ids: Sequence[str]
    made: Mapping[int, str]
    is_whole: bool = True


@define
class Converted:
    """The result for a block.

    Attributes:
        text: The text of its records, in UTF-8.
        count: The number of its records.
        problems: The problems found while reading it, each with the number of records before it.
            Their lines are those in the block.
        lost: The values that the output does not contain.
        value: Another result, if no output is written.
    """

    text: bytes = b""
    count: int = 0
    problems: list[tuple[int, Problem]] = field(factory=list)
    lost: list[Problem] = field(factory=list)
    value: Any = None


def module_of(format_: Format) -> ModuleType:
    """Return the module of a format."""
    return import_module(format_.module)


def divides(source: Format, target: Format, options: Mapping[str, Any]) -> bool:
    """Return whether a file can be divided into blocks that are converted separately.

    Args:
        source: The format of the file.
        target: The format of the output.
        options: The options of the writer.

    Example:
        >>> divides(get_format("ris"), get_format("csl-jsonl"), {})
        True
        >>> divides(get_format("ris"), get_format("csv"), {})
        False
    """
    return (
        hasattr(module_of(source), "read_block")
        and hasattr(module_of(target), "join_blocks")
        # The contents of a BibTeX file between its entries are written with them.
        and not (source.module == target.module and hasattr(module_of(target), "free_keys"))
        and not options.get("key_pattern")
    )


def blocks_in(pieces: Iterable[bytes], source: Format, size: int = BLOCK) -> Iterator[Block]:
    """Divide a text between its entries.

    Args:
        pieces: The text in UTF-8, in pieces of any length.
        source: Its format.
        size: The least size of a block, in bytes.
    """
    end_of = module_of(source).block_end
    lines_in = getattr(module_of(source), "lines_in", _lines_in)
    held: list[bytes] = []
    number = start = line = length = 0
    least = size
    for piece in _sliced(pieces, size):
        held.append(piece)
        length += len(piece)
        if length < least:
            continue
        data = b"".join(held)
        end = end_of(data)
        if end:
            yield Block(number, start, line, data[:end], is_last=False)
            number, start, line = number + 1, start + end, line + lines_in(data[:end])
            data = data[end:]
        held, length = [data], len(data)
        # A long entry is not searched again with each piece.
        least = size if end else 2 * length
    yield Block(number, start, line, b"".join(held), is_last=True)


def _lines_in(data: bytes) -> int:
    """Return the number of line ends."""
    count = data.count(b"\n")
    return count + data.count(b"\r") - data.count(b"\r\n") if b"\r" in data else count


def _sliced(pieces: Iterable[bytes], size: int) -> Iterator[bytes]:
    for piece in pieces:
        for start in range(0, len(piece), size):
            yield piece[start : start + size]


class BlockWork:
    """Converts blocks, one after the other.

    Args:
        settings: How they are converted.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._source = get_format(settings.source)
        self._target = get_format(settings.target) if settings.target else None
        self._reader = module_of(self._source)
        self._records: list[Record] = []
        self._problems: list[tuple[int, Problem]] = []
        self._value: Any = None

    def read(self, block: Block) -> Found:
        """Create the records of a block.

        Returns:
            Their ids.
        """
        self._records, self._problems, self._value = [], [], None
        options = self._settings.to_reader
        if self._target is None:
            self._value, is_whole = self._reader.survey_block(block, self._settings.shared)
            return Found((), {}, is_whole)
        is_whole = True
        for found in self._reader.read_block(block, self._settings.shared, **options):
            if isinstance(found, Record):
                self._records.append(found)
            elif isinstance(found, Problem):
                self._problems.append((len(self._records), found))
            else:
                is_whole = found
        ids = [record.id for record in self._records]
        made = {
            place: made_key(record) for place, record in enumerate(self._records) if not record.id
        }
        return Found(ids, made, is_whole)

    def written(self, ids: Mapping[int, str], keys: Sequence[str] | None) -> Converted:
        """Return the text of the records that have been created.

        Args:
            ids: The ids of the records without an id, by their positions.
            keys: The keys of all entries, if the target's keys are different from the ids.
        """
        if self._target is None:
            return Converted(value=self._value)
        reader = self._reader
        for place, id_ in ids.items():
            record = self._records[place]
            # No other code has the record yet.
            object.__setattr__(record, "id", id_)
            if hasattr(reader, "name_by_place"):
                self._problems.append((place, reader.name_by_place(record, id_)))
        if ids:
            self._problems.sort(key=lambda one: one[0])
        text = self._text(self._target, keys)
        options = self._settings.to_writer
        lost = (
            list(losses(self._records, text, self._target, options))
            if self._settings.is_checked
            else []
        )
        data = text.encode(errors="replace")
        return Converted(data, len(self._records), self._problems, lost)

    def _text(self, target: Format, keys: Sequence[str] | None) -> str:
        options = self._settings.to_writer
        if keys is None:
            return "".join(target.write_stream(self._records, **options))
        given = {name: value for name, value in options.items() if value is not None}
        given = {**target.write_options, **given}
        return without_surrogates(module_of(target).write_block(self._records, keys, **given))
