"""Read EndNote's XML."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from refcite.dates import Date
from refcite.formats.endnote_xml.styles import lines, read_markup
from refcite.formats.endnote_xml.table import PATHS, Role, roles_of, type_named, written_type
from refcite.formats.endnote_xml.types import GROUPS, PUBMED, Reading
from refcite.formats.endnote_xml.values import read_issued, read_name, read_serial
from refcite.formats.namelists import names_of
from refcite.formats.numbers import is_range
from refcite.formats.xmlread import (
    Entry,
    XmlElement,
    children,
    library_of,
    local_name,
    text_of,
)
from refcite.identifiers import normal_doi
from refcite.library import Library
from refcite.problems import Problem, Severity
from refcite.vocabulary import attribute_of

__all__ = ["FORMAT", "KEY_OWNER", "read"]

FORMAT: Final = "endnote-xml"
KEY_OWNER: Final = "refcite"
"""The program in whose name a record's id stands among the foreign keys."""

_HOUSEKEEPING: Final = frozenset(
    ("database", "source-app", "rec-number", "foreign-keys", "ref-type", "modified-date")
)
"""What EndNote keeps for itself."""


def read(text: str, *, day_first: bool | None = None) -> Library:
    """Read an export of EndNote, or of a program that writes its XML.

    An element that CSL has no variable for stands in the record's `extra` under its own name, such
    as `custom1`, `auth-address` or `pdf-urls`: as text, or as a list where there are several.

    Args:
        text: The XML.
        day_first: Whether a date such as `01/02/2017` is 1 February or 2 January.

    Returns:
        The records, with what is wrong in the library's problems.

    Example:
        >>> from refcite import loads
        >>> library = loads('<xml><records><record><ref-type name="Book">6</ref-type><titles>'
        ...                 '<title>On <style face="italic">E. coli</style></title></titles>'
        ...                 '</record></records></xml>', "endnote-xml")
        >>> library[0].title, library[0].type
        ('On <i>E. coli</i>', 'book')
    """
    return library_of(
        text,
        "record",
        lambda entry: Draft(entry, day_first),
        format=FORMAT,
        missing="there is no record of EndNote in this text: no element <record>",
    )


class Draft:
    """The attributes of a record, before it is made.

    Args:
        entry: The record's element.
        day_first: How to read `01/02/2017`.

    Attributes:
        values: The attributes.
        extra: What no attribute holds.
        problems: What is doubtful.
    """

    def __init__(self, entry: Entry, day_first: bool | None = None) -> None:
        self.values: dict[str, Any] = {}
        self.extra: dict[str, Any] = {}
        self.problems: list[Problem] = []
        self._day_first = day_first
        self._found: dict[str, list[XmlElement]] = {}
        for element in _elements(entry.element):
            self._found.setdefault(local_name(element), []).append(element)
        self._read_id()
        for role in self._roles().values():
            elements = self._found.pop(role.element, [])
            if elements or (role.reading is Reading.ISSUED and "pub-dates" in self._found):
                _READERS[role.reading](self, role, elements)
        self._read_pmid()
        self._keep_rest()

    def _read_id(self) -> None:
        for element in self._found.get("key", ()):
            if element.get("app") == KEY_OWNER and text_of(element):
                self.values["id"] = text_of(element)
                return
        for element in self._found.get("rec-number", ()):
            if text_of(element):
                self.values["id"] = text_of(element)

    def _read_pmid(self) -> None:
        number = self.values.get("archive_location", "")
        if number.isdecimal() and self.values.get("source", "").casefold() in PUBMED:
            self.values["pmid"] = self.values.pop("archive_location")

    def _roles(self) -> dict[str, Role]:
        element = next(iter(self._found.get("ref-type", ())), None)
        name = str(element.get("name", "")) if element is not None else ""
        number = text_of(element)
        own = type_named(name, number)
        if own is None:
            self.problems.append(_unknown_type(name or number))
            if name or number:
                self.extra["type"] = name or number
            own = written_type("document")
        elif written_type(own.type) is not own:
            self.extra["ref-type"] = own.name
        self.values["type"] = own.type
        return dict(roles_of(own))

    # Keeping what has no place

    def _keep(self, element: str, texts: list[str]) -> None:
        if texts:
            self.extra[element] = texts[0] if len(texts) == 1 else texts

    def _keep_rest(self) -> None:
        for name, elements in self._found.items():
            if name in _HOUSEKEEPING or name == "key":
                continue
            self._keep(name, [text for one in elements for text in _texts(name, one)])

    def _set(self, role: Role, value: Any, elements: list[XmlElement]) -> None:
        """Fill a variable; what another element has filled already is kept."""
        attribute = attribute_of(role.variable)
        if attribute not in self.values:
            self.values[attribute] = value
        elif self.values[attribute] != value:
            self._found[role.element] = elements

    # Reading

    def _text(self, role: Role, elements: list[XmlElement]) -> None:
        texts = list(filter(None, map(read_markup, elements)))
        if texts:
            self._set(role, texts[0], elements[:1])
            self._keep(role.element, texts[1:])

    def _plain(self, role: Role, elements: list[XmlElement]) -> None:
        if text := " ".join(text_of(elements[0]).split()):
            self._set(role, text, elements)

    def _names(self, role: Role, elements: list[XmlElement]) -> None:
        texts = [
            " ".join(line.split())
            for group in elements
            for author in children(group)
            for line in lines(text_of(author)).split("\n")
            if line.strip()
        ]
        found = names_of(texts, "give each name an element author", read_name)
        if found.names:
            if attribute_of(role.variable) not in self.values:
                found.put(self.values, attribute_of(role.variable))
                self.problems += found.problems
            else:
                self._set(role, found.names, elements)

    def _date(self, role: Role, elements: list[XmlElement]) -> None:
        if text := text_of(elements[0]):
            self._set(role, self._parsed(text), elements)

    def _parsed(self, text: str) -> Date:
        return Date.parse(text, day_first=self._day_first, problems=self.problems)

    def _issued(self, role: Role, elements: list[XmlElement]) -> None:
        days = [
            day
            for group in self._found.pop("pub-dates", ())
            for day in children(group)
            if text_of(day)
        ]
        day = text_of(days[0]) if days else ""
        year = text_of(elements[0]) if elements else ""
        date = read_issued(year, day, self.problems, day_first=self._day_first)
        if date:
            self.values["issued"] = date
        is_kept = date is not None and day != "" and date == Date.parse(year)
        # A date of another year, or one that cannot be read, stays beside the year that is read.
        self._keep("pub-dates", [day] * is_kept + [text_of(one) for one in days[1:]])

    def _epub(self, role: Role, elements: list[XmlElement]) -> None:
        text = text_of(elements[0])
        date = Date.parse(text, day_first=self._day_first) if text else None
        if date and date.literal is None:
            self._set(role, date, elements)
        elif text:
            self._set(Role(role.element, "edition", Reading.TEXT), text, elements)

    def _extent(self, role: Role, elements: list[XmlElement]) -> None:
        text = " ".join(text_of(elements[0]).split())
        if text and is_range(text):
            self._set(Role(role.element, "page", Reading.TEXT), text, elements)
        elif text:
            self._set(role, text, elements)

    def _serial(self, role: Role, elements: list[XmlElement]) -> None:
        for name, text in read_serial(lines(text_of(elements[0])), role.variable).items():
            self.values.setdefault(attribute_of(name), text)

    def _doi(self, role: Role, elements: list[XmlElement]) -> None:
        if text := " ".join(text_of(elements[0]).split()):
            self._set(role, normal_doi(text), elements)

    def _keywords(self, role: Role, elements: list[XmlElement]) -> None:
        words = [
            word.strip()
            for group in elements
            for element in (list(children(group)) or [group])
            for word in read_markup(element).split("\n")
            if word.strip()
        ]
        if words:
            separator = "; " if any("," in word for word in words) else ", "
            self._set(role, separator.join(words), elements)

    def _links(self, role: Role, elements: list[XmlElement]) -> None:
        urls = [url for element in elements for url in _texts(role.element, element)]
        if urls and "url" not in self.values:
            self.values["url"] = urls.pop(0)
        self._keep(role.element, urls)

    def _proceedings(self, role: Role, elements: list[XmlElement]) -> None:
        is_conference = any(map(text_of, self._found.get("custom3", ())))
        variable = role.variable if is_conference else "container-title"
        self._text(Role(role.element, variable, Reading.TEXT), elements)


_READERS: Final[dict[Reading, Callable[[Draft, Role, list[XmlElement]], None]]] = {
    Reading.TEXT: Draft._text,
    Reading.PLAIN: Draft._plain,
    Reading.NAMES: Draft._names,
    Reading.DATE: Draft._date,
    Reading.ISSUED: Draft._issued,
    Reading.EPUB: Draft._epub,
    Reading.EXTENT: Draft._extent,
    Reading.SERIAL: Draft._serial,
    Reading.DOI: Draft._doi,
    Reading.KEYWORD: Draft._keywords,
    Reading.LINK: Draft._links,
    Reading.PROCEEDINGS: Draft._proceedings,
}


def _elements(record: XmlElement) -> Iterator[XmlElement]:
    """Yield the elements of a record, those that stand in a group too."""
    for element in children(record):
        name = local_name(element)
        if name in GROUPS or name in ("foreign-keys", "keyword"):
            yield from children(element)
        else:
            yield element


def _texts(name: str, element: XmlElement) -> list[str]:
    """Return the texts of an element that CSL has no variable for."""
    if name in PATHS or name == "alt-periodical":
        inner = [lines(text_of(one)) for one in children(element) if local_name(one) != "style"]
        if inner:
            return [text for text in inner if text]
    text = read_markup(element)
    return [text] if text else []


def _unknown_type(own: str) -> Problem:
    said = f"{own[:60]!r} is no reference type of EndNote" if own else "the record has no type"
    return Problem(
        severity=Severity.WARNING,
        code="unknown-type",
        message=f"{said}; it is read as document",
        column=1,
    )
