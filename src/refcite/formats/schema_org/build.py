"""The conversion of a node to a record."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from typing import Any, Final
from urllib.parse import unquote

from refcite.dates import Date
from refcite.formats.crosswalk import Row
from refcite.formats.draft import Draft
from refcite.formats.jsonld import OWN_TYPES, Graph, Node, Work, chosen_type, types_of, values_of
from refcite.formats.schema_org.table import (
    EPISODES,
    HOST,
    ISSUE,
    SERIAL_ARTICLES,
    SERIES,
    SPEC,
    VOLUME,
)  # fmt: skip
from refcite.formats.schema_org.values import DOI, ISBN, NAMES, PAGES, PMCID, PMID, text_in
from refcite.identifiers import normal_doi
from refcite.names import Name
from refcite.problems import Problem
from refcite.record import Record
from refcite.vocabulary import (
    ATTRIBUTES,
    DATE_VARIABLES,
    ITEM_TYPES,
    NAME_VARIABLES,
    attribute_of,
)

__all__ = ["COMPOSITE", "FORMAT", "build"]

FORMAT: Final = "schema-org"

_CONTAINERS: Final = ("isPartOf", "partOfSeries", "partOfSeason", "inAlbum", "exampleOfWork")
_THINGS: Final = ("publisher", "provider", "itemReviewed", "translationOfWork")
COMPOSITE: Final = frozenset({*_CONTAINERS, *_THINGS})
"""Properties whose values are things whose own properties are read."""
_MOST_HOSTS: Final = 8
_SERIALS: Final = frozenset({"Periodical", "Newspaper", "ComicSeries", "CreativeWorkSeries"})
_PARTS: Final = frozenset({"PublicationIssue", "PublicationVolume"})
_NO_HOSTS: Final = frozenset({"WebPage", "ItemPage", "CreativeWorkSeason"})
_TYPES_AT: Final = {
    ISSUE: frozenset({"PublicationIssue", "ComicIssue"}),
    VOLUME: frozenset({"PublicationVolume"}),
    SERIES: frozenset({"BookSeries", "CreativeWorkSeries", "Periodical"}),
}
"""The types of the containers in a path to a container."""
_SIMPLE: Final = frozenset({"@type", "@id", "name", "url"})
_ABOUT_PERSONS: Final = _SIMPLE - {"url", "@id"} | {"givenName", "familyName", "honorificSuffix"}
_PAGES: Final = ("pagination", "pageStart", "pageEnd")
_IDENTIFIERS: Final = (DOI, PMID, PMCID, ISBN)
_PLAIN_PARTS: Final = frozenset(
    ("@type", "@id", "name", "alternateName", "author", "datePublished", "editor", "isPartOf",
     "isbn", "issn", "issueNumber", "location", "publisher", "volumeNumber")
)  # fmt: skip
_NESTED: Final = ("isPartOf", "publisher", "location")
_DATES: Final = frozenset(DATE_VARIABLES)
_NAMES: Final = frozenset(NAME_VARIABLES)


def build(work: Work, graph: Graph, day_first: bool | None = None) -> tuple[Record, list[Problem]]:
    """Return the record of a work, and its problems.

    Args:
        work: The work.
        graph: All nodes of the text.
        day_first: The reading of `01/02/2017`.

    Example:
        >>> node = {"@type": "Book", "name": "The Castle", "datePublished": 1926}
        >>> build(Work(node), Graph())[0]
        Record(id='', type='book', issued=Date.parse('1926'), title='The Castle')
    """
    draft = _WorkDraft(work, graph, day_first)
    draft.read_all()
    record = draft.record(FORMAT)
    return record, [problem.replace(key=record.id or None) for problem in draft.problems]


class _WorkDraft(Draft):
    __slots__ = ("_csl", "_hosts", "_node", "_placed", "_used", "node")

    def __init__(self, work: Work, graph: Graph, day_first: bool | None) -> None:
        super().__init__(SPEC, "", day_first=day_first, line=work.line)
        self.node = graph.node
        self._node = work.node
        self._used: set[str] = set()
        self._placed: dict[str, list[Node]] = {"": [work.node]}
        self._hosts = self._containers()
        self._csl = self._csl_type()

    def read_all(self) -> None:
        self.values["id"] = self._id()
        self.values["type"] = self._csl
        for row in SPEC.readers(self._csl):
            # Most properties are missing.
            if row.path or row.own in self._node or row.kind is PAGES:
                self._read_property(row)
        self._keep_unread()
        self._read_beyond()

    def _id(self) -> str:
        name = str(self._node.get("@id", ""))
        if name.startswith("_:"):
            return ""
        return unquote(name[1:]) if name.startswith("#") else name

    # The type

    def _csl_type(self) -> str:
        own = chosen_type(types_of(self._node))
        written = self._node.get("csl:type")
        if written in ITEM_TYPES:
            self._keep_types(own)
            return str(written)
        if own in {"Article", "TechArticle"}:
            csl_type = self._type_of_article()
        elif own in OWN_TYPES:
            csl_type = OWN_TYPES[own]
        else:
            if own is not None:
                self.unknown_type(own)
            return "document"
        self._keep_types(None if SPEC.own_type(csl_type) == own else own)
        return csl_type

    def _keep_types(self, own: str | None) -> None:
        """Keep the part of the type that the CSL type does not express."""
        names = self._node.get("@type")
        if isinstance(names, list):
            self.extra["@type"] = list(names)
        elif own is not None and "csl:type" not in self._node:
            self.extra["@type"] = own

    def _type_of_article(self) -> str:
        """Return the type of a work that is only called an article, according to its container."""
        names = {name for host in self._hosts for name in types_of(host)}
        if "Newspaper" in names:
            return "article-newspaper"
        if names & {"PublicationIssue", "PublicationVolume", "Periodical"}:
            return "article-magazine"
        return "webpage"

    # Containers

    def _containers(self) -> list[Node]:
        """Return the containers of the work, from the nearest to the farthest."""
        found: list[Node] = []
        for node in chain([self._node], found):
            for value in chain.from_iterable(values_of(node.get(key)) for key in _CONTAINERS):
                host = self._thing(value)
                if host is None or host is self._node or _is_among(host, found):
                    continue
                # Containers that are added here are processed later in the loop.
                found.append(host)
                if len(found) == _MOST_HOSTS:
                    return found
        return found

    def _ranked_hosts(self) -> list[Node]:
        """Return containers that have the cited title, the likeliest first."""
        hosts = self._hosts
        if self._csl in EPISODES:
            return sorted(hosts, key=lambda host: not any("Series" in n for n in types_of(host)))
        hosts = [host for host in hosts if self._is_serial(host) or not self._is_page(host)]
        if self._csl in SERIAL_ARTICLES:
            hosts = [host for host in hosts if self._is_serial(host) or not _is_any(host, _PARTS)]
            return sorted(hosts, key=lambda host: not self._is_serial(host))
        return sorted(hosts, key=lambda host: _is_any(host, _NO_HOSTS))

    def _is_serial(self, host: Node) -> bool:
        return self._csl in SERIAL_ARTICLES and _is_any(host, _SERIALS)

    def _is_page(self, host: Node) -> bool:
        """Return whether a container is only the page of the work."""
        if not _is_any(host, _NO_HOSTS):
            return False
        name = text_in(host.get("name"), self)
        own = (text_in(self._node.get(key), self) for key in ("headline", "name"))
        return name is None or any(title and name.startswith(title) for title in own)

    def _nodes_at(self, path: str) -> list[Node]:
        """Return the things that have a property, the likeliest first."""
        if path == HOST:
            return self._ranked_hosts()
        if path in _TYPES_AT:
            named = [host for host in self._hosts if _is_any(host, _TYPES_AT[path])]
            return named if path == SERIES else [self._node, *named, *self._hosts]
        nodes = [self._node]
        for step in path.split("/"):
            found = chain.from_iterable(values_of(node.get(step)) for node in nodes)
            nodes = [thing for value in found if (thing := self._thing(value)) is not None]
        return nodes

    def _thing(self, value: object) -> Node | None:
        return {"name": value} if isinstance(value, str) else self.node(value)

    # Properties

    def _read_property(self, row: Row) -> None:
        path = row.path
        if path not in self._placed:
            self._placed[path] = self._nodes_at(path)
        for node in self._placed[path]:
            found = node if row.kind is PAGES else node.get(row.own)
            if found is None or found == "" or found == []:
                continue
            self.attribute = attribute_of(row.variable)
            value = row.kind.read(found, self)
            if value is None or value == ():
                continue
            if self.put(row.variable, value):
                self._use(row)
            return

    def _use(self, row: Row) -> None:
        if row.path:
            if row.path in _THINGS:
                self._used.add(row.path)
            return
        self._used |= {row.own, *(_PAGES if row.kind is PAGES else ())}
        own = self._node.get(row.own)
        if row.kind is NAMES:
            is_more = self._says_more(own)
        else:
            is_identifier = any(row.kind is kind for kind in _IDENTIFIERS)
            is_more = is_identifier and not _is_single(own)
        if is_more and row.own != "@id":
            self.extra[row.own] = own

    def _says_more(self, value: object) -> bool:
        """Return whether persons have more than names: an identifier, an affiliation."""
        nodes = (self.node(one) for one in values_of(value))
        return any(node is not None and not _ABOUT_PERSONS.issuperset(node) for node in nodes)

    # Properties without a variable

    def _keep_unread(self) -> None:
        for key, value in self._node.items():
            if key in {"@id", "@type", "@context"} or key.startswith("csl:"):
                continue
            if key in self.extra or value in (None, "", [], {}):
                continue
            is_used = key in self._used or key in _CONTAINERS
            if not is_used or (key in COMPOSITE and not _is_simple(value)):
                self.extra[key] = value

    def _read_beyond(self) -> None:
        """Read the terms for values that schema.org cannot hold; they take precedence."""
        for key, value in self._node.items():
            if not key.startswith("csl:"):
                continue
            name = key.removeprefix("csl:")
            if name == "extra" and isinstance(value, Mapping):
                self.extra |= value
            elif name == "et-al":
                known = (ATTRIBUTES[one] for one in values_of(value) if one in _NAMES)
                self.values["et_al"] = set(known)
            elif name in ATTRIBUTES:
                self._override(name, value)

    def _override(self, variable: str, value: Any) -> None:
        attribute = ATTRIBUTES[variable]
        if value == "@none":
            self.values.pop(attribute, None)
        elif variable in _NAMES:
            given = value if isinstance(value, list) else [value]
            texts = [one for one in given if isinstance(one, str)]  # an empty name is also one
            self.values[attribute] = tuple(map(Name.parse, texts))
        elif variable in _DATES:
            self.values[attribute] = Date.parse(str(value), day_first=self.day_first)
        elif variable == "DOI" or isinstance(value, str):
            self.values[attribute] = str(value)
        else:
            self.values[attribute] = text_in(value, self)


def _is_any(node: Node, names: frozenset[str]) -> bool:
    return not names.isdisjoint(types_of(node))


def _is_among(node: Node, nodes: list[Node]) -> bool:
    # Comparing nodes would compare all their contents.
    return any(node is one for one in nodes)


def _is_simple(value: object) -> bool:
    """Return whether things have only properties that are read."""
    things = [one for one in values_of(value) if isinstance(one, dict)]
    return all(
        _PLAIN_PARTS.issuperset(thing) and all(_is_simple(thing.get(key)) for key in _NESTED)
        for thing in things
    )


def _is_single(value: object) -> bool:
    """Return whether an identifier has only properties that are read."""
    found = values_of(value)
    if not all(isinstance(one, dict) for one in found):
        return len(found) <= 1 or all(normal_doi(str(one)) != one for one in found)
    return all({"@type", "propertyID", "value"}.issuperset(one) for one in found)
