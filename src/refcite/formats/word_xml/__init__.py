"""Word's bibliography sources, as XML."""

from __future__ import annotations

from refcite.formats.word_xml.read import read
from refcite.formats.word_xml.table import mapping
from refcite.formats.word_xml.write import write

__all__ = ["mapping", "read", "write"]
