"""Split a BibTeX file into blocks.

Entries that can be read in only one way are used unchanged (`refcite.formats.bibtex.plain`).
bibtexparser proposes the other blocks (`refcite.formats.bibtex.proposed`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from attrs import define, field

from refcite.formats.bibtex.blocks import Block, Fault
from refcite.formats.bibtex.plain import LINE_WITH_AT, plain_entry
from refcite.formats.bibtex.recover import Recoverer
from refcite.formats.progress import current_listener

__all__ = ["Chunk", "split", "split_part", "split_pieces"]

_BEFORE: Final = 128
"""The number of characters before a chunk that its patterns may examine."""
_LONGEST_REGION: Final = 1 << 16
"""The number of characters of broken blocks after which they are split separately."""

_AT_START: Final = re.compile(r"[ \t]*@")


@define(eq=False)
class Chunk:
    """A part of a text that has been split into blocks.

    Attributes:
        text: The part, with some characters before it.
        start: The offset of these characters in the whole text.
        line: Their line, counted from 1.
        column: Their column.
        done: The offset in `text` of the end of the chunk before it.
        end: The offset in `text` of the end of the chunk.
        blocks: Its blocks, with offsets in `text`.
        faults: The errors in them, likewise.
    """

    text: str
    start: int = 0
    line: int = 1
    column: int = 1
    done: int = 0
    end: int = 0
    blocks: list[Block] = field(factory=list)
    faults: list[Fault] = field(factory=list)


def split(text: str) -> tuple[list[Block], list[Fault]]:
    """Split a text, with line feeds as its only line ends, into blocks in their order.

    Example:
        >>> blocks, faults = split("@book{k, title = {T}, year = 2001}")
        >>> blocks[0].key, blocks[0].fields, faults
        ('k', [('title', 'T'), ('year', '2001')], [])
    """
    chunk = Chunk(text)
    _split(Recoverer(text), chunk)
    return chunk.blocks, chunk.faults


def split_pieces(pieces: Iterable[str]) -> Iterator[Chunk]:
    r"""Split a text that comes in pieces; the blocks are the same as those of the whole text.

    A block is split when enough of the text after it has been read that more text makes no
    difference: at least up to the next line that starts with `@`. A block that is not closed needs
    more text.

    Args:
        pieces: The text, in pieces of any length, with line feeds as its only line ends.

    Example:
        >>> chunks = split_pieces(["@book{a, title = {A}}\n@bo", "ok{b, title = {B}}"])
        >>> [(chunk.start + block.start, block.key) for chunk in chunks for block in chunk.blocks]
        [(0, 'a'), (22, 'b')]
    """
    chunk = Chunk("")
    comments_left: int | None = None
    least = 1
    remaining = iter(pieces)
    is_ended = False
    while not is_ended:
        added: list[str] = []
        while least > 0 and not is_ended:
            piece = next(remaining, None)
            is_ended = piece is None
            added.append(piece or "")
            least -= len(piece or "")
        chunk.text = "".join((chunk.text, *added))
        settled = None if is_ended else _settled(chunk.text, chunk.done)
        recoverer = Recoverer(chunk.text, settled)
        if comments_left is not None:
            recoverer.comments_left = comments_left
        _split(recoverer, chunk)
        if chunk.end == chunk.done and not is_ended:
            least = len(chunk.text)  # so that a long block is not searched too often
            continue
        least = 1
        comments_left = recoverer.comments_left
        # The chunk belongs to the caller now.
        following = _following(chunk)
        yield chunk
        chunk = following


def split_part(chunk: Chunk, *, is_last: bool) -> bool:
    """Split a part of a text that ends before a line that starts with `@`.

    Args:
        chunk: The part, to which its blocks are added.
        is_last: Whether it is the end of the text.

    Returns:
        Whether it ends between two blocks, so that the text after it makes no difference.
    """
    text = chunk.text
    _split(Recoverer(text, None if is_last else len(text)), chunk)
    is_whole = is_last or text.find("@", chunk.end) < 0
    chunk.end = len(text)
    return is_whole


def _following(chunk: Chunk) -> Chunk:
    """Return the chunk after another, which contains the rest of its text."""
    text = chunk.text
    cut = max(chunk.end - _BEFORE, 0)
    line_start = text.rfind("\n", 0, cut) + 1
    return Chunk(
        text[cut:],
        chunk.start + cut,
        chunk.line + text.count("\n", 0, cut),
        cut - line_start + (1 if line_start else chunk.column),
        chunk.end - cut,
        chunk.end - cut,
    )


def _settled(text: str, done: int) -> int:
    """Return the offset of the last line that starts with `@` and has a brace after it.

    No pattern matches across it without including it: more text does not change what is before.
    """
    end = text.rfind("{")
    while (line := text.rfind("\n", done, max(end, done))) >= 0:
        start = _AT_START.match(text, line + 1, end)
        if start is not None:
            return start.end() - 1
        end = line
    return done


def _split(recoverer: Recoverer, chunk: Chunk) -> None:
    """Split the text of a chunk from its end, as far as it is settled, and move its end."""
    text = recoverer.text
    blocks, faults, done = chunk.blocks, chunk.faults, chunk.end
    settled = recoverer.settled
    report = current_listener() if recoverer.is_ended and not chunk.start else None
    while 0 <= (start := text.find("@", done)) < settled:
        if report is not None:
            report(start / len(text))
        block = plain_entry(text, start)
        if block is not None:
            blocks.append(block)
            done = block.end
            continue
        counts = len(blocks), len(faults), recoverer.comments_left
        end = _next_plain(recoverer, start)
        if end >= 0:
            # Imported only now: bibtexparser, which many files do not need, takes long to import.
            from refcite.formats.bibtex.proposed import split_proposed

            end = max(end, split_proposed(recoverer, done, end, blocks, faults))
        if end < 0 or recoverer.is_cut or (end > settled):
            del blocks[counts[0] :], faults[counts[1] :]
            recoverer.comments_left = counts[2]
            break
        done = end
    chunk.end = len(text) if recoverer.is_ended else done


def _next_plain(recoverer: Recoverer, start: int) -> int:
    """Return the offset of the next entry after this block that is plain, or the text's end.

    Of many broken blocks, a part is split at once: up to a line that starts with `@`.

    Returns:
        The offset; -1 if more text is required.
    """
    text = recoverer.text
    position = recoverer.block(start, []).end
    most = start + _LONGEST_REGION
    while (found := text.find("\n@", position, most)) >= 0:
        if found + 1 >= recoverer.settled:
            return -1
        if plain_entry(text, found + 1):
            return found + 1
        position = found + 1
    line = LINE_WITH_AT.search(text, max(position, most - 1))
    if line is None:
        return len(text) if recoverer.is_ended else -1
    return line.end() - 1 if line.end() - 1 < recoverer.settled or recoverer.is_ended else -1
