"""Ovid's labelled text, of its many databases: Medline, Embase, PsycInfo, ERIC, BIOSIS, Books."""

from __future__ import annotations

from refcite.formats.ovid.read import read
from refcite.formats.ovid.table import mapping

__all__ = ["mapping", "read"]
