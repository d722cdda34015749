"""OpenAlex's works: the JSON of its API, lists, and the lines of its snapshot."""

from __future__ import annotations

from refcite.formats.crosswalk import Spec
from refcite.formats.openalex.read import read, read_stream
from refcite.formats.openalex.table import SPEC

__all__ = ["mapping", "read", "read_stream"]


def mapping() -> Spec:
    """Return the table of OpenAlex's types and fields.

    Example:
        >>> mapping().type_of("book-chapter")
        'chapter'
    """
    return SPEC
