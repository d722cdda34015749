"""Read Ovid's labelled text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from refcite.formats.draft import Draft, Field, library_of
from refcite.formats.htmltext import entities_of
from refcite.formats.nbib import GENRES, publication_type, read_title
from refcite.formats.ovid.lines import entries_of
from refcite.formats.ovid.source import parts_of_chapter, parts_of_source
from refcite.formats.ovid.table import SPEC, TYPES
from refcite.formats.preprints import read_preprint
from refcite.formats.statuses import read_status
from refcite.library import Library
from refcite.problems import Problem
from refcite.record import Record

__all__ = ["read"]

_HOUSEKEEPING: Final = frozenset(("VN", "SCORE"))
_LABEL: Final = re.compile(r"\s*\.?\s*\[([A-Z][A-Za-z ,/-]{2,40}|[0-9]{1,4} refs?)\]\.?\Z")
_KIND: Final = re.compile(r"[;:]\s*")
_MEDLINE: Final = re.compile(r"medline|pubmed|healthstar", re.IGNORECASE)
_IN_BOOKS: Final = ("chapter", "entry-encyclopedia")
_OF_JOURNALS: Final = ("JN", "NJ", "JT", "TA")
_OF_SOURCE: Final = {"SO": frozenset(("JN", "JT", "BT")), "SO event": frozenset(("CF",))}
"""Parts of the source that are not read if the record has a field for them."""
_SHORTER: Final = {"AU": "FA", "AS": "SO"}
"""Codes of shorter texts, each with that of the whole one."""


def read(text: str, *, day_first: bool | None = None) -> Library:
    r"""Read Ovid's labelled text, with codes or with labels in words.

    A field that CSL has no variable for is in the record's `extra` under its code, such as `AN`,
    the number of the record in its database: as text, or as a list if it is several times.

    Args:
        text: The lines, with any line ends.
        day_first: Whether a date such as `01/02/2017` is 1 February or 2 January.

    Returns:
        The records, with the problems in the library.

    Example:
        >>> from refcite import loads
        >>> library = loads("<1. >\nVN  - Ovid Technologies\nDB  - Embase\nAU  - Roe A.\n"
        ...     "TI  - On ebb.\nSO  - Annals of Ebb. 12 (3) (pp 5-9), 2014.\n", "ovid")
        >>> library[0].container_title, library[0].volume, library[0].page
        ('Annals of Ebb', '12', '5-9')
    """
    problems: list[Problem] = []
    entries = list(entries_of(text.removeprefix("\ufeff"), problems))
    return library_of(
        (_record(fields, day_first) for fields in entries),
        missing="there is no record of Ovid in this text: no line has the form 'TI  - …'",
        problems=problems,
    )


def _record(fields: Sequence[Field], day_first: bool | None) -> tuple[Record, Draft]:
    said = [field for field in entities_of(fields) if field[1]]
    first = {code: text for code, text, _ in reversed(said)}
    kinds = [text.strip(" .") for code, text, _ in said if code in ("PT", "DT")]
    type_ = _type_of(kinds, first)
    draft = Draft(SPEC, type_ or "document", day_first=day_first, line=fields[0][2])
    draft.values["type"] = type_ or "document"
    if type_ is None:
        missing = "no type, journal or book shows the type of the work"
        draft.unknown_type(missing=missing, hint="add its type in a line 'PT  - '")
    genre = next((one for one in GENRES if one in kinds), None)
    if genre:
        draft.values["genre"] = genre
    draft.read(_prepared(said, first, draft, genre))
    issued = draft.values.get("issued")
    if issued is not None and draft.extra.get("YR") == str(issued.year):
        del draft.extra["YR"]  # a part of the date
    read_preprint(draft.values["type"], draft.values, draft.extra, "JN", "PB")
    read_status(draft.values)
    return draft.record("ovid"), draft


def _type_of(kinds: Sequence[str], first: dict[str, str]) -> str | None:
    """Return the CSL type of a work, by its types or its fields; None if nothing shows it."""
    parts = {part.strip(" .").casefold() for kind in kinds for part in _KIND.split(kind)}
    if "chapter" in parts or ("BT" in first and "TI" in first):
        return "chapter"
    found = next((csl for own, csl in TYPES.items() if own in parts), None)
    if found not in (None, "article-journal"):
        return found
    found = publication_type(kinds) or found
    if found is not None:
        return found
    if any(code in first for code in _OF_JOURNALS) or parts_of_source(first.get("SO", "")):
        return "article-journal"
    if "BT" in first or "IB" in first or "ET" in first:
        return "book"
    if any(part.startswith("reports") for part in parts):
        return "report"  # of ERIC, if it has no journal
    return "article-journal" if "SO" in first else None


def _prepared(
    fields: Iterable[Field], first: dict[str, str], draft: Draft, genre: str | None
) -> Iterator[Field]:
    """Yield the fields that the table reads, with those that `SO` contains."""
    is_of_medline = _MEDLINE.search(first.get("DB", "")) is not None
    for code, text, line in fields:
        draft.line = line
        if code in _HOUSEKEEPING:
            continue
        if code in ("PT", "DT"):
            if text != genre:
                draft.keep(code, text)
        elif code in _SHORTER and _SHORTER[code] in first:
            continue
        elif code == "TI":
            yield code, _title(text, draft), line
        elif code == "SO":
            draft.keep(code, text)
            for field in _of_source(text, draft, line):
                if first.keys().isdisjoint(_OF_SOURCE.get(field[0], ())):
                    yield field
        elif code == "UI" and not (text.isdecimal() and (is_of_medline or "DB" not in first)):
            draft.keep(code, text)
        elif code == "AN":
            draft.keep(code, text)
            if is_of_medline and text.isdecimal() and "UI" not in first:
                yield "UI", text, line
        else:
            yield code, text, line


def _title(text: str, draft: Draft) -> str:
    """Return a title without quotation marks around it, and without the label after it."""
    label = _LABEL.search(text[-80:])
    if (label and not text.startswith("[")) or (label and text.count("[") > 1):
        draft.keep("TI", label[1])
        text = text[: len(text) - len(label[0])]
    text = text.strip()
    if len(text) > 2 and text[0] == '"' and text.rstrip(".")[-1] == '"' and text.count('"') == 2:
        text = text.rstrip(".")[1:-1]
    return read_title(text)


def _of_source(text: str, draft: Draft, line: int) -> Iterator[Field]:
    """Yield the fields that the summary of the source contains."""
    type_ = draft.values["type"]
    if type_ == "patent":
        return
    if type_ == "book" or type_ in _IN_BOOKS:
        names, parts = parts_of_chapter(text)
        for name in names:
            yield "ED", name, line
        title = "TI" if type_ == "book" else "SO"
        codes = {"title": title, "publisher": "PB", "place": "LC", "count": "PG"}
    else:
        parts = parts_of_source(text)
        codes = {
            "journal": "SO",
            "volume": "VI",
            "issue": "IP",
            "number": "SO number",
            "event": "SO event",
            "event place": "SO event place",
        }
    for name, code in {**codes, "page": "PG", "date": "SO date", "series": "SE"}.items():
        if (value := parts.get(name)) and (name != "count" or type_ == "book"):
            yield code, value, line
