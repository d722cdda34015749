"""Zotero's RDF export: items with notes, attachments and collections."""

from __future__ import annotations

from refcite.formats.zotero_rdf.read import read
from refcite.formats.zotero_rdf.table import mapping

__all__ = ["mapping", "read"]
