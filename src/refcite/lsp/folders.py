"""The files of a workspace's folders."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Final

__all__ = ["Folders"]

_SKIPPED: Final = frozenset({"node_modules", "__pycache__", "_site", "_book", "_freeze"})
_MOST: Final = 50_000
"""The number of entries of folders that are looked at."""
_SECONDS: Final = 10.0
"""After this time the folders are listed again, for editors that do not report new files."""


class Folders:
    """Lists the files of folders, without those that are hidden or belong to environments.

    Args:
        roots: The folders.
        extensions: The extensions of the listed files, in lower case.
    """

    def __init__(self, roots: Iterable[Path], extensions: Iterable[str]) -> None:
        self.roots: list[Path] = list(roots)
        self._extensions = frozenset(extensions)
        self._files: list[Path] | None = None
        self._ends = 0.0

    def forget(self) -> None:
        """List the folders again when their files are needed next."""
        self._files = None

    def files(self) -> list[Path]:
        """Return the files, in the order of their paths."""
        if self._files is None or time.monotonic() > self._ends:
            found: set[Path] = set()
            left = _MOST
            for root in self.roots:
                left = self._walk(root, found, left)
            self._files = sorted(found)
            self._ends = time.monotonic() + _SECONDS
        return self._files

    def contains(self, path: Path) -> bool:
        """Return whether a path is in one of the folders."""
        return any(path.is_relative_to(root) for root in self.roots)

    def root_of(self, path: Path) -> Path | None:
        """Return the folder that contains a path; None if none does."""
        return next((root for root in self.roots if path.is_relative_to(root)), None)

    def _walk(self, root: Path, found: set[Path], left: int) -> int:
        for folder, folders, names in os.walk(root):
            left -= len(folders) + len(names)
            if left < 0:
                break
            if "pyvenv.cfg" in names:
                folders.clear()
                continue
            folders[:] = sorted(
                name for name in folders if not name.startswith(".") and name not in _SKIPPED
            )
            for name in names:
                if os.path.splitext(name)[1].lower() in self._extensions:  # noqa: PTH122 - fast
                    found.add(Path(folder, name))
        return left
