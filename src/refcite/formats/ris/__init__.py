"""RIS: the tagged lines that databases, publishers and reference managers exchange."""

from __future__ import annotations

from refcite.formats.ris.read import block_end, read, read_block, read_stream
from refcite.formats.ris.table import mapping
from refcite.formats.ris.write import join_blocks, write, write_stream

__all__ = [
    "block_end",
    "join_blocks",
    "mapping",
    "read",
    "read_block",
    "read_stream",
    "write",
    "write_stream",
]
