"""MARCXML: records of MARC 21 in the schema of the Library of Congress."""

from __future__ import annotations

from refcite.formats.marc import mapping
from refcite.formats.marcxml.read import read, read_stream
from refcite.formats.marcxml.write import write, write_stream

__all__ = ["mapping", "read", "read_stream", "write", "write_stream"]
