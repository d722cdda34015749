"""Names in TEI, with their roles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from refcite.formats.namelists import NamesOfTexts, names_of, of_names
from refcite.formats.people import name_of_text, person
from refcite.formats.tei.table import ROLES
from refcite.formats.xmlread import XmlElement, children, local_name, text_of
from refcite.names import Name, is_et_al

__all__ = ["held_name", "names_in", "others_of", "variable_of"]

_EACH: Final = "use a separate element for each name"
_VARIABLES: Final = {
    word: variable for variable, words in reversed(ROLES.items()) for word in words.split()
}
_PARTS: Final = frozenset(("forename", "surname", "genName", "nameLink", "roleName", "addName"))
_ORGANISATIONS: Final = frozenset(("org", "organisation", "organization", "corporate", "place"))
_HOLDERS: Final = ("persName", "orgName", "name", "rs", "institution")
_OTHERS: Final = frozenset(("affiliation", "idno", "email", "ptr", "ref", "note", "roleName"))
"""Elements that are not the name itself."""


def variable_of(text: str, default: str) -> str | None:
    """Return the variable of a role in words, in one of several languages; None if unknown.

    Example:
        >>> variable_of("translated by", "editor"), variable_of("Hrsg.", ""), variable_of("", "x")
        ('translator', 'editor', 'x')
        >>> variable_of("proofreading", "editor")
    """
    folded = " ".join(text.casefold().split()).rstrip(".")
    if not folded:
        return default
    if folded in _VARIABLES:
        return _VARIABLES[folded]
    words = folded.replace(".", " ").replace(":", " ").split()
    return next((_VARIABLES[word] for word in words if word in _VARIABLES), None)


def names_in(element: XmlElement) -> NamesOfTexts:
    """Return the names in an `author`, an `editor` or another element.

    Example:
        >>> from lxml import etree
        >>> names_in(etree.fromstring("<author><persName><forename>Ann</forename>"
        ...                           "<surname>Roe</surname></persName></author>")).names
        (Name(family='Roe', given='Ann'),)
        >>> names_in(etree.fromstring("<author>Oscar Wilde</author>")).names
        (Name(family='Wilde', given='Oscar'),)
    """
    if any(local_name(part) in _PARTS for part in element):
        name = _of_parts(element)
        return NamesOfTexts((name,) if name else ())
    holders = [one for one in element if local_name(one) in _HOLDERS]
    if holders:
        whole = _text_beside(element)
        names = [name for one in holders if (name := held_name(one)) is not None]
        return of_names(names, et_al="et al" in whole.casefold())
    text = _without(element)
    if not text or is_et_al(text):
        return NamesOfTexts(et_al=bool(text))
    read = Name.of_inverted if "," in text else name_of_text
    return names_of([text], _EACH, read, is_straight=True)


def held_name(element: XmlElement) -> Name | None:
    """Return the name in a `persName`, an `orgName` or a `name`; None if it is empty.

    Example:
        >>> from lxml import etree
        >>> held_name(etree.fromstring("<orgName>Freedom House</orgName>"))
        Name(literal='Freedom House')
    """
    if any(local_name(part) in _PARTS for part in element):
        return _of_parts(element)
    inner = next((one for one in element if local_name(one) in ("persName", "orgName")), None)
    if inner is not None:
        return held_name(inner)
    text = _without(element)
    if not text:
        return None
    name = local_name(element)
    kind = str(element.get("type") or "").casefold()
    if name in ("orgName", "institution") or kind in _ORGANISATIONS:
        return Name(literal=text)
    if "," in text:
        return Name.of_inverted(text)
    return person(text) if name == "persName" or kind == "person" else name_of_text(text)


def _of_parts(element: XmlElement) -> Name | None:
    parts: dict[str, list[str]] = {}
    for part in children(element):
        text = " ".join(text_of(part).split())
        if text:
            parts.setdefault(local_name(part), []).append(text)
    family = " ".join([*parts.get("nameLink", ()), *parts.get("surname", ())])
    given = " ".join(parts.get("forename", ()))
    if not (family or given):
        other = " ".join(parts.get("addName", ()) or parts.get("roleName", ()))
        return Name(literal=other) if other else None
    return Name.of_parts(family, given, " ".join(parts.get("genName", ())))


def _text_beside(element: XmlElement) -> str:
    return " ".join([str(element.text or ""), *(str(one.tail or "") for one in element)])


def _without(element: XmlElement) -> str:
    """Return the text of an element without that of other data of the person."""
    return " ".join("".join(_texts(element)).split()).strip(" ,;:")


def _texts(element: XmlElement) -> Iterator[str]:
    yield str(element.text or "")
    for inner in element:
        if local_name(inner) not in _OTHERS:
            yield from _texts(inner) if local_name(inner) else (str(inner.text or ""),)
        yield str(inner.tail or "")


def others_of(element: XmlElement) -> Iterator[tuple[str, str]]:
    """Yield the other data in the element of a name: affiliations and identifiers."""
    for inner in element.iter():
        name = local_name(inner)
        text = " ".join(" ".join(map(str, inner.itertext())).split())
        if name == "idno" and text:
            yield f"idno[type={inner.get('type') or ''}]", text
        elif name in ("affiliation", "email", "roleName") and text:
            yield name, text
    for inner in (element, *(one for one in element if local_name(one) in _HOLDERS)):
        reference = inner.get("ref") or inner.get("key")
        if reference:
            yield "ref", str(reference)
