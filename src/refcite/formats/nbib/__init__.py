"""The tagged format of PubMed and MEDLINE (`.nbib`)."""

from __future__ import annotations

from refcite.formats.nbib.read import read
from refcite.formats.nbib.table import mapping
from refcite.formats.nbib.write import write

__all__ = ["mapping", "read", "write"]
