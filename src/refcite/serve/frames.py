"""How a worker and the program that started it talk: in pieces that say their length first."""

from __future__ import annotations

import struct
from typing import Final

__all__ = ["LENGTH", "framed", "length_of"]

_SIZE: Final = struct.Struct(">Q")
LENGTH: Final = _SIZE.size
"""So many bytes say how many follow."""


def framed(*pieces: bytes) -> bytes:
    """Return pieces, each with its length before it."""
    return b"".join(part for piece in pieces for part in (_SIZE.pack(len(piece)), piece))


def length_of(head: bytes) -> int:
    """Return how many bytes follow.

    Example:
        >>> length_of(framed(b"four")[:LENGTH])
        4
    """
    (length,) = _SIZE.unpack(head)
    return int(length)
