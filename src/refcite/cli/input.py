"""Read the files named in a command, and report their problems."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from refcite.cli.progress import Progress
from refcite.cli.report import are_incomplete, report
from refcite.problems import InputError, Problem, Severity, UnknownFormatError

if TYPE_CHECKING:
    from refcite.collection.choice import Choice
    from refcite.library import Library

__all__ = [
    "STANDARD_INPUT",
    "STANDARD_INPUT_NAME",
    "STANDARD_OUTPUT",
    "read_files",
    "standard_input",
    "unread",
]

STANDARD_INPUT = "-"
"""The path that represents standard input."""
STANDARD_OUTPUT = "-"
"""The path that represents standard output."""
STANDARD_INPUT_NAME = "<stdin>"
"""The name of standard input in problems."""


def read_files(
    files: Iterable[str],
    source: str | None,
    *,
    everything: bool = False,
    quiet: bool = False,
    choice: Choice | None = None,
    **options: Any,
) -> tuple[Library, bool]:
    """Read files into one library and report their problems.

    Equal records of several files are read once, and clashing ids are changed.

    Args:
        files: Paths; `-` is standard input.
        source: A format's name, or None to detect it from the files.
        everything: Also report problems of severity `info`, with the lines concerned.
        quiet: Print nothing; the problems are in the library.
        choice: The records to use; None for all.
        **options: The options of the readers.

    Returns:
        The chosen records of all files that could be read, and whether something could not.
    """
    from refcite.formats import get_format
    from refcite.formats.several import combined
    from refcite.library import Library

    if source:
        get_format(source)  # a wrong name is a wrong use, for any contents of the files
    libraries: list[Library] = []
    unreadable: list[Problem] = []
    for file in files:
        try:
            libraries.append(_read(file, source, **options))
        except (InputError, UnknownFormatError) as error:
            unreadable.append(unread(file, error))
    library = combined(libraries, **options) if libraries else Library()
    library.problems += unreadable
    failed = are_incomplete(library.problems)
    if choice is not None and (library or not failed):
        library = choice.of(library)
    if not quiet:
        report(library.problems, everything=everything, quoted=everything)
    return library, failed


def _read(file: str, source: str | None, **options: Any) -> Library:
    from refcite.formats import load, loads
    from refcite.formats.progress import listening

    with Progress(Path(file).name) as progress, listening(progress.update):
        if file == STANDARD_INPUT:
            return loads(standard_input().read(), source, file=STANDARD_INPUT_NAME, **options)
        return load(file, source, **options)


def standard_input() -> IO[bytes]:
    """Return standard input.

    Raises:
        InputError: The program was started without it (`<&-`).
    """
    if sys.stdin is None:
        raise InputError("standard input is closed; name a file, or open standard input")
    return sys.stdin.buffer


def unread(file: str, error: Exception) -> Problem:
    """Return the problem that a file cannot be read at all."""
    code = "unknown-format" if isinstance(error, UnknownFormatError) else "unreadable-input"
    name = STANDARD_INPUT_NAME if file == STANDARD_INPUT else file
    message = str(error).removeprefix(f"{name}: ")
    return Problem(severity=Severity.ERROR, code=code, message=message, file=name)
