"""Options of several commands: for styles, and for the readers and writers of formats."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, TypeVar

import click

from refcite.cli.complete import (
    complete_formats,
    complete_locales,
    complete_options,
    complete_styles,
)

__all__ = [
    "LAYOUTS",
    "OutputKind",
    "in_style",
    "input_files",
    "input_format",
    "output_file",
    "output_format",
    "reading",
    "writing",
]

_C = TypeVar("_C", bound=Callable[..., Any])

input_files = click.argument(
    "files", nargs=-1, required=True, metavar="FILE...", type=click.Path(allow_dash=True)
)
input_format = click.option(
    "-f",
    "--from",
    "source",
    metavar="FORMAT",
    shell_complete=complete_formats,
    help="Format of the input; by default detected from its file extension or contents.",
)


def output_file(text: str, *, metavar: str = "OUT") -> Callable[[_C], _C]:
    """Return the option for the file to write, `-o` or `--output`; text is its description."""
    kind = click.Path(dir_okay=False, readable=False, allow_dash=True)
    return click.option("-o", "--output", metavar=metavar, type=kind, help=text)


output_format = click.option(
    "-t",
    "--to",
    "target",
    metavar="FORMAT",
    shell_complete=complete_formats,
    help="Format of the output; by default according to the file extension of OUT.",
)

LAYOUTS: Final[dict[str, dict[str, bool]]] = {
    "aligned": {"align": True},
    "plain": {"align": False},
    "compact": {"compact": True},
}
"""Layouts of BibTeX entries, with the writer's options for each."""

_READING: Final = (
    click.option(
        "--day-first/--month-first",
        default=None,
        help="Order of day and month in a date such as 01/02/2017; by default the date is reported"
        " and kept unchanged.",
    ),
    click.option(
        "--note-fields",
        is_flag=True,
        default=None,
        help="Read lines of notes such as `original-date: 1925` as fields (CSL-JSON, CSL-YAML).",
    ),
)
_WRITING: Final = (
    click.option(
        "--key-pattern",
        metavar="PATTERN",
        help="Pattern of the keys of BibTeX entries, such as {author}{year}{title:2};"
        " by default the keys are kept.",
    ),
    click.option(
        "--ascii/--unicode",
        default=None,
        help="Write non-ASCII letters in BibTeX as LaTeX commands; by default they are kept.",
    ),
    click.option(
        "--layout",
        type=click.Choice(list(LAYOUTS)),
        help="Format all BibTeX entries: values in one column, not in one column, or one line per"
        " entry; by default entries that were read from BibTeX keep their format.",
    ),
    click.option(
        "--indent",
        type=click.IntRange(0, 16),
        metavar="N",
        help="Indent CSL-JSON by N spaces; by default one record per line.",
    ),
    click.option(
        "-O",
        "--option",
        "named",
        multiple=True,
        metavar="NAME=VALUE",
        shell_complete=complete_options,
        help="Another option of the output format, or of the input format"
        " (`refcite formats FORMAT` lists them); may be repeated.",
    ),
)


class OutputKind(click.Choice[str]):
    """The output format of a command; if a file is named instead, the message explains the use.

    Args:
        choices: The formats.
        file_option: The option of the command that names a file, if it has one.
    """

    def __init__(self, choices: Sequence[str], file_option: str | None = None) -> None:
        super().__init__(choices)
        self._file_option = file_option

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:
        """Return the message about a value that is not one of the choices."""
        message = super().get_invalid_choice_message(value, ctx)
        ending = str(value).rpartition(".")[2]
        if "." not in str(value):
            return message
        if self._file_option is not None:
            return f"{message} To write a file: {self._file_option} {value}"
        kind = ending if ending in self.choices else "KIND"
        return f"{message} To write a file: --output {kind} > {value}"


def in_style(default: str) -> Callable[[_C], _C]:
    """Return a decorator that adds the options of a processor to a command.

    Args:
        default: The id of the default style.
    """
    options: tuple[Callable[[_C], _C], ...] = (
        click.option(
            "-s",
            "--style",
            default=default,
            show_default=True,
            shell_complete=complete_styles,
            help="A CSL style: an id (`refcite styles` lists them) or the path of a .csl file.",
        ),
        click.option(
            "-l",
            "--locale",
            metavar="TAG",
            shell_complete=complete_locales,
            help="Locale, such as fr-FR.",
        ),
        click.option(
            "--repeat-publisher",
            is_flag=True,
            help="Print a publisher that is also the only author.",
        ),
        click.option(
            "--derive-short-titles/--no-derive-short-titles",
            default=True,
            help="Derive short titles from titles, where citations print them.",
        ),
        click.option(
            "--manual-wording/--no-manual-wording",
            default=None,
            help="Use the words of the style's manual for kinds of theses and for publishers; by"
            " default not with --repeat-publisher.",
        ),
    )
    return lambda command: _with(command, options)


def reading(command: _C) -> _C:
    """Add the options of readers to a command."""
    return _with(command, _READING)


def writing(command: _C) -> _C:
    """Add the options of writers to a command."""
    return _with(command, _WRITING)


def _with(command: _C, options: Iterable[Callable[[_C], _C]]) -> _C:
    for option in reversed(tuple(options)):
        command = option(command)
    return command
