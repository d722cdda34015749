"""Write MODS."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from refcite.dates import Date
from refcite.formats.iso639 import bibliographic_code, is_tag
from refcite.formats.mods.build import TEXT_TAGS
from refcite.formats.mods.dates import write_dates
from refcite.formats.mods.paths import parse
from refcite.formats.mods.paths import place as put
from refcite.formats.mods.people import CONFERENCE, written_et_al, written_name
from refcite.formats.mods.source import XLINK, checked
from refcite.formats.mods.table import (
    HOST,
    NAMESPACE,
    VARIABLES_NAMESPACE,
    Kind,
    Place,
    name_levels,
    places_of,
)
from refcite.formats.mods.types import AUTHORITY, IN_BOOKS, kind_of
from refcite.formats.numbers import split_range
from refcite.formats.xmlwrite import Element
from refcite.names import Name
from refcite.record import Record
from refcite.richtext import plain
from refcite.vocabulary import attribute_of

__all__ = ["write"]

_VERSION: Final = "3.7"
_ID: Final = re.compile(r"[A-Za-z_][A-Za-z0-9._-]*")
_ORDER: Final = (
    "titleInfo", "name", "typeOfResource", "genre", "originInfo", "language",
    "physicalDescription", "abstract", "tableOfContents", "targetAudience", "note", "subject",
    "classification", "relatedItem", "identifier", "location", "accessCondition", "part",
    "extension", "recordInfo",
)  # fmt: skip
"""The elements in the order of the User Guidelines."""
_IN_LOCATION: Final = (
    "physicalLocation", "shelfLocator", "url", "holdingSimple", "holdingExternal",
)  # fmt: skip
"""Elements whose order the schema fixes."""
_COUNTED: Final = {"number-of-pages": "p.", "number-of-volumes": "v."}


def write(records: Iterable[Record]) -> str:
    """Return records as a MODS collection.

    What MODS has no element for, such as a jurisdiction, stands in `extension` under CSL's name.

    Args:
        records: The records.

    Example:
        >>> from refcite import Date, Record, dumps
        >>> castle = Record(id="k", type="book", title="The Castle", issued=Date.of(1926))
        >>> print(dumps([castle], "mods"), end="")
        <?xml version="1.0" encoding="UTF-8"?>
        <modsCollection xmlns="http://www.loc.gov/mods/v3" ...>
          <mods version="3.7" ID="k">
            <titleInfo>
              <title>The Castle</title>
            </titleInfo>
            <typeOfResource>text</typeOfResource>
            <genre authority="csl">book</genre>
            <genre authority="marcgt">book</genre>
            <originInfo>
              <dateIssued encoding="w3cdtf">1926</dateIssued>
            </originInfo>
          </mods>
        </modsCollection>
    """
    taken: set[str] = set()
    found = [_Writer(record, taken).element() for record in records]
    root = Element("modsCollection", {"xmlns": NAMESPACE, "xmlns:xlink": XLINK}, children=found)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{root.xml()}\n'


class _Writer:
    """Gathers the elements of one record.

    Args:
        record: The record.
        taken: The ids that the collection has already.
    """

    def __init__(self, record: Record, taken: set[str]) -> None:
        self._record = record
        self._taken = taken
        self._root = Element("mods", {"version": _VERSION})

    def element(self) -> Element:
        self._put_type()
        self._put_names()
        for place in places_of(self._record.type):
            value = getattr(self._record, attribute_of(place.variable))
            if place.writes and value:
                self._put(place, value)
        self._put_host_genre()
        self._put_extra()
        self._put_id()
        _sort(self._root)
        return self._root

    def _put_id(self) -> None:
        text = self._record.id
        if _ID.fullmatch(text) and text not in self._taken:
            self._taken.add(text)
            self._root.attributes = {**self._root.attributes, "ID": text}
        elif text:
            put(self._root, "identifier[type=citekey]").text = text

    def _put_type(self) -> None:
        kind = kind_of(self._record.type)
        resource = put(self._root, "typeOfResource")
        resource.text = kind.resource
        if kind.is_manuscript:
            resource.attributes = {"manuscript": "yes"}
        put(self._root, f"genre[authority={AUTHORITY}]").text = self._record.type
        if kind.genre:
            put(self._root, "genre[authority=marcgt]").text = kind.genre

    def _put_host_genre(self) -> None:
        host = kind_of(self._record.type).host
        if host and any(one.attributes.get("type") == "host" for one in self._root.children):
            put(self._root, f"{HOST}/genre[authority=marcgt]").text = host

    # Names

    def _put_names(self) -> None:
        record = self._record
        for level, variables in name_levels(record.type).items():
            for role, variable in variables.items():
                if not level and role == "editor" and record.type in IN_BOOKS:
                    continue
                path = f"{level}/name" if level else "name"
                for name in getattr(record, attribute_of(variable)):
                    self._put_name(path, written_name(name, role), str(name))
                if attribute_of(variable) in record.et_al:
                    self._put_name(path, written_et_al(role), "")

    def _put_name(self, path: str, written: Element, name: str) -> None:
        element = put(self._root, path)
        element.attributes, element.children = written.attributes, written.children
        self._put_details(element, name)

    def _put_details(self, element: Element, name: str) -> None:
        for key, details in self._record.extra.items():
            if key.startswith("name/") and isinstance(details, Mapping):
                for source in details.get(name, ()):
                    _add_source(element, source, key.partition("/")[2])

    # Values

    def _put(self, place: Place, value: Any) -> None:
        if isinstance(value, Date):
            self._put_date(place, value)
        elif place.kind is Kind.TITLE:
            put(put(self._root, place.path), "title").text = plain(value)
        elif place.kind is Kind.KEYWORD:
            for word in re.split(r"\s*;\s*" if ";" in value else r"\s*,\s*", value):
                if word:
                    put(put(self._root, "subject"), "topic").text = plain(word)
        elif place.kind is Kind.SUBJECT:
            # What one subject holds is one subject, and not merged with another.
            subject, _, path = place.path.partition("/")
            put(put(self._root, subject), path).text = plain(value)
        elif place.kind is Kind.LANGUAGE:
            self._put_language(place, value)
        elif place.kind is Kind.PAGES:
            self._put_pages(place, value)
        elif place.kind is Kind.COUNTED:
            put(self._root, place.path).text = f"{value} {_COUNTED[place.variable]}"
        elif place.kind is Kind.CONFERENCE:
            name = put(self._root, place.path)
            name.attributes = {"type": CONFERENCE}
            put(name, "namePart").text = plain(value)
            self._put_details(name, str(Name(literal=plain(value))))
        else:
            put(self._root, place.path).text = plain(value)

    def _put_date(self, place: Place, date: Date) -> None:
        if place.kind is Kind.ACCESSED and self._put_access(date):
            return
        path = "originInfo/dateCaptured" if place.kind is Kind.ACCESSED else place.path
        for text in write_dates(date):
            element = put(self._root, path)
            element.attributes = {**element.attributes, **text.attributes()}
            element.text = text.text

    def _put_access(self, date: Date) -> bool:
        """Say when the address was seen, where there is one."""
        for location in self._root.children:
            for url in location.children if location.tag == "location" else ():
                if url.tag == "url":
                    url.attributes = {"dateLastAccessed": str(date)}
                    return True
        return False

    def _put_language(self, place: Place, text: str) -> None:
        code = bibliographic_code(text)
        element = put(self._root, place.path)
        element.text = code or text
        if code:
            element.attributes = {"type": "code", "authority": "iso639-2b"}
        elif is_tag(text):
            element.attributes = {"type": "code", "authority": "rfc5646"}
        else:
            element.attributes = {"type": "text"}

    def _put_pages(self, place: Place, text: str) -> None:
        extent = put(self._root, place.path)
        start, end = split_range(text)
        if end is None:
            put(extent, "list").text = text
        else:
            put(extent, "start").text = start
            put(extent, "end").text = end

    # What CSL has no variable for

    def _put_extra(self) -> None:
        for key, value in self._record.extra.items():
            *_, tag = key.split("/")
            steps = parse(key)
            if not steps or steps[0].tag not in _ORDER:
                continue
            for text in value if isinstance(value, list) else [value]:
                if not isinstance(text, str):
                    continue
                if text.startswith("<"):
                    source = checked(text, tag)
                    if source:
                        put(self._root, key).source = source
                elif tag in TEXT_TAGS:
                    put(self._root, key).text = text


def _add_source(element: Element, text: Any, tag: str) -> None:
    source = checked(text, tag) if isinstance(text, str) else ""
    if source:
        element.children.append(Element(tag, source=source))


def _sort(element: Element) -> None:
    """Put elements in their order, and leave out those in which there is nothing."""
    for inner in element.children:
        if inner.tag in ("relatedItem", "location", "extension", "originInfo", "part"):
            _sort(inner)
        if inner.tag == "variables":
            inner.attributes = {"xmlns": VARIABLES_NAMESPACE}
    order = _IN_LOCATION if element.tag == "location" else _ORDER
    element.children = sorted(
        (inner for inner in element.children if not inner.is_empty or inner.attributes),
        key=lambda inner: order.index(inner.tag) if inner.tag in order else len(order),
    )
