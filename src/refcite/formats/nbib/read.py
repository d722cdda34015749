"""Read MEDLINE's tagged format."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from refcite.formats.faults import first_told, no_entries
from refcite.formats.nbib.build import Draft
from refcite.formats.nbib.lines import Entry, Field, entries
from refcite.library import Library
from refcite.problems import Problem, Severity
from refcite.record import Origin, Record

__all__ = ["FORMAT", "draft_of", "read"]

FORMAT: Final = "nbib"


def read(text: str, *, day_first: bool | None = None) -> Library:
    r"""Read records of PubMed and MEDLINE.

    A tag that CSL has no variable for stands in the record's `extra` under its own name: as text,
    or as a list where it stands several times. `AD` and `AUID` are lists with a list for each
    author.

    Args:
        text: The lines, with any line ends.
        day_first: Whether a date such as `01/02/2017` is 1 February or 2 January.

    Returns:
        The records, with what is wrong in the library's problems.

    Example:
        >>> from refcite import loads
        >>> text = "PMID- 1\nTI  - On light.\nFAU - Ito, Yuki\nDP  - 2019 Jan-Feb\n"
        >>> library = loads(text, "nbib")
        >>> library[0].title, library[0].author[0].family, str(library[0].issued)
        ('On light', 'Ito', '2019-01/2019-02')
    """
    problems: list[Problem] = []
    found = entries(text, problems)
    library = Library(is_keyed=False)
    told: set[str] = set()
    for entry in found:
        record, doubts = _record_of(entry, day_first)
        library.append(record)
        problems += first_told(doubts, told)
    if not found:
        message = "there is no record of MEDLINE in this text: no line starts with 'PMID- '"
        problems.append(no_entries(message))
    problems.sort(key=lambda problem: problem.line or 0)
    library.problems[:0] = problems
    return library


def draft_of(fields: Sequence[Field], day_first: bool | None = None) -> Draft:
    """Return what the tags of an entry say."""
    return Draft(fields, day_first)


def _record_of(entry: Entry, day_first: bool | None) -> tuple[Record, list[Problem]]:
    draft = draft_of(entry.fields, day_first)
    values: dict[str, Any] = draft.values
    origin = Origin(format=FORMAT, verbatim={"fields": entry.fields}, line=entry.line)
    record = Record(**values, extra=draft.extra, origin=origin)
    key = record.id or None
    problems = [problem.replace(key=key) for problem in draft.problems]
    if draft.is_type_guessed:
        problems.append(
            Problem(
                severity=Severity.WARNING,
                code="unknown-type",
                message="no publication type, journal or book tells what the work is",
                line=entry.line,
                column=1,
                hint="it is read as document; say what it is in a line 'PT  - '",
                key=key,
            )
        )
    return record, problems
