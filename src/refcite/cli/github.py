"""Problems as workflow commands, which GitHub Actions shows next to the lines of a pull request."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from refcite.cli.input import STANDARD_INPUT_NAME
from refcite.problems import Problem, Severity

__all__ = ["as_workflow_commands"]

_COMMANDS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_IN_MESSAGES: Final = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_PROPERTIES: Final = {**_IN_MESSAGES, ":": "%3A", ",": "%2C"}


def as_workflow_commands(problems: Iterable[Problem], root: Path) -> Iterator[str]:
    """Yield a line for each problem.

    Args:
        problems: The problems. Standard input is not a file: for its problems, the line is in the
            message.
        root: The folder of the repository, to which the paths are relative.

    Source:
        GitHub Docs, "Workflow commands for GitHub Actions".

    Example:
        >>> problem = Problem(severity=Severity.ERROR, code="missing-comma",
        ...                   message="a comma is missing", file="a.bib", line=3, column=2)
        >>> print(*as_workflow_commands([problem], Path.cwd()))
        ::error file=a.bib,line=3,col=2,title=missing-comma::a comma is missing
    """
    for one in problems:
        is_in_file = one.file is not None and one.file != STANDARD_INPUT_NAME
        values = {
            "file": _relative(one.file, root) if one.file is not None and is_in_file else None,
            "line": one.line if is_in_file else None,
            "col": one.column if is_in_file and one.line else None,
            "title": one.code,
        }
        given = ",".join(
            f"{name}={_escaped(str(value), _IN_PROPERTIES)}"
            for name, value in values.items()
            if value is not None
        )
        place = f"line {one.line}: " if one.line and not is_in_file else ""
        hint = f"; {one.hint}" if one.hint else ""
        message = _escaped(f"{place}{one.message}{hint}", _IN_MESSAGES)
        yield f"::{_COMMANDS[one.severity]} {given}::{message}"


def _relative(file: str, root: Path) -> str:
    path = Path(os.path.abspath(file))  # noqa: PTH100 - resolve() would follow links
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def _escaped(text: str, signs: dict[str, str]) -> str:
    return "".join(signs.get(sign, sign) for sign in text)
