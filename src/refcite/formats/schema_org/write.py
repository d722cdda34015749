"""Writing schema.org's JSON-LD."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final
from urllib.parse import quote

from refcite.characters import without_surrogates
from refcite.formats.crosswalk import written
from refcite.formats.jsonld import CSL, Graph, Node, Terms, Work, values_of
from refcite.formats.jsontext import encode
from refcite.formats.schema_org.build import COMPOSITE, FORMAT, build
from refcite.formats.schema_org.table import (
    HOST,
    ISSUE,
    ORIGINAL,
    ORIGINAL_PUBLISHER,
    PUBLISHER,
    REVIEWED,
    SERIAL_ARTICLES,
    SERIES,
    SPEC,
    VOLUME,
)  # fmt: skip
from refcite.formats.schema_org.words import PROPERTIES
from refcite.record import Record
from refcite.vocabulary import ATTRIBUTES, VARIABLE_OF

__all__ = ["write"]

_CONTEXT: Final = "https://schema.org"
_ADDRESS: Final = re.compile(r"(?:https?://|urn:[a-z0-9-]+:)[^\s<>\"{}|\\^`]*", re.IGNORECASE)
_TYPE_NAME: Final = re.compile(r"[A-Z][A-Za-z0-9]{0,60}")
_RANGE: Final = re.compile(r"([^-–,\s]+)[-–]([^-–,\s]+)")
_HOST_TYPES: Final = {
    **dict.fromkeys(SERIAL_ARTICLES, "Periodical"),
    "article-newspaper": "Newspaper",
    "broadcast": "TVSeries",
    "chapter": "Book",
    "post": "WebSite",
    "post-weblog": "Blog",
    "song": "MusicAlbum",
    "webpage": "WebSite",
}


def write(records: Iterable[Record], *, indent: int | None = None) -> str:
    """Return records as schema.org's JSON-LD: one as an object, several as a graph.

    Values that schema.org cannot hold are written with terms of CSL's own namespace, which other
    programs ignore; so every record is read back unchanged.

    Args:
        records: The records.
        indent: The number of spaces for indentation; by default each record is on one line.

    Raises:
        FormatError: A value of `extra` has no form in JSON.

    Example:
        >>> from refcite import Record, dumps
        >>> record = Record(id="a", type="book", title="One", isbn="0-306-40615-2")
        >>> print(dumps([record], "schema-org"), end="")
        {"@context": "https://schema.org", "@type": "Book", "@id": "#a", "name": "One",
         "isbn": "0-306-40615-2"}
    """
    nodes = [_written(record) for record in records]
    context = _context(nodes)
    if len(nodes) == 1:
        return encode({"@context": context, **nodes[0]}, indent) + "\n"
    if indent is not None:
        return encode({"@context": context, "@graph": nodes}, indent) + "\n"
    lines = ",\n".join(encode(node) for node in nodes)
    return f'{{"@context": {encode(context)}, "@graph": [\n{lines}\n]}}\n'


def _context(nodes: list[Node]) -> object:
    beyond: dict[str, Any] = {}
    if any(key.startswith("csl:") for node in nodes for key in node):
        beyond["csl"] = CSL
    if any("csl:extra" in node for node in nodes):
        # JSON-LD 1.1, § 4.2.2: a value of type JSON is not read as nodes.
        beyond["csl:extra"] = {"@type": "@json"}
    return [_CONTEXT, beyond] if beyond else _CONTEXT


def _written(record: Record) -> Node:
    """Return a node that is read back as the record."""
    node = _with_extra(record, _native(record))
    back = _read(node)
    doubtful = [key for key in back.extra if key in node and key not in record.extra]
    if doubtful:
        # A value that its property cannot hold, such as an invalid DOI.
        node = {key: value for key, value in node.items() if key not in doubtful}
        back = _read(node)
    if back.type != record.type:
        node["csl:type"] = record.type
        back = _read(node)
    for variable, attribute in ATTRIBUTES.items():
        value = getattr(record, attribute)
        if getattr(back, attribute) != value:
            node[f"csl:{variable}"] = _beyond(value)
    if back.et_al != record.et_al:
        # schema.org has no property for it.
        node["csl:et-al"] = sorted(VARIABLE_OF[attribute] for attribute in record.et_al)
    rest = {
        key: value
        for key, value in record.extra.items()
        if key not in back.extra or back.extra[key] != value
    }
    if rest:
        node["csl:extra"] = rest
    return node


def _read(node: Node) -> Record:
    graph = Graph()
    graph.add(node, terms=_TERMS)
    return build(graph.works()[0] if graph.works() else Work(node), graph)[0]


_TERMS: Final = Terms()


def _with_extra(record: Record, node: Node) -> Node:
    """Add the properties without a variable that were read."""
    is_own = record.origin is not None and record.origin.format == FORMAT
    kept: Node = {}
    for key, value in record.extra.items():
        if key in {"@type", "type"}:
            continue
        if key in node or key in _READ:
            kept[key] = value
        elif key in PROPERTIES or (is_own and not key.startswith(("@", "csl:"))):
            node[key] = value
    types = _kept_types(record)
    if types is not None:
        kept["@type"] = types
    if not kept:
        return node
    trial = {**node, **kept}
    before, after = _read(node), _read(trial)
    is_same = before.variables() == after.variables() and (before.id, before.type) == (
        after.id,
        after.type,
    )
    return trial if is_same else node


def _kept_types(record: Record) -> Any:
    """Return the type or types of the source, in its own form; None if there is none."""
    unknown = record.extra.get("type")
    is_unknown = record.type == "document" and isinstance(unknown, str)
    kept = record.extra.get("@type", unknown if is_unknown else None)
    names = kept if isinstance(kept, list) else [kept]
    if all(isinstance(name, str) and _TYPE_NAME.fullmatch(name) for name in names):
        return kept or None
    return None


def _beyond(value: Any) -> Any:
    if value is None or value == ():
        return "@none"
    if isinstance(value, tuple):
        return [str(name) for name in value]
    return str(value)


# Values that schema.org can hold


def _native(record: Record) -> Node:
    own = SPEC.own_type(record.type)
    node: Node = {"@type": own}
    if record.id:
        node["@id"] = _address(record.id)
    if SPEC.type_of(own) != record.type:
        node["csl:type"] = record.type
    placed: dict[str, Node] = {"": node}
    for row, value in written(SPEC, record):
        target = placed.setdefault(row.path, {})
        if row.own not in target:
            target[row.own] = value
        elif row.own == "identifier":
            target[row.own] = [*values_of(target[row.own]), value]
    pages = _RANGE.fullmatch(node.get("pagination", ""))
    if pages:
        # Other programs look for these.
        node["pageStart"], node["pageEnd"] = pages.groups()
    _put_host(node, placed, record.type)
    for path, name in _THINGS.items():
        if path in placed:
            *above, last = path.split("/")
            target = node
            for step in above:
                target = target.setdefault(step, {"@type": "CreativeWork"})
            target[last] = {"@type": name, **placed[path]}
    return node


def _address(name: str) -> str:
    if _ADDRESS.fullmatch(name):
        return name
    return "#" + quote(without_surrogates(name), safe="-._~!$&'()*+,;=:@/?")


def _put_host(node: Node, placed: dict[str, Node], csl_type: str) -> None:
    """Add the containers of the work: an issue in a volume in a periodical, or a series."""
    own = _HOST_TYPES.get(csl_type, "CreativeWork")
    host: Node = {"@type": own, **placed[HOST]} if HOST in placed else {}
    for path, name in ((VOLUME, "PublicationVolume"), (ISSUE, "PublicationIssue")):
        if path in placed:
            host = {"@type": name, **placed[path], **({"isPartOf": host} if host else {})}
    if SERIES in placed:
        host = {"@type": "BookSeries", **placed[SERIES]}
    if host:
        node["isPartOf"] = host


_THINGS: Final = {
    PUBLISHER: "Organization",
    REVIEWED: "CreativeWork",
    ORIGINAL: "CreativeWork",
    ORIGINAL_PUBLISHER: "Organization",
}
"""Other things that a work may name, with their types."""
_READ: Final = frozenset({row.own for row in SPEC.fields} | {"pageStart", "pageEnd", *COMPOSITE})
"""Properties of variables; their values in `extra` must not change the record."""
