"""Makes PNGs of screenshots small: a palette of at most 256 colours, and the best compression."""

from __future__ import annotations

import struct
import zlib
from collections import Counter
from collections.abc import Iterator
from typing import Final

__all__ = ["smaller"]

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_MOST: Final = 256


def smaller(png: bytes) -> bytes:
    """Return a PNG of eight bits per channel and without transparency as one with a palette."""
    width, height, pixels = _pixels(png)
    counts = Counter(pixels)
    palette = [colour for colour, _ in counts.most_common(_MOST)]
    places = {colour: place for place, colour in enumerate(palette)}
    for colour in counts.keys() - places.keys():  # the rarest: few pixels at the edges of letters
        places[colour] = min(range(len(palette)), key=lambda place: _apart(palette[place], colour))
    indices = bytes(places[colour] for colour in pixels)
    rows = b"".join(b"\0" + indices[at : at + width] for at in range(0, len(indices), width))
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    chunks = [
        (b"IHDR", header),
        (b"PLTE", b"".join(palette)),
        (b"IDAT", zlib.compress(rows, 9)),
        (b"IEND", b""),
    ]
    return _SIGNATURE + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def _apart(one: bytes, other: bytes) -> int:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))


def _pixels(png: bytes) -> tuple[int, int, list[bytes]]:
    """Return the width, the height and the colours of a PNG."""
    chunks = list(_chunks(png))
    width, height, depth, kind = struct.unpack(">IIBB", chunks[0][1][:10])
    size = {2: 3, 6: 4}[kind]
    assert depth == 8
    data = zlib.decompress(b"".join(data for name, data in chunks if name == b"IDAT"))
    pixels: list[bytes] = []
    above = bytearray(width * size)
    for start in range(0, len(data), width * size + 1):
        row = bytearray(data[start + 1 : start + 1 + width * size])
        _unfilter(data[start], row, above, size)
        pixels += [bytes(row[at : at + 3]) for at in range(0, len(row), size)]
        above = row
    return width, height, pixels


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_SIGNATURE)
    while at < len(png):
        length = int.from_bytes(png[at : at + 4])
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        at += length + 12


def _unfilter(kind: int, row: bytearray, above: bytearray, size: int) -> None:
    """Undo the filter of a row in place (PNG specification, section 9)."""
    for place in range(len(row)):
        left = row[place - size] if place >= size else 0
        up = above[place]
        corner = above[place - size] if place >= size else 0
        guess = (0, left, up, (left + up) // 2, _paeth(left, up, corner))[kind]
        row[place] = (row[place] + guess) & 255


def _paeth(left: int, up: int, corner: int) -> int:
    nearest = left + up - corner
    return min((left, up, corner), key=lambda one: abs(nearest - one))
