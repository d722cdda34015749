"""Write MEDLINE's tagged format."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from refcite.dates import Date
from refcite.formats.iso639 import bibliographic_code
from refcite.formats.namelists import ET_AL
from refcite.formats.nbib.build import ID_SOURCE, OF_AUTHORS, chosen_issn
from refcite.formats.nbib.lines import Field
from refcite.formats.nbib.read import FORMAT, draft_of
from refcite.formats.nbib.table import ORDER, Kind, Tag, publication_type, tags_of
from refcite.formats.nbib.values import (
    short_name,
    write_date,
    write_day,
    write_name,
    write_title,
)
from refcite.names import Name
from refcite.record import Record
from refcite.richtext import plain
from refcite.vocabulary import attribute_of

__all__ = ["write"]

_WIDTH: Final = 88
_PLACE: Final = {tag: place for place, tag in enumerate(ORDER)}
_TAG: Final = re.compile(r"[A-Z][A-Z0-9]{1,3}")
_SPACE: Final = re.compile(r"[ \t\r\n\f\v]+")
_LINE_END: Final = re.compile(r"\r\n?|\n")


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
    for tag, text, _ in _verbatim(record) or _Writer(record).fields():
        yield from _wrapped(tag, text)


def _verbatim(record: Record) -> Sequence[Field] | None:
    """Return the tags that a record was read from, where they still say the same."""
    origin = record.origin
    if origin is None or origin.format != FORMAT:
        return None
    fields: list[Field] = list(origin.verbatim["fields"])
    draft = draft_of(fields)
    if "id" not in draft.values and record.id:
        # The id was given by the library; it is written, since the work is cited by it.
        fields.append(("OID", ID_SOURCE + record.id, 0))
        draft = draft_of(fields)
    is_same = Record(**draft.values, extra=draft.extra) == record
    return fields if is_same and draft.values.get("id", "") == record.id else None


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


class _Writer:
    """Gathers the tags of one record."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._found: dict[str, list[str]] = {}
        self._people: list[tuple[str, str]] = []

    def fields(self) -> list[Field]:
        record = self._record
        self._put_extra()
        for tag in tags_of(record.type).values():
            value = getattr(record, attribute_of(tag.variable))
            if tag.writes and value:
                self._put(tag, value)
        self._put_people()
        self._put_id()
        self._found.setdefault("PT", []).insert(0, publication_type(record.type))
        summary = _summary(self._found)
        if summary:
            self._found["SO"] = [summary]
        return self._ordered()

    def _ordered(self) -> list[Field]:
        people = [(tag, _line(text), 0) for tag, text in self._people]
        ordered: list[Field] = []
        for tag in sorted(self._found, key=lambda tag: _PLACE.get(tag, len(ORDER))):
            if people and _PLACE.get(tag, len(ORDER)) > _PLACE["FAU"]:
                ordered += people
                people = []
            ordered += [(tag, _line(text), 0) for text in self._found[tag] if _line(text)]
        return ordered + people

    def _put_extra(self) -> None:
        for tag, value in self._record.extra.items():
            if not _TAG.fullmatch(tag) or tag in (*OF_AUTHORS, "SO"):
                continue
            texts = value if isinstance(value, list) else [value]
            if all(isinstance(text, str) for text in texts):
                self._found[tag] = list(texts)

    def _put(self, tag: Tag, value: Any) -> None:
        texts = self._found.setdefault(tag.name, [])
        if isinstance(value, Date):
            texts.insert(0, _date(tag.kind, value))
        elif isinstance(value, str):
            self._put_text(tag, value, texts)

    def _put_text(self, tag: Tag, value: str, texts: list[str]) -> None:
        if tag.kind is Kind.KEYWORD:
            texts[:0] = re.split(r";\s*" if ";" in value else r",\s*", value)
        elif tag.kind is Kind.NOTE:
            texts[:0] = _LINE_END.split(value)
        elif tag.kind is Kind.ISSN:
            if chosen_issn(texts) != value:
                texts.insert(0, value)
        elif tag.kind is Kind.DOI:
            texts.insert(0, f"{value} [doi]")
        elif tag.kind is Kind.LANGUAGE:
            texts.insert(0, bibliographic_code(value) or value)
        else:
            text = plain(value)
            texts.insert(0, write_title(text) if tag.kind is Kind.TITLE else text)

    def _put_people(self) -> None:
        record = self._record
        for name in record.editor:
            self._people += _both("FED", "ED", name)
        if "editor" in record.et_al:
            self._people += [("FED", ET_AL), ("ED", ET_AL)]
        beside = {tag: _lists(record.extra.get(tag)) for tag in OF_AUTHORS}
        for place, name in enumerate(record.author):
            if name.literal is not None:
                self._people.append(("CN", name.literal))
            else:
                self._people += _both("FAU", "AU", name)
            for tag, lists in beside.items():
                self._people += [
                    (tag, text) for texts in lists[place : place + 1] for text in texts
                ]
        if "author" in record.et_al:
            self._people += [("FAU", ET_AL), ("AU", ET_AL)]
        if not record.author:
            self._people += [
                (tag, text) for tag, lists in beside.items() for texts in lists for text in texts
            ]

    def _put_id(self) -> None:
        record = self._record
        if record.id and record.id != record.pmid:
            self._found.setdefault("OID", []).insert(0, ID_SOURCE + record.id)


def _both(full: str, short: str, name: Name) -> list[tuple[str, str]]:
    return [(full, write_name(name)), (short, short_name(name))]


def _lists(value: Any) -> list[list[str]]:
    """Return a list of texts for each author, whatever form `extra` has."""
    values = value if isinstance(value, list) else [value] if isinstance(value, str) else []
    lists = [one if isinstance(one, list) else [one] for one in values]
    return [[text for text in one if isinstance(text, str)] for one in lists]


def _date(kind: Kind, date: Date) -> str:
    if kind is Kind.DAY:
        return write_day(date)
    if kind is not Kind.RECEIVED:
        return write_date(date)
    day = write_day(date, "/")
    return f"{day} 00:00 [received]" if "/" in day and len(day) == 10 else f"{day} [received]"


def _summary(found: dict[str, list[str]]) -> str:
    """Return the line that sums a citation up: journal, date, volume, issue, pages, DOI."""

    def first(tag: str) -> str:
        return found[tag][0] if found.get(tag) else ""

    if "BTI" in found:
        return ""
    issue = f"({first('IP')})" if first("IP") else ""
    pages = f":{first('PG')}" if first("PG") else ""
    place = first("VI") + issue + pages
    date = ";".join(filter(None, (first("DP"), place)))
    doi = next((text for text in found.get("AID", ()) if text.endswith("[doi]")), "")
    parts = (first("TA") or first("JT"), date, f"doi: {doi.removesuffix(' [doi]')}" if doi else "")
    return " ".join(f"{_line(part)}." for part in parts if part)


def _line(text: str) -> str:
    return _SPACE.sub(" ", text).strip(" ")
