"""Reading Refworld's pages and cite-as strings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from refcite.formats.refworld.citeas import CiteAs, read_cite_as
from refcite.formats.refworld.heads import read_head
from refcite.formats.refworld.labels import label_at
from refcite.formats.refworld.page import Context, read_blocks, read_groups
from refcite.formats.refworld.publishers import known_publishers
from refcite.formats.refworld.records import Said, record_of
from refcite.formats.refworld.results import read_results
from refcite.formats.refworld.text import Line, lines_of
from refcite.formats.refworld.webpage import is_html, page_of
from refcite.library import Library
from refcite.problems import Problem, Severity

__all__ = ["read"]

_MOST_WRAPPED_LINES: Final = 30


def read(
    text: str,
    *,
    publishers: Iterable[str] = (),
    day_first: bool | None = None,
    **_ignored: Any,
) -> Library:
    """Read a page of Refworld, as text or HTML, or cite-as strings, one or many.

    The day of access is only ever read from a cite-as string; nothing else can give it.

    Args:
        text: A whole page; a list of results; cite-as strings of either form, one a line or
            broken over several.
        publishers: Names to know besides the table that ships with the package; a publisher's
            name may have commas, so only a known name tells where the title begins.
        day_first: How a date such as `01/02/2017` is read; by default it is a problem.

    Returns:
        The records, and what was guessed or could not be read: `not-recognised`,
        `guessed-publisher`, `guessed-author`, `guessed-type`, `no-title`, `unread-date` and the
        problems of `Date.parse`.

    Example:
        >>> library = read("Freedom House, Freedom in the World 2018 - Kazakhstan, 1 August 2018,"
        ...                " available at: https://www.refworld.org/docid/5b7bcc75a.html"
        ...                " [accessed 1 November 2019]")
        >>> record = library["refworld-5b7bcc75a"]
        >>> record.type, record.publisher, str(record.issued), str(record.accessed)
        ('report', 'Freedom House', '2018-08-01', '2019-11-01')
    """
    url = None
    if is_html(text):
        text, url = page_of(text)
    table = known_publishers().with_names(publishers)
    context = Context(publishers=table, day_first=day_first, url=url)
    problems: list[Problem] = []
    found = [record_of(said, table) for said in _read_lines(lines_of(text), context, problems)]
    if not found and not problems:
        problems.append(_NOT_RECOGNISED)
    for one in found:
        problems.extend(one.problems)
    return Library((one.record for one in found), problems)


_NOT_RECOGNISED: Final = Problem(
    severity=Severity.ERROR,
    code="not-recognised",
    message="this is neither a page of Refworld nor a cite-as string",
    hint="a page needs its block of metadata; a string needs at least title and date",
)


def _read_lines(lines: Sequence[Line], context: Context, problems: list[Problem]) -> Sequence[Said]:
    """Try what is surest first: the body of a page may cite other documents."""
    return (
        list(read_blocks(lines, context))
        or list(read_results(lines, context, problems))
        or list(read_groups(lines, context))
        or list(_read_strings(lines, context))
        or _read_rest(lines, context)
    )


def _read_rest(lines: Sequence[Line], context: Context) -> Sequence[Said]:
    said = read_head(lines, context)
    return [said] if said else []


def _read_strings(lines: Sequence[Line], context: Context) -> Iterator[Said]:
    """Read cite-as strings, one a line or broken over the lines of a paragraph."""
    paragraph: list[Line] = []
    for line in (*lines, Line(0, "")):
        if line.text:
            paragraph.append(line)
        elif paragraph:
            yield from _read_paragraph(paragraph, context)
            paragraph = []


def _read_paragraph(paragraph: Sequence[Line], context: Context) -> Iterator[Said]:
    at = 0
    while at < len(paragraph):
        found, length = _string_at(paragraph, at, context)
        if found is not None:
            yield Said.of_string(found, line=paragraph[at].number)
        at += length


def _string_at(paragraph: Sequence[Line], at: int, context: Context) -> tuple[CiteAs | None, int]:
    """Return the string that starts at a line, and over how many lines it goes."""
    alone = read_cite_as(paragraph[at].text, context.publishers)
    if alone is not None and _is_whole(alone):
        return alone, 1
    joined = paragraph[at].text
    for end in range(at + 1, min(len(paragraph), at + _MOST_WRAPPED_LINES)):
        following = paragraph[end].text
        if label_at(following) or (read_cite_as(following, context.publishers) and alone):
            break
        joined = f"{joined} {following}"
        whole = read_cite_as(joined, context.publishers)
        if whole is not None and _is_whole(whole) and _leads_well(whole, alone):
            return whole, end - at + 1
    return alone, 1


def _is_whole(parts: CiteAs) -> bool:
    """Tell whether a string has the end that the site gives it."""
    return parts.tail.accessed is not None


def _leads_well(whole: CiteAs, alone: CiteAs | None) -> bool:
    """Tell whether joining lines made one string, rather than prose before one."""
    return alone is not None or not any(
        problem.code == "guessed-publisher" for problem in whole.problems
    )
