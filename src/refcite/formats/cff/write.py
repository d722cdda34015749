"""Write a CITATION.cff that the schema of version 1.2.0 accepts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from refcite.dates import Bound, Date, Point
from refcite.formats.cff.draft import CITATION_KEY, DESCRIBED, UNTITLED, draft_of
from refcite.formats.cff.people import ANONYMOUS, place_of, write_agents
from refcite.formats.cff.read import DEFAULT_MESSAGE, FORMAT, PREFERRED, WORK
from refcite.formats.cff.table import (
    IN_BOOK,
    KINDS,
    ORDER,
    PREPRINT,
    TOP_KEYS,
    Kind,
    own_type,
    places_of,
    type_of,
)
from refcite.formats.cff.values import allowed, licenses_of, plain
from refcite.formats.csl_yaml.text import written
from refcite.keys import made_key
from refcite.record import Record
from refcite.richtext import plain as plain_text
from refcite.vocabulary import ATTRIBUTES

__all__ = ["write"]

VERSION: Final = "1.2.0"
_PLACE: Final = {key: place for place, key in enumerate(ORDER)}
_NAMED_BY_PLACE: Final = re.compile(r"item-\d+")
_RANGE: Final = re.compile(r"([^\s,;–—-]+)-([^\s,;–—-]+)")
_WORDS: Final = re.compile(r";\s*")
_COMMAS: Final = re.compile(r",\s*")
_OWN_ALONE: Final = frozenset({"grant", "multimedia"})
"""Types of the format for which CSL has none."""
_ENTITIES: Final = {
    "publisher": ("publisher", "publisher_place", "city"),
    "conference": ("event_title", "event_place", "location"),
    "location": ("archive", "archive_place", "city"),
}
_PEOPLE: Final = ("authors", "editors", "translators", "recipients", "editors-series")
_TOP_TYPES: Final = {"software": "software", "dataset": "dataset"}


def write(records: Iterable[Record], *, message: str | None = None) -> str:
    """Return records as a CITATION.cff.

    The first record is the work, or, where it is no software or dataset or says more than the work
    has keys for, its `preferred-citation`; a software or dataset behind that is then the work. The
    others are `references`. What the schema requires and the records do not say is filled in:
    `[untitled]`, the author `anonymous`, a message.

    Args:
        records: The records.
        message: What to tell people who read the file; by default what the first record has in
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
    rest = list(records)
    preferred = rest.pop(0) if rest and not _can_be_work(rest[0]) else None
    work = rest.pop(0) if rest and _can_be_work(rest[0], preferred) else None
    top: dict[str, Any] = {"cff-version": VERSION, "message": message or _message(work, preferred)}
    if work is not None:
        fields = _fields(work)
        top |= {**fields, "type": _TOP_TYPES.get(fields["type"], "dataset")}
    elif preferred is not None:
        top |= {key: value for key, value in _fields(preferred).items() if key in _FRAME}
    else:
        top |= {"title": UNTITLED, "authors": [ANONYMOUS]}
    if preferred is not None:
        top[PREFERRED] = _fields(preferred)
    references: list[dict[str, Any]] = []
    for record in rest:
        fields = _fields(record)
        if fields not in references:
            references.append(fields)
    if references:
        top["references"] = references
    return written(_ordered(top))


_FRAME: Final = ("title", "authors")


def _can_be_work(record: Record, preferred: Record | None = None) -> bool:
    """Tell whether a record is one of which the keys of the work itself say all."""
    place = record.origin.verbatim["place"] if _is_own(record) and record.origin else None
    if place not in (None, WORK) and not (place == "reference" and preferred is None):
        return False
    return record.type in _TOP_TYPES and _fields(record).keys() <= TOP_KEYS


def _is_own(record: Record) -> bool:
    return record.origin is not None and record.origin.format == FORMAT


def _message(*works: Record | None) -> str:
    said = (record.extra.get("message") for record in works if record is not None)
    return next((text for text in said if isinstance(text, str) and text), DEFAULT_MESSAGE)


def _ordered(fields: Mapping[str, Any]) -> dict[str, Any]:
    made = {key: fields[key] for key in sorted(fields, key=_PLACE.__getitem__)}
    for key in (PREFERRED, "references"):
        if key in made:
            inner = made[key]
            made[key] = list(map(_ordered, inner)) if key == "references" else _ordered(inner)
    return made


def _fields(record: Record) -> dict[str, Any]:
    fields = _Writer(record).fields
    fields.setdefault("title", UNTITLED)
    fields.setdefault("authors", [ANONYMOUS])
    return fields


class _Writer:
    """Gathers the keys of one reference."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._keys = places_of(record.type).written
        self.fields: dict[str, Any] = {"type": self._type()}
        self._identifiers: list[dict[str, str]] = []
        self._write()

    def _type(self) -> str:
        record, origin = self._record, self._record.origin
        own = origin.verbatim["type"] if _is_own(record) and origin is not None else ""
        if own and type_of(own) == record.type:
            return str(own)
        named = record.extra.get("type")
        if record.type == "document" and named in _OWN_ALONE:
            return str(named)
        return own_type(record.type)

    def _write(self) -> None:
        record = self._record
        if self.fields["type"] == PREPRINT:
            self.fields |= {"type": "article", "status": "preprint"}
        elif self.fields["type"] == IN_BOOK:
            self.fields |= {"type": "book", "collection-type": "book"}
        self._texts()
        self._people()
        self._dates()
        self._lists()
        self._places()
        self._page()
        # What the reader makes again need not be said.
        if record.id not in {"", made_key(record)} and not _NAMED_BY_PLACE.fullmatch(record.id):
            self._identify(CITATION_KEY, record.id)
        self._extra()
        if self._identifiers:
            known = self.fields.get("identifiers", [])
            made = allowed("identifiers", [*known, *self._identifiers])
            if made:
                self.fields["identifiers"] = made

    def _set(self, key: str, value: Any) -> bool:
        made = allowed(key, value)
        if made is not None:
            self.fields[key] = made
        return made is not None

    def _identify(self, name: str, value: str) -> None:
        self._identifiers.append({"type": "other", "value": value, "description": name})

    def _texts(self) -> None:
        for variable, key in self._keys.items():
            value = getattr(self._record, ATTRIBUTES[variable])
            if not isinstance(value, str) or not value.strip() or KINDS.get(key) is None:
                continue
            if KINDS[key] in (Kind.TEXTS, Kind.LANGUAGES, Kind.LICENSE, Kind.IDENTIFIERS):
                continue
            if variable == "status" and self.fields["type"] == "article" and value == "preprint":
                continue
            if variable == "license":
                continue
            text = plain_text(value) if KINDS[key] is Kind.TEXT else value
            if not self._set(key, text) and variable in DESCRIBED:
                self._identify(variable, value)
        if self._record.pmid:
            self._identify("PMID", self._record.pmid)
        if self._record.status and self.fields["type"] != "article":
            self._set("status", self._record.status)

    def _people(self) -> None:
        record = self._record
        for variable, key in self._keys.items():
            if key in _PEOPLE and getattr(record, ATTRIBUTES[variable]):
                names = getattr(record, ATTRIBUTES[variable])
                self._set(key, plain(write_agents(names, record.extra.get(key))))

    def _dates(self) -> None:
        record = self._record
        if record.issued is not None:
            self._issued(record.issued)
        if record.accessed is not None:
            self._set("date-accessed", str(record.accessed))
        original = record.original_date
        if original is not None and original.year is not None:
            self._set("year-original", str(original.year))

    def _issued(self, date: Date) -> None:
        text = str(date)
        is_released = self._record.type in _TOP_TYPES
        if self._set("date-released" if is_released else "date-published", text):
            return
        start = date.start
        if isinstance(start, Point) and Date(start) == date and 1 <= start.year <= 9999:
            if text == str(Date.of(start.year)):
                self.fields["year"] = start.year
                return
            if start.month and text == str(Date.of(start.year, start.month)):
                self.fields |= {"year": start.year, "month": start.month}
                return
        if isinstance(start, Point):
            self.fields["year"] = start.year
        self._set("issue-date", text)

    def _lists(self) -> None:
        record = self._record
        if record.keyword:
            words = _WORDS if ";" in record.keyword else _COMMAS
            self._set("keywords", [word for word in words.split(record.keyword) if word])
        if record.jurisdiction and "jurisdiction" in self._keys:
            self._set("patent-states", _COMMAS.split(record.jurisdiction))
        if record.language:
            primary = record.language.replace("_", "-").partition("-")[0].lower()
            known = record.extra.get("languages")
            is_known = isinstance(known, list) and known[:1] == [record.language]
            self._set("languages", known if is_known else [primary])
        if record.license:
            names = licenses_of(record.license)
            if names:
                self._set("license", names if len(names) > 1 else names[0])
            else:
                self._set("license-url", record.license)

    def _places(self) -> None:
        record = self._record
        if self._keys.get("authority") == "institution/name" and record.authority:
            self._entity("institution", record.authority, None, "city")
        for key, (name, place, place_key) in _ENTITIES.items():
            named, placed = getattr(record, name), getattr(record, place)
            if named:
                is_thesis = key == "publisher" and record.type == "thesis"
                self._entity("institution" if is_thesis else key, named, placed, place_key)
        if record.event_title and record.event_date is not None:
            self._conference_date(record.event_date)

    def _entity(self, key: str, name: str, place: str | None, place_key: str) -> None:
        known = self._record.extra.get(key)
        name = plain_text(name)
        if isinstance(known, Mapping) and (known.get("name"), place_of(known)) == (
            name,
            place or "",
        ):
            self._set(key, dict(known))
            return
        self._set(key, {"name": name, **({place_key: place} if place else {})})

    def _conference_date(self, date: Date) -> None:
        conference = self.fields.get("conference")
        if not conference or not isinstance(date.start, Point) or isinstance(date.end, Bound):
            return
        end = date.end or date.start
        made = {**conference, "date-start": str(Date(date.start)), "date-end": str(Date(end))}
        if date.end is None:
            del made["date-end"]
        self._set("conference", made)

    def _page(self) -> None:
        if self._record.page:
            found = _RANGE.fullmatch(self._record.page)
            self._set("start", found[1] if found else self._record.page)
            if found:
                self._set("end", found[2])

    def _extra(self) -> None:
        """Add what came from the format, where it would not be read as something else."""
        for key, value in self._record.extra.items():
            made = allowed(key, plain(value)) if key not in self.fields else None
            if made is None or (key == "url" and made == self._record.url):
                continue
            with_it = {**self.fields, key: made}
            if _says(with_it) == _says(self.fields):
                self.fields = with_it
        link = self._record.url
        if link and self.fields.get("url") == link:
            without = {key: value for key, value in self.fields.items() if key != "url"}
            if _says(without) == _says(self.fields):
                self.fields = without


def _says(fields: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    # Years and months are numbers here; YAML gives them as text.
    draft = draft_of(
        {key: str(value) if isinstance(value, int) else value for key, value in fields.items()},
        "generic",
    )
    return draft.type, draft.values
