"""The citation templates of Wikipedia: `{{cite journal|…}}`, `{{Citation|…}}` and similar."""

from __future__ import annotations

from refcite.formats.wikipedia.read import read
from refcite.formats.wikipedia.table import mapping
from refcite.formats.wikipedia.write import write

__all__ = ["mapping", "read", "write"]
