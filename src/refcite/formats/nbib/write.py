"""Write MEDLINE's tagged format."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any, Final

from refcite.formats.crosswalk import kept, written
from refcite.formats.draft import Field
from refcite.formats.namelists import ET_AL
from refcite.formats.nbib.read import FORMAT, OF_AUTHORS, draft_of
from refcite.formats.nbib.table import ARTICLES, GENRES, ID, ORDER, SPEC
from refcite.formats.nbib.values import article_number, chosen_issn, short_name, write_name
from refcite.record import Record

__all__ = ["write"]

_WIDTH: Final = 88
_PLACE: Final = {tag: place for place, tag in enumerate(ORDER)}
_TAG: Final = re.compile(r"[A-Z][A-Z0-9]{1,3}")
_SPACE: Final = re.compile(r"[ \t\r\n\f\v]+")


def write(records: Iterable[Record]) -> str:
    """Return records in MEDLINE's tagged format.

    A record that was read from it and has not changed is written with the tags it had.

    Args:
        records: The records.

    Example:
        >>> from refcite import Date, Name, Record, dumps
        >>> print(dumps([Record(id="7", type="article-journal", title="On light", pmid="7",
        ...                     author=(Name(family="Ito", given="Yuki"),),
        ...                     issued=Date.of(2019, 3))], "nbib"))
        PMID- 7
        DP  - 2019 Mar
        TI  - On light.
        FAU - Ito, Yuki
        AU  - Ito Y
        PT  - Journal Article
        SO  - 2019 Mar.
    """
    return "\n".join("".join(_lines(record)) for record in records)


def _lines(record: Record) -> Iterator[str]:
    for tag, text in _verbatim(record) or _fields(record):
        yield from _wrapped(tag, text)


def _verbatim(record: Record) -> Sequence[tuple[str, str]] | None:
    """Return the tags that a record was read from, if they still state the same."""
    origin = record.origin
    if origin is None or origin.format != FORMAT:
        return None
    fields: list[Field] = list(origin.verbatim["fields"])
    draft = draft_of(fields)
    if "id" not in draft.values and record.id:
        # The library generated the id; it is written, since the work is cited by it.
        fields.append(("OID", ID.write(record.id) or "", 0))
        draft = draft_of(fields)
    is_same = Record(**draft.values, extra=draft.extra) == record
    return [(tag, text) for tag, text, _ in fields] if is_same else None


def _wrapped(tag: str, text: str) -> Iterator[str]:
    """Yield the lines of a value, broken at spaces as PubMed breaks them."""
    line = f"{tag:<4}- "
    width = len(line)
    for word in text.split(" "):
        if width > 6 and width + len(word) + 1 > _WIDTH:
            yield f"{line}\n"
            line, width = f"      {word}", 6 + len(word)
        else:
            line += word if width == 6 else f" {word}"
            width += len(word) + (width > 6)
    yield f"{line}\n"


def _fields(record: Record) -> Iterator[tuple[str, str]]:
    """Yield the tags of a record, in MEDLINE's order."""
    found = {"PT": [SPEC.own_type(record.type)]}
    if record.genre in GENRES:
        found["PT"].append(record.genre)
    for row, text in written(SPEC, record):
        if row.variable != "id" or record.id != record.pmid:
            found.setdefault(row.own, []).append(text)
    for tag, text in kept(record, _TAG.fullmatch):
        if tag not in OF_AUTHORS and tag != "SO":
            found.setdefault(tag, []).append(text)
    issns = found.get("IS", [])
    if record.issn and chosen_issn(issns[1:]) == record.issn:
        del issns[0]  # one with a qualifier is written already
    found["SO"] = [_summary(found, _article_number(record))]
    fields = [(tag, text) for tag, texts in found.items() for text in texts]
    placed = [(_PLACE.get(tag, len(ORDER)), tag, text) for tag, text in fields]
    placed += [(_PLACE["FAU"], tag, text) for tag, text in _people(record)]
    placed.sort(key=itemgetter(0))
    return ((tag, line) for _, tag, text in placed if (line := _line(text)))


def _people(record: Record) -> Iterator[tuple[str, str]]:
    """Yield the names, and after each author the author's data."""
    for name in record.editor:
        yield from (("FED", write_name(name)), ("ED", short_name(name)))
    if "editor" in record.et_al:
        yield from (("FED", ET_AL), ("ED", ET_AL))
    beside = {tag: _lists(record.extra.get(tag)) for tag in OF_AUTHORS}
    for place, name in enumerate(record.author):
        if name.literal is not None:
            yield "CN", name.literal
        else:
            yield from (("FAU", write_name(name)), ("AU", short_name(name)))
        for tag, lists in beside.items():
            yield from ((tag, text) for texts in lists[place : place + 1] for text in texts)
    if "author" in record.et_al:
        yield from (("FAU", ET_AL), ("AU", ET_AL))
    if not record.author:
        for tag, lists in beside.items():
            yield from ((tag, text) for texts in lists for text in texts)


def _lists(value: Any) -> list[list[str]]:
    """Return a list of texts for each author from a value of `extra` in any form."""
    values = value if isinstance(value, list) else [value] if isinstance(value, str) else []
    lists = [one if isinstance(one, list) else [one] for one in values]
    return [[text for text in one if isinstance(text, str)] for one in lists]


def _article_number(record: Record) -> str:
    """Return the number that represents pages, if it is read again from the summary."""
    number = record.number or ""
    is_read = not record.page and record.type in ARTICLES and not number.isdigit()
    return number if is_read and article_number(number) == number else ""


def _summary(found: Mapping[str, Sequence[str]], number: str) -> str:
    """Return the line that sums a citation up: journal, date, volume, issue, pages, DOI."""

    def first(tag: str) -> str:
        return found[tag][0] if found.get(tag) else ""

    if "BTI" in found:
        return ""
    issue = f"({first('IP')})" if first("IP") else ""
    place_of = first("PG") or number
    pages = f":{place_of}" if place_of else ""
    place = first("VI") + issue + pages
    date = ";".join(filter(None, (first("DP"), place)))
    doi = next((text for text in found.get("AID", ()) if text.endswith("[doi]")), "")
    parts = (first("TA") or first("JT"), date, f"doi: {doi.removesuffix(' [doi]')}" if doi else "")
    return " ".join(f"{_line(part)}." for part in parts if part)


def _line(text: str) -> str:
    return _SPACE.sub(" ", text).strip(" ")
