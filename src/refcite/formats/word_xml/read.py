"""Read Word's bibliography sources."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from refcite.formats.draft import Draft, library_of
from refcite.formats.namelists import ET_AL, list_in_name, names_of, of_names
from refcite.formats.word_xml.table import DATES, SPEC
from refcite.formats.word_xml.values import means_thesis, split_numbers
from refcite.formats.xmlread import Entry, XmlElement, children, entries, local_name, text_of
from refcite.library import Library
from refcite.names import Name, is_et_al
from refcite.names.grammar import is_suffix
from refcite.problems import Problem
from refcite.record import Record
from refcite.vocabulary import attribute_of

__all__ = ["read"]

_PLACES: Final = ("City", "StateProvince", "CountryRegion")

_Roles = dict[str, list[XmlElement]]
_Texts = dict[str, list[str]]


def read(text: str) -> Library:
    """Read sources: a file of Word's, the part of a document that contains them, or a single one.

    An element that CSL has no variable for is in the record's `extra` under its own name; the
    names of a role such as `Counsel` as a list of texts.

    Args:
        text: The XML.

    Returns:
        The records, with the problems in the library.

    Example:
        >>> from refcite import loads
        >>> text = ('<b:Sources xmlns:b="http://schemas.openxmlformats.org/officeDocument/'
        ...         '2006/bibliography"><b:Source><b:Tag>Kaf26</b:Tag><b:SourceType>Book'
        ...         '</b:SourceType><b:Title>The Castle</b:Title></b:Source></b:Sources>')
        >>> library = loads(text, "word-xml")
        >>> library["Kaf26"].title, library["Kaf26"].type
        ('The Castle', 'book')
    """
    problems: list[Problem] = []
    found = entries(text, ("Source",), problems, "source")
    return library_of(
        map(_record, found),
        missing="there is no source of Word in this text: no element <b:Source>",
        problems=problems,
        is_keyed=True,
    )


def _record(entry: Entry) -> tuple[Record, Draft]:
    texts: _Texts = {}
    roles: _Roles = {}
    for element in children(entry.element):
        name = local_name(element)
        if name == "Author":
            for role in children(element):
                roles.setdefault(local_name(role), []).append(role)
        elif text := _text(element):
            texts.setdefault(name, []).append(text)
    tag, own = _take(texts, "Tag"), _take(texts, "SourceType")
    csl_type = SPEC.type_of(own)
    if own == "Report" and any(map(means_thesis, texts.get("ThesisType", ()))):
        csl_type = "thesis"
    draft = Draft(SPEC, csl_type or "document", line=entry.line)
    draft.values["type"] = csl_type or "document"
    if tag:
        draft.values["id"] = tag
    if csl_type is None:
        draft.unknown_type(own, of="Word", missing="the source has no type")
    elif SPEC.own_type(csl_type) != own:
        draft.extra["SourceType"] = own
    _join_parts(texts, csl_type)
    draft.read((name, text, entry.line) for name, found in texts.items() for text in found)
    _read_roles(draft, roles)
    return draft.record("word-xml"), draft


def _take(texts: _Texts, name: str) -> str:
    """Return the first text of an element, which then has a place."""
    found = texts.get(name)
    return found.pop(0) if found else ""


def _join_parts(texts: _Texts, csl_type: str | None) -> None:
    """Join the elements of one variable to one text, and split an element of several variables."""
    for names in DATES.values():
        parts = [_take(texts, name) for name in names]
        if any(parts):
            texts.setdefault(names[0], []).insert(0, "\n".join(parts))
    is_jurisdiction = csl_type in ("patent", "legal_case")
    places = [_take(texts, name) for name in (_PLACES[:2] if is_jurisdiction else _PLACES)]
    if any(places):
        texts.setdefault("City", []).insert(0, ", ".join(filter(None, places)))
    if "StandardNumber" in texts:
        texts["StandardNumber"] = split_numbers("; ".join(texts["StandardNumber"]))


def _read_roles(draft: Draft, roles: _Roles) -> None:
    kept = {own: of_names(_names(draft, found)) for own, found in roles.items()}
    for row in SPEC.readers(draft.values["type"]):
        attribute = attribute_of(row.variable)
        if row.own in kept and kept[row.own].names and attribute not in draft.values:
            draft.values[attribute] = draft.names(kept.pop(row.own), attribute)
    for own, found in kept.items():
        if found.names:
            draft.extra[own] = [name.inverted() for name in found.names]


def _text(element: XmlElement) -> str:
    return " ".join(text_of(element).split())


def _names(draft: Draft, roles: Iterable[XmlElement]) -> list[Name]:
    found: list[Name] = []
    for role in roles:
        for element in role.iter():
            if local_name(element) == "Corporate":
                if text := _text(element):
                    found.append(Name(literal=text))
                    draft.doubts(list_in_name(found[-1], _EACH))
            elif local_name(element) == "Person":
                found += _people(draft, element)
    return found


_EACH: Final = "write each name in a separate element Person, with Last and First"


def _people(draft: Draft, element: XmlElement) -> tuple[Name, ...]:
    """Return the person of an element, or the several that its one text has."""
    parts: dict[str, list[str]] = {}
    for part in children(element):
        if text := _text(part):
            parts.setdefault(local_name(part), []).append(text)
    family = " ".join(parts.get("Last", ()))
    given = " ".join(parts.get("First", []) + parts.get("Middle", []))
    if not (family or given):
        return ()
    if not given and next(children(element, "First"), None) is not None:
        return (Name(literal=family),)
    before, comma, suffix = family.partition(",")
    if given or (comma and is_suffix(suffix.split())):
        return (Name.of_parts(before, given, suffix.strip()),)
    if is_et_al(family):
        return (Name(literal=family),)
    found = names_of([family], _EACH)
    draft.doubts(found.problems)
    return (*found.names, Name(literal=ET_AL)) if found.et_al else found.names
