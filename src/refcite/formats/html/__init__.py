"""Web pages: their metadata from several sources, ranked field by field.

Data flows one way: HTML → its elements (`page`) → the metadata of each source (`metas`, `data`,
`sites`) → record (`merge`, in the order of `ranks`).
"""

from refcite.formats.html.read import read
from refcite.formats.html.table import mapping

__all__ = ["mapping", "read"]
