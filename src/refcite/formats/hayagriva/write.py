"""Write Hayagriva's YAML in a form that Typst accepts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from refcite.formats.crosswalk import written
from refcite.formats.hayagriva.kept import kept_affiliated, kept_field, kept_parent, kept_person
from refcite.formats.hayagriva.read import FORMAT, draft_of
from refcite.formats.hayagriva.table import SPEC, in_parent
from refcite.formats.hayagriva.values import PERSONS, one_or_many, read_person, write_person
from refcite.formats.yamltext import written as yaml_of
from refcite.keys import id_by_place
from refcite.record import Record

__all__ = ["write"]

_ORDER: Final = (
    "type title author editor affiliated date chapter page-range page-total volume issue"
    " volume-total edition publisher location organization genre runtime url serial-number"
    " call-number archive archive-location language note abstract parent"
)
_PLACE: Final = {key: place for place, key in enumerate(_ORDER.split())}
_KEPT: Final = frozenset({"time-range", "location"})

Entry = dict[str, Any]


def write(records: Iterable[Record]) -> str:
    """Return records as Hayagriva's YAML.

    Args:
        records: The records. One without an id is called by its place; a second one of an id gets
            a number after it, since Typst rejects a key that is twice.

    Raises:
        FormatError: PyYAML is not installed.

    Example:
        >>> from refcite import Date, Name, Record, dumps
        >>> print(dumps([Record(id="ebb", type="article-journal", title="On ebb", volume="3",
        ...                     author=(Name(family="Roe", given="Ann"),), issued=Date.of(2020, 10),
        ...                     container_title="Journal of Water")], "hayagriva"), end="")
        ebb:
          type: article
          title: On ebb
          author: Roe, Ann
          date: 2020-10
          parent:
            type: periodical
            title: Journal of Water
            volume: 3
    """
    entries: dict[str, Entry] = {}
    for place, record in enumerate(records, 1):
        key = record.id.strip() or id_by_place(place)
        number = 2
        while key in entries:
            key = f"{record.id.strip()}-{number}"
            number += 1
        entries[key] = _ordered(_entry_of(record))
    return yaml_of(entries) if entries else ""


def _ordered(entry: Entry) -> Entry:
    keys = sorted(entry, key=lambda key: _PLACE.get(key, len(_PLACE)))
    made = {key: entry[key] for key in keys}
    parents = made.get("parent")
    if isinstance(parents, dict):
        made["parent"] = _ordered(parents)
    elif isinstance(parents, list):
        made["parent"] = [_ordered(parent) for parent in parents]
    return made


def _entry_of(record: Record) -> Entry:
    origin = record.origin
    from_here = origin is not None and origin.format == FORMAT
    shape, _, parent = SPEC.own_type(record.type).partition(" > ")
    if origin is not None and from_here:
        own = str(origin.verbatim["type"])
        shape = own if SPEC.type_of(in_parent(own, parent)) == record.type else shape
    made: dict[str, Entry] = {"": {}, "parent": {}, "series": {}}
    for row, value in written(SPEC, record):
        head, _, rest = row.own.partition("/")
        is_entry = not head.startswith(("parent", "series"))
        name, path = ("", row.own) if is_entry else (head, rest)
        if row.kind is PERSONS:
            known = record.extra.get(path) if is_entry else None
            value = one_or_many([_person(name_of, known) for name_of in value])
        key, _, part = path.partition("/")
        made.setdefault(name, {}).setdefault(key, {})[part] = value
    whole = {name: _folded(fields) for name, fields in made.items()}
    entry = {"type": shape, **whole.pop("")}
    container, series = whole.pop("parent"), whole.pop("series")
    parents = [{"type": name[len("parent (") : -1], **fields} for name, fields in whole.items()]
    if series:
        series = {"type": "anthology", **series}
    if parent and (container or series or SPEC.type_of(shape) != record.type):
        container = {"type": parent, **container}
        parents.insert(0, {**container, "parent": series} if series else container)
    elif series:
        parents.insert(0, series)
    if parents:
        entry["parent"] = one_or_many(parents)
    return _with_kept(entry, record.extra, from_here=from_here)


def _folded(fields: Entry) -> Entry:
    """Return fields as the format has them, of which each is in its parts."""
    made: Entry = {}
    for key, parts in fields.items():
        if key == "affiliated":
            made[key] = [{"role": role, "names": names} for role, names in parts.items()]
        elif key == "title" and "" in parts:
            made[key] = {"value": parts.pop(""), **parts} if len(parts) > 1 else parts[""]
        elif parts.keys() & {"", "name", "value"} and len(parts) == 1:
            (made[key],) = parts.values()
        elif key in ("publisher", "serial-number") or "value" in parts:
            made[key] = parts
    return made


def _with_kept(entry: Entry, extra: Mapping[str, Any], *, from_here: bool) -> Entry:
    """Add the values that came from the format, unless they would be read as others."""
    more = {key: kept_field(key, extra[key]) for key in _KEPT & extra.keys() - entry.keys()}
    groups = extra.get("affiliated")
    left = [kept_affiliated(one) for one in groups] if isinstance(groups, list) else []
    if any(left):
        more["affiliated"] = [*entry.get("affiliated", []), *filter(None, left)]
    parents = extra.get("parent")
    left = [kept_parent(one) for one in parents] if from_here and isinstance(parents, list) else []
    if any(left):
        known = entry.get("parent", [])
        known = known if isinstance(known, list) else [known]
        more["parent"] = one_or_many([*known, *filter(None, left)])
    for key in sorted(more):
        trial = {**entry, key: more[key]}
        if more[key] and _said(trial) == _said(entry):
            entry = trial
    return entry


def _person(name: Any, known: Any) -> Any:
    """Return a person in the source's form, if that contains more than the name."""
    for person in known if isinstance(known, list) else [known]:
        if isinstance(person, dict) and read_person(person)[0] == name:
            return kept_person(person) or write_person(name)
    return write_person(name)


def _said(entry: Entry) -> Entry:
    fields: Entry = _as_text(entry)
    return draft_of(fields).values


def _as_text(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _as_text(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_as_text(inner) for inner in value]
    return str(value) if isinstance(value, int) else value
