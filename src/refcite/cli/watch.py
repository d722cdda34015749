"""Repeat work after each change of its files."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path, PurePath
from typing import Final

import click

from refcite.cli.terminal import echo
from refcite.formats import get_format
from refcite.problems import RefciteError

__all__ = ["again_on_change", "watch_entries"]

_INTERVAL: Final = 0.5
"""Seconds between two checks of the files: a check of a few files is fast."""

_Stamps = list[tuple[int, int] | None]


def watch_entries(
    files: Iterable[str],
    style: str,
    locale: str | None,
    source: str | None,
    work: Callable[[], object],
) -> None:
    """Print entries again whenever a file or the style changes.

    Args:
        files: Paths.
        style: A style's id, or a path; the file may not exist yet.
        locale: A language tag, or None.
        source: A format's name, or None.
        work: The function that prints the entries.

    Raises:
        UnknownStyleError: There is no such style, and it is not a path.
        UnknownLocaleError: There is no such locale.
        FormatError: There is no such format.
    """
    from refcite.csl.style.finder import Finder
    from refcite.csl.style.locale_files import find_locale
    from refcite.csl.style.style_source import find_style

    # These errors do not depend on the contents of the files.
    if locale is not None:
        find_locale(locale, Finder.of())
    if source is not None:
        get_format(source)
    paths = [Path(file) for file in files]
    if _is_path(style):
        paths.append(Path(style))
    else:
        found = find_style(style)
        if found.path is not None and Finder.of().is_own(found.path):
            paths.append(found.path)
    again_on_change(paths, work)


def _is_path(style: str) -> bool:
    if "://" in style:
        return False
    return style.endswith(".csl") or PurePath(style).name != style or os.path.isfile(style)  # noqa: PTH113 - for any name


def again_on_change(paths: Iterable[Path], work: Callable[[], object]) -> None:
    """Do some work, and again after each change of a file, until the user presses Ctrl-C.

    A file that cannot be read is reported but does not end the loop: it may be incomplete.

    Args:
        paths: The files.
        work: The work.
    """
    watched = list(paths)
    try:
        while True:
            before = _stamps(watched)  # taken first, so that changes during the work are noticed
            _clear()
            try:
                work()
            except RefciteError as error:
                echo([f"Error: {error}"], err=True)
            names = ", ".join(map(str, watched))
            echo([f"Watching {names}; press Ctrl-C to stop."], err=True)
            while _stamps(watched) == before:
                time.sleep(_INTERVAL)
    except KeyboardInterrupt:
        click.echo(err=True)


def _clear() -> None:
    if os.environ.get("TERM") != "dumb":
        click.clear()  # does nothing if the output is not a terminal


def _stamps(paths: list[Path]) -> _Stamps:
    """Return the time of change and the size of each file."""
    found: _Stamps = []
    for path in paths:
        try:
            status = path.stat()
        except OSError:
            found.append(None)  # it is gone, or an editor is putting another in its place
        else:
            found.append((status.st_mtime_ns, status.st_size))
    return found
