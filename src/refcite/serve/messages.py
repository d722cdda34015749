"""The messages between a worker and the program that started it: pieces with their lengths."""

from __future__ import annotations

import struct
from typing import Final

__all__ = ["LENGTH", "length_of", "with_lengths"]

_SIZE: Final = struct.Struct(">Q")
LENGTH: Final = _SIZE.size
"""The number of bytes of a length."""


def with_lengths(*pieces: bytes) -> bytes:
    """Return pieces, each with its length before it."""
    return b"".join(part for piece in pieces for part in (_SIZE.pack(len(piece)), piece))


def length_of(head: bytes) -> int:
    """Return the number of bytes that follow.

    Example:
        >>> length_of(with_lengths(b"four")[:LENGTH])
        4
    """
    (length,) = _SIZE.unpack(head)
    return int(length)
