"""Whether a document with the extension `.md` is written in MyST."""

from __future__ import annotations

import re
from pathlib import Path, PurePath
from typing import Final

from refcite.documents.myst.document import MystDocument
from refcite.documents.myst.inlines import RoleCitation
from refcite.documents.myst.project import project_file

__all__ = ["reason_for_myst"]

_ROLE: Final = re.compile(r"\{[ \t]*cite[:\w]*[^{}\n]*\}`")
_BIBLIOGRAPHY: Final = re.compile(r"^[ \t]*(?:`{3,}|:{3,})[ \t]*\{bibliography\}", re.MULTILINE)
_NOTEBOOK: Final = re.compile(r"^[ \t]*format_name:[ \t]*[\"']?([\w-]+)", re.MULTILINE)
"""The form of a notebook that Jupytext writes, which need not be MyST."""
_KERNEL: Final = re.compile(r"^kernelspec:", re.MULTILINE)
_OF_NOTEBOOK: Final = "its metadata are those of a notebook in MyST"


def reason_for_myst(text: str, file: PurePath | None) -> str | None:
    """Return why a document is in MyST; None if nothing shows it.

    Args:
        text: The document.
        file: Its path, None if it is not known.

    Example:
        >>> reason_for_myst("See {cite:t}`smith2001`.", None)
        'it has the role {cite:t}'
        >>> reason_for_myst("See `{cite:t}` and @smith2001.", None)
    """
    if (role := _role_in(text)) is not None:
        return f"it has the role {role}"
    if _BIBLIOGRAPHY.search(text) is not None:
        return "it has the directive {bibliography}"
    if text.startswith("---"):
        metadata = text[: text.find("\n---", 3)]
        form = _NOTEBOOK.search(metadata)
        if form is not None and form[1] == "myst":
            return _OF_NOTEBOOK
        if form is None and _KERNEL.search(metadata) is not None:
            return _OF_NOTEBOOK
    project = None if file is None else project_file(Path(file))
    return None if project is None else f"there is the file {project.name} in its project"


def _role_in(text: str) -> str | None:
    """Return a role for citations in running text, None if there is none."""
    if _ROLE.search(text) is None:
        return None
    found = (one for one in MystDocument(text).all_citations() if isinstance(one, RoleCitation))
    first = next(found, None)
    return None if first is None else f"{{{first.role}}}"
