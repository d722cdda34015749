"""Locks on files that several processes and threads change.

A lock belongs to an open file, so the system releases it when its process ends, for any
reason: no lock is ever stale.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from refcite.problems import OutputError

__all__ = ["holds", "locked"]

_LONGEST: Final = 60.0
"""Seconds after which a file is reported that another program does not release."""
_INTERVAL: Final = 0.02


if sys.platform == "win32":
    import msvcrt

    def holds(handle: int) -> bool | None:
        """Return None: Windows does not show whether the process of a file has ended."""
        return None

    @contextmanager
    def _held(path: Path) -> Iterator[None]:
        # A file that is open or locked cannot be replaced on Windows, so another is locked.
        name = path.with_name(f".{path.name[:24]}.refcite.lock")
        wait = _Wait(path)
        while True:
            handle = os.open(name, os.O_RDWR | os.O_CREAT | os.O_BINARY)
            try:
                msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
                break
            except OSError:
                os.close(handle)
                wait()
        try:
            yield
        finally:
            os.close(handle)
            with suppress(OSError):  # another process has it open, and will remove it
                name.unlink()

else:
    import fcntl

    def holds(handle: int) -> bool | None:
        """Lock an open file if no other holds the lock.

        Args:
            handle: The file's descriptor. The lock ends when it is closed.

        Returns:
            Whether the lock is held now; None if this file system has no locks.
        """
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return None
        return True

    @contextmanager
    def _held(path: Path) -> Iterator[None]:
        handle = _locked_handle(path)
        try:
            yield
        finally:
            os.close(handle)

    def _locked_handle(path: Path) -> int:
        """Return the locked descriptor of a file, or of its folder if the file does not exist."""
        wait = _Wait(path)
        while True:
            try:
                handle, exists = os.open(path, os.O_WRONLY), True  # NFS requires write access
            except FileNotFoundError:
                handle, exists = os.open(path.parent, os.O_RDONLY), False
            try:
                # Another process may have replaced the file, or created it, meanwhile.
                is_held = holds(handle) is not False and _is_current(path, handle, exists)
            except BaseException:
                os.close(handle)
                raise
            if is_held:
                return handle
            os.close(handle)
            wait()

    def _is_current(path: Path, handle: int, exists: bool) -> bool:
        try:
            now = path.stat()
        except FileNotFoundError:
            return not exists
        return exists and os.path.samestat(now, os.fstat(handle))


class _Wait:
    """A wait for a file that another program has locked."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._ends = time.monotonic() + _LONGEST

    def __call__(self) -> None:
        if time.monotonic() > self._ends:
            raise OutputError(
                f"{self._path}: is locked by another program; close it, and run the command again"
            )
        time.sleep(_INTERVAL)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock of a file, which may not exist yet.

    All processes and threads that change the file with this lock do so one after the other. On a
    file system without locks, nothing is locked.

    Args:
        path: The file itself, not a symbolic link to it.

    Raises:
        OSError: The file or its folder cannot be opened.
        OutputError: Another program does not release the file.
    """
    with _held(path):
        yield
