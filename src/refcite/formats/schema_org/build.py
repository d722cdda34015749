"""From a node to a record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from itertools import chain
from typing import Any, Final
from urllib.parse import unquote

from attrs import frozen

from refcite.dates import Date
from refcite.formats.schema_org.fields import EPISODES, SERIAL_ARTICLES, Kind, Place, Row, rows_of
from refcite.formats.schema_org.graph import Graph, Node, Work, types_of, values_of
from refcite.formats.schema_org.types import CSL_TYPES, OWN_TYPES, chosen_type
from refcite.formats.schema_org.values import (
    doi_in,
    identifier_in,
    keywords_in,
    language_in,
    link_in,
    names_in,
    number_in,
    pages_in,
    place_in,
    text_in,
)
from refcite.identifiers import normal_doi
from refcite.names import Name
from refcite.problems import Problem, Severity
from refcite.record import Origin, Record
from refcite.vocabulary import ATTRIBUTES, DATE_VARIABLES, ITEM_TYPES, NAME_VARIABLES

__all__ = ["FORMAT", "Built", "build"]

FORMAT: Final = "schema-org"

_Reader = Callable[[object, Graph], Any]
_READERS: Final[dict[Kind, _Reader]] = {
    Kind.TEXT: text_in,
    Kind.NUMBER: number_in,
    Kind.KEYWORDS: keywords_in,
    Kind.LANGUAGE: language_in,
    Kind.PLACE: place_in,
    Kind.LINK: link_in,
    Kind.DOI: doi_in,
    Kind.PMID: partial(identifier_in, name="PMID"),
    Kind.PMCID: partial(identifier_in, name="PMCID"),
    Kind.ISBN: partial(identifier_in, name="ISBN"),
}
_CONTAINERS: Final = ("isPartOf", "partOfSeries", "partOfSeason", "inAlbum", "exampleOfWork")
_MOST_HOSTS: Final = 8
_SERIALS: Final = frozenset({"Periodical", "Newspaper", "ComicSeries", "CreativeWorkSeries"})
_NO_HOSTS: Final = frozenset({"WebPage", "ItemPage", "CreativeWorkSeason"})
_SIMPLE: Final = frozenset({"@type", "@id", "name", "url"})
_ABOUT_PERSONS: Final = _SIMPLE - {"url", "@id"} | {"givenName", "familyName", "honorificSuffix"}
_PLACES_OF: Final = {
    Place.PUBLISHER: "publisher",
    Place.PROVIDER: "provider",
    Place.REVIEWED: "itemReviewed",
    Place.ORIGINAL: "translationOfWork",
}
_DATES: Final = frozenset(DATE_VARIABLES)
_NAMES: Final = frozenset(NAME_VARIABLES)


@frozen
class Built:
    """A record and what was doubtful about it.

    Attributes:
        record: The record.
        problems: What is doubtful.
    """

    record: Record
    problems: tuple[Problem, ...]


def build(work: Work, graph: Graph, day_first: bool | None = None) -> Built:
    """Return the record of a work.

    Args:
        work: The work.
        graph: All nodes of the text.
        day_first: How `01/02/2017` is read.

    Example:
        >>> node = {"@type": "Book", "name": "The Castle", "datePublished": 1926}
        >>> build(Work(node), Graph()).record
        Record(id='', type='book', issued=Date.parse('1926'), title='The Castle')
    """
    return _Builder(work, graph, day_first).built()


class _Builder:
    def __init__(self, work: Work, graph: Graph, day_first: bool | None) -> None:
        self._work = work
        self._node = work.node
        self._graph = graph
        self._day_first = day_first
        self._problems: list[Problem] = []
        self._values: dict[str, Any] = {}
        self._et_al: set[str] = set()
        self._used: set[str] = set()
        self._extra: dict[str, Any] = {}
        self._placed: dict[Place, list[Node]] = {}
        self._hosts = self._containers()
        self._own = chosen_type(types_of(self._node))
        self._type = self._csl_type()

    def built(self) -> Built:
        name = self._id()
        for row in rows_of(self._type):
            self._read(row)
        self._keep_rest()
        self._read_beyond()
        problems = tuple(
            problem.replace(key=name or None, line=problem.line or self._work.line)
            for problem in self._problems
        )
        record = Record(
            id=name,
            type=self._type,  # type: ignore[arg-type]  # one of CSL's, as the table has it
            **{ATTRIBUTES[variable]: value for variable, value in self._values.items()},
            et_al=self._et_al,
            extra=self._extra,
            origin=Origin(format=FORMAT, line=self._work.line),
        )
        return Built(record, problems)

    def _id(self) -> str:
        name = str(self._node.get("@id", ""))
        if name.startswith("_:"):
            return ""
        return unquote(name[1:]) if name.startswith("#") else name

    # The type

    def _csl_type(self) -> str:
        own = self._own
        written = self._beyond("type")
        if written in ITEM_TYPES:
            self._keep_types(own)
            return str(written)
        if own in {"Article", "TechArticle"}:
            csl_type = self._type_of_article()
        elif own in OWN_TYPES:
            csl_type = OWN_TYPES[own]
        else:
            if own is not None:
                self._extra["type"] = own
                self._report("unknown-type", f"CSL has no type for {own!r}; it is a document")
            return "document"
        self._keep_types(None if CSL_TYPES[csl_type] == own else own)
        return csl_type

    def _keep_types(self, own: str | None) -> None:
        """Keep what the CSL type does not say."""
        names = self._node.get("@type")
        if isinstance(names, list):
            self._extra["@type"] = list(names)
        elif own is not None and self._beyond("type") is None:
            self._extra["@type"] = own

    def _type_of_article(self) -> str:
        """Return the type of what is only called an article: where it stands decides."""
        names = {name for host in self._hosts for name in types_of(host)}
        if "Newspaper" in names:
            return "article-newspaper"
        if names & {"PublicationIssue", "PublicationVolume", "Periodical"}:
            return "article-magazine"
        return "webpage"

    # Containers

    def _containers(self) -> list[Node]:
        """Return what the work is part of, from the nearest to the farthest."""
        found: list[Node] = []
        for node in chain([self._node], found):
            for value in chain.from_iterable(values_of(node.get(key)) for key in _CONTAINERS):
                host = {"name": value} if isinstance(value, str) else self._graph.node(value)
                if host is None or host is self._node or _is_among(host, found):
                    continue
                # What is added here is looked at in its turn.
                found.append(host)
                if len(found) == _MOST_HOSTS:
                    return found
        return found

    def _hosts_at(self, place: Place) -> list[Node]:
        if place is Place.ISSUE:
            return [self._node, *self._with_types({"PublicationIssue", "ComicIssue"}), *self._hosts]
        if place is Place.VOLUME:
            return [self._node, *self._with_types({"PublicationVolume"}), *self._hosts]
        if place is Place.SERIES:
            return [
                host
                for host in self._hosts
                if {"BookSeries", "CreativeWorkSeries", "Periodical"}.intersection(types_of(host))
            ]
        return self._ranked_hosts()

    def _with_types(self, names: set[str]) -> list[Node]:
        return [host for host in self._hosts if names.intersection(types_of(host))]

    def _ranked_hosts(self) -> list[Node]:
        """Return containers that have the title that is cited, the likeliest first."""
        if self._type in SERIAL_ARTICLES:
            serials = self._with_types(set(_SERIALS))
            parts = {"PublicationIssue", "PublicationVolume"}
            rest = [
                host
                for host in self._hosts
                if not _is_among(host, serials) and not parts.intersection(types_of(host))
            ]
            return serials + [host for host in rest if not self._is_page(host)]
        if self._type in EPISODES:
            series = [host for host in self._hosts if any("Series" in n for n in types_of(host))]
            return [*series, *(host for host in self._hosts if not _is_among(host, series))]
        hosts = [host for host in self._hosts if not self._is_page(host)]
        return sorted(hosts, key=lambda host: not _NO_HOSTS.isdisjoint(types_of(host)))

    def _is_page(self, host: Node) -> bool:
        """Tell whether a container is just the page on which the work stands."""
        if _NO_HOSTS.isdisjoint(types_of(host)):
            return False
        name = text_in(host.get("name"), self._graph)
        own = (text_in(self._node.get(key), self._graph) for key in ("headline", "name"))
        return name is None or any(title and name.startswith(title) for title in own)

    def _nodes_at(self, place: Place) -> list[Node]:
        if place is Place.WORK:
            return [self._node]
        if place is Place.ORIGINAL_PUBLISHER:
            found = [
                publisher
                for original in self._nodes_at(Place.ORIGINAL)
                for publisher in values_of(original.get("publisher"))
            ]
        elif place in _PLACES_OF:
            found = values_of(self._node.get(_PLACES_OF[place]))
        else:
            return self._hosts_at(place)
        nodes = [{"name": one} if isinstance(one, str) else self._graph.node(one) for one in found]
        return [node for node in nodes if node is not None]

    # Properties

    def _read(self, row: Row) -> None:
        place = row.place
        if place is Place.WORK:
            # Most properties are not there.
            if row.name not in self._node and row.kind is not Kind.PAGES:
                return
            nodes = [self._node]
        else:
            if place not in self._placed:
                self._placed[place] = self._nodes_at(place)
            nodes = self._placed[place]
        for node in nodes:
            value = self._value(row, node)
            if value is None or value == ():
                continue
            self._take(row, node, value)
            return

    def _take(self, row: Row, node: Node, value: Any) -> None:
        held = self._values.get(row.variable)
        if held is None:
            self._values[row.variable] = value
        elif held != value:
            return
        if row.place in _PLACES_OF:
            self._used.add(_PLACES_OF[row.place])
        if row.place is not Place.WORK:
            return
        self._used |= {row.name, *(_PAGES if row.kind is Kind.PAGES else ())}
        own = node.get(row.name)
        if row.kind is Kind.NAMES:
            is_more = self._says_more(own)
        else:
            is_more = row.kind in _IDENTIFIERS and not _is_single(own)
        if is_more and row.name != "@id":
            self._extra[row.name] = own

    def _value(self, row: Row, node: Node) -> Any:
        if row.kind is Kind.PAGES:
            return pages_in(node, self._graph)
        found = node.get(row.name)
        if found is None or found == "" or found == []:
            return None
        if row.kind is Kind.DATE:
            return self._date(found)
        if row.kind is Kind.NAMES:
            return self._names(row, found)
        return _READERS[row.kind](found, self._graph)

    def _names(self, row: Row, value: object) -> tuple[Name, ...]:
        found = names_in(value, self._graph)
        if row.variable not in self._values:
            self._problems += found.problems
            if found.et_al:
                self._et_al.add(ATTRIBUTES[row.variable])
        return found.names

    def _date(self, value: object) -> Date | None:
        text = number_in(value, self._graph)
        if text is None:
            return None
        return Date.parse(text, day_first=self._day_first, problems=self._problems)

    def _says_more(self, value: object) -> bool:
        """Tell whether persons have more than names: an identifier, an affiliation."""
        for one in values_of(value):
            node = self._graph.node(one)
            if node is not None and not _ABOUT_PERSONS.issuperset(node):
                return True
        return False

    # What has no variable

    def _keep_rest(self) -> None:
        for key, value in self._node.items():
            if key in {"@id", "@type", "@context"} or key.startswith("csl:"):
                continue
            if key in self._extra or value in (None, "", [], {}):
                continue
            is_used = key in self._used or key in _CONTAINERS
            if not is_used or (key in _COMPOSITE and self._is_more(value)):
                self._extra[key] = value

    def _is_more(self, value: object) -> bool:
        return not all(map(self._is_simple, values_of(value)))

    def _is_simple(self, value: object) -> bool:
        if not isinstance(value, dict):
            return True
        inner = [part for key, part in value.items() if key not in _PLAIN_PARTS]
        nested = [
            part for key, part in value.items() if key in {"isPartOf", "publisher", "location"}
        ]
        return not inner and all(self._is_simple(one) for part in nested for one in values_of(part))

    def _beyond(self, name: str) -> Any:
        return self._node.get(f"csl:{name}")

    def _read_beyond(self) -> None:
        """Read the terms that say what schema.org has no word for; they count before all else."""
        for key, value in self._node.items():
            if not key.startswith("csl:"):
                continue
            name = key.removeprefix("csl:")
            if name == "extra" and isinstance(value, Mapping):
                self._extra |= value
            elif name == "et-al":
                self._et_al = {ATTRIBUTES[one] for one in values_of(value) if one in _NAMES}
            elif name in ATTRIBUTES:
                self._override(name, value)

    def _override(self, variable: str, value: Any) -> None:
        if value == "@none":
            self._values.pop(variable, None)
        elif variable in _NAMES:
            given = value if isinstance(value, list) else [value]
            texts = [one for one in given if isinstance(one, str)]  # an empty name is one too
            self._values[variable] = tuple(map(Name.parse, texts))
        elif variable in _DATES:
            self._values[variable] = Date.parse(str(value), day_first=self._day_first)
        elif variable == "DOI":
            self._values[variable] = str(value)
        else:
            text = text_in(value, self._graph)
            self._values[variable] = value if isinstance(value, str) else text

    def _report(self, code: str, message: str) -> None:
        self._problems.append(Problem(severity=Severity.WARNING, code=code, message=message))


_PAGES: Final = ("pagination", "pageStart", "pageEnd")
_IDENTIFIERS: Final = frozenset({Kind.DOI, Kind.PMID, Kind.PMCID, Kind.ISBN})
_COMPOSITE: Final = frozenset({*_CONTAINERS, *_PLACES_OF.values()})
_PLAIN_PARTS: Final = frozenset(
    {
        "@type",
        "@id",
        "name",
        "alternateName",
        "author",
        "datePublished",
        "editor",
        "isPartOf",
        "isbn",
        "issn",
        "issueNumber",
        "location",
        "publisher",
        "volumeNumber",
    }
)


def _is_among(node: Node, nodes: list[Node]) -> bool:
    # Comparing nodes would walk all that is in them.
    return any(node is one for one in nodes)


def _is_single(value: object) -> bool:
    """Tell whether an identifier is one alone, with nothing beside what is read."""
    found = values_of(value)
    if not all(isinstance(one, dict) for one in found):
        return len(found) <= 1 or all(normal_doi(str(one)) != one for one in found)
    return all({"@type", "propertyID", "value"}.issuperset(one) for one in found)
