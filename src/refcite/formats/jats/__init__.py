"""JATS, the Journal Article Tag Suite: articles, and the works that they cite."""

from __future__ import annotations

from refcite.formats.jats.read import read
from refcite.formats.jats.table import mapping
from refcite.formats.jats.write import write

__all__ = ["mapping", "read", "write"]
