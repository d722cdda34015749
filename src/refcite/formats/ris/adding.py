"""Add entries to a RIS file."""

from __future__ import annotations

from collections.abc import Iterable

from refcite.formats.adding import behind
from refcite.formats.ris.write import write
from refcite.record import Record

__all__ = ["append"]


def append(text: str, records: Iterable[Record]) -> str:
    """Return a file with entries behind its last; nothing before them changes."""
    return behind(text, write(records))
