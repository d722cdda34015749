"""The two dialects of BibTeX's fields: BibTeX's own, and biblatex's."""

from __future__ import annotations

from typing import Literal

__all__ = ["Dialect"]

Dialect = Literal["bibtex", "biblatex"]
