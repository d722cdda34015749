"""Names of MODS, and who has which role."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from refcite.formats.mods.roles import RELATORS, variable_of_role
from refcite.formats.mods.types import AUTHORITY
from refcite.formats.xmlread import XmlElement, children, local_name, text_of
from refcite.formats.xmlwrite import Element
from refcite.names import Name

__all__ = ["CONFERENCE", "name_of", "others_of", "variables_of", "written_et_al", "written_name"]

CONFERENCE: Final = "conference"
_READ_PARTS: Final = ("family", "given", "termsOfAddress", "")


def name_of(element: XmlElement) -> Name | None:
    """Return the name that an element holds, or None.

    Example:
        >>> from lxml import etree
        >>> name_of(etree.fromstring('<name type="personal"><namePart>Doe, Jane</namePart></name>'))
        Name(family='Doe', given='Jane')
        >>> name_of(etree.fromstring('<name type="corporate"><namePart>United States</namePart>'
        ...                          '<namePart>Congress</namePart></name>')).literal
        'United States. Congress'
    """
    parts: dict[str, list[str]] = {}
    for part in children(element, "namePart"):
        if text := " ".join(text_of(part).split()):
            parts.setdefault(str(part.get("type", "")), []).append(text)
    family, given = " ".join(parts.get("family", ())), " ".join(parts.get("given", ()))
    if family or given:
        return Name.of_parts(family, given, ", ".join(parts.get("termsOfAddress", ())))
    whole = parts.get("") or [text_of(one) for one in children(element, "displayForm")][:1]
    if not whole or not any(whole):
        return None
    if element.get("type") in ("corporate", "conference", "family"):
        return Name(literal=". ".join(part.rstrip(".") for part in whole[:-1]) + ". " + whole[-1]
                    if len(whole) > 1 else whole[0])  # fmt: skip
    text = " ".join(whole)
    if element.get("type") == "personal" and "," not in text:
        return Name.parse(text)
    name = Name.of_inverted(text.rstrip(","))
    suffix = ", ".join(parts.get("termsOfAddress", ()))
    return name.replace(suffix=suffix) if suffix and name.literal is None else name


def variables_of(element: XmlElement) -> Iterator[str | None]:
    """Yield the variable of each role; None for a role that CSL has not.

    A name without a role is an author's.
    """
    is_told = False
    for role in children(element, "role"):
        terms = [text_of(term) for term in children(role, "roleTerm")]
        found = [variable for term in terms if (variable := variable_of_role(term))]
        if any(terms):
            is_told = True
            yield found[0] if found else None
    if not is_told:
        yield "author"


def others_of(element: XmlElement) -> Iterator[XmlElement]:
    """Yield what a name's element holds beside the name and the roles that are read."""
    is_typed = any(part.get("type") in ("family", "given") for part in children(element))
    for inner in children(element):
        tag = local_name(inner)
        if tag == "namePart":
            kind = str(inner.get("type", ""))
            is_read = kind in _READ_PARTS and not (is_typed and not kind)
        elif tag == "role":
            terms = [text_of(term) for term in children(inner, "roleTerm")]
            is_read = any(map(variable_of_role, terms)) or not any(terms)
        elif tag == "displayForm":
            is_read = True
        else:
            is_read = False
        if not is_read:
            yield inner


def written_name(name: Name, variable: str) -> Element:
    """Return the element of a name in a role.

    Args:
        name: The name.
        variable: The role, as the CSL variable of a work's own names.

    Example:
        >>> print(written_name(Name(family="Doe", given="Jane"), "author").xml())
        <name type="personal">
          <namePart type="family">Doe</namePart>
          <namePart type="given">Jane</namePart>
          <role>
            <roleTerm type="code" authority="marcrelator">aut</roleTerm>
            <roleTerm type="text" authority="marcrelator">author</roleTerm>
          </role>
        </name>
    """
    if name.literal is not None:
        element = Element("name", {"type": "corporate"})
        element.children = [Element("namePart", text=name.literal)]
    else:
        parts = name.parts()
        texts = {
            "family": parts.family,
            "given": parts.given,
            "termsOfAddress": parts.suffix,
        }
        element = Element("name", {"type": "personal"})
        element.children = [
            Element("namePart", {"type": kind}, text) for kind, text in texts.items() if text
        ]
    element.children.append(_role(variable))
    return element


def written_et_al(variable: str) -> Element:
    """Return the element that says that a role has more names (MODS 3.6).

    Args:
        variable: The role, as the CSL variable of a work's own names.

    Example:
        >>> written_et_al("author").xml().splitlines()[1].strip()
        '<etal/>'
    """
    return Element("name", children=[Element("etal"), _role(variable)])


def _role(variable: str) -> Element:
    if variable not in RELATORS:
        term = Element("roleTerm", {"type": "text", "authority": AUTHORITY}, variable)
        return Element("role", children=[term])
    code, text = RELATORS[variable]
    terms = [
        Element("roleTerm", {"type": "code", "authority": "marcrelator"}, code),
        Element("roleTerm", {"type": "text", "authority": "marcrelator"}, text),
    ]
    return Element("role", children=terms)
