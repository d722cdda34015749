"""Connections of browsers, so that none of them can block the responses to others.

A client that sends a part of a request, or does not read its response, keeps its connection open.
So there is a time limit for each direction. If there are too many connections, those are closed
that have waited longest for a request or the rest of one. The application cannot do this: it gets
no request before its head is complete.
"""

from __future__ import annotations

import asyncio
from typing import Any, ClassVar, Final

from uvicorn.protocols.http.h11_impl import H11Protocol

__all__ = ["MOST_CONNECTIONS", "Connection"]

MOST_CONNECTIONS: Final = 64
"""The number of connections from which on each new one closes another; a browser opens six."""

_TOO_SLOW: Final = b"HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"


class Connection(H11Protocol):
    """A connection, with limits of time.

    Attributes:
        seconds: Maximum time for receiving a request, and for a client to read the response.
        waits_since: When the connection began to wait for a request or the rest of one, on the
            clock of the event loop; None while a request is processed.
    """

    seconds: ClassVar[float] = 30

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.waits_since: float | None = None
        self._has_begun = False
        self._receiving: asyncio.TimerHandle | None = None
        self._sending: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Start to wait for a request, and close another connection if there are too many."""
        super().connection_made(transport)
        self._wait()
        if len(self.connections) > MOST_CONNECTIONS:
            self._make_room()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._stop_waiting()
        self.resume_writing()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Receive a part of a request, or all of it."""
        self._has_begun = True
        super().data_received(data)
        # The last cycle is that of the last request whose head is complete.
        cycle = self.cycle
        if self.transport.is_closing():
            self._stop_waiting()
        elif cycle is None or cycle.response_complete or cycle.more_body:
            self._wait()
        else:
            self._stop_waiting()

    def on_response_complete(self) -> None:
        """Wait for the next request; uvicorn limits this time."""
        super().on_response_complete()
        if self.cycle.response_complete:
            self.waits_since = self.loop.time()

    def pause_writing(self) -> None:
        """Start to wait for the client to read."""
        super().pause_writing()
        if self._sending is None:
            self._sending = self.loop.call_later(self.seconds, self.transport.abort)

    def resume_writing(self) -> None:
        """Stop waiting for the client."""
        super().resume_writing()
        if self._sending is not None:
            self._sending.cancel()
            self._sending = None

    def _wait(self) -> None:
        if self._receiving is None:
            self.waits_since = self.loop.time()
            self._receiving = self.loop.call_later(self.seconds, self._close_slow)

    def _stop_waiting(self) -> None:
        self.waits_since = None
        if self._receiving is not None:
            self._receiving.cancel()
            self._receiving = None

    def _close_slow(self) -> None:
        if self._has_begun and not self.transport.is_closing():
            self.transport.write(_TOO_SLOW)
        self.transport.close()

    def _make_room(self) -> None:
        others = [
            one
            for one in self.connections
            if isinstance(one, Connection) and one is not self and not one.transport.is_closing()
        ]
        waiting = [one for one in others if one.waits_since is not None]
        if len(others) >= MOST_CONNECTIONS and waiting:
            min(waiting, key=lambda one: one.waits_since or 0.0).transport.abort()
