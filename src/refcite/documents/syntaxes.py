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
from refcite.problems import FormatError, UnknownFormatError, near_matches

__all__ = ["SYNTAXES", "Syntax", "find_syntax", "guess_syntax", "syntax_of_file"]


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
    Syntax(name="latex", extensions=(".tex", ".ltx"), module="refcite.documents.latex"),
)
"""The syntaxes."""


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
