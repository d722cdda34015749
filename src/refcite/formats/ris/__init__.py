"""RIS: the tagged lines that databases, publishers and reference managers exchange."""

from __future__ import annotations

from refcite.formats.ris.read import read, read_stream
from refcite.formats.ris.table import mapping
from refcite.formats.ris.write import write, write_stream

__all__ = ["mapping", "read", "read_stream", "write", "write_stream"]
