"""Write TEI."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from refcite.formats.crosswalk import Row, kept, written
from refcite.formats.tei.table import ANALYTIC, ET_AL, HOST, NAMES, SPEC
from refcite.formats.xmlwrite import Element
from refcite.record import Record

__all__ = ["write"]

_NAMESPACE: Final = "http://www.tei-c.org/ns/1.0"
_ID: Final = re.compile(r"[A-Za-z_][A-Za-z0-9._-]*")
_KEY: Final = re.compile(r"(?:(\w+)/)?(\w+)(?:\[(\w+)=([^\[\]]+)\])?")
_ENUMERATED: Final = re.compile(r"[\w:.-]+")
_KEPT: Final = {
    ("", "note"): "type",
    ("", "idno"): "type",
    (HOST, "idno"): "type",
    ("imprint", "date"): "type",
    ("imprint", "biblScope"): "unit",
    ("imprint", "publisher"): "",
    ("imprint", "pubPlace"): "",
    (HOST, "title"): "type",
    ("", "title"): "type",
}
"""The elements in which kept texts are written back, each with its attribute."""
_IN_ROOT: Final = frozenset(("note", "ptr"))
_IN_MONOGR: Final = frozenset(("edition", "extent"))
_OF_CONTAINER: Final = frozenset(("idno[type=ISBN]", "idno[type=ISSN]"))
_JOURNALS: Final = frozenset(
    ("article-journal", "article-magazine", "article-newspaper", "review", "review-book",
     "periodical")
)  # fmt: skip
_ORDER: Final = (
    "analytic", "monogr", "series", "title", "idno", "textLang", "author", "editor", "meeting",
    "availability", "edition", "imprint", "extent", "publisher", "pubPlace", "biblScope",
    "date", "note", "ptr",
)  # fmt: skip
"""The elements in an order that the schema allows at each level."""


def write(records: Iterable[Record]) -> str:
    """Return records as a `listBibl` of TEI with a `biblStruct` for each.

    Variables without an element in TEI are notes whose type is CSL's name.

    Args:
        records: The records.

    Example:
        >>> from refcite import Date, Record, dumps
        >>> castle = Record(id="k", type="book", title="The Castle", issued=Date.of(1926))
        >>> print(dumps([castle], "tei"), end="")
        <?xml version="1.0" encoding="UTF-8"?>
        <listBibl xmlns="http://www.tei-c.org/ns/1.0">
          <biblStruct type="book" xml:id="k">
            <monogr>
              <title level="m">The Castle</title>
              <imprint>
                <date when="1926">1926</date>
              </imprint>
            </monogr>
          </biblStruct>
        </listBibl>
    """
    taken: set[str] = set()
    found = [_Writer(record, taken).element() for record in records]
    root = Element("listBibl", {"xmlns": _NAMESPACE}, children=found)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{root.xml()}\n'


class _Writer:
    """Gathers the elements of one record.

    Args:
        record: The record.
        taken: The ids that the list already has.
    """

    def __init__(self, record: Record, taken: set[str]) -> None:
        self._record = record
        self._taken = taken
        self._levels = {"": Element("biblStruct", {"type": SPEC.own_type(record.type)})}
        has_container = record.container_title or record.container_title_short
        self._has_container = bool(
            record.type in ANALYTIC or has_container or record.container_author
        )

    def element(self) -> Element:
        """Return the `biblStruct`."""
        if self._has_container:
            self._level("analytic")
        monogr, imprint = self._level("monogr"), self._level("imprint")
        self._put_id()
        for row, said in written(SPEC, self._record):
            if row.variable != "id":
                self._put_row(row, said)
        for key, text in kept(self._record, _KEY.fullmatch):
            self._put_kept(key, text)
        if not imprint.children:
            imprint.children.append(Element("date"))
        # Names and the language need a title before them.
        needing = ("author", "editor", "meeting", "textLang")
        tags = {one.tag for one in monogr.children}
        if "title" not in tags and not tags.isdisjoint(needing):
            monogr.children.insert(0, Element("title"))
        series = self._levels.get("series")
        if series is not None and not any(one.tag == "title" for one in series.children):
            series.children.insert(0, Element("title", {"level": "s"}))
        for name in ("", "analytic", "monogr", "imprint"):
            if name in self._levels:
                _sort(self._levels[name])
        return self._levels[""]

    def _level(self, name: str) -> Element:
        found = self._levels.get(name)
        if found is None:
            found = self._levels[name] = Element(name)
            outer = {"imprint": "monogr", "meeting": "monogr"}.get(name, "")
            self._level(outer).children.append(found)
        return found

    def _put_id(self) -> None:
        text = self._record.id
        root = self._levels[""]
        if _ID.fullmatch(text) and text not in self._taken:
            self._taken.add(text)
            root.attributes = {**root.attributes, "xml:id": text}
        elif text:
            self._put("idno[type=citekey]", Element(text=text))

    def _put_row(self, row: Row, said: str | Element) -> None:
        if row.kind is NAMES and said == ET_AL:
            said = Element(text=ET_AL)
        self._put(row.own, said if isinstance(said, Element) else Element(text=said))

    def _put_kept(self, key: str, text: str) -> None:
        found = _KEY.fullmatch(key)
        if found is None or text.startswith("<"):
            return
        level, tag, name, value = found.groups(default="")
        allowed = _KEPT.get((level, tag))
        if (
            allowed is not None
            and name == (allowed if name else "")
            and (not value or _ENUMERATED.fullmatch(value))
        ):
            self._put(key, Element(text=text))

    def _put(self, key: str, said: Element) -> None:
        """Put the contents of an element in one of the name and at the level of a key."""
        found = _KEY.fullmatch(key)
        if found is None:
            return
        level, tag, name, value = found.groups(default="")
        if said.tag:
            tag, name = said.tag, ""
        own = {name: value} if name else {}
        element = Element(
            tag, {**own, **said.attributes}, said.text, said.children, is_mixed=said.is_mixed
        )
        if tag == "title":
            element.attributes = {"level": self._title_level(level), **element.attributes}
        self._place(level, tag, key).children.append(element)

    def _place(self, level: str, tag: str, key: str) -> Element:
        if level == "availability":
            holder = next((one for one in self._work().children if one.tag == "availability"), None)
            if holder is None:
                holder = Element("availability")
                self._work().children.append(holder)
            return holder
        if level:
            return self._level(level)
        if tag in _IN_ROOT:
            return self._levels[""]
        if tag in _IN_MONOGR or key in _OF_CONTAINER:
            return self._level(HOST)
        return self._work()

    def _work(self) -> Element:
        return self._level("analytic" if self._has_container else HOST)

    def _title_level(self, level: str) -> str:
        if level == "series":
            return "s"
        if self._has_container and level != HOST:
            return "a"
        if self._record.type in _JOURNALS:
            return "j"
        return "u" if self._record.type in ("manuscript", "thesis") and not level else "m"


def _sort(element: Element) -> None:
    """Put elements in the order of the schema."""
    element.children.sort(key=lambda inner: _ORDER.index(inner.tag))
