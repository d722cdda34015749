"""Write RIS.

The output is read back at once. If a record would be read back with changes, because RIS has no tag
for a value, a note contains the rest (see `beyond`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from refcite.dates import Date, Point
from refcite.formats.crosswalk import Row, kept
from refcite.formats.draft import Draft, Field
from refcite.formats.numbers import split_range
from refcite.formats.ris.beyond import write_beyond
from refcite.formats.ris.lines import looks_like_tag
from refcite.formats.ris.read import FORMAT, draft_of
from refcite.formats.ris.table import ORDER, SPEC, code_named, places_of, seconds_of
from refcite.formats.ris.values import one_line, write_date
from refcite.record import Record
from refcite.vocabulary import ATTRIBUTES, VARIABLE_OF

__all__ = ["join_blocks", "write", "write_stream"]

_TAG: Final = re.compile(r"[A-Z][A-Z0-9]")
_PLACE: Final = {tag: place for place, tag in enumerate(ORDER)}
_NOT_EXTRA: Final = ("TY", "ER", "ID")
_ONE_LINE_END: Final = re.compile(r"\r\n?|\n")


def write(records: Iterable[Record]) -> str:
    """Return records as RIS.

    A record that was read from RIS and has not changed is written with its original tags. What RIS
    has no tag for is in notes, `N1  - csl:variable: value`, which are read back.

    Args:
        records: The records.

    Raises:
        FormatError: A value of `extra` has no form in JSON.

    Example:
        >>> from refcite import Date, Name, Record, dumps
        >>> print(dumps([Record(id="kafka", type="book", title="The Castle",
        ...                     author=(Name(family="Kafka", given="Franz"),),
        ...                     issued=Date.of(1926))], "ris"))
        TY  - BOOK
        AU  - Kafka, Franz
        TI  - The Castle
        PY  - 1926
        ID  - kafka
        ER  -
    """
    return "".join(write_stream(records))


def write_stream(records: Iterable[Record]) -> Iterator[str]:
    """Yield each record as RIS.

    Args:
        records: The records.
    """
    for record in records:
        type_, fields = _verbatim(record) or _fields(record)
        lines = [f"TY  - {type_}", *(f"{tag}  - {text}" for tag, text, _ in fields), "ER  - \n\n"]
        yield "\n".join(lines)


def join_blocks(texts: Iterable[bytes], **options: object) -> Iterator[bytes]:
    """Yield the text of all records, from texts with some of them in UTF-8.

    Args:
        texts: The texts, none of which is empty.
        **options: The options of the writer.
    """
    yield from texts


def _verbatim(record: Record) -> tuple[str, Sequence[Field]] | None:
    """Return the tags that a record was read from, if it still states the same."""
    origin = record.origin
    if origin is None or origin.format != FORMAT:
        return None
    type_, fields = origin.verbatim["type"], origin.verbatim["fields"]
    if type_ is None:
        return None
    if not any(tag == "ID" for tag, _, _ in fields):
        # The library generated the id; it is written, since the work is cited by it.
        fields = [*fields, ("ID", record.id, 0)]
    return (type_, fields) if not _changes(record, draft_of(type_, fields)) else None


def _fields(record: Record) -> tuple[str, list[Field]]:
    type_, code = _type_of(record)
    fields = _Writer(record, code).fields()
    draft = draft_of(type_, fields)
    surplus = draft.extra.keys() - record.extra.keys() - {"TY", "type"}
    if surplus:
        # A value that the reader would put next to the record goes to a note.
        fields = [field for field in fields if field[0] not in surplus]
        draft = draft_of(type_, fields)
    changes = _changes(record, draft)
    if changes:
        last = next((i for i, field in enumerate(fields) if field[0] == "ID"), len(fields))
        fields[last:last] = [
            ("N1", write_beyond(attribute, value), 0) for attribute, value in changes.items()
        ]
    return type_, fields


def _changes(record: Record, draft: Draft) -> dict[str, Any]:
    """Return the attributes that are read back differently, with their correct values."""
    read = draft.values
    wanted = {"type": record.type, **record.variables()}
    if record.et_al:
        wanted["et_al"] = record.et_al
    if record.id:
        wanted["id"] = record.id
    changes = {key: value for key, value in wanted.items() if read.get(key) != value}
    changes.update((key, None) for key in read.keys() - wanted.keys())
    if draft.extra != record.extra:
        changes["extra"] = {
            key: value
            for key, value in record.extra.items()
            if key not in draft.extra or draft.extra[key] != value
        }
    return changes


def _type_of(record: Record) -> tuple[str, str]:
    """Return the value of `TY`, and the code whose roles the tags have."""
    named = record.extra.get("TY")
    if isinstance(named, str) and SPEC.type_of(named) == record.type:
        return named, named
    named = record.extra.get("type")
    if record.type == "document" and isinstance(named, str):
        text = one_line(named)
        if text and code_named(text) is None:
            return text, "GEN"
    code = SPEC.own_type(record.type)
    return code, code


class _Writer:
    """Gathers the tags of one record."""

    def __init__(self, record: Record, code: str) -> None:
        self._record = record
        self._code = code
        self._places = places_of(code)
        self._tags: dict[str, list[str]] = {}
        self._taken: set[str] = set()

    def fields(self) -> list[Field]:
        record = self._record
        for tag, text in kept(record, _is_kept):
            self._add(tag, text)
        values = {VARIABLE_OF[name]: value for name, value in record.variables().items()}
        # Attributes whose tag is a second choice are first, so that others replace them.
        for variable in sorted(values, key=seconds_of(self._code).__contains__, reverse=True):
            self._put(variable, values[variable])
        if record.id:
            self._add("ID", one_line(record.id))
        tags = sorted(self._tags, key=lambda tag: _PLACE.get(tag, _PLACE["N1"] - 0.5))
        # NUL bytes are omitted from every file that is read.
        return [(tag, text.replace("\0", ""), 0) for tag in tags for text in self._tags[tag]]

    def _add(self, tag: str, text: str) -> None:
        if "\n" in text or "\r" in text:
            text = _rows(text)
        text = text.strip()
        if text:
            self._tags.setdefault(tag, []).append(text)

    def _put(self, variable: str, value: Any) -> None:
        if variable == "issued":
            self._put_issued(value)
        elif variable == "page":
            self._put_page(value)
        elif variable == "note":
            self._add("N1", value)
        elif variable == "URL":
            self._tags.setdefault("UR", []).insert(0, one_line(value))
        else:
            self._put_in_place(variable, value)

    def _put_in_place(self, variable: str, value: Any) -> None:
        row = self._free_place(variable)
        if row is None:
            return
        self._taken.add(row.own)
        for part in (value,) if row.kind.split is None else row.kind.split(value):
            self._add(row.own, row.kind.write(part) or "")
        if row.kind.others and ATTRIBUTES[variable] in self._record.et_al:
            self._add(row.own, row.kind.others)

    def _free_place(self, variable: str) -> Row | None:
        for row in self._places.get(variable, ()):
            # An ISBN or ISSN is recognised by its form.
            if row.own == "SN" or row.own not in self._taken:
                return row
        return None

    def _put_issued(self, date: Date) -> None:
        start = date.start
        if not isinstance(start, Point):
            self._tags.setdefault("PY", []).insert(0, one_line(date.literal or ""))
            return
        if "PY" in self._tags or "DA" in self._tags or not 1 <= start.year <= 9999:
            return
        text = write_date(date)
        if start.season or date.season_name:
            self._add("PY", one_line(text))
        else:
            self._add("PY", text[:4])
            if start.month:
                self._add("DA", text)

    def _put_page(self, page: str) -> None:
        first, last = split_range(one_line(page))
        self._add("SP", first)
        if last is not None:
            self._add("EP", last)


def _is_kept(key: str) -> bool:
    return _TAG.fullmatch(key) is not None and key not in _NOT_EXTRA


def _rows(text: str) -> str:
    """Return lines in a form that the reader accepts; joined, if one has the form of a tag."""
    rows = [row.strip() for row in _ONE_LINE_END.split(text)]
    return (" " if any(map(looks_like_tag, rows)) else "\n").join(rows)
