"""The nodes of a JSON-LD document: their references, and the separate works among them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, Protocol

from attrs import frozen

from refcite.formats.jsonld.terms import Terms
from refcite.formats.jsonld.types import AUXILIARY, is_work
from refcite.formats.jsontext import Reader
from refcite.problems import Problem

__all__ = ["Graph", "Node", "Nodes", "Work", "types_of", "values_of"]

Node = dict[str, Any]
"""A node whose keys are schema.org's names."""

_DEEPEST: Final = 100
"""Deeper nodes are omitted."""
# A work named by these properties is not a part of the naming work.
_LEADS_TO_WORKS: Final = (
    "mainEntity",
    "itemListElement",
    "item",
    "dataFeedElement",
    "@graph",
    "blogPost",
    "dataset",
)
_OF_ONE_WORK: Final = ("isbn", "datePublished", "volumeNumber", "pagination", "pageStart")
"""Properties that differ between works of one title."""
_MOST_COMPARED: Final = 20
_NO_CONTAINER: Final = frozenset(
    {*_LEADS_TO_WORKS, "hasPart", "about", "mentions", "citation", "subjectOf", "isBasedOn"}
)
_LISTS: Final = frozenset({"ItemList", "DataFeed", "DataCatalog", "Blog", "CollectionPage"})
# A context and a graph: its nodes are read one by one, so that a broken one affects no other.
_WRAPPED: Final = re.compile(
    r'\s*\{\s*"@context"\s*:\s*(?P<context>"[^"\\]*"|\[[^\[\]]{0,4096}\]|\{[^{}]{0,4096}\})'
    r'\s*,\s*"@graph"\s*:\s*(?=\[)'
)
_END: Final = re.compile(r"\}\s*\Z")


@frozen
class Work:
    """A node that is a separate record.

    Attributes:
        node: The node.
        line: Line on which it starts, if it is known.
    """

    node: Node
    line: int | None = None


def types_of(node: Node) -> list[str]:
    """Return the types of a node.

    Example:
        >>> types_of({"@type": ["Book", "Product"]}), types_of({"@type": "Book"}), types_of({})
        (['Book', 'Product'], ['Book'], [])
    """
    found = node.get("@type", [])
    return [found] if isinstance(found, str) else list(found)


def values_of(value: object) -> list[Any]:
    """Return the values of a property, one or many, as a list; an empty one is none.

    Example:
        >>> values_of(["a", None, "b"]), values_of("a"), values_of(""), values_of(None)
        (['a', 'b'], ['a'], [], [])
    """
    if not isinstance(value, list):
        return [value] if value or value == 0 else []
    return [one for one in value if one or one == 0]


class Nodes(Protocol):
    """An object that finds the node to which a value refers."""

    @property
    def node(self) -> Callable[[object], Node | None]:
        """Returns the node of a value; None if it is not a node."""


class Graph:
    """All nodes of a text, found by their `@id`.

    Example:
        >>> graph = Graph()
        >>> graph.add({"@graph": [{"@id": "#a", "@type": "Book", "author": {"@id": "#p"}},
        ...                       {"@id": "#p", "@type": "Person", "name": "Ann"}]})
        >>> [work.node["@id"] for work in graph.works()]
        ['#a']
        >>> graph.node({"@id": "#p"})["name"]
        'Ann'
    """

    def __init__(self) -> None:
        self._by_id: dict[str, Node] = {}
        # Other works under an id that is known, and nodes that describe one of these again.
        self._others: dict[str, list[Node]] = {}
        self._own: set[int] = set()
        self._same: dict[int, Node] = {}
        self._tops: list[tuple[Node, int | None]] = []
        self._terms = Terms()
        self.is_foreign = False

    def add(self, value: object, line: int | None = None, terms: Terms | None = None) -> None:
        """Add a document, or one of its nodes.

        Args:
            value: The JSON.
            line: Line on which it starts.
            terms: The meaning of its keys; by default that of its own `@context`.
        """
        node = self._normal(value, terms or self._terms, 0)
        for one in node if isinstance(node, list) else [node]:
            if not isinstance(one, dict):
                continue
            inner = one.pop("@graph", None)
            if len(one) > 1 or (one and inner is None):
                self._tops.append((one, line))
            for part in values_of(inner):
                if isinstance(part, dict):
                    self._tops.append((part, line))

    def add_text(self, text: str, problems: list[Problem]) -> None:
        """Add the nodes of a JSON text: an object, an array, objects in a row, or a graph.

        Args:
            text: The JSON.
            problems: List to which its problems are added.
        """
        terms = None
        wrapped = _WRAPPED.match(text)
        end = _END.search(text, max(len(text) - 200, 0)) if wrapped else None
        if wrapped and end:
            context = Reader(f'{{"@context": {wrapped["context"]}}}', []).entries()
            terms = next((Terms(entry.value["@context"]) for entry in context), None)
            # The lines do not change.
            text = "\n" * text.count("\n", 0, wrapped.end()) + text[wrapped.end() : end.start()]
            if terms is not None and not terms.is_schema_org:
                self.is_foreign = True
                return
        for entry in Reader(text, problems).entries():
            self.add(entry.value, entry.line, terms)

    def _normal(self, value: object, terms: Terms, depth: int) -> Any:
        """Return a value with schema.org's names for keys."""
        if isinstance(value, list):
            if depth > _DEEPEST:
                return []
            return [self._normal(one, terms, depth + 1) for one in value]
        if not isinstance(value, dict):
            return value
        if depth > _DEEPEST:
            return {}
        if "@context" in value:
            own = Terms(value["@context"])
            if not own.is_schema_org:
                self.is_foreign = True
                return {}
            terms = own
        for wrapper in ("@list", "@set"):
            if wrapper in value:
                return self._normal(value[wrapper], terms, depth + 1)
        if "@value" in value:
            return value["@value"]
        node = self._node(value, terms, depth)
        self._index(node)
        return node

    def _node(self, value: dict[str, Any], terms: Terms, depth: int) -> Node:
        node: Node = {}
        for key, one in value.items():
            name = terms.key(key)
            if name == "@context":
                continue
            if name == "@type":
                names = [terms.type_name(kind) for kind in values_of(one) if isinstance(kind, str)]
                names = list(dict.fromkeys(names))
                node["@type"] = names if len(names) != 1 or isinstance(one, list) else names[0]
            elif name == "@id":
                node["@id"] = one if isinstance(one, str) else str(one)
            elif name.startswith("csl:"):
                node[name] = one
            else:
                normal = self._normal(one, terms, depth + 1)
                if name in node:
                    normal = [*values_of(node[name]), *values_of(normal)]
                node[name] = normal
        return node

    def _index(self, node: Node) -> None:
        name = node.get("@id")
        if name is None or len(node) == 1:
            return
        known = self._by_id.setdefault(name, node)
        if known is node:
            return
        if _are_other_works(known, node):
            # An id that is used for two works refers to the first of them.
            others = self._others.setdefault(name, [])
            recent = others[-_MOST_COMPARED:]  # the time stays linear
            same = next((one for one in recent if not _are_other_works(one, node)), None)
            if same is None:
                others.append(node)
                self._own.add(id(node))
                return
            known = same
            self._same[id(node)] = same
        # Two nodes of one id describe one thing. If they differ, the node with a type describes it,
        # and the other only refers to it.
        is_fuller = "@type" in node and "@type" not in known
        for key, value in node.items():
            if is_fuller or key not in known:
                known[key] = value

    def node(self, value: object) -> Node | None:
        """Return the node that a value is or refers to."""
        if not isinstance(value, dict):
            return None
        name = value.get("@id")
        if name is None or id(value) in self._own:
            return value
        return self._same.get(id(value)) or self._by_id.get(name, value)

    def works(self) -> list[Work]:
        """Return the works, in the order of the text, without works that only belong to another."""
        found = list(_unique(self._found()))
        referred = self._referred(found)
        own = [work for work in found if id(work.node) not in referred]
        return own or found[:1]

    def _found(self) -> Iterator[Work]:
        for top, line in self._tops:
            seen: set[int] = set()
            waiting = [top]
            while waiting:
                node = waiting.pop()
                resolved = self.node(node) or node
                if id(resolved) in seen:
                    continue
                seen.add(id(resolved))
                inner = list(self._led_to(resolved))
                names = types_of(resolved)
                if is_work(names) and not (inner and _LISTS.intersection(names)):
                    is_page = inner and AUXILIARY.intersection(names)
                    if not is_page:
                        yield Work(resolved, line)
                        continue
                waiting.extend(reversed(inner))

    def _led_to(self, node: Node) -> Iterator[Node]:
        for key in _LEADS_TO_WORKS:
            for value in values_of(node.get(key)):
                found = self.node(value)
                if found is None:
                    continue
                names = types_of(found)
                if is_work(names) or "ListItem" in names or "ItemList" in names:
                    yield found

    def _referred(self, works: Iterable[Work]) -> set[int]:
        """Return the nodes that are only containers or illustrations of another work."""
        works = list(works)
        auxiliary = {
            id(work.node): work.node for work in works if AUXILIARY.issuperset(types_of(work.node))
        }
        referred: set[int] = set()
        for top, _ in self._tops:
            for key, value in top.items():
                if key in _NO_CONTAINER:
                    continue
                for one in values_of(value):
                    found = self.node(one)
                    if found is not None and found is not top and id(found) in auxiliary:
                        referred.add(id(found))
        return referred


def _are_other_works(one: Node, other: Node) -> bool:
    """Return whether two nodes of one `@id` describe two works, not one work in two places."""
    for node in (one, other):
        names = types_of(node)
        if not is_work(names) or AUXILIARY.issuperset(names):
            return False
    for key in _OF_ONE_WORK:
        if _are_apart(_texts(one, key), _texts(other, key)):
            return True
    titles, others = (
        _texts(node, "name") | _texts(node, "headline") | _texts(node, "alternateName")
        for node in (one, other)
    )
    return _are_apart(titles, others)


def _are_apart(some: set[str], others: set[str]) -> bool:
    """Return whether no text of the one set is one of the other, or the start of one."""
    return bool(some and others) and not any(
        one.startswith(other) or other.startswith(one) for one in some for other in others
    )


def _texts(node: Node, key: str) -> set[str]:
    """Return the values of a property that are text, without case, spaces and punctuation."""
    return {
        "".join(filter(str.isalnum, value.casefold()))
        for value in values_of(node.get(key))
        if isinstance(value, str)
    } - {""}


def _unique(works: Iterable[Work]) -> Iterator[Work]:
    seen: set[int] = set()
    for work in works:
        if id(work.node) not in seen:
            seen.add(id(work.node))
            yield work
