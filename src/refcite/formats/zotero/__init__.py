"""The items of Zotero: its database, and its own JSON."""

from __future__ import annotations

from refcite.formats.zotero.database import database_text
from refcite.formats.zotero.read import read, read_objects, split_citation_key
from refcite.formats.zotero.table import SPEC, mapping

__all__ = ["SPEC", "database_text", "mapping", "read", "read_objects", "split_citation_key"]
