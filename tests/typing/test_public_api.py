"""`public_api.py`, which mypy reads, has every public name."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

PROMISED = ast.parse((Path(__file__).parent / "public_api.py").read_text(encoding="utf-8"))


def _used() -> Iterator[str]:
    """Yield the names that are imported from a module, or taken from `refcite` itself."""
    for node in ast.walk(PROMISED):
        if isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield f"{node.value.id}.{node.attr}"


@pytest.mark.parametrize("module", ["refcite", "refcite.csl", "refcite.formats", "refcite.web"])
def test_every_public_name_is_used_in_what_mypy_reads(module: str) -> None:
    used = set(_used())
    public = import_module(module).__all__
    missing = {name for name in public if not {f"{module}.{name}", f"refcite.{name}"} & used}
    assert missing == set()
