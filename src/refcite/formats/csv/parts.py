"""The text that is in several columns, or in a column of a database with several values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from refcite.dates import Date
from refcite.formats.csv.databases import Database
from refcite.formats.draft import Draft
from refcite.formats.numbers import is_isbn, is_issn

__all__ = ["PARTS", "cleaned", "first_address", "put_together", "settle"]

PARTS: Final = frozenset(
    {"month", "day", "page-start", "page-end", "month-day", "serial", "medium-type"}
)
"""Parts that are used completely when they are joined."""

_ISSN: Final = re.compile(r"(?<![\w-])\d{4}-?\d{3}[\dXx](?![\w-])")
_DECORATION: Final = re.compile(
    r"(?:\s|[,;|]|\((?:electronic|print|linking|online)\)|e?ISSN:?)+", re.IGNORECASE
)
_LAST: Final = re.compile(r"https?://[^\s?#]*?/(?:PMC)?(\d+)/?", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"https?://\S+")
_CITATION: Final = re.compile(
    r"(?P<journal>[^.]*(?:\.[^.;0-9][^.;]*)*)\. (?P<date>\d{4}[^;:.(]{0,20})"
    r"(?:;(?P<volume>[^():;.]{0,30})(?:\((?P<issue>[^()]{1,40})\))?(?::(?P<page>[^.;]{1,40}))?)?\."
)
_ARTICLE: Final = re.compile(r"\bArticle Number: ([^\s,;]{1,40}?)\.?(?:\s|\Z)")
_MONTH_DAY: Final = re.compile(r"(0?[1-9]|1[0-2])/(0?[1-9]|[12]\d|3[01])")


def put_together(draft: Draft, parts: Mapping[str, str]) -> None:
    """Put together the text that is in several columns: pages, and a date."""
    start, end = parts.get("page-start"), parts.get("page-end")
    if start or end:
        draft.put("page", f"{start}-{end}" if start and end and end != start else start or end)
    month, day = parts.get("month"), parts.get("day")
    issued = draft.values.get("issued")
    if not month or issued is None or issued.year is None or issued.month is not None:
        return
    words = f"{day or ''} {month} {issued.year}" if not month.isdigit() else ""
    numbers = [part.zfill(2) for part in (month, day) if part]
    date = Date.parse(words.strip() or "-".join([f"{issued.year:04}", *numbers]))
    if date.year == issued.year and date.month is not None:
        draft.values["issued"] = date
    else:
        draft.extra.update({"month": month} if not day else {"month": month, "day": day})


def cleaned(name: str, cell: str) -> str:
    """Return the cell of a database without the text that is round its value.

    Example:
        >>> cleaned("ISSN", "1932-8494 (electronic),1932-8486")
        '1932-8494, 1932-8486'
        >>> cleaned("PMID", "https://pubmed.ncbi.nlm.nih.gov/31209238")
        '31209238'
    """
    if name == "ISSN":
        found = list(dict.fromkeys(_ISSN.findall(cell)))
        is_plain = not _DECORATION.sub("", _ISSN.sub("", cell))
        return ", ".join(found) if found and is_plain else cell
    if name in ("PMID", "PMCID"):
        address = _LAST.fullmatch(cell)
        if address:
            return f"PMC{address[1]}" if name == "PMCID" else address[1]
    return cell


def first_address(cell: str) -> tuple[str, str]:
    """Return the first of several addresses in a cell, and the others.

    Example:
        >>> first_address("https://a.example/1 https://b.example/2")
        ('https://a.example/1', 'https://b.example/2')
    """
    found = _ADDRESS.findall(cell)
    if len(found) < 2:
        return cell, ""
    first = found[0].rstrip(";,|")
    return first, cell.partition(first)[2].strip(" ;,|")


def settle(draft: Draft, parts: Mapping[str, str], database: Database) -> None:
    """Read the columns that only the tables of one database have.

    Args:
        draft: The data of the other columns.
        parts: The cells, by the meanings of their columns.
        database: The database of the table.
    """
    if "citation" in parts:
        _read_citation(draft, parts["citation"])
    article = _ARTICLE.search(parts.get("whole", ""))
    if article:
        draft.put("number", article[1])
    if "month-day" in parts:
        _read_month_day(draft, parts["month-day"])
    if "serial" in parts:
        _read_serial(draft, parts["serial"])
    _settle_type(draft, parts.get("medium-type", ""), database)


def _read_citation(draft: Draft, text: str) -> None:
    """Read the citation of PubMed, such as `Ann Tides. 2019 Mar 3;12(4):5-9. doi: 10.1000/1.` ."""
    title = draft.values.get("title", "")
    if title.endswith(".") and not title.endswith("..."):
        draft.values["title"] = title[:-1]  # PubMed puts a full stop after each
    found = _CITATION.match(text[:400])
    if found is None:
        return
    draft.put("container-title-short", found["journal"])
    for name in ("volume", "issue", "page"):
        if found[name] and found[name].strip():
            draft.put(name, found[name].strip())
    date = Date.parse(found["date"].strip())
    issued: Any = draft.values.get("issued")
    is_more = issued is None or (issued.year == date.year and not issued.month)
    if date.year is not None and is_more:
        draft.values["issued"] = date


def _read_month_day(draft: Draft, text: str) -> None:
    """Read the month and the day, which RefWorks writes in this order, as `03/30`."""
    issued = draft.values.get("issued")
    if issued is None or issued.year is None or issued.month is not None:
        return
    found = _MONTH_DAY.fullmatch(text)
    day = f"{issued.year:04}-{int(found[1]):02}-{int(found[2]):02}" if found else ""
    date = Date.parse(day or f"{text} {issued}")
    if date.year == issued.year and date.month is not None:
        draft.values["issued"] = date
    else:
        draft.extra.setdefault("month", text)


def _read_serial(draft: Draft, text: str) -> None:
    if is_isbn(text):
        draft.put("ISBN", text)
    elif is_issn(text):
        draft.put("ISSN", cleaned("ISSN", text))
    else:
        draft.extra.setdefault("ISSN/ISBN", text)


def _settle_type(draft: Draft, medium: str, database: Database) -> None:
    """Determine the type by the kind of publication that Web of Science names by a letter."""
    values = draft.values
    found = values.get("type")
    if medium in _MEDIA:
        journal, other = _MEDIA[medium]
        if found is None or (found in _IN_JOURNALS and journal):
            values["type"] = journal or other
    elif medium:
        draft.extra.setdefault("Publication Type", medium)
        if found is None:
            values["type"] = database.type_of(medium) or "document"
    if "type" not in values:
        container = values.get("container_title")
        if container and database.default:
            values["type"] = database.type_in(container)
        elif database.default and values.get("publisher") and not container:
            values["type"] = "book"


_IN_JOURNALS: Final = frozenset({"article-journal", "paper-conference"})
_MEDIA: Final = {
    "J": ("article-journal", ""),
    "B": ("", "book"),
    "S": ("", "chapter"),
    "C": ("", "paper-conference"),
    "P": ("", "patent"),
}
"""The kinds of publications of Web of Science, each with the type of its works, if their own type
is one of journals or conferences, and if they have no type.
"""
