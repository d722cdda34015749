"""Schemas that packages contain, for tests that validate what is written."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

__all__ = ["schema_of"]


def schema_of(package: str, path: str) -> Path:
    """Return the path of a schema in a package; without the package, skip the test."""
    found = find_spec(package)
    if found is None or not found.submodule_search_locations:
        pytest.skip(f"the package {package}, which contains the schema, is not installed")
    return Path(found.submodule_search_locations[0], path)
