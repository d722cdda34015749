"""Schema.org's JSON-LD: what web pages, repositories and archives say about works.

Data goes one way: text → nodes with schema.org's names (`terms`, `graph`) → record (`build`),
around the tables of `types` and `fields`.
"""

from refcite.formats.schema_org.read import read
from refcite.formats.schema_org.table import mapping
from refcite.formats.schema_org.write import write

__all__ = ["mapping", "read", "write"]
