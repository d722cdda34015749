"""Write a CITATION.cff that the schema of version 1.2.0 accepts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from refcite.formats.cff.people import ANONYMOUS, write_agents
from refcite.formats.cff.read import (
    CITATION_KEY,
    DEFAULT_MESSAGE,
    DESCRIBED,
    FORMAT,
    PREFERRED,
    UNTITLED,
    WORK,
    draft_of,
)
from refcite.formats.cff.schema import TOP_KEYS, allowed, in_order
from refcite.formats.cff.table import IN_BOOK, PERSONS, PREPRINT, SPEC
from refcite.formats.crosswalk import written
from refcite.formats.yamltext import plain
from refcite.formats.yamltext import written as yaml_of
from refcite.keys import is_by_place, made_key
from refcite.record import Record
from refcite.vocabulary import attribute_of

__all__ = ["write"]

VERSION: Final = "1.2.0"
_FRAME: Final = ("title", "authors")
_OWN_ALONE: Final = frozenset({"grant", "multimedia"})
"""Types of the format for which CSL has none."""
_TOP_TYPES: Final = ("software", "dataset")
_LINKS: Final = frozenset({"identifiers", "repository", "repository-artifact", "repository-code"})
"""Keys that may state an address, too."""

Fields = dict[str, Any]


def write(records: Iterable[Record], *, message: str | None = None) -> str:
    """Return records as a CITATION.cff.

    The first record is the work, or, if it is no software or dataset or states more than the work
    has keys for, its `preferred-citation`; a software or dataset after that is then the work. The
    others are `references`. Required values that the records do not contain are filled in:
    `[untitled]`, the author `anonymous`, a message.

    Args:
        records: The records.
        message: The message to readers of the file; by default that of the first record in
            `extra["message"]`.

    Raises:
        FormatError: PyYAML is not installed.

    Example:
        >>> from refcite import Name, Record, dumps
        >>> print(dumps([Record(type="software", title="A Tool",
        ...                     author=(Name(family="Ito", given="Yuki"),))], "cff"), end="")
        cff-version: 1.2.0
        message: If you use this work, please cite it as below.
        type: software
        title: A Tool
        authors:
        - family-names: Ito
          given-names: Yuki
    """
    rest = [(record, _fields(record)) for record in records]
    top: Fields = {"title": UNTITLED, "authors": [ANONYMOUS]}
    said = [message]
    preferred = None
    if rest and not _can_be_work(*rest[0], is_first=True):
        record, preferred = rest.pop(0)
        top = {key: preferred[key] for key in _FRAME}
        said.append(record.extra.get("message"))
    if rest and _can_be_work(*rest[0], is_first=preferred is None):
        record, fields = rest.pop(0)
        own = fields["type"] if fields["type"] in _TOP_TYPES else "dataset"
        top = {**fields, "type": own}
        said.insert(1, record.extra.get("message"))
    top["cff-version"] = VERSION
    top["message"] = next((one for one in said if one and isinstance(one, str)), DEFAULT_MESSAGE)
    if preferred is not None:
        top[PREFERRED] = preferred
    references: list[Fields] = []
    for _, fields in rest:
        if fields not in references:
            references.append(fields)
    if references:
        top["references"] = references
    return yaml_of(in_order(top))


def _can_be_work(record: Record, fields: Fields, *, is_first: bool) -> bool:
    """Return whether a record is one of which the keys of the work itself state all."""
    place = _verbatim(record, "place")
    if place not in ("", WORK) and not (place == "reference" and is_first):
        return False
    return record.type in _TOP_TYPES and fields.keys() <= TOP_KEYS


def _verbatim(record: Record, key: str) -> str:
    origin = record.origin
    return str(origin.verbatim[key]) if origin is not None and origin.format == FORMAT else ""


def _type(record: Record) -> str:
    own = _verbatim(record, "type")
    if own and SPEC.type_of(own) == record.type:
        return own
    named = record.extra.get("type")
    if record.type == "document" and named in _OWN_ALONE:
        return str(named)
    return SPEC.own_type(record.type)


def _fields(record: Record) -> Fields:
    """Return the keys of one reference, in order."""
    own = _type(record)
    fields: Fields = {"type": own}
    if own == PREPRINT:
        fields = {"type": "article", "status": "preprint"}
    elif own == IN_BOOK:
        fields = {"type": "book", "collection-type": "book"}
    _add_variables(fields, record)
    fields = _with_kept(fields, record)
    fields.setdefault("title", UNTITLED)
    fields.setdefault("authors", [ANONYMOUS])
    return in_order(fields)


def _add_variables(fields: Fields, record: Record) -> None:
    made: Fields = {}
    said: set[str] = set()
    for row, value in written(SPEC, record):
        if row.kind is PERSONS:
            value = plain(write_agents(value, record.extra.get(row.own)))
        before = len(made)
        outer, _, inner = row.own.rpartition("/")
        holder = made.setdefault(outer, {}) if outer else made
        if "+" in inner:
            holder.update(zip(inner.split("+"), filter(None, value), strict=False))
        elif outer or allowed(inner, value) is not None:
            holder[inner] = value
        if len(made) > before:
            said.add(row.variable)
    # Of these the format has a part only.
    if record.status and fields["type"] != "article":
        made["status"] = record.status
    if record.original_date is not None and record.original_date.year is not None:
        made["year-original"] = str(record.original_date.year)
    identifiers = [
        {"type": "other", "value": value, "description": name}
        for name in DESCRIBED
        if name not in said and (value := getattr(record, attribute_of(name)))
    ]
    # Values that the reader generates are not written.
    if record.id not in {"", made_key(record)} and not is_by_place(record.id):
        identifiers.append({"type": "other", "value": record.id, "description": CITATION_KEY})
    made["identifiers"] = identifiers
    for key, value in made.items():
        checked = allowed(key, value)
        if checked is not None:
            fields[key] = checked


def _with_kept(fields: Fields, record: Record) -> Fields:
    """Add the values that came from the format, unless they would be read as others."""
    said = None
    for key, value in record.extra.items():
        made = allowed(key, _merged(key, fields.get(key), plain(value)))
        if made is not None and made != fields.get(key):
            said = said or _said(fields)
            with_it = {**fields, key: made}
            if _said(with_it) == said:
                fields = with_it
    if "url" in fields and _LINKS & fields.keys() & record.extra.keys():
        without = {key: value for key, value in fields.items() if key != "url"}
        if _said(without) == _said(fields):
            return without
    return fields


def _merged(key: str, made: Any, known: Any) -> Any:
    """Return the source's value of a key, combined with the value from the record."""
    if isinstance(made, dict) and isinstance(known, Mapping):
        days = {key: value for key, value in made.items() if key.startswith("date-")}
        return {**known, **days}
    if key == "identifiers" and isinstance(known, list):
        return [*known, *(made or ())]
    return known


def _said(fields: Fields) -> Fields:
    # Years and months are numbers here; YAML returns them as text.
    texts = {key: str(value) if isinstance(value, int) else value for key, value in fields.items()}
    return draft_of(texts).values
