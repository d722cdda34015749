"""Read MODS."""

from __future__ import annotations

from refcite.formats.mods.build import Draft
from refcite.formats.xmlread import entries
from refcite.library import Library
from refcite.problems import Problem, Severity
from refcite.record import Origin, Record

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
        >>> library = read('<mods xmlns="http://www.loc.gov/mods/v3" ID="k"><titleInfo><nonSort>The'
        ...                '</nonSort><title>Castle</title></titleInfo><genre authority="marcgt">'
        ...                'book</genre></mods>')
        >>> library["k"].title, library["k"].type
        ('The Castle', 'book')
    """
    problems: list[Problem] = []
    found = entries(text, ("mods",), problems, "record")
    if not found:
        problems.append(_no_entries())
    library = Library(is_keyed=False)
    for entry in found:
        draft = Draft(entry, day_first)
        origin = Origin(format=FORMAT, line=entry.line)
        library.append(Record(**draft.values, extra=draft.extra, origin=origin))
        key = draft.values.get("id") or None
        problems += [problem.replace(line=entry.line, key=key) for problem in draft.problems]
    library.problems[:0] = problems
    return library


def _no_entries() -> Problem:
    return Problem(
        severity=Severity.ERROR,
        code="no-entries",
        message="there is no MODS record in this text: no element <mods>",
        line=1,
        column=1,
        hint="is it in another format?",
    )
