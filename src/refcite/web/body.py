"""The body of an answer, unpacked as it comes and never beyond a limit."""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterable
from typing import Final

from refcite.web.failures import PassingError, UnusableAnswerError

__all__ = ["ACCEPTED", "read_body"]

ACCEPTED: Final = "gzip, deflate"
"""The packings that are asked for. Others pack better, but cannot be unpacked up to a limit."""

_GZIP_OR_ZLIB: Final = zlib.MAX_WBITS | 32
_RAW: Final = -zlib.MAX_WBITS


async def read_body(pieces: AsyncIterable[bytes], packing: str, limit: int) -> bytes:
    """Return the body whose pieces come over the network.

    Args:
        pieces: The body as it is sent.
        packing: The value of `Content-Encoding`.
        limit: How many bytes may come, and how many there may be once unpacked.

    Raises:
        UnusableAnswerError: It is larger than the limit, or packed in another way.
        PassingError: It ends before its end, or is broken.
    """
    names = [name.strip().lower() for name in packing.split(",")]
    kept = [name for name in names if name not in {"", "identity"}]
    if len(kept) > 1 or not {*kept} <= {"gzip", "x-gzip", "deflate"}:
        raise UnusableAnswerError(f"the answer is packed as {packing!r}, which was not asked for")
    unpacker = _Unpacker(limit) if kept else None
    body = bytearray()
    received = 0
    async for piece in pieces:
        received += len(piece)
        if received > limit:
            raise too_large(limit)
        body += unpacker.feed(piece, len(body)) if unpacker else piece
    if unpacker is not None and not unpacker.is_at_end:
        raise PassingError("the answer ends before its end")
    return bytes(body)


def too_large(limit: int) -> UnusableAnswerError:
    """Return the failure that an answer is larger than allowed."""
    failure = UnusableAnswerError(f"the answer is larger than {limit:,} bytes")
    failure.hint = "raise max_bytes if you need it"
    return failure


class _Unpacker:
    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._inflate = zlib.decompressobj(_GZIP_OR_ZLIB)
        self._is_started = False
        self.is_at_end = True

    def feed(self, data: bytes, length: int) -> bytes:
        """Return what a piece unpacks to, behind `length` bytes that there are already."""
        out = bytearray()
        while data:
            room = self._limit - length - len(out)
            out += self._inflated(data, room + 1)
            if len(out) > self._limit - length:
                raise too_large(self._limit)
            self._is_started = True
            self.is_at_end = self._inflate.eof
            data = self._inflate.unconsumed_tail
            if self._inflate.eof:
                # gzip may have several members, one behind the other (RFC 1952, § 2.2).
                data = self._inflate.unused_data.lstrip(b"\0")
                self._inflate = zlib.decompressobj(_GZIP_OR_ZLIB)
        return bytes(out)

    def _inflated(self, data: bytes, most: int) -> bytes:
        try:
            return self._inflate.decompress(data, most)
        except zlib.error as error:
            if self._is_started:
                raise PassingError(f"the answer is broken: {error}") from None
        # Some servers send deflate without its wrapping.
        self._inflate = zlib.decompressobj(_RAW)
        try:
            return self._inflate.decompress(data, most)
        except zlib.error as error:
            raise PassingError(f"the answer is broken: {error}") from None
