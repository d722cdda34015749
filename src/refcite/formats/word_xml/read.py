"""Read Word's bibliography sources."""

from __future__ import annotations

from typing import Any, Final

from refcite.formats.dateparts import read_date
from refcite.formats.namelists import NamesOfTexts, names_of, of_names
from refcite.formats.word_xml.table import (
    ROLES,
    SOURCE_TYPES,
    Field,
    Kind,
    fields_of,
    source_type,
)
from refcite.formats.word_xml.values import (
    kind_of_thesis,
    read_language,
    split_numbers,
    tells_thesis,
)
from refcite.formats.xmlread import Entry, XmlElement, children, library_of, local_name, text_of
from refcite.library import Library
from refcite.names import Name, is_et_al
from refcite.names.grammar import is_suffix
from refcite.problems import Problem, Severity
from refcite.vocabulary import attribute_of

__all__ = ["FORMAT", "read"]

FORMAT: Final = "word-xml"
_DATES: Final = {
    "Year": ("Year", "Month", "Day"),
    "YearAccessed": ("YearAccessed", "MonthAccessed", "DayAccessed"),
}
_PLACES: Final = ("City", "StateProvince", "CountryRegion")


def read(text: str) -> Library:
    """Read sources: a file of Word's, the part of a document that holds them, or a single one.

    An element that CSL has no variable for stands in the record's `extra` under its own name; the
    names of a role such as `Counsel` as a list of texts.

    Args:
        text: The XML.

    Returns:
        The records, with what is wrong in the library's problems.

    Example:
        >>> from refcite import loads
        >>> text = ('<b:Sources xmlns:b="http://schemas.openxmlformats.org/officeDocument/'
        ...         '2006/bibliography"><b:Source><b:Tag>Kaf26</b:Tag><b:SourceType>Book'
        ...         '</b:SourceType><b:Title>The Castle</b:Title></b:Source></b:Sources>')
        >>> library = loads(text, "word-xml")
        >>> library["Kaf26"].title, library["Kaf26"].type
        ('The Castle', 'book')
    """
    return library_of(
        text,
        "Source",
        Draft,
        format=FORMAT,
        missing="there is no source of Word's in this text: no element <b:Source>",
        what="source",
        is_keyed=True,
    )


class Draft:
    """The attributes of a record, before it is made.

    Args:
        entry: The source.

    Attributes:
        values: The attributes.
        extra: What no attribute holds.
        problems: What is doubtful.
    """

    def __init__(self, entry: Entry) -> None:
        self.values: dict[str, Any] = {}
        self.extra: dict[str, Any] = {}
        self.problems: list[Problem] = []
        self._texts: dict[str, list[str]] = {}
        self._names: dict[str, tuple[Name, ...]] = {}
        self._gather(entry.element)
        self._read_type()
        for field in fields_of(self.values["type"]):
            self._read(field)
        self._keep_rest()

    def _gather(self, source: XmlElement) -> None:
        for element in children(source):
            name = local_name(element)
            if name == "Author":
                for role in children(element):
                    names = self._names_in(role)
                    self._names[local_name(role)] = self._names.get(local_name(role), ()) + names
            elif text := text_of(element):
                self._texts.setdefault(name, []).append(" ".join(text.split()))

    def _names_in(self, role: XmlElement) -> tuple[Name, ...]:
        found: list[Name] = []
        for element in role.iter():
            if local_name(element) == "Corporate":
                if text := " ".join(text_of(element).split()):
                    found.append(Name(literal=text))
            elif local_name(element) == "Person":
                people = _people(element)
                found += people.names
                self.problems += people.problems
        return tuple(found)

    def _take(self, name: str) -> str:
        """Return the first text of an element, which then has a place."""
        texts = self._texts.get(name)
        if not texts:
            return ""
        text = texts.pop(0)
        if not texts:
            del self._texts[name]
        return text

    def _read_type(self) -> None:
        tag = self._take("Tag")
        if tag:
            self.values["id"] = tag
        own = self._take("SourceType")
        csl_type = SOURCE_TYPES.get(own)
        if csl_type is None:
            self.problems.append(_unknown_type(own))
            self.values["type"] = "document"
            if own:
                self.extra["type"] = own
            return
        is_thesis = own == "Report" and any(map(tells_thesis, self._texts.get("ThesisType", ())))
        self.values["type"] = "thesis" if is_thesis else csl_type
        if source_type(csl_type) != own:
            self.extra["SourceType"] = own

    def _read(self, field: Field) -> None:
        attribute = attribute_of(field.variable)
        if field.kind is Kind.NUMBERS:
            self._read_numbers()
        elif attribute in self.values:
            return
        elif field.kind is Kind.NAMES:
            if names := self._names.pop(field.element, ()):
                of_names(names).put(self.values, attribute)
        elif field.kind is Kind.DATE:
            year, month, day = map(self._take, _DATES[field.element])
            date = read_date(year, month, day, self.problems)
            if date:
                self.values[attribute] = date
        elif field.kind is Kind.PLACE:
            self._read_place(attribute)
        elif text := self._take(field.element):
            self._set_text(field, attribute, text)

    def _set_text(self, field: Field, attribute: str, text: str) -> None:
        value: str | None = text
        if field.kind is Kind.LANGUAGE:
            value = read_language(text)
            if value is None and text != "0":
                self.extra[field.element] = text
        elif field.kind is Kind.THESIS:
            value = kind_of_thesis(text)
        if value:
            self.values[attribute] = value

    def _read_numbers(self) -> None:
        if "StandardNumber" not in self._texts:
            return
        numbers, rest = split_numbers("; ".join(self._texts.pop("StandardNumber")))
        for name, text in numbers.items():
            self.values[attribute_of(name)] = text
        if rest:
            self.extra["StandardNumber"] = rest

    def _read_place(self, attribute: str) -> None:
        is_jurisdiction = self.values["type"] in ("patent", "legal_case")
        places = _PLACES[:2] if is_jurisdiction else _PLACES
        if place := ", ".join(filter(None, map(self._take, places))):
            self.values[attribute] = place

    def _keep_rest(self) -> None:
        for name, texts in self._texts.items():
            self.extra[name] = texts[0] if len(texts) == 1 else texts
        for role, names in self._names.items():
            if names and role in ROLES:
                self.extra[role] = [name.inverted() for name in names]


def _unknown_type(own: str) -> Problem:
    message = f"{own[:60]!r} is no source type of Word" if own else "the source has no type"
    return Problem(
        severity=Severity.WARNING,
        code="unknown-type",
        message=f"{message}; it is read as document",
        column=1,
    )


_EACH: Final = "give each name an element Person, with Last and First"


def _people(element: XmlElement) -> NamesOfTexts:
    parts: dict[str, list[str]] = {}
    for part in children(element):
        if text := " ".join(text_of(part).split()):
            parts.setdefault(local_name(part), []).append(text)
    family = " ".join(parts.get("Last", ()))
    given = " ".join(parts.get("First", []) + parts.get("Middle", []))
    if not (family or given):
        return NamesOfTexts()
    if not given and next(children(element, "First"), None) is not None:
        return NamesOfTexts((Name(literal=family),))
    if not given:
        return _in_last(family)
    family, _, suffix = family.partition(",")
    return NamesOfTexts((Name.of_parts(family, given, suffix.strip()),))


def _in_last(text: str) -> NamesOfTexts:
    """Read what stands in `Last` alone: a family name with its suffix, or names in full."""
    family, comma, suffix = text.partition(",")
    if comma and is_suffix(suffix.split()):
        return NamesOfTexts((Name.of_parts(family, "", suffix.strip()),))
    if is_et_al(text):
        return NamesOfTexts((Name(literal=text),))
    return names_of([text], _EACH)
