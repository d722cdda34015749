"""Crossref's own JSON: the works of its REST API and of its public data files."""

from __future__ import annotations

from refcite.formats.crossref.read import draft_of, read, read_stream
from refcite.formats.crossref.table import CSL_SPEC, NAMES, SPEC
from refcite.formats.crosswalk import Spec

__all__ = ["CSL_SPEC", "NAMES", "SPEC", "draft_of", "mapping", "read", "read_stream"]


def mapping() -> Spec:
    """Return the table of Crossref's types and fields.

    Example:
        >>> mapping().type_of("proceedings-article")
        'paper-conference'
    """
    return SPEC
