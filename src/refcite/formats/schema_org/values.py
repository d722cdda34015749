"""Values of schema.org's properties as texts, names and dates; and back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from itertools import chain, islice
from typing import Any, Final

from attrs import evolve

from refcite.dates import Date, Point
from refcite.formats import codecs
from refcite.formats.crosswalk import Codec
from refcite.formats.jsonld import Node, Nodes, types_of, values_of
from refcite.formats.namelists import NamesOfTexts, names_of
from refcite.formats.numbers import read_doi
from refcite.formats.people import name_of_text, person
from refcite.names import Name, is_et_al, is_organisation
from refcite.richtext import plain

__all__ = [
    "COUNT", "DATE", "DOI", "INTEGER", "ISBN", "KEYWORDS", "LANGUAGE", "LINK", "NAMES", "NUMBER",
    "PAGES", "PLACE", "PLACE_NAME", "PMCID", "PMID", "TEXT", "name_values", "text_in",
]  # fmt: skip

_LABELS: Final = ("name", "headline", "legalName", "@value", "text")
_ORGANISATION: Final = re.compile(
    r"(?:Organi[sz]ation|Corporation|NGO|Consortium|University|School|Group|Project|Business"
    r"|Library|Agency|Museum|Office|Airline|Company|Union)$"
)
_ROLE_OF: Final = ("author", "creator", "editor", "contributor", "translator", "actor", "director")
_DIGITS: Final = re.compile(r"[1-9]\d{0,8}")
_EACH: Final = "use a separate object for each name, of the type Person or Organization"
_MOST_NAMES: Final = 20_000
_DEEPEST_NAME: Final = 4
_DOI_START: Final = re.compile(
    r"\s*(?:https?://(?:dx\.)?doi\.org/|doi:|urn:doi:|info:doi/)?10\.\d{4}"
)


# Reading


def text_in(value: object, graph: Nodes) -> str | None:
    """Return the text of a value: itself, or the name of the thing.

    Example:
        >>> from refcite.formats.jsonld import Graph
        >>> text_in(12, Graph()), text_in({"@type": "Place", "name": " Chad "}, Graph())
        ('12', 'Chad')
    """
    return next(_texts(value, graph), None)


def _texts(value: object, graph: Nodes) -> Iterator[str]:
    for one in values_of(value):
        text = _text(one, graph)
        if text:
            yield text


def _text(value: object, graph: Nodes) -> str | None:
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return str(value)
    node = graph.node(value) or {}
    parts = chain.from_iterable(values_of(node.get(label)) for label in _LABELS)
    texts = (str(part).strip() for part in parts if isinstance(part, str | int | float))
    return next(filter(None, texts), None)


def _number_in(value: object, graph: Nodes) -> str | None:
    """Return a number as text; `2.0` is not shortened, but a whole number has no fraction."""
    found = next(iter(values_of(value)), None)
    if isinstance(found, dict) and "value" in found:
        found = found["value"]
    return text_in(found, graph)


def _keywords_in(value: object, graph: Nodes) -> str | None:
    """Return several words or terms, joined.

    Example:
        >>> from refcite.formats.jsonld import Graph
        >>> _keywords_in(["law", "statelessness"], Graph()), _keywords_in("law, war", Graph())
        ('law, statelessness', 'law, war')
        >>> _keywords_in(["rights, human", "law"], Graph())
        'rights, human; law'
    """
    return codecs.join_keywords(dict.fromkeys(_texts(value, graph))) or None


def _language_in(value: object, graph: Nodes) -> str | None:
    """Return a language's code if there is one, otherwise its name."""
    for one in values_of(value):
        node = graph.node(one)
        for label in ("alternateName", "identifier", "name") if node else ():
            found = text_in(node.get(label), graph) if node else None
            if found:
                return found
        if isinstance(one, str) and one.strip():
            return one.strip()
    return None


def _place_in(value: object, graph: Nodes) -> str | None:
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


def _link_in(value: object, graph: Nodes) -> str | None:
    """Return a URL: the value, or the URL of the thing, otherwise its name."""
    for one in values_of(value):
        node = graph.node(one)
        if node is None:
            return _text(one, graph)
        found = text_in(node.get("url"), graph) or node.get("@id") or text_in(node, graph)
        if isinstance(found, str) and not found.startswith(("#", "_:")):
            return found
    return None


def _doi_in(value: object, graph: Nodes) -> str | None:
    """Return a DOI from an identifier in any form.

    Example:
        >>> from refcite.formats.jsonld import Graph
        >>> _doi_in(["isbn:1", "https://doi.org/10.1000/x"], Graph()), _doi_in("1234", Graph())
        ('10.1000/x', None)
        >>> _doi_in({"propertyID": "DOI", "value": "10.1000/x"}, Graph())
        '10.1000/x'
    """
    for one in values_of(value):
        if isinstance(one, dict):
            node = graph.node(one) or one
            parts = [node.get("value"), node.get("@id"), node.get("url")]
        else:
            parts = [one]
        for part in parts:
            if isinstance(part, str) and _DOI_START.match(part) and (doi := read_doi(part.strip())):
                return doi
    return None


def _identifier_in(value: object, graph: Nodes, name: str) -> str | None:
    """Return the identifier of one kind, such as `PMID`, from a value that contains several."""
    label = re.compile(rf"\W*(?:urn:)?{name}\s*[:/]?\s*", re.IGNORECASE)
    for one in values_of(value):
        node = graph.node(one)
        if node is not None:
            kind = text_in(node.get("propertyID"), graph) or text_in(node.get("name"), graph) or ""
            found = text_in(node.get("value"), graph)
            if found and kind.rstrip("/").rpartition("/")[2].casefold() == name.casefold():
                start = label.match(found)
                return found[start.end() :] if start else found
        elif isinstance(one, str):
            match = label.match(one)
            if match and match.end() < len(one):
                return one[match.end() :].strip()
    return None


def _pages_in(node: Node, graph: Nodes) -> str | None:
    """Return the pages, from one property or from the first and the last.

    Example:
        >>> from refcite.formats.jsonld import Graph
        >>> _pages_in({"pageStart": 7, "pageEnd": "12"}, Graph())
        '7-12'
    """
    whole = text_in(node.get("pagination"), graph)
    if whole:
        return whole
    ends = [text_in(node.get(key), graph) for key in ("pageStart", "pageEnd")]
    return "-".join(dict.fromkeys(filter(None, ends))) or None


def _names_in(value: object, graph: Nodes) -> NamesOfTexts:
    """Return the persons and organisations of a property.

    A name with the type or the form of an organisation is never split.

    Example:
        >>> from refcite.formats.jsonld import Graph
        >>> people = [{"@type": "Person", "name": "Jane Doe"}, "Ministry of Justice"]
        >>> _names_in(people, Graph()).names
        (Name(family='Doe', given='Jane'), Name(literal='Ministry of Justice'))
    """
    found: list[Name] = []
    texts: list[NamesOfTexts] = []
    for one in values_of(value)[:_MOST_NAMES]:
        found.extend(_names(one, graph, 0, texts))
    if not found and texts:  # "et al." follows names; without them it is a name itself
        marks = (one for one in values_of(value) if isinstance(one, str) and is_et_al(one))
        return NamesOfTexts(tuple(Name(literal=one) for one in islice(marks, 1)))
    return NamesOfTexts(
        tuple(dict.fromkeys(found)),
        any(one.et_al for one in texts),
        tuple(problem for one in texts for problem in one.problems),
    )


def _names(value: object, graph: Nodes, depth: int, texts: list[NamesOfTexts]) -> Iterator[Name]:
    # Names that are texts are added to `texts`, to be reported.
    node = graph.node(value)
    several = value if isinstance(value, list) else _in_roles(node)
    if isinstance(value, str):
        if is_et_al(value):
            texts.append(NamesOfTexts(et_al=True))
            return
        parts = [part for part in value.split(";") if part.strip()]
        texts.append(names_of(parts, _EACH, name_of_text, is_straight=True))
        yield from texts[-1].names
    elif several and depth < _DEEPEST_NAME:
        for one in several:
            yield from _names(one, graph, depth + 1, texts)
    elif node is not None:
        inner = node.get("name")
        is_whole = not (node.get("familyName") or node.get("givenName"))
        if isinstance(inner, list) and is_whole:
            # One node may represent several: `"name": ["Ann Doe", "John Roe"]`.
            for one in inner:
                if isinstance(one, str) and one.strip():
                    yield _name({**node, "name": one}, graph)
            return
        if isinstance(inner, str) and is_whole and "Person" in types_of(node):
            found = names_of([inner], _EACH, name_of_text, is_straight=True)
            if found.problems or found.et_al:
                texts.append(found)
                yield from found.names
                return
        name = _name(node, graph)
        if name is not None:
            yield name


def _in_roles(node: Node | None) -> list[Any]:
    """Return the holders of a role, if a node is a role."""
    if node is None or not any(name.endswith("Role") for name in types_of(node)):
        return []
    return [node[key] for key in _ROLE_OF if key in node]


def _name(node: Node, graph: Nodes) -> Any:
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
    """Return names as persons and organisations, a single one without a list.

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


def _date_value(date: Date) -> str | None:
    """Return a date in the form of ISO 8601, if it has one.

    Example:
        >>> _date_value(Date.parse("May 2001")), _date_value(Date.parse("2001/2003"))
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


def _text_value(text: str) -> str | None:
    written = plain(text)
    return written if written == written.strip() else None


def _integer_value(text: str) -> int | str | None:
    return int(text) if _DIGITS.fullmatch(text) else _text_value(text)


def _date_in(value: object, draft: Any) -> Date | None:
    text = _number_in(value, draft)
    return codecs.DATE.read(text, draft) if text else None


def _identifier(name: str) -> Codec:
    return Codec(
        _doi_in if name == "DOI" else partial(_identifier_in, name=name),
        lambda text: {"@type": "PropertyValue", "propertyID": name, "value": plain(text)},
        note=name,
    )


TEXT: Final = Codec(text_in, _text_value)
NAMES: Final = Codec(lambda value, draft: draft.names(_names_in(value, draft)), name_values)
DATE: Final = Codec(_date_in, _date_value, note="date")
NUMBER: Final = Codec(_number_in, _text_value, note="number")
INTEGER: Final = evolve(NUMBER, write=_integer_value)
COUNT: Final = evolve(NUMBER, write=lambda text: int(text) if _DIGITS.fullmatch(text) else None)
KEYWORDS: Final = Codec(_keywords_in, _text_value, note="keywords")
LANGUAGE: Final = Codec(_language_in, _text_value, note="language")
PAGES: Final = Codec(_pages_in, _text_value, note="pages")
"""Pages are read from the node, since they may be two properties."""
PLACE: Final = Codec(_place_in, lambda text: {"@type": "Place", "name": plain(text)}, note="place")
PLACE_NAME: Final = evolve(PLACE, write=_text_value)
LINK: Final = Codec(_link_in, _text_value, note="link")
"""A URL, or a thing that has one."""
DOI: Final = _identifier("DOI")
PMID: Final = _identifier("PMID")
PMCID: Final = _identifier("PMCID")
ISBN: Final = _identifier("ISBN")
