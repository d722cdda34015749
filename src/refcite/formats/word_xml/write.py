"""Write Word's bibliography sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from refcite.formats.codecs import APART, DATE_PARTS
from refcite.formats.crosswalk import kept, written
from refcite.formats.word_xml.table import DATES, LONGEST, NAMESPACE, ROLES, SPEC
from refcite.formats.word_xml.values import THESIS
from refcite.formats.xmlwrite import Element
from refcite.names import Name, read_list
from refcite.record import Record
from refcite.vocabulary import attribute_of

__all__ = ["write"]

_CORPORATE: Final = ("Author", "Performer")
"""The roles that may have an organisation in place of names (CT_NameOrCorporateType)."""
_NOT_KEPT: Final = frozenset(("StandardNumber", "StateProvince", "CountryRegion", "DOI", *ROLES))
"""Variables without an element in the schema, or that become a part of another value."""


def write(records: Iterable[Record]) -> str:
    """Return records as Word's sources.

    Their elements contain at most 255 characters: longer titles and notes are shortened, other
    values that are longer are omitted.

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
    sources = [Element("b:Source", children=_elements(record)) for record in records]
    root = Element("b:Sources", {"SelectedStyle": "", "xmlns:b": NAMESPACE}, children=sources)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{root.xml()}\n'


def _elements(record: Record) -> list[Element]:
    head = [("Tag", record.id), ("SourceType", _source_type(record))]
    # The names are after the identification of the source, as in Word's files.
    roles = [_role(own, names) for own, names in _roles(record).items()]
    authors = [Element("b:Author", children=roles)] if roles else []
    return [*_simple(head), *authors, *_simple(_texts(record))]


def _simple(texts: Iterable[tuple[str, str]]) -> Iterator[Element]:
    for name, text in texts:
        line = " ".join(text.split())
        if 0 < len(line) <= LONGEST:
            yield Element(f"b:{name}", text=line)


def _source_type(record: Record) -> str:
    named = record.extra.get("SourceType")
    if isinstance(named, str) and SPEC.type_of(named) == record.type:
        return named
    return SPEC.own_type(record.type)


def _texts(record: Record) -> Iterator[tuple[str, str]]:
    numbers = [text for _, text in kept(record, "StandardNumber".__eq__)]
    if record.type == "thesis" and not record.genre:
        yield "ThesisType", THESIS
    for row, text in written(SPEC, record):
        if row.own == "StandardNumber":
            numbers.append(text)
        elif row.kind is DATE_PARTS:
            yield from zip(DATES[row.own], text.split("\n"), strict=True)
        else:
            yield row.own, text
    yield "StandardNumber", "; ".join(numbers)
    yield from kept(record, lambda own: SPEC.knows(own) and own not in _NOT_KEPT)


def _roles(record: Record) -> dict[str, tuple[Name, ...]]:
    roles: dict[str, tuple[Name, ...]] = {}
    for row in SPEC.writers(record.type):
        if row.kind is APART and (names := getattr(record, attribute_of(row.variable))):
            roles[row.own] = names
    others = [(own, text) for own, text in kept(record, ROLES.__contains__) if own not in roles]
    for own, text in others:
        roles[own] = (*roles.get(own, ()), Name.of_inverted(text))
    return roles


def _role(own: str, names: tuple[Name, ...]) -> Element:
    if own in _CORPORATE and len(names) == 1 and names[0].literal is not None:
        inner = Element("b:Corporate", text=_short(names[0].literal))
    else:
        persons = [Element("b:Person", children=_parts(name)) for name in names]
        inner = Element("b:NameList", children=persons)
    return Element(f"b:{own}", children=[inner])


def _parts(name: Name) -> list[Element]:
    if name.literal is not None:
        last = _short(name.literal)
        found = [Element("b:Last", text=last)]
        # A first name that is there and empty states that the last is the whole name.
        return found if read_list(last).names == (name,) else [*found, Element("b:First")]
    parts = name.parts()
    first, _, middle = parts.given.partition(" ")
    last = f"{parts.family}, {parts.suffix}" if parts.suffix else parts.family
    texts = {"b:Last": last, "b:First": first, "b:Middle": middle}
    return [Element(tag, text=_short(text)) for tag, text in texts.items() if text]


def _short(text: str) -> str:
    return " ".join(text.split())[:LONGEST]
