"""Write Hayagriva's YAML, as Typst takes it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from refcite.dates import Date
from refcite.formats.hayagriva.kept import (
    kept_affiliated,
    kept_field,
    kept_parent,
    kept_person,
)
from refcite.formats.hayagriva.read import FORMAT, draft_of
from refcite.formats.hayagriva.table import ROLES, SERIALS, places_of, shape_of, type_of
from refcite.formats.hayagriva.values import (
    one_or_many,
    read_person,
    write_address,
    write_date,
    write_language,
    write_number,
    write_person,
    write_string,
)
from refcite.formats.yamltext import written
from refcite.record import Record
from refcite.richtext import plain
from refcite.vocabulary import ATTRIBUTES, NAME_VARIABLES

__all__ = ["write"]

_NAMES: Final = frozenset(NAME_VARIABLES)
_VARIABLE_OF_ROLE: Final = {variable: role for role, variable in ROLES.items()}
_ORDER: Final = (
    "type title author editor affiliated date chapter page-range page-total volume issue"
    " volume-total edition publisher location organization genre runtime url serial-number"
    " call-number archive archive-location language note abstract parent"
)
_PLACE: Final = {key: place for place, key in enumerate(_ORDER.split())}
_NUMBERS: Final = frozenset(("volume", "issue", "edition", "chapter", "page-total", "volume-total"))
_PLAIN: Final = frozenset(("page-range", "runtime", *SERIALS))
_KINDS: Final = ("conference", "repository", "original")
_KEPT: Final = frozenset({"time-range", "location"})

Entry = dict[str, Any]


def write(records: Iterable[Record]) -> str:
    """Return records as Hayagriva's YAML.

    Args:
        records: The records. One without an id is called by its place; a second one of an id gets
            a number behind it, since Typst refuses a key that stands twice.

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
        key = record.id.strip() or f"item-{place}"
        number = 2
        while key in entries:
            key = f"{record.id.strip()}-{number}"
            number += 1
        entries[key] = _ordered(_Writer(record).entry)
    return written(entries) if entries else ""


def _ordered(entry: Entry) -> Entry:
    keys = sorted(entry, key=lambda key: _PLACE.get(key, len(_PLACE)))
    made = {key: entry[key] for key in keys}
    parents = made.get("parent")
    if isinstance(parents, dict):
        made["parent"] = _ordered(parents)
    elif isinstance(parents, list):
        made["parent"] = [_ordered(parent) for parent in parents]
    return made


class _Writer:
    """Gathers the fields of one entry."""

    def __init__(self, record: Record) -> None:
        self._record = record
        shape = shape_of(record.type)
        self.entry: Entry = {"type": self._own(shape.entry, shape.parent)}
        self._container: Entry = {"type": shape.parent} if shape.parent else {}
        self._series: Entry = {}
        self._parents: dict[str, Entry] = {kind: {} for kind in _KINDS}
        for variable, own in places_of(record.type).items():
            value = getattr(record, ATTRIBUTES[variable])
            if value:
                self._put(variable, own, value)
        self._join()
        self._extra()

    def _own(self, entry: str, parent: str) -> str:
        origin = self._record.origin
        own = str(origin.verbatim["type"]) if origin and origin.format == FORMAT else ""
        return own if own and type_of(own, parent) == self._record.type else entry

    def _put(self, variable: str, own: str, value: Any) -> None:
        holder, key = self._place(own)
        if variable in _VARIABLE_OF_ROLE and own.startswith("affiliated/"):
            names = one_or_many([write_person(name) for name in value])
            group = {"role": _VARIABLE_OF_ROLE[variable], "names": names}
            self.entry.setdefault("affiliated", []).append(group)
        elif variable in _NAMES:
            known = self._record.extra.get(key) if holder is self.entry else None
            holder[key] = one_or_many([_person(name, known) for name in value])
        elif isinstance(value, Date):
            self._put_date(holder, key, value)
        elif key == "url/value":
            address = write_address(value)
            if address is not None:
                holder["url"] = address
        elif key.startswith("serial-number/"):
            number = holder.setdefault("serial-number", {})
            number[key.removeprefix("serial-number/")] = value
        elif key == "language":
            language = write_language(value)
            if language is not None:
                holder[key] = language
        else:
            self._put_text(holder, key, value)

    def _put_text(self, holder: Entry, key: str, value: str) -> None:
        if key == "volume-total" and not isinstance(write_number(value), int):
            return
        if key in _NUMBERS:
            holder[key] = write_number(plain(value))
        elif key in _PLAIN:
            holder[key] = plain(value)
        elif "/" in key:
            outer, inner = key.split("/")
            inner_holder = holder.get(outer)
            if outer == "title" and isinstance(inner_holder, str):
                holder[outer] = {"value": inner_holder, inner: write_string(value)}
            elif outer == "publisher":
                holder.setdefault(outer, {})[inner] = write_string(value)
        else:
            holder[key] = write_string(value)

    def _put_date(self, holder: Entry, key: str, date: Date) -> None:
        text = write_date(date)
        if text is None:
            return
        if key != "url/date":
            holder[key] = text
        elif isinstance(holder.get("url"), str):
            holder["url"] = {"value": holder["url"], "date": text}

    def _place(self, own: str) -> tuple[Entry, str]:
        head, _, rest = own.partition("/")
        if head == "parent":
            return self._container, rest
        if head == "series":
            return self._series, rest
        if head.startswith("parent ("):
            return self._parents[head[len("parent (") : -1]], rest
        return self.entry, own

    def _join(self) -> None:
        """Put the parents together."""
        for holder in (self.entry, self._container, self._parents["original"]):
            publisher = holder.get("publisher")
            if isinstance(publisher, dict) and publisher.keys() == {"name"}:
                holder["publisher"] = publisher["name"]
        parents: list[Entry] = []
        series = {"type": "anthology", **self._series} if self._series else None
        if series and self._container:
            self._container["parent"] = series
        says_nothing = self._container.keys() <= {"type"}
        if self._container and not (
            says_nothing and type_of(self.entry["type"]) == self._record.type
        ):
            parents.append(self._container)
        elif series:
            parents.append(series)
        parents += [{"type": kind, **parent} for kind, parent in self._parents.items() if parent]
        if parents:
            self.entry["parent"] = one_or_many(parents)

    def _extra(self) -> None:
        """Add what came from the format, where it would not be read as something else."""
        extra, origin = self._record.extra, self._record.origin
        for key in sorted(_KEPT & extra.keys() - self.entry.keys()):
            self._try({key: kept_field(key, extra[key])})
        groups = extra.get("affiliated")
        left = [kept_affiliated(one) for one in groups] if isinstance(groups, list) else []
        if any(left):
            known = self.entry.get("affiliated", [])
            self._try({"affiliated": [*known, *filter(None, left)]})
        parents = extra.get("parent")
        if origin is not None and origin.format == FORMAT and isinstance(parents, list):
            more = [kept_parent(parent) for parent in parents]
            known = self.entry.get("parent", [])
            known = known if isinstance(known, list) else [known]
            if any(more):
                self._try({"parent": one_or_many([*known, *filter(None, more)])})

    def _try(self, fields: Entry) -> None:
        trial = {**self.entry, **{key: value for key, value in fields.items() if value}}
        if _says(trial) == _says(self.entry):
            self.entry = trial


def _person(name: Any, known: Any) -> Any:
    """Return a person as the source has it, where that says more than the name."""
    for person in known if isinstance(known, list) else [known]:
        if isinstance(person, dict) and read_person(person)[0] == name:
            return kept_person(person) or write_person(name)
    return write_person(name)


def _says(entry: Entry) -> tuple[str, dict[str, Any]]:
    draft = draft_of(_as_text(entry))
    return draft.type, draft.values


def _as_text(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _as_text(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_as_text(inner) for inner in value]
    return str(value) if isinstance(value, int) else value
