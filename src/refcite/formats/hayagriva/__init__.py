"""Hayagriva: the YAML format of Typst."""

from __future__ import annotations

from refcite.formats.hayagriva.read import read
from refcite.formats.hayagriva.table import mapping
from refcite.formats.hayagriva.write import write

__all__ = ["mapping", "read", "write"]
