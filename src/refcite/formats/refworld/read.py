"""Reading Refworld's pages and cite-as strings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from attrs import evolve

from refcite.formats.access import Accessed, day_of
from refcite.formats.references import without_half_references
from refcite.formats.refworld.document import Document
from refcite.formats.refworld.fields import Context
from refcite.formats.refworld.groups import read_groups
from refcite.formats.refworld.heads import read_head
from refcite.formats.refworld.lines import Line, lines_of
from refcite.formats.refworld.page import read_blocks
from refcite.formats.refworld.publishers import known_publishers
from refcite.formats.refworld.records import record_of
from refcite.formats.refworld.results import read_results
from refcite.formats.refworld.strings import read_strings
from refcite.formats.refworld.text import is_html
from refcite.library import Library
from refcite.problems import Problem, RecordTypeError, Severity

__all__ = ["read"]

_AS_WRITTEN: Final = ""
"""The default of `accessed`."""


def read(
    text: str,
    *,
    publishers: Iterable[str] = (),
    day_first: bool | None = None,
    accessed: Accessed = _AS_WRITTEN,
) -> Library:
    """Read a page of Refworld, as text or HTML, or cite-as strings, one or many.

    The access date is read from a cite-as string, unless the option `accessed` sets it.

    Args:
        text: A whole page; a list of results; cite-as strings of either form, one per line or
            broken over several; footnotes and running prose that contain such strings.
        publishers: Names of publishers in addition to the table in the package. A publisher's name
            may have commas, so only a known name determines the start of the title.
        day_first: The reading of a date such as `01/02/2017`; by default it is a problem.
        accessed: The access date of all records: a date, `today`, or None for none. By default each
            record has the date in its cite-as string.

    Returns:
        The records, and the problems of guessed and unread parts: `not-recognised`,
        `guessed-publisher`, `guessed-author`, `guessed-court`, `guessed-type`, `no-title`,
        `cut-off`, `no-date`, `short-citation`, `note-without-url` (notes without a record),
        `disagreement` (between a page and its cite-as line), and the
        problems of `Date.parse`.

    Raises:
        RecordTypeError: An option is of the wrong type.
        FormatError: `accessed` is not a date.

    Example:
        >>> from refcite import loads
        >>> library = loads("Freedom House, Freedom in the World 2018 - Kazakhstan, 1 August 2018,"
        ...                 " available at: https://www.refworld.org/docid/5b7bcc75a.html"
        ...                 " [accessed 1 November 2019]", "refworld")
        >>> record = library["refworld-5b7bcc75a"]
        >>> record.type, record.publisher, str(record.issued), str(record.accessed)
        ('report', 'Freedom House', '2018-08-01', '2019-11-01')
    """
    table = known_publishers().with_names(_checked(publishers))
    if not isinstance(day_first, bool | None):
        raise RecordTypeError(f"day_first must be a bool or None, not {type(day_first).__name__}")
    day = day_of(accessed) if accessed != _AS_WRITTEN else None
    context = Context(publishers=table, day_first=day_first)
    halves: list[Problem] = []
    if is_html(text):
        # lxml is only loaded for HTML.
        from refcite.formats.refworld.webpage import page_of

        page = page_of(without_half_references(text, halves))
        text = page.text
        context = evolve(context, url=page.url, heading=page.heading)
    problems: list[Problem] = []
    lines = lines_of(text)
    notes: list[Problem] = []
    found = [record_of(said, table) for said in _read_lines(lines, context, problems, notes)]
    if not found and not problems:
        problems.append(_NOT_RECOGNISED)
    problems += notes + halves
    for _, doubts in found:
        problems.extend(doubts)
    if notes:
        problems.sort(key=lambda problem: problem.line or 0)
    records = (record for record, _ in found)
    if accessed != _AS_WRITTEN:
        records = (record.replace(accessed=day) for record in records)
    return Library(records, problems)


def _checked(publishers: Iterable[str]) -> Sequence[str]:
    wanted = "publishers must be names in a list or another iterable, not"
    # A text is an iterable too, of letters.
    if isinstance(publishers, str) or not isinstance(publishers, Iterable):
        raise RecordTypeError(f"{wanted} {type(publishers).__name__}")
    names = list(publishers)
    for name in names:
        if not isinstance(name, str):
            raise RecordTypeError(f"{wanted} a list that holds {type(name).__name__}")
    return names


_NOT_RECOGNISED: Final = Problem(
    severity=Severity.ERROR,
    code="not-recognised",
    message="this is neither a page of Refworld nor a cite-as string",
    hint="a page needs its block of metadata; a string needs at least title and date",
)


def _read_lines(
    lines: Sequence[Line], context: Context, problems: list[Problem], notes: list[Problem]
) -> Iterable[Document]:
    """Try the most reliable form first: the body of a page may cite other documents."""
    return (
        list(read_blocks(lines, context))
        or list(read_results(lines, context, problems))
        or list(read_groups(lines, context))
        or list(read_strings(lines, context, notes))
        or _read_head(lines, context, notes)
    )


def _read_head(lines: Sequence[Line], context: Context, notes: list[Problem]) -> Iterable[Document]:
    said = read_head(lines, context)
    if said is None:
        return ()
    # The lines of a page are not notes.
    notes.clear()
    return (said,)
