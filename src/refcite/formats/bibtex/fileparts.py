"""Read a part of a BibTeX file in one process, while others read the other parts.

The file is divided before lines that start with `@` after an entry that is clearly well-formed.
Whether such a line is inside a comment or an unclosed value is only known when the part before it
has been split: then it is read again together with the next one. A part is read with the macros
that are defined before it, and with the entries of the whole file to which others refer.
"""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeAlias

from attrs import evolve

from refcite.collector import collector_paused
from refcite.formats.bibtex.plain import plain_entry
from refcite.formats.bibtex.read import Reader, normalised
from refcite.formats.bibtex.referenced import (
    KeysInText,
    Referenced,
    referenced_among,
    sources_of,
)
from refcite.formats.bibtex.references import Source
from refcite.formats.bibtex.split import Chunk, split, split_part
from refcite.formats.bibtex.streams import in_order
from refcite.formats.blocktext import Block
from refcite.problems import Problem
from refcite.record import Record

__all__ = ["block_end", "read_block", "survey", "survey_block", "with_contexts"]

_MACRO: Final = re.compile(rb"@\s*string", re.IGNORECASE)
_MOST: Final = 100
"""The number of entries among which one is searched after which the file can be divided."""

Survey: TypeAlias = tuple[list[Source], set[str]]
"""The entries to which others may refer, and the keys that are named."""


def block_end(data: bytes) -> int:
    r"""Return the last offset at which an entry is known to end and a line starts with `@`, or 0.

    Example:
        >>> block_end(b"@book{a, title = {A}}\n\n@book{b,")
        23
    """
    end = data.rfind(b"\n@")
    for _ in range(_MOST):
        start = data.rfind(b"\n@", 0, max(end, 0))
        entry = data[start + 1 : end].decode(errors="replace") if end > 0 else ""
        block = plain_entry(normalised(entry).rstrip(), 0) if entry[:1] == "@" else None
        if block is not None and block.end == len(normalised(entry).rstrip()):
            return end + 1
        if start < 0:
            return 0
        end = start
    return 0


def with_contexts(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the parts of a file with the macros that are defined before each."""
    reader = Reader(None)
    macros: dict[str, str] = {}
    for block in blocks:
        yield evolve(block, context=macros)
        # The first test is several times faster than the pattern.
        if b"string" in block.data.lower() and _MACRO.search(block.data):
            text = normalised(block.data.decode())
            reader.define_macros(Chunk(text, blocks=split(text)[0]))
            macros = dict(reader.macros)


def read_block(
    block: Block, shared: Referenced | None, *, day_first: bool | None = None
) -> Iterator[Record | Problem | bool]:
    """Read the entries of a part of a file; those without a key have no id.

    Args:
        block: The part, with the macros before it.
        shared: The entries of the file to which others refer; None if there are none.
        day_first: As for `read`.

    Yields:
        Records and problems, one by one; only False if the part does not end between two entries.
    """
    chunk = _chunk_of(block)
    if chunk is None:
        yield False
        return
    reader = Reader(day_first, block.context)
    with collector_paused():
        entries = reader.entries(chunk)
        if shared is not None:
            for entry in entries:
                shared.complete(entry, reader)
        records = list(map(reader.record, entries))
    for _, found in in_order(entries, records, reader):
        yield found
    yield from reader.last()


def survey(
    pieces: Iterable[bytes], surveyed: Callable[[set[str] | None], Iterable[Survey]]
) -> Referenced | None:
    """Return the entries of a file to which others refer; None if there are none.

    Args:
        pieces: The text, in pieces of any length.
        surveyed: Returns the results of `survey_block` for all parts, in their order.
    """
    keys = KeysInText()
    decoder = getincrementaldecoder("utf-8")()
    for piece in pieces:
        keys.add(decoder.decode(piece))
    wanted = keys.found()
    if wanted is not None and not wanted:
        return None
    sources: list[Source] = []
    named: set[str] = set()
    for found, others in surveyed(wanted):
        sources += found
        named |= others
    return referenced_among(sources, named) if named else None


def survey_block(block: Block, wanted: set[str] | None) -> tuple[Survey | None, bool]:
    """Return the entries of a part of a file to which others may refer.

    Args:
        block: The part, with the macros before it.
        wanted: The keys that may be named; None if any key may be.

    Returns:
        The entries with the keys that are named; then whether the part ends between two entries.
    """
    chunk = _chunk_of(block)
    if chunk is None:
        return None, False
    named: set[str] = set()
    sources = list(sources_of(chunk, Reader(None, block.context), wanted, named))
    return (sources, named), True


def _chunk_of(block: Block) -> Chunk | None:
    """Return the blocks of a part; None if it does not end between two entries."""
    text = normalised(block.data.decode())
    # The offset of an entry is only compared with offsets that are determined in the same way.
    chunk = Chunk(text, block.start)
    return chunk if split_part(chunk, is_last=block.is_last) else None
