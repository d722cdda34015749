"""The build of refcite that is installed: pure Python, or with a compiled citation processor."""

from __future__ import annotations

from importlib.machinery import ExtensionFileLoader, PathFinder
from pathlib import Path

__all__ = ["is_compiled"]


def is_compiled() -> bool:
    """Return whether the modules of the citation processor are compiled; none is imported.

    Example:
        >>> from refcite.builds import is_compiled
        >>> is_compiled()
        False
    """
    folder = Path(__file__).with_name("csl") / "text"
    found = PathFinder.find_spec("stream", [str(folder)])
    return found is not None and isinstance(found.loader, ExtensionFileLoader)
