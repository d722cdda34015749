"""The settings of the project that a MyST document belongs to: the file `myst.yml`.

Source: the guide of mystmd, "Citations and Bibliography": without the key `bibliography`, the
BibTeX files of the project's folder are used.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from refcite.formats import yamltext
from refcite.formats.files import decode, read_source
from refcite.problems import InputError, Problem, Severity

__all__ = ["is_address", "project_file", "project_metadata"]

_NAME: Final = "myst.yml"


def project_file(file: Path) -> Path | None:
    """Return the file `myst.yml` in the folder of a document or in one above it.

    Args:
        file: Path of the document.
    """
    try:
        folder = file.resolve().parent
        return next(
            (one / _NAME for one in (folder, *folder.parents) if (one / _NAME).is_file()), None
        )
    except (OSError, ValueError):
        return None


def project_metadata(file: Path, problems: list[Problem]) -> dict[str, Any]:
    """Return the metadata that a document has from its project, with paths that can be opened.

    Args:
        file: Path of the document.
        problems: List to which problems are added.

    Raises:
        FormatError: PyYAML is not installed, and there is a project.
    """
    project = project_file(file)
    if project is None:
        return {}
    own: list[Problem] = []
    named: list[str] = []
    try:
        text, _ = decode(read_source(project))
        found = yamltext.plain(yamltext.mapping(text, own)).get("project")
    except InputError as error:
        found = None
        own.append(Problem(severity=Severity.WARNING, code="unreadable-input", message=str(error)))
    problems += (one.replace(file=str(project)) for one in own)
    if isinstance(found, dict):
        value = found.get("bibliography")
        named = [str(one) for one in (value if isinstance(value, list) else [value]) if one]
    if not named:
        named = sorted(path.name for path in project.parent.glob("*.bib"))
        if named:
            problems.append(
                Problem(
                    severity=Severity.INFO,
                    code="guessed-bibliography",
                    message="no bibliography file is named; the BibTeX files of the project are"
                    f" read: {', '.join(named)}",
                    file=str(project),
                )
            )
    return {
        "bibliography": [one if is_address(one) else str(project.parent / one) for one in named]
    }


def is_address(path: str) -> bool:
    """Return whether a bibliography file is on the web.

    Example:
        >>> is_address("https://example.org/refs.bib"), is_address("refs.bib")
        (True, False)
    """
    return urlsplit(path).scheme in ("http", "https")
