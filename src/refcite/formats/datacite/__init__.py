"""DataCite's metadata: the JSON of its API, JSON lines, and the XML of its schema."""

from __future__ import annotations

from refcite.formats.crosswalk import Spec
from refcite.formats.datacite.read import draft_of, read, read_stream
from refcite.formats.datacite.table import SPEC
from refcite.formats.datacite.write import write, write_stream

__all__ = ["draft_of", "mapping", "read", "read_stream", "write", "write_stream"]


def mapping() -> Spec:
    """Return the table of DataCite's types and fields.

    Example:
        >>> mapping().own_type("map")
        'Image/Map'
    """
    return SPEC
