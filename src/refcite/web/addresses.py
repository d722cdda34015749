"""The check of addresses before a connection.

A host name is resolved once. All its addresses are checked, and the connection is opened to a
checked address. So a name cannot get another address between the check and the connection.
"""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final
from urllib.request import proxy_bypass

import httpx

from refcite.web.failures import ForbiddenAddressError, NoResponseError, TemporaryError
from refcite.web.settings import BASES, Settings

__all__ = ["GuardedTransport", "is_public"]

_Address = IPv4Address | IPv6Address

_GLOBAL_UNICAST: Final = IPv6Network("2000::/3")
_NAT64: Final = IPv6Network("64:ff9b::/96")
_NUMBER: Final = re.compile(r"\d+|0x[0-9a-f]*", re.IGNORECASE)
_COMPATIBLE: Final = IPv6Network("::/96")


def is_public(text: str) -> bool:
    """Return whether an IP address is public.

    An IPv6 address that contains an IPv4 address (mapped, compatible, 6to4, Teredo, NAT64) is
    public if the IPv4 address is.

    Example:
        >>> [is_public(one) for one in ("93.184.216.34", "10.0.0.1", "::ffff:127.0.0.1")]
        [True, False, False]
    """
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return False
    return all(map(_is_public, _inner(address)))


def _inner(address: _Address) -> tuple[_Address, ...]:
    """Return the IPv4 addresses in an IPv6 address, or the address itself."""
    if isinstance(address, IPv4Address):
        return (address,)
    if address.ipv4_mapped is not None:
        return (address.ipv4_mapped,)
    if address.sixtofour is not None:
        return (address.sixtofour,)
    if address.teredo is not None:
        return address.teredo
    if address in _NAT64 or address in _COMPATIBLE:
        return (IPv4Address(int(address) & 0xFFFF_FFFF),)
    return (address,)


def _is_public(address: _Address) -> bool:
    if not address.is_global or address.is_multicast:
        return False
    return (
        address in _GLOBAL_UNICAST if isinstance(address, IPv6Address) else not address.is_reserved
    )


class GuardedTransport(httpx.AsyncBaseTransport):
    """A transport that sends requests only to allowed addresses.

    Each host name has its own connections. If they were kept only by address, a connection that was
    opened for one name, and whose certificate was checked for this name, could be used for another.

    Args:
        settings: The settings with the allowed addresses and the mirrors.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._trusted = frozenset(_mirrors(settings))
        self._context = httpx.create_ssl_context()
        self._transports: dict[tuple[str, str, int], httpx.AsyncHTTPTransport] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Resolve, check, and send."""
        url = request.url
        host = url.raw_host.decode("ascii")
        port = url.port or (443 if url.scheme == "https" else 80)
        proxy = self._proxy_for(host)
        transport = self._transport((url.scheme, host, port), proxy)
        if proxy is not None:
            self._check_named(host, port)
            return await transport.handle_async_request(request)
        error: httpx.HTTPError | None = None
        for address in await self._addresses(host, port):
            try:
                return await transport.handle_async_request(_pinned(request, address, host))
            except (httpx.ConnectError, httpx.ConnectTimeout) as failed:
                error = failed
        assert error is not None  # noqa: S101 - there is at least one address
        raise error

    async def aclose(self) -> None:
        """Close all connections."""
        for transport in self._transports.values():
            await transport.aclose()

    def _transport(
        self, origin: tuple[str, str, int], proxy: str | None
    ) -> httpx.AsyncHTTPTransport:
        if origin not in self._transports:
            self._transports[origin] = httpx.AsyncHTTPTransport(
                verify=self._context, trust_env=False, proxy=proxy
            )
        return self._transports[origin]

    async def _addresses(self, host: str, port: int) -> list[str]:
        loop = asyncio.get_running_loop()
        try:
            found = await loop.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            if getattr(error, "errno", None) == socket.EAI_AGAIN:
                raise TemporaryError(
                    f"the name {host!r} cannot be resolved at the moment"
                ) from None
            raise NoResponseError(f"there is no host {host!r}") from None
        addresses = list(dict.fromkeys(str(one[4][0]) for one in found))
        if not addresses:
            raise NoResponseError(f"the host {host!r} has no IP address")
        if not self._is_allowed(host, port):
            for address in addresses:
                _check(address, host)
        return addresses

    def _check_named(self, host: str, port: int) -> None:
        """Check a host without resolving its name."""
        bare = host.strip("[]")
        is_private_name = bare == "localhost" or bare.endswith(
            (".localhost", ".local", ".internal")
        )
        if self._is_allowed(host, port):
            return
        if is_private_name or (_is_number(bare) and not is_public(bare)):
            raise _forbidden(bare, host)

    def _is_allowed(self, host: str, port: int) -> bool:
        return self._settings.allow_private or (host, port) in self._trusted

    def _proxy_for(self, host: str) -> str | None:
        proxy = self._settings.proxy
        if proxy is None or host == "localhost" or host.startswith("127.") or host == "::1":
            return None
        return None if proxy_bypass(host) else proxy


def _mirrors(settings: Settings) -> Iterable[tuple[str, int]]:
    """Yield host and port of the services that the caller has set."""
    usual = Settings()
    for name in BASES:
        base = getattr(settings, name)
        if base != getattr(usual, name):
            url = httpx.URL(base)
            yield url.raw_host.decode("ascii"), url.port or (443 if url.scheme == "https" else 80)


def _check(address: str, host: str) -> None:
    if not is_public(address):
        raise _forbidden(address, host)


def _forbidden(address: str, host: str) -> ForbiddenAddressError:
    named = "" if address == host.strip("[]") else f" ({address})"
    failure = ForbiddenAddressError(f"{host}{named} is an address of a private network")
    failure.hint = "set allow_private (--allow-private) to allow requests to private networks"
    return failure


def _is_number(host: str) -> bool:
    """Return whether resolvers interpret a host as an address, such as 127.1 or 0x7f000001."""
    return ":" in host or _NUMBER.fullmatch(host.rstrip(".").rpartition(".")[2]) is not None


def _pinned(request: httpx.Request, address: str, host: str) -> httpx.Request:
    """Return the request to the address itself; the certificate is still checked for the name."""
    return httpx.Request(
        request.method,
        request.url.copy_with(host=address),
        headers=request.headers,
        stream=request.stream,
        extensions={**request.extensions, "sni_hostname": host},
    )
