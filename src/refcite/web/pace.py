"""The rate of requests to a host, and the waits that servers request."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

from attrs import frozen

__all__ = ["Host", "Hosts", "seconds_to_wait"]


@frozen
class Pace:
    """The maximum rate of requests to a service.

    Attributes:
        at_once: Maximum number of simultaneous requests.
        interval: Seconds from the start of one request to that of the next.
    """

    at_once: int
    interval: float


_PACES: Final = {
    # arXiv API, terms of use: one request every three seconds, one connection at a time.
    "export.arxiv.org": Pace(1, 3.0),
    # Crossref, "Access and authentication": one request at a time, five a second.
    "api.crossref.org": Pace(1, 0.2),
    # DataCite, "Rate limits": a thousand requests in five minutes from those who name themselves.
    "api.datacite.org": Pace(2, 0.3),
    # Literature Citation Exporter: no concurrent requests, three a second.
    "pmc.ncbi.nlm.nih.gov": Pace(1, 0.34),
    # Open Library, API usage: one request a second.
    "openlibrary.org": Pace(1, 1.0),
}


class Host:
    """One host: the number of its active requests, and the earliest start of the next.

    Args:
        at_once: Maximum number of simultaneous requests.
        interval: Seconds between the starts of two requests.
    """

    def __init__(self, at_once: int, interval: float) -> None:
        self._places = asyncio.Semaphore(at_once)
        self._turn = asyncio.Lock()
        self._interval = interval
        self._free_at = 0.0

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """Wait for a free place at the host, and occupy it."""
        async with self._places:
            async with self._turn:
                loop = asyncio.get_running_loop()
                await asyncio.sleep(max(0.0, self._free_at - loop.time()))
                self._free_at = loop.time() + self._interval
            yield

    def rest(self, seconds: float) -> None:
        """Send no request to the host for some seconds."""
        free_at = asyncio.get_running_loop().time() + seconds
        self._free_at = max(self._free_at, free_at)


class Hosts:
    """All hosts.

    Args:
        at_once: Maximum number of simultaneous requests to one host; a host may have a lower one.
    """

    def __init__(self, at_once: int) -> None:
        self._at_once = at_once
        self._hosts: dict[str, Host] = {}

    def __getitem__(self, name: str) -> Host:
        if name not in self._hosts:
            pace = _PACES.get(name, Pace(self._at_once, 0.0))
            self._hosts[name] = Host(min(pace.at_once, self._at_once), pace.interval)
        return self._hosts[name]


def seconds_to_wait(header: str | None, now: datetime | None = None) -> float | None:
    """Return the seconds in a `Retry-After` (RFC 9110, § 10.2.3), or None.

    Args:
        header: Its value: seconds, or a date of HTTP.
        now: The time; by default that of this machine.

    Example:
        >>> seconds_to_wait("120"), seconds_to_wait("soon")
        (120.0, None)
        >>> now = datetime(2015, 10, 21, 7, 27, tzinfo=UTC)
        >>> seconds_to_wait("Wed, 21 Oct 2015 07:28:00 GMT", now)
        60.0
    """
    text = (header or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:10])
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    date = date if date.tzinfo else date.replace(tzinfo=UTC)
    return max(0.0, (date - (now or datetime.now(UTC))).total_seconds())
