"""The server of the page, only for this machine."""

from __future__ import annotations

import asyncio
import socket
import webbrowser
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import PurePath
from threading import Thread
from typing import Final

import uvicorn

from refcite.problems import RefciteError
from refcite.serve.app import make_app
from refcite.serve.connections import MOST_CONNECTIONS, Connection
from refcite.serve.opened_files import open_files

__all__ = ["HOST", "PortError", "serve"]

HOST: Final = "127.0.0.1"
_AT_ONCE: Final = 2 * MOST_CONNECTIONS
"""As many requests are processed as connections may wait."""
_BACKLOG: Final = 64
_IN_THE_TERMINAL: Final = frozenset(
    {"www-browser", "links", "links2", "elinks", "lynx", "w3m", "browsh", "carbonyl"}
)


class PortError(RefciteError):
    """A port cannot be used; the message contains the reason."""


def serve(
    port: int,
    limit: int,
    seconds: float,
    *,
    opens: bool,
    ready: Callable[[str], None],
    files: Sequence[str] = (),
) -> None:
    """Serve the page until the program is interrupted.

    Args:
        port: The port; 0 selects a free port.
        limit: Maximum size of a text, in bytes.
        seconds: Maximum time for one request.
        opens: Whether to open the page in the browser, if it is a graphical browser.
        ready: Called with the URL of the page when the server is ready.
        files: Paths of the files that the page shows first.

    Raises:
        InputError: A file cannot be read.
        PortError: The port is in use, or requires permissions.
    """
    opened = open_files(files, limit)
    with _listening(port) as listener:
        address = f"http://{HOST}:{listener.getsockname()[1]}/"
        config = uvicorn.Config(
            make_app(limit, seconds, opened=opened),
            # Requests are not logged.
            access_log=False,
            log_level="warning",
            loop="asyncio",
            http=Connection,
            ws="none",
            server_header=False,
            proxy_headers=False,
            limit_concurrency=_AT_ONCE,
            timeout_graceful_shutdown=1,
        )
        # Connections wait in the socket's queue until the server accepts them.
        ready(address)
        browser = _graphical_browser() if opens else None
        if browser:
            Thread(target=browser.open, args=(address,), daemon=True).start()
        # The server ends, and then raises the interruption again.
        with suppress(KeyboardInterrupt):
            _Server(config).run(sockets=[listener])


class _Server(uvicorn.Server):
    """A server that ends immediately, without waiting for requests."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for connection in list(self.server_state.connections):
            # Its requests are abandoned.
            connection.transport.abort()
        await asyncio.sleep(0)
        await super().shutdown(sockets)


def _graphical_browser() -> webbrowser.BaseBrowser | None:
    """Return the user's browser, if there is one outside the terminal."""
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return None
    name = PurePath(getattr(browser, "name", "")).name
    return None if name in _IN_THE_TERMINAL else browser


def _listening(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        raise PortError(
            f"cannot listen on port {port}: {error.strerror}; choose another port with --port,"
            " or 0 for a free port"
        ) from None
    return listener
