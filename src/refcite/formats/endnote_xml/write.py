"""Write EndNote's XML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

from refcite.dates import Date
from refcite.formats.endnote_xml.read import KEY_OWNER
from refcite.formats.endnote_xml.styles import write_markup
from refcite.formats.endnote_xml.table import PATHS, Role, roles_of, type_named, written_type
from refcite.formats.endnote_xml.types import GROUPS, ORDER, PUBMED, EndNoteType, Reading
from refcite.formats.endnote_xml.values import write_issued, write_name, write_serial
from refcite.formats.namelists import ET_AL
from refcite.formats.xmlwrite import Element
from refcite.names import Name
from refcite.record import Record
from refcite.richtext import plain
from refcite.vocabulary import attribute_of

__all__ = ["write"]

_INNER: Final = {
    **dict.fromkeys(GROUPS["contributors"], "author"),
    **dict.fromkeys(GROUPS["urls"], "url"),
    "alt-periodical": "full-title",
    "pub-dates": "date",
    "copyright-dates": "date",
}
"""The elements that hold elements of one kind."""
_NUMBER: Final = re.compile(r"[1-9][0-9]{0,8}")


def write(records: Iterable[Record]) -> str:
    """Return records as EndNote's XML.

    Args:
        records: The records.

    Example:
        >>> from refcite import Name, Record, dumps
        >>> castle = Record(id="7", type="book", title="The Castle",
        ...                 author=(Name(family="Kafka", given="Franz"),))
        >>> print(dumps([castle], "endnote-xml"), end="")
        <?xml version="1.0" encoding="UTF-8"?>
        <xml>
          <records>
            <record>
              <rec-number>7</rec-number>
              <ref-type name="Book">6</ref-type>
              <contributors>
                <authors>
                  <author>Kafka, Franz</author>
                </authors>
              </contributors>
              <titles>
                <title>The Castle</title>
              </titles>
            </record>
          </records>
        </xml>
    """
    found = [Element("record", children=_Writer(record).elements()) for record in records]
    root = Element("xml", children=[Element("records", children=found)])
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{root.xml()}\n'


class _Writer:
    """Gathers the elements of one record."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._type = _type_of(record)
        self._found: dict[str, list[Element]] = {}

    def elements(self) -> list[Element]:
        self._put_id()
        number = str(self._type.number)
        self._add(Element("ref-type", {"name": self._type.name}, number))
        for role in roles_of(self._type).values():
            value = getattr(self._record, attribute_of(role.variable))
            if role.reading is Reading.EPUB:
                # The element has an edition where it has no date.
                value = value or self._record.edition
            if role.rank == 1 and (value or role.reading is Reading.SERIAL):
                self._put(role, value)
        self._put_pmid()
        self._put_journal()
        self._put_extra()
        return [element for name in ORDER for element in self._placed(name)]

    def _add(self, element: Element) -> None:
        if not element.is_empty:
            self._found.setdefault(element.tag, []).append(element)

    def _placed(self, name: str) -> list[Element]:
        if name not in GROUPS:
            return self._found.get(name, [])
        inner = [element for one in GROUPS[name] for element in self._found.get(one, ())]
        return [Element(name, children=inner)] if inner else []

    def _put_id(self) -> None:
        text = self._record.id
        if _NUMBER.fullmatch(text):
            self._add(Element("rec-number", text=text))
        elif text:
            key = Element("key", {"app": KEY_OWNER}, text)
            self._add(Element("foreign-keys", children=[key]))

    def _put_pmid(self) -> None:
        record = self._record
        is_of_pubmed = (record.source or "").casefold() in PUBMED
        if record.pmid and is_of_pubmed and "accession-num" not in self._found:
            self._add(Element("accession-num", text=record.pmid))

    def _put(self, role: Role, value: Any) -> None:
        if role.reading is Reading.SERIAL:
            self._put_serial(role)
        elif role.reading is Reading.ISSUED:
            self._put_issued(value)
        elif role.reading is Reading.PROCEEDINGS:
            self._put_conference(role)
        elif role.element == "custom3" and role.variable == "container-title":
            self._put_proceedings(value)
        elif isinstance(value, tuple):
            self._put_names(role.element, value, attribute_of(role.variable) in self._record.et_al)
        elif isinstance(value, Date):
            self._add(Element(role.element, text=str(value)))
        elif role.reading is Reading.KEYWORD:
            self._put_keywords(role.element, value)
        elif role.reading is Reading.LINK:
            self._add(Element(role.element, children=[Element("url", text=value)]))
        elif role.reading in (Reading.DOI, Reading.PLAIN):
            self._add(Element(role.element, text=value))
        else:
            self._add(write_markup(role.element, value))

    def _put_names(self, element: str, names: Sequence[Name], et_al: bool) -> None:
        authors = [Element("author", text=text) for name in names if (text := write_name(name))]
        if et_al:
            authors.append(Element("author", text=ET_AL))
        self._add(Element(element, children=authors))

    def _put_serial(self, role: Role) -> None:
        names = dict.fromkeys((role.variable, "ISBN", "ISSN"))
        numbers = {
            name: text for name in names if (text := getattr(self._record, attribute_of(name)))
        }
        text = write_serial(numbers, role.variable)
        self._add(Element(role.element, text=text.replace("\n", "\r")))

    def _put_issued(self, date: Date) -> None:
        year, day = write_issued(date)
        self._add(Element("year", text=year))
        if day:
            self._add(Element("pub-dates", children=[Element("date", text=day)]))

    def _put_conference(self, role: Role) -> None:
        record = self._record
        # Alone it would be taken for the proceedings, which most programs write there.
        if record.container_title and record.event_title:
            self._add(write_markup(role.element, record.event_title))

    def _put_proceedings(self, title: str) -> None:
        element = "custom3" if self._record.event_title else "secondary-title"
        self._add(write_markup(element, title))

    def _put_keywords(self, element: str, text: str) -> None:
        words = re.split(r"\s*;\s*" if ";" in text else r"\s*,\s*", text)
        found = [write_markup("keyword", word) for word in words if word]
        self._add(Element(element, children=found))

    def _put_journal(self) -> None:
        """Say the journal where EndNote looks for it too."""
        record = self._record
        is_article = record.type.startswith("article-") and record.container_title
        if is_article and "full-title" not in record.extra:
            self._add(write_markup("full-title", record.container_title or ""))

    def _put_extra(self) -> None:
        for name, value in self._record.extra.items():
            texts = value if isinstance(value, list) else [value]
            known = name in PATHS or name in ORDER
            if not known or name == "ref-type" or not all(isinstance(one, str) for one in texts):
                continue
            if name in _INNER:
                self._put_inner(name, texts)
            else:
                if name not in self._found:
                    self._add(write_markup(name, texts[0] if texts else ""))

    def _put_inner(self, name: str, texts: Sequence[str]) -> None:
        inner = [Element(_INNER[name], text=plain(text).replace("\n", "\r")) for text in texts]
        before = self._found.get(name)
        if before:
            before[0].children += inner
        else:
            self._add(Element(name, children=inner))


def _type_of(record: Record) -> EndNoteType:
    named = record.extra.get("ref-type")
    own = type_named(named) if isinstance(named, str) else None
    return own if own and own.type == record.type else written_type(record.type)
