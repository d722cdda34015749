"""MARC 21 in ISO 2709, the exchange format of library catalogues."""

from __future__ import annotations

from refcite.formats.marc.decoding import marc_blocks, marc_text
from refcite.formats.marc.fields import MarcField, MarcRecord
from refcite.formats.marc.read import read, read_stream
from refcite.formats.marc.reading import drafts_of
from refcite.formats.marc.table import mapping
from refcite.formats.marc.writing import record_fields

__all__ = [
    "MarcField",
    "MarcRecord",
    "drafts_of",
    "mapping",
    "marc_blocks",
    "marc_text",
    "read",
    "read_stream",
    "record_fields",
]
