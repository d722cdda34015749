"""A part of a large file, which one process reads."""

from __future__ import annotations

from typing import Any

from attrs import evolve, frozen

__all__ = ["Block"]


@frozen
class Block:
    """A part of a file, which begins and ends between two entries.

    Attributes:
        number: Its position among the blocks of the file, counted from 0.
        start: The offset of its first byte in the text.
        line: The number of lines before it.
        data: Its text in UTF-8.
        is_last: Whether it is the end of the file.
        context: What its reader requires of the blocks before it, such as the macros of BibTeX.
    """

    number: int
    start: int
    line: int
    data: bytes
    is_last: bool
    context: Any = None

    def joined(self, following: Block) -> Block:
        """Return the block with the one after it."""
        return evolve(self, data=self.data + following.data, is_last=following.is_last)
