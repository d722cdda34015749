"""`refcite styles --check`: report the problems of styles and locale files."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from refcite.cli.check import counted
from refcite.cli.input import STANDARD_INPUT, STANDARD_INPUT_NAME
from refcite.cli.report import report
from refcite.cli.terminal import echo, printable
from refcite.csl import check_style
from refcite.problems import Problem, Severity, StyleError

__all__ = ["check_styles"]


def check_styles(files: Iterable[str]) -> bool:
    """Print the problems of styles and locale files; return whether one cannot be used.

    Problems are printed to standard error, and their counts to standard output.

    Args:
        files: Paths, or ids of styles; `-` is standard input.
    """
    failed = False
    for file in files:
        problems = _problems_of(file)
        failed |= report(problems, everything=True, quoted=True)
        separated = [piece for count in counted(problems) for piece in (", ", count)]
        echo([(f"{printable(file)}: ", *(separated[1:] or ["no problems"]))])
    return failed


def _problems_of(file: str) -> list[Problem]:
    try:
        if file == STANDARD_INPUT:
            found = check_style(sys.stdin.buffer.read())
            return [problem.replace(file=STANDARD_INPUT_NAME) for problem in found]
        return list(check_style(file))
    except StyleError as error:
        message, _, hint = str(error).removeprefix(f"{file}: ").partition("; ")
        return [
            Problem(
                severity=Severity.ERROR,
                code="not-a-style",
                message=message,
                hint=hint or "name a .csl file, a locale file or the id of a style",
                file=file,
            )
        ]
