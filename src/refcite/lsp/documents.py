"""The open documents, and what is computed once for each state of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, Literal, TypeVar, cast

from refcite.documents import CitedKeys, Syntax, find_syntax, guess_syntax
from refcite.documents.myst.project import project_file
from refcite.formats import guess_format
from refcite.lsp.texts import Encoding, Place, Text
from refcite.problems import RefciteError

__all__ = ["Document", "Documents", "Kind", "kind_of"]

Kind = Literal["markdown", "latex", "notebook", "bibtex", "library", "other"]
"""What a document is; `library` is a library in another format than BibTeX."""

_Value = TypeVar("_Value")

_LANGUAGES: Final[dict[str, Kind]] = {
    "markdown": "markdown",
    "quarto": "markdown",
    "qmd": "markdown",
    "rmd": "markdown",
    "rmarkdown": "markdown",
    "myst": "markdown",
    "pandoc": "markdown",
    "latex": "latex",
    "tex": "latex",
    "plaintex": "latex",
    "context": "latex",
    "bib": "bibtex",
    "bibtex": "bibtex",
    "biblatex": "bibtex",
}
"""The kinds of the languages of editors."""
_SYNTAXES: Final[dict[str, Kind]] = {
    "markdown": "markdown",
    "myst": "markdown",
    "latex": "latex",
    "notebook": "notebook",
}
"""The kinds of the syntaxes of documents."""
_ROLE: Final = "{cite"
"""The start of a role of MyST; pandoc's Markdown has no attribute of this form."""
_BIBTEX: Final = frozenset({".bib", ".bibtex"})


def kind_of(path: Path, language: str = "") -> Kind:
    """Return the kind of a document.

    Args:
        path: Its path; its extension decides, if it is known.
        language: The language in the editor.

    Example:
        >>> kind_of(Path("a.qmd")), kind_of(Path("refs.bib")), kind_of(Path("Untitled"), "latex")
        ('markdown', 'bibtex', 'latex')
    """
    extension = path.suffix.lower()
    if extension in _BIBTEX:
        return "bibtex"
    syntax = guess_syntax(path.name)
    if syntax is not None:
        return _SYNTAXES[syntax.name]
    if language in _LANGUAGES:
        return _LANGUAGES[language]
    try:
        guess_format(file=path.name)
    except RefciteError:
        return "other"
    return "library"


class Document:
    """An open document.

    Args:
        uri: Its address.
        path: Its path.
        kind: What it is.
        text: Its text.
        is_myst: Whether it is known to be MyST, from the editor or as part of a project.

    Attributes:
        uri: Its address.
        path: Its path.
        kind: What it is.
        text: Its text.
    """

    __slots__ = ("_is_myst", "_values", "kind", "path", "text", "uri")

    def __init__(
        self, uri: str, path: Path, kind: Kind, text: Text, *, is_myst: bool = False
    ) -> None:
        self.uri = uri
        self.path = path
        self.kind = kind
        self.text = text
        self._is_myst = is_myst
        self._values: dict[str, tuple[object, object]] = {}

    @property
    def syntax(self) -> Syntax | None:
        """The syntax of its citations, None for libraries."""
        if self.kind == "markdown":
            is_myst = self._is_myst or _ROLE in str(self.text)
            return find_syntax("myst" if is_myst else "markdown")
        return find_syntax(self.kind) if self.kind in ("latex", "notebook") else None

    @property
    def is_text(self) -> bool:
        """Whether it is a document with citations, and no library."""
        return self.kind in ("markdown", "latex", "notebook")

    def once(self, name: str, state: object, compute: Callable[[], _Value]) -> _Value:
        """Return a value that is computed once for each state.

        Args:
            name: The name of the value.
            state: What the value depends on, such as the number of changes of the text.
            compute: Computes it.
        """
        found = self._values.get(name)
        if found is None or found[0] != state:
            found = self._values[name] = state, compute()
        return cast("_Value", found[1])

    def cited_keys(self) -> CitedKeys:
        """Return the keys that it cites.

        Raises:
            FormatError: PyYAML is not installed, and the document has metadata.
        """
        syntax = self.syntax
        if syntax is None:
            return CitedKeys()
        return self.once("cited", self.text.changes, lambda: syntax.cited_keys(self.text.plain))


class Documents:
    """The open documents by their addresses.

    Attributes:
        encoding: The units of positions that client and server have agreed on.
    """

    def __init__(self) -> None:
        self.encoding: Encoding = "utf-16"
        self._by_uri: dict[str, Document] = {}
        self._by_path: dict[Path, Document] = {}

    def __iter__(self) -> Iterator[Document]:
        return iter(list(self._by_uri.values()))

    def get(self, uri: str) -> Document | None:
        """Return an open document, None if it is not open."""
        return self._by_uri.get(uri)

    def at(self, path: Path) -> Document | None:
        """Return the open document of a path, None if it is not open."""
        return self._by_path.get(path)

    def open(self, uri: str, path: Path, language: str, text: str, version: int) -> Document:
        """Add a document that was opened."""
        document = Document(
            uri,
            path,
            kind_of(path, language),
            Text(text, version),
            is_myst=language == "myst" or project_file(path) is not None,
        )
        self._by_uri[uri] = document
        self._by_path[path] = document
        return document

    def close(self, uri: str) -> Document | None:
        """Remove a document that was closed, and return it."""
        document = self._by_uri.pop(uri, None)
        if document is not None:
            self._by_path.pop(document.path, None)
        return document

    def place(self, document: Document, line: int, units: int) -> Place:
        """Return the place of a position of the protocol."""
        return document.text.place(line, units, self.encoding)
