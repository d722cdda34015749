"""Schema.org's JSON-LD: the data about works from web pages, repositories and archives.

Data goes one way: text → nodes with schema.org's names (`refcite.formats.jsonld`) → record
(`build`), around the table of `table`.
"""

from refcite.formats.schema_org.build import build
from refcite.formats.schema_org.read import read
from refcite.formats.schema_org.table import mapping
from refcite.formats.schema_org.values import name_values
from refcite.formats.schema_org.write import write

__all__ = ["build", "mapping", "name_values", "read", "write"]
