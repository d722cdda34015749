"""The server: the protocol, and which feature answers which message."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path
from typing import Any, Final

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, default_converter
from pygls.protocol.language_server import lsp_method

from refcite.cli.configuration import forget_configurations
from refcite.lsp.actions import FIX_ALL, Actions
from refcite.lsp.background import Worker
from refcite.lsp.client import Client, client_of
from refcite.lsp.completion import TRIGGERS, complete, resolve
from refcite.lsp.cursor import key_at
from refcite.lsp.diagnostics import Diagnoser
from refcite.lsp.documents import Document
from refcite.lsp.formatting import Entries
from refcite.lsp.hover import hover
from refcite.lsp.navigation import Navigation
from refcite.lsp.options import given_options
from refcite.lsp.ranges import path_of
from refcite.lsp.texts import Place
from refcite.lsp.workspace import Workspace
from refcite.problems import RefciteError

__all__ = ["serve_editor"]

_LOG: Final = logging.getLogger("refcite.lsp")
_REQUEST_FAILED: Final = -32803
_WATCHED: Final = (
    "**/*.{bib,bibtex,ris,json,yaml,yml,csl,aux}",
    "**/*.{md,markdown,qmd,rmd,Rmd,tex,ltx,ipynb}",
    "**/{refcite,pyproject}.toml",
)


class _Protocol(LanguageServerProtocol):  # type: ignore[misc]  # pygls has no types for mypy here
    """The protocol of pygls with refcite's own documents.

    Those of pygls are divided into lines at each change, and also at signs that end no line.
    """

    @lsp_method(lsp.TEXT_DOCUMENT_DID_OPEN)  # type: ignore[untyped-decorator]
    def lsp_text_document__did_open(self, params: Any) -> None:
        self._server.opened(params.text_document)

    @lsp_method(lsp.TEXT_DOCUMENT_DID_CHANGE)  # type: ignore[untyped-decorator]
    def lsp_text_document__did_change(self, params: Any) -> None:
        self._server.changed(params.text_document, params.content_changes)

    @lsp_method(lsp.TEXT_DOCUMENT_DID_CLOSE)  # type: ignore[untyped-decorator]
    def lsp_text_document__did_close(self, params: Any) -> None:
        self._server.closed(params.text_document.uri)


class _Server(LanguageServer):  # type: ignore[misc]  # pygls has no types for mypy here
    """The server with its state."""

    def __init__(self, version: str) -> None:
        super().__init__(
            "refcite", version, protocol_cls=_Protocol, converter_factory=default_converter
        )
        self.state = Workspace()
        self.entries = Entries()
        self.client = Client()
        self.diagnoser = Diagnoser(self.state, self.entries, self._publish)
        self.navigation = Navigation(self.state)
        self.actions = Actions(self.state, self.diagnoser, Worker("refcite-repairs"))
        self.resolves_actions = False
        self.initial_options: object = None
        self.was_shut_down = False

    def _publish(self, uri: str, version: int | None, diagnostics: list[Any]) -> None:
        self.text_document_publish_diagnostics(
            lsp.PublishDiagnosticsParams(uri=uri, version=version, diagnostics=diagnostics)
        )

    def tell(self, message: str) -> None:
        """Show a warning to the user of the editor."""
        self.window_show_message(
            lsp.ShowMessageParams(type=lsp.MessageType.Warning, message=f"refcite: {message}")
        )

    def set_options(self, found: object) -> None:
        """Set the options that the editor has sent."""
        roots = self.state.folders.roots
        self.state.options, messages = given_options(found, roots[0] if roots else None)
        for message in messages:
            self.tell(message)

    def set_folders(self) -> None:
        """Take the folders of the workspace from the protocol."""
        workspace = self.protocol.workspace
        roots = [path_of(folder.uri) for folder in workspace.folders.values()]
        if not roots and workspace.root_uri:
            roots = [path_of(workspace.root_uri)]
        self.state.set_folders(roots)

    # Documents

    def opened(self, item: Any) -> None:
        """Add a document."""
        forget_configurations()
        document = self.state.documents.open(
            item.uri, path_of(item.uri), item.language_id or "", item.text, item.version
        )
        self.diagnoser.request(document, at_once=True)
        self._library_changed(document)

    def changed(self, item: Any, changes: list[Any]) -> None:
        """Change the text of a document."""
        document = self.state.documents.get(item.uri)
        if document is None:
            return
        text, place = document.text, self.state.documents.place
        for change in changes:
            found = getattr(change, "range", None)
            if found is None:
                text.change(change.text)
            else:
                start = place(document, found.start.line, found.start.character)
                text.change(
                    change.text, start, place(document, found.end.line, found.end.character)
                )
        text.version = item.version
        self.diagnoser.request(document)
        self._library_changed(document)

    def closed(self, uri: str) -> None:
        """Remove a document."""
        document = self.state.documents.close(uri)
        if document is not None:
            self.diagnoser.close(document)
            self._library_changed(document)

    def _library_changed(self, document: Document) -> None:
        if not document.is_text:
            self.diagnoser.request_texts()

    def files_changed(self, changes: list[Any]) -> None:
        """Read files of the workspace again when they are needed next."""
        forget_configurations()
        self.state.folders.forget()
        if any(change.uri.endswith(".csl") for change in changes):
            self.entries.forget()
        self.diagnoser.request_all()

    def at(self, params: Any) -> tuple[Document, Place] | None:
        """Return the document and the place of a request, None if it is not open."""
        document = self.state.documents.get(params.text_document.uri)
        if document is None:
            return None
        position = params.position
        return document, self.state.documents.place(document, position.line, position.character)


def _make_server(version: str) -> _Server:
    server = _Server(version)
    state = server.state

    # The life of the server

    @server.feature(lsp.INITIALIZE)  # type: ignore[untyped-decorator]
    def _(params: Any) -> None:
        state.documents.encoding = str(  # type: ignore[assignment]  # one of the three
            getattr(server.workspace.position_encoding, "value", server.workspace.position_encoding)
        )
        server.client = server.diagnoser.client = client_of(params.capabilities)
        support = getattr(params.capabilities.text_document, "code_action", None)
        resolved = getattr(getattr(support, "resolve_support", None), "properties", None)
        server.resolves_actions = "edit" in (resolved or ())
        server.initial_options = _plain(params.initialization_options)
        server.set_folders()
        _LOG.info("folders: %s", ", ".join(map(str, state.folders.roots)))

    @server.feature(lsp.INITIALIZED)  # type: ignore[untyped-decorator]
    def _(params: Any) -> None:
        server.set_options(server.initial_options)
        if server.client.watches_files:
            watchers = [lsp.FileSystemWatcher(pattern) for pattern in _WATCHED]
            server.client_register_capability(
                lsp.RegistrationParams(
                    [
                        lsp.Registration(
                            id="refcite-files",
                            method=lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES,
                            register_options=lsp.DidChangeWatchedFilesRegistrationOptions(watchers),
                        )
                    ]
                )
            )

    @server.feature(lsp.SHUTDOWN)  # type: ignore[untyped-decorator]
    def _(params: Any) -> None:
        server.was_shut_down = True

    # Notifications

    @server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)  # type: ignore[untyped-decorator]
    def _(params: Any) -> None:
        forget_configurations()
        document = state.documents.get(params.text_document.uri)
        if document is not None:
            server.diagnoser.request(document, at_once=True)

    @server.feature(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES)  # type: ignore[untyped-decorator]
    def _(params: Any) -> None:
        server.files_changed(params.changes)

    @server.feature(lsp.WORKSPACE_DID_CHANGE_CONFIGURATION)  # type: ignore[untyped-decorator]
    def _(params: Any) -> None:
        settings = _plain(params.settings)
        if isinstance(settings, dict) and (found := settings.get("refcite", settings)):
            server.set_options(found)
            server.diagnoser.request_all()

    @server.feature(lsp.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)  # type: ignore[untyped-decorator]
    def _(params: Any) -> None:
        server.set_folders()
        server.diagnoser.request_all()

    # Requests

    @server.feature(  # type: ignore[untyped-decorator]
        lsp.TEXT_DOCUMENT_COMPLETION,
        lsp.CompletionOptions(trigger_characters=list(TRIGGERS), resolve_provider=True),
    )
    async def _(params: Any) -> Any:
        found = server.at(params)
        return await complete(state, server.client, *found) if found else None

    @server.feature(lsp.COMPLETION_ITEM_RESOLVE)  # type: ignore[untyped-decorator]
    async def _(item: Any) -> Any:
        return await resolve(state, server.entries, item)

    @server.feature(lsp.TEXT_DOCUMENT_HOVER)  # type: ignore[untyped-decorator]
    async def _(params: Any) -> Any:
        found = server.at(params)
        return await hover(state, server.entries, *found) if found else None

    @server.feature(lsp.TEXT_DOCUMENT_DEFINITION)  # type: ignore[untyped-decorator]
    async def _(params: Any) -> Any:
        found = server.at(params)
        return await server.navigation.definition(*found) if found else None

    @server.feature(lsp.TEXT_DOCUMENT_REFERENCES)  # type: ignore[untyped-decorator]
    async def _(params: Any) -> Any:
        found = server.at(params)
        has_definition = params.context.include_declaration
        if found is None:
            return None
        return await server.navigation.references(*found, has_definition=has_definition)

    @server.feature(lsp.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT)  # type: ignore[untyped-decorator]
    async def _(params: Any) -> Any:
        found = server.at(params)
        return await server.navigation.highlights(*found) if found else None

    @server.feature(lsp.TEXT_DOCUMENT_PREPARE_RENAME)  # type: ignore[untyped-decorator]
    def _(params: Any) -> Any:
        found = server.at(params)
        return server.navigation.can_rename(*found) if found else None

    @server.feature(  # type: ignore[untyped-decorator]
        lsp.TEXT_DOCUMENT_RENAME, lsp.RenameOptions(prepare_provider=True)
    )
    async def _(params: Any) -> Any:
        found = server.at(params)
        if found is None or key_at(*found) is None:
            return None
        try:
            return await server.navigation.rename(*found, params.new_name)
        except RefciteError as error:
            raise JsonRpcException(str(error), code=_REQUEST_FAILED) from None

    @server.feature(lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL)  # type: ignore[untyped-decorator]
    async def _(params: Any) -> Any:
        document = state.documents.get(params.text_document.uri)
        return await server.navigation.symbols(document) if document is not None else None

    @server.feature(lsp.WORKSPACE_SYMBOL)  # type: ignore[untyped-decorator]
    async def _(params: Any) -> Any:
        return await server.navigation.workspace_symbols(params.query)

    @server.feature(  # type: ignore[untyped-decorator]
        lsp.TEXT_DOCUMENT_CODE_ACTION,
        lsp.CodeActionOptions(
            code_action_kinds=[lsp.CodeActionKind.QuickFix, FIX_ALL], resolve_provider=True
        ),
    )
    async def _(params: Any) -> Any:
        document = state.documents.get(params.text_document.uri)
        if document is None:
            return None
        place, given = state.documents.place, params.range
        return await server.actions.offered(
            document,
            place(document, given.start.line, given.start.character),
            place(document, given.end.line, given.end.character),
            params.context,
            resolves=server.resolves_actions,
        )

    @server.feature(lsp.CODE_ACTION_RESOLVE)  # type: ignore[untyped-decorator]
    async def _(action: Any) -> Any:
        return await server.actions.resolve(action)

    return server


def _plain(value: Any) -> Any:
    """Return JSON as Python's dictionaries; pygls may have made objects of it."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return (
            _plain(value._asdict()) if hasattr(value, "_asdict") else [_plain(one) for one in value]
        )
    return value


def serve_editor(version: str, log: Path | None = None) -> int:
    """Answer an editor on standard input and output until it ends the server.

    Args:
        version: The version of refcite.
        log: A file to which messages about the server are written.

    Returns:
        The exit status: 0 if the editor has shut the server down before, otherwise 1.
    """
    if log is not None:
        logging.basicConfig(
            filename=log,
            level=logging.INFO,
            format="%(asctime)s %(levelname)s %(name)s: %(message)s",
            encoding="utf-8",
        )
        logging.getLogger("pygls").setLevel(logging.WARNING)  # its messages contain whole texts
    sys.stdout.flush()
    # Only the protocol is written to standard output; other output goes elsewhere.
    output = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    server = _make_server(version)
    server.start_io(sys.stdin.buffer, output)
    return 0 if server.was_shut_down else 1
