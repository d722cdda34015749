"""TEI P5: the references of a document, and what GROBID reads from a PDF."""

from __future__ import annotations

from refcite.formats.tei.read import read
from refcite.formats.tei.table import mapping
from refcite.formats.tei.write import write

__all__ = ["mapping", "read", "write"]
