"""MODS, the Metadata Object Description Schema of the Library of Congress."""

from __future__ import annotations

from refcite.formats.mods.read import read
from refcite.formats.mods.table import mapping
from refcite.formats.mods.write import write

__all__ = ["mapping", "read", "write"]
