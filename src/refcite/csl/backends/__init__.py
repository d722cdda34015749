"""Output formats of the citation processor.

A backend writes finished spans of text in one format and is independent of CSL. Each backend is a
separate module, which is imported when it is requested.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import PurePath
from typing import Final

from refcite.compression import inner_name
from refcite.csl.backends.base import Backend, BibliographyLayout, Page
from refcite.problems import RefciteError, near_matches

__all__ = [
    "BACKENDS",
    "EXTENSIONS",
    "Backend",
    "BibliographyLayout",
    "Page",
    "find_backend",
    "output_of",
]

_MODULES: Final = {
    "text": "plain",
    "html": "html",
    "markdown": "markdown",
    "rst": "rst",
    "latex": "latex",
    "typst": "typst",
    "rtf": "rtf",
    "docx": "docx",
}
_INTERNAL: Final = {"pandoc": "pandoc"}
"""Formats that only other programs read, so that users do not choose them."""

BACKENDS: Final = tuple(_MODULES)
"""The names of the output formats."""

EXTENSIONS: Final = {
    "text": ".txt",
    "html": ".html",
    "markdown": ".md",
    "rst": ".rst",
    "latex": ".tex",
    "typst": ".typ",
    "rtf": ".rtf",
    "docx": ".docx",
}
"""The usual file extension of each output format."""
_OTHER_EXTENSIONS: Final = {".htm": "html", ".markdown": "markdown"}


def output_of(name: str) -> str | None:
    """Return the output format of a file extension, or None if it has none.

    Args:
        name: A file name or path.

    Example:
        >>> output_of("refs.DOCX"), output_of("refs.bib")
        ('docx', None)
    """
    extension = PurePath(inner_name(name)).suffix.lower()
    known = {ending: output for output, ending in EXTENSIONS.items()} | _OTHER_EXTENSIONS
    return known.get(extension)


def find_backend(name: str) -> Backend:
    """Return the backend of an output format.

    Args:
        name: One of `BACKENDS`.

    Raises:
        RefciteError: There is no such format; the message names similar ones.

    Example:
        >>> find_backend("html").escape("Watson & Crick")
        'Watson &#38; Crick'
    """
    module = _MODULES.get(name) or _INTERNAL.get(name)
    if module is None:
        near = near_matches(name, BACKENDS) or f"; use one of {', '.join(BACKENDS)}"
        raise RefciteError(f"there is no output format {name!r}{near}")
    backend: Backend = import_module(f"refcite.csl.backends.{module}").BACKEND
    return backend
