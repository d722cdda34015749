"""The workspace: its folders, the open documents, the libraries, and which document has which."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from attrs import frozen

from refcite.cli.configuration import ConfigurationError
from refcite.documents import SYNTAXES
from refcite.lsp.background import Worker
from refcite.lsp.documents import Document, Documents, kind_of
from refcite.lsp.folders import Folders
from refcite.lsp.heads import (
    Head,
    Named,
    aux_files,
    front_matter,
    head_of_latex,
    head_of_markdown,
    project_settings,
    root_of_latex,
)
from refcite.lsp.index import Match, Work
from refcite.lsp.libraries import Libraries, Loaded
from refcite.lsp.options import Options, configured
from refcite.lsp.texts import Text
from refcite.problems import FormatError, Problem, RefciteError, Severity

__all__ = ["Sources", "Workspace"]

LIBRARY_EXTENSIONS: Final = (".bib", ".bibtex")
"""The files that are the libraries of documents which name none."""
_MOST: Final = 50
"""The number of such files that are read."""


@frozen(kw_only=True)
class Sources:
    """The libraries of a document, and its style.

    Attributes:
        paths: The files of the libraries.
        named: Those that the document itself names, with their places.
        is_guess: Whether no document, project or option names them, so that they are all libraries
            of the workspace.
        style: The style, None for the default.
        language: The language, None for that of the style.
        problems: Problems of the metadata and of the configuration.
    """

    paths: tuple[Path, ...] = ()
    named: tuple[Named, ...] = ()
    is_guess: bool = False
    style: str | None = None
    language: str | None = None
    problems: tuple[Problem, ...] = ()


class Workspace:
    """The workspace.

    Attributes:
        documents: The open documents.
        libraries: The libraries.
        folders: The folders with their documents and libraries.
        options: The options of the editor.
    """

    def __init__(self) -> None:
        self.documents = Documents()
        self.libraries = Libraries(self._open_text)
        self.folders = Folders((), ())
        self.options = Options()
        self.worker = Worker("refcite-checks")
        self.set_folders(())

    def set_folders(self, roots: Iterable[Path]) -> None:
        """Set the folders."""
        extensions = [one for syntax in SYNTAXES for one in syntax.extensions]
        self.folders = Folders(roots, [*extensions, *LIBRARY_EXTENSIONS])

    def _open_text(self, path: Path) -> Text | None:
        document = self.documents.at(path)
        return None if document is None else document.text

    # Sources

    async def sources(self, document: Document) -> Sources:
        """Return the libraries and the style of a document."""
        if not document.is_text:
            return Sources(paths=(document.path,))
        problems: list[Problem] = []
        head = self._head(document, problems)
        problems += head.problems
        folder = document.path.parent
        root = self.folders.root_of(document.path)
        try:
            projects = list(project_settings(document.path, root))
        except FormatError:
            projects = []  # without PyYAML; the document reports it if it has metadata
        try:
            options = configured(folder, self.options)
        except ConfigurationError as error:
            options = self.options
            problems.append(_problem("unreadable-input", str(error)))
        paths = [one.path for one in head.named]
        if not paths and document.kind == "latex":
            paths = self._of_main_file(document)
        if not paths:
            paths = next(([*one.bibliography] for one in projects if one.bibliography), [])
        if not paths:
            paths = [*options.bibliography]
        is_guess = not paths
        if is_guess:
            paths = await self.found_libraries(document.path)
        styles = (head.style, *(one.style for one in projects), options.style)
        languages = (head.language, *(one.language for one in projects), options.locale)
        return Sources(
            paths=tuple(dict.fromkeys(_normal(one) for one in paths if not _is_remote(one))),
            named=head.named,
            is_guess=is_guess,
            style=next(filter(None, styles), None),
            language=next(filter(None, languages), None),
            problems=tuple(problems),
        )

    def _head(self, document: Document, problems: list[Problem]) -> Head:
        folder, text = document.path.parent, document.text
        if document.kind == "latex":
            return document.once("head", text.changes, lambda: head_of_latex(text.plain, folder))
        if document.kind == "markdown":
            front = front_matter(text.lines)
            try:
                return document.once("head", front, lambda: head_of_markdown(front, folder))
            except FormatError as error:
                problems.append(_problem("unreadable-input", str(error), line=1))
        return Head()

    def _of_main_file(self, document: Document) -> list[Path]:
        main = root_of_latex(document.text.lines, document.path.parent)
        if main is not None:
            main = _normal(main)
            opened = self.documents.at(main)
            try:
                text = opened.text.plain if opened else main.read_text("utf-8", errors="replace")
            except OSError:
                text = ""
            found = [one.path for one in head_of_latex(text, main.parent).named]
            if found:
                return found
        return aux_files(main or document.path)

    async def found_libraries(self, path: Path) -> list[Path]:
        """Return the libraries of the workspace; without one, those of the folder of a path."""
        files = await self.files(path)
        return [one for one in files if one.suffix.lower() in LIBRARY_EXTENSIONS][:_MOST]

    async def files(self, path: Path) -> list[Path]:
        """Return the documents and libraries of the workspace, or of the folder of a path."""
        if self.folders.contains(path):
            return await self.worker.do(self.folders.files)
        try:
            near = sorted(path.parent.iterdir())
        except OSError:
            return []
        return [one for one in near if kind_of(one) not in ("other", "library")]

    # Works

    async def latest(self, sources: Sources) -> list[Loaded]:
        """Return libraries as they were read last; those that have changed are read later."""
        return [await self.libraries.latest(path) for path in sources.paths]

    async def current(self, sources: Sources) -> list[Loaded]:
        """Return libraries in their present state."""
        return [await self.libraries.current(path) for path in sources.paths]


def work_of(key: str, libraries: Iterable[Loaded]) -> tuple[Work, Loaded] | None:
    """Return the work of a key with its library, None if no library has it."""
    for loaded in libraries:
        work = loaded.index.by_key.get(key)
        if work is not None:
            return work, loaded
    return None


def matches(query: str, libraries: list[Loaded], most: int) -> tuple[list[Match], bool]:
    """Return the works of libraries that a query finds, each key once, the best ones first.

    Args:
        query: Words, or starts of words.
        libraries: The libraries.
        most: The largest number of works.

    Returns:
        The works, and whether they are all that were found.
    """
    found: dict[str, Match] = {}
    is_complete = True
    for loaded in libraries:
        some, has_all = loaded.index.find(query, most)
        is_complete &= has_all
        for match in some:
            found.setdefault(match.work.key, match)
    ranked = sorted(found.values(), key=lambda match: (match.rank, match.work.key))
    return ranked[:most], is_complete and len(ranked) <= most


def _normal(path: Path) -> Path:
    """Return an absolute path without `..`, as those of open documents are."""
    import os

    return Path(os.path.abspath(path))  # noqa: PTH100 - symbolic links are kept, as in editors


def _is_remote(path: Path) -> bool:
    """Return whether a path is that of an address of the web, whose slashes are united in it."""
    return any(part in ("http:", "https:") for part in path.parts)


def _problem(code: str, message: str, line: int | None = None) -> Problem:
    return Problem(severity=Severity.ERROR, code=code, message=message, line=line)


def unread(error: RefciteError) -> Problem:
    """Return the problem that something cannot be read."""
    return _problem("unreadable-input", str(error))
