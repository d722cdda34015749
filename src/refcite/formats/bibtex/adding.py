"""Add entries to a BibTeX file."""

from __future__ import annotations

from collections.abc import Iterable

from refcite.formats.adding import behind
from refcite.formats.bibtex.mapping import Dialect
from refcite.formats.bibtex.write import write
from refcite.record import Record

__all__ = ["append"]


def append(text: str, records: Iterable[Record], *, dialect: Dialect | None = None) -> str:
    """Return a file with entries behind its last; nothing before them changes."""
    return behind(text, write(records, dialect=dialect))
