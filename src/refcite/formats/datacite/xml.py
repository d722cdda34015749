"""The XML of the DataCite schema as its JSON: the same properties, in another form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from lxml import etree

from refcite.formats.xmlread import XmlElement, children, local_name, text_of

__all__ = ["works_of"]

_TEXTS: Final = {
    "language": "language",
    "version": "version",
    "publicationYear": "publicationYear",
}
_LISTS: Final = {
    "titles": ("title", "title"),
    "subjects": ("subject", "subject"),
    "dates": ("date", "date"),
    "rightsList": ("rights", "rights"),
    "descriptions": ("description", "description"),
    "alternateIdentifiers": ("alternateIdentifier", "alternateIdentifier"),
    "relatedIdentifiers": ("relatedIdentifier", "relatedIdentifier"),
}
"""Lists with the element of an entry, and the key of its text; its attributes have their names."""
_ATTRIBUTES: Final = {"rightsURI": "rightsUri", "schemeURI": "schemeUri", "valueURI": "valueUri"}
_PLAIN: Final = {"sizes": "size", "formats": "format"}


def works_of(resource: XmlElement) -> Iterator[dict[str, Any]]:
    """Yield the work of an element `resource`; none if it is not one of DataCite.

    Args:
        resource: The element. Its own text, without other elements, is a link of Crossref.
    """
    if next(children(resource), None) is None:
        return
    work: dict[str, Any] = {}
    for element in children(resource):
        name = local_name(element)
        if name in _LISTS:
            inner, key = _LISTS[name]
            work.setdefault(name, []).extend(
                {key: _markup(one), **_attributes(one)} for one in children(element, inner)
            )
        elif name in _TEXTS:
            work[_TEXTS[name]] = text_of(element)
        elif name in _PLAIN:
            work[name] = [text_of(one) for one in children(element, _PLAIN[name])]
        elif name == "identifier":
            work.setdefault("identifiers", []).append(
                {"identifier": text_of(element), **_attributes(element)}
            )
        elif name in {"creators", "contributors"}:
            work[name] = [person for one in children(element) for person in _people(one)]
        elif name == "publisher":
            work[name] = {"name": text_of(element), **_attributes(element)}
        elif name == "resourceType":
            work["types"] = {"resourceType": text_of(element), **_attributes(element)}
        elif name == "relatedItems":
            work[name] = [_item(one) for one in children(element, "relatedItem")]
        elif name in {"geoLocations", "fundingReferences"}:
            work[name] = [_object(one) for one in children(element)]
    yield work


def _attributes(element: XmlElement) -> dict[str, str]:
    found = {str(key).rpartition("}")[2]: str(value) for key, value in element.attrib.items()}
    return {_ATTRIBUTES.get(key, key): value for key, value in found.items()}


def _markup(element: XmlElement) -> str:
    """Return the text of an element, with the tags in it (`<br/>` in a description)."""
    if not len(element):
        return text_of(element)
    source = etree.tostring(element, encoding="unicode", with_tail=False)
    return source[source.index(">") + 1 : source.rindex("<")]


def _people(element: XmlElement) -> list[dict[str, Any]]:
    """Return the people in an element, which has one by the schema, but several in some files."""
    people: list[dict[str, Any]] = [_attributes(element)]
    for one in children(element):
        name = local_name(one)
        person = people[-1]
        if name in {"creatorName", "contributorName"}:
            if "name" in person:
                person = _attributes(element)
                people.append(person)
            person |= {"name": text_of(one), **_attributes(one)}
        elif name == "nameIdentifier":
            found = {"nameIdentifier": text_of(one), **_attributes(one)}
            person.setdefault("nameIdentifiers", []).append(found)
        elif name == "affiliation":
            person.setdefault(name, []).append({"name": text_of(one), **_attributes(one)})
        else:
            person[name] = text_of(one)
    return people


def _item(element: XmlElement) -> dict[str, Any]:
    item: dict[str, Any] = _attributes(element)
    for one in children(element):
        name = local_name(one)
        if name == "titles":
            titles = children(one, "title")
            item[name] = [{"title": _markup(title), **_attributes(title)} for title in titles]
        elif name in {"creators", "contributors"}:
            item[name] = [person for each in children(one) for person in _people(each)]
        elif name == "relatedItemIdentifier":
            item[name] = {name: text_of(one), **_attributes(one)}
        else:
            item[name] = text_of(one)
            if name == "number" and one.get("numberType"):
                item["numberType"] = str(one.get("numberType"))
    return item


def _object(element: XmlElement) -> Any:
    """Return an element as an object of its attributes and children, or as its text."""
    parts: dict[str, Any] = _attributes(element)
    for one in children(element):
        name, value = local_name(one), _object(one)
        if name not in parts:
            parts[name] = value
        elif isinstance(parts[name], list):
            parts[name].append(value)
        else:
            parts[name] = [parts[name], value]
    if not len(element) and (text := text_of(element)):
        return {"text": text, **parts} if parts else text
    return parts
