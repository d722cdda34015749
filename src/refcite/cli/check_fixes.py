"""`refcite check --fix`: repair the problems of references, or show the repairs."""

from __future__ import annotations

import stat
from collections.abc import Iterator, Sequence
from difflib import unified_diff
from pathlib import Path

import click

from refcite.cli.check_settings import CommandLine, Settings, settings_of
from refcite.cli.report import report
from refcite.cli.terminal import Line, echo, printable
from refcite.collection.checks import Fixed, fix_text
from refcite.formats import guess_format
from refcite.formats.files import utf_8_text
from refcite.formats.output import changing
from refcite.formats.registry import get_format
from refcite.problems import InputError, Problem, RefciteError

__all__ = ["fix_files", "show_fixes"]


def fix_files(files: tuple[str, ...], source: str | None, given: CommandLine) -> None:
    """Make the repairs in files, and print them to standard error."""
    for file in files:
        settings = settings_of(file, given)
        try:
            repaired = _fix(file, source, settings)
        except RefciteError as error:
            message = str(error).removeprefix(f"{file}: ")
            click.echo(f"{printable(file)}: not repaired: {message}", err=True)
            continue
        report((problem.replace(file=file) for problem in repaired), everything=True)


def show_fixes(files: tuple[str, ...], source: str | None, given: CommandLine) -> bool:
    """Print the repairs of files as a unified diff; return whether there are any."""
    is_changed = False
    for file in files:
        settings = settings_of(file, given)
        try:
            text = utf_8_text(Path(file).read_bytes())
        except (OSError, ValueError) as error:
            click.echo(f"{printable(file)}: it cannot be read: {error}", err=True)
            continue
        except RefciteError as error:
            click.echo(f"{printable(file)}: not repaired: {error}", err=True)
            continue
        fixed = _fixed(text, file, source, settings)
        if fixed is None or fixed.text == text:
            continue
        is_changed = True
        echo(_diff(text, fixed.text, file))
    return is_changed


def _diff(before: str, after: str, file: str) -> Iterator[Line]:
    styles = {"+": "green", "-": "red", "@": "cyan"}
    lines = unified_diff(
        before.splitlines(), after.splitlines(), f"a/{file}", f"b/{file}", lineterm=""
    )
    for line in lines:
        yield ((printable(line), styles.get(line[:1], "")),)


def _fix(file: str, source: str | None, settings: Settings) -> Sequence[Problem]:
    path = Path(file)
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
            raise InputError("it is a pipe or a device, whose contents cannot be changed")
        data = path.read_bytes()
    except (OSError, ValueError):
        return []  # the reader reports the problem
    fixed = _repaired(data, file, source, settings)
    if fixed is None:
        return []
    with changing(path) as change:
        if change.data != data:  # it was changed meanwhile
            fixed = _repaired(change.data or b"", file, source, settings)
        if fixed is not None:
            change.write(fixed.text)
    return fixed.repairs if fixed is not None else []


def _repaired(data: bytes, file: str, source: str | None, settings: Settings) -> Fixed | None:
    """Return the repaired text with the repairs, or None if nothing is repaired."""
    text = utf_8_text(data)
    fixed = _fixed(text, file, source, settings)
    return fixed if fixed is not None and fixed.text != text else None


def _fixed(text: str, file: str, source: str | None, settings: Settings) -> Fixed | None:
    if not text.strip():
        return None  # the reader reports that it is empty
    found = get_format(source) if source else guess_format(text, file)
    return fix_text(text, found, settings.checks, unsafe=settings.unsafe_fixes)
