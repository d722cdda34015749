"""Crossref's XML: Unixref, in which it sends its records, and the deposits of its members."""

from __future__ import annotations

from refcite.formats.crossref_xml.read import read, read_stream
from refcite.formats.crossref_xml.table import SPEC
from refcite.formats.crosswalk import Spec

__all__ = ["mapping", "read", "read_stream"]


def mapping() -> Spec:
    """Return the table of the elements of Crossref's schema.

    Example:
        >>> mapping().type_of("conference_paper")
        'paper-conference'
    """
    return SPEC
