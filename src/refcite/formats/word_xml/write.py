"""Write Word's bibliography sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

from refcite.dates import Date
from refcite.formats.dateparts import write_date
from refcite.formats.word_xml.table import (
    ELEMENTS,
    LONGEST,
    NAMESPACE,
    ROLES,
    SOURCE_TYPES,
    STANDARD_NUMBERS,
    Field,
    Kind,
    fields_of,
    source_type,
)
from refcite.formats.word_xml.values import join_numbers, thesis_type
from refcite.formats.xmlwrite import Element
from refcite.names import Name, read_list
from refcite.record import Record
from refcite.richtext import plain
from refcite.vocabulary import attribute_of

__all__ = ["write"]

_DATES: Final = {
    "Year": ("Year", "Month", "Day"),
    "YearAccessed": ("YearAccessed", "MonthAccessed", "DayAccessed"),
}
_CORPORATE: Final = ("Author", "Performer")
"""The roles that may have an organisation in place of names (CT_NameOrCorporateType)."""
_JOINED: Final = ("StandardNumber", "StateProvince", "CountryRegion")
"""Elements of which the text becomes part of another value when it is read."""
_SPACE: Final = re.compile(r"\s+")
_TRAILING: Final = re.compile(r"\s+\S*\Z")


def write(records: Iterable[Record]) -> str:
    """Return records as Word's sources.

    An element of theirs holds 255 characters at most: longer titles and notes are cut, other
    values that are longer are left out.

    Args:
        records: The records.

    Example:
        >>> from refcite import Date, Record, dumps
        >>> print(dumps([Record(id="Kaf26", type="book", title="The Castle",
        ...                     issued=Date.of(1926))], "word-xml"), end="")
        <?xml version="1.0" encoding="UTF-8"?>
        <b:Sources SelectedStyle="" xmlns:b="...">
          <b:Source>
            <b:Tag>Kaf26</b:Tag>
            <b:SourceType>Book</b:SourceType>
            <b:Title>The Castle</b:Title>
            <b:Year>1926</b:Year>
          </b:Source>
        </b:Sources>
    """
    sources = [Element("b:Source", children=_Writer(record).elements()) for record in records]
    root = Element("b:Sources", {"SelectedStyle": "", "xmlns:b": NAMESPACE}, children=sources)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{root.xml()}\n'


class _Writer:
    """Gathers the elements of one record."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._fields = fields_of(record.type)
        self._texts: dict[str, list[str]] = {}
        self._roles: dict[str, tuple[Name, ...]] = {}

    def elements(self) -> list[Element]:
        self._put("Tag", self._record.id)
        self._put("SourceType", self._source_type())
        for field in self._fields:
            if field.writes:
                self._put_field(field)
        self._put_numbers()
        self._put_extra()
        found = [
            Element(f"b:{name}", text=text) for name, texts in self._texts.items() for text in texts
        ]
        if self._roles:
            # As Word writes it, behind what identifies the source.
            place = sum(name in self._texts for name in ("Tag", "SourceType"))
            found.insert(place, Element("b:Author", children=[*map(self._role, self._roles)]))
        return found

    def _source_type(self) -> str:
        named = self._record.extra.get("SourceType")
        if isinstance(named, str) and SOURCE_TYPES.get(named) == self._record.type:
            return named
        return source_type(self._record.type)

    def _put(self, name: str, text: str | None, *, is_prose: bool = False) -> None:
        line = _SPACE.sub(" ", text or "").strip()
        if len(line) > LONGEST:
            line = f"{_TRAILING.sub('', line[: LONGEST - 1])}…" if is_prose else ""
        if line:
            self._texts.setdefault(name, []).append(line)

    def _put_field(self, field: Field) -> None:
        value = getattr(self._record, attribute_of(field.variable))
        if field.kind is Kind.THESIS:
            self._put(field.element, thesis_type(value))
        elif not value or field.kind is Kind.NUMBERS:
            return
        elif isinstance(value, tuple):
            self._roles[field.element] = value
        elif isinstance(value, Date):
            for name, text in zip(_DATES[field.element], write_date(value), strict=True):
                self._put(name, text)
        else:
            self._put(field.element, plain(value), is_prose=field.kind is Kind.PROSE)

    def _put_numbers(self) -> None:
        record = self._record
        numbers = {
            name: text for name in STANDARD_NUMBERS if (text := getattr(record, attribute_of(name)))
        }
        rest = record.extra.get("StandardNumber")
        self._put("StandardNumber", join_numbers(numbers, rest if isinstance(rest, str) else ""))

    def _put_extra(self) -> None:
        for name, value in self._record.extra.items():
            values: Sequence[Any] = value if isinstance(value, list) else [value]
            if not all(isinstance(text, str) for text in values):
                continue
            if name in ROLES and name not in self._roles:
                self._roles[name] = tuple(map(Name.of_inverted, values))
            elif name in ELEMENTS and name not in _JOINED:
                for text in values:
                    self._put(name, text)

    def _role(self, role: str) -> Element:
        names = self._roles[role]
        if role in _CORPORATE and len(names) == 1 and names[0].literal is not None:
            corporate = Element("b:Corporate", text=_short(names[0].literal))
            return Element(f"b:{role}", children=[corporate])
        persons = [Element("b:Person", children=_parts(name)) for name in names]
        return Element(f"b:{role}", children=[Element("b:NameList", children=persons)])


def _parts(name: Name) -> list[Element]:
    if name.literal is not None:
        last = _short(name.literal)
        found = [Element("b:Last", text=last)]
        # A first name that is there and empty says that the last is the whole name.
        return found if read_list(last).names == (name,) else [*found, Element("b:First")]
    parts = name.parts()
    first, _, middle = parts.given.partition(" ")
    last = f"{parts.family}, {parts.suffix}" if parts.suffix else parts.family
    texts = {"b:Last": last, "b:First": first, "b:Middle": middle}
    return [Element(tag, text=_short(text)) for tag, text in texts.items() if text]


def _short(text: str) -> str:
    return _SPACE.sub(" ", text).strip()[:LONGEST]
