"""EndNote's XML export."""

from __future__ import annotations

from refcite.formats.endnote_xml.read import read
from refcite.formats.endnote_xml.table import mapping
from refcite.formats.endnote_xml.write import write

__all__ = ["mapping", "read", "write"]
