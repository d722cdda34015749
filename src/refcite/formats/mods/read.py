"""Read MODS."""

from __future__ import annotations

from refcite.formats.mods.build import Draft
from refcite.formats.xmlread import library_of
from refcite.library import Library

__all__ = ["FORMAT", "read"]

FORMAT = "mods"


def read(text: str, *, day_first: bool | None = None) -> Library:
    """Read MODS: a collection, a single record, or the records in another file such as METS.

    An element that CSL has no variable for stands in the record's `extra` under its path, such as
    `originInfo/frequency`, as text or as XML.

    Args:
        text: The XML.
        day_first: Whether a date such as `01/02/2017` is 1 February or 2 January.

    Returns:
        The records, with what is wrong in the library's problems.

    Example:
        >>> from refcite import loads
        >>> library = loads('<mods xmlns="http://www.loc.gov/mods/v3" ID="k"><titleInfo><nonSort>'
        ...                 'The</nonSort><title>Castle</title></titleInfo>'
        ...                 '<genre authority="marcgt">book</genre></mods>', "mods")
        >>> library["k"].title, library["k"].type
        ('The Castle', 'book')
    """
    return library_of(
        text,
        "mods",
        lambda entry: Draft(entry, day_first),
        format=FORMAT,
        missing="there is no MODS record in this text: no element <mods>",
    )
