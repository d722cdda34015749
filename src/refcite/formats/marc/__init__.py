"""MARC 21 in ISO 2709, the exchange format of library catalogues."""

from __future__ import annotations

from refcite.formats.marc.table import mapping

__all__ = ["mapping"]
