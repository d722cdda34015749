"""Tables of references: comma-, semicolon- or tab-separated, with a header of CSL variables."""

from __future__ import annotations

from refcite.formats.csv.headers import mapping
from refcite.formats.csv.read import read
from refcite.formats.csv.write import write

__all__ = ["mapping", "read", "write"]
