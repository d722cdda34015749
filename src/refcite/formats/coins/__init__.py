"""COinS: references in web pages, as spans that browsers' add-ons find (ANSI/NISO Z39.88-2004)."""

from __future__ import annotations

from refcite.formats.coins.read import read
from refcite.formats.coins.table import mapping
from refcite.formats.coins.write import write

__all__ = ["mapping", "read", "write"]
