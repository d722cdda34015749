"""Copies of databases that another program may have open."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from refcite.problems import InputError

__all__ = ["copied"]

_BESIDE: Final = ("-wal", "-journal")
"""The endings of the files with changes that are not in the database yet."""
_ATTEMPTS: Final = 3


@contextmanager
def copied(source: Path | bytes) -> Iterator[Path]:
    """Copy a database with its journal to a temporary folder, which is removed at the end.

    Args:
        source: The path of the database, or its bytes.

    Raises:
        InputError: The database changes all the time.
    """
    with TemporaryDirectory(prefix="refcite-") as folder:
        copy = Path(folder) / "copy.sqlite"
        if isinstance(source, bytes):
            copy.write_bytes(source)
        else:
            _copy(source, copy)
        yield copy


def _copy(source: Path, copy: Path) -> None:
    """Copy a database with its journal; again if it has changed in the meantime."""
    for _ in range(_ATTEMPTS):
        before = _states(source)
        shutil.copyfile(source, copy)
        for ending in _BESIDE:
            beside, target = Path(f"{source}{ending}"), Path(f"{copy}{ending}")
            target.unlink(missing_ok=True)
            if beside.is_file():
                shutil.copyfile(beside, target)
        if _states(source) == before:
            return
    raise InputError("the database is being changed; wait until Zotero is idle, or close it")


def _states(source: Path) -> list[tuple[int, int] | None]:
    found: list[tuple[int, int] | None] = []
    for ending in ("", *_BESIDE):
        path = Path(f"{source}{ending}")
        try:
            state = path.stat()
        except FileNotFoundError:
            found.append(None)
        else:
            found.append((state.st_size, state.st_mtime_ns))
    return found
