"""BibTeX and biblatex."""

from __future__ import annotations

from refcite.formats.bibtex.read import read
from refcite.formats.bibtex.write import write

__all__ = ["read", "write"]
