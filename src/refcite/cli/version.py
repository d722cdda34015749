"""The version that `refcite --version` prints."""

from __future__ import annotations

__all__ = ["version"]


def version() -> str:
    """Return the version, and whether modules are compiled."""
    from refcite import __version__
    from refcite.builds import is_compiled

    return f"{__version__} (compiled)" if is_compiled() else __version__
