"""Get a response: from the cache, or from the network within the limits."""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from importlib.metadata import PackageNotFoundError, version
from types import TracebackType
from typing import Final, Self

import httpx
import tenacity
from attrs import field, frozen

from refcite.web.addresses import GuardedTransport
from refcite.web.body import ACCEPTED, read_body, too_large
from refcite.web.cache import Cache, Response
from refcite.web.failures import (
    ForbiddenAddressError,
    NoResponseError,
    NotFoundError,
    NotInCacheError,
    SourceError,
    TemporaryError,
)
from refcite.web.pace import Hosts, seconds_to_wait
from refcite.web.settings import Settings

__all__ = ["Fetcher", "Request"]

_SCHEME: Final = re.compile(r"\s*[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_PASSING: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
_MISSING: Final = frozenset({404, 410})


@frozen
class Request:
    """A request to a server.

    Attributes:
        url: The URL.
        accept: The accepted media types.
        query: Parameters of the URL.
    """

    url: str
    accept: str
    query: Mapping[str, str] = field(factory=dict)


class Fetcher:
    """Sends requests to servers, within the limits of the settings.

    Args:
        settings: The limits.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._cache = Cache(settings.cache, settings.cache_days)
        self._hosts = Hosts(settings.at_once_per_host)
        self._places = asyncio.Semaphore(settings.at_once)
        # A transport and no client: only this module follows redirects and decompresses bodies.
        self._transport = GuardedTransport(settings)
        self._timeout = httpx.Timeout(settings.read_timeout, connect=settings.connect_timeout)
        self._headers = {"User-Agent": _user_agent(settings), "Accept-Encoding": ACCEPTED}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._transport.aclose()

    async def get(self, request: Request) -> Response:
        """Return the response to a request.

        Raises:
            SourceError: There is no response; its kind and message contain the reason.
        """
        key = Cache.key(str(_url(request)), request.accept)
        offline = self._settings.offline
        cached = await asyncio.to_thread(self._cache.get, key, even_old=offline)
        if cached is not None:
            return cached
        if offline:
            raise NotInCacheError(
                "the cache contains no response, and the option offline does not allow requests"
            )
        async for attempt in tenacity.AsyncRetrying(
            retry=tenacity.retry_if_exception(self._is_worth_another),
            stop=tenacity.stop_after_attempt(self._settings.retries + 1),
            wait=self._wait,
            reraise=True,
        ):
            with attempt:
                return await self._follow(request, key)
        raise AssertionError("an attempt returns or raises")  # pragma: no cover

    async def keep(self, response: Response) -> None:
        """Put a useful response into the cache."""
        await asyncio.to_thread(self._cache.put, response)

    # Attempts

    def _is_worth_another(self, error: BaseException) -> bool:
        if not isinstance(error, TemporaryError):
            return False
        return error.after is None or error.after <= self._settings.longest_wait

    def _wait(self, state: tenacity.RetryCallState) -> float:
        settings = self._settings
        error = state.outcome.exception() if state.outcome is not None else None
        if isinstance(error, TemporaryError) and error.after is not None:
            return error.after
        wait = tenacity.wait_exponential(multiplier=settings.backoff) + tenacity.wait_random(
            0, settings.backoff
        )
        return min(wait(state), settings.longest_wait)

    async def _follow(self, request: Request, key: str) -> Response:
        url = _url(request)
        for _ in range(self._settings.max_redirects + 1):
            found = await self._request(url, request.accept, key)
            if isinstance(found, Response):
                return found
            url = found
        raise NoResponseError(
            f"{_url(request).host} redirects more than {self._settings.max_redirects} times"
        )

    async def _request(self, url: httpx.URL, accept: str, key: str) -> Response | httpx.URL:
        """Send one request; return its response, or the target of its redirect."""
        seconds = self._settings.total_timeout
        try:
            # The wait for a free place is not part of the time of the request.
            async with self._hosts[url.host].place(), self._places, asyncio.timeout(seconds):
                return await self._send(url, accept, key)
        except TimeoutError:
            raise NoResponseError(
                f"{url.host} did not send the complete response within {seconds:g} s"
            ) from None
        except httpx.HTTPError as error:
            raise _failure(error, url.host) from None

    async def _send(self, url: httpx.URL, accept: str, key: str) -> Response | httpx.URL:
        request = httpx.Request(
            "GET",
            url,
            headers={**self._headers, "Accept": accept},
            extensions={"timeout": self._timeout.as_dict()},
        )
        response = await self._transport.handle_async_request(request)
        try:
            if response.status_code in _REDIRECTS and "location" in response.headers:
                return _target(url, response.headers["location"])
            self._check_status(response, url.host)
            return await self._response(response, url, key)
        finally:
            await response.aclose()

    def _check_status(self, response: httpx.Response, host: str) -> None:
        status = response.status_code
        if status in {HTTPStatus.OK, HTTPStatus.NON_AUTHORITATIVE_INFORMATION}:
            return
        message = f"{host} returned {status} {response.reason_phrase}".rstrip()
        if status in _MISSING:
            raise NotFoundError(f"{host} has no work with this identifier", host)
        if status not in _PASSING:
            raise NoResponseError(message)
        after = seconds_to_wait(response.headers.get("retry-after"))
        if after is not None:
            message += f" and requests a wait of {after:.0f} s"
            self._hosts[host].rest(min(after, self._settings.longest_wait))
        raise TemporaryError(message, after)

    async def _response(self, response: httpx.Response, url: httpx.URL, key: str) -> Response:
        limit = self._settings.max_bytes
        length = response.headers.get("content-length", "")
        if length.isdecimal() and int(length[:19]) > limit:
            raise too_large(limit)
        packing = response.headers.get("content-encoding", "")
        body = await read_body(response.aiter_raw(), packing, limit)
        media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        charset = response.charset_encoding
        return Response(str(url), media_type, charset, body, datetime.now(UTC), key)


def _user_agent(settings: Settings) -> str:
    contact = f" (mailto:{settings.mailto})" if settings.mailto else ""
    return f"refcite{_version()}{contact}"


def _version() -> str:
    try:
        return f"/{version('refcite')}"
    except PackageNotFoundError:  # run from its source, without being installed
        return ""


def _url(request: Request) -> httpx.URL:
    try:
        url = httpx.URL(request.url)
        return url.copy_merge_params(request.query) if request.query else url
    except httpx.InvalidURL as error:
        raise ForbiddenAddressError(f"the URL is not valid: {error}") from None


def _target(url: httpx.URL, location: str) -> httpx.URL:
    """Return the target of a redirect, without user name and password."""
    scheme = location.partition(":")[0].strip().lower() if _SCHEME.match(location) else url.scheme
    if scheme not in {"http", "https"}:
        raise ForbiddenAddressError(
            f"{url.host} redirects to a URL with the scheme {scheme}:, which is not followed"
        )
    try:
        target = url.join(location).copy_with(userinfo=b"", fragment=None)
    except httpx.InvalidURL:
        target = httpx.URL("")
    if not target.host:
        raise NoResponseError(f"{url.host} redirects to a URL that is not valid")
    return target


def _failure(error: httpx.HTTPError, host: str) -> SourceError:
    """Return the failure of a connection to a host, with its reason."""
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, ssl.SSLError):
        cause = cause.__cause__ or cause.__context__
    if cause is not None:
        reason = getattr(cause, "verify_message", "") or getattr(cause, "reason", "") or "TLS error"
        return NoResponseError(f"the secure connection to {host} failed: {reason}")
    if isinstance(error, httpx.ConnectTimeout | httpx.ConnectError):
        return TemporaryError(f"{host} cannot be reached")
    if isinstance(error, httpx.TimeoutException):
        return TemporaryError(f"{host} did not respond in time")
    if isinstance(error, httpx.RemoteProtocolError | httpx.ReadError):
        return TemporaryError(f"{host} closed the connection before the end of the response")
    return TemporaryError(f"the request to {host} failed: {type(error).__name__}")
