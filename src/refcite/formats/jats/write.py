"""Write JATS."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from refcite.formats.crosswalk import Row, kept, written
from refcite.formats.jats.table import NAMES, PARTS, SPEC, title_tag
from refcite.formats.xmlwrite import Element
from refcite.record import Record

__all__ = ["write"]

_ID: Final = re.compile(r"[A-Za-z_][A-Za-z0-9._-]*")
_TAG: Final = re.compile(r"[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*")
_KEY: Final = re.compile(r"([\w-]+)(?:\[([\w-]+)=([^\[\]]+)\])?")
_KEPT: Final = {
    "pub-id": "pub-id-type",
    "date-in-citation": "content-type",
    "comment": "content-type",
    "trans-title": "",
    "trans-source": "",
    "publisher-name": "",
    "publisher-loc": "",
    "issue-part": "",
    "issn": "",
    "isbn": "",
    "source": "",
}
"""The elements in which kept texts are written back, each with its attribute."""
_GROUPS: Final = frozenset(("author", "compiler", "curator", "director", "editor", "translator"))


def write(records: Iterable[Record]) -> str:
    """Return records as a list of references of JATS, with an `element-citation` for each.

    Variables without an element are comments whose content type is CSL's name.

    Args:
        records: The records.

    Example:
        >>> from refcite import Date, Record, dumps
        >>> castle = Record(id="k", type="book", title="The Castle", issued=Date.of(1926))
        >>> print(dumps([castle], "jats"), end="")
        <?xml version="1.0" encoding="UTF-8"?>
        <ref-list>
          <ref id="k">
            <element-citation publication-type="book">
              <source>The Castle</source>
              <year iso-8601-date="1926">1926</year>
            </element-citation>
          </ref>
        </ref-list>
    """
    taken: set[str] = set()
    found = [_reference(record, taken) for record in records]
    root = Element("ref-list", children=found)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{root.xml()}\n'


def _reference(record: Record, taken: set[str]) -> Element:
    attributes = {}
    if _ID.fullmatch(record.id) and record.id not in taken:
        taken.add(record.id)
        attributes["id"] = record.id
    citation = _citation(record)
    if record.id and not attributes:
        citation.children.append(Element("comment", {"content-type": "citekey"}, record.id))
    if not citation.children:
        citation.children.append(Element("comment"))  # a citation is never empty
    return Element("ref", attributes, children=[citation])


def _citation(record: Record) -> Element:
    citation = Element("element-citation", {"publication-type": SPEC.own_type(record.type)})
    is_in_other = record.type != "book" and bool(record.container_title)
    is_part = record.type in PARTS or is_in_other
    for row, said in written(SPEC, record):
        if row.variable == "id":
            continue
        if row.variable == "title":
            tag = title_tag(record.type) if is_part else "source"
            _put(citation, tag, said)
        elif row.variable == "language":
            if _TAG.fullmatch(str(said)):
                citation.attributes = {**citation.attributes, "xml:lang": str(said)}
            else:
                _put(citation, "comment[content-type=language]", said)
        elif row.kind is NAMES:
            _put_name(citation, row, said)
        else:
            _put(citation, row.own, said)
    for key, text in kept(record, _KEY.fullmatch):
        found = _KEY.fullmatch(key)
        if found is not None and found[1] in _KEPT and (found[2] or "") in (_KEPT[found[1]], ""):
            _put(citation, key, text)
    return citation


def _put_name(citation: Element, row: Row, said: str | Element) -> None:
    """Put a name in the group of its role."""
    name = said if isinstance(said, Element) else Element(said)
    found = _KEY.fullmatch(row.own)
    name_of_role = found[3] if found is not None else ""
    # The tag set for publishers has a fixed list of types.
    role = {"person-group-type" if name_of_role in _GROUPS else "specific-use": name_of_role}
    last = citation.children[-1] if citation.children else None
    if last is None or last.attributes != role:
        last = Element("person-group", role)
        citation.children.append(last)
    last.children.append(name)


def _put(citation: Element, key: str, said: str | Element) -> None:
    found = _KEY.fullmatch(key)
    if found is None:
        return
    tag, name, value = found.groups(default="")
    if isinstance(said, str):
        said = Element(text=said)
    if not said.tag and said.children and not said.is_mixed:
        citation.children += said.children  # the pages
        return
    if said.tag == "date":
        citation.children += said.children
        return
    own = {name: value} if name else {}
    citation.children.append(
        Element(
            said.tag or tag,
            {**({} if said.tag else own), **said.attributes},
            said.text,
            said.children,
            is_mixed=said.is_mixed,
        )
    )
