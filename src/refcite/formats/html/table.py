"""The table of the data read from web pages, in the form of all formats' tables."""

from __future__ import annotations

from collections.abc import Iterator

from refcite.formats.crosswalk import Row, Spec, TypeRow
from refcite.formats.html.tags import TABLES
from refcite.formats.jsonld import OWN_TYPES
from refcite.vocabulary import ATTRIBUTES

__all__ = ["mapping"]

_PARTS = {"page-last": "page", "institution": "publisher", "arxiv": "number"}
_SEEN = (
    ("title", "title"),
    ("h1", "title"),
    ("link rel=canonical", "URL"),
    ("link rel=license", "license"),
    ("html lang", "language"),
    ("rel=author, class byline", "author"),
    ("time", "issued"),
    ("date near the heading, date in the address", "issued"),
)


def mapping() -> Spec:
    """Return the tags of web pages with CSL's variables; JSON-LD's are those of `schema-org`.

    Example:
        >>> [row.own for row in mapping().fields if row.variable == "PMID"]
        ['citation_pmid']
    """
    types = (TypeRow(own, csl_type, writes=False) for own, csl_type in OWN_TYPES.items())
    return Spec(tuple(types), tuple(_fields()))


def _fields() -> Iterator[Row]:
    for source, table in TABLES.items():
        for variable, names in table.items():
            for name in names:
                meant = _PARTS.get(variable, variable)
                assert meant in ATTRIBUTES, meant  # noqa: S101 - an error in the table above
                yield Row(name, meant, writes=False, note=source)
    for own, variable in _SEEN:
        yield Row(own, variable, writes=False, note="page")
