"""The entry of the key at the cursor."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lsprotocol import types as lsp

from refcite.lsp.cursor import key_at
from refcite.lsp.documents import Document
from refcite.lsp.formatting import Entries
from refcite.lsp.ranges import range_of
from refcite.lsp.texts import Place
from refcite.lsp.workspace import Workspace, work_of
from refcite.record import Record

__all__ = ["described", "hover"]


async def hover(workspace: Workspace, entries: Entries, document: Document, place: Place) -> Any:
    """Return the entry of the key at a place, None if there is no known key."""
    found = key_at(document, place)
    if found is None:
        return None
    sources = await workspace.sources(document)
    known = work_of(found.key, await workspace.current(sources))
    if known is None:
        return None
    work, loaded = known
    text = await described(entries, work.record, loaded.path, sources.style, sources.language)
    return lsp.Hover(
        contents=lsp.MarkupContent(lsp.MarkupKind.Markdown, text),
        range=range_of(document.text, found.start, found.end, workspace.documents.encoding),
    )


async def described(
    entries: Entries, record: Record, path: Path, style: str | None, language: str | None
) -> str:
    """Return the entry of a work as Markdown, with its key and the name of its file."""
    text = await entries.entry(record, style, language)
    return f"{text}\n\n`{record.id}` in {path.name}"
