"""MARC 21 in ISO 2709, the exchange format of library catalogues."""

from __future__ import annotations

from refcite.formats.marc.decoding import marc_blocks, marc_text
from refcite.formats.marc.read import read, read_stream
from refcite.formats.marc.table import mapping

__all__ = ["mapping", "marc_blocks", "marc_text", "read", "read_stream"]
