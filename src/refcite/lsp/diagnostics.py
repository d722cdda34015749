"""Problems as diagnostics: undefined keys of documents, and the checks of libraries."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from attrs import frozen
from lsprotocol import types as lsp

from refcite.cli.check_settings import CommandLine, Settings, settings_of
from refcite.collection.checks import Checked, check_library
from refcite.lsp.background import Delayed, Worker
from refcite.lsp.client import Client
from refcite.lsp.documents import Document
from refcite.lsp.formatting import Entries
from refcite.lsp.heads import Named
from refcite.lsp.libraries import Loaded
from refcite.lsp.ranges import range_of
from refcite.lsp.texts import Place, Text
from refcite.lsp.workspace import Sources, Workspace
from refcite.problems import Problem, RefciteError, Severity, did_you_mean

__all__ = ["SOURCE", "UNDEFINED", "CheckedText", "Diagnoser", "near_keys", "span_of"]

SOURCE: Final = "refcite"
UNDEFINED: Final = "undefined-key"
_DELAY: Final = 0.3
"""Seconds after the last change until a text is checked."""
_MOST: Final = 1_000
"""The largest number of diagnostics of one file."""
_ORDER: Final = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}
_HEAD: Final = re.compile(r"@\s*[A-Za-z]+\s*[{(]?\s*[^\s,{}]*")
_FIELD: Final = re.compile(r"[A-Za-z][\w:+-]*\s*=")
_WORD: Final = re.compile(r"\S+")


@frozen
class CheckedText:
    """The result of a check of an open library.

    Attributes:
        changes: The state of the text.
        loaded: The library.
        settings: The settings of the check.
        checked: The problems with their repairs.
    """

    changes: int
    loaded: Loaded
    settings: Settings
    checked: Checked


class Diagnoser:
    """Checks open texts some time after they have changed, and publishes their problems.

    Args:
        workspace: The workspace.
        entries: Formats entries; it knows which styles exist.
        publish: Sends the diagnostics of an address and a version to the editor.

    Attributes:
        client: What the editor can do.
    """

    def __init__(
        self,
        workspace: Workspace,
        entries: Entries,
        publish: Callable[[str, int | None, list[Any]], None],
    ) -> None:
        self.client = Client()
        self._workspace = workspace
        self._entries = entries
        self._publish = publish
        self._worker = Worker("refcite-checks")
        self._delayed = Delayed(_DELAY, self._diagnose)
        self._checked: dict[str, CheckedText] = {}

    def request(self, document: Document, *, at_once: bool = False) -> None:
        """Check a document soon."""
        self._delayed.request(document.uri, at_once=at_once)

    def request_texts(self) -> None:
        """Check all documents with citations again, after a library has changed."""
        for document in self._workspace.documents:
            if document.is_text:
                self.request(document)

    def request_all(self) -> None:
        """Check all documents again, after the options or the configuration have changed."""
        for document in self._workspace.documents:
            self.request(document)

    def close(self, document: Document) -> None:
        """Remove the diagnostics of a document that was closed."""
        self._delayed.cancel(document.uri)
        self._checked.pop(document.uri, None)
        self._publish(document.uri, None, [])

    async def checked(self, document: Document) -> CheckedText | None:
        """Return the check of the present state of a library; None if it cannot be checked."""
        found = self._checked.get(document.uri)
        if found is not None and found.changes == document.text.changes:
            return found
        changes = document.text.changes
        loaded = await self._workspace.libraries.current(document.path)
        if loaded.error is not None or not self._workspace.options.check:
            return None
        try:
            settings, checked = await self._worker.do(lambda: _check(document, loaded))
        except RefciteError:
            return None
        found = CheckedText(changes, loaded, settings, checked)
        if document.text.changes == changes:
            self._checked[document.uri] = found
        return found

    # Diagnosing

    async def _diagnose(self, uri: str) -> None:
        document = self._workspace.documents.get(uri)
        if document is None:
            return
        changes, version = document.text.changes, document.text.version
        if document.is_text:
            found = await self._of_text(document)
        elif await self._is_library(document):
            found = await self._of_library(document)
        else:
            return
        # A newer state will be diagnosed itself.
        if self._workspace.documents.get(uri) is document and document.text.changes == changes:
            self._publish(uri, version, found)

    def _diagnostic(
        self, document: Document, problem: Problem, span: tuple[Place, Place] | None = None
    ) -> Any:
        start, end = span if span is not None else span_of(document.text, problem)
        url = self._workspace.options.problems_url
        has_link = url and self.client.links_codes
        hint = f"; {problem.hint}" if problem.hint else ""
        return lsp.Diagnostic(
            range=range_of(document.text, start, end, self._workspace.documents.encoding),
            severity=lsp.DiagnosticSeverity(_ORDER[problem.severity] + 1),
            code=problem.code,
            code_description=lsp.CodeDescription(f"{url}#{problem.code}") if has_link else None,
            source=SOURCE,
            message=f"{problem.message}{hint}",
        )

    # Documents

    async def _of_text(self, document: Document) -> list[Any]:
        workspace = self._workspace
        sources = await workspace.sources(document)
        libraries = await workspace.current(sources)
        problems = [
            *sources.problems,
            *await self._entries.problems(sources.style, sources.language),
        ]
        found = [self._diagnostic(document, one, _place_of(document, one)) for one in problems]
        found += self._unread(document, sources, libraries)
        if any(one.error is not None for one in libraries) or not libraries:
            return found  # without all references, no key is known to be undefined
        try:
            cited = await self._worker.do(document.cited_keys)
        except RefciteError as error:
            # The metadata cannot be read; `sources` reports it too.
            return found or [self._diagnostic(document, _unread("document", str(error)))]
        known = set(cited.defined)
        for loaded in libraries:
            known.update(loaded.index.by_key)
        severity = Severity.WARNING if sources.is_guess else Severity.ERROR
        where = "no library of the workspace" if sources.is_guess else "no reference"
        for one in cited.keys:
            if one.key in known or len(found) >= _MOST:
                continue
            near = did_you_mean(near_keys(one.key, libraries))
            problem = Problem(
                severity=severity,
                code=UNDEFINED,
                message=f"{where} has the key {one.key!r}{near}",
                line=one.line,
                key=one.key,
            )
            text = document.text
            span = text.place_of(one.start), text.place_of(one.end)
            found.append(self._diagnostic(document, problem, span))
        return found

    def _unread(
        self, document: Document, sources: Sources, libraries: Sequence[Loaded]
    ) -> list[Any]:
        """Return the diagnostics of libraries that cannot be read, at the places of their names."""
        named = {one.path: one for one in sources.named}
        by_path = {path.absolute(): one for path, one in named.items()}
        found = []
        for loaded in libraries:
            if loaded.error is None:
                continue
            place = _named(by_path, loaded)
            problem = _unread(str(loaded.path), loaded.error)
            span = (place.start, place.end) if place is not None else None
            found.append(self._diagnostic(document, problem, span))
        return found

    # Libraries

    async def _is_library(self, document: Document) -> bool:
        """Return whether an open text is a library: by its extension, or as one of a document."""
        if document.kind == "bibtex":
            return True
        if document.kind != "library":
            return False
        for other in self._workspace.documents:
            if other.is_text and document.path in (await self._workspace.sources(other)).paths:
                return True
        return False

    async def _of_library(self, document: Document) -> list[Any]:
        loaded = await self._workspace.libraries.current(document.path)
        if loaded.error is not None:
            return [self._diagnostic(document, _unread(document.path.name, loaded.error))]
        if not self._workspace.options.check:
            return []
        changes = document.text.changes
        try:
            settings, checked = await self._worker.do(lambda: _check(document, loaded))
        except RefciteError as error:
            return [self._diagnostic(document, _unread("configuration", str(error)))]
        if document.text.changes == changes:
            self._checked[document.uri] = CheckedText(changes, loaded, settings, checked)
        problems = sorted(checked.problems, key=lambda one: _ORDER[one.severity])
        found = [self._diagnostic(document, one) for one in problems[:_MOST]]
        if len(problems) > _MOST:
            left = len(problems) - _MOST
            more = Problem(
                severity=Severity.INFO,
                code="more-problems",
                message=f"{left} more problems are not shown; `refcite check` lists them",
            )
            found.append(self._diagnostic(document, more))
        return found


def _check(document: Document, loaded: Loaded) -> tuple[Settings, Checked]:
    settings = settings_of(str(document.path), CommandLine())
    return settings, check_library(loaded.library, settings.checks, text=loaded.text)


def _unread(name: str, message: str) -> Problem:
    return Problem(severity=Severity.ERROR, code="unreadable-input", message=f"{name}: {message}")


def _named(by_path: dict[Any, Named], loaded: Loaded) -> Named | None:
    import os

    for path, named in by_path.items():
        if os.path.abspath(path) == str(loaded.path):  # noqa: PTH100 - `..` is resolved as above
            return named
    return None


def near_keys(key: str, libraries: Iterable[Loaded]) -> list[str]:
    """Return the keys of libraries that are most similar to an unknown key, at most three."""
    found = dict.fromkeys(near for loaded in libraries for near in loaded.index.near(key))
    return list(found)[:3]


def span_of(text: Text, problem: Problem) -> tuple[Place, Place]:
    """Return the part of a text that a problem is about, from its line and column."""
    line = min(max((problem.line or 1) - 1, 0), len(text.lines) - 1)
    content = text.lines[line].rstrip()
    if problem.column is None:
        start = len(content) - len(content.lstrip())
        return Place(line, start), Place(line, len(content))
    start = min(problem.column - 1, len(content))
    found = _HEAD.match(content, start)
    if found is None and _FIELD.match(content, start) is not None:
        return Place(line, start), Place(line, len(content))
    found = found or _WORD.match(content, start)
    return Place(line, start), Place(line, found.end() if found is not None else start)


def _place_of(document: Document, problem: Problem) -> tuple[Place, Place] | None:
    """Return the place of a problem of the settings: the line of the key in the metadata."""
    names = {"unknown-style": ("csl:", "citation-style:"), "unknown-language": ("lang:",)}
    for number, line in enumerate(document.text.lines[:200]):
        if line.strip().startswith(names.get(problem.code, ("\0",))):
            return Place(number, 0), document.text.end_of(number)
    return None
