"""Write DataCite's JSON (schema 4.6, in the form of content negotiation)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from refcite.formats.crosswalk import written
from refcite.formats.datacite.table import PART_OF, SPEC, UNKNOWN, VARIABLE_ROLES, is_unknown
from refcite.formats.datacite.types import divided
from refcite.formats.jsontext import encode
from refcite.formats.numbers import split_range
from refcite.record import Record

__all__ = ["write", "write_stream"]

_SCHEMA: Final = "http://datacite.org/schema/kernel-4"
_WEB: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s]+")
_ORDER: Final = (
    *("doi", "url", "types", "creators", "titles", "publisher", "publicationYear", "subjects"),
    *("contributors", "dates", "language", "alternateIdentifiers", "relatedIdentifiers"),
    *("relatedItems", "sizes", "formats", "version", "rightsList", "descriptions"),
    *("geoLocations", "fundingReferences", "container", "schemaVersion"),
)
_LISTS: Final = ("relatedItems", "relatedIdentifiers", "alternateIdentifiers", "dates", "titles",
                 "descriptions", "formats", "geoLocations", "fundingReferences")  # fmt: skip
"""Properties whose other entries are in `extra`, if the record was read from DataCite."""
_HOSTS: Final = {
    "article-journal": "Journal",
    "chapter": "Book",
    "entry": "Book",
    "entry-dictionary": "Book",
    "entry-encyclopedia": "Book",
    "paper-conference": "ConferenceProceeding",
}


def write(records: Iterable[Record], *, lines: bool = False, indent: int | None = None) -> str:
    """Return records as the JSON of DataCite's schema, in an array.

    A missing creator, title or publisher, which the schema requires, is `:unav`. A record without
    a year has no `publicationYear`.

    Args:
        records: The records.
        lines: Write one object per line (JSON lines) instead of an array.
        indent: The number of spaces for indentation; by default one record of an array per line.

    Example:
        >>> from refcite import Record, dumps, loads
        >>> text = dumps([Record(id="a", type="dataset", title="Lamps")], "datacite")
        >>> loads(text, "datacite")[0].title
        'Lamps'
    """
    return "".join(write_stream(records, lines=lines, indent=indent))


def write_stream(
    records: Iterable[Record], *, lines: bool = False, indent: int | None = None
) -> Iterator[str]:
    """Yield records as the JSON of DataCite's schema, in pieces.

    Args:
        records: The records.
        lines: Write one object per line (JSON lines) instead of an array.
        indent: The number of spaces for indentation; by default one record of an array per line.
    """
    if lines:
        for record in records:
            yield encode(_attributes(record)) + "\n"
        return
    separator = "[\n"
    for record in records:
        yield separator + encode(_attributes(record), indent)
        separator = ",\n"
    yield "[]\n" if separator == "[\n" else "\n]\n"


def _attributes(record: Record) -> dict[str, Any]:
    own = SPEC.own_type(record.type)
    work = _Work(record, own)
    for row, value in written(SPEC, record):
        work.add(row.own, value)
    found = work.complete()
    return {key: found[key] for key in _ORDER if found.get(key)}


class _Work:
    """The attributes of a work while they are written."""

    def __init__(self, record: Record, own: str) -> None:
        general, named = divided(own)
        self._record = record
        self._types = {"resourceTypeGeneral": general}
        if named:
            self._types["resourceType"] = named
        self._found: dict[str, Any] = {"types": self._types, "schemaVersion": _SCHEMA}
        self._items: dict[str, dict[str, Any]] = {}

    def add(self, own: str, value: Any) -> None:
        name, _, rest = own.partition("[")
        kind, _, part = rest.partition("]")
        path, _, last = own.partition("/")
        if name == "relatedItems":
            self._add_item(kind, part.removeprefix("/"), value)
        elif own == "types/resourceType":
            self._types["resourceType"] = value
        elif name in _ENTRY:
            self._list(name).append(_ENTRY[name](value, kind))
        elif path == "relatedIdentifiers[IsPartOf]":
            self._list("relatedIdentifiers").append(
                {
                    "relatedIdentifier": value,
                    "relatedIdentifierType": last,
                    "relationType": "IsPartOf",
                }
            )
        elif path == "alternateIdentifiers":
            self._list(path).append({"alternateIdentifier": value, "alternateIdentifierType": last})
        elif own == "publisher":
            self._found[own] = {"name": value}
        elif own == "sizes":
            self._list(own).append(value)
        else:
            self._found[own] = value

    def _list(self, name: str) -> list[Any]:
        found: list[Any] = self._found.setdefault(name, [])
        return found

    def _add_item(self, relation: str, part: str, value: str) -> None:
        item = self._items.setdefault(relation, {})
        if part == "title":
            item["titles"] = [{"title": value}]
        elif part == "pages":
            first, last = split_range(value)
            item["firstPage"] = first
            if last:
                item["lastPage"] = last
        else:
            item[part] = value

    def complete(self) -> dict[str, Any]:
        found = self._found
        for relation, item in self._items.items():
            if "titles" not in item:
                continue
            is_host = relation == "IsPublishedIn"
            host = _HOSTS.get(
                self._record.type, "Text" if self._record.type in PART_OF else "Other"
            )
            kind = host if is_host else "Collection"
            self._list("relatedItems").append(
                {"relatedItemType": kind, "relationType": relation, **item}
            )
        extra = self._record.extra
        for name in _LISTS:
            kept = extra.get(name)
            rest = [_pruned(one) for one in (kept if isinstance(kept, list) else [kept])]
            if kept and (name == "formats" or all(isinstance(one, dict) for one in rest)):
                known = self._list(name)
                known += [one for one in rest if one not in known]
        for name in ("creators", "contributors", "subjects", "rightsList", "publisher"):
            self._restore(name, extra.get(name))
        if isinstance(extra.get("container"), dict):
            found["container"] = extra["container"]
        found.setdefault("creators", [{"name": UNKNOWN}])
        found.setdefault("titles", [{"title": UNKNOWN}])
        found.setdefault("publisher", {"name": UNKNOWN})
        return found

    def _restore(self, name: str, kept: Any) -> None:
        """Write a list as it was read, if it still has the same values."""
        own = self._found.get(name)
        if isinstance(kept, list):
            kept = [_pruned(one) for one in kept if isinstance(one, dict) and _is_known(one)]
        if kept and own and _VALUES[name](kept) == _VALUES[name](own):
            self._found[name] = kept


_ENTRY: Final[dict[str, Callable[[Any, str], dict[str, Any]]]] = {
    "titles": lambda value, kind: {"title": value},
    "creators": lambda value, kind: value,
    "contributors": lambda value, kind: {**value, "contributorType": kind},
    "dates": lambda value, kind: {"date": value, "dateType": kind},
    "subjects": lambda value, kind: {"subject": value},
    "rightsList": lambda value, kind: (
        {"rightsUri": value} if _WEB.fullmatch(value) else {"rights": value}
    ),
    "descriptions": lambda value, kind: {"description": value, "descriptionType": kind},
}
"""The entry of a list, from its value and its kind."""


def _pruned(value: Any) -> Any:
    """Return a value without the empty ones in it, and affiliations in the form of the schema."""
    if isinstance(value, list):
        return [pruned for one in value if (pruned := _pruned(one)) not in _EMPTY]
    if not isinstance(value, dict):
        return value
    found = {key: pruned for key, one in value.items() if (pruned := _pruned(one)) not in _EMPTY}
    affiliations = found.get("affiliation")
    if isinstance(affiliations, list):
        found["affiliation"] = [
            {"name": one} if isinstance(one, str) else one for one in affiliations
        ]
    elif isinstance(affiliations, str):
        found["affiliation"] = [{"name": affiliations}]
    return found


_EMPTY: Final[tuple[Any, ...]] = (None, "", [], {})


def _is_known(entry: dict[str, Any]) -> bool:
    return not is_unknown(str(entry.get("name", "")))


def _values(value: Any, *keys: str) -> Any:
    if isinstance(value, dict):
        return next((value[key] for key in keys if value.get(key)), None)
    if not isinstance(value, list):
        return None
    return [_values(one, *keys) for one in value if isinstance(one, dict)]


_VALUES: Final[dict[str, Callable[[Any], Any]]] = {
    "creators": lambda value: _values(value, "name"),
    "contributors": lambda value: sorted(
        str(one.get("name"))
        for one in value
        if str(one.get("contributorType") or "Other") in VARIABLE_ROLES
    ),
    "subjects": lambda value: _values(value, "subject"),
    "rightsList": lambda value: (_values(value, "rightsUri", "rights") or [None])[0],
    "publisher": lambda value: _values(value, "name"),
}
"""What is compared of a list that was kept, and of the list that is written."""
