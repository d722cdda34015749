"""The body of a request, read up to a limit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from starlette.requests import Request

__all__ = ["MEGABYTE", "TooLargeError", "read_body"]

MEGABYTE: Final = 1_000_000


class TooLargeError(Exception):
    """A text is larger than the limit."""

    def __init__(self, limit: int) -> None:
        super().__init__(
            f"the text is larger than {limit / MEGABYTE:g} MB, the limit of this page;"
            " start it with a higher --limit, or use the command line, which has no limit"
        )


async def read_body(request: Request, limit: int) -> bytes:
    """Return the body of a request; at most the limit is kept in memory.

    Args:
        request: The request.
        limit: In bytes.

    Raises:
        TooLargeError: The body is larger, or is larger according to its `Content-Length`.
    """
    length = request.headers.get("content-length", "")
    if length.isdecimal() and len(length) < 20 and int(length) > limit:
        raise TooLargeError(limit)
    body = bytearray()
    async for chunk in request.stream():
        if len(body) + len(chunk) > limit:
            raise TooLargeError(limit)
        body += chunk
    return bytes(body)
