"""Doing work again whenever its files change."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

import click

from refcite.problems import RefciteError

__all__ = ["again_on_change"]

_INTERVAL: Final = 0.5
"""Seconds between two looks at the files: a few of them cost nothing to look at."""

_Stamps = list[tuple[int, int] | None]


def again_on_change(paths: Iterable[Path], work: Callable[[], object]) -> None:
    """Do some work, and again after each change of a file, until the user ends it with Ctrl-C.

    A file that cannot be read now is an error to tell and no reason to end: it is being written.

    Args:
        paths: The files.
        work: What is to be done.
    """
    watched = list(paths)
    try:
        while True:
            before = _stamps(watched)  # taken first: what changes meanwhile counts as well
            click.clear()  # nothing where the output is no terminal
            try:
                work()
            except RefciteError as error:
                click.echo(f"Error: {error}", err=True)
            names = ", ".join(map(str, watched))
            click.echo(f"Watching {names}; Ctrl-C ends it.", err=True)
            while _stamps(watched) == before:
                time.sleep(_INTERVAL)
    except KeyboardInterrupt:
        click.echo(err=True)


def _stamps(paths: list[Path]) -> _Stamps:
    """Return what changes with a file: when it was written, and how long it is."""
    found: _Stamps = []
    for path in paths:
        try:
            status = path.stat()
        except OSError:
            found.append(None)  # it is gone, or an editor is putting another in its place
        else:
            found.append((status.st_mtime_ns, status.st_size))
    return found
