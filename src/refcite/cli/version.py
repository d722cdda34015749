"""The version that the command line prints."""

from __future__ import annotations

__all__ = ["version"]


def version() -> str:
    """Return the version as `refcite --version` prints it."""
    from refcite import __version__
    from refcite.builds import is_compiled

    return f"{__version__} (compiled)" if is_compiled() else __version__
