"""Write MODS."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from refcite.formats.crosswalk import Row, kept, written
from refcite.formats.mods.dates import write_dates
from refcite.formats.mods.paths import parse
from refcite.formats.mods.paths import place as put
from refcite.formats.mods.people import written_et_al, written_name
from refcite.formats.mods.source import NAMESPACE, TEXT_TAGS, XLINK, checked
from refcite.formats.mods.table import (
    ACCESSED,
    CONFERENCE,
    DATE,
    HOST,
    NAMES,
    SPEC,
    VARIABLES_NAMESPACE,
    role_of,
)  # fmt: skip
from refcite.formats.mods.types import AUTHORITY, Wording, wording_of
from refcite.formats.xmlwrite import Element
from refcite.names import Name
from refcite.record import Record

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
"""Elements whose order the schema defines."""


def write(records: Iterable[Record]) -> str:
    """Return records as a MODS collection.

    Data without an element in MODS, such as a jurisdiction, are in `extension` under CSL's name.

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
        taken: The ids that the collection already has.
    """

    def __init__(self, record: Record, taken: set[str]) -> None:
        self._record = record
        self._taken = taken
        self._root = Element("mods", {"version": _VERSION})
        self._details = [
            (key.partition("/")[2], details)
            for key, details in record.extra.items()
            if key.startswith("name/") and isinstance(details, Mapping)
        ]

    def element(self) -> Element:
        wording = wording_of(self._record.type)
        self._put_type(wording)
        for row, said in written(SPEC, self._record):
            if row.kind is ACCESSED:
                self._put_access(said)
            elif isinstance(said, Name):
                self._put_name(row, said)
            elif row.kind is NAMES:
                self._put(row.own, written_et_al(role_of(row.variable)))
            else:
                self._put(row.own, said)
        self._mark_key_date()
        inner = self._root.children
        if wording.host and any(one.attributes.get("type") == "host" for one in inner):
            put(self._root, f"{HOST}/genre[authority=marcgt]").text = wording.host
        self._put_extra()
        self._put_id()
        _sort(self._root)
        return self._root

    def _mark_key_date(self) -> None:
        """Mark the date of the work if another kept date would be read in its place."""
        if not any(key.startswith("originInfo/date") for key in self._record.extra):
            return
        for origin in self._root.children:
            for date in origin.children if origin.tag == "originInfo" else ():
                if date.tag == "dateIssued" and date.attributes.get("point") != "end":
                    date.attributes = {**date.attributes, "keyDate": "yes"}

    def _put_id(self) -> None:
        text = self._record.id
        if _ID.fullmatch(text) and text not in self._taken:
            self._taken.add(text)
            self._root.attributes = {**self._root.attributes, "ID": text}
        elif text:
            put(self._root, "identifier[type=citekey]").text = text

    def _put_type(self, wording: Wording) -> None:
        resource = put(self._root, "typeOfResource")
        resource.text = wording.resource
        if wording.is_manuscript:
            resource.attributes = {"manuscript": "yes"}
        put(self._root, f"genre[authority={AUTHORITY}]").text = self._record.type
        if wording.genre:
            put(self._root, "genre[authority=marcgt]").text = wording.genre

    def _put(self, path: str, said: str | Element) -> Element:
        """Put a text, or the contents of an element, at the end of a path."""
        element = put(self._root, path)
        if isinstance(said, str):
            element.text = said
        else:
            element.attributes = {**element.attributes, **said.attributes}
            element.text, element.children = said.text, said.children
        return element

    def _put_name(self, row: Row, name: Name) -> None:
        if row.kind is CONFERENCE:
            said = Element(children=[Element("namePart", text=name.literal or "")])
        else:
            said = written_name(name, role_of(row.variable))
        element = self._put(row.own, said)
        for tag, details in self._details:
            for source in details.get(str(name), ()):
                _add_source(element, source, tag)

    def _put_access(self, text: str) -> None:
        """Write the date of access to the URL, or to the work if there is no URL."""
        for location in self._root.children:
            for url in location.children if location.tag == "location" else ():
                if url.tag == "url":
                    url.attributes = {"dateLastAccessed": text}
                    return
        if self._record.accessed is not None:
            for said in write_dates(self._record.accessed):
                self._put("originInfo/dateCaptured", DATE.write(said))

    def _put_extra(self) -> None:
        """Write data without a CSL variable."""
        for key, text in kept(self._record, _is_path):
            tag = key.rpartition("/")[2]
            if text.startswith("<"):
                source = checked(text, tag)
                if source:
                    put(self._root, key).source = source
            elif tag in TEXT_TAGS:
                put(self._root, key).text = text


def _is_path(key: str) -> bool:
    steps = parse(key)
    return bool(steps) and steps[0].tag in _ORDER


def _add_source(element: Element, text: Any, tag: str) -> None:
    source = checked(text, tag) if isinstance(text, str) else ""
    if source:
        element.children.append(Element(tag, source=source))


def _sort(element: Element) -> None:
    """Put elements in their order, and omit empty ones."""
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
