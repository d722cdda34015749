"""The Citation File Format, version 1.2: the CITATION.cff next to software and data."""

from __future__ import annotations

from refcite.formats.cff.read import read
from refcite.formats.cff.table import mapping
from refcite.formats.cff.write import write

__all__ = ["mapping", "read", "write"]
