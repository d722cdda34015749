"""PubMed's XML: `PubmedArticleSet` with articles and books, and the files of the baseline."""

from __future__ import annotations

from refcite.formats.pubmed_xml.read import read, read_stream
from refcite.formats.pubmed_xml.table import mapping

__all__ = ["mapping", "read", "read_stream"]
