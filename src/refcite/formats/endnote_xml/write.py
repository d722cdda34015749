"""Write EndNote's XML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from refcite.formats.crosswalk import kept, written
from refcite.formats.endnote_xml.styles import write_markup
from refcite.formats.endnote_xml.table import CONFERENCE, ISSUED, SPEC, type_named
from refcite.formats.endnote_xml.types import GROUPS, KEY_OWNER, NAMED, ORDER, PUBMED
from refcite.formats.endnotetypes import ARTICLES, EndNoteType
from refcite.formats.xmlwrite import Element
from refcite.record import Record
from refcite.richtext import plain

__all__ = ["write"]

_INNER: Final = {
    **dict.fromkeys(GROUPS["contributors"], "author"),
    **dict.fromkeys(GROUPS["urls"], "url"),
    "alt-periodical": "full-title",
    "pub-dates": "date",
    "copyright-dates": "date",
    "keywords": "keyword",
}
"""The elements that contain elements of one kind."""
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
    found = [Element("record", children=_elements(record)) for record in records]
    root = Element("xml", children=[Element("records", children=found)])
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{root.xml()}\n'


def _elements(record: Record) -> list[Element]:
    own = _type_of(record)
    texts: dict[str, list[str]] = {}
    for name, text in _texts(record, own):
        texts.setdefault(name, []).append(text)
    _add_alone(texts, record, own)
    for name, text in kept(record, SPEC.knows):
        if text and (name not in texts or name in _INNER):
            texts.setdefault(name, []).append(plain(text) if name in _INNER else text)
    found = {name: _element(name, some) for name, some in texts.items()}
    found["ref-type"] = Element("ref-type", {"name": own.name}, str(own.number))
    if _NUMBER.fullmatch(record.id):
        found["rec-number"] = Element("rec-number", text=record.id)
    elif record.id:
        key = Element("key", {"app": KEY_OWNER}, record.id)
        found["foreign-keys"] = Element("foreign-keys", children=[key])
    for name, names in GROUPS.items():
        if inner := [found[one] for one in names if one in found]:
            found[name] = Element(name, children=inner)
    return [found[name] for name in ORDER if name in found]


def _type_of(record: Record) -> EndNoteType:
    named = record.extra.get("ref-type")
    own = type_named(named) if isinstance(named, str) else None
    return own if own and own.type == record.type else NAMED[SPEC.own_type(record.type)]


def _texts(record: Record, own: EndNoteType) -> Iterator[tuple[str, str]]:
    for row, text in written(SPEC, record, own.name):
        if row.kind is ISSUED:
            year, _, day = text.rpartition("\n")
            yield "year", " ".join(year.split())
            if day:
                yield "pub-dates", day
        elif row.kind is CONFERENCE:
            # By itself it would be read as the proceedings, which most programs write there.
            if record.container_title:
                yield row.own, text
        elif row.own == "custom3" and row.variable == "container-title" and not record.event_title:
            yield "secondary-title", text
        else:
            yield row.own, text


def _add_alone(texts: dict[str, list[str]], record: Record, own: EndNoteType) -> None:
    """Add the default contents of an empty element."""
    if own.name in ARTICLES and record.edition:
        texts.setdefault("edition", [record.edition])
    if record.pmid and (record.source or "").casefold() in PUBMED:
        texts.setdefault("accession-num", [record.pmid])
    # EndNote also reads the journal here.
    is_article = record.type.startswith("article-")
    if is_article and record.container_title and "full-title" not in record.extra:
        texts["full-title"] = [record.container_title]


def _element(name: str, texts: list[str]) -> Element:
    if name == "isbn":
        # A number without a name comes first.
        texts = ["\n".join(sorted(texts, key=lambda text: text.startswith(("ISBN ", "ISSN "))))]
    if name not in _INNER:
        return write_markup(name, texts[0])
    return Element(name, children=[write_markup(_INNER[name], text) for text in texts])
