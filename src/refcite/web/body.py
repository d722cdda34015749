"""The body of a response, decompressed in pieces up to a limit."""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterable
from typing import Final

from refcite.web.failures import TemporaryError, UnusableResponseError

__all__ = ["ACCEPTED", "read_body"]

ACCEPTED: Final = "gzip, deflate"
"""The requested encodings. Others are smaller, but cannot be decompressed up to a limit."""

_GZIP_OR_ZLIB: Final = zlib.MAX_WBITS | 32
_RAW: Final = -zlib.MAX_WBITS


async def read_body(pieces: AsyncIterable[bytes], packing: str, limit: int) -> bytes:
    """Return the body from the pieces that arrive over the network.

    Args:
        pieces: The body as it is sent.
        packing: The value of `Content-Encoding`.
        limit: Maximum number of bytes, before and after decompression.

    Raises:
        UnusableResponseError: The body is larger than the limit, or has another encoding.
        TemporaryError: The body is incomplete or cannot be decompressed.
    """
    names = [name.strip().lower() for name in packing.split(",")]
    kept = [name for name in names if name not in {"", "identity"}]
    if len(kept) > 1 or not {*kept} <= {"gzip", "x-gzip", "deflate"}:
        raise UnusableResponseError(
            f"the response has the encoding {packing!r}, which was not requested"
        )
    unpacker = _Unpacker(limit) if kept else None
    body = bytearray()
    received = 0
    async for piece in pieces:
        received += len(piece)
        if received > limit:
            raise too_large(limit)
        body += unpacker.feed(piece, len(body)) if unpacker else piece
    if unpacker is not None and not unpacker.is_at_end:
        raise TemporaryError("the response is incomplete")
    return bytes(body)


def too_large(limit: int) -> UnusableResponseError:
    """Return the failure for a response that is too large."""
    failure = UnusableResponseError(f"the response is larger than {limit:,} bytes")
    failure.hint = "set max_bytes to a higher value to accept it"
    return failure


class _Unpacker:
    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._inflate = zlib.decompressobj(_GZIP_OR_ZLIB)
        self._is_started = False
        self.is_at_end = True

    def feed(self, data: bytes, length: int) -> bytes:
        """Return a decompressed piece, after `length` bytes that were decompressed before."""
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
                # gzip may have several members, one after the other (RFC 1952, § 2.2).
                data = self._inflate.unused_data.lstrip(b"\0")
                self._inflate = zlib.decompressobj(_GZIP_OR_ZLIB)
        return bytes(out)

    def _inflated(self, data: bytes, most: int) -> bytes:
        try:
            return self._inflate.decompress(data, most)
        except zlib.error as error:
            if self._is_started:
                raise TemporaryError(f"the response cannot be decompressed: {error}") from None
        # Some servers send deflate without its wrapper.
        self._inflate = zlib.decompressobj(_RAW)
        try:
            return self._inflate.decompress(data, most)
        except zlib.error as error:
            raise TemporaryError(f"the response cannot be decompressed: {error}") from None
