"""Responses on disk.

An entry is one file: a line of JSON with the response's metadata and time, then its body. A file
that is incomplete, changed or in another format is ignored. Nothing in it is ever run.
"""

from __future__ import annotations

import json
import os
import time
from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from tempfile import mkstemp
from typing import Final

from attrs import frozen

__all__ = ["Cache", "Response"]

_VERSION: Final = 1
_DAY: Final = 86_400.0


@frozen
class Response:
    """The response of a server.

    Attributes:
        url: The URL of the response, after all redirects.
        media_type: The content type without its parameters, in lower case; empty if not specified.
        charset: The encoding, if the server specifies it.
        body: The body, unpacked.
        fetched: The time at which it arrived.
        key: Its key in the cache.
        is_cached: Whether it comes from the cache.
    """

    url: str
    media_type: str
    charset: str | None
    body: bytes
    fetched: datetime
    key: str
    is_cached: bool = False


class Cache:
    """A folder of responses.

    Args:
        folder: Its path; None for a cache that keeps nothing.
        days: The number of days after which an entry is not used any more.
    """

    def __init__(self, folder: Path | None, days: float) -> None:
        self._folder = folder
        self._seconds = days * _DAY
        self._is_swept = False

    @staticmethod
    def key(*parts: str) -> str:
        """Return a key for a request. The parts cannot be recovered from it."""
        return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()

    def get(self, key: str, *, even_old: bool = False) -> Response | None:
        """Return the response for a key, or None.

        Args:
            key: The key.
            even_old: Whether to use an entry that is too old.
        """
        if self._folder is None:
            return None
        try:
            head, _, body = self._path(key).read_bytes().partition(b"\n")
            entry = json.loads(head)
            if entry["version"] != _VERSION or entry["sha256"] != sha256(body).hexdigest():
                return None
            fetched = datetime.fromisoformat(entry["fetched"])
            if not even_old and time.time() - fetched.timestamp() > self._seconds:
                return None
            url, media_type, charset = entry["url"], entry["media_type"], entry["charset"]
            if not isinstance(url, str) or not isinstance(media_type, str):
                return None
            if not isinstance(charset, str | None):
                return None
            return Response(url, media_type, charset, body, fetched, key, is_cached=True)
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None

    def put(self, response: Response) -> None:
        """Keep a response. If the disk is full or not writable, only the entry is lost."""
        if self._folder is None or response.is_cached:
            return
        head = {
            "version": _VERSION,
            "url": response.url,
            "media_type": response.media_type,
            "charset": response.charset,
            "fetched": response.fetched.isoformat(),
            "sha256": sha256(response.body).hexdigest(),
        }
        with suppress(OSError):
            self._write(self._path(response.key), json.dumps(head).encode() + b"\n" + response.body)
            self._sweep()

    def _path(self, key: str) -> Path:
        assert self._folder is not None  # noqa: S101 - the callers check this
        return self._folder / f"{key}.answer"

    def _write(self, path: Path, data: bytes) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # The file gets its name when it is complete: two processes may write at the same time.
        handle, temporary = mkstemp(dir=path.parent, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise

    def _sweep(self) -> None:
        """Remove old entries, once for each opened cache."""
        if self._is_swept or self._folder is None:
            return
        self._is_swept = True
        oldest = time.time() - max(self._seconds, _DAY)
        for path in self._folder.iterdir():
            if path.suffix in {".answer", ".part"} and path.stat().st_mtime < oldest:
                path.unlink(missing_ok=True)
