"""The step from a record to what a CSL style is given."""

from __future__ import annotations

from refcite.names import Name
from refcite.record import Record

__all__ = ["csl_item"]


def csl_item(record: Record, *, repeat_publisher: bool = False) -> Record:
    """Return the record as a style should see it.

    A publisher that is also the only author is left out, since no style prints it twice and CSL
    has no way to say so (APA 7, section 9.29; the manuals of Chicago and MLA agree).

    Args:
        record: The record.
        repeat_publisher: Leave the publisher where it is, as plain CSL would.

    Example:
        >>> from refcite import Name, Record
        >>> report = Record(type="report", publisher="Freedom House",
        ...                 author=(Name(literal="Freedom House"),))
        >>> print(csl_item(report).publisher)
        None
    """
    if repeat_publisher or not record.publisher or len(record.author) != 1:
        return record
    if _folded(_whole(record.author[0])) != _folded(record.publisher):
        return record
    return record.replace(publisher=None)


def _whole(name: Name) -> str:
    return name.literal or (name.family if name.family and not name.given else None) or ""


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
