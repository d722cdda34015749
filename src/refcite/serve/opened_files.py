"""The files that are named when the page is started."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from attrs import frozen

from refcite.formats.archives import unpack
from refcite.formats.files import decode, read_source
from refcite.problems import InputError, Problem

__all__ = ["OpenedFile", "open_files"]


@frozen
class OpenedFile:
    """A file.

    Attributes:
        name: Its name, different from those of the other files.
        text: Its text.
        problems: The problems of its decoding.
    """

    name: str
    text: str
    problems: tuple[Problem, ...]

    def shown(self) -> dict[str, Any]:
        """Return the values for the page."""
        from refcite.serve.results import shown_problem

        return {
            "name": self.name,
            "text": self.text,
            "problems": list(map(shown_problem, self.problems)),
        }


def open_files(paths: Iterable[str], limit: int) -> list[OpenedFile]:
    """Read files.

    Args:
        paths: Their paths.
        limit: The maximum size of their texts together, in bytes.

    Raises:
        InputError: A file cannot be read or is not text, or the texts are too large.
    """
    files: list[OpenedFile] = []
    names: set[str] = set()
    size = 0
    for path in paths:
        contents = read_source(path)
        problems: list[Problem] = []
        if isinstance(contents, bytes):
            contents, problems, _ = unpack(contents)
        text, more = decode(contents)
        size += len(text.encode(errors="replace"))
        if size > limit:
            raise InputError(
                f"{path}: the text is larger than the limit of the page; set a higher --limit, or"
                " use refcite dedupe and refcite cite, which have no limit"
            )
        files.append(OpenedFile(_free(Path(path).name, names), text, (*problems, *more)))
    return files


def _free(name: str, names: set[str]) -> str:
    """Return a name that no other file has, and add it to the names."""
    free, number = name, 1
    while free in names:
        number += 1
        free = f"{name} ({number})"
    names.add(free)
    return free
