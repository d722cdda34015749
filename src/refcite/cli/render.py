"""`refcite render`: documents with formatted citations."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from refcite.cli.input import STANDARD_INPUT, STANDARD_INPUT_NAME, standard_input, unread
from refcite.cli.report import report
from refcite.cli.terminal import echo_document
from refcite.documents import Rendered, guess_syntax, render
from refcite.documents.metadata import settings_of
from refcite.documents.syntaxes import find_syntax
from refcite.formats.files import decode, read_source
from refcite.formats.output import write_file
from refcite.problems import InputError, Problem

__all__ = ["render_file", "watched_files"]


def render_file(
    file: str,
    *,
    output: str | None,
    bibliography: Sequence[str],
    style: str | None,
    locale: str | None,
    syntax: str | None,
) -> bool:
    """Format the citations of a document; return whether there was an error.

    Args:
        file: Path of the document, or `-` for standard input.
        output: Path of the file to write, None for standard output.
        bibliography: Bibliography files, used if the document names none.
        style: The style, used if the document names none.
        locale: The language, used if the document names none.
        syntax: The syntax; None to choose it by the file extension.
    """
    try:
        text, problems = _read(file)
    except InputError as error:
        return report([unread(file, error)])
    rendered: Rendered = render(
        text,
        style=style,
        syntax=_syntax(file, syntax),
        locale=locale,
        bibliography=bibliography,
        file=None if file == STANDARD_INPUT else file,
    )
    failed = report([*problems, *rendered.problems])
    if output is None:
        echo_document([rendered.text])
    else:
        write_file(Path(output), [rendered.text])
    return failed


def _syntax(file: str, syntax: str | None) -> str:
    if syntax is not None:
        return syntax
    guessed = guess_syntax(file)
    return "markdown" if guessed is None else guessed.name


def _read(file: str) -> tuple[str, list[Problem]]:
    name = STANDARD_INPUT_NAME if file == STANDARD_INPUT else file
    data = standard_input().read() if file == STANDARD_INPUT else read_source(Path(file))
    text, problems = decode(data)
    return text, [problem.replace(file=name) for problem in problems]


def watched_files(file: str, bibliography: Sequence[str], syntax: str | None) -> list[Path]:
    """Return the files on which a rendered document depends.

    Args:
        file: Path of the document.
        bibliography: Bibliography files of the command.
        syntax: The syntax; None to choose it by the file extension.
    """
    paths = [Path(file)]
    try:
        text, _ = _read(file)
    except InputError:
        return [*paths, *map(Path, bibliography)]
    document = find_syntax(_syntax(file, syntax)).load().read(text)
    settings = settings_of(document.metadata, Path(file).parent)
    paths += settings.bibliography or map(Path, bibliography)
    if settings.style is not None and Path(settings.style).is_file():
        paths.append(Path(settings.style))
    return paths
