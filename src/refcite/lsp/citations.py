"""Where keys are cited: in the open documents and in the files of the workspace."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

from attrs import frozen

from refcite.documents.myst.project import project_file
from refcite.formats.files import decode, read_source
from refcite.lsp.documents import Document, kind_of
from refcite.lsp.entry_places import key_place, referring_places
from refcite.lsp.libraries import Loaded, Stamp
from refcite.lsp.texts import Place, Text
from refcite.lsp.workspace import Workspace, work_of
from refcite.problems import RefciteError

__all__ = ["Cited", "Places"]

_LARGEST = 1 << 24
"""The size of the largest file of the workspace that is read, in bytes."""


@frozen
class Cited:
    """Where a key is in a document or in a library.

    Attributes:
        document: The document; for a library, one that may not be open.
        start: Where the key starts, with its braces.
        end: Where it ends.
        is_definition: Whether it is the key of the entry itself.
    """

    document: Document
    start: Place
    end: Place
    is_definition: bool = False


class Places:
    """Finds the places of keys.

    Args:
        workspace: The workspace.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._read: dict[Path, tuple[Stamp, Document]] = {}

    async def definition(self, key: str, document: Document) -> tuple[Cited, Loaded] | None:
        """Return where the entry of a key is, with its library; None if there is none."""
        sources = await self._workspace.sources(document)
        known = work_of(key, await self._workspace.current(sources))
        if known is None:
            return None
        work, loaded = known
        library = await self._document(loaded.path)
        if library is None:
            return None
        start, end = key_place(library.text, work.record)
        return Cited(library, start, end, is_definition=True), loaded

    async def in_document(self, key: str, document: Document) -> list[Cited]:
        """Return where a key is in a document."""
        if document.is_text:
            try:
                found = await self._workspace.worker.do(document.cited_keys)
            except RefciteError:
                return []  # it is reported as a problem of the document
            text = document.text
            return [
                Cited(document, text.place_of(one.start), text.place_of(one.end))
                for one in found.keys
                if one.key == key
            ]
        loaded = await self._workspace.libraries.current(document.path)
        places = [
            Cited(document, start, end)
            for start, end in referring_places(document.text, loaded.library, key)
        ]
        work = loaded.index.by_key.get(key)
        if work is not None:
            places.insert(0, Cited(document, *key_place(document.text, work.record), True))
        return places

    async def everywhere(self, key: str, document: Document) -> list[Cited]:
        """Return where a key is in all documents that have its library, and in the library.

        Args:
            key: The key.
            document: The document or the library in which it was found.
        """
        defined = await self.definition(key, document)
        path = defined[1].path if defined is not None else None
        found: list[Cited] = []
        async for other in self._texts(document):
            if path is not None and other is not document:
                sources = await self._workspace.sources(other)
                if path not in sources.paths:
                    continue
            found += await self.in_document(key, other)
        if defined is not None:
            library = defined[0].document
            found = [*await self.in_document(key, library), *found]
        return found

    async def _texts(self, document: Document) -> AsyncIterator[Document]:
        """Yield the documents with citations: open ones, and files of the workspace."""
        paths = {one.path: one for one in self._workspace.documents if one.is_text}
        for path in await self._workspace.files(document.path):
            if path not in paths and kind_of(path) in ("markdown", "latex", "notebook"):
                found = await self._document(path)
                if found is not None:
                    paths[path] = found
        for path in sorted(paths):
            yield paths[path]
            await asyncio.sleep(0)  # requests that came meanwhile are answered

    async def _document(self, path: Path) -> Document | None:
        """Return the document of a path, from the disk if it is not open; None if it is none."""
        opened = self._workspace.documents.at(path)
        if opened is not None:
            return opened
        stamp = self._workspace.libraries.stamp(path)
        kept = self._read.get(path)
        if kept is not None and kept[0] == stamp:
            return kept[1]
        text = await self._workspace.worker.do(lambda: _text_of(path))
        if text is None:
            return None
        is_myst = project_file(path) is not None
        document = Document("", path, kind_of(path), text, is_myst=is_myst)
        self._read[path] = stamp, document
        return document


def _text_of(path: Path) -> Text | None:
    try:
        if path.stat().st_size > _LARGEST * 4:
            return None
        return Text(decode(read_source(path))[0])
    except (OSError, ValueError, RefciteError):
        return None
