"""Read the XML of Crossref."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from attrs import evolve

from refcite.formats.common_problems import not_read
from refcite.formats.crossref import SPEC as OF_JSON
from refcite.formats.crossref import draft_of
from refcite.formats.crossref_xml.table import SPEC
from refcite.formats.crossref_xml.works import ENTRIES, works_of
from refcite.formats.draft import Draft, library_of, stream_drafts
from refcite.formats.xmlread import Entry, entries
from refcite.formats.xmlstream import stream_entries
from refcite.library import Library
from refcite.problems import Problem
from refcite.record import Record

__all__ = ["read", "read_stream"]

_SPEC: Final = evolve(SPEC, types=OF_JSON.types)
"""The table with the types of the JSON, which `works_of` yields."""
_FORMAT: Final = "crossref-xml"
_MISSING: Final = "there is no work of Crossref in this text: no element such as <journal>"


def read(text: str) -> Library:
    """Read the XML of Crossref: Unixref, alone or in the result of a query, or a deposit.

    The date of print takes precedence over that of the electronic publication, which is the
    variable `available-date`. A field without a CSL variable is in the record's `extra` under
    its name in Crossref's JSON. The works that a work cites are not read.

    Args:
        text: The XML.

    Returns:
        The records, with the problems in the library.

    Example:
        >>> from refcite import loads
        >>> library = loads('''<doi_records><doi_record><crossref><dissertation><titles><title>On
        ...     <i>lamps</i></title></titles><person_name contributor_role="author"><given_name>Ada
        ...     </given_name><surname>Ferran</surname></person_name><degree>PhD</degree>
        ...     </dissertation></crossref></doi_record></doi_records>''', "crossref-xml")
        >>> library[0].title, library[0].genre, library[0].author[0].family
        ('On <i>lamps</i>', 'PhD', 'Ferran')
    """
    problems: list[Problem] = []
    found = entries(text.removeprefix("\ufeff"), ENTRIES, problems, "work")
    drafts = list(_drafts(found, problems))
    return library_of(
        ((draft.record(_FORMAT), draft) for draft in drafts), missing=_MISSING, problems=problems
    )


def _drafts(found: Iterable[Entry], problems: list[Problem]) -> Iterator[Draft]:
    omitted = 0
    for entry in found:
        for work in works_of(entry.element):
            omitted += bool(work.get("reference"))
            yield draft_of(work, entry.line, _SPEC)
    if omitted:
        problems.append(not_read("citation_list", "the cited works", omitted))


def read_stream(blocks: Iterable[str]) -> Iterator[Record | Problem]:
    """Read the XML of Crossref that comes in blocks; a work has an id by its place.

    Args:
        blocks: The XML, in pieces of any length.

    Yields:
        Records and problems, one by one.
    """
    problems: list[Problem] = []
    found = stream_entries(blocks, ENTRIES, problems, "work")
    yield from stream_drafts(_drafts(found, problems), problems, _FORMAT, _MISSING)
