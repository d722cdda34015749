"""The syntaxes of documents: found by name, or by the extension of a file.

A syntax is one module, which is imported when a document in it is read. It has these functions:

- `cited_keys(text) -> CitedKeys`: the keys with their places. Every syntax has it.
- `spelled(key) -> str`: a key as it is written at such a place. Syntaxes whose keys can be renamed
  have it.
- `read(text) -> ReadDocument`: the document for `refcite.render`. Only syntaxes that can be
  rendered have it.
- `project_metadata(file, problems) -> dict`: the metadata of the project that a document belongs
  to. Only syntaxes with projects have it.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import PurePath
from types import ModuleType
from typing import Final

from attrs import frozen

from refcite.documents.clusters import CitedKeys
from refcite.problems import (
    FormatError,
    Problem,
    Severity,
    UnknownFormatError,
    near_matches,
)

__all__ = [
    "SYNTAXES",
    "Syntax",
    "find_syntax",
    "guess_syntax",
    "syntax_of_document",
    "syntax_of_file",
]


@frozen(kw_only=True)
class Syntax:
    """A syntax of documents.

    Attributes:
        name: Its name, such as `markdown`.
        extensions: The extensions of its files.
        module: The name of the module that reads it.
        can_render: Whether `refcite.render` supports it.

    Example:
        >>> from refcite.documents import find_syntax
        >>> find_syntax("latex").extensions
        ('.tex', '.ltx')
    """

    name: str
    extensions: tuple[str, ...]
    module: str
    can_render: bool = False

    def load(self) -> ModuleType:
        """Return the module.

        Example:
            >>> from refcite.documents import find_syntax
            >>> find_syntax("latex").load().__name__
            'refcite.documents.latex'
        """
        return import_module(self.module)

    def cited_keys(self, text: str) -> CitedKeys:
        """Return the keys that a document uses.

        Args:
            text: The document.

        Example:
            >>> from refcite.documents import find_syntax
            >>> [one.key for one in find_syntax("markdown").cited_keys("As @a says [@b].").keys]
            ['a', 'b']
        """
        found: CitedKeys = self.load().cited_keys(text)
        return found

    def spelled(self, key: str) -> str:
        """Return a key as the syntax writes it.

        Args:
            key: The key.

        Raises:
            FormatError: The keys of this syntax cannot be renamed, or it cannot write this key.

        Example:
            >>> from refcite.documents import find_syntax
            >>> find_syntax("markdown").spelled("https://example.org/")
            '{https://example.org/}'
        """
        module = self.load()
        if not hasattr(module, "spelled"):
            raise FormatError(f"keys in documents of the syntax {self.name!r} cannot be renamed")
        found: str = module.spelled(key)
        return found


SYNTAXES: Final = (
    Syntax(
        name="markdown",
        extensions=(".md", ".markdown", ".qmd", ".rmd", ".pandoc"),
        module="refcite.documents.markdown",
        can_render=True,
    ),
    Syntax(
        name="notebook",
        extensions=(".ipynb",),
        module="refcite.documents.notebook",
        can_render=True,
    ),
    Syntax(name="myst", extensions=(), module="refcite.documents.myst", can_render=True),
    Syntax(name="mkdocs", extensions=(), module="refcite.documents.pages.keys"),
    Syntax(name="latex", extensions=(".tex", ".ltx"), module="refcite.documents.latex"),
)
"""The syntaxes."""
_SHARED_EXTENSIONS: Final = frozenset({".md", ".markdown"})
"""The extensions that several kinds of Markdown have."""


def find_syntax(name: str) -> Syntax:
    """Return the syntax of a name.

    Args:
        name: The name, such as `markdown`, in any case.

    Raises:
        UnknownFormatError: There is no such syntax; the message names similar ones.

    Example:
        >>> from refcite.documents import find_syntax
        >>> find_syntax("markdown").extensions[0]
        '.md'
    """
    for syntax in SYNTAXES:
        if syntax.name == name.lower():
            return syntax
    names = [syntax.name for syntax in SYNTAXES]
    near = near_matches(name, names) or f"; use one of {', '.join(names)}"
    raise UnknownFormatError(f"there is no syntax of documents {name!r}{near}")


def guess_syntax(file: str) -> Syntax | None:
    """Return the syntax of a file's extension, None for other extensions.

    Args:
        file: The name of a file, or its path.

    Example:
        >>> from refcite.documents import guess_syntax
        >>> guess_syntax("paper.QMD").name, guess_syntax("refs.bib")
        ('markdown', None)
    """
    extension = PurePath(file).suffix.lower()
    return next((syntax for syntax in SYNTAXES if extension in syntax.extensions), None)


def syntax_of_file(file: str) -> Syntax:
    """Return the syntax of a file's extension.

    Raises:
        UnknownFormatError: No syntax has this extension.

    Example:
        >>> syntax_of_file("paper.md").name
        'markdown'
    """
    found = guess_syntax(file)
    if found is None:
        known = ", ".join(end for syntax in SYNTAXES for end in syntax.extensions)
        raise UnknownFormatError(f"the file extension of {file} is that of no document: {known}")
    return found


def syntax_of_document(
    file: str | None,
    text: str,
    problems: list[Problem],
    *,
    otherwise: str | None = None,
    renders: bool = False,
) -> Syntax:
    """Return the syntax of a document: that of its file extension, or another that it shows.

    The extension `.md` is that of pandoc's Markdown, of MyST and of the pages of MkDocs. A guess is
    reported.

    Args:
        file: The name of the file, or its path; None if the document has none.
        text: The document.
        problems: List to which the guess is added.
        otherwise: The name of the syntax if no syntax has the extension.
        renders: Whether only syntaxes that can be rendered are considered.

    Raises:
        UnknownFormatError: No syntax has this extension, and there is no other.

    Example:
        >>> told = []
        >>> syntax_of_document("paper.md", "See {cite:p}`smith2001`.", told).name
        'myst'
        >>> print(told[0].message)
        the document is read as MyST, because it has the role {cite:p}
    """
    found = None if file is None else guess_syntax(file)
    if found is None:
        if otherwise is None:
            return syntax_of_file(file or "")
        found = find_syntax(otherwise)
    if found.name != "markdown":
        return found
    path = None if file is None else PurePath(file)
    if path is not None and path.suffix.lower() not in _SHARED_EXTENSIONS:
        return found
    from refcite.documents.myst.detection import reason_for_myst
    from refcite.documents.pages.keys import reason_for_mkdocs

    reason = reason_for_myst(text, path)
    if reason is not None:
        problems.append(_guess("MyST", reason))
        return find_syntax("myst")
    reason = None if renders else reason_for_mkdocs(path)
    if reason is not None:
        problems.append(_guess("a page of MkDocs", reason))
        return find_syntax("mkdocs")
    return found


def _guess(name: str, reason: str) -> Problem:
    return Problem(
        severity=Severity.INFO,
        code="guessed-syntax",
        message=f"the document is read as {name}, because {reason}",
    )
