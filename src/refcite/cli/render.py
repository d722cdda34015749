"""`refcite render`: documents with formatted citations."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from refcite.cli.input import STANDARD_INPUT, STANDARD_INPUT_NAME, standard_input, unread
from refcite.cli.report import report
from refcite.cli.terminal import echo_document
from refcite.documents import Rendered, render
from refcite.documents.metadata import settings_of
from refcite.documents.syntaxes import find_syntax, syntax_of_document
from refcite.formats.files import decode, read_source
from refcite.formats.output import write_file
from refcite.library import Library
from refcite.problems import InputError, Problem, Severity

__all__ = ["render_file", "watched_files"]

_GUESSES: Final = frozenset({"guessed-syntax", "guessed-bibliography"})


def render_file(
    file: str,
    *,
    output: str | None,
    bibliography: Sequence[str],
    style: str | None,
    locale: str | None,
    syntax: str | None,
    looks_up: bool = False,
) -> bool:
    """Format the citations of a document; return whether there was an error.

    Args:
        file: Path of the document, or `-` for standard input.
        output: Path of the file to write, None for standard output.
        bibliography: Bibliography files, used if the document names none.
        style: The style, used if the document names none.
        locale: The language, used if the document names none.
        syntax: The syntax; None to choose it by the file extension and the text.
        looks_up: Whether works are looked up by their DOIs.
    """
    try:
        text, problems = _read(file)
    except InputError as error:
        return report([unread(file, error)])
    chosen = _syntax(file, text, syntax, problems)
    if looks_up and chosen != "myst":
        problems.append(
            Problem(
                severity=Severity.WARNING,
                code="unused-option",
                message=f"--lookup has no effect in documents of the syntax {chosen!r}",
            )
        )
    rendered: Rendered = render(
        text,
        style=style,
        syntax=chosen,
        locale=locale,
        bibliography=bibliography,
        file=None if file == STANDARD_INPUT else file,
        lookup=_look_up if looks_up else None,
    )
    problems += rendered.problems
    # What was guessed is printed, other problems of severity info are not.
    report([one for one in problems if one.code in _GUESSES], everything=True)
    failed = report([one for one in problems if one.code not in _GUESSES])
    if output is None:
        echo_document([rendered.text])
    else:
        write_file(Path(output), [rendered.text])
    return failed


def _look_up(dois: Sequence[str]) -> Library:
    from refcite.web import lookup

    return lookup(dois)


def _syntax(file: str, text: str, syntax: str | None, problems: list[Problem]) -> str:
    if syntax is not None:
        return syntax
    name = None if file == STANDARD_INPUT else file
    told: list[Problem] = []
    found = syntax_of_document(name, text, told, otherwise="markdown", renders=True)
    problems += (
        one.replace(
            file=name or STANDARD_INPUT_NAME,
            hint="`--syntax markdown` reads it as pandoc's Markdown",
        )
        for one in told
    )
    return found.name


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
        syntax: The syntax; None to choose it by the file extension and the text.
    """
    paths = [Path(file)]
    try:
        text, _ = _read(file)
    except InputError:
        return [*paths, *map(Path, bibliography)]
    module = find_syntax(_syntax(file, text, syntax, [])).load()
    settings = settings_of(module.read(text).metadata, Path(file).parent)
    files = settings.bibliography or tuple(map(Path, bibliography))
    if not files and hasattr(module, "project_metadata"):
        files = settings_of(module.project_metadata(Path(file), [])).bibliography
    paths += files
    if settings.style is not None and Path(settings.style).is_file():
        paths.append(Path(settings.style))
    return paths
