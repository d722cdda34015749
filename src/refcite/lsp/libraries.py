"""The libraries of a workspace: read once, and again when their file or their open text changes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Final

from attrs import frozen

from refcite.formats import load, loads
from refcite.library import Library
from refcite.lsp.background import Worker
from refcite.lsp.index import Index
from refcite.lsp.texts import Text
from refcite.problems import RefciteError

__all__ = ["Libraries", "Loaded", "Stamp"]

Stamp = tuple[str, int, int]
"""What changes when a library changes: for files, the time of change and the size."""

_MISSING: Final[Stamp] = ("missing", 0, 0)


@frozen(eq=False)
class Loaded:
    """A library as it was read.

    Attributes:
        path: Its file.
        stamp: The state of the file or of the open text when it was read.
        library: The library; empty if it could not be read.
        index: Its index.
        error: Why it could not be read; None if it was.
        text: The open text from which it was read, None for a file.
    """

    path: Path
    stamp: Stamp
    library: Library
    index: Index
    error: str | None = None
    text: str | None = None


class Libraries:
    """The libraries by their paths.

    Args:
        open_text: Returns the open text of a path, None if it is not open.
    """

    def __init__(self, open_text: Callable[[Path], Text | None]) -> None:
        self._open_text = open_text
        self._worker = Worker("refcite-libraries")
        self._loaded: dict[Path, Loaded] = {}
        self._loading: dict[Path, tuple[Stamp, asyncio.Future[Loaded]]] = {}

    def stamp(self, path: Path) -> Stamp:
        """Return the present state of a library."""
        text = self._open_text(path)
        if text is not None:
            return ("open", id(text), text.changes)
        try:
            status = path.stat()
        except (OSError, ValueError):
            return _MISSING
        return ("file", status.st_mtime_ns, status.st_size)

    def is_current(self, path: Path) -> bool:
        """Return whether the present state of a library has been read."""
        found = self._loaded.get(path)
        return found is not None and found.stamp == self.stamp(path)

    async def current(self, path: Path) -> Loaded:
        """Return a library in its present state, which is read if it has changed."""
        stamp = self.stamp(path)
        found = self._loaded.get(path)
        if found is not None and found.stamp == stamp:
            return found
        loading = self._loading.get(path)
        if loading is None or loading[0] != stamp:
            loading = (stamp, asyncio.ensure_future(self._load(path, stamp)))
            self._loading[path] = loading
        # A request that is cancelled does not cancel the reading, for which others may wait.
        return await asyncio.shield(loading[1])

    async def latest(self, path: Path) -> Loaded:
        """Return a library as it was read last; its present state is read without waiting.

        Only a library that has never been read is waited for.
        """
        found = self._loaded.get(path)
        if found is None or found.stamp == _MISSING:
            return await self.current(path)
        if not self.is_current(path):
            self.refresh(path)
        return found

    def refresh(self, path: Path) -> None:
        """Start reading a library if it has changed."""
        if not self.is_current(path):
            asyncio.ensure_future(self.current(path)).add_done_callback(_ignore)

    async def _load(self, path: Path, stamp: Stamp) -> Loaded:
        text = self._open_text(path)
        content = text.plain if text is not None else None
        loaded = await self._worker.do(lambda: _read(path, stamp, content))
        waiting = self._loading.get(path)
        if waiting is not None and waiting[0] == stamp:
            del self._loading[path]
            self._loaded[path] = loaded
        return loaded


def _ignore(future: asyncio.Future[Loaded]) -> None:
    if not future.cancelled():
        future.exception()  # the next request reports it


def _read(path: Path, stamp: Stamp, text: str | None) -> Loaded:
    try:
        library = loads(text, file=str(path)) if text is not None else load(path)
    except RefciteError as error:
        message = str(error).removeprefix(f"{path}: ")
        return Loaded(path, stamp, Library(), Index(()), message, text)
    return Loaded(path, stamp, library, Index(library), None, text)
