"""From keys to entries and back: definition, references, highlights, symbols, and renaming."""

from __future__ import annotations

import re
from typing import Any, Final

from lsprotocol import types as lsp

from refcite.lsp.citations import Cited, Places
from refcite.lsp.cursor import KeyAt, key_at
from refcite.lsp.documents import Document
from refcite.lsp.entry_places import entry_ranges
from refcite.lsp.index import label_of
from refcite.lsp.ranges import range_of, uri_of
from refcite.lsp.texts import Place
from refcite.lsp.workspace import Workspace, matches
from refcite.problems import RefciteError

__all__ = ["Navigation", "RenameError"]

_MOST_SYMBOLS: Final = 200
_WRITABLE: Final = re.compile(r"[^\s,{}\"#%~\\()'=]+")


class RenameError(RefciteError):
    """A key cannot be renamed; the message states why."""


class Navigation:
    """Answers the requests about places.

    Args:
        workspace: The workspace.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._places = Places(workspace)

    def _range(self, document: Document, start: Place, end: Place) -> Any:
        return range_of(document.text, start, end, self._workspace.documents.encoding)

    def _location(self, cited: Cited) -> Any:
        document = cited.document
        return lsp.Location(
            document.uri or uri_of(document.path), self._range(document, cited.start, cited.end)
        )

    async def definition(self, document: Document, place: Place) -> Any:
        """Return the location of the entry of the key at a place."""
        found = key_at(document, place)
        if found is None:
            return None
        defined = await self._places.definition(found.key, document)
        return self._location(defined[0]) if defined is not None else None

    async def references(self, document: Document, place: Place, *, has_definition: bool) -> Any:
        """Return the locations in which the key at a place is cited."""
        found = key_at(document, place)
        if found is None:
            return None
        cited = await self._places.everywhere(found.key, document)
        return [self._location(one) for one in cited if has_definition or not one.is_definition]

    async def highlights(self, document: Document, place: Place) -> Any:
        """Return the ranges of the key at a place in its document."""
        found = key_at(document, place)
        if found is None:
            return None
        kinds = lsp.DocumentHighlightKind
        return [
            lsp.DocumentHighlight(
                self._range(document, one.start, one.end),
                kinds.Write if one.is_definition else kinds.Read,
            )
            for one in await self._places.in_document(found.key, document)
        ]

    # Renaming

    def can_rename(self, document: Document, place: Place) -> Any:
        """Return the range of the key at a place, with the key."""
        found = key_at(document, place)
        if found is None:
            return None
        return lsp.PrepareRenamePlaceholder(
            self._range(document, found.start, found.end), found.key
        )

    async def rename(self, document: Document, place: Place, new: str) -> Any:
        """Return the changes that rename the key at a place in its library and all documents.

        Raises:
            RenameError: BibTeX has no form for the new key, or it is used already.
            FormatError: The syntax of a document has no form for it.
        """
        found = key_at(document, place)
        if found is None or found.key == new:
            return None
        await self._check_new(found, document, new)
        changes: dict[str, list[Any]] = {}
        for one in await self._places.everywhere(found.key, document):
            syntax = one.document.syntax
            text = syntax.spelled(new) if syntax is not None and one.document.is_text else new
            edits = changes.setdefault(one.document.uri or uri_of(one.document.path), [])
            edits.append(lsp.TextEdit(self._range(one.document, one.start, one.end), text))
        return lsp.WorkspaceEdit(changes=changes)

    async def _check_new(self, found: KeyAt, document: Document, new: str) -> None:
        if _WRITABLE.fullmatch(new) is None:
            raise RenameError(f"BibTeX has no form for the key {new!r}: it has a space or a sign")
        if await self._places.definition(new, document) is not None:
            raise RenameError(f"the key {new!r} is used already")
        defined = await self._places.definition(found.key, document)
        if defined is not None and defined[0].document.kind != "bibtex":
            name = defined[0].document.path.name
            raise RenameError(f"keys can only be renamed in BibTeX files, not in {name}")

    # Symbols

    async def symbols(self, document: Document) -> Any:
        """Return the entries of a library in BibTeX."""
        if document.kind != "bibtex":
            return None
        loaded = await self._workspace.libraries.current(document.path)
        symbols: list[Any] = []
        for record, whole, key in entry_ranges(document.text, loaded.library):
            work = label_of(record)
            symbols.append(
                lsp.DocumentSymbol(
                    name=record.id,
                    detail=". ".join(filter(None, (work.label, work.title))),
                    kind=lsp.SymbolKind.Key,
                    range=self._range(document, *whole),
                    selection_range=self._range(document, *key),
                )
            )
        return symbols

    async def workspace_symbols(self, query: str) -> Any:
        """Return the entries of all libraries that a query finds."""
        workspace = self._workspace
        paths = {one.path for one in workspace.documents if one.kind == "bibtex"}
        for root in workspace.folders.roots:
            paths.update(await workspace.found_libraries(root))
        for document in workspace.documents:
            paths.update((await workspace.sources(document)).paths if document.is_text else ())
        libraries = [await workspace.libraries.latest(path) for path in sorted(paths)]
        found, _ = matches(query, libraries, _MOST_SYMBOLS)
        by_record = {id(work.record): one.path for one in libraries for work in one.index.works}
        symbols: list[Any] = []
        for match in found:
            record = match.work.record
            line = (record.origin.line or 1) - 1 if record.origin is not None else 0
            start = lsp.Position(line, 0)
            path = by_record[id(record)]
            symbols.append(
                lsp.WorkspaceSymbol(
                    name=f"{match.work.key}: {match.work.label}. {match.work.title}",
                    kind=lsp.SymbolKind.Key,
                    location=lsp.Location(uri_of(path), lsp.Range(start, start)),
                    container_name=path.name,
                )
            )
        return symbols
