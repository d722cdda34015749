"""Read Hayagriva's YAML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from refcite.formats.cff.values import plain
from refcite.formats.csl_yaml.text import line_of, mapping
from refcite.formats.hayagriva.table import DEFAULT_PARENTS, ROLES, SERIALS, type_of
from refcite.formats.hayagriva.values import read_date, read_person, read_string
from refcite.formats.namelists import of_names
from refcite.identifiers import normal_doi
from refcite.library import Library
from refcite.problems import Problem, Severity
from refcite.record import Origin, Record
from refcite.vocabulary import ATTRIBUTES

__all__ = ["FORMAT", "Draft", "draft_of", "read"]

FORMAT: Final = "hayagriva"

Entry = dict[str, Any]

_STRINGS: Final = {
    "organization": "authority",
    "genre": "genre",
    "archive": "archive",
    "archive-location": "archive_location",
    "call-number": "call_number",
    "note": "note",
    "abstract": "abstract",
}
"""Formattable strings of the entry, or, where it has none, of what holds it."""
_SCALARS: Final = {
    "volume": "volume",
    "issue": "issue",
    "edition": "edition",
    "chapter": "chapter_number",
    "page-range": "page",
    "page-total": "number_of_pages",
    "volume-total": "number_of_volumes",
    "runtime": "dimensions",
    "language": "language",
    "doi": "doi",
    "isbn": "isbn",
    "issn": "issn",
}
_TYPES_OF_PARENTS: Final = frozenset({"conference", "exhibition"})


def read(text: str) -> Library:
    """Read Hayagriva's YAML: a mapping of keys to entries.

    Args:
        text: The YAML.

    Returns:
        The records, with what is wrong in the library's problems.

    Raises:
        FormatError: PyYAML is not installed.

    Example:
        >>> from refcite import loads
        >>> library = loads('''
        ... ebb:
        ...   type: Article
        ...   title: On ebb
        ...   author: ["Roe, Ann", "Doe, Jan"]
        ...   date: 2020-10
        ...   parent: {type: Periodical, title: Journal of Water, volume: 3}
        ... ''', "hayagriva")
        >>> library["ebb"].type, library["ebb"].container_title, library["ebb"].volume
        ('article-journal', 'Journal of Water', '3')
    """
    library = Library()
    entries = mapping(text.removeprefix("\ufeff"), library.problems)
    for key, entry in entries.items():
        if not isinstance(entry, Mapping):
            library.problems.append(_not_an_entry(key, entry, line_of(entries)))
            continue
        line = line_of(entry)
        draft = draft_of(plain(entry))
        library.problems.extend(p.replace(line=line, key=key) for p in draft.problems)
        library.append(
            Record(
                id=str(key),
                type=draft.type,  # type: ignore[arg-type]  # the table's types are CSL's
                extra=draft.extra,
                origin=Origin(format=FORMAT, verbatim={"type": draft.own}, line=line),
                **draft.values,
            )
        )
    return library


def _not_an_entry(key: str, entry: Any, line: int) -> Problem:
    return Problem(
        severity=Severity.ERROR,
        code="entry-not-object",
        message=f"the entry {key[:40]!r} must hold fields, not {str(entry)[:40]!r}",
        line=line_of(entry, line),
        key=key,
    )


def draft_of(entry: Entry) -> Draft:
    """Return what an entry says.

    Args:
        entry: Its fields, as plain data.
    """
    return Draft(dict(entry))


class Draft:
    """The attributes of a record, before it is made.

    Args:
        entry: The entry's fields. They are taken out as they are read.

    Attributes:
        type: The CSL type.
        own: The entry type.
        values: The attributes.
        extra: What no attribute holds.
        problems: What is doubtful.
    """

    def __init__(self, entry: Entry) -> None:
        self.values: dict[str, Any] = {}
        self.extra: dict[str, Any] = {}
        self.problems: list[Problem] = []
        self.own = str(entry.pop("type", "misc")).lower()
        parents = list(_parents_of(entry, self.own))
        container = self._find_type(parents)
        left = [parent for parent in parents if parent is not container]
        self._people(entry)
        if container is not None:
            self._container(container)
        self._relations(left, container)
        self._works(entry, container)
        for key, value in entry.items():
            if value not in ("", [], {}):
                self.extra.setdefault(key, value)
        self._keep_parents(parents)

    # Types and parents

    def _find_type(self, parents: list[Entry]) -> Entry | None:
        """Settle the type by the parents, and return the one that holds the entry."""
        for parent in parents:
            found = type_of(self.own, parent["type"])
            if found is not None and parent["type"] not in _TYPES_OF_PARENTS:
                self.type = found
                return parent
        for parent in parents:
            if parent["type"] in _TYPES_OF_PARENTS and type_of(self.own, parent["type"]):
                self.type = type_of(self.own, parent["type"]) or "document"
                return None
        found = type_of(self.own)
        self.type = found or "document"
        if found is None:
            self.extra["type"] = self.own
            message = f"Hayagriva has no type {self.own[:40]!r}; it is read as document"
            self._report("unknown-type", message)
        return None

    def _report(self, code: str, message: str) -> None:
        self.problems.append(Problem(severity=Severity.WARNING, code=code, message=message))

    def _keep_parents(self, parents: list[Entry]) -> None:
        """Keep what parents say beyond what was read of them."""
        left = [parent for parent in parents if parent.keys() - {"type"}]
        if left:
            self.extra["parent"] = left

    def _container(self, container: Entry) -> None:
        self._title(container, "container_title", "container_title_short")
        self._persons(container, "author", "container_author")
        if "editor" not in self.values:
            self._persons(container, "editor", "editor")

    def _relations(self, parents: list[Entry], container: Entry | None) -> None:
        for parent in parents:
            kind = parent["type"]
            if kind == "original":
                self._title(parent, "original_title", "")
                self._persons(parent, "author", "original_author")
                self._date(parent, "original_date")
                self._publisher(parent, "original_publisher", "original_publisher_place")
            elif kind in _TYPES_OF_PARENTS:
                self._title(parent, "event_title", "")
                self._string(parent, "location", "event_place")
                self._date(parent, "event_date")
            elif kind == "repository":
                self._title(parent, "source", "")
            elif kind == "anthology":
                self._series(parent)
        if container is None:
            return
        inner = list(_parents_of(container, container["type"], "anthology"))
        for parent in inner:
            if parent["type"] == "anthology":
                self._series(parent)
        left = [parent for parent in inner if parent.keys() - {"type"}]
        if left:
            container["parent"] = left

    def _series(self, parent: Entry) -> None:
        self._title(parent, "collection_title", "")
        self._persons(parent, "editor", "collection_editor")
        self._scalar(parent, "volume", "collection_number")

    # Fields

    def _put(self, entry: Entry, key: str, attribute: str, value: Any) -> None:
        """Fill an attribute that is empty, and take the field away."""
        if value and attribute and self.values.setdefault(attribute, value) == value:
            entry.pop(key, None)

    def _works(self, entry: Entry, container: Entry | None) -> None:
        self._title(entry, "title", "title_short")
        for work in filter(None, (entry, container)):
            self._date(work, "issued")
            self._publisher(work, "publisher", "publisher_place")
            self._url(work)
            self._serials(work)
            for key, attribute in _STRINGS.items():
                self._string(work, key, attribute)
            for key, attribute in _SCALARS.items():
                self._scalar(work, key, attribute)
            if "publisher_place" not in self.values:
                self._string(work, "location", "publisher_place")

    def _scalar(self, entry: Entry, key: str, attribute: str) -> None:
        value = entry.get(key)
        if isinstance(value, str):
            text = normal_doi(value) if key == "doi" else value
            self._put(entry, key, attribute, text)

    def _string(self, entry: Entry, key: str, attribute: str) -> None:
        value = entry.get(key)
        if isinstance(value, str) or (
            isinstance(value, dict) and value.keys() <= {"value", "verbatim"}
        ):
            self._put(entry, key, attribute, read_string(value))

    def _title(self, entry: Entry, attribute: str, short_attribute: str) -> None:
        title = entry.get("title")
        if isinstance(title, dict) and "value" in title:
            is_verbatim = "verbatim" in title
            text = read_string(title if is_verbatim else title["value"])
            short = read_string(title.get("short", title.get("shorthand")))
            if not text or self.values.setdefault(attribute, text) != text:
                return
            known = {"value", "verbatim"}
            if short and short_attribute:
                self.values.setdefault(short_attribute, short)
                known |= {"short", "shorthand"}
            rest = {key: value for key, value in title.items() if key not in known}
            if rest:
                entry["title"] = title
            else:
                del entry["title"]
        elif isinstance(title, str):
            self._put(entry, "title", attribute, read_string(title))

    def _date(self, entry: Entry, attribute: str) -> None:
        date = read_date(entry.get("date"))
        if date is not None and date.literal is not None:
            self._report("unread-date", f"the date {date.literal[:40]!r} could not be read")
        self._put(entry, "date", attribute, date)

    def _publisher(self, entry: Entry, name: str, place: str) -> None:
        publisher = entry.get("publisher")
        if isinstance(publisher, dict) and publisher.keys() & {"name", "location"}:
            for key, attribute in (("name", name), ("location", place)):
                value = read_string(publisher.get(key))
                self._put(publisher, key, attribute, value)
            if not publisher:
                del entry["publisher"]
        else:
            self._put(entry, "publisher", name, read_string(publisher))

    def _url(self, entry: Entry) -> None:
        url = entry.get("url")
        address = url.get("value") if isinstance(url, dict) else url
        if not isinstance(address, str) or self.values.setdefault("url", address) != address:
            return
        if isinstance(url, dict):
            date = read_date(url.get("date"))
            if date is not None:
                self.values.setdefault("accessed", date)
        del entry["url"]

    def _serials(self, entry: Entry) -> None:
        serial = entry.get("serial-number")
        numbers = {"serial": serial} if isinstance(serial, str) else serial
        if not isinstance(numbers, dict):
            return
        for key, variable in SERIALS.items():
            value = numbers.get(key)
            if isinstance(value, str):
                text = normal_doi(value) if key == "doi" else value
                self._put(numbers, key, ATTRIBUTES[variable], text)
        if not numbers:
            del entry["serial-number"]
        else:
            entry["serial-number"] = numbers

    # Persons

    def _people(self, entry: Entry) -> None:
        self._persons(entry, "author", "author")
        self._persons(entry, "editor", "editor")
        groups = entry.get("affiliated")
        left = []
        for group in groups if isinstance(groups, list) else [groups] if groups else []:
            role = str(group.get("role", "")).lower() if isinstance(group, dict) else ""
            variable = ROLES.get(role.replace("castmember", "cast-member"))
            names, is_whole = _names(group.get("names")) if variable else ((), True)
            if variable is None or not names or not is_whole:
                left.append(group)
            if variable is not None and names:
                attribute = ATTRIBUTES[variable]
                self.values[attribute] = (*self.values.get(attribute, ()), *names)
        if left:
            entry["affiliated"] = left
        else:
            entry.pop("affiliated", None)

    def _persons(self, entry: Entry, key: str, attribute: str) -> None:
        if key not in entry or attribute in self.values:
            return
        names, is_whole = _names(entry[key])
        if names:
            of_names(names).put(self.values, attribute)
            if is_whole:
                del entry[key]


def _names(value: Any) -> tuple[tuple[Any, ...], bool]:
    read = [read_person(person) for person in (value if isinstance(value, list) else [value])]
    names = tuple(name for name, _ in read if name is not None)
    return names, all(is_whole for _, is_whole in read)


def _parents_of(entry: Entry, own: str, default: str = "") -> Iterator[Entry]:
    """Take the parents out of an entry, each with its type."""
    parents = entry.pop("parent", None)
    for parent in parents if isinstance(parents, list) else [parents]:
        if isinstance(parent, dict):
            kind = parent.get("type", default or DEFAULT_PARENTS.get(own, "misc"))
            yield {**parent, "type": str(kind).lower()}
