"""A web server on loopback that answers as the services do, or misbehaves."""

from __future__ import annotations

import gzip
import json
import ssl
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from attrs import define, field, frozen

from refcite.web import Settings
from tests.waiting import HANG

CSL = "application/vnd.citationstyles.csl+json"


@frozen
class Reply:
    """What the server answers once.

    Attributes:
        body: The body as it is sent.
        status: The status.
        headers: Headers beside the usual ones; None leaves one out.
        act: What is done in the place of all that.
    """

    body: bytes = b""
    status: int = 200
    headers: dict[str, str | None] = field(factory=dict)
    act: Callable[[BaseHTTPRequestHandler], None] | None = None


def answer(value: Any, media_type: str = "application/json", status: int = 200) -> Reply:
    """Answer with JSON, or with a text as it is."""
    text = value if isinstance(value, str) else json.dumps(value)
    return Reply(text.encode(), status, {"Content-Type": media_type})


def redirect(location: str, status: int = 302) -> Reply:
    return Reply(b"", status, {"Location": location})


def zipped(body: bytes) -> Reply:
    headers: dict[str, str | None] = {"Content-Encoding": "gzip", "Content-Type": CSL}
    return Reply(gzip.compress(body), 200, headers)


def truncated(body: bytes) -> Reply:
    """Say that the body is longer than it is."""
    return Reply(body, 200, {"Content-Type": CSL, "Content-Length": str(len(body) + 100)})


def silent(server: Server) -> Reply:
    """Answer nothing until the test is over."""

    def act(handler: BaseHTTPRequestHandler) -> None:
        server.is_over.wait(HANG)

    return Reply(act=act)


def held(reply: Reply, until: threading.Event) -> Reply:
    """Answer when something has happened."""

    def act(handler: BaseHTTPRequestHandler) -> None:
        until.wait(HANG)
        handler.send_response(reply.status)
        handler.end_headers()
        handler.wfile.write(reply.body)

    return Reply(act=act)


def dripping(server: Server) -> Reply:
    """Send a byte now and then, each before any read would time out, without end."""

    def act(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while not server.is_over.wait(0.05):
            handler.wfile.write(b" ")

    return Reply(act=act)


def endless(server: Server, length: int | None = None) -> Reply:
    """Send a billion bytes, and count how many were taken."""

    def act(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        if length is not None:
            handler.send_header("Content-Length", str(length))
        handler.end_headers()
        block = b" " * 65_536
        while server.sent < 1_000_000_000 and not server.is_over.is_set():
            handler.wfile.write(block)
            server.sent += len(block)

    return Reply(act=act)


def bomb(size: int = 200_000_000) -> Reply:
    """Send a little that unpacks to a thousand times as much."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = b" " * 1_000_000
    pieces = [packer.compress(block) for _ in range(size // len(block))]
    return Reply(b"".join([*pieces, packer.flush()]), 200, {"Content-Encoding": "gzip"})


@define(eq=False)
class Server:
    """What the server answers, and what it was asked.

    Attributes:
        address: Where it is.
        port: Its port.
        replies: The answers by path; the last of a list is given again and again.
        asked: The requests: path with query, and headers.
        most_at_once: How many requests were under way at the same time.
        sent: Bytes of an endless body that went out.
        is_over: Set when the test is over.
    """

    address: str
    port: int
    replies: dict[str, list[Reply]] = field(factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(factory=list)
    most_at_once: int = 0
    sent: int = 0
    is_over: threading.Event = field(factory=threading.Event)
    _at_once: int = 0
    _lock: threading.Lock = field(factory=threading.Lock)

    def on(self, path: str, *replies: Reply) -> None:
        """Answer requests of a path; the query does not count."""
        self.replies[path] = list(replies)

    def paths(self) -> list[str]:
        return [urlsplit(path).path for path, _ in self.asked]

    def reply(self, path: str, headers: dict[str, str]) -> Reply:
        with self._lock:
            self.asked.append((path, headers))
            replies = self.replies.get(urlsplit(path).path)
            if not replies:
                return Reply(b"Resource not found.", 404, {"Content-Type": "text/plain"})
            return replies.pop(0) if len(replies) > 1 else replies[0]

    @contextmanager
    def counted(self) -> Iterator[None]:
        with self._lock:
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            yield
        finally:
            with self._lock:
                self._at_once -= 1

    def settings(self, cache: Path | None = None, **changes: Any) -> Settings:
        """Return settings without waits, under which every service is this server."""
        given: dict[str, Any] = {
            "doi": f"{self.address}/doi",
            "crossref": f"{self.address}/crossref",
            "datacite": f"{self.address}/datacite",
            "arxiv": f"{self.address}/arxiv",
            "ncbi": f"{self.address}/ncbi",
            "open_library": f"{self.address}/openlibrary",
            "google_books": f"{self.address}/google",
            "backoff": 0.0,
            "retries": 1,
            "connect_timeout": HANG,
            "read_timeout": HANG,
            "total_timeout": HANG,
            "cache": cache,
        }
        return Settings(**{**given, **changes})

    def environment(self, cache: Path) -> dict[str, str]:
        """Return the environment under which `refcite` asks this server."""
        names = ("doi", "crossref", "datacite", "arxiv", "ncbi", "open_library", "google_books")
        settings = self.settings()
        bases = {f"REFCITE_{name.upper()}_URL": getattr(settings, name) for name in names}
        return {**bases, "REFCITE_CACHE": str(cache)}


@contextmanager
def serving(tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    """Run a server, with TLS where a context is given."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            with server.counted(), suppress(OSError):
                reply = server.reply(self.path, dict(self.headers))
                self._act(reply)

        def _act(self, reply: Reply) -> None:
            self.close_connection = reply.act is not None or "Content-Length" in reply.headers
            if reply.act is not None:
                reply.act(self)
                return
            self.send_response(reply.status)
            headers = {"Content-Length": str(len(reply.body)), **reply.headers}
            for name, value in headers.items():
                if value is not None:
                    self.send_header(name, value)
            self.end_headers()
            self.wfile.write(reply.body)

        def log_message(self, *_: object) -> None:
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    if tls is not None:
        http.socket = tls.wrap_socket(http.socket, server_side=True)
    port = http.server_address[1]
    server = Server(f"http{'s' * (tls is not None)}://127.0.0.1:{port}", port)
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.is_over.set()
        http.shutdown()
        thread.join()
        http.server_close()
