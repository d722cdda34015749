"""Writing records as cite-as strings."""

from __future__ import annotations

from collections.abc import Iterable

from refcite.record import Record

__all__ = ["write"]


def write(records: Iterable[Record], *, style: str = "refworld") -> str:
    """Return the cite-as string of each record, one per line.

    Args:
        records: The records.
        style: `refworld` for the classic form, `refworld-2023` for the form since the redesign.

    Example:
        >>> from refcite import Date, Record, dumps
        >>> report = Record(type="report", publisher="Freedom House", title="Freedom on the Net",
        ...                 issued=Date.of(2018))
        >>> print(dumps([report], "refworld"), end="")
        Freedom House, Freedom on the Net, 2018
    """
    return "".join(f"{record.cite_as(style)}\n" for record in records)
