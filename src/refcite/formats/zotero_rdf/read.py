"""Read Zotero's RDF.

An item refers to its journal, notes and attachments, which are elsewhere in the file, so the file
is read as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from refcite.formats.common_problems import no_entries
from refcite.formats.draft import Draft, Field, library_of
from refcite.formats.xmlread import (
    Entry,
    XmlElement,
    child,
    children,
    entries,
    local_name,
    text_of,
)
from refcite.formats.xmlstream import stream_entries
from refcite.formats.zotero import split_citation_key
from refcite.formats.zotero_rdf.table import CREATORS, ELEMENT_TYPES, NO_ITEMS, SPEC
from refcite.library import Library
from refcite.names import Name
from refcite.problems import Problem, Severity

__all__ = ["read"]

_FORMAT: Final = "zotero-rdf"
_MISSING: Final = "there is no item of Zotero in this text: no element with <z:itemType>"
_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_PREFIXES: Final = {
    _RDF: "rdf",
    "http://www.zotero.org/namespaces/export#": "z",
    "http://purl.org/net/biblio#": "bib",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://xmlns.com/foaf/0.1/": "foaf",
    "http://purl.org/rss/1.0/modules/link/": "link",
    "http://prismstandard.org/namespaces/1.2/basic/": "prism",
    "http://nwalsh.com/rdf/vCard#": "vcard",
}
_CONTAINERS: Final = frozenset(
    ("Journal", "Periodical", "Newspaper", "Magazine", "Website", "Blog", "Forum", "CourtReporter",
     "Conference", "Proceedings", "ConferenceProceedings", "Dictionary", "Encyclopedia")
)  # fmt: skip
_OTHERS: Final = frozenset(("Series", "Memo", "Attachment", "Collection", *_CONTAINERS))
_ENTRIES: Final = (*ELEMENT_TYPES, *_OTHERS, "UserItem", "Description", "Software", "Map", "Item")
"""The elements into which a broken file is divided."""
_IDENTIFIERS: Final = ("DOI", "ISBN", "ISSN", "PMID", "PMCID", "URL")
_MOST_FOLDERS: Final = 100
"""How deep collections are followed; a broken file may have a collection in itself."""


def read(text: str, *, day_first: bool | None = None) -> Library:
    """Read the RDF that Zotero exports.

    The notes of an item are in its `extra` under `notes`, as HTML; the paths or URLs of its
    attachments under `attachments`; and the names of its collections, such as `Law/Asylum`, under
    `collections`. Notes and attachments without an item are not read.

    Args:
        text: The RDF, in XML.
        day_first: Whether a date such as `01/02/2017` is 1 February or 2 January.

    Returns:
        The records, with the problems in the library.

    Example:
        >>> from refcite import loads
        >>> library = loads('''<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
        ...     xmlns:z="http://www.zotero.org/namespaces/export#"
        ...     xmlns:bib="http://purl.org/net/biblio#"
        ...     xmlns:dc="http://purl.org/dc/elements/1.1/"><bib:Book rdf:about="#item_1">
        ...     <z:itemType>book</z:itemType><dc:title>Owls</dc:title></bib:Book></rdf:RDF>''')
        >>> library[0].type, library[0].title
        ('book', 'Owls')
    """
    problems: list[Problem] = []
    graph = _Graph(_nodes(text.removeprefix("\ufeff"), problems))
    drafts = [_Item(entry, graph, day_first).read() for entry in graph.items]
    if not drafts and not problems:
        problems.append(no_entries(_MISSING))
    alone = graph.count_alone()
    if alone:
        problems.append(_not_read(alone))
    return library_of(
        ((draft.record(_FORMAT), draft) for draft in drafts), problems=problems, is_keyed=False
    )


def _not_read(count: int) -> Problem:
    what = "1 note or attachment" if count == 1 else f"{count} notes or attachments"
    return Problem(
        severity=Severity.INFO,
        code="not-read",
        message=f"{what} without an item: not read",
    )


def _nodes(text: str, problems: list[Problem]) -> Iterator[Entry]:
    """Yield the elements in the root; those that can be recovered from a broken text."""
    faults: list[Problem] = []
    found = entries(text, ("RDF",), faults, "file")
    if not any(one.severity is Severity.ERROR for one in faults):
        problems += faults
        for root in found:
            for element in children(root.element):
                yield Entry(element, _line_number(element))
        return
    yield from stream_entries([text], _ENTRIES, problems, "item")


class _Graph:
    """The elements of a file: items, and what they refer to.

    Args:
        nodes: The elements in the root.
    """

    def __init__(self, nodes: Iterable[Entry]) -> None:
        self.items: list[Entry] = []
        self.named: dict[str, XmlElement] = {}
        self.used: set[str] = set()
        self._parts: list[str] = []
        self._collections: list[tuple[str, str, list[str]]] = []
        for entry in nodes:
            self._add(entry)
        self.folders = self._folders()

    def _add(self, entry: Entry) -> None:
        element, name = entry.element, local_name(entry.element)
        about = _attribute(element, "about")
        if about:
            self.named.setdefault(about, element)
        own_type = _type_of(element)
        if name == "Collection":
            members = [_attribute(part, "resource") for part in children(element, "hasPart")]
            self._collections.append((about, text_of(child(element, "title")), members))
        elif own_type in NO_ITEMS or name in ("Memo", "Attachment"):
            self._parts.append(about)
        elif own_type or (name not in _OTHERS and (name in ELEMENT_TYPES or len(element))):
            self.items.append(entry)

    def get(self, about: str) -> XmlElement | None:
        """Return the element of a name, and record that an item refers to it."""
        self.used.add(about)
        return self.named.get(about)

    def count_alone(self) -> int:
        """Return how many notes and attachments belong to no item."""
        return sum(about not in self.used for about in self._parts)

    def _folders(self) -> dict[str, list[str]]:
        """Return the collections of each item, each with those around it."""
        parents: dict[str, str] = {}
        titles = {about: title for about, title, _ in self._collections if about}
        for about, _, members in self._collections:
            for member in members:
                if member in titles and member != about:
                    parents.setdefault(member, about)
        folders: dict[str, list[str]] = {}
        for about, title, members in self._collections:
            path, place, seen = [title], about, {about}
            while (place := parents.get(place, "")) and place not in seen:
                seen.add(place)
                path.append(titles.get(place, ""))
                if len(path) > _MOST_FOLDERS:
                    break
            name = "/".join(filter(None, reversed(path)))
            for member in members:
                if name and member and member not in titles:
                    folders.setdefault(member, []).append(name)
        return folders


class _Item:
    """Reads one item.

    Args:
        entry: Its element.
        graph: The file.
        day_first: How to read `01/02/2017`.
    """

    def __init__(self, entry: Entry, graph: _Graph, day_first: bool | None) -> None:
        self._entry = entry
        self._graph = graph
        own_type = _type_of(entry.element) or ELEMENT_TYPES.get(local_name(entry.element), "")
        csl_type = SPEC.type_of(own_type)
        self._draft = Draft(SPEC, csl_type or "document", day_first=day_first, line=entry.line)
        if csl_type:
            self._draft.values["type"] = csl_type
        else:
            missing = "the item has no z:itemType"
            self._draft.unknown_type(own_type, of="Zotero", missing=missing)
        self._fields: list[Field] = []

    def read(self) -> Draft:
        element, draft = self._entry.element, self._draft
        about = _attribute(element, "about")
        for inner in children(element):
            self._read(inner)
        has_url = any(field[0] == "identifier/URL" for field in self._fields)
        if about.startswith(("http://", "https://")) and not has_url:
            self._add("identifier/URL", about, element)
        elif about.startswith("urn:isbn:"):
            self._add("identifier/ISBN", about.removeprefix("urn:isbn:"), element)
        folders = self._graph.folders.get(about)
        if folders:
            draft.extra["collections"] = list(dict.fromkeys(folders))
        draft.read(self._fields)
        key, note = split_citation_key(draft.values.get("note") or "")
        if key:
            draft.values["note"] = note or None
        if key := draft.values.get("citation_key") or key:
            draft.values["id"] = key
        return draft

    def _add(self, own: str, value: object, element: XmlElement) -> None:
        number = self._entry.line + _line_number(element) - _line_number(self._entry.element)
        if value and not any(field[0] == own and field[1] == value for field in self._fields):
            self._fields.append((own, value, number))

    def _read(self, element: XmlElement) -> None:
        name = _name(element)
        if name in ("z:itemType", "rdf:type"):
            return
        if name in CREATORS:
            self._add(name, tuple(_names(element)), element)
        elif name == "dcterms:isPartOf":
            self._read_whole(element)
        elif name == "bib:presentedAt":
            inner = self._target(element)
            if inner is not None:
                self._add("conference/dc:title", _line(child(inner, "title")), element)
        elif name == "dc:publisher":
            self._read_publisher(element)
        elif name == "dc:identifier":
            self._read_identifier(element, "")
        elif name == "dc:subject":
            self._read_subject(element)
        elif name in ("dcterms:isReferencedBy", "link:link"):
            self._read_part(element)
        elif name in ("dcterms:abstract", "dc:description"):
            self._add(name, text_of(element), element)
        elif len(element) and _value(element):
            self._add(name, _value(element), element)
        elif resource := _attribute(element, "resource"):
            self._draft.keep(name, resource)
        elif len(list(_names(element))):
            self._draft.keep(name, [str(one) for one in _names(element)])
        else:
            self._add(name, _line(element), element)

    def _target(self, element: XmlElement) -> XmlElement | None:
        """Return the element in an element, or to which it refers."""
        resource = _attribute(element, "resource")
        return self._graph.get(resource) if resource else next(children(element), None)

    def _read_whole(self, element: XmlElement) -> None:
        whole = self._target(element)
        if whole is None:
            self._draft.keep("dcterms:isPartOf", _attribute(element, "resource"))
            return
        level = "series" if local_name(whole) == "Series" else "container"
        for inner in children(whole):
            name = _name(inner)
            if name == "dc:identifier":
                self._read_identifier(inner, f"{level}/")
            elif name == "dcterms:isPartOf":
                self._read_whole(inner)
            elif name == "z:itemType":
                continue
            elif level == "series" and name in ("prism:number", "prism:volume"):
                self._add("series/dc:identifier", _line(inner), inner)
            else:
                self._add(f"{level}/{name}", _line(inner), inner)

    def _read_publisher(self, element: XmlElement) -> None:
        body = child(element, "Organization")
        if body is None:
            self._add("publisher/name", _line(element), element)
            return
        self._add("publisher/name", _line(child(body, "name")), element)
        self._add("publisher/locality", _line(child(body, "adr", "Address", "locality")), element)

    def _read_identifier(self, element: XmlElement, level: str) -> None:
        inner = next(children(element), None)
        text = _value(element) if inner is not None else _line(element)
        if not text:
            return
        if inner is not None and local_name(inner) == "URI":
            self._add(f"{level}identifier/URL" if not level else f"{level}URL", text, element)
            return
        if inner is not None and local_name(inner) == "LCC":
            self._add("identifier/LCC", text, element)
            return
        label, _, number = text.partition(" ")
        kind = label.rstrip(":").upper()
        if kind in _IDENTIFIERS and number:
            self._add(f"{level}identifier/{kind}", number.strip(), element)
        else:
            self._add(f"{level}dc:identifier", text, element)

    def _read_subject(self, element: XmlElement) -> None:
        inner = next(children(element), None)
        if inner is None:
            self._add("dc:subject", _line(element), element)
        elif local_name(inner) in ("LCC", "DDC"):
            self._add("identifier/LCC", _value(element), element)
        else:
            self._add("dc:subject", _value(element) or _line(element), element)

    def _read_part(self, element: XmlElement) -> None:
        part = self._target(element)
        if part is None:
            self._draft.keep(_name(element), _attribute(element, "resource"))
            return
        if local_name(part) == "Memo" or _type_of(part) == "note":
            note = text_of(child(part, "value"))
            if note:
                self._draft.extra.setdefault("notes", []).append(note)
            return
        file = next((_attribute(one, "resource") for one in children(part, "resource")), "")
        address = file or next((_value(one) for one in children(part, "identifier")), "")
        place = address or _line(child(part, "title"))
        if place:
            self._draft.extra.setdefault("attachments", []).append(place)
        for inner in children(part, "isReferencedBy"):
            self._graph.get(_attribute(inner, "resource"))


# Elements


def _name(element: XmlElement) -> str:
    """Return the name of an element with the usual prefix of its namespace."""
    namespace, _, local = str(element.tag).rpartition("}")
    prefix = _PREFIXES.get(namespace.removeprefix("{"))
    return f"{prefix}:{local}" if prefix else local


def _attribute(element: XmlElement, name: str) -> str:
    """Return an attribute of RDF; an empty text if there is none."""
    return str(element.get(f"{{{_RDF}}}{name}") or element.get(f"rdf:{name}") or "").strip()


def _line_number(element: XmlElement) -> int:
    number: Any = element.sourceline
    return int(number or 1)


def _type_of(element: XmlElement) -> str:
    return text_of(child(element, "itemType"))


def _line(element: XmlElement | None) -> str:
    return " ".join(text_of(element).split())


def _value(element: XmlElement) -> str:
    """Return the `rdf:value` in the element in an element."""
    for inner in children(element):
        found = child(inner, "value")
        if found is not None:
            return _line(found)
    return ""


def _names(element: XmlElement) -> Iterator[Name]:
    for one in element.iter():
        kind = local_name(one)
        if kind == "Person":
            family = _line(child(one, "surname"))
            given = _line(child(one, "givenName")) or _line(child(one, "givenname"))
            if family and given:
                yield Name.of_parts(family, given, "")
            elif family or given:
                yield Name(literal=family or given)
            elif name := _line(child(one, "name")):
                yield Name.parse(name)
        elif kind in ("Organization", "Agent"):
            name = _line(child(one, "name")) or _line(child(one, "surname"))
            if name:
                yield Name(literal=name)
