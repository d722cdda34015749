"""`refcite tidy`: tidy BibTeX files, or show what would change."""

from __future__ import annotations

import csv
import io
import json
import stat
import sys
from collections.abc import Iterator, Mapping, Sequence
from difflib import unified_diff
from pathlib import Path
from typing import Any, Final

import click
from attrs import frozen

from refcite.cli.configuration import Kinds, configuration_of
from refcite.cli.input import STANDARD_INPUT
from refcite.cli.report import report
from refcite.cli.terminal import Line, echo, echo_document, printable
from refcite.collection.tidying import (
    STEPS,
    Tidied,
    TidySettings,
    read_journal_list,
    steps_of,
    tidy_with,
)
from refcite.documents.renaming import rename_keys
from refcite.documents.syntaxes import syntax_of_file
from refcite.formats import guess_format
from refcite.formats.files import decode, read_source, utf_8_text
from refcite.formats.output import changing, write_file
from refcite.formats.registry import get_format
from refcite.problems import InputError, RefciteError

__all__ = ["TidyCommand", "given_settings", "list_steps", "tidy_files"]

_KINDS: Final[Kinds] = {
    "select": list,
    "extend-select": list,
    "ignore": list,
    "indent": str,
    "align": bool,
    "delimiters": str,
    "bare-numbers": bool,
    "trailing-comma": bool,
    "wrap": int,
    "omit": list,
    "sort-fields": list,
    "sort": str,
    "keys": str,
    "title-case": str,
    "encoding": str,
    "dates": str,
    "journals": str,
    "journal-list": list,
    "max-authors": int,
}


@frozen(kw_only=True)
class TidyCommand:
    """The command line.

    Attributes:
        given: The settings of the command line; only those that were set.
        journal_lists: Files with the names of journals.
        source: The format of the files, or None.
        output: The file that is written instead of the input; None to change the input.
        is_diff: Whether the changes are only shown.
        is_check: Whether it is only reported which files would change.
        key_map: The file of the map of keys, or None.
        documents: Documents whose citations get the new keys.
        is_configured: Whether the configuration is read.
    """

    given: Mapping[str, Any]
    journal_lists: tuple[str, ...] = ()
    source: str | None = None
    output: str | None = None
    is_diff: bool = False
    is_check: bool = False
    key_map: str | None = None
    documents: tuple[str, ...] = ()
    is_configured: bool = True


def list_steps() -> None:
    """Print the steps."""
    for step in STEPS:
        how = "default" if step.is_default else step.needs or "optional"
        click.echo(f"{step.name} ({how})\n  {step.does}")


def tidy_files(files: Sequence[str], command: TidyCommand) -> bool:
    """Tidy files; return whether one changed or would change, with `--check` and `--diff`.

    Args:
        files: Paths; `-` is standard input, which is written to standard output.
        command: The command line.

    Raises:
        InputError: A file cannot be read, or is not in BibTeX.
    """
    renamed: dict[str, str] = {}
    is_changed = failed = False
    for file in files:
        settings = _settings_of(file, command)
        try:
            done, differs = _tidy_file(file, settings, command)
        except RefciteError as error:
            message = str(error).removeprefix(f"{file}: ")
            click.echo(f"{printable(file)}: not tidied: {printable(message)}", err=True)
            failed = True
            continue
        # A map that was read may have been applied to the file before, but not to the documents.
        keys = done.key_map if settings.key_map is None else settings.key_map
        renamed |= {old: new for old, new in keys.items() if old not in renamed}
        is_changed |= differs
    if command.key_map is not None and command.given.get("keys") and not _only_shows(command):
        _write_map(Path(command.key_map), renamed)
    if command.documents:
        is_changed |= _rename_in(command, renamed)
    if failed:
        raise click.exceptions.Exit(1)
    return is_changed and _only_shows(command)


def _only_shows(command: TidyCommand) -> bool:
    return command.is_diff or command.is_check


def _settings_of(file: str, command: TidyCommand) -> TidySettings:
    path = Path.cwd() / file
    values: dict[str, Any] = {}
    lists = [Path(name) for name in command.journal_lists]
    if command.is_configured:
        found = configuration_of(path.parent, "tidy", _KINDS, tuple(_KINDS))
        folder = found.path.parent if found.path is not None else Path.cwd()
        for table in found.of(path):
            for key, value in table.items():
                if key == "journal-list":
                    lists += [folder / name for name in value]
                else:
                    values[key.replace("-", "_")] = value
    values |= command.given
    if command.key_map is not None and not values.get("keys"):
        values["key_map"] = _read_map(Path(command.key_map))
    values["journal_list"] = [pair for one in lists for pair in read_journal_list(one)]
    settings = TidySettings(**values)
    steps_of(settings)
    return settings


# Files


def _tidy_file(file: str, settings: TidySettings, command: TidyCommand) -> tuple[Tidied, bool]:
    """Tidy a file; return the result, and whether it differs from the file."""
    if file == STANDARD_INPUT:
        text = utf_8_text(sys.stdin.buffer.read())
        done = _tidied(text, "standard input", settings, command)
        _show(text, done, "standard input", command)
        if not _only_shows(command):
            _write(command.output, done.text)
        return done, done.text != text
    path = Path(file)
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            raise InputError("it is a folder, a pipe or a device, which cannot be changed")
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"it cannot be read: {error.strerror}") from None
    if _only_shows(command) or command.output is not None:
        text = utf_8_text(data)
        done = _tidied(text, file, settings, command)
        _show(text, done, file, command)
        if not _only_shows(command):
            _write(command.output, done.text)
        return done, done.text != text
    with changing(path) as change:
        text = utf_8_text(change.data or b"")
        done = _tidied(text, file, settings, command)
        if done.text != text:
            change.write(done.text)
    _show(text, done, file, command)
    return done, done.text != text


def _write(output: str | None, text: str) -> None:
    if output in (None, STANDARD_INPUT):
        echo_document([text])
    else:
        write_file(Path(str(output)), text)


def _tidied(text: str, file: str, settings: TidySettings, command: TidyCommand) -> Tidied:
    if not text.strip():
        return Tidied(text=text, counts={}, key_map={}, problems=())
    source = command.source
    found = get_format(source) if source else guess_format(text, file)
    if found.name not in ("bibtex", "biblatex"):
        raise InputError(
            f"its format is {found.name}; only BibTeX files are tidied:"
            " convert it with refcite convert -t bibtex"
        )
    return tidy_with(text, settings)


def _show(text: str, done: Tidied, file: str, command: TidyCommand) -> None:
    report((one.replace(file=file) for one in done.problems), everything=True)
    if command.is_diff:
        if done.text != text:
            echo(_diff(text, done.text, file))
        return
    if done.text == text:
        return
    counts = ", ".join(f"{name} {count}" for name, count in done.counts.items())
    verb = "would be tidied" if command.is_check else "tidied"
    click.echo(f"{printable(file)}: {verb}: {counts}", err=True)


def _diff(before: str, after: str, file: str) -> Iterator[Line]:
    styles = {"+": "green", "-": "red", "@": "cyan"}
    lines = unified_diff(
        before.splitlines(), after.splitlines(), f"a/{file}", f"b/{file}", lineterm=""
    )
    for line in lines:
        yield ((printable(line), styles.get(line[:1], "")),)


# The map of keys


def _read_map(path: Path) -> dict[str, str]:
    """Read new keys under the old ones, from an object in JSON or the rows of a CSV file."""
    text, _ = decode(read_source(path))
    if path.suffix.lower() == ".csv":
        rows = [row for row in csv.reader(io.StringIO(text)) if row]
        found = {row[0].strip(): row[1].strip() for row in rows if len(row) > 1}
        found.pop("old", None)
        return found
    try:
        value = json.loads(text)
    except ValueError as error:
        raise InputError(f"{path}: the map of keys is no JSON: {error}") from None
    if not isinstance(value, dict) or not all(isinstance(one, str) for one in value.values()):
        raise InputError(f'{path}: the map of keys must be an object: {{"old": "new"}}')
    return value


def _write_map(path: Path, renamed: Mapping[str, str]) -> None:
    if path.suffix.lower() == ".csv":
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows([("old", "new"), *renamed.items()])
        write_file(path, text.getvalue())
    else:
        write_file(path, json.dumps(dict(renamed), indent=2, ensure_ascii=False) + "\n")


def _rename_in(command: TidyCommand, renamed: Mapping[str, str]) -> bool:
    """Change keys in documents; return whether one changed or would change."""
    from refcite.cli.documents import document_files

    is_changed = False
    for file in document_files(command.documents):
        syntax = syntax_of_file(file)
        path = Path(file)
        if _only_shows(command):
            text = _text_of(path)
            new = rename_keys(text, renamed, syntax.name)
        else:
            with changing(path) as change:
                text = utf_8_text(change.data or b"")
                new = rename_keys(text, renamed, syntax.name)
                if new != text:
                    change.write(new)
        if new == text:
            continue
        is_changed = True
        if command.is_diff:
            echo(_diff(text, new, file))
        else:
            verb = "would be changed" if command.is_check else "changed"
            click.echo(f"{printable(file)}: keys {verb}", err=True)
    return is_changed


def _text_of(path: Path) -> str:
    try:
        return utf_8_text(path.read_bytes())
    except OSError as error:
        raise InputError(f"{path}: it cannot be read: {error.strerror}") from None


def given_settings(**values: Any) -> dict[str, Any]:
    """Return the settings that the command line sets."""
    return {name: value for name, value in values.items() if value not in (None, ())}
