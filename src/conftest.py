"""How pytest runs the examples of docstrings."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

_FORMATS = Path(__file__).parent / "refcite" / "formats"


def pytest_collect_file(file_path: Path) -> None:
    """Import the package of a format before pytest imports a file of it.

    Else pytest puts the module `read` where the package has its function `read`.
    """
    if file_path.parent.parent == _FORMATS:
        import_module(f"refcite.formats.{file_path.parent.name}")
