"""Values of schema.org's properties as texts, names and dates; and back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from refcite.dates import Date, Point
from refcite.formats.namelists import NamesOfTexts, names_of
from refcite.formats.schema_org.graph import Graph, Node, types_of, values_of
from refcite.formats.schema_org.people import name_of_text, person
from refcite.identifiers import fault_in_doi, normal_doi
from refcite.names import Name, is_et_al, is_organisation

__all__ = [
    "date_value",
    "doi_in",
    "identifier_in",
    "keywords_in",
    "language_in",
    "link_in",
    "name_values",
    "names_in",
    "number_in",
    "pages_in",
    "place_in",
    "text_in",
]

_LABELS: Final = ("name", "headline", "legalName", "@value", "text")
_ORGANISATION: Final = re.compile(
    r"(?:Organi[sz]ation|Corporation|NGO|Consortium|University|School|Group|Project|Business"
    r"|Library|Agency|Museum|Office|Airline|Company|Union)$"
)
_ROLE_OF: Final = ("author", "creator", "editor", "contributor", "translator", "actor", "director")
_MOST_NAMES: Final = 20_000
_DOI_START: Final = re.compile(
    r"\s*(?:https?://(?:dx\.)?doi\.org/|doi:|urn:doi:|info:doi/)?10\.\d{4}"
)


# Reading


def text_in(value: object, graph: Graph) -> str | None:
    """Return the text of a value: itself, or the name of the thing that it is.

    Example:
        >>> text_in(12, Graph()), text_in({"@type": "Place", "name": " Chad "}, Graph())
        ('12', 'Chad')
    """
    return next(_texts(value, graph), None)


def _texts(value: object, graph: Graph) -> Iterator[str]:
    for one in values_of(value):
        text = _text(one, graph)
        if text:
            yield text


def _text(value: object, graph: Graph) -> str | None:
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return str(value)
    node = graph.node(value)
    for label in _LABELS if node else ():
        for one in values_of(node.get(label)) if node else ():
            if isinstance(one, str | int | float) and str(one).strip():
                return str(one).strip()
    return None


def number_in(value: object, graph: Graph) -> str | None:
    """Return a number as text; `2.0` is not shortened, but a whole number has no fraction."""
    found = next(iter(values_of(value)), None)
    if isinstance(found, dict) and "value" in found:
        found = found["value"]
    return text_in(found, graph)


def keywords_in(value: object, graph: Graph) -> str | None:
    """Return several words or terms, joined.

    Example:
        >>> keywords_in(["law", "statelessness"], Graph()), keywords_in("law, war", Graph())
        ('law, statelessness', 'law, war')
        >>> keywords_in(["rights, human", "law"], Graph())
        'rights, human; law'
    """
    words = list(_texts(value, graph))
    joint = "; " if len(words) > 1 and any("," in word for word in words) else ", "
    return joint.join(dict.fromkeys(words)) or None


def language_in(value: object, graph: Graph) -> str | None:
    """Return a language's code where there is one, else its name."""
    for one in values_of(value):
        node = graph.node(one)
        for label in ("alternateName", "identifier", "name") if node else ():
            found = text_in(node.get(label), graph) if node else None
            if found:
                return found
        if isinstance(one, str) and one.strip():
            return one.strip()
    return None


def place_in(value: object, graph: Graph) -> str | None:
    """Return the name of a place, or the town and country of an address."""
    for one in values_of(value):
        node = graph.node(one)
        if node is None:
            text = _text(one, graph)
        else:
            inner = graph.node(node.get("address")) or node
            parts = (inner.get("addressLocality"), inner.get("addressRegion"))
            text = _text(node, graph) or ", ".join(
                filter(None, (text_in(part, graph) for part in parts))
            )
        if text:
            return text
    return None


def link_in(value: object, graph: Graph) -> str | None:
    """Return an address, that of a thing where the value is one, else its name."""
    for one in values_of(value):
        node = graph.node(one)
        if node is None:
            return _text(one, graph)
        found = text_in(node.get("url"), graph) or node.get("@id") or text_in(node, graph)
        if isinstance(found, str) and not found.startswith(("#", "_:")):
            return found
    return None


def doi_in(value: object, graph: Graph) -> str | None:
    """Return a DOI, whatever form an identifier has.

    Example:
        >>> doi_in(["isbn:1", "https://doi.org/10.1000/x"], Graph()), doi_in("1234", Graph())
        ('10.1000/x', None)
        >>> doi_in({"propertyID": "DOI", "value": "10.1000/x"}, Graph())
        '10.1000/x'
    """
    for one in values_of(value):
        if isinstance(one, dict):
            node = graph.node(one) or one
            parts = [node.get("value"), node.get("@id"), node.get("url")]
        else:
            parts = [one]
        for part in parts:
            if isinstance(part, str) and _DOI_START.match(part):
                found = normal_doi(part.strip())
                if fault_in_doi(found) is None:
                    return found
    return None


def identifier_in(value: object, graph: Graph, name: str) -> str | None:
    """Return the identifier of one kind, such as `PMID`, where several stand together."""
    label = re.compile(rf"\W*(?:urn:)?{name}\s*[:/]?\s*", re.IGNORECASE)
    for one in values_of(value):
        node = graph.node(one)
        if node is not None:
            kind = text_in(node.get("propertyID"), graph) or text_in(node.get("name"), graph) or ""
            found = text_in(node.get("value"), graph)
            if found and kind.rstrip("/").rpartition("/")[2].casefold() == name.casefold():
                return label.sub("", found, count=1)
        elif isinstance(one, str):
            match = label.match(one)
            if match and match.end() < len(one):
                return one[match.end() :].strip()
    return None


def pages_in(node: Node, graph: Graph) -> str | None:
    """Return the pages, from one property or from the first and the last.

    Example:
        >>> pages_in({"pageStart": 7, "pageEnd": "12"}, Graph())
        '7-12'
    """
    whole = text_in(node.get("pagination"), graph)
    if whole:
        return whole
    first = text_in(node.get("pageStart"), graph)
    last = text_in(node.get("pageEnd"), graph)
    return f"{first}-{last}" if first and last and first != last else first or last


def names_in(value: object, graph: Graph) -> NamesOfTexts:
    """Return the persons and organisations of a property.

    What is typed as an organisation, or is called as one, is never split.

    Example:
        >>> names_in(
        ...     [{"@type": "Person", "name": "Jane Doe"}, "Ministry of Justice"], Graph()
        ... ).names
        (Name(family='Doe', given='Jane'), Name(literal='Ministry of Justice'))
    """
    found: list[Name] = []
    texts: list[NamesOfTexts] = []
    for one in values_of(value)[:_MOST_NAMES]:
        found.extend(_names(one, graph, 0, texts))
    return NamesOfTexts(
        tuple(dict.fromkeys(found)),
        any(one.et_al for one in texts),
        tuple(problem for one in texts for problem in one.problems),
    )


_EACH: Final = "give each name an object of its own, of the type Person or Organization"


def _names(value: object, graph: Graph, depth: int, texts: list[NamesOfTexts]) -> Iterator[Name]:
    """Yield the names of a value; add what is to be said of those that are texts."""
    node = graph.node(value)
    if isinstance(value, str):
        if is_et_al(value):
            texts.append(NamesOfTexts(et_al=True))
        elif value.strip(" ;"):
            parts = [part for part in value.split(";") if part.strip()]
            texts.append(names_of(parts, _EACH, name_of_text, is_straight=True))
            yield from texts[-1].names
    elif isinstance(value, list) and depth < 4:
        for one in value:
            yield from _names(one, graph, depth + 1, texts)
    elif node is not None:
        roles = [node[key] for key in _ROLE_OF if key in node] if "Role" in _ends(node) else []
        if roles and depth < 4:
            for one in roles:
                yield from _names(one, graph, depth + 1, texts)
            return
        inner = node.get("name")
        if isinstance(inner, list) and not (node.get("familyName") or node.get("givenName")):
            # One node may stand for several: `"name": ["Ann Doe", "John Roe"]`.
            for one in inner:
                if isinstance(one, str) and one.strip():
                    yield _name({**node, "name": one}, graph)
            return
        name = _name(node, graph)
        if name is not None:
            yield name


def _ends(node: Node) -> list[str]:
    return ["Role" if name.endswith("Role") else name for name in types_of(node)]


def _name(node: Node, graph: Graph) -> Any:
    family, given, more, suffix = (
        text_in(node.get(key), graph)
        for key in ("familyName", "givenName", "additionalName", "honorificSuffix")
    )
    names = types_of(node)
    if any(map(_ORGANISATION.search, names)):
        whole = text_in(node, graph)
        return Name(literal=whole) if whole else None
    if family:
        return Name.of_parts(family, " ".join(filter(None, (given, more))), suffix or "")
    whole = text_in(node, graph)
    if whole is None:
        return Name(given=given) if given else None
    if "Person" in names and not is_organisation(whole):
        return person(whole)
    return name_of_text(whole)


# Writing


def name_values(names: tuple[Name, ...]) -> Any:
    """Return names as persons and organisations, one alone without a list.

    Example:
        >>> name_values((Name(family="Gogh", given="Vincent", non_dropping_particle="van"),))
        {'@type': 'Person', 'name': 'Vincent van Gogh', 'givenName': 'Vincent',
         'familyName': 'van Gogh'}
    """
    written = [_name_value(name) for name in names]
    return written[0] if len(written) == 1 else written


def _name_value(name: Name) -> Node:
    if name.literal is not None:
        return {"@type": "Organization", "name": name.literal}
    parts = name.parts()
    whole = " ".join(filter(None, (parts.given, parts.family, parts.suffix)))
    values = {
        "name": whole,
        "givenName": parts.given,
        "familyName": parts.family,
        "honorificSuffix": parts.suffix,
    }
    return {"@type": "Person", **{key: part for key, part in values.items() if part}}


def date_value(date: Date) -> str | None:
    """Return a date in the form of ISO 8601, where it has one.

    Example:
        >>> date_value(Date.parse("May 2001")), date_value(Date.parse("2001/2003"))
        ('2001-05', None)
    """
    start = date.start
    if date.is_range or not isinstance(start, Point) or not 0 < start.year <= 9999:
        return None
    if start.season or start.unspecified_digits:
        return None
    parts = [f"{start.year:04}"]
    parts += [f"{part:02}" for part in (start.month, start.day) if part is not None]
    return "-".join(parts)
