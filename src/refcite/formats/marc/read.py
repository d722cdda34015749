"""Read MARC 21 in ISO 2709."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from refcite.formats.draft import library_of_drafts, stream_drafts
from refcite.formats.marc.iso2709 import records_of
from refcite.formats.marc.reading import drafts_of
from refcite.library import Library
from refcite.problems import Problem
from refcite.record import Record

__all__ = ["FORMAT", "read", "read_stream"]

FORMAT: Final = "marc"
_MISSING: Final = "there is no record of MARC in this text"


def read(text: str, *, day_first: bool | None = None) -> Library:
    r"""Read records of MARC 21, as library catalogues export them (`.mrc`).

    `load` and `loads` convert bytes in UTF-8 or MARC-8 to text. What is in `extra` is described
    at MARCXML, `refcite.formats.marcxml.read`.

    Args:
        text: The records.
        day_first: Whether a date such as `01/02/2017` is 1 February or 2 January.

    Returns:
        The records, with the problems in the library.

    Example:
        >>> from refcite import loads
        >>> library = loads(b"00058nam a2200037   4500245000900000\x1e00\x1faOwls.\x1e\x1d")
        >>> library[0].title
        'Owls'
    """
    problems: list[Problem] = []
    drafts = drafts_of(records_of([text], problems), problems, day_first)
    return library_of_drafts(drafts, problems, FORMAT, _MISSING, is_keyed=True)


def read_stream(
    blocks: Iterable[str], *, day_first: bool | None = None
) -> Iterator[Record | Problem]:
    """Yield the records and problems of a text in blocks; its control number is a record's id.

    Args:
        blocks: The text, in pieces of any length.
        day_first: Whether a date such as `01/02/2017` is 1 February or 2 January.
    """
    problems: list[Problem] = []
    drafts = drafts_of(records_of(blocks, problems), problems, day_first)
    yield from stream_drafts(drafts, problems, FORMAT, _MISSING)
