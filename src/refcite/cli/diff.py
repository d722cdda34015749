"""`refcite diff`: two libraries, field by field."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

import click

from refcite.cli.input import read_files
from refcite.cli.terminal import Line, echo, printable
from refcite.comparison import Difference, compare
from refcite.dates import Date
from refcite.names import Name

__all__ = ["show_differences"]

_SIGNS = {"removed": ("-", "red"), "added": ("+", "green"), "changed": ("~", "yellow")}


def show_differences(before: str, after: str, source: str | None, *, as_json: bool) -> int:
    """Print what became of the entries of a file in another; return the exit status.

    Args:
        before: Path of the first file, or `-`.
        after: Path of the second.
        source: Name of the format of both, or None where the files tell.
        as_json: Print JSON, one object for each entry in an array.
    """
    libraries = []
    failed = False
    for file in (before, after):
        library, has_failed = read_files([file], source)
        libraries.append(library)
        failed |= has_failed
    differences = list(compare(*libraries))
    if as_json:
        click.echo(json.dumps([_as_json(one) for one in differences], ensure_ascii=False, indent=2))
    else:
        echo(_lines(differences))
    return 2 if failed else int(bool(differences))


def _lines(differences: Iterable[Difference]) -> Iterator[Line]:
    for found in differences:
        sign, colour = _SIGNS[found.kind]
        name = f"{found.id} → {found.new_id}" if found.new_id else found.id
        yield ((f"{sign} {printable(name)}", f"bold {colour}"),)
        for change in found.changes:
            if change.before is not None:
                yield ((f"    - {change.field}: {_shown(change.before)}", "red"),)
            if change.after is not None:
                yield ((f"    + {change.field}: {_shown(change.after)}", "green"),)


def _as_json(found: Difference) -> dict[str, Any]:
    shown: dict[str, Any] = {"id": found.id, "kind": found.kind}
    if found.new_id:
        shown["new_id"] = found.new_id
    shown["changes"] = {
        change.field: {"before": _plain(change.before), "after": _plain(change.after)}
        for change in found.changes
    }
    return shown


def _shown(value: object) -> str:
    plain = _plain(value)
    return printable(" and ".join(map(str, plain)) if isinstance(plain, list) else str(plain))


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, Name | Date):
        return str(value)
    return value
