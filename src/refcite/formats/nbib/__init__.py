"""The tagged format of PubMed and MEDLINE (`.nbib`).

The values that the library also writes in its XML are read by the same functions.
"""

from __future__ import annotations

from refcite.formats.nbib.read import publication_type, read
from refcite.formats.nbib.table import ARTICLES, GENRES, PUBLICATION_TYPES, mapping
from refcite.formats.nbib.values import (
    article_number,
    read_pages,
    read_short_name,
    read_title,
)
from refcite.formats.nbib.write import write

__all__ = [
    "ARTICLES",
    "GENRES",
    "PUBLICATION_TYPES",
    "article_number",
    "mapping",
    "publication_type",
    "read",
    "read_pages",
    "read_short_name",
    "read_title",
    "write",
]
