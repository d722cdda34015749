"""`refcite check`: report the problems of references, and repair them if that is safe."""

from __future__ import annotations

import json
import stat
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from refcite.cli.input import read_files
from refcite.cli.report import STYLES, report
from refcite.cli.terminal import Piece, echo, echo_document, printable
from refcite.codes import CODES
from refcite.formats import guess_format
from refcite.formats.base import Format
from refcite.formats.files import utf_8_text
from refcite.formats.output import changing
from refcite.formats.registry import get_format
from refcite.library import Library
from refcite.problems import InputError, Problem, RefciteError, Severity, near_matches
from refcite.record import Record
from refcite.union import Union

if TYPE_CHECKING:
    from refcite.collection.choice import Choice

__all__ = ["check_files", "counted", "explain", "fix_files"]

Checked = list[tuple[str, Library]]


# Explaining


def explain(ctx: click.Context, param: click.Parameter, code: str | None) -> None:
    """Print the meaning of a code and end the command."""
    if code is None or ctx.resilient_parsing:
        return
    known = CODES.get(code)
    if known is None:
        near = near_matches(code, CODES) or f"; use one of {', '.join(sorted(CODES))}"
        raise click.BadParameter(f"there is no code {code!r}{near}", ctx, param)
    click.echo(str(known))
    ctx.exit()


# Checking


def check_files(
    files: tuple[str, ...],
    source: str | None,
    output: str,
    choice: Choice | None = None,
    **options: Any,
) -> bool:
    """Print the problems of files; return whether a part could not be read.

    An id that is used for different works in several files is reported with the later one.

    Args:
        files: Paths; `-` is standard input.
        source: A format's name, or None to detect it from the files.
        output: `text` (problems to standard error, counts to standard output), `json` or `sarif`.
        choice: The records whose problems are printed; None for all.
        **options: The options of the readers.
    """
    checked: Checked = []
    failed = False
    union = Union()
    everything: list[Record] = []
    for number, file in enumerate(files):
        library, file_failed = read_files((file,), source, quiet=True, **options)
        failed |= file_failed
        if len(files) > 1:
            union.survey(number, library, is_keyed=library.is_keyed)
            library.problems += union.problems(number, library)
        if choice is not None:
            everything += library
            library = choice.applied(library)
        if output == "text":
            report(library.problems, everything=True, quoted=True)
        checked.append((file, library))
        if output == "text":
            records = _count(len(library), "record")
            separated = (piece for count in counted(library.problems) for piece in (", ", count))
            echo([(f"{printable(file)}: ", records, *separated)])
    if choice is not None and everything:
        choice.check(everything)
    if output != "text":
        document = _OUTPUTS[output](checked)
        echo_document([json.dumps(document, indent=2, ensure_ascii=False), "\n"])
    return failed


def counted(problems: Iterable[Problem]) -> Iterator[Piece]:
    """Yield the number of problems of each severity."""
    counts = Counter(problem.severity for problem in problems)
    for severity in Severity:
        if counts[severity]:
            yield _count(counts[severity], severity.value), STYLES[severity]


def _count(count: int, name: str) -> str:
    return f"{count} {name}{'s' * (count != 1 and name != 'info')}"


def _as_json(checked: Checked) -> dict[str, Any]:
    return {
        "files": [
            {
                "file": file,
                "records": len(library),
                "problems": [_problem_as_json(problem) for problem in library.problems],
            }
            for file, library in checked
        ]
    }


def _problem_as_json(problem: Problem) -> dict[str, Any]:
    names = ("severity", "code", "message", "line", "column", "hint", "key")
    values = {name: getattr(problem, name) for name in names}
    return {name: value for name, value in values.items() if value is not None}


def _as_sarif(checked: Checked) -> dict[str, Any]:
    from refcite.cli.sarif import as_sarif, root_of

    problems = (problem for _, library in checked for problem in library.problems)
    return as_sarif(problems, root_of(Path.cwd()))


_OUTPUTS: dict[str, Callable[[Checked], dict[str, Any]]] = {"json": _as_json, "sarif": _as_sarif}


# Repairing


def fix_files(files: tuple[str, ...], source: str | None) -> None:
    """Make the safe repairs in files, and print them to standard error."""
    for file in files:
        try:
            repaired = _fix(file, source)
        except RefciteError as error:
            message = str(error).removeprefix(f"{file}: ")
            click.echo(f"{printable(file)}: not repaired: {message}", err=True)
            continue
        report((problem.replace(file=file) for problem in repaired), everything=True)


def _fix(file: str, source: str | None) -> list[Problem]:
    path = Path(file)
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
            raise InputError("it is a pipe or a device, whose contents cannot be changed")
        data = path.read_bytes()
    except (OSError, ValueError):
        return []  # the reader reports the problem
    new, repaired = _repaired(data, file, source)
    if new is None:
        return repaired
    with changing(path) as change:
        if change.data != data:  # it was changed meanwhile
            new, repaired = _repaired(change.data or b"", file, source)
        if new is not None:
            change.write(new)
    return repaired


def _repaired(data: bytes, file: str, source: str | None) -> tuple[str | None, list[Problem]]:
    """Return the repaired text, or None if nothing is repaired, and the repairs."""
    text = utf_8_text(data)
    if not text.strip():
        return None, []  # the reader reports that it is empty
    fixer = _fixer(get_format(source) if source else guess_format(text, file))
    if fixer is None:
        return None, []
    new, repaired = fixer(text)
    return (new if new != text else None), repaired


def _fixer(found: Format) -> Callable[[str], tuple[str, list[Problem]]] | None:
    fixer: Callable[[str], tuple[str, list[Problem]]] | None = getattr(
        import_module(found.module), "fix", None
    )
    return fixer
