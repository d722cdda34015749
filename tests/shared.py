"""Where the real-world test data lies."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def shared_path(*parts: str) -> Path:
    """Return a path under the shared data; skip the test where it is absent."""
    path = shared_or_none(*parts)
    if path is None:
        pytest.skip(f"shared data not found ({'/'.join(parts)}): set REFCITE_SHARED")
    return path


def shared_or_none(*parts: str) -> Path | None:
    """Return a path under the shared data, or None where it is absent."""
    base = Path(os.environ.get("REFCITE_SHARED", ROOT.parent / "shared"))
    path = base.joinpath(*parts)
    return path if path.exists() else None
