"""Web pages: what they say about themselves, ranked field by field.

Data goes one way: HTML → what stands in it (`page`) → what each source says (`metas`, `data`,
`sites`) → record (`merge`, by the order of `ranks`).
"""

from refcite.formats.html.read import read
from refcite.formats.html.table import mapping

__all__ = ["mapping", "read"]
